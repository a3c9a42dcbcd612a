"""Two ways to practice for the interview: browse the questions, or go through flash cards."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from xent_ui.controls.declarations import Choice, Toggle
from xent_ui.live import session, widgets
from xent_ui.self_test.flashcards import KNEW, MISSED, PARTLY, Deck, shuffled
from xent_ui.self_test.proof_link import prove_it, time_to_think
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS, SECONDS, THEMES, Question
from xent_ui.style.numbers import counted

EVERY: Final = "every"
QUESTION: Final = {question.id: question for question in QUESTIONS}
GRADES: Final = {MISSED: "I missed it", PARTLY: "Partly", KNEW: "I knew it"}

theme_control = Choice("theme", "Theme", {EVERY: "Every theme"} | THEMES, EVERY, look="menu")
level_control = Choice("level", "Level", {EVERY: "every"} | {name: name for name in LEVELS}, EVERY)
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
