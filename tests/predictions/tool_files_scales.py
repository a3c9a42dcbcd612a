"""Files whose numbers are percentages, logits, log-probabilities, rounded, or probabilities of several labels."""

from math import inf, log

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
    PROBS,
    TAG_LOGITS,
    TAG_LOSS,
    TAG_LOSS_OF_LOGITS,
    TAG_PROBS,
    TAGS,
    TRUTH,
    Asked,
    P,
    Read,
    Refused,
    ToolFile,
    Z,
    bce,
    bce_of_logits,
    cells,
    nll,
    nll_of_logits,
    normalized,
    table,
)

CSV = "pandas to_csv"
PERCENT = tuple(round(100 * p, 2) for p in P)
PERCENT_OF_CLASSES = tuple(tuple(round(100 * p, 2) for p in row) for row in PROBS)
WHOLE = (91, 23, 35, 67, 81, 7, 73)
WHOLE_OF_CLASSES = ((70, 21, 9), (13, 64, 23), (5, 32, 63), (44, 39, 17))
LOG_PROBS = tuple(tuple(log(p) for p in row) for row in PROBS)
ONE_HOT = tuple(tuple(int(index == label) for index in range(3)) for label in LABELS)

# Three decimals, whose sums are 0.999 to 1.001.
ROUNDED = ((0.333, 0.333, 0.333), (0.167, 0.667, 0.167), (0.143, 0.286, 0.572))
ROUNDED_LABELS = (0, 1, 2)
ROUNDED_PERCENT = ((33.3, 33.3, 33.3), (16.7, 66.7, 16.7), (14.3, 28.6, 57.2))
UNEVEN = ((0.6913, 0.2104, 0.0483), (0.1327, 0.7402, 0.2271), (0.0519, 0.3188, 0.5793))
VOTES = ((312, 120, 68), (71, 333, 96), (44, 181, 275), (229, 170, 101), (151, 248, 101))
VOTED = (0, 1, 2, 1, 1)
POSITIVE = ((2.13, 0.41, 0.87), (0.64, 1.87, 0.15), (0.73, 0.21, 1.49), (0.88, 0.51, 0.92), (0.34, 1.10, 0.28))
POSITIVE_Z = (2.31, 0.47, 1.06, 3.72, 0.18, 0.55, 1.94)
MASKED = tuple(
    tuple(float("-inf") if index == (label + 1) % 3 else z for index, z in enumerate(row))
    for row, label in zip(LOGITS, LABELS, strict=True)
)

BEYOND = (1.0000000000000002, -1e-17, *P[2:])  # a 1 and a 0 that rounding moved out of [0, 1]
BEYOND_OF_CLASSES = ((1.0000000000000002, -1e-17, 0.0), *PROBS[1:])
WITHIN = (1.0, 0.0, *P[2:])
SHARES = (0.37, 0.81, 0.22, 0.64, 0.55, 0.19, 0.93)


def prefixed(prefix: str, names=TAGS) -> list[str]:
    return [f"{prefix}{name}" for name in names]


