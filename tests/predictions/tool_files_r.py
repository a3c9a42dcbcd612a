"""Files as R and its packages write them, built to the formats that they document."""

import csv
from typing import Any

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    CLASSES,
    LOSS,
    NAMES,
    PAIRS,
    PREDICTED,
    PROBS,
    THRESHOLDED,
    TRUTH,
    P,
    Read,
    ToolFile,
    table,
    written,
)

QUOTED: dict[str, Any] = {"quoting": csv.QUOTE_NONNUMERIC}
YES_NO = tuple(("no", "yes")[y] for y in TRUTH)
FOLDS = tuple(f"Fold{1 + row % 3}" for row in range(7))
ROW_NAMES = tuple(map(str, range(1, 8)))  # R quotes them


def without_first_cell(text: str) -> bytes:
    """Return a table as R's write.table has it: the column of row names has no cell in the header."""
    return text.replace('"" ', "", 1).replace('""\t', "", 1).replace("\t", "", 1).encode()


FILES: list[ToolFile] = [
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
            ".pred_cat,.pred_dog,.pred_fox,id,.pred_class,.row,species,.config",
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
        table("row_ids,truth,response,prob.cat,prob.dog,prob.fox", range(3, 10), NAMES, PREDICTED, PROBS),
        LOSS,
        left_out=("row_ids", "response"),
    ),
    Read(
        "a prediction's data",
        "mlr",
        table(
            ",id,truth,prob.cat,prob.dog,prob.fox,response", ROW_NAMES, range(1, 8), NAMES, PROBS, PREDICTED, **QUOTED
        ),
        LOSS,
        left_out=("id", "response"),
    ),
]
