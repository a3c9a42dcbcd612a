"""Numeric practice: problems with fresh numbers, whose answers a learner types or chooses."""

from typing import Final, NamedTuple

import streamlit as st

from xent_ui.controls.declarations import Choice, Number
from xent_ui.live import session, widgets
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.self_test.proof_link import prove_it
from xent_ui.self_test.questions.interview import THEMES
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import RELATIVE, Problem, problem
from xent_ui.style.numbers import percent

MIXED: Final = "mixed"
STRIDE: Final = 5  # from one kind to the next when all are practiced; it has no divisor in common with their number

kind_control = Choice(
    "kind",
    "What to compute",
    {MIXED: "A bit of everything"} | {key: kind.name for key, kind in KINDS.items()},
    MIXED,
    look="menu",
)
number_control = Number("number", "Number", 99_999)
reply_control = Choice("reply", "Answer by", {"typed": "typing", "chosen": "choosing"}, "typed")


class Work(NamedTuple):
    """What a learner has done with one problem. A text that is no number is no try.

    first_was_right  whether the first try was right; None before it. Asking for the solution first is a wrong try
    value            the last try; None before the first
    typed            whether the last try was typed
    refused          why the last text is no number; empty if it is one
    sees_solution    whether the learner has asked for the solution
    """

    first_was_right: bool | None = None
    value: float | None = None
    typed: bool = False
    refused: str = ""
    sees_solution: bool = False

    def with_answer(self, now: Problem, answer: str | float | None) -> "Work":
        """Return this work after one more answer: a text, a choice, or nothing."""
        if answer is None:
            return self._replace(refused="Choose one of the answers first.")
        try:
            value = number(answer, now.unit) if isinstance(answer, str) else answer
        except NotANumber as refused:
            return self._replace(refused=str(refused))
        first = now.mark(value)[0] if self.first_was_right is None else self.first_was_right
        return Work(first, value, isinstance(answer, str), "", self.sees_solution)

    def with_solution(self) -> "Work":
        """Return this work after the learner has asked for the solution."""
        return self._replace(first_was_right=bool(self.first_was_right), sees_solution=True)


def numbers() -> None:
    """Draw a problem with new numbers, and mark the learner's answers until one is right."""
    left, middle, right = st.columns(3)
    with left:
        chosen = widgets.draw(kind_control)
    with middle:
        n = widgets.draw(number_control)
    with right:
        reply = widgets.draw(reply_control)
    key = list(KINDS)[(n - 1) * STRIDE % len(KINDS)] if chosen == MIXED else chosen
    kind, work = KINDS[key], _all_work()
    now = problem(kind, n)
    st.header(now.asks, anchor=False)
    precision = f" An answer within {percent(RELATIVE)} is right, so keep three digits." if reply == "typed" else ""
    st.caption(f"{THEMES[kind.theme]} · {kind.level}.{precision}")
    with st.form(f"answer_{key}_{n}_{reply}", border=False):
        answer = _draw_typed(now, f"typed_{key}_{n}") if reply == "typed" else _draw_choices(now, f"chosen_{key}_{n}")
        if st.form_submit_button("Check"):
            work[key, n] = work.get((key, n), Work()).with_answer(now, answer)
    with st.container(key=f"marked_{key}_{n}"):  # results.js says aloud what appears in it
        _draw_mark(now, work.get((key, n), Work()), key, n)
    st.button(
        "Another",
        key="another",
        on_click=widgets.set_values,
        args=({number_control.key: n % number_control.high + 1},),
        icon=":material/arrow_forward:",
    )
    firsts = [each.first_was_right for each in work.values() if each.first_was_right is not None]
    if firsts:
        st.caption(f"Right at the first try: {sum(firsts)} of {len(firsts)}.")


def _all_work() -> dict[tuple[str, int], Work]:
    """Return the work of this session, by the kind and number of its problem."""
    work: dict[tuple[str, int], Work] = session.kept("numeric", "work", dict)
    return work


def _show_solution(key: str, n: int) -> None:
    work = _all_work()
    work[key, n] = work.get((key, n), Work()).with_solution()


def _draw_typed(now: Problem, key: str) -> str:
    unit = f", in {now.unit.symbol}" if now.unit else ""
    return st.text_input(f"Your answer{unit}", key=key, placeholder="0.693, 1/3, ln 2, 69.3 %", autocomplete="off")


def _draw_choices(now: Problem, key: str) -> float | None:
    return st.radio("Your answer", now.choices, index=None, format_func=now.shown, key=key)


def _draw_mark(now: Problem, work: Work, key: str, n: int) -> None:
    """Say whether the last answer is right; the solution comes with a right answer, or when it is asked for."""
    right, because = (False, "") if work.value is None else now.mark(work.value)
    if work.refused:
        st.warning(work.refused, icon=":material/edit:")
    elif work.value is not None:
        read_as = f"Read as {now.shown(work.value)}. " if work.typed else ""
        if right:
            st.markdown(f":green[:material/check_circle:] **Right.** {read_as}{_solution(now)}")
        else:
            st.markdown(f":red[:material/cancel:] **Not yet.** {read_as}{because}")
    if work.sees_solution and not (right and not work.refused):
        st.markdown(f"**Solution.** {_solution(now)}")
    if right or work.sees_solution:
        if now.proof:
            prove_it(now.proof, name=f"{key}_{n}")
    else:
        st.button("Show the solution", key=f"solution_{key}_{n}", on_click=_show_solution, args=(key, n))


def _solution(now: Problem) -> str:
    return f"The answer is {now.shown(now.answer)}. {now.because}"
