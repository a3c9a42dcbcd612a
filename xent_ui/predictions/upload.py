"""Where a learner's file comes in: the drop zone, how it is read, what is wrong with it, and results down again.

The file stays in the memory of this session. It is never written to disk, and no other session sees it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

import pandas as pd
import streamlit as st

from xent_ui.controls import controls
from xent_ui.live import session
from xent_ui.live import show as live
from xent_ui.predictions import csv_table, predictions_file
from xent_ui.predictions.csv_table import BadFile, quoted
from xent_ui.predictions.predictions_file import SAMPLE, Choice
from xent_ui.predictions.predictions_report import Report

try:
    from starlette.formparsers import MultiPartParser
except ImportError:  # an older Streamlit, whose server keeps uploads in memory anyway
    pass
else:
    # Starlette would write an upload of more than 1 MB to a temporary file before it hands it over.
    MultiPartParser.spool_max_size = (csv_table.MOST_MEGABYTES + 1) * 2**20

SHOWN: Final = 100  # rows on the page; all of them are in the CSV
OFFERS: Final = {
    "logits": "These are logits",
    "normalize": "Divide each row by its sum",
    "leave_out": "Score the other rows",
    "drop_prefix": "Drop the common beginning",
}


class Source(NamedTuple):
    """What is scored on the page."""

    report: Report
    name: str
    is_sample: bool


@cache
def _sample() -> Report:
    """The sample, the same for everybody: scored once."""
    return Report(predictions_file.read(SAMPLE.read_bytes()))


def predictions() -> Source:
    """The learner's file, scored, once it can be read; the sample until then."""
    left, right = st.columns([5, 11], gap="large")
    with left:
        file = st.file_uploader(
            "Your predictions, as CSV",
            key="predictions_csv",
            max_upload_size=csv_table.MOST_MEGABYTES,
            label_visibility="collapsed",
        )
    with right:
        if file is None:
            session.forget("report")
            _formats()
            return Source(_sample(), "the sample", is_sample=True)
        source = _scored(file.name, file.file_id, file.getvalue())
        return source or Source(_sample(), "the sample", is_sample=True)


def _formats() -> None:
    st.markdown(
        "**Drop a CSV**: columns `y,p`, or `label` and one column a class, headed by its name. It stays in this "
        "session's memory; nothing is stored. Until then you see a sample: 400 photos of cats, dogs and foxes."
    )
    st.download_button(
        "The sample as CSV",
        SAMPLE.read_bytes(),
        SAMPLE.name,
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def _scored(name: str, mark: str, data: bytes) -> Source | None:
    """The file as a report, or what is wrong with it on the page."""
    key = f"read_{mark[:8]}"  # how one file is read says nothing about the next
    try:
        choice = _choice(key, csv_table.header(data), data)
        report = session.kept("report", (mark, choice), lambda: Report(predictions_file.read(data, choice)))
    except BadFile as error:
        session.forget("report")
        st.error(f"{quoted(name)} cannot be scored. {error}", icon=":material/error:")
        with st.container(horizontal=True, gap="small"):
            for offer in error.offers:
                st.button(
                    OFFERS[offer],
                    key=f"{key}_offer_{offer}",
                    on_click=controls.set_values,
                    args=({f"{key}_{offer}": True},),
                )
        seen = csv_table.preview(data, error.row)
        if len(seen.columns):
            st.caption("What could be read there; the header is row 1:")
            st.dataframe(seen, height="content")
        st.caption("Below, the sample is scored meanwhile.")
        return None
    read = report.predictions
    out = f"; {read.left_out:,} row{'s' if read.left_out > 1 else ''} left out" if read.left_out else ""
    asked = "the probability of class 1" if report.binary else f"{report.k:,} classes"
    st.markdown(f"**Scored: {quoted(name)}**, {report.n:,} rows, {asked}{out}. It stays in the memory of this session.")
    return Source(report, name, is_sample=False)


def _choice(key: str, names: list[str], data: bytes) -> Choice | None:
    """How the file is to be read: as suggested by its header, until the learner says otherwise."""
    suggested = predictions_file.suggest(names)
    with st.popover("How it is read", icon=":material/tune:"):
        label = st.selectbox(
            "What is true stands in",
            names,
            key=f"{key}_label",
            format_func=csv_table.visible,
            index=names.index(suggested.label) if suggested else None,
        )
        others = [name for name in names if name != label]
        taken = suggested.columns if suggested and suggested.label == label else tuple(others)
        ignored = st.multiselect(
            "Columns that are no predictions",
            others,
            [name for name in others if name not in taken],
            key=f"{key}_ignored_{label}",
            format_func=csv_table.visible,
        )
        logits = st.toggle("The numbers are logits, not probabilities", key=f"{key}_logits")
        normalize = st.toggle("Divide each row by its sum", key=f"{key}_normalize", disabled=logits)
        dropped = st.toggle("Drop the common beginning of the columns' names", key=f"{key}_drop_prefix")
        leave_out = st.toggle("Leave out rows that break a rule", key=f"{key}_leave_out")
    if label is None:
        return None
    columns = tuple(name for name in others if name not in ignored)
    normalize = normalize and not logits and len(columns) > 1
    choice = Choice(label, columns, "logits" if logits else "probabilities", normalize, leave_out)
    return choice._replace(prefix=predictions_file.offered_prefix(data, choice)) if dropped else choice


def tables(report: Report) -> None:
    """Class by class and row by row, the dearest first, and both as CSV."""
    share: Any = st.column_config.NumberColumn(format="percent")
    three, four = (st.column_config.NumberColumn(format=f) for f in ("%.3f", "%.4g"))
    st.dataframe(
        csv_table.safe(report.by_class),
        hide_index=True,
        height=min(38 + 35 * len(report.by_class), 300),
        column_config={
            "share of rows": share,
            "share of the bill": share,
            "called right": share,
            "log loss (nats)": three,
            "mean probability": three,
        },
    )
    download("Every class as CSV", lambda: report.by_class, "classes")
    st.dataframe(
        csv_table.safe(report.rows(report.order[:SHOWN])),
        hide_index=True,
        height=300,
        column_config={"loss (nats)": three, "probability of label": four, "probability of said": four},
    )
    download("Every row as CSV", report.rows, "rows")


def download(label: str, make: Callable[[], pd.DataFrame], name: str) -> None:
    """A button that makes a table when it is pressed, and hands it down as CSV without formulas."""
    st.download_button(
        label,
        lambda: csv_table.to_csv(make()),
        f"scored_{name}.csv",
        "text/csv",
        key=f"down_{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def class_of_interest(report: Report) -> int:
    """Which class the answer is yes to: the dearest, until the learner picks another."""
    if report.binary:
        return 1
    names = report.predictions.classes
    dearest = names.index(report.by_class["class"][0])
    with live.side():
        chosen = st.selectbox(
            "Say yes to", names, dearest, key="of", format_func=csv_table.visible, bind="query-params"
        )
    return names.index(chosen or names[dearest])
