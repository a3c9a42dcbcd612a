"""Files with columns and labels of many names: which is the label, which are classes, and what is left out."""

from math import log

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    CLASSES,
    LABELS,
    LOGITS,
    LOSS,
    LOSS_OF_LOGITS,
    NAMES,
    PAIRS,
    PREDICTED,
    PROBS,
    THRESHOLDED,
    TRUTH,
    P,
    Read,
    ToolFile,
    bce,
    nll,
    table,
)

CSV = "pandas to_csv"
LABEL_NAMES = ("label", "y", "y_true", "target", "truth", "actual", "class", "Actual", "true_label", "ground_truth")
# Columns that stand beside predictions and are none. Here each holds numbers within [0, 1], as an hour of the day or
# a rank may, so that the name and the sums of the classes are the only evidence.
NO_CLASSES = (
    "y_pred",
    "id",
    "domain",
    "fold",
    "split",
    "index",
    "timestamp",
    "weight",
    "loss",
    "text",
    "filename",
    "row",
    "sample_id",
    "group",
    "batch",
    "correct",
    "error",
    "confidence",
    "entropy",
    "prediction",
    "threshold",
    "subject",
)
FRACTIONS = (0.137, 0.941, 0.0, 0.512, 1.0, 0.268, 0.733)
NAMED = ("no", "yes")
YES_NO = tuple(NAMED[y] for y in TRUTH)

# What stands around the name of a class in a column of its own.
AROUND = (
    "p(cat)",
    "P(cat)",
    "prob_cat",
    "cat_prob",
    ".pred_cat",
    "class_cat",
    "probability_cat",
    "probability(cat)",
    "proba_cat",
    "p_cat",
    "cat_score",
    "score_cat",
    "P(y=cat)",
    "Pr(cat)",
    "cat_probability",
    "softmax_cat",
    "Probability of cat",
    "prob.cat",
    "pred_cat",
    "y_pred_cat",
    "CAT",
)


def around(pattern: str) -> list[str]:
    """Return the names of the columns of all classes."""
    return [pattern.replace("cat", name).replace("CAT", name.upper()) for name in CLASSES]


def numbered(names: tuple[str, ...], labels=LABELS) -> Read:
    """Return a file whose classes are numbers, from the names of its columns."""
    return Read(f"columns {' '.join(names)}", CSV, table(["y_true", *names], labels, PROBS), LOSS)


# Words whose common beginning is longer than what stands before the class.
SIMILAR = ("car", "cab", "cat")
ENDINGS = ("north_west", "south_west", "west")
TOPICS = ("text", "image", "id")
QUOTED = ("big, tame", 'the "fox"', "a;b")

BELOW = tuple(1 - p for p in P)
EXAMPLE = ((0.9, 0.1), (0.2, 0.8), (0.7, 0.3), (0.4, 0.6))  # ids 1 to 4; classes cat, dog, cat, dog

