"""Files in which the name of a column contains the name of a class by chance, or of more than one class."""

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    BINARY_LOSS_OF_LOGITS,
    LABELS,
    LOGITS,
    LOSS,
    PAIRS,
    PROBS,
    THRESHOLDED,
    TRUTH,
    Asked,
    P,
    Read,
    ToolFile,
    Z,
    bce,
    nll,
    nll_of_logits,
    table,
)

CSV = "pandas to_csv"
OTHER_P = (0.8821, 0.3107, 0.4462, 0.5919, 0.6373, 0.1148, 0.9026)
PAIRS_OF_LOGITS = tuple((0.35 - z, 0.7 * z) for z in Z)
FLIPPED = bce([1 - p for p in P])
ROMAN = ("I", "II", "III")
FIRST_TWO = tuple(int(label == 1) for label in LABELS)
INCOME = (3012.5, 1840.2, 2210.9, 4125.0, 1999.7, 2870.3, 3344.1)
THREE = (("male", "female", "other"), ("cat", "scat", "caterpillar"), ROMAN, ("t", "tes", "test"), ("1", "11", "21"))


def words(no: str, yes: str) -> list[str]:
    """Return the labels of two classes."""
    return [(no, yes)[y] for y in TRUTH]


FILES: list[ToolFile] = [
    # N and Y, and columns that end with an n
    Read("N and Y for prediction", CSV, table("obs,prediction", words("N", "Y"), P), BINARY_LOSS),
    Read("n and y for margin", CSV, table("label,margin", words("n", "y"), Z), BINARY_LOSS_OF_LOGITS, ("logit",)),
    Read("n and y for decision", CSV, table("label,decision", words("n", "y"), Z), BINARY_LOSS_OF_LOGITS, ("logit",)),
    Read(
        "N and Y for p, beside an income",
        CSV,
        table("label,p,income", words("N", "Y"), P, INCOME),
        BINARY_LOSS,
        left_out=("income",),
    ),
    Asked("a and b for proba", CSV, table("label,proba", words("a", "b"), P), ("a", "b"), (BINARY_LOSS, FLIPPED)),
    Asked("d and e for score", CSV, table("label,score", words("d", "e"), P), ("d", "e"), (BINARY_LOSS, FLIPPED)),
    # a label column with a name of its own
    Read("N and Y called churn", CSV, table("churn,p", words("N", "Y"), P), BINARY_LOSS),
    Read("0 and 1 called churn, beside an id", CSV, table("id,churn,p_churn", range(7), TRUTH, P), BINARY_LOSS),
    Read("0, 1, 2 called digit", CSV, table("digit,prob_0,prob_1,prob_2", LABELS, PROBS), LOSS),
    # a class whose name is a part of another's
    Read("male and female for prob_female", CSV, table("target,prob_female", words("male", "female"), P), BINARY_LOSS),
    Read(
        "spam and not_spam for prob_not_spam",
        CSV,
        table("label,prob_not_spam", words("spam", "not_spam"), P),
        BINARY_LOSS,
    ),
    Read("nonspam and spam", "R, kernlab", table("type,spam,nonspam", words("spam", "nonspam"), PAIRS), BINARY_LOSS),
    Asked(
        "spam and ham for prob_not_spam",
        CSV,
        table("label,prob_not_spam", words("spam", "ham"), P),
        ("spam", "ham"),
        (BINARY_LOSS,),
        (FLIPPED,),
    ),
    *(
        Read(
            f"classes {', '.join(classes)}",
            CSV,
            table(["label", *(f"p_{name}" for name in classes)], [classes[label] for label in LABELS], PROBS),
            LOSS,
        )
        for classes in THREE
    ),
    *(
        Read(
            f"classes {', '.join(classes)} without a mark between",
            CSV,
            table(["label", *(f"prob{name}" for name in classes)], [classes[label] for label in LABELS], PROBS),
            LOSS,
        )
        for classes in THREE
    ),
    Read(
        "only rows of a class whose name is a part of another's",
        CSV,
        table("label,p_female,p_male", ["male"] * 7, PAIRS),
        bce(P, [1] * 7),
    ),
    Read(
        "only rows of I and II",
        CSV,
        table(["label", *(f"p_{name}" for name in ROMAN)], [ROMAN[y] for y in FIRST_TWO], PROBS),
        nll(PROBS, FIRST_TWO),
    ),
    Read(
        "only rows of I and II, logits",
        CSV,
        table(["label", *(f"p_{name}" for name in ROMAN)], [ROMAN[y] for y in FIRST_TWO], LOGITS),
        nll_of_logits(LOGITS, FIRST_TWO),
        ("logit",),
    ),
    # columns beside logits that begin or end like those of the classes, and are none
    *(
        Read(
            f"{other} beside logits called {' and '.join(names)}",
            CSV,
            table(["label", *names, other], words("cat", "dog"), PAIRS_OF_LOGITS, values),
            nll_of_logits(PAIRS_OF_LOGITS, TRUTH),
            ("logit",),
            (other,),
        )
        for names, other, values in (
            (("pred_cat", "pred_dog"), "pred_class", THRESHOLDED),
            (("cat_pred", "dog_pred"), "y_pred", THRESHOLDED),
            (("cat_id", "dog_id"), "row_id", range(1, 8)),
            (("catp", "dogp"), "timestamp", range(1_700_000_000, 1_700_000_007)),
        )
    ),
    # one probability, of the class that is 0
    *(
        Read(f"0 and 1 for {name}", CSV, table(["y", name], TRUTH, [q for q, _ in PAIRS]), BINARY_LOSS)
        for name in ("p0", "prob_0", "class_0", "prob_false", "p_no")
    ),
    # a model, a run or a fold with a number
    *(
        Asked(f"0 and 1 for {name}", CSV, table(["y", name], TRUTH, P), (name,), (BINARY_LOSS, FLIPPED))
        for name in ("model_0", "run_0")
    ),
    Asked("two runs", CSV, table("y,run_0,run_1", TRUTH, P, OTHER_P), ("run_0", "run_1"), (BINARY_LOSS, bce(OTHER_P))),
]
