"""Three ways to go through the interview's questions: browse them, be drilled, or compute with fresh numbers."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from xent_ui.controls import controls
from xent_ui.live import session
from xent_ui.self_test import proof_link as doors
from xent_ui.self_test.flashcards import KNEW, MISSED, PARTLY, Drill, shuffled
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS, SECONDS, THEMES, Question
from xent_ui.self_test.questions.numeric import KINDS, RELATIVE, Problem, problem, tolerance
from xent_ui.style.numbers import text

EVERY, MIXED = "every", "mixed"
QUESTION: Final = {question.id: question for question in QUESTIONS}
GRADES: Final = {MISSED: "I missed it", PARTLY: "Partly", KNEW: "I knew it"}

theme = controls.Menu("theme", "Theme", {EVERY: "Every theme"} | THEMES, EVERY)
level = controls.Choice("level", "Level", {EVERY: "every"} | {name: name for name in LEVELS}, EVERY)
kind = controls.Menu(
    "kind", "What to compute", {MIXED: "A bit of everything"} | {k: v.name for k, v in KINDS.items()}, MIXED
)
which = controls.Number("number", "Number", 99_999)
reply = controls.Choice("reply", "Answer by", {"typed": "typing", "chosen": "choosing"}, "typed")
timed = controls.Toggle("timed", "Timer", True)


def asked_about() -> list[Question]:
    """The questions of the theme and level that were chosen."""
    left, right = st.columns(2)
    with left:
        about = theme()
    with right:
        of = level()
    return [q for q in QUESTIONS if about in (EVERY, q.theme) and of in (EVERY, q.level)]


def browse() -> None:
    """All questions at the left, the one that is picked with its answer at the right."""
    questions = asked_about()
    if not questions:
        _none()
        return
    left, right = st.columns([5, 6], gap="large")
    with left, st.container(height=520, border=False):
        picked = st.radio(
            f"{len(questions)} question{'s' if len(questions) > 1 else ''}",
            [q.id for q in questions],
            format_func=lambda each: QUESTION[each].asks,
            key=f"picked_{theme.shared()}_{level.shared()}",
        )
    with right:
        _asks(QUESTION[picked])
        _answers(QUESTION[picked])


def drill() -> None:
    """One question after the other: think, look, grade yourself."""
    questions = asked_about()
    now: Drill | None = session.kept(
        "drill", tuple(q.id for q in questions), lambda: shuffled([q.id for q in questions])
    )
    if not questions:
        _none()
        return
    assert now is not None
    st.caption(f"{len(now.queue)} to go · {now.knew} known · {now.grades.count(MISSED)} missed so far, which come back")
    if not now.queue:
        st.markdown("**You knew them all.** Those you missed came back until you did.")
        st.button("Again, in another order", on_click=session.forget, args=("drill",), key="drill_again")
        return
    question = QUESTION[now.queue[0]]
    _asks(question)
    if now.revealed:
        _answers(question)
        st.markdown("How did you do?")
        with st.container(horizontal=True, gap="small"):
            for grade, name in GRADES.items():
                st.button(name, key=f"grade_{grade}", on_click=_go_on, args=(questions, now.graded(grade)))
        return
    if timed():
        doors.time_to_think(SECONDS[question.level], of=f"{question.id} {len(now.grades)}")
    st.markdown("Say your answer aloud, as if someone sat across the table.")
    st.button(
        "Show a model answer",
        key="reveal",
        type="primary",
        on_click=_go_on,
        args=(questions, now._replace(revealed=True)),
    )


def _go_on(questions: Sequence[Question], then: Drill) -> None:
    session.put("drill", (tuple(q.id for q in questions), then))


def _none() -> None:
    st.markdown("No question of this theme has this level. Choose another of the two.")


def _asks(question: Question) -> None:
    st.subheader(question.asks, anchor=False)
    st.caption(f"{THEMES[question.theme]} · {question.level}: {LEVELS[question.level]}")


def _answers(question: Question) -> None:
    st.markdown(question.answer)
    doors.prove_it(question.proof, name=question.id)


def numbers() -> None:
    """A problem with fresh numbers, marked by xent_core."""
    left, middle, right = st.columns(3)
    with left:
        chosen = kind()
    with middle:
        n = which()
    with right:
        by = reply()
    of = list(KINDS)[(n - 1) * 5 % len(KINDS)] if chosen == MIXED else chosen
    now, given = problem(of, n), _given()
    st.subheader(now.asks, anchor=False)
    st.caption(
        f"{THEMES[KINDS[of].theme]} · {KINDS[of].level}. Right within {text(tolerance(now.answer), 1)}"
        f"{f', {RELATIVE:.0%} of it'.replace('%', ' %') if tolerance(now.answer) > 0.01 else ''}."
    )
    with st.form(f"answer_{of}_{n}_{by}", border=False):
        sent = _typed(now, n) if by == "typed" else _chosen(now, n)
        if st.form_submit_button("Check"):
            given[of, n] = (*given.get((of, n), ()), sent)
    tries = given.get((of, n), ())
    if tries:
        _marks(now, tries[-1])
        doors.prove_it(now.proof, name=f"{of}_{n}")
    st.button(
        "Another",
        key="another",
        on_click=controls.set_values,
        args=({which.key: n % which.high + 1},),
        icon=":material/arrow_forward:",
    )
    first = [_is_right(problem(k, i), answers[0]) for (k, i), answers in given.items()]
    if first:
        st.caption(f"Right at the first try: {sum(first)} of {len(first)}.")


def _given() -> dict[tuple[str, int], tuple[Any, ...]]:
    """What was answered in this session: kind and number to the answers, first to last."""
    return session.kept("numeric", "answers", dict)


def _typed(now: Problem, n: int) -> str:
    unit = f", in {now.unit.symbol}" if now.unit else ""
    return st.text_input(
        f"Your answer{unit}", key=f"typed_{now.kind}_{n}", placeholder="0.693, 1/3, ln 2, 69.3 %", autocomplete="off"
    )


def _chosen(now: Problem, n: int) -> float | None:
    return st.radio("Your answer", now.choices, index=None, format_func=now.shown, key=f"chosen_{now.kind}_{n}")


def _read(now: Problem, answer: str | float | None) -> float:
    """The answer as a number; NotANumber where it is none."""
    if answer is None:
        raise NotANumber("Choose one of them first.")
    return number(answer, now.unit) if isinstance(answer, str) else answer


def _is_right(now: Problem, answer: str | float | None) -> bool:
    try:
        return now.mark(_read(now, answer))[0]
    except NotANumber:
        return False


def _marks(now: Problem, answer: str | float | None) -> None:
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
