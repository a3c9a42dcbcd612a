"""Files that have more than one reading, and files that cannot be scored."""

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    CLASSES,
    GIVEN,
    LABELS,
    LOSS,
    NAMES,
    PAIRS,
    PREDICTED,
    PROBS,
    TAG_PROBS,
    TAGS,
    THRESHOLDED,
    TRUTH,
    Asked,
    P,
    Refused,
    ToolFile,
    bce,
    nll,
    table,
)

CSV = "pandas to_csv"
CAT_DOG = tuple(("cat", "dog")[y] for y in TRUTH)
TOP = tuple(max(row) for row in PROBS)
TOP_OF_TWO = tuple(max(pair) for pair in PAIRS)
OTHER_P = (0.8821, 0.3107, 0.4462, 0.5919, 0.6373, 0.1148, 0.9026)
OTHER_TRUTH = (1, 1, 0, 1, 0, 0, 1)
FIRST_TWO = tuple(int(label == 1) for label in LABELS)  # 0 and 1, of three columns
PRICES = (312.5, 188.0, 254.75, 401.2, 97.3)
COUNTS = (12, 7, 19, 4, 31)
COUNTED = (11.2, 8.9, 17.4, 5.6, 28.3)
ESTIMATES = (298.1, 201.4, 260.0, 377.9, 110.6)
SHARES = (0.37, 0.81, 0.22, 0.64, 0.55)
GUESSED_SHARES = (0.41, 0.77, 0.31, 0.58, 0.49)
HOW = ("predict_proba",)  # how to export what is missing, with scikit-learn

