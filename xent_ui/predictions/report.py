"""What the page shows of a report: numbers, tables, downloads, and the choice of the class that a threshold is for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from xent_ui.course.prose import prose
from xent_ui.experiments.prediction_scores import Report, Scored
from xent_ui.live import guess, widgets
from xent_ui.predictions import predictions_report, report_page, safe_csv
from xent_ui.predictions.predictions_report import SHARES, summary
from xent_ui.style.words import visible
from xent_ui.views.your_predictions import cut

_OF_INTEREST: Final = "of"
_FORMATS: Final = {
    **dict.fromkeys(SHARES, "%.1f\u202f%%"),
    **dict.fromkeys(("log loss (nats)", "loss (nats)", "mean probability", "Brier score"), "%.3f"),
    **dict.fromkeys(("probability of label", "probability of predicted"), "%.4g"),
}
# In px, for the table of classes or labels, so that paper has room for it.
_WIDTHS: Final = {
    "class": 110,
    "label": 90,
    "rows": 60,
    "predictions": 86,
    "ones": 56,
    "log loss (nats)": 108,
    "share of the loss": 112,
    "recall": 64,
    "share of rows": 96,
    "base rate": 76,
    "mean probability": 118,
    "Brier score": 86,
}


def show(source: Scored) -> None:
    """Draw the report: summary, four numbers, a table of the classes or labels, the worst rows, and all as files."""
    report = source.report
    prose(summary(report, source.name))
    prose("\n".join(f"- **{name} {value}**: {meaning}" for name, value, meaning in predictions_report.numbers(report)))
    by_class = predictions_report.by_class(report)
    _table(by_class, height=min(38 + 35 * len(by_class), 300), widths=_WIDTHS)
    with st.expander(f"The worst {report.noun}s", icon=":material/table:"):
        _table(predictions_report.worst(report), height=300)
    with st.container(horizontal=True):
        _download("Every label as CSV" if report.is_multi_label else "Every class as CSV", lambda: by_class, "classes")
        _download(f"Every {report.noun} as CSV", lambda: predictions_report.rows(report), "rows")
        _download_page(source)


def _table(frame: pd.DataFrame, *, height: int, widths: Mapping[str, int] | None = None) -> None:
    """Draw a table in which no cell is a formula, with its shares in percent.

    widths  of its columns in px; by default they share the width of the page
    """
    shown = safe_csv.safe(frame.assign(**{name: 100 * frame[name] for name in SHARES if name in frame}))
    columns: dict[Any, Any] = {
        name: st.column_config.NumberColumn(format=_FORMATS.get(name), width=(widths or {}).get(name))
        if shown[name].dtype.kind in "iuf"
        else st.column_config.TextColumn(width=(widths or {}).get(name))
        for name in shown
    }
    st.dataframe(shown, hide_index=True, height=height, width="content" if widths else "stretch", column_config=columns)


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
        lambda: safe_csv.to_csv(make()),
        f"scored_{name}.csv",
        "text/csv",
        key=f"down_{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def _download_page(source: Scored) -> None:
    """Draw a button that downloads the report as one web page, which is made only when it is pressed."""
    chosen = _looking_for(source, st.session_state.get(_OF_INTEREST))
    shown = not (source.is_sample and guess.are_answers_hidden())
    st.download_button(
        "The report as a web page",
        lambda: report_page.page(chosen, shown=shown).encode(),
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
