"""Numeric practice: problems with fresh numbers, whose answers a learner types or chooses."""

from typing import Any, Final

import streamlit as st

from xent_ui.controls.declarations import Choice, Number
from xent_ui.live import session, widgets
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.self_test.proof_link import prove_it
from xent_ui.self_test.questions.interview import THEMES
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import RELATIVE, Problem, problem, tolerance
from xent_ui.style.numbers import percent, text

MIXED: Final = "mixed"

kind_control = Choice(
    "kind",
    "What to compute",
    {MIXED: "A bit of everything"} | {key: kind.name for key, kind in KINDS.items()},
    MIXED,
    look="menu",
)
number_control = Number("number", "Number", 99_999)
reply_control = Choice("reply", "Answer by", {"typed": "typing", "chosen": "choosing"}, "typed")


def numbers() -> None:
    """Draw a problem with new numbers, and mark the learner's answer."""
    left, middle, right = st.columns(3)
    with left:
        chosen = widgets.draw(kind_control)
    with middle:
        n = widgets.draw(number_control)
    with right:
        reply = widgets.draw(reply_control)
    kind = list(KINDS)[(n - 1) * 5 % len(KINDS)] if chosen == MIXED else chosen
    now, answers = problem(KINDS[kind], n), _answers_so_far()
    st.subheader(now.asks, anchor=False)
    st.caption(f"{THEMES[KINDS[kind].theme]} · {KINDS[kind].level}. {_precision(now)}")
    with st.form(f"answer_{kind}_{n}_{reply}", border=False):
        answer = _draw_typed(now, n) if reply == "typed" else _draw_choices(now, n)
        if st.form_submit_button("Check"):
            answers[kind, n] = (*answers.get((kind, n), ()), answer)
    tries = answers.get((kind, n), ())
    if tries:
        _draw_mark(now, tries[-1])
        prove_it(now.proof, name=f"{kind}_{n}")
    st.button(
        "Another",
        key="another",
        on_click=widgets.set_values,
        args=({number_control.key: n % number_control.high + 1},),
        icon=":material/arrow_forward:",
    )
    first_tries = [_is_right(problem(KINDS[which[0]], which[1]), each[0]) for which, each in answers.items()]
    if first_tries:
        st.caption(f"Right at the first try: {sum(first_tries)} of {len(first_tries)}.")


def _precision(now: Problem) -> str:
    """Return how close an answer must come, in a sentence."""
    allowed = tolerance(now.answer)
    relative = f", {percent(RELATIVE)} of it" if allowed > 0.01 else ""
    return f"Right within {text(allowed, 1)}{relative}."


def _answers_so_far() -> dict[tuple[str, int], tuple[Any, ...]]:
    """Return all answers given in this session, in order, by the kind and number of their problem."""
    return session.kept("numeric", "answers", dict)


def _draw_typed(now: Problem, n: int) -> str:
    unit = f", in {now.unit.symbol}" if now.unit else ""
    return st.text_input(
        f"Your answer{unit}", key=f"typed_{now.kind}_{n}", placeholder="0.693, 1/3, ln 2, 69.3 %", autocomplete="off"
    )


def _draw_choices(now: Problem, n: int) -> float | None:
    return st.radio("Your answer", now.choices, index=None, format_func=now.shown, key=f"chosen_{now.kind}_{n}")


def _read(now: Problem, answer: str | float | None) -> float:
    """Return an answer as a number.

    Raises  NotANumber  nothing is chosen; the text is no number
    """
    if answer is None:
        raise NotANumber("Choose one of them first.")
    return number(answer, now.unit) if isinstance(answer, str) else answer


def _is_right(now: Problem, answer: str | float | None) -> bool:
    try:
        return now.mark(_read(now, answer))[0]
    except NotANumber:
        return False


def _draw_mark(now: Problem, answer: str | float | None) -> None:
    """Say whether an answer is right, and why."""
    try:
        value = _read(now, answer)
    except NotANumber as refused:
        st.warning(str(refused), icon=":material/edit:")
        return
    right, because = now.mark(value)
    read_as = f"Read as {now.shown(value)}. " if isinstance(answer, str) else ""
    if right:
        st.markdown(f":green[:material/check_circle:] **Right.** {read_as}It is {now.shown(now.answer)}. {because}")
    else:
        st.markdown(f":red[:material/cancel:] **Not yet.** {read_as}{because}")
