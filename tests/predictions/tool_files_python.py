"""Files as Python's libraries write them, by the library itself where the tests need it anyway."""

import io

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    BINARY_LOSS_OF_LOGITS,
    CLASSES,
    GIVEN,
    LABELS,
    LOGITS,
    LOSS,
    LOSS_OF_LOGITS,
    NAMES,
    PAIRS,
    PREDICTED,
    PROBS,
    TAG_LOGITS,
    TAG_LOSS_OF_LOGITS,
    TAGS,
    THRESHOLDED,
    TRUTH,
    Asked,
    P,
    Read,
    Refused,
    ToolFile,
    Z,
    bce,
    beside,
    cells,
    nll,
    normalized,
    table,
)

POINTS = np.random.default_rng(12).normal(size=(40, 3))
SPECIES = np.array(CLASSES)[(POINTS[:, 0] > 0).astype(int) + (POINTS[:, 0] + POINTS[:, 1] > 0.8)]
SEEN, UNSEEN = slice(0, 25), slice(25, 40)
MODEL = LogisticRegression().fit(POINTS[SEEN], SPECIES[SEEN])
FITTED = MODEL.predict_proba(POINTS[UNSEEN])
INDEX_OF = {name: index for index, name in enumerate(MODEL.classes_)}
FITTED_LOSS = nll(FITTED.tolist(), [INDEX_OF[name] for name in SPECIES[UNSEEN]])
SIGNS = np.where(SPECIES == "fox", 1, -1)
SIGN_MODEL = LogisticRegression().fit(POINTS[SEEN], SIGNS[SEEN])
SIGN_LOSS = nll(SIGN_MODEL.predict_proba(POINTS[UNSEEN]).tolist(), (SIGNS[UNSEEN] > 0).astype(int).tolist())
SEVERAL = np.column_stack([POINTS[:, 0] > 0, POINTS[:, 1] > 0.3, POINTS[:, 0] + POINTS[:, 2] > 0.1]).astype(int)
EACH = OneVsRestClassifier(LogisticRegression()).fit(POINTS[SEEN], SEVERAL[SEEN]).predict_proba(POINTS[UNSEEN])

EXPONENTIALS = np.exp(np.array(LOGITS, dtype=np.float32))
SOFTMAX = EXPONENTIALS / EXPONENTIALS.sum(axis=1, keepdims=True)  # float32: rows sum to 1 but for seven digits
SOFTMAX_TEXT = SOFTMAX.astype(str).astype(float).tolist()  # the digits that stand in the file
SIGMOID = (1 / (1 + np.exp(-np.array(Z, dtype=np.float32)))).astype(np.float32)
SIGMOID_LOSS = bce(SIGMOID.astype(str).astype(float).tolist())
SIX_DIGITS = [[float(f"{p:.6f}") for p in row] for row in SOFTMAX.tolist()]
# What is right if somebody says that a model found every text likely POSITIVE.
SAID_TO_BE_POSITIVE = bce([max(pair) for pair in PAIRS], THRESHOLDED)
TEXTS = ("it purrs", "sit, Rex!", "the hen is gone", 'he said "woof"', "good dog", "red, and fast", "asleep")


def csv_of(columns: dict, **arguments) -> bytes:
    """Return what pandas writes."""
    return pd.DataFrame(columns).to_csv(**arguments).encode()


def of_classes(names, rows) -> dict:
    """Return the columns of a table with a column for each class."""
    return dict(zip(names, np.array(rows).T, strict=True))


def savetxt(*columns, **arguments) -> bytes:
    buffer = io.BytesIO()
    np.savetxt(buffer, np.array(beside(*columns), dtype=float), **arguments)
    return buffer.getvalue()


def vector(row, separator: str = ",") -> str:
    return f"[{separator.join(map(str, row))}]"