FILES: list[ToolFile] = [
    Read(
        "an id that is a number",
        CSV,
        table("id,label,cat,dog", range(1, 5), ("cat", "dog", "cat", "dog"), EXAMPLE),
        -log(0.9 * 0.8 * 0.7 * 0.6) / 4,
        left_out=("id",),
    ),
    *(Read(f"labels called {name}", CSV, table([name, *CLASSES], NAMES, PROBS), LOSS) for name in LABEL_NAMES),
    *(Read(f"0 and 1 called {name}", CSV, table([name, "p"], TRUTH, P), BINARY_LOSS) for name in LABEL_NAMES),
    Read("the label last", CSV, table("cat,dog,fox,label", PROBS, NAMES), LOSS),
    Read(
        "the label in the middle",
        CSV,
        table("cat,species,dog", [q for q, _ in PAIRS], [("cat", "dog")[y] for y in TRUTH], P),
        BINARY_LOSS,
    ),
    # columns that are no predictions
    *(
        Read(
            f"{name} within [0, 1] beside classes",
            CSV,
            table([name, "label", *CLASSES], FRACTIONS, NAMES, PROBS),
            LOSS,
            left_out=(name,),
        )
        for name in NO_CLASSES
    ),
    *(
        Read(
            f"{name} within [0, 1] beside one probability",
            CSV,
            table(["y", "p", name], TRUTH, P, FRACTIONS),
            BINARY_LOSS,
            left_out=(name,),
        )
        for name in ("id", "fold", "weight", "loss", "timestamp", "index", "domain", "threshold", "group")
    ),
    *(
        Read(
            f"{name} beside logits",
            CSV,
            table([name, "label", *CLASSES], values, NAMES, LOGITS),
            LOSS_OF_LOGITS,
            ("logit",),
            (name,),
        )
        for name, values in {
            "id": range(1, 8),
            "fold": (0, 1, 2, 0, 1, 2, 0),
            "weight": FRACTIONS,
            "loss": FRACTIONS,
            "y_pred": PREDICTED,
            "timestamp": range(1_700_000_000, 1_700_000_007),
        }.items()
    ),
    Read(
        "whole numbers beyond 1 beside classes",
        CSV,
        table("label,cat,dog,fox,age", NAMES, PROBS, (34, 51, 27, 63, 45, 38, 29)),
        LOSS,
        left_out=("age",),
    ),
    Read(
        "a number within [0, 1] without a telling name",
        CSV,
        table("x,label,cat,dog,fox", FRACTIONS, NAMES, PROBS),
        LOSS,
        left_out=("x",),
    ),
    *(
        Read(
            f"an index saved twice, beside {what}",
            "pandas",
            table(["", "Unnamed: 0", *header], range(7), range(7), *columns),
            loss,
            left_out=("Unnamed: 0",),
        )
        for what, header, columns, loss in (
            ("classes", ["label", *CLASSES], (NAMES, PROBS), LOSS),
            ("one probability", ["y_true", "y_prob"], (TRUTH, P), BINARY_LOSS),
        )
    ),
    Read("all zeros beside classes", CSV, table("label,cat,dog,fox,bird", NAMES, PROBS, [0] * 7), LOSS),
    Read(
        "sentences, file names and times",
        CSV,
        table(
            "filename,time,text,label,cat,dog,fox",
            [f"img_{row}.png" for row in range(7)],
            [f"2026-11-{row + 10} 09:00" for row in range(7)],
            ["a, b", 'he said "c"', "d\ne", "0.5", "", "g", "h"],
            NAMES,
            PROBS,
        ),
        LOSS,
        left_out=("filename", "time", "text"),
    ),
    Read(
        "train and test in a column",
        CSV,
        table("split,label,cat,dog,fox", ["test"] * 7, NAMES, PROBS),
        LOSS,
        left_out=("split",),
    ),
    Read(
        "the predicted class in words and in numbers",
        CSV,
        table("y_true,y_pred,pred_label,cat,dog,fox", NAMES, PREDICTED, map(CLASSES.index, PREDICTED), PROBS),
        LOSS,
        left_out=("y_pred", "pred_label"),
    ),
    Read(
        "predicted 0 or 1 and its probability",
        CSV,
        table("prediction,probability,actual", THRESHOLDED, P, TRUTH),
        BINARY_LOSS,
        left_out=("prediction",),
    ),
    # names of classes
    *(Read(f"classes as {pattern}", CSV, table(["y", *around(pattern)], NAMES, PROBS), LOSS) for pattern in AROUND),
    numbered(("p0", "p1", "p2")),
    numbered(("class_0", "class_1", "class_2")),
    numbered(("0", "1", "2")),
    numbered(("prob_1", "prob_2", "prob_3"), [label + 1 for label in LABELS]),
    numbered(("0.0", "1.0", "2.0")),
    Read(
        "a beginning in common with the classes",
        CSV,
        table(["label", *(f"p_{name}" for name in SIMILAR)], [SIMILAR[label] for label in LABELS], PROBS),
        LOSS,
    ),
    Read(
        "an ending in common with the classes",
        CSV,
        table(["label", *(f"{name}_prob" for name in ENDINGS)], [ENDINGS[label] for label in LABELS], PROBS),
        LOSS,
    ),
    Read(
        "classes 1, 11 and 111",
        CSV,
        table("label,p1,p11,p111", [("1", "11", "111")[label] for label in LABELS], PROBS),
        LOSS,
    ),
    Read("confidence(yes) alone", CSV, table("label,confidence(yes)", YES_NO, P), BINARY_LOSS),
    Read("the probability of no alone", CSV, table("label,p_no", YES_NO, BELOW), bce([1 - p for p in BELOW])),
    Read("p_cat alone", CSV, table("label,p_cat", [("dog", "cat")[y] for y in TRUTH], P), BINARY_LOSS),
    Read(
        "classes called text, image and id",
        CSV,
        table(["label", *TOPICS], [TOPICS[label] for label in LABELS], PROBS),
        LOSS,
    ),
    Read(
        "a class called id that no row has",
        CSV,
        table(["label", *TOPICS], [TOPICS[int(label == 1)] for label in LABELS], PROBS),
        nll(PROBS, [int(label == 1) for label in LABELS]),
    ),
    Read(
        "a class that no row has",
        CSV,
        table("label,cat,dog,fox", [CLASSES[int(label == 1)] for label in LABELS], PROBS),
        nll(PROBS, [int(label == 1) for label in LABELS]),
    ),
    Read(
        "classes weight and loss",
        CSV,
        table("y_true,weight,loss", [("weight", "loss")[y] for y in TRUTH], PAIRS),
        BINARY_LOSS,
    ),
    Read("yes and no for p0 and p1", CSV, table("label,p0,p1", YES_NO, PAIRS), BINARY_LOSS, ("yes",)),
    Read("classes F and M", CSV, table("label,F,M", [("F", "M")[y] for y in TRUTH], PAIRS), BINARY_LOSS),
    Read("years", CSV, table("year,2024,2025,2026", [2024 + label for label in LABELS], PROBS), LOSS),
    Read(
        "commas and quotation marks in the names of classes",
        CSV,
        table(["label", *QUOTED], [QUOTED[label] for label in LABELS], PROBS),
        LOSS,
    ),
    # labels
    Read("T and F", "R", table("y,p", [("F", "T")[y] for y in TRUTH], P), BINARY_LOSS),
    Read("t and f", "PostgreSQL", table("y,p", [("f", "t")[y] for y in TRUTH], P), BINARY_LOSS),
    Read("yes and no", CSV, table("y,p", YES_NO, P), BINARY_LOSS),
    Read("Yes and No in capitals", CSV, table("y,p", [word.upper() for word in YES_NO], P), BINARY_LOSS),
    Read("True and False", CSV, table("y,p", [y == 1 for y in TRUTH], P), BINARY_LOSS),
    Read("TRUE and FALSE", "Excel", table("y,p", [str(y == 1).upper() for y in TRUTH], P), BINARY_LOSS),
    Read("−1 and 1", CSV, table("y,p", [2 * y - 1 for y in TRUTH], P), BINARY_LOSS),
    Read("−1.0 and 1.0", CSV, table("y,p", [2.0 * y - 1 for y in TRUTH], P), BINARY_LOSS),
    Read("0.0 and 1.0", CSV, table("y,p", [float(y) for y in TRUTH], P), BINARY_LOSS),
    Read("2.0 for a column 2", CSV, table("label,0,1,2", [float(label) for label in LABELS], PROBS), LOSS),
    Read("1.0 for a column p_1", CSV, table("label,p_1,p_2,p_3", [label + 1.0 for label in LABELS], PROBS), LOSS),
    Read("labels in capitals", CSV, table("label,cat,dog,fox", [name.upper() for name in NAMES], PROBS), LOSS),
    Read("columns in capitals", CSV, table("label,Cat,DOG,Fox", NAMES, PROBS), LOSS),
    Read("blanks around labels", CSV, table("label,cat,dog,fox", [f" {name} " for name in NAMES], PROBS), LOSS),
    Read("classes a and A", CSV, table("label,a,A", [("a", "A")[y] for y in TRUTH], PAIRS), BINARY_LOSS),
    Read("columns True and False", CSV, table("label,False,True", [y == 1 for y in TRUTH], PAIRS), BINARY_LOSS),
    Read("columns p_yes and p_no", CSV, table("label,p_yes,p_no", YES_NO, [(q, p) for p, q in PAIRS]), BINARY_LOSS),
    Read(
        "TRUE for a column p_true",
        CSV,
        table("label,p_false,p_true", [str(y == 1).upper() for y in TRUTH], PAIRS),
        BINARY_LOSS,
    ),
    Read(
        "1 and −1 for columns p(1) and p(-1)",
        CSV,
        table("label,p(1),p(-1)", [2 * y - 1 for y in TRUTH], [(q, p) for p, q in PAIRS]),
        BINARY_LOSS,
    ),
]
