"""The part of the page that takes a learner's file: the upload, how to read it, and what is wrong with it.

The file stays in the memory of its session until the tab is closed or reloaded, so it is still there after the learner
has visited another lesson. It is never written to disk, and no other session sees it.
"""

from typing import Any, Final, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xent_ui.experiments.prediction_scores import SAMPLE, Report, Scored, sample, scored
from xent_ui.live import session, widgets
from xent_ui.predictions import csv_table, predictions_file
from xent_ui.predictions.csv_table import BadFile
from xent_ui.predictions.predictions_file import Choice
from xent_ui.style.numbers import counted
from xent_ui.style.words import quoted, visible

try:
    from starlette.formparsers import MultiPartParser
except ImportError:  # an older Streamlit, whose server keeps uploads in memory anyway
    pass
else:
    # Starlette would write an upload of more than 1 MB to a temporary file first.
    MultiPartParser.spool_max_size = (csv_table.MOST_MEGABYTES + 1) * 2**20

OFFERS: Final = {
    "logits": "These are logits",
    "normalize": "Divide each row by its sum",
    "leave_out": "Score the other rows",
    "drop_prefix": "Drop the common beginning",
}
_REPORT, _FILE = "report", "predictions_file"
_KEPT: Final[dict[str, Any]] = {"persist_state": "session"}  # a setting outlasts a visit to another page, like its file


class _Brought(NamedTuple):
    """A file that the learner has brought."""

    name: str
    id: str
    data: bytes


def predictions() -> Scored:
    """Draw the upload, and return the scores of the learner's file, or of the sample if no file can be read."""
    row = st.container(horizontal=True)
    with row.popover("Score your own file", icon=":material/upload_file:"):
        file = _brought()
        _formats()
    if file is None:
        return sample()
    return _scored(file, row) or sample()


def _brought() -> _Brought | None:
    """Draw the upload, and return the file that it holds, or held when the learner went to another page."""
    uploaded = st.file_uploader(
        "Your predictions, as CSV",
        key="predictions_csv",
        max_upload_size=csv_table.MOST_MEGABYTES,
        label_visibility="collapsed",
        on_change=_forget_file,
    )
    file: _Brought | None = session.get(_FILE)
    if uploaded is not None and (file is None or file.id != uploaded.file_id):
        file = _Brought(uploaded.name, uploaded.file_id, uploaded.getvalue())
        session.put(_FILE, file)
    if file is not None and uploaded is None:
        st.button("Back to the sample", key="forget_predictions", icon=":material/close:", on_click=_forget_file)
    return file


def _forget_file() -> None:
    """Forget the file when it is removed or replaced."""
    session.forget(_FILE)
    session.forget(_REPORT)


def _formats() -> None:
    """Say which files can be read, and offer the sample as an example."""
    st.markdown(
        "**Bring a CSV file** with the columns `y,p`, or `label` and one column per class, headed by its name. It is "
        "kept in the server's memory, never on its disk, and you lose it when you close or reload this tab. Until "
        "then you see a sample: 400 photos of cats, dogs and foxes."
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


def _scored(file: _Brought, row: DeltaGenerator) -> Scored | None:
    """Return the scores of a file, or draw what is wrong with it and return None.

    row  where the settings are drawn
    """
    name, file_id, data = file
    key = f"read_{file_id[:8]}"  # so that settings for one file do not apply to the next
    try:
        with row:
            choice = _choice(key, csv_table.header(data), data)
        source = session.kept(
            _REPORT, (file_id, choice), lambda: scored(Report(predictions_file.read(data, choice)), name)
        )
    except BadFile as error:
        session.forget(_REPORT)
        _explain(error, name, data, key)
        return None
    report = source.report
    classes = "the probability of class 1" if report.is_binary else counted(report.n_classes, "class", "classes")
    n_left_out = report.predictions.left_out
    left_out = f"; {counted(n_left_out, 'row')} left out" if n_left_out else ""
    st.markdown(
        f"**Scored: {quoted(name)}**, {counted(report.n, 'row')}, {classes}{left_out}. "
        "It is kept while you visit other lessons, and you lose it when you close or reload this tab."
    )
    return source


def _explain(error: BadFile, name: str, data: bytes, key: str) -> None:
    """Draw why a file cannot be scored, settings that would help, and the rows around the error."""
    st.error(f"{quoted(name)} cannot be scored. {error}", icon=":material/error:")
    with st.container(horizontal=True, gap="small"):
        for offer in error.offers:
            st.button(
                OFFERS[offer], key=f"{key}_offer_{offer}", on_click=widgets.set_values, args=({f"{key}_{offer}": True},)
            )
    rows = csv_table.preview(data, error.row)
    if len(rows.columns):
        st.caption("What could be read there; the header is row 1:")
        st.dataframe(rows, height="content")
    st.caption("Below, the sample is scored meanwhile.")


def _choice(key: str, names: list[str], data: bytes) -> Choice | None:
    """Draw the settings for how to read the file, and return them; at first they are what the header suggests."""
    suggested = predictions_file.suggest(names)
    with st.popover("How it is read", icon=":material/tune:"):
        label = st.selectbox(
            "Column with the true label",
            names,
            key=f"{key}_label",
            format_func=visible,
            index=names.index(suggested.label) if suggested else None,
            **_KEPT,
        )
        others = [name for name in names if name != label]
        suggested_columns = suggested.columns if suggested and suggested.label == label else tuple(others)
        ignored = st.multiselect(
            "Columns without predictions",
            others,
            [name for name in others if name not in suggested_columns],
            key=f"{key}_ignored_{label}",
            format_func=visible,
            **_KEPT,
        )
        are_logits = st.toggle("The numbers are logits, not probabilities", key=f"{key}_logits", **_KEPT)
        normalize = st.toggle("Divide each row by its sum", key=f"{key}_normalize", disabled=are_logits, **_KEPT)
        drop_prefix = st.toggle("Drop the common beginning of the columns' names", key=f"{key}_drop_prefix", **_KEPT)
        leave_out = st.toggle("Leave out rows that break a rule", key=f"{key}_leave_out", **_KEPT)
    if label is None:
        return None
    columns = tuple(name for name in others if name not in ignored)
    normalize = normalize and not are_logits and len(columns) > 1
    choice = Choice(label, columns, "logits" if are_logits else "probabilities", normalize, leave_out)
    return choice._replace(prefix=predictions_file.offered_prefix(data, choice)) if drop_prefix else choice