FILES: list[ToolFile] = [
    # percentages
    Read("percent by evidence, two classes", CSV, table("y,p", TRUTH, PERCENT), BINARY_LOSS, ("percent",)),
    Read("percent by name, two classes", CSV, table("y,percent", TRUTH, PERCENT), BINARY_LOSS, ("percent",)),
    Read(
        "percent by evidence, three classes",
        CSV,
        table("label,cat,dog,fox", NAMES, PERCENT_OF_CLASSES),
        LOSS,
        ("percent",),
    ),
    Read(
        "whole percentages, two classes", CSV, table("y,p", TRUTH, WHOLE), bce([p / 100 for p in WHOLE]), ("percent",)
    ),
    Read(
        "whole percentages, three classes",
        CSV,
        table("label,cat,dog,fox", NAMES[:4], WHOLE_OF_CLASSES),
        nll([[p / 100 for p in row] for row in WHOLE_OF_CLASSES], LABELS[:4]),
        ("percent",),
    ),
    Read(
        "percent beside an id",
        CSV,
        table("id,label,cat,dog,fox", range(40, 47), NAMES, PERCENT_OF_CLASSES),
        LOSS,
        ("percent",),
        ("id",),
    ),
    # logits
    Read("logits by evidence", CSV, table("label,cat,dog,fox", NAMES, LOGITS), LOSS_OF_LOGITS, ("logit",)),
    Read("a logit by evidence", CSV, table("y,score", TRUTH, Z), BINARY_LOSS_OF_LOGITS, ("logit",)),
    Read(
        "logits by name", CSV, table(["label", *prefixed("logit_", CLASSES)], NAMES, LOGITS), LOSS_OF_LOGITS, ("logit",)
    ),
    Read(
        "logits by name that could be counts",
        CSV,
        table(["label", *(f"{name}_logit" for name in CLASSES)], [CLASSES[label] for label in VOTED], POSITIVE),
        nll_of_logits(POSITIVE, VOTED),
        ("logit",),
    ),
    Read(
        "a logit by name that could be a probability",
        CSV,
        table("y,logit", TRUTH, SHARES),
        bce_of_logits(SHARES),
        ("logit",),
    ),
    Read(
        "logits with masks",
        "PyTorch masked_fill",
        table("label,cat,dog,fox", NAMES, MASKED),
        nll_of_logits(MASKED),
        ("logit",),
    ),
    *(
        Read(
            f"logits with masks, {infinity}",
            tool,
            table("label,cat,dog,fox", NAMES, MASKED).replace(b"-inf", infinity.encode()),
            nll_of_logits(MASKED),
            ("logit",),
        )
        for infinity, tool in (("-Inf", "R"), ("-Infinity", "Java"))
    ),
    Read("log-probabilities by evidence", CSV, table("label,cat,dog,fox", NAMES, LOG_PROBS), LOSS, ("log",)),
    Read(
        "log-probabilities by name",
        "PyTorch log_softmax",
        table(["label", *prefixed("log_prob_", CLASSES)], NAMES, LOG_PROBS),
        LOSS,
        ("log",),
    ),
    Asked(
        "logits with a column that no label names",
        CSV,
        table("label,cat,dog,height", [CLASSES[y] for y in TRUTH], [row[:2] for row in LOGITS], Z),
        ("height",),
        (nll_of_logits([row[:2] for row in LOGITS], TRUTH),),
        (nll_of_logits([(*row[:2], z) for row, z in zip(LOGITS, Z, strict=True)], TRUTH),),
    ),
    Asked(
        "logits with zeros that no label names",
        CSV,
        table("label,cat,dog,fox,bird", NAMES, LOGITS, [0] * 7),
        ("bird",),
        (LOSS_OF_LOGITS,),
        (nll_of_logits([(*row, 0.0) for row in LOGITS]),),
    ),
    Asked(
        "positive numbers of three classes",
        CSV,
        table("label,cat,dog,fox", [CLASSES[label] for label in VOTED], POSITIVE),
        ("logit", "sum"),
        (nll_of_logits(POSITIVE, VOTED), nll(normalized(POSITIVE), VOTED)),
    ),
    Refused(
        "positive numbers of two classes, some above 1",
        CSV,
        table("y,p", TRUTH, POSITIVE_Z),
        ("0, 1|0 and 1|logit",),
        (bce_of_logits(POSITIVE_Z), bce([z / 100 for z in POSITIVE_Z])),
    ),
    Asked(
        "votes of 500 trees",
        "randomForest, norm.votes=FALSE",
        table("label,cat,dog,fox", [CLASSES[label] for label in VOTED], VOTES),
        ("sum|500",),
        (nll(normalized(VOTES), VOTED),),
    ),
    # rounding
    Read("1.0000000000000002 and −1e−17", CSV, table("y,p", TRUTH, BEYOND), bce(WITHIN), ("round",)),
    Read(
        "1.0000000000000002 and −1e−17 of three classes",
        CSV,
        table("label,cat,dog,fox", NAMES, BEYOND_OF_CLASSES),
        nll(((1.0, 0.0, 0.0), *PROBS[1:])),
        ("round",),
    ),
    Read(
        "three decimals",
        "savetxt, fmt='%.3f'",
        table("label,cat,dog,fox", [CLASSES[label] for label in ROUNDED_LABELS], ROUNDED),
        nll(ROUNDED, ROUNDED_LABELS),
        ("round",),
    ),
    Read(
        "percentages with one decimal",
        CSV,
        table("label,cat,dog,fox", [CLASSES[label] for label in ROUNDED_LABELS], ROUNDED_PERCENT),
        nll([[p / 100 for p in row] for row in ROUNDED_PERCENT], ROUNDED_LABELS),
        ("percent", "round"),
    ),
    Asked(
        "sums that rounding does not explain",
        CSV,
        table("label,cat,dog,fox", [CLASSES[label] for label in ROUNDED_LABELS], UNEVEN),
        ("sum",),
        (nll(normalized(UNEVEN), ROUNDED_LABELS),),
    ),
    Read("0 for a label that is 1", CSV, table("y,p", TRUTH, (0.0, *P[1:])), inf),
    Read("rows of one class", CSV, table("y,p", [1] * 7, P), bce(P, [1] * 7)),
    # one column per label
    Read(
        "one-hot labels",
        "Keras, to_categorical",
        table([*prefixed("true_", CLASSES), *prefixed("pred_", CLASSES)], ONE_HOT, PROBS),
        LOSS,
    ),
    Read(
        "one-hot labels called like the classes", CSV, table([*CLASSES, *prefixed("p_", CLASSES)], ONE_HOT, PROBS), LOSS
    ),
    Asked(
        "one-hot labels and logits, of a softmax or of sigmoids",
        CSV,
        table([*prefixed("y_", CLASSES), *prefixed("logit_", CLASSES)], ONE_HOT, LOGITS),
        ("softmax|one label|exclusive|multi-label|several",),
        (LOSS_OF_LOGITS, bce_of_logits(cells(LOGITS), cells(ONE_HOT))),
    ),
    Read(
        "sigmoids of labels that exclude each other",
        "Keras, sigmoid",
        table([*prefixed("y_"), *prefixed("p_")], [(1, 0, 0), (0, 1, 0), (0, 0, 1)], TAG_PROBS[:3]),
        bce(cells(TAG_PROBS[:3]), (1, 0, 0, 0, 1, 0, 0, 0, 1)),
        ("sum",),
    ),
    Read(
        "several labels",
        "Keras, sigmoid",
        table([*prefixed("true_"), *prefixed("pred_")], GIVEN, TAG_PROBS),
        TAG_LOSS,
        ("multi-label|several",),
    ),
    *(
        Read(
            f"several labels called {' '.join(truth)}",
            "NumPy, pandas",
            table([*truth, *predicted], GIVEN, TAG_PROBS),
            TAG_LOSS,
            ("multi-label|several",),
        )
        for truth, predicted in (
            (prefixed("y_true_"), prefixed("y_pred_")),
            (prefixed("y_true_", ("0", "1", "2")), prefixed("y_pred_", ("0", "1", "2"))),
            (prefixed("is_"), [f"{tag}_score" for tag in TAGS]),
        )
    ),
    Read(
        "several labels in turns with their probabilities",
        CSV,
        table(
            [name for tag in TAGS for name in (tag, f"{tag}_prob")],
            [[cell for pair in zip(y, p, strict=True) for cell in pair] for y, p in zip(GIVEN, TAG_PROBS, strict=True)],
        ),
        TAG_LOSS,
        ("multi-label|several",),
    ),
    Read(
        "several labels as True and False, and an id",
        CSV,
        table(["id", *prefixed("y_"), *prefixed("p_")], range(6), [tuple(map(bool, row)) for row in GIVEN], TAG_PROBS),
        TAG_LOSS,
        ("multi-label|several",),
        ("id",),
    ),
    Read(
        "logits of several labels",
        "Hugging Face, multi_label_classification",
        table([*prefixed("label_"), *prefixed("logit_")], GIVEN, TAG_LOGITS),
        TAG_LOSS_OF_LOGITS,
        ("logit", "multi-label|several"),
    ),
]