FILES: list[ToolFile] = [
    # labels that number the columns
    Asked("0, 1, 2 for cat, dog, fox", CSV, table("label,cat,dog,fox", LABELS, PROBS), ("number|order|0",), (LOSS,)),
    Asked(
        "1, 2, 3 for cat, dog, fox",
        "R, as.integer",
        table("label,cat,dog,fox", [label + 1 for label in LABELS], PROBS),
        ("number|order|1",),
        (LOSS,),
    ),
    Asked(
        "1 and 2 for cat, dog, fox",
        CSV,
        table("label,cat,dog,fox", [y + 1 for y in FIRST_TWO], PROBS),
        ("number|order|0",),
        (nll(PROBS, [y + 1 for y in FIRST_TWO]), nll(PROBS, FIRST_TWO)),
    ),
    Asked("0 and 1 for cat and dog", CSV, table("label,cat,dog", TRUTH, PAIRS), ("number|order|0",), (BINARY_LOSS,)),
    Asked(
        "1, 2, 3 for p0, p1, p2",
        CSV,
        table("label,p0,p1,p2", [label + 1 for label in LABELS], PROBS),
        ("number|order|3",),
        (LOSS,),
    ),
    # no header
    Asked("no header, 0 and 1 first", "csv module", table("", TRUTH, P), ("header|names?",), (BINARY_LOSS,)),
    Asked("no header, 0 and 1 last", "csv module", table("", P, TRUTH), ("header|names?",), (BINARY_LOSS,)),
    Asked(
        "no header, semicolons", "Excel", table("", TRUTH, P, delimiter=";", comma=True), ("header",), (BINARY_LOSS,)
    ),
    Asked("no header, 0 to 2", "csv module", table("", LABELS, PROBS), ("header|names?",), (LOSS,)),
    Refused("no header, names of classes", "csv module", table("", NAMES, PROBS), ("header|names?",), (LOSS,)),
    # which column, which class
    Asked(
        "two models",
        CSV,
        table("y,model_a,model_b", TRUTH, P, OTHER_P),
        ("model_a", "model_b"),
        (BINARY_LOSS, bce(OTHER_P)),
    ),
    Asked(
        "two labels",
        CSV,
        table("label,target,p", TRUTH, OTHER_TRUTH, P),
        ("label", "target"),
        (BINARY_LOSS, bce(P, OTHER_TRUTH)),
    ),
    Asked(
        "a probability of cat or of dog",
        CSV,
        table("label,p", CAT_DOG, P),
        ("cat", "dog"),
        (BINARY_LOSS, bce(P, [1 - y for y in TRUTH])),
    ),
    Asked(
        "classes 1 and 2 and one probability",
        "SPSS",
        table("label,p", [y + 1 for y in TRUTH], P),
        ("1", "2"),
        (BINARY_LOSS, bce(P, [1 - y for y in TRUTH])),
    ),
    Asked(
        "a label column that could be two",
        CSV,
        table("expert_a,expert_b,cat,dog", CAT_DOG, [("cat", "dog")[y] for y in OTHER_TRUTH], PAIRS),
        ("expert_a", "expert_b"),
        (BINARY_LOSS, bce(P, OTHER_TRUTH)),
    ),
    # something is missing
    Refused("no labels", "Kaggle", table("id,cat,dog,fox", range(7), PROBS), ("label",)),
    Refused("no labels, one probability", "Kaggle", table("id,target", range(101, 108), P), ("label|probabilit",)),
    Refused("no labels but several probabilities", "Kaggle", table(["id", *TAGS], range(6), TAG_PROBS), ("label",)),
    Refused("predicted classes only", CSV, table("y_true,y_pred", NAMES, PREDICTED), ("probabilit", *HOW)),
    Refused("predicted 0 and 1 only", CSV, table("y_true,y_pred", TRUTH, THRESHOLDED), ("probabilit", *HOW)),
    Refused(
        "predicted 0 to 2 only", CSV, table("label,prediction", LABELS, map(CLASSES.index, PREDICTED)), ("probabilit",)
    ),
    Refused(
        "several labels, predicted 0 and 1 only",
        CSV,
        table(
            [*(f"true_{tag}" for tag in TAGS), *(f"pred_{tag}" for tag in TAGS)],
            GIVEN,
            [tuple(int(p > 0.5) for p in row) for row in TAG_PROBS],
        ),
        ("probabilit",),
    ),
    Refused(
        "predicted class and confidence",
        CSV,
        table("y_true,y_pred,confidence", NAMES, PREDICTED, TOP),
        ("probabilit", *HOW),
    ),
    Refused(
        "predicted class and confidence of two",
        CSV,
        table("y_true,y_pred,confidence", TRUTH, THRESHOLDED, TOP_OF_TWO),
        ("confidence",),
        (BINARY_LOSS,),
    ),
    Refused(
        "predicted class and confidence of two, in words",
        CSV,
        table("label,predicted,confidence", CAT_DOG, [("cat", "dog")[y] for y in THRESHOLDED], TOP_OF_TWO),
        ("confidence",),
        (BINARY_LOSS,),
    ),
    Refused("the confidence alone", CSV, table("label,confidence", NAMES, TOP), ("confidence|each class|all classes",)),
    Refused(
        "the probability of the predicted class",
        CSV,
        table("target,pred,max_prob", NAMES, PREDICTED, TOP),
        ("probabilit",),
    ),
    Refused(
        "the features",
        CSV,
        table("label,length,width", NAMES, [1.4, 2.5, 3.1, 2.2, 2.7, 3.3, 1.2], [0.2] * 7),
        ("class|probabilit",),
    ),
    # regression
    Refused("prices", "scikit-learn", table("y_true,y_pred", PRICES, ESTIMATES), ("regression",)),
    Refused("whole numbers", "caret", table("obs,pred", COUNTS, COUNTED), ("regression",)),
    Refused("shares", CSV, table("target,prediction", SHARES, GUESSED_SHARES), ("regression|fraction|0 or 1",)),
    Refused(
        "temperatures below and above 0",
        "Weka",
        table(
            "inst#,actual,predicted,error",
            range(1, 6),
            (-3.2, 1.7, 12.4, -8.8, 0.4),
            (-2.9, 2.2, 10.8, -9.3, 0.1),
            (0.3, 0.5, -1.6, -0.5, -0.3),
        ),
        ("regression",),
    ),
    # commas and points
    Refused("decimal commas between commas", CSV, b"y,p\n1,0,9137\n0,0,2284\n1,0,3459\n", ("comma|point",)),
    Refused("decimal commas, one digit", CSV, b"y,p\n1,0,9\n0,0,2\n", ("comma|point",)),
    Refused(
        "decimal commas between commas, three classes",
        CSV,
        (
            "label,cat,dog\n"
            + "".join(f"{n},{a},{b}\n".replace(".", ",") for n, (a, b) in zip(CAT_DOG, PAIRS, strict=True))
        ).encode(),
        ("comma|point",),
    ),
    Refused("a comma in one row, points in others", CSV, b"y;p\n1;0,9137\n0;0.2284\n1;0.3459\n", ("comma|point",)),
    Refused("a point in one row, commas in others", "Excel", b"y;p\n1;0,9137\n0;0,2284\n1;0.3459\n", ("comma|point",)),
    Refused(
        "thousands separators",
        "Excel",
        b'label,cat,dog\ncat,"1,204.5","-2,310.25"\ndog,"-812.75","1,033.5"\n',
        ("comma|thousand",),
    ),
    Refused(
        "thousands separators in Europe",
        "Excel",
        b"label;cat;dog\ncat;1.204,5;-2.310,25\ndog;-812,75;1.033,5\n",
        ("comma|point|thousand",),
    ),
    # labels that do not fit
    Refused("a name that is no column", CSV, table("label,cat,dog", [*CAT_DOG[:6], "wolf"], PAIRS), ("wolf",)),
    Refused(
        "labels −1, 0, 1 and one probability",
        CSV,
        table("y,p", (-1, 0, 1, 1, 0, -1, 1), P),
        ("0 or 1|two|three|−1|-1",),
    ),
]
