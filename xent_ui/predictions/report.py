"""What the page shows of a report: tables, downloads, and the choice of the class that the threshold is for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from xent_ui.experiments.prediction_scores import Report, Scored
from xent_ui.live import widgets
from xent_ui.predictions import csv_table, predictions_report
from xent_ui.style.words import visible
from xent_ui.views.your_predictions import cut

ROWS_SHOWN: Final = 100  # on the page; the CSV to download has all of them


def tables(report: Report) -> None:
    """Draw the scores per class and per row, worst first, folded, and offer both as CSV."""
    with st.expander("The classes, and the worst rows", icon=":material/table:"):
        _tables(report)


def _tables(report: Report) -> None:
    by_class = predictions_report.by_class(report)
    share, three_decimals, four_digits = (
        st.column_config.NumberColumn(format=f) for f in ("%.1f\u202f%%", "%.3f", "%.4g")
    )
    shares = ["share of rows", "share of the loss", "recall"]
    st.dataframe(
        csv_table.safe(by_class.assign(**{name: 100 * by_class[name] for name in shares})),
        hide_index=True,
        height=min(38 + 35 * len(by_class), 300),
        column_config={
            **dict.fromkeys(shares, share),
            "log loss (nats)": three_decimals,
            "mean probability": three_decimals,
        },
    )
    _download("Every class as CSV", lambda: by_class, "classes")
    st.dataframe(
        csv_table.safe(predictions_report.rows(report, report.worst_first[:ROWS_SHOWN])),
        hide_index=True,
        height=300,
        column_config={
            "loss (nats)": three_decimals,
            "probability of label": four_digits,
            "probability of predicted": four_digits,
        },
    )
    _download("Every row as CSV", lambda: predictions_report.rows(report), "rows")


def download_at_threshold(report: Report) -> None:
    """Offer the counts of all classes at the threshold chosen on the page as CSV."""
    threshold = widgets.standing(cut)
    _download(
        "All classes at this threshold as CSV", lambda: predictions_report.at_threshold(report, threshold), "threshold"
    )


def _download(label: str, make: Callable[[], pd.DataFrame], name: str) -> None:
    """Draw a button that downloads a table as CSV; the table is made only when it is pressed."""
    st.download_button(
        label,
        lambda: csv_table.to_csv(make()),
        f"scored_{name}.csv",
        "text/csv",
        key=f"down_{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def with_class_of_interest(source: Scored) -> Scored:
    """Draw the choice of the class that the threshold is for, if there are several, and return the scores with it."""
    if source.report.is_binary:
        return source
    names = source.report.predictions.classes
    left, _ = st.columns([5, 11], gap="large")
    chosen = left.selectbox(
        "The class to look for", names, source.class_of_interest, key="of", format_func=visible, bind="query-params"
    )
    return replace(source, class_of_interest=names.index(chosen)) if chosen in names else source
