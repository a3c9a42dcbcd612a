"""What the page for teachers shows of a plan and of a lesson: Markdown that also reads well on paper."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import streamlit as st

from xent_ui.course.table import FILES, LESSONS, Lesson, named
from xent_ui.live.in_step import in_step
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.check import Check, Pick, checks
from xent_ui.self_test.questions.problems import problem
from xent_ui.style import markdown
from xent_ui.teaching.guide import Guide, guide
from xent_ui.teaching.plans import ClassLink, Plan, Session, SheetLink, Step, plans
from xent_ui.views.base import Picture, pictures_of
from xent_ui.views.link import link

ALL: Final = "all"  # in the address, in place of a lesson


def choose_plan() -> Plan:
    """Draw the choice of a plan, which the address keeps as ``plan``."""
    by_name = {plan.name: plan for plan in plans()}
    first = next(iter(by_name))
    name = in_step(
        "plan",
        lambda key: st.selectbox("Plan", list(by_name), key=key, format_func=lambda name: by_name[name].title),
        read=lambda text: _one_of(text, list(by_name)),
        write=str,
        default=first,
    )
    return by_name[name]


def choose_lessons() -> list[Lesson]:
    """Draw the choice of one lesson or of all, which the address keeps as ``lesson``."""
    file = in_step(
        "lesson",
        lambda key: st.selectbox(
            "Lesson",
            [*FILES, ALL],
            key=key,
            format_func=lambda file: "All lessons, to print" if file == ALL else named(file).title,
        ),
        read=lambda text: _one_of(text, [*FILES, ALL]),
        write=str,
        default=FILES[0],
    )
    return list(LESSONS) if file == ALL else [named(file)]


def _one_of(text: str, known: list[str]) -> str:
    if text not in known:
        raise ValueError(f"The address must name one of: {', '.join(known)}.")
    return text


def draw_plan(plan: Plan) -> None:
    """Draw a plan: what the class does in each session, and its links."""
    st.markdown(f"**Goal.** {plan.goal}")
    for number, session in enumerate(plan.sessions, 1):
        with st.container(key=f"session_{plan.name}_{number}"):
            st.subheader(session.title, anchor=False)
            st.markdown(_table(session))


def _table(session: Session) -> str:
    rows = []
    begin = 0
    for step in session.steps:
        when = "Home" if step.is_homework else f"{begin}–{begin + step.minutes}"
        rows.append([when, step.says, step.do, _links(step)])
        begin += step.minutes
    return markdown.table(["Minutes", "You say", "The class does", "Link"], rows)


def _links(step: Step) -> str:
    match step.opens:
        case ClassLink() as opened:
            right = answer(pictures_of(opened.lesson).get(opened.picture))
            words = f"[{named(opened.lesson).title}]({opened.address})"
            if opened.mode == "present":
                words += ", on the projector"
            return f"{words}. Answer to its guess: **{right}**" if right else words
        case SheetLink() as sheet:
            titles = ", ".join(named(lesson).title for lesson in sheet.lessons)
            return f"[Worksheet: {titles}]({sheet.address()}), [with its key]({sheet.address(with_key=True)})"
    return ""


def answer(picture: Picture | None) -> str:
    """Return the answer of a picture's question, with its unit; empty if there is none."""
    return picture.question.written(picture.question.true_answer) if picture and picture.question else ""


def draw_guide(lesson: Lesson) -> None:
    """Draw the guide of a lesson."""
    with st.container(key=f"guide_{lesson.file}"):
        st.subheader(lesson.title, anchor=False)
        st.markdown("\n\n".join(_guide(lesson, guide(lesson.file))))


def _guide(lesson: Lesson, told: Guide) -> Iterator[str]:
    yield f"[{lesson.question}]({link(lesson.file, mode='lesson')}) {told.minutes} minutes in class."
    yield "#### Goals"
    yield _list(told.goals)
    yield "#### To open with"
    yield f"**{told.opens_with}**"
    yield f"*What a good class comes to:* {told.expected}"
    yield "#### What students say, and what it reveals"
    yield _list(f"**{wrong.says}** {wrong.reveals}" for wrong in told.wrong)
    yield "#### Timing"
    yield markdown.table(["Minutes", "What"], ([str(step.minutes), step.what] for step in told.timing))
    yield "#### Pitfalls"
    yield _list(told.pitfalls)
    shown = pictures_of(lesson.file).values()
    asked = [f"{each.question.words} **{answer(each)}**" for each in shown if each.question]
    if asked:
        yield "#### The guess of the page"
        yield _list(asked)
    solved = [line for picture in shown for line in _solutions(picture, told)]
    if solved:
        yield "#### All tasks, solved"
        yield _list(solved)
    if lesson.file in check.LESSONS:
        yield "#### Check yourself"
        yield _list(_checked(each) for each in checks(lesson.file))


def _list(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _solutions(picture: Picture, told: Guide) -> Iterator[str]:
    """Yield a line for each task of a picture: its words, a link to a state that solves it, and why."""
    for task in picture.tasks:
        solution = told.solutions[task.name]
        if task.because:
            how = "This cannot be done."
        elif solution.values:
            address = link(picture.lesson, solution.values, picture=picture.name, shown=True)
            how = f"[Solution]({address}): {_set_to(picture, solution.values)}."
        else:
            how = ""
        yield f"**{task.words}** {how} {solution.why}".replace("  ", " ")


def _set_to(picture: Picture, values: Mapping[str, str]) -> str:
    """Return what controls are set to, in words that also help on paper."""
    return ", ".join(f"“{picture.controls[key].label}” {_plain(text)}" for key, text in values.items())


def _plain(text: str) -> str:
    """Return the text of a value as Markdown that looks like it, with a true minus sign before a number.

    >>> _plain("-0.5"), _plain("one-hot as integers")
    ('−0.5', 'one-hot as integers')
    """
    shown = f"−{text[1:]}" if text.startswith("-") else text
    return shown.replace("*", r"\*")


def _checked(each: Check) -> str:
    """Return a question of the check with its answer; a numeric one with the numbers of its first problem."""
    if isinstance(each, Pick):
        return f"{each.asks} **{markdown.sentence(each.right)}** {each.because}"
    asked = problem(each.kind, 1)
    right = markdown.sentence(asked.shown(asked.answer))
    return f"{asked.asks} **{right}** {asked.because} Students get other numbers each time."
