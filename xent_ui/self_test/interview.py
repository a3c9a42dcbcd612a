"""Two ways to practice for the interview: browse the questions, or go through flash cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final
from zlib import crc32

import streamlit as st
from fsrs import Card

from xent_ui.controls.declarations import Choice, Toggle
from xent_ui.course.prose import linked, prose
from xent_ui.live import memory, session, widgets
from xent_ui.self_test.flashcards import (
    KNEW,
    MISSED,
    PARTLY,
    counts,
    from_json,
    graded,
    next_question,
    soonest_question,
    to_json,
    until,
)
from xent_ui.self_test.keyboard import Keys, button, keyboard
from xent_ui.self_test.proof_link import prove_it, time_to_think
from xent_ui.self_test.question_list import BESIDE, NEXT, PREVIOUS, question_list
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS, SECONDS, THEMES, Question

EVERY: Final = "every"
QUESTION: Final = {question.id: question for question in QUESTIONS}
GRADES: Final = {MISSED: "I missed it", PARTLY: "Partly", KNEW: "I knew it"}
ADDRESS: Final = "question"  # the parameter of the address that names a question
SHOWN, ASKED = "answer_shown", "question_asked"  # what the session keeps
CARD, ANSWER = "question_card", "model_answer"  # keys of containers
SHOW: Final = Keys(dict.fromkeys(("Enter", " "), button("reveal")), ("Enter", "Space"), "show the answer")
GRADE: Final = Keys(
    {str(place): button(f"grade_{grade}") for place, grade in enumerate(GRADES, 1)}, ("1", "2", "3"), "grade yourself"
)
TURN: Final = Keys({"ArrowLeft": PREVIOUS, "ArrowRight": NEXT}, ("←", "→"), "previous and next question")

way = Choice("way", "How", {"browse": "Browse", "drill": "Drill", "numbers": "With numbers"}, "browse")
theme_control = Choice("theme", "Theme", {EVERY: "Every theme"} | THEMES, EVERY, look="menu")
level_control = Choice("level", "Level", {EVERY: "every"} | {name: name for name in LEVELS}, EVERY)
timer_control = Toggle("timed", "Timer", True)


def draw_filters() -> list[Question]:
    """Draw the controls for theme and level, and return the questions of both."""
    theme, level = widgets.draw(theme_control), widgets.draw(level_control)
    return [each for each in QUESTIONS if theme in (EVERY, each.theme) and level in (EVERY, each.level)]


def browse(questions: Sequence[Question]) -> None:
    """Draw one of the questions, whose answer is hidden until it is asked for, and the list of all of them."""
    if not questions:
        _say_that_there_is_none()
        return
    ids = [question.id for question in questions]
    wanted = st.query_params.get(ADDRESS)
    if wanted is not None and wanted not in ids:  # no such question, or the learner has chosen another theme or level
        del st.query_params[ADDRESS]
    question = QUESTION[wanted if wanted in ids else ids[0]]
    with st.container(key=BESIDE):
        with st.container():
            is_shown = _draw_card(question, "browse")
            _draw_keys([TURN] if is_shown else [SHOW, TURN], question, is_shown=is_shown)
        question_list(questions, question.id, ADDRESS)


def flash_cards(questions: Sequence[Question]) -> None:
    """Draw the question that is due: the learner answers it, looks at the model answer, and grades the own one."""
    if not questions:
        _say_that_there_is_none()
        return
    ids = [question.id for question in sorted(questions, key=_place)]
    cards, now = _cards(), _now()
    asked = _asked(cards, ids, now)
    _draw_counts(cards, ids, now)  # above the card, so that a long answer does not push them off the screen
    if asked is None:
        _draw_rest(cards, ids, now)
        return
    question = QUESTION[asked]
    is_shown = _draw_card(question, "drill", of=str(cards[asked].last_review) if asked in cards else "")
    if is_shown:
        st.markdown("How did you do? In parentheses: when the question comes back.")
        with st.container(horizontal=True, gap="small"):
            for grade, name in GRADES.items():
                due = until(graded(cards.get(asked), grade, now).due, now)
                st.button(f"{name} ({due})", key=f"grade_{grade}", on_click=_keep_grade, args=(asked, grade))
    _draw_keys([GRADE] if is_shown else [SHOW], question, is_shown=is_shown)
    st.caption(
        "Your grade tells FSRS, a scheduler that Anki uses too, how well you remember an answer; what you missed comes "
        "back within minutes, and what you know on the day when your chance of still knowing it has fallen to about "
        "90 %, tomorrow at the earliest and in a year at the latest."
    )
    if not memory.is_kept():
        st.caption("This browser does not let the course keep anything, so your grades are gone after a reload.")


def _say_that_there_is_none() -> None:
    st.markdown("No question of this theme has this level. Choose another of the two.")


def _draw_card(question: Question, way: str, of: str | None = None) -> bool:
    """Draw a question, and its answer once the learner has asked for it; return whether the answer is drawn.

    way  "browse" or "drill"; an answer that is shown in one is not shown in the other
    of   identifies this time of asking, for the timer that runs while the answer is hidden; None for no timer
    """
    showing = (way, question.id)
    is_shown = session.get(SHOWN) == showing
    if not is_shown:
        session.forget(SHOWN)  # whoever comes back to a question finds its answer hidden again
    with st.container(key=CARD):
        st.header(question.asks, anchor=False)
        st.caption(linked(f"{THEMES[question.theme]} · {question.level}: {LEVELS[question.level]}"))
        if is_shown:
            with st.container(key=ANSWER):
                prose(question.answer)
                prove_it(question.proof, name=question.id)
        else:
            if of is not None and widgets.draw(timer_control):
                time_to_think(SECONDS[question.level], of=f"{question.id} {of}")
            st.button("Show a model answer", key="reveal", type="primary", on_click=session.put, args=(SHOWN, showing))
    return is_shown


def _draw_keys(keys: Sequence[Keys], question: Question, *, is_shown: bool) -> None:
    focus = f".st-key-{ANSWER}" if is_shown else button("reveal")
    keyboard(keys, region=f".st-key-{CARD}", focus=focus, step=f"{question.id} {is_shown}")


def _draw_counts(cards: Mapping[str, Card], ids: Sequence[str], now: datetime) -> None:
    n = counts(cards, ids, now)
    due = f" The next is due {until(n.next_due, now)}." if n.next_due else ""
    st.markdown(f"**{n.today}** due today · **{n.new}** new · **{n.later}** later.{due}")


def _draw_rest(cards: Mapping[str, Card], ids: Sequence[str], now: datetime) -> None:
    """Say that nothing is due, and offer the question that is due first."""
    soonest = soonest_question(cards, ids)
    st.markdown("**You are done for now.** None of these questions is new, and none is due.")
    st.button(
        "Ask me one before it is due", key="ahead", on_click=session.put, args=(ASKED, (soonest, _state_of(cards)))
    )


def _place(question: Question) -> tuple[int, int]:
    """Return what new questions are asked in order of: by level, and mixed, because neighbors answer each other."""
    return list(LEVELS).index(question.level), crc32(question.id.encode())


def _cards() -> dict[str, Card]:
    """Return the cards of all questions that have been asked."""
    return from_json({each: memory.recall(f"card/{each}", None) for each in QUESTION}, QUESTION)


def _state_of(cards: Mapping[str, Card]) -> frozenset[tuple[str, datetime]]:
    """Return what changes whenever one of the cards does."""
    return frozenset((each, card.due) for each, card in cards.items())


def _asked(cards: Mapping[str, Card], ids: Sequence[str], now: datetime) -> str | None:
    """Return the question to ask. It stays the same until it is graded, although others become due in the meantime.

    It is chosen anew if the filters exclude it, or if the cards have changed and its answer is still hidden, as when
    the browser reports what it keeps after the first run.
    """
    asked, state = session.get(ASKED) or (None, None)
    is_shown = session.get(SHOWN) == ("drill", asked)
    if asked not in ids or (state != _state_of(cards) and not is_shown):
        asked = next_question(cards, ids, now)
        session.put(ASKED, (asked, _state_of(cards)))
    return asked


def _keep_grade(asked: str, grade: str) -> None:
    """Keep the grade of an answer, once, however often its button is pressed."""
    if session.get(SHOWN) != ("drill", asked):
        return
    session.forget(SHOWN)
    session.forget(ASKED)
    card = graded(_cards().get(asked), grade, _now())
    memory.remember(f"card/{asked}", to_json({asked: card})[asked])


def _now() -> datetime:
    """Return the time, in the time zone of the learner's browser."""
    minutes = st.context.timezone_offset or 0  # from the learner's local time to UTC
    return datetime.now(timezone(-timedelta(minutes=max(-840, min(840, minutes)))))
