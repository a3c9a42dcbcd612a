"""What the learner can say about a file: controls for each part of ``Choice``, and buttons for what an error offers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from xent_ui.live import session
from xent_ui.predictions.bad_file import Offer
from xent_ui.predictions.choice import Choice
from xent_ui.predictions.predictions_file import Reading
from xent_ui.style.words import visible

SCALES: Final = {
    "probabilities": "Probabilities",
    "percent": "Percentages",
    "logits": "Logits",
    "logarithms": "Logarithms of probabilities",
}
NUMBERINGS: Final = {0: "By number, the first one is 0", 1: "By number, the first one is 1"}
FOUND: Final = "(found)"


class Choices:
    """What the learner has said about one file. It is kept in the session, so it outlasts a visit to another page."""

    def __init__(self, file_id: str) -> None:
        """Take the file, so that what was said about one does not apply to the next."""
        self.key = f"read_{file_id[:8]}"

    @property
    def choice(self) -> Choice:
        """What was said."""
        return session.get(self.key) or Choice()

    def say(self, changes: Mapping[str, Any]) -> None:
        """Remember what is said from now on, and draw the controls anew with it."""
        session.put(self.key, self.choice._replace(**changes))
        session.put(f"{self.key}_times", self._times + 1)

    @property
    def _times(self) -> int:
        return session.get(f"{self.key}_times") or 0

    def offer(self, offers: Sequence[Offer]) -> None:
        """Draw a button for each reading that an error offers."""
        if not offers:
            return
        with st.container(horizontal=True, gap="small"):
            for number, offer in enumerate(offers):
                st.button(
                    visible(offer.words),
                    key=f"{self.key}_offer_{self._times}_{number}",
                    on_click=self.say,
                    args=(offer.changes,),
                )

    def draw(self, names: Sequence[str], reading: Reading | None) -> None:
        """Draw all controls: each empty one says what was found in the file.

        names    the columns of the file, as far as they are known
        reading  how the file was read; None if it could not be
        """
        choice = self.choice
        with st.popover("How it is read", icon=":material/tune:"):
            if names:
                self._columns(choice, names, reading)
            self._switch("The first row is data", "header", on=False, off=None)
            self._switch("Divide each row by its sum", "normalize", on=True, off=False)
            self._switch("Leave out rows that break a rule", "leave_out", on=True, off=False)
            if choice != Choice():
                st.button(
                    "Read it anew, as found",
                    key=f"{self.key}_anew",
                    on_click=self.say,
                    args=(Choice()._asdict(),),
                    type="tertiary",
                )

    def _columns(self, choice: Choice, names: Sequence[str], reading: Reading | None) -> None:
        self._select(
            "Column with the true label",
            "label",
            {name: visible(name) for name in names},
            reading.label if reading else None,
        )
        others = [name for name in names if name != (choice.label or (reading and reading.label))]
        found = ", ".join(reading.columns[:3]) + ("…" if len(reading.columns) > 3 else "") if reading else ""
        key = self._key("columns")
        st.multiselect(
            "Columns with the predictions",
            others,
            [name for name in choice.columns or () if name in others],
            key=key,
            format_func=visible,
            placeholder=_placeholder(found),
            on_change=self._picked,
            args=("columns", key),
        )
        self._select("What their numbers are", "scale", SCALES, SCALES[reading.scale] if reading else None)
        binary = reading is not None and reading.predictions.scores.ndim == 1 and not reading.predictions.tags
        labels = list(reading.predictions.classes) if reading and binary else []
        labels += [choice.positive] if choice.positive and choice.positive not in labels else []
        if labels:
            words = {label: visible(label) for label in labels}
            self._select("The label that they are about", "positive", words, labels[1] if len(labels) > 1 else "")
        if choice.numbering is not None or (reading is not None and not binary):
            self._select("How labels name the columns", "numbering", NUMBERINGS, "By name")

    def _key(self, name: str) -> str:
        return f"{self.key}_{name}_{self._times}"

    def _select(self, label: str, field: str, options: Mapping[Any, str], found: str | None) -> None:
        chosen, values = getattr(self.choice, field), list(options)
        key = self._key(field)
        if chosen in values:
            st.session_state.setdefault(key, chosen)  # an index instead would leave no way to clear it
        st.selectbox(
            label,
            values,
            None,
            key=key,
            format_func=options.__getitem__,
            placeholder=_placeholder(found or ""),
            on_change=self._picked,
            args=(field, key),
        )

    def _switch(self, label: str, field: str, *, on: Any, off: Any) -> None:
        key = self._key(field)
        st.toggle(
            label, getattr(self.choice, field) == on, key=key, on_change=self._switched, args=(field, key, on, off)
        )

    def _picked(self, field: str, key: str) -> None:
        """Remember what a control was set to by hand."""
        value = st.session_state[key]
        self._put(field, (tuple(value) or None) if field == "columns" else value)

    def _switched(self, field: str, key: str, on: Any, off: Any) -> None:
        self._put(field, on if st.session_state[key] else off)

    def _put(self, field: str, value: Any) -> None:
        changes: dict[str, Any] = {field: value}
        session.put(self.key, self.choice._replace(**changes))


def _placeholder(found: str) -> str:
    return f"{visible(found)} {FOUND}" if found else "Choose"
