"""Files as Weka, H2O and other suites write them, built to the formats that they document."""

import csv
from typing import Any

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    CLASSES,
    LABELS,
    LOSS,
    NAMES,
    PAIRS,
    PREDICTED,
    PROBS,
    THRESHOLDED,
    TRUTH,
    Asked,
    P,
    Read,
    Refused,
    ToolFile,
    bce,
    nll,
    table,
)

QUOTED: dict[str, Any] = {"quoting": csv.QUOTE_NONNUMERIC}
YES_NO = tuple(("no", "yes")[y] for y in TRUTH)
OTHER_PAIRS = tuple((p + 0.0219, 1 - p - 0.0219) for p, _ in PAIRS)

# Weka writes three digits and a star before the largest.
THREE_DIGITS = ((0.701, 0.211, 0.088), (0.133, 0.64, 0.227), (0.052, 0.319, 0.629), (0.442, 0.39, 0.168))
WEKA_LABELS = (0, 1, 2, 1)


def weka(rows, labels, classes, *, distribution: bool, tabs: bool = False) -> bytes:
    """Return Weka's output of predictions as CSV, after its class for that."""
    sheet = [["inst#", "actual", "predicted", "error", "distribution" if distribution else "prediction"]]
    sheet[0] += [""] * (len(classes) - 1 if distribution else 0)
    for number, (row, label) in enumerate(zip(rows, labels, strict=True), 1):
        best = row.index(max(row))
        named = [f"{index + 1}:{classes[index]}" for index in (label, best)]
        stars = ["*" * (index == best) + f"{p:g}" for index, p in enumerate(row)]
        numbers = stars if distribution else [f"{max(row):g}"]
        sheet.append([str(number), *named, "+" if label != best else "", *numbers])
    return "".join(("\t" if tabs else ",").join(line) + "\n" for line in sheet).encode()


