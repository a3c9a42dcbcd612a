"""Files as R's packages, Weka, H2O and other suites write them, built to the formats that they document."""

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
    written,
)

QUOTED: dict[str, Any] = {"quoting": csv.QUOTE_NONNUMERIC}
YES_NO = tuple(("no", "yes")[y] for y in TRUTH)
FOLDS = tuple(f"Fold{1 + row % 3}" for row in range(7))
ROW_NAMES = tuple(map(str, range(1, 8)))  # R quotes them
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


def without_first_cell(text: str) -> bytes:
    """Return a table as R's write.table has it: the column of row names has no cell in the header."""
    return text.replace('"" ', "", 1).replace('""\t', "", 1).replace("\t", "", 1).encode()


PROB_COLUMNS = {
    prefix: ",".join(f"{prefix}{name}" for name in CLASSES) for prefix in (".pred_", "prob.", "confidence.", "proba_")
}

FILES: list[ToolFile] = [
    # R
    Read("write.csv", "R", table(",label,cat,dog,fox", ROW_NAMES, NAMES, PROBS, **QUOTED), LOSS),
    Read(
        "write.csv2",
        "R",
        "\n".join(
            ";".join([f'"{cell}"' if isinstance(cell, str) else str(cell).replace(".", ",") for cell in row])
            for row in [("", "label", *CLASSES), *((r, n, *p) for r, n, p in zip(ROW_NAMES, NAMES, PROBS, strict=True))]
        ).encode(),
        LOSS,
        ("semicolon", "decimal comma"),
    ),
    Read(
        "write.table",
        "R",
        without_first_cell(written(",label,cat,dog,fox", ROW_NAMES, NAMES, PROBS, delimiter=" ", **QUOTED)),
        LOSS,
        ("space|blank",),
    ),
    Read(
        "write.table(sep='\\t', quote=FALSE)",
        "R",
        without_first_cell(written(",label,cat,dog,fox", ROW_NAMES, NAMES, PROBS, delimiter="\t")),
        LOSS,
        ("tab",),
    ),
    Read(
        "write.table of two classes",
        "R",
        without_first_cell(written(",y,p", ROW_NAMES, TRUTH, P, delimiter=" ", **QUOTED)),
        BINARY_LOSS,
    ),
    Read(
        "write.table(row.names=FALSE)",
        "R",
        table("label,cat,dog,fox", NAMES, PROBS, delimiter=" ", **QUOTED),
        LOSS,
        ("space|blank",),
    ),
    Read("write_csv", "readr", table("species,cat,dog,fox", NAMES, PROBS), LOSS),
    Read("write_tsv", "readr", table("species,cat,dog,fox", NAMES, PROBS, delimiter="\t"), LOSS, ("tab",)),
    Read(
        "write_excel_csv2",
        "readr",
        written("label,cat,dog,fox", NAMES, PROBS, delimiter=";", comma=True).encode("utf-8-sig"),
        LOSS,
        ("semicolon", "decimal comma"),
    ),
    Read(
        "fwrite of TRUE and FALSE", "data.table", table("obs,p", [str(y == 1).upper() for y in TRUTH], P), BINARY_LOSS
    ),
    Read(
        "numbers like 9.137e-01",
        "R, options(scipen=-9)",
        table("y,p", [f"{y:.0e}" for y in TRUTH], [f"{p:.3e}" for p in P]),
        BINARY_LOSS,
    ),
    Read("fitted of a glm", "R", table(",obs,yes", ROW_NAMES, YES_NO, P, **QUOTED), BINARY_LOSS),
    Read(
        "savePredictions",
        "caret",
        table(
            ",pred,obs,cat,dog,fox,rowIndex,mtry,Resample",
            ROW_NAMES,
            PREDICTED,
            NAMES,
            PROBS,
            range(11, 18),
            [2] * 7,
            FOLDS,
            **QUOTED,
        ),
        LOSS,
        left_out=("pred", "rowIndex", "Resample", "mtry"),
    ),
    Read(
        "savePredictions of two classes by write.csv2",
        "caret",
        table(
            "pred,obs,no,yes,rowIndex,Resample",
            [("no", "yes")[y] for y in THRESHOLDED],
            YES_NO,
            PAIRS,
            range(1, 8),
            FOLDS,
            delimiter=";",
            comma=True,
        ),
        BINARY_LOSS,
        ("semicolon", "decimal comma"),
        ("pred", "rowIndex", "Resample"),
    ),
    Read(
        "collect_predictions",
        "tidymodels",
        table(
            f"{PROB_COLUMNS['.pred_']},id,.pred_class,.row,species,.config",
            PROBS,
            FOLDS,
            PREDICTED,
            range(4, 11),
            NAMES,
            ["Preprocessor1_Model1"] * 7,
        ),
        LOSS,
        left_out=("id", ".pred_class", ".row", ".config"),
    ),
    Read(
        "augment of two classes",
        "tidymodels",
        table(".pred_class,.pred_no,.pred_yes,churn", [("no", "yes")[y] for y in THRESHOLDED], PAIRS, YES_NO),
        BINARY_LOSS,
        left_out=(".pred_class",),
    ),
    Read("predictions of a forest", "ranger", table(",cat,dog,fox,truth", ROW_NAMES, PROBS, NAMES, **QUOTED), LOSS),
    Read(
        "as.data.table of a prediction",
        "mlr3",
        table(f"row_ids,truth,response,{PROB_COLUMNS['prob.']}", range(3, 10), NAMES, PREDICTED, PROBS),
        LOSS,
        left_out=("row_ids", "response"),
    ),
    Read(
        "a prediction's data",
        "mlr",
        table(f",id,truth,{PROB_COLUMNS['prob.']},response", ROW_NAMES, range(1, 8), NAMES, PROBS, PREDICTED, **QUOTED),
        LOSS,
        left_out=("id", "response"),
    ),
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
    Read(
        "Predictions, saved without types",
        "Orange",
        table(
            ["species", "Random Forest", *(f"Random Forest ({name})" for name in CLASSES), "Fold"],
            NAMES,
            PREDICTED,
            PROBS,
            [1 + row % 3 for row in range(7)],
        ),
        LOSS,
        left_out=("Random Forest", "Fold"),
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
            f"repeat,fold,row_id,{PROB_COLUMNS['confidence.']},prediction,correct",
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
        table(f"species,{PROB_COLUMNS['proba_']},prediction", NAMES, PROBS, PREDICTED),
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
