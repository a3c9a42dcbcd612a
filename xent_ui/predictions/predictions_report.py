"""The scores of a learner's predictions as tables, to show and to download."""

import numpy as np
import pandas as pd

from xent_ui.experiments.prediction_scores import Report


def rows(report: Report, order: np.ndarray | None = None) -> pd.DataFrame:
    """Return one line per row of the file, in the given order or that of the file."""
    order = np.arange(report.n) if order is None else order
    names = np.array(report.predictions.classes, dtype=object)
    return pd.DataFrame(
        {
            "row": report.predictions.rows[order],
            "label": names[report.predictions.labels[order]],
            "probability of label": report.label_probs[order],
            "loss (nats)": report.loss[order],
            "predicted": names[report.predicted[order]],
            "probability of predicted": report.probs[order, report.predicted[order]],
        }
    )


def by_class(report: Report) -> pd.DataFrame:
    """Return one line per class that occurs, sorted by log loss, largest first."""
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


def at_threshold(report: Report, threshold: float) -> pd.DataFrame:
    """Return one line per class, with its counts if rows at or above a threshold are called that class."""
    lines = [(name, *report.confusion(i, threshold)) for i, name in enumerate(report.predictions.classes)]
    return pd.DataFrame(
        lines, columns=["class", "true positives", "false negatives", "false positives", "true negatives"]
    )
