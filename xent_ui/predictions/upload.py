"""The part of the page that takes a learner's file: the upload, how it was read, and what is wrong with it.

The file stays in the memory of its session until the tab is closed or reloaded, so it is still there after the learner
has visited another lesson. It is never written to disk, and no other session sees it.
"""

from typing import Final, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xent_ui.experiments.prediction_scores import SAMPLE, Report, Scored, sample, scored
from xent_ui.live import session
from xent_ui.predictions import csv_table, predictions_file, predictions_report
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.choice import Choice
from xent_ui.predictions.choices import Choices
from xent_ui.predictions.file_text import MOST_MEGABYTES
from xent_ui.predictions.predictions_file import Reading
from xent_ui.style.numbers import counted
from xent_ui.style.words import listed, quoted

try:
    from starlette.formparsers import MultiPartParser
except ImportError:  # an older Streamlit, whose server keeps uploads in memory anyway
    pass
else:
    # Starlette would write an upload of more than 1 MB to a temporary file first.
    MultiPartParser.spool_max_size = (MOST_MEGABYTES + 1) * 2**20

MOST_NAMED: Final = 8  # classes named in a sentence
_REPORT, _FILE = "report", "predictions_file"


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
        "Your predictions, as a file",
        key="predictions_csv",
        max_upload_size=MOST_MEGABYTES,
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
        "**Bring the file that your tool wrote**: one row per example, with the true label and the probability, or the "
        "logit, of each class, or of class 1. CSV with any separator, tab-separated text, gzip, zip and Parquet are "
        "read as they are. It is kept in the server's memory, never on its disk, and you lose it when you close or "
        "reload this tab. Until then you see a sample: 400 photos of cats, dogs and foxes."
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

    row  where the controls for how to read it are drawn
    """
    choices = Choices(file.id)
    try:
        source, reading = session.kept(_REPORT, (file.id, choices.choice), lambda: _read(file, choices.choice))
    except BadFile as error:
        session.forget(_REPORT)
        with row:
            choices.draw(error.names, None)
        _explain(error, file, choices)
        return None
    with row:
        choices.draw(reading.names, reading)
    st.markdown(_how_it_was_read(source, reading))
    st.markdown(predictions_report.summary(source.report, file.name))
    return source


def _read(file: _Brought, choice: Choice) -> tuple[Scored, Reading]:
    reading = predictions_file.understand(file.data, choice)
    return scored(Report(reading.predictions), file.name, reading=(_roles(reading), *reading.sentences)), reading


def _roles(reading: Reading) -> str:
    """Return a sentence that says which column is the label, and which are predictions."""
    label, columns, classes = quoted(reading.label, 24), reading.columns, reading.predictions.classes
    if reading.predictions.tags:
        return f"The labels are {_named(reading.predictions.tags)}, with predictions in {_named(columns)}."
    if len(columns) == 1:
        kind = "the logit" if reading.scale == "logits" else "the probability"
        return f"The label is {label}, and {quoted(columns[0], 24)} is {kind} of {quoted(classes[1], 24)}."
    where = "" if tuple(columns) == tuple(classes) else f" in the columns {_named(columns)}"
    return f"The label is {label}, and the {len(classes):,} classes are {_named(classes)}{where}."


def _named(names: tuple[str, ...]) -> str:
    return listed([quoted(name, 24) for name in names], most=MOST_NAMED)


def _how_it_was_read(source: Scored, reading: Reading) -> str:
    """Return as Markdown what was read: how many rows, which columns, and what is left out."""
    report = source.report
    left_out = report.predictions.left_out
    rows = predictions_report.counts(report) if report.is_multi_label else counted(report.n, "row")
    rows += f"; {counted(left_out, 'row')} left out" if left_out else ""
    said = " ".join((_roles(reading), *reading.sentences))
    return (
        f"**Scored: {quoted(source.name)}**, {rows}. {said} If this is not what you meant, choose it under "
        "“How it is read”. The server keeps the file in its memory until you close or reload this tab."
    )


def _explain(error: BadFile, file: _Brought, choices: Choices) -> None:
    """Draw why a file cannot be scored, what would mend that, and the rows around the error."""
    st.error(f"{quoted(file.name)} cannot be scored. {error}", icon=":material/error:")
    choices.offer(error.offers)
    rows = csv_table.preview(file.data, error.row)
    if len(rows.columns):
        st.caption("What could be read there; the header is row 1:")
        st.dataframe(rows, height="content")
    st.caption("Below, the sample is scored meanwhile.")
