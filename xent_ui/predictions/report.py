"""What the page shows of a report: numbers, tables, downloads, and the choice of the class that a threshold is for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from xent_ui.course.prose import prose
from xent_ui.experiments.prediction_scores import Report, Scored
from xent_ui.live import widgets
from xent_ui.predictions import csv_table, predictions_report, report_page
from xent_ui.predictions.predictions_report import SHARES, summary
from xent_ui.style.words import visible
from xent_ui.views.your_predictions import cut

_OF_INTEREST: Final = "of"
_SHARE, _THREE_DECIMALS, _FOUR_DIGITS = (
    st.column_config.NumberColumn(format=each) for each in ("%.1f\u202f%%", "%.3f", "%.4g")
)
_FORMATS: Final = {
    **dict.fromkeys(SHARES, _SHARE),
    **dict.fromkeys(("log loss (nats)", "loss (nats)", "mean probability", "Brier score"), _THREE_DECIMALS),
    **dict.fromkeys(("probability of label", "probability of predicted"), _FOUR_DIGITS),
}


def show(source: Scored) -> None:
    """Draw the report: summary, four numbers, a table of the classes or labels, the worst rows, and all as files."""
    report = source.report
    prose(summary(report, source.name))
    prose("\n".join(f"- **{name} {value}**: {meaning}" for name, value, meaning in predictions_report.numbers(report)))
    by_class = predictions_report.by_class(report)
    _table(by_class, height=min(38 + 35 * len(by_class), 300))
    with st.expander(f"The worst {report.noun}s", icon=":material/table:"):
        _table(predictions_report.worst(report), height=300)
    with st.container(horizontal=True):
        _download("Every label as CSV" if report.is_multi_label else "Every class as CSV", lambda: by_class, "classes")
        _download(f"Every {report.noun} as CSV", lambda: predictions_report.rows(report), "rows")
        _download_page(source)


def _table(frame: pd.DataFrame, *, height: int) -> None:
    """Draw a table in which no cell is a formula, with its shares in percent."""
    shares = {name: 100 * frame[name] for name in SHARES if name in frame}
    formats = {name: _FORMATS[name] for name in frame if name in _FORMATS}
    st.dataframe(csv_table.safe(frame.assign(**shares)), hide_index=True, height=height, column_config=formats)


def download_at_threshold(report: Report) -> None:
    """Offer the counts of all classes at the threshold chosen on the page as CSV."""
    threshold = widgets.standing(cut)
    _download(
        f"All {'labels' if report.is_multi_label else 'classes'} at this threshold as CSV",
        lambda: predictions_report.at_threshold(report, threshold),
        "threshold",
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


def _download_page(source: Scored) -> None:
    """Draw a button that downloads the report as one web page, which is made only when it is pressed."""
    chosen = _looking_for(source, st.session_state.get(_OF_INTEREST))
    st.download_button(
        "The report as a web page",
        lambda: report_page.page(chosen).encode(),
        "scored_report.html",
        "text/html",
        key="down_page",
        icon=":material/download:",
        on_click="ignore",
    )


def with_class_of_interest(source: Scored) -> Scored:
    """Draw the choice of the class or label that the threshold is for, and return the scores with it."""
    report = source.report
    if report.is_binary and not report.is_multi_label:
        return source
    left, _ = st.columns([5, 11], gap="large")
    chosen = left.selectbox(
        f"The {'label' if report.is_multi_label else 'class'} to look for",
        report.names_of_interest,
        source.class_of_interest,
        key=_OF_INTEREST,
        format_func=visible,
        bind="query-params",
    )
    return _looking_for(source, chosen)


def _looking_for(source: Scored, name: str | None) -> Scored:
    """Return scores with another class or label of interest, if there is one of this name."""
    names = source.report.names_of_interest
    return replace(source, class_of_interest=names.index(name)) if name in names else source
