"""The page of a worksheet: what it is made of, the sheet itself with room to write, and the key."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from xent_ui.course.table import FILES, named
from xent_ui.live import address
from xent_ui.live.in_step import in_step
from xent_ui.live.still import still
from xent_ui.style.markdown import sentence
from xent_ui.teaching import round_on_paper
from xent_ui.teaching.paper import OnPaper
from xent_ui.teaching.round_on_paper import PaperRound
from xent_ui.teaching.worksheet import LETTERS, SEED, Item, Numeric, Part, Question, read_lessons, worksheet


class Chosen(NamedTuple):
    """What a teacher chose: the files of the lessons, the seed, and whether the answer key is shown."""

    lessons: list[str]
    seed: int
    with_key: bool


def choose() -> Chosen:
    """Draw the controls of a worksheet, which stay in step with the address; none in the link for a class."""
    if address.hides_answers():
        lessons = address.read("lessons", read_lessons, FILES[:1])
        return Chosen(lessons, address.read(SEED.key, SEED.parse, SEED.default), with_key=False)
    lessons = in_step(
        "lessons",
        lambda key: st.multiselect("Lessons", FILES, key=key, format_func=lambda file: named(file).title),
        read=read_lessons,
        write=",".join,
        default=FILES[:1],
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        seed = in_step(
            SEED.key,
            lambda key: int(st.number_input(f"{SEED.label}, 1 to {SEED.high:,}", 1, SEED.high, step=1, key=key)),
            read=SEED.parse,
            write=SEED.write,
            default=SEED.default,
        )
    with right:
        with_key = in_step(
            "key",
            lambda key: st.toggle("Show the answer key", key=key),
            read=lambda text: text == "1",
            write=lambda on: "1" if on else "",
            default=False,
        )
    return Chosen(lessons, seed, with_key)


def draw(chosen: Chosen) -> None:
    """Draw a worksheet, and its key if that was chosen. It is dark on white in both themes, as on paper."""
    if not chosen.lessons:
        st.info("Choose at least one lesson.")
        return
    parts = worksheet(chosen.lessons, chosen.seed)
    with st.container(key="paper"):
        for part in parts:
            with st.container(key=f"sheet_{part.lesson.file}"):
                _part(part, chosen.seed)
        if chosen.with_key:
            with st.container(key="answer_key"):
                _key(parts, chosen.seed)


def _part(part: Part, seed: int) -> None:
    """Draw the questions of one lesson."""
    st.header(part.lesson.title, anchor=False)
    with st.container(key=f"name_{part.lesson.file}", horizontal=True):
        for words in ("Name", "Date", f"Sheet {seed}"):
            st.markdown(words)
    for number, item in enumerate(part.items, 1):
        place = f"{part.lesson.file}_{number}"
        with st.container(key=f"item_{place}"):
            match item:
                case OnPaper():
                    _picture(number, item)
                case PaperRound():
                    st.markdown(f"**{number}.** {round_on_paper.ASKS}")
                    _round(item)
                case Question():
                    _question(number, item, place)
                case Numeric():
                    st.markdown(f"**{number}.** {item.problem.asks}")
                    _room("Answer, to three significant digits", place, rows=3)


def _picture(number: int, item: OnPaper) -> None:
    given = f"{item.given}."
    st.markdown(
        f"**{number}.** {item.picture.title} {given} Fill in the formula, and work it out to three significant "
        "digits. Each “?” in the picture stands for a number that was left out."
    )
    figure, formula = st.columns(2, gap="small")
    with figure:
        still(
            item.figure,
            key=f"still_{item.picture.key}",
            name=item.picture.title,
            description=given.replace("*", ""),
            tall=item.view.figure.tall,
        )
    with formula:
        st.latex(item.blanks)


def draw_only_on_paper(played: PaperRound) -> None:
    """Draw a round for whoever prints the page."""
    with st.container(key="only_on_paper"):
        st.header(f"Round {played.number} on paper", anchor=False)
        st.markdown(f"{round_on_paper.ASKS} The answers are on the answer key of worksheet {played.number}.")
        _round(played)


def _round(played: PaperRound) -> None:
    """Draw the statements of a round with room to write, and what each probability costs."""
    st.markdown(round_on_paper.statements(played.facts))
    st.markdown(round_on_paper.price_list())


def _question(number: int, item: Question, place: str) -> None:
    options = "\n".join(f"- **{letter}**  {words}" for letter, words in zip(LETTERS, item.pick.options, strict=False))
    st.markdown(f"**{number}.** {item.pick.asks}\n\n{options}")
    _room("Why?", place, rows=1)


def _room(words: str, place: str, *, rows: int) -> None:
    """Leave room to write on paper."""
    with st.container(key=f"room{rows}_{place}"):
        st.markdown(words)


def _key(parts: Sequence[Part], seed: int) -> None:
    """Draw the answers of all lessons."""
    st.header(f"Answer key of sheet {seed}", anchor=False)
    for part in parts:
        with st.container(key=f"key_{part.lesson.file}"):
            st.subheader(part.lesson.title, anchor=False)
            for number, item in enumerate(part.items, 1):
                _answer(number, item)


def _answer(number: int, item: Item) -> None:
    match item:
        case OnPaper():
            st.markdown(f"**{number}.** {item.view.caption}")
            st.latex(item.formula)
        case PaperRound():
            st.markdown(f"**{number}.** What is so in round {item.number}:")
            st.markdown(round_on_paper.solution(item.facts))
        case Question():
            st.markdown(f"**{number}. {item.letter}:** {sentence(item.pick.right)} {item.pick.because}")
        case Numeric():
            st.markdown(f"**{number}. {item.problem.shown(item.problem.answer)}.** {item.problem.because}")