FILES: list[ToolFile] = [
    Read(
        "predict_proba",
        "scikit-learn",
        csv_of({"y_true": SPECIES[UNSEEN]} | of_classes(MODEL.classes_, FITTED), index=False),
        FITTED_LOSS,
    ),
    Read(
        "predict_proba with the index of the split",
        "scikit-learn",
        pd.DataFrame(FITTED, columns=MODEL.classes_, index=range(25, 40))
        .assign(target=SPECIES[UNSEEN])
        .to_csv()
        .encode(),
        FITTED_LOSS,
    ),
    Read(
        "predict beside predict_proba",
        "scikit-learn",
        csv_of(
            {"y_true": SPECIES[UNSEEN], "y_pred": MODEL.predict(POINTS[UNSEEN])}
            | of_classes([f"proba_{name}" for name in MODEL.classes_], FITTED),
            index=False,
        ),
        FITTED_LOSS,
        left_out=("y_pred",),
    ),
    Read(
        "predict_log_proba",
        "scikit-learn",
        csv_of({"y_true": SPECIES[UNSEEN]} | of_classes(MODEL.classes_, MODEL.predict_log_proba(POINTS[UNSEEN]))),
        FITTED_LOSS,
        ("log",),
    ),
    Read(
        "decision_function of three classes",
        "scikit-learn",
        csv_of({"y_true": SPECIES[UNSEEN]} | of_classes(MODEL.classes_, MODEL.decision_function(POINTS[UNSEEN]))),
        FITTED_LOSS,
        ("logit",),
    ),
    Read(
        "classes −1 and 1",
        "scikit-learn",
        csv_of({"y_test": SIGNS[UNSEEN]} | of_classes(SIGN_MODEL.classes_, SIGN_MODEL.predict_proba(POINTS[UNSEEN]))),
        SIGN_LOSS,
    ),
    Read(
        "predict_proba[:, 1] of classes −1 and 1",
        "scikit-learn",
        csv_of({"y_true": SIGNS[UNSEEN], "y_score": SIGN_MODEL.predict_proba(POINTS[UNSEEN])[:, 1]}, index=False),
        SIGN_LOSS,
    ),
    Read(
        "OneVsRestClassifier of several labels",
        "scikit-learn",
        csv_of(
            of_classes([f"true_{tag}" for tag in TAGS], SEVERAL[UNSEEN])
            | of_classes([f"prob_{tag}" for tag in TAGS], EACH)
        ),
        bce(cells(EACH.tolist()), cells(SEVERAL[UNSEEN].tolist())),
        ("multi-label|several",),
    ),
    Read(
        "y_true, y_pred, y_prob", "pandas", csv_of({"y_true": TRUTH, "y_pred": THRESHOLDED, "y_prob": P}), BINARY_LOSS
    ),
    Read("columns 0 and 1", "pandas", csv_of({"y": TRUTH} | of_classes(range(2), PAIRS)), BINARY_LOSS),
    Read("printed with to_string", "pandas", pd.DataFrame({"y": TRUTH, "p": P}).to_string().encode(), BINARY_LOSS),
    Read("truth values", "Polars", table("label,p", [str(y == 1).lower() for y in TRUTH], P), BINARY_LOSS),
    Read(
        "a header after a hash", "NumPy savetxt", savetxt(LABELS, PROBS, delimiter=",", header="label,p0,p1,p2"), LOSS
    ),
    Read("a header after a hash, and blanks", "NumPy savetxt", savetxt(TRUTH, P, header="y_true y_prob"), BINARY_LOSS),
    Asked(
        "no header, two classes", "NumPy savetxt", savetxt(TRUTH, P, delimiter=","), ("header|names?",), (BINARY_LOSS,)
    ),
    Asked("no header, three classes", "NumPy savetxt", savetxt(LABELS, PROBS), ("header|names?",), (LOSS,)),
    Asked(
        "no header, the label last",
        "NumPy savetxt",
        savetxt(PROBS, LABELS, delimiter=",", fmt="%.4f"),
        ("header|names?",),
        (LOSS,),
    ),
    # deep learning
    Read(
        "softmax in float32",
        "PyTorch, pandas",
        csv_of({"label": NAMES} | of_classes(CLASSES, SOFTMAX), index=False),
        nll(SOFTMAX_TEXT),
    ),
    Read("logits", "PyTorch", csv_of({"target": LABELS} | of_classes(range(3), LOGITS)), LOSS_OF_LOGITS, ("logit",)),
    Read("a logit of two classes", "PyTorch", csv_of({"target": TRUTH, "logit": Z}), BINARY_LOSS_OF_LOGITS, ("logit",)),
    Read(
        "logits of several labels",
        "PyTorch BCEWithLogitsLoss",
        csv_of(of_classes(TAGS, GIVEN) | of_classes([f"{tag}_logit" for tag in TAGS], TAG_LOGITS), index=False),
        TAG_LOSS_OF_LOGITS,
        ("logit", "multi-label|several"),
    ),
    Read("model.predict", "Keras", csv_of(of_classes(range(3), SOFTMAX) | {"y_true": LABELS}), nll(SOFTMAX_TEXT)),
    Read("y_pred of a sigmoid", "Keras", csv_of({"y_true": TRUTH, "y_pred": SIGMOID}, index=False), SIGMOID_LOSS),
    Read(
        "logits of Trainer.predict",
        "Hugging Face",
        csv_of({"label": LABELS} | of_classes([f"LABEL_{index}" for index in range(3)], LOGITS), index=False),
        LOSS_OF_LOGITS,
        ("logit",),
    ),
    Read(
        "labels called LABEL_0",
        "Hugging Face",
        csv_of({"true": [f"LABEL_{y}" for y in TRUTH]} | of_classes(["LABEL_0", "LABEL_1"], PAIRS), index=False),
        BINARY_LOSS,
    ),
    Read(
        "scores of all labels beside the text",
        "Hugging Face",
        csv_of({"text": TEXTS, "label": NAMES} | of_classes(CLASSES, PROBS), index=False),
        LOSS,
        left_out=("text",),
    ),
    Refused(
        "a pipeline's label and score",
        "Hugging Face",
        csv_of({"text": TEXTS, "label": PREDICTED, "score": [max(row) for row in PROBS]}, index=False),
        ("probabilit|each class|all classes",),
    ),
    Refused(
        "a pipeline's POSITIVE and NEGATIVE",
        "Hugging Face",
        csv_of({"label": [("NEGATIVE", "POSITIVE")[k] for k in THRESHOLDED], "score": [max(pair) for pair in PAIRS]}),
        ("predicted|confidence|true label",),
        (SAID_TO_BE_POSITIVE,),
    ),
    Refused(
        "predict-prob",
        "fastText",
        "".join(
            " ".join(f"__label__{name} {p}" for p, name in sorted(zip(row, CLASSES, strict=True), reverse=True)) + "\n"
            for row in PROBS
        ).encode(),
        ("label|truth|header",),
    ),
    # boosted trees
    Read(
        "multi:softprob",
        "XGBoost, pandas",
        csv_of({"label": LABELS} | of_classes([f"class_{index}" for index in range(3)], SOFTMAX), index=False),
        nll(SOFTMAX_TEXT),
    ),
    Asked(
        "multi:softprob in six digits",
        "XGBoost, savetxt",
        savetxt(LABELS, SIX_DIGITS, delimiter=",", fmt="%.6f"),
        ("header|names?",),
        (nll(SIX_DIGITS),),
        (nll(normalized(SIX_DIGITS)),),
    ),
    Read("binary:logistic", "XGBoost", csv_of({"y_test": TRUTH, "preds": SIGMOID}, index=False), SIGMOID_LOSS),
    Read("output_margin", "XGBoost", csv_of({"label": TRUTH, "margin": Z}), BINARY_LOSS_OF_LOGITS, ("logit|log-odds",)),
    Read(
        "predict_proba beside row numbers",
        "LightGBM",
        csv_of({"row": range(1, 8), "target": TRUTH, "prob_0": [a for a, _ in PAIRS], "prob_1": P}, index=False),
        BINARY_LOSS,
        left_out=("row",),
    ),
    Read(
        "raw_score", "LightGBM", csv_of({"target": TRUTH, "raw_score": Z}), BINARY_LOSS_OF_LOGITS, ("logit|log-odds",)
    ),
    Refused("LightGBM_predict_result.txt", "LightGBM", "".join(f"{p}\n" for p in P).encode(), ("column|label",)),
    Refused(
        "LightGBM_predict_result.txt of three classes",
        "LightGBM",
        table("", PROBS, delimiter="\t"),
        ("label|header|names?",),
    ),
    Read(
        "Probability:Class=…",
        "CatBoost",
        table(
            ["SampleId", *(f"Probability:Class={name}" for name in CLASSES), "Label"],
            range(7),
            PROBS,
            NAMES,
            delimiter="\t",
        ),
        LOSS,
        ("tab",),
        ("SampleId",),
    ),
    Read(
        "RawFormulaVal:Class=…",
        "CatBoost",
        table(
            ["SampleId", *(f"RawFormulaVal:Class={index}" for index in range(3)), "Label"],
            range(7),
            LOGITS,
            LABELS,
            delimiter="\t",
        ),
        LOSS_OF_LOGITS,
        ("tab", "logit"),
        ("SampleId",),
    ),
    Read("Probability of two classes", "CatBoost", table("Probability,Label", P, TRUTH, delimiter="\t"), BINARY_LOSS),
    Read(
        "RawFormulaVal of two classes",
        "CatBoost",
        table("SampleId,RawFormulaVal,Label", range(7), Z, TRUTH, delimiter="\t"),
        BINARY_LOSS_OF_LOGITS,
        ("logit",),
        ("SampleId",),
    ),
    Read(
        "Class, which is predicted, and Label",
        "CatBoost",
        table("SampleId,Probability,Class,Label", range(7), P, THRESHOLDED, TRUTH, delimiter="\t"),
        BINARY_LOSS,
        ("tab",),
        ("SampleId", "Class"),
    ),
    Read(
        "probability as a vector",
        "Spark, toPandas",
        table(
            "label,rawPrediction,probability,prediction",
            [float(y) for y in TRUTH],
            [vector((-z, z)) for z in Z],
            [vector(pair) for pair in PAIRS],
            [float(y) for y in THRESHOLDED],
        ),
        BINARY_LOSS,
        left_out=("prediction",),
    ),
    Read(
        "probability as a vector, three classes",
        "Spark, toPandas",
        table("label,probability", [float(label) for label in LABELS], [vector(row) for row in PROBS]),
        LOSS,
    ),
    Read("arrays in cells", "pandas", table("label,probs", LABELS, [vector(row, " ") for row in PROBS]), LOSS),
    # automatic machine learning
    Read("predict_proba", "AutoGluon", csv_of(of_classes(CLASSES, PROBS) | {"class": NAMES}), LOSS),
    Read(
        "predict_model(raw_score=True) with features",
        "PyCaret",
        csv_of(
            {"length": (48.2, 91.5, 66.1, 72.9, 88.3, 64.7, 45.0), "species": NAMES, "prediction_label": PREDICTED}
            | of_classes([f"prediction_score_{name}" for name in CLASSES], PROBS),
            index=False,
        ),
        LOSS,
        left_out=("length", "prediction_label"),
    ),
    Refused(
        "predict_model with the score of the predicted class",
        "PyCaret",
        csv_of({"species": NAMES, "prediction_label": PREDICTED, "prediction_score": [max(row) for row in PROBS]}),
        ("probabilit",),
    ),
    Read(
        "predictions.csv",
        "Ludwig",
        csv_of(
            {"species": NAMES, "species_predictions": PREDICTED}
            | of_classes([f"species_probabilities_{name}" for name in CLASSES], PROBS)
            | {"species_probability": [max(row) for row in PROBS]},
            index=False,
        ),
        LOSS,
        left_out=("species_predictions", "species_probability"),
    ),
]
