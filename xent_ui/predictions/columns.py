"""What the columns of a learner's file are called by the tools that write them, and the numbers in their cells."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

_NAMES: Final = tomllib.loads(Path(__file__).with_name("column_names.toml").read_text(encoding="utf-8"))
LABELS: Final = tuple(_NAMES["labels"])
SURE_LABELS: Final = LABELS.index("label")  # the names before this one say that they hold the truth
OF_CLASS_1: Final = tuple(_NAMES["of_class_1"])
LOGIT_WORDS: Final = frozenset({"logit", "logits", "margin", "rawformulaval", "log", "logprob", "logprobs", "logodds"})
LOGIT_PARTS: Final = ("decision_function", "raw_score", "raw_prediction", "raw_formula", "log_odds", "log_prob")
PERCENT_WORDS: Final = frozenset({"percent", "percentage", "pct", "%"})
# What a model decided: the class with the largest probability.
DECISIONS: Final = frozenset({"pred", "preds", "predicted", "predict", "prediction", "predictions", "yhat", "guess"})
CONFIDENCES: Final = tuple(_NAMES["confidences"])
BESIDE_CLASSES: Final = frozenset(_NAMES["beside_classes"])
DENIALS: Final = frozenset({"not", "non", "no"})  # "p_not_spam" is not about spam
NO_CLASSES: Final = frozenset(_NAMES["no_classes"])
OTHERS: Final = frozenset(_NAMES["others"])
UNITED_WORDS: Final = re.compile(r"[^\w%#]+")
TRUTHS: Final = (  # what is true of class 1 after what is true of class 0
    ("0", "1"),
    ("false", "true"),
    ("no", "yes"),
    ("n", "y"),
    ("f", "t"),
    ("negative", "positive"),
    ("neg", "pos"),
    ("-1", "1"),
    ("-1", "+1"),
    ("off", "on"),
    ("absent", "present"),
)
ROUNDING: Final = 1e-6  # how far float32 arithmetic may put a probability beyond 0 or 1
PLAIN: Final = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?[Ii]nf(inity)?"
WRITTEN_AS_FRACTION: Final = r"[+-]?\d{1,15}([.,]\d*(e[+-]?\d{1,2})?|e[+-]?\d{1,2})"
THOUSANDS: Final = r"[+-]?[1-9]\d{0,2}(,\d{3})+"


def normal(name: str) -> str:
    """Return a name in small letters, with one underscore between its words.

    >>> normal("True Label"), normal(".pred_cat"), normal("Scored Probabilities (yes)"), normal("inst#")
    ('true_label', 'pred_cat', 'scored_probabilities_yes', 'inst#')
    """
    return UNITED_WORDS.sub("_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())).strip("_").casefold()


def words(name: str) -> set[str]:
    """Return the words of a name in small letters."""
    return set(normal(name).split("_"))


def says_logits(name: str) -> bool:
    """Return whether the name of a column says that it holds logits.

    >>> says_logits("logit_cat"), says_logits("RawFormulaVal:Class=0"), says_logits("p_cat")
    (True, True, False)
    """
    written = normal(name)
    joined = written.replace("_", "")
    return bool(words(name) & LOGIT_WORDS) or any(p in written for p in LOGIT_PARTS) or "rawformulaval" in joined


def says_logarithms(name: str) -> bool:
    """Return whether the name of a column says that it holds logarithms of probabilities.

    >>> says_logarithms("log_prob_1"), says_logarithms("logprob"), says_logarithms("log_odds")
    (True, True, False)
    """
    own = words(name)
    return bool(own & {"logprob", "logprobs", "logp", "logproba"}) or (
        "log" in own and bool(own & {"p", "prob", "probs", "proba", "probability", "probabilities"})
    )


def says_percent(name: str) -> bool:
    """Return whether the name of a column says that it holds percentages."""
    return bool(words(name) & PERCENT_WORDS) or "%" in name


def says_decision(name: str) -> bool:
    """Return whether the name of a column says that it holds what a model decided.

    >>> says_decision(".pred_class"), says_decision("y_pred"), says_decision("prediction(play)"), says_decision("p")
    (True, True, True, False)
    """
    return bool(words(name) & DECISIONS) or normal(name) in {"y_hat", "scored_labels", "argmax", "top1", "output_class"}


def is_other(name: str) -> bool:
    """Return whether a column is called like one that stands beside predictions and is none."""
    written = normal(name)
    return written in OTHERS or written.endswith("_id") or written.startswith("unnamed")


def canonical(label: str) -> str:
    """Return a label in the way in which labels and names of columns are compared.

    >>> canonical("Cat"), canonical("2.0"), canonical("1,00"), canonical("1e+00"), canonical("01")
    ('cat', '2', '1', '1', '01')
    """
    text = label.strip().casefold()
    if re.fullmatch(WRITTEN_AS_FRACTION, text) and (number := float(text.replace(",", "."))).is_integer():
        return str(int(number))
    return text


def numbers(column: pd.Series) -> np.ndarray:
    """Return a column of text as numbers, with NaN for each cell that is none.

    Percent signs are left out if all numbers have one. A comma stands before decimals, unless all commas may separate
    thousands, or more cells of the column have a point.
    """
    text = column.str.strip()
    if have_percent_signs(text):
        text = text.str.removesuffix("%").str.strip()
    if text.str.contains(",", regex=False).any() and not _are_thousands(text):
        commas, points = (text.str.contains(sign, regex=False) for sign in (",", "."))
        if commas.sum() > points.sum():
            text = text.where(~points).str.replace(",", ".", regex=False)
    is_plain = text.str.fullmatch(PLAIN).fillna(False).astype(bool)
    return pd.to_numeric(text.where(is_plain), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _are_thousands(text: pd.Series) -> bool:
    """Return whether every cell with a comma may be a whole number with its thousands separated."""
    with_comma = text[text.str.contains(",", regex=False)]
    return bool(with_comma.str.fullmatch(THOUSANDS).all())


def have_percent_signs(column: pd.Series) -> bool:
    """Return whether all cells that are not empty end with a percent sign."""
    has_sign = column.str.endswith("%")
    return bool(has_sign.any() and (has_sign | (column == "")).all())


def decimals_written(column: pd.Series, looked_at: int = 200) -> int:
    """Return the largest number of decimals in the first cells of a column."""
    found = column.iloc[:looked_at].str.extract(r"[.,](\d+)(?:[eE]|%|$)", expand=False).dropna()
    return int(found.str.len().max()) if len(found) else 0


def truth_of(labels: Sequence[str]) -> dict[str, str] | None:
    """Return what each of two labels says of class 1, as "0" or "1"; None if they do not tell.

    >>> truth_of(["Yes", "No"]), truth_of(["1.0"]), truth_of(["cat", "dog"])
    ({'Yes': '1', 'No': '0'}, {'1.0': '1'}, None)
    """
    for pair in TRUTHS:
        if {canonical(label) for label in labels} <= set(pair):
            return {label: str(pair.index(canonical(label))) for label in labels}
    return None
