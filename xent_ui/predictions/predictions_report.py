"""The scores of a learner's predictions in words, and as tables, to show and to download."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from xent_ui.experiments.prediction_scores import BINS, Report
from xent_ui.style.numbers import PERCENT_SIGN, ROUNDING, counted, digits_apart, percent, text
from xent_ui.style.words import quoted

ALIKE: Final = 1e-9  # a share of the loss that is only rounding
HALF: Final = 0.505  # a share that is called half, as it is the smallest number of rows that reach it
ROWS_SHOWN: Final = 100  # of the worst ones; the CSV to download has all of them
SHARES: Final = ("share of rows", "share of the loss", "recall", "base rate")  # columns to show in percent


class Number(NamedTuple):
    """One number of a report: its name, its value as text, and what it means, as the end of a sentence."""

    name: str
    value: str
    meaning: str


# --- in words -----------------------------------------------------------------------------------------------------


def summary(report: Report, name: str) -> str:
    """Return what is worth knowing first, as Markdown: the log loss, what it compares with, and where it comes from.

    name  the name of the file
    """
    if report.n_impossible:
        return _infinite(report, name)
    loss, model = f"The log loss of {quoted(name)} is", text(report.log_loss, _digits(report))
    if report.log_loss == 0:
        return (
            f"{loss} **0 nats**: every {report.noun} gave what was true a probability of 1. If that is too good to be "
            "true, look whether the model was shown the answers."
        )
    return f"{loss} **{model} nats**; {_compared(report)}. {_where(report)}"


def counts(report: Report) -> str:
    """Return how many predictions of what kind there are: "1,200 predictions: 400 rows × 3 labels"."""
    predictions = report.predictions
    if report.is_multi_label:
        rows, labels = counted(report.n_rows, "row"), counted(len(predictions.tags), "label")
        times = " × " if report.n == report.n_rows * len(predictions.tags) else " and "
        return f"{counted(report.n, 'prediction')}: {rows}{times}{labels}"
    if report.is_binary:
        return f"{counted(report.n, 'row')}, the probability of {_positive(report)}"
    return f"{counted(report.n, 'row')}, {counted(report.n_classes, 'class', 'classes')}"


def numbers(report: Report) -> list[Number]:
    """Return the four numbers to compare with the log loss."""
    return [_normalized_entropy(report), _brier(report), _accuracy(report), _ece(report)]


def _digits(report: Report) -> int:
    """Return to how many digits log loss and baseline are written, so that different ones look different."""
    return min(digits_apart(report.log_loss, report.baseline), 6)


def _shares(report: Report) -> str:
    return "the base rate of each label" if report.is_multi_label else "the class shares"


def _baseline(report: Report) -> str:
    return "the base rates" if report.is_multi_label else "the class shares"


def _positive(report: Report) -> str:
    positive = report.predictions.classes[1]
    return "class 1" if positive == "1" else quoted(positive)


def _infinite(report: Report, name: str) -> str:
    n, noun, n_infinite = report.n, report.noun, report.n_impossible
    loss = f"The log loss of {quoted(name)} is **∞ nats**:"
    if n_infinite == n:
        return f"{loss} every {noun} gave what was true a probability of 0."
    rest = float(report.loss[np.isfinite(report.loss)].mean())
    others = f"The other {noun} costs" if n - n_infinite == 1 else f"The other {n - n_infinite:,} average"
    return (
        f"{loss} {n_infinite:,} of {counted(n, noun)} gave what was true a probability of 0. {others} {text(rest)} "
        f"nats; always saying {_shares(report)} costs {text(report.baseline)} nats."
    )


def _compared(report: Report) -> str:
    """Return how the log loss compares with that of the class shares, as the end of a sentence."""
    if report.normalized_entropy is None:
        return f"{_only_one_class(report)}, so always saying that would cost nothing"
    saved = 1 - report.normalized_entropy
    if abs(saved) < ALIKE:
        return f"always saying {_shares(report)} costs the same, so the model saves nothing"
    costs = f"{text(report.baseline, _digits(report))} nats"
    if saved > 0:
        shown = "less than 1" if saved < 0.005 else "over 99" if saved >= 0.995 else f"{100 * saved:.0f}"
        return f"always saying {_shares(report)} costs {costs}, so the model saves {shown}{PERCENT_SIGN}"
    ratio = report.normalized_entropy
    more = "less than 1" if ratio < 1.005 else f"{100 * (ratio - 1):.0f}"
    by = f"{more}{PERCENT_SIGN} more" if ratio < 2 else f"{text(ratio, 2)} times as much"
    return f"always saying {_shares(report)} costs only {costs}, so the model is **worse than no model**: it costs {by}"


def _only_one_class(report: Report) -> str:
    if report.is_multi_label:
        return "every label is given in all rows or in none"
    return f"only {quoted(report.predictions.classes[int(report.predictions.labels[0])])} occurs in the file"


def _where(report: Report) -> str:
    """Return from which rows a finite loss comes, as a sentence."""
    noun, loss = report.noun, report.loss
    if report.is_constant:
        return (
            f"It gives every row the same {'probability of each label' if report.is_multi_label else 'probabilities'}."
        )
    if loss.max() - loss.min() <= ALIKE * loss.max():
        return f"Every {noun} costs the same."
    n_worst, share = report.n_for_half, float(report.cumulative_share()[report.n_for_half - 1])
    much = "half" if share < HALF else percent(share, 2)
    if n_worst == 1:
        return f"The worst of the {counted(report.n, noun)} makes up {much} of the loss."
    return f"The worst {n_worst:,} of the {counted(report.n, noun)} make up {much} of the loss."


def _normalized_entropy(report: Report) -> Number:
    name = "Normalized entropy"
    if report.normalized_entropy is None:
        return Number(name, "undefined", f"{_only_one_class(report)}, so there is no loss to divide by.")
    return Number(
        name,
        text(report.normalized_entropy),
        f"the log loss divided by that of always saying {_shares(report)}; 0 is best, and {_baseline(report)} score 1.",
    )


def _brier(report: Report) -> Number:
    if report.is_binary:
        what = "the label" if report.is_multi_label else _positive(report)
        meaning = (
            f"the mean squared difference between the probability of {what} and what happened, 1 or 0; 0 is best, and "
            f"always saying 50{PERCENT_SIGN} scores 0.25."
        )
    else:
        meaning = (
            "the mean squared difference between the probability of a class and what was true, 1 or 0, summed over "
            f"the {report.n_classes:,} classes; 0 is best, and 2 is worst."
        )
    return Number("Brier score", text(report.brier), meaning)


def _accuracy(report: Report) -> Number:
    what = "predictions" if report.is_multi_label else "rows"
    right = "the likelier answer, yes or no, is right" if report.is_multi_label else "the likeliest class is true"
    return Number(
        "Accuracy", percent(report.accuracy), f"the share of {what} in which {right}; it does not ask how sure."
    )


def _ece(report: Report) -> Number:
    error, deviation, by_chance = report.calibration
    said = "probability" if report.is_binary else "confidence"
    no_sign = ", so this is no sign of miscalibration" if error <= by_chance and by_chance > 0 else ""
    return Number(
        "ECE",
        f"{_in_percent(error, 3)} ± {_in_percent(deviation)}",
        f"the expected calibration error of all {report.noun}s, with its standard error: how far {said} and the share "
        f"that came true are apart, on average over {BINS} bins; 0 is best. A perfectly calibrated model with the same "
        f"{'probabilities' if report.is_binary else 'confidences'} would show about {_in_percent(by_chance)} by "
        f"chance{no_sign}.",
    )


def _in_percent(share: float, digits: int = 2) -> str:
    """Return a share in percent, with the zeros at its end, because they say how exact it is."""
    shown = "0" if share < ROUNDING else "less than 0.01" if share < 1e-4 else text(100 * share, digits)
    return f"{shown}{PERCENT_SIGN}"


# --- as tables ----------------------------------------------------------------------------------------------------


def rows(report: Report, order: np.ndarray | None = None) -> pd.DataFrame:
    """Return one line per prediction, in the given order or that of the file."""
    order = np.arange(report.n) if order is None else order
    predictions = report.predictions
    labels, loss = predictions.labels[order], {"loss (nats)": report.loss[order]}
    if predictions.tag is not None:
        return pd.DataFrame(
            {
                "row": predictions.rows[order],
                "label": np.array(predictions.tags, dtype=object)[predictions.tag[order]],
                "given": labels,
                "probability of label": report.probs[order],
                **loss,
            }
        )
    names = np.array(predictions.classes, dtype=object)
    return pd.DataFrame(
        {
            "row": predictions.rows[order],
            "label": names[labels],
            "probability of label": report.label_probs[order],
            **loss,
            "predicted": names[report.predicted[order]],
            "probability of predicted": report.confidence[order],
        }
    )


def worst(report: Report) -> pd.DataFrame:
    """Return one line per prediction for those with the largest losses, the worst first."""
    return rows(report, report.worst_first[:ROWS_SHOWN])


def by_class(report: Report) -> pd.DataFrame:
    """Return one line per class that occurs, or per label of a multi-label file, the largest log loss first."""
    if report.is_multi_label:
        return _by_tag(report)
    scores = report.by_class
    return pd.DataFrame(
        {
            "class": np.array(report.predictions.classes, dtype=object)[scores.classes],
            "rows": scores.counts,
            "log loss (nats)": scores.log_loss,
            "share of the loss": scores.share_of_loss,
            "recall": scores.share_correct,
            "share of rows": scores.counts / report.n,
            "mean probability": scores.mean_probability,
        }
    )


def _by_tag(report: Report) -> pd.DataFrame:
    scores = report.by_tag
    return pd.DataFrame(
        {
            "label": np.array(report.predictions.tags, dtype=object)[scores.tags],
            "predictions": scores.counts,
            "ones": scores.ones,
            "log loss (nats)": scores.log_loss,
            "share of the loss": scores.share_of_loss,
            "base rate": scores.ones / scores.counts,
            "mean probability": scores.mean_probability,
            "Brier score": scores.brier,
        }
    )


def at_threshold(report: Report, threshold: float) -> pd.DataFrame:
    """Return one line per class or label, with its counts if rows at or above a threshold are called that."""
    lines = [(name, *report.confusion(i, threshold)) for i, name in enumerate(report.names_of_interest)]
    kind = "label" if report.is_multi_label else "class"
    return pd.DataFrame(lines, columns=[kind, "true positives", "false negatives", "false positives", "true negatives"])
