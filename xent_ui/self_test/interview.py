"""Three ways to practice for the interview: browse the questions, go through flash cards, or solve numeric problems."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from xent_ui.controls.declarations import Choice, Number, Toggle
from xent_ui.live import session, widgets
from xent_ui.self_test.flashcards import KNEW, MISSED, PARTLY, Deck, shuffled
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.self_test.proof_link import prove_it, time_to_think
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS, SECONDS, THEMES, Question
from xent_ui.self_test.questions.numeric import KINDS, RELATIVE, Problem, problem, tolerance
from xent_ui.style.numbers import counted, percent, text

EVERY, MIXED = "every", "mixed"
QUESTION: Final = {question.id: question for question in QUESTIONS}
GRADES: Final = {MISSED: "I missed it", PARTLY: "Partly", KNEW: "I knew it"}

theme_control = Choice("theme", "Theme", {EVERY: "Every theme"} | THEMES, EVERY, look="menu")
level_control = Choice("level", "Level", {EVERY: "every"} | {name: name for name in LEVELS}, EVERY)
kind_control = Choice(
    "kind",
    "What to compute",
    {MIXED: "A bit of everything"} | {key: kind.name for key, kind in KINDS.items()},
    MIXED,
    look="menu",
)
number_control = Number("number", "Number", 99_999)
reply_control = Choice("reply", "Answer by", {"typed": "typing", "chosen": "choosing"}, "typed")
timer_control = Toggle("timed", "Timer", True)


def browse() -> None:
    """Draw the list of questions on the left, and the chosen one with its answer on the right."""
    theme, level = _draw_filters()
    questions = _of(theme, level)
    if not questions:
        _say_that_there_is_none()
        return
    left, right = st.columns([5, 6], gap="large")
    with left, st.container(height=520, border=False):
        chosen = st.radio(
            counted(len(questions), "question"),
            [question.id for question in questions],
            format_func=lambda each: QUESTION[each].asks,
            key=f"picked_{theme}_{level}",
        )
    with right:
        _draw_question(QUESTION[chosen])
        _draw_answer(QUESTION[chosen])


def flash_cards() -> None:
    """Draw the current flash card: the learner thinks, looks at the answer, and grades it."""
    ids = tuple(question.id for question in _of(*_draw_filters()))
    if not ids:
        _say_that_there_is_none()
        return
    deck: Deck = session.kept("deck", ids, lambda: shuffled(ids))
    missed = deck.count(MISSED)
    st.caption(
        f"{len(deck.queue)} to go · {deck.count(KNEW)} known · {missed} missed so far, which "
        f"{'comes' if missed == 1 else 'come'} back"
    )
    if not deck.queue:
        st.markdown("**You knew them all.** Those you missed came back until you did.")
        st.button("Again, in another order", on_click=session.forget, args=("deck",), key="deck_again")
        return
    question = QUESTION[deck.queue[0]]
    _draw_question(question)
    if deck.revealed:
        _draw_answer(question)
        st.markdown("How did you do?")
        with st.container(horizontal=True, gap="small"):
            for grade, name in GRADES.items():
                st.button(name, key=f"grade_{grade}", on_click=_keep_deck, args=(ids, deck.graded(grade)))
        return
    if widgets.draw(timer_control):
        time_to_think(SECONDS[question.level], of=f"{question.id} {len(deck.grades)}")
    st.markdown("Say your answer aloud, as if someone sat across the table.")
    st.button(
        "Show a model answer",
        key="reveal",
        type="primary",
        on_click=_keep_deck,
        args=(ids, deck._replace(revealed=True)),
    )


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
    now, answers = problem(kind, n), _answers_so_far()
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
    first_tries = [_is_right(problem(*which), each[0]) for which, each in answers.items()]
    if first_tries:
        st.caption(f"Right at the first try: {sum(first_tries)} of {len(first_tries)}.")


def _draw_filters() -> tuple[str, str]:
    """Draw the controls for theme and level, and return their values."""
    left, right = st.columns(2)
    with left:
        theme = widgets.draw(theme_control)
    with right:
        level = widgets.draw(level_control)
    return theme, level


def _of(theme: str, level: str) -> list[Question]:
    """Return the questions of a theme and a level."""
    return [each for each in QUESTIONS if theme in (EVERY, each.theme) and level in (EVERY, each.level)]


def _keep_deck(ids: Sequence[str], deck: Deck) -> None:
    session.put("deck", (tuple(ids), deck))


def _say_that_there_is_none() -> None:
    st.markdown("No question of this theme has this level. Choose another of the two.")


def _draw_question(question: Question) -> None:
    st.subheader(question.asks, anchor=False)
    st.caption(f"{THEMES[question.theme]} · {question.level}: {LEVELS[question.level]}")


def _draw_answer(question: Question) -> None:
    st.markdown(question.answer)
    prove_it(question.proof, name=question.id)


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