FILES: list[ToolFile] = [
    # Weka
    Read(
        "three classes with distribution",
        "Weka",
        weka(THREE_DIGITS, WEKA_LABELS, CLASSES, distribution=True),
        nll(THREE_DIGITS, WEKA_LABELS),
    ),
    Read("two classes with distribution", "Weka", weka(PAIRS, TRUTH, ("no", "yes"), distribution=True), BINARY_LOSS),
    Read("-use-tab", "Weka", weka(PAIRS, TRUTH, ("no", "yes"), distribution=True, tabs=True), BINARY_LOSS, ("tab",)),
    Refused(
        "three classes without distribution",
        "Weka",
        weka(THREE_DIGITS, WEKA_LABELS, CLASSES, distribution=False),
        ("each class|all classes|every class|distribution",),
    ),
    Refused(
        "two classes without distribution",
        "Weka",
        weka(PAIRS, TRUTH, ("no", "yes"), distribution=False),
        ("confidence|each class|all classes|distribution",),
        (BINARY_LOSS,),
    ),
    # H2O and other suites
    Read(
        "cbind of predictions and truth",
        "H2O",
        table("predict,cat,dog,fox,species", PREDICTED, PROBS, NAMES, **QUOTED),
        LOSS,
        left_out=("predict",),
    ),
    Read(
        "p0 and p1", "H2O", table("predict,p0,p1,actual", THRESHOLDED, PAIRS, TRUTH), BINARY_LOSS, left_out=("predict",)
    ),
    Asked(
        "calibrated and not",
        "H2O",
        table("predict,p0,p1,cal_p0,cal_p1,actual", THRESHOLDED, PAIRS, OTHER_PAIRS, TRUTH),
        ("cal_p|p0",),
        (BINARY_LOSS, nll(OTHER_PAIRS, TRUTH)),
    ),
    Read(
        "Write CSV of three classes",
        "RapidMiner",
        table(
            ["id", "species", "prediction(species)", *(f"confidence({name})" for name in CLASSES)],
            range(1, 8),
            NAMES,
            PREDICTED,
            PROBS,
            delimiter=";",
            **QUOTED,
        ),
        LOSS,
        ("semicolon",),
        ("id", "prediction(species)"),
    ),
    Read(
        "Write CSV of two classes",
        "RapidMiner",
        table(
            "label,prediction(label),confidence(yes),confidence(no)",
            YES_NO,
            [("no", "yes")[y] for y in THRESHOLDED],
            [(q, p) for p, q in PAIRS],
        ),
        BINARY_LOSS,
        left_out=("prediction(label)",),
    ),
    Read(
        "CSV Writer",
        "KNIME",
        table(
            ["row ID", "species", *(f"P (species={name})" for name in CLASSES), "Prediction (species)"],
            [f"Row{row}" for row in range(7)],
            NAMES,
            PROBS,
            PREDICTED,
            **QUOTED,
        ),
        LOSS,
        left_out=("row ID", "Prediction (species)"),
    ),
    Asked(
        "Predictions, saved without types",
        "Orange",
        table(
            ["species", "Random Forest", *(f"Random Forest ({name})" for name in CLASSES), "Fold"],
            NAMES,
            PREDICTED,
            PROBS,
            [1 + row % 3 for row in range(7)],
        ),
        ("species", "Random Forest"),
        (LOSS,),
        (nll(PROBS, [CLASSES.index(name) for name in PREDICTED]),),
    ),
    Read(
        "Score Model of three classes",
        "Azure ML",
        table(
            ["species", *(f'Scored Probabilities for Class "{name}"' for name in CLASSES), "Scored Labels"],
            NAMES,
            PROBS,
            PREDICTED,
        ),
        LOSS,
        left_out=("Scored Labels",),
    ),
    Read(
        "Score Model of two classes",
        "Azure ML",
        table("label,Scored Labels,Scored Probabilities", TRUTH, THRESHOLDED, P),
        BINARY_LOSS,
        left_out=("Scored Labels",),
    ),
    Read("batch prediction of three classes", "Amazon ML", table("trueLabel,cat,dog,fox", NAMES, PROBS), LOSS),
    Read(
        "batch prediction of two classes",
        "Amazon ML",
        table("trueLabel,bestAnswer,score", TRUTH, THRESHOLDED, P),
        BINARY_LOSS,
        left_out=("bestAnswer",),
    ),
    Read(
        "batch prediction",
        "Google AutoML Tables",
        table(["species", *(f"species_{name}_score" for name in CLASSES)], NAMES, PROBS),
        LOSS,
    ),
    Read(
        "batch prediction of three classes",
        "DataRobot",
        table(
            ["row_id", "species", *(f"species_{name}_PREDICTION" for name in CLASSES), "species_PREDICTION"],
            range(7),
            NAMES,
            PROBS,
            PREDICTED,
        ),
        LOSS,
        left_out=("row_id", "species_PREDICTION"),
    ),
    Read(
        "batch prediction of two classes",
        "DataRobot",
        table(
            "churn,churn_True_PREDICTION,churn_False_PREDICTION,churn_PREDICTION,THRESHOLD,POSITIVE_CLASS",
            [str(y == 1) for y in TRUTH],
            [(q, p) for p, q in PAIRS],
            [str(y == 1) for y in THRESHOLDED],
            [0.5] * 7,
            ["True"] * 7,
        ),
        BINARY_LOSS,
        left_out=("churn_PREDICTION", "THRESHOLD", "POSITIVE_CLASS"),
    ),
    Read(
        "a run's predictions",
        "OpenML",
        table(
            "repeat,fold,row_id,confidence.cat,confidence.dog,confidence.fox,prediction,correct",
            [0] * 7,
            [row % 3 for row in range(7)],
            range(7),
            PROBS,
            PREDICTED,
            NAMES,
        ),
        LOSS,
        left_out=("repeat", "fold", "row_id", "prediction"),
    ),
    Read(
        "a scored dataset",
        "Dataiku",
        table("species,proba_cat,proba_dog,proba_fox,prediction", NAMES, PROBS, PREDICTED),
        LOSS,
        left_out=("prediction",),
    ),
    Read(
        "predict p1 p2 p3 and export delimited",
        "Stata",
        table("outcome,p1,p2,p3", [label + 1 for label in LABELS], PROBS),
        LOSS,
    ),
    Read(
        "LOGISTIC REGRESSION /SAVE=PRED with decimal commas",
        "SPSS",
        table("y,PRE_1", [f"{y},00" for y in TRUTH], [f"{p}".lstrip("0").replace(".", ",") for p in P], delimiter=";"),
        BINARY_LOSS,
        ("semicolon", "decimal comma"),
    ),
    Asked(
        "PROC LOGISTIC, predprobs=individual",
        "SAS",
        table("_FROM_,_INTO_,IP_cat,IP_dog,IP_fox", NAMES, PREDICTED, PROBS),
        ("_FROM_|label",),
        (LOSS,),
        (nll(PROBS, [CLASSES.index(name) for name in PREDICTED]),),
    ),
    Asked(
        "Enterprise Miner",
        "SAS",
        table("BAD,P_BAD1,P_BAD0,I_BAD", TRUTH, [(q, p) for p, q in PAIRS], THRESHOLDED),
        ("BAD",),
        (BINARY_LOSS,),
        (bce(P, THRESHOLDED),),
    ),
    Read("writetable of scores", "MATLAB", table("Y,scores_1,scores_2,scores_3", [k + 1 for k in LABELS], PROBS), LOSS),
    Refused(
        "writetable of scores without the names of the classes",
        "MATLAB",
        table("Y,scores_1,scores_2,scores_3", NAMES, PROBS),
        ("cat",),
        (LOSS,),
    ),
]
