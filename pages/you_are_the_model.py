"""You are the model: twelve statements, a probability for each, scored in bits."""

from collections.abc import Callable

import streamlit as st

from xent_core import binary_cross_entropy_with_logits, fit_temperature
from xent_ui.course import frame, present
from xent_ui.course.prose import prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.live import address, memory, widgets
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test import kept_rounds
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.self_test.questions.facts import FACTS, ROUND
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import percent, text
from xent_ui.teaching import sheet
from xent_ui.teaching.round_on_paper import PaperRound
from xent_ui.views import you_are_the_model as views

OPENING = (
    "You say that a statement is true with probability 90 %. If it is true, this costs you "
    f"{text(views.bits_of(0.9, true=True))} bits; if it is false, {text(views.bits_of(0.9, true=False))}. **The cost "
    "of an answer is −log₂ of the probability that you gave to the truth.** A language model is trained on the same "
    "cost, with the next word as the truth. It has to learn how sure it may be, and now so do you."
)

frame.begin(__file__)
opening = st.container()
top = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom")
how_far = top.container(width="content")
with top.container(width=160):
    number = widgets.draw(views.round_number)
now = kept_rounds.recall(number)
answers = now.answers


def button(name: str, *, key: str, then: Callable[[], Round]) -> None:
    """Draw a button that goes on to a later state of the round; the whole page changes with it."""
    if st.button(name, key=f"{key}_{number}", type="primary"):
        kept_rounds.remember(then())
        st.rerun()


def commit() -> None:
    button("That is my answer", key="commit", then=lambda: now.answered(widgets.standing(views.believe) / 100))


def explain() -> None:
    st.markdown(f"**It is {'true' if now.fact.true else 'false'}.** {now.fact.because}")
    st.caption(f"Source: {now.fact.source}")
    button("Your result" if now.place == ROUND else "Next statement", key="next", then=now.reviewed)


def beside_the_result() -> None:
    st.markdown(views.summary(answers))
    if answers.costliest is not None:
        worst = now.facts[answers.costliest]
        st.markdown(
            f"**Your most expensive answer** cost {text(float(answers.bits.max()))} bits: you gave "
            f"{percent(now.probs[answers.costliest])} to “{worst.statement}” It is "
            f"{'true' if worst.true else 'false'}. {worst.because}"
        )


def beside_the_reliability() -> None:
    prose(
        "An answer of 30 % leans to “false” with 70 %. A dot on the dashed line means that your side was right as "
        "often as you said; below the line you were too sure. The bar is a 95 % interval: it is wide, because a round "
        "has few answers. Play more rounds, and see whether your dots stay below the line or above it."
    )
    if views.even_answers(answers):
        st.caption(views.even_answers(answers))


def draw_calibration() -> None:
    """Draw the sections about how sure the learner was; answers of 50 % only would leave their pictures empty."""
    frame.section("Were you as sure as you were right?")
    show(views.reliability, beside=beside_the_reliability, data=answers)
    frame.section("What if you had been more confident, or less?")
    prose("The temperature T divides the logit of each of your answers, and your sides stay the same.")
    show(views.rescaled, data=answers)
    misconception(
        "Two people who get the same number right have the same score.",
        name="hits",
        shows={"cool": 0.2},
        because="At T = 0.2 you lean to the same sides, so exactly as many are right. But every logit is five "
        "times as large: a wrong answer costs up to five times as much, and a right answer saves at most the "
        "little that it cost.",
    )


kept_rounds.start_statement(now)
if now.place == 1:
    with opening:
        prose(OPENING)
if not now.finished:
    so_far = f" · {answers.total:.2f} bits so far" if now.probs else ""
    how_far.caption(f"Statement {now.place} of {ROUND}{so_far}")
    with present.beside(views.cost if now.reviewing else views.stakes):
        st.markdown(f"## {now.fact.statement}")
    if now.reviewing:
        show(views.cost, beside=explain, data=answers)
    else:
        show(views.stakes, beside=commit)
    sheet.draw_only_on_paper(PaperRound(number))
else:
    how_far.caption(f"Your result in round {number}")
    show(views.result, beside=beside_the_result, data=answers)
    frame.section("What you just saw")
    prose(views.just_seen(answers) if answers.leans else views.never_leaned(answers))
    if answers.leans:
        draw_calibration()
    remember(*views.to_remember())
    check_yourself(__file__)
    frame.section("Play on")
    st.markdown("Whoever opens this link is asked the same twelve statements. Compare bits, not the number right.")
    st.code(f"{address.course_address()}/you_are_the_model?round={number}", language=None)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Next round",
            key="next_round",
            type="primary",
            on_click=widgets.set_values,
            args=(views.next_round(number),),
        )
        st.button("This round again", key="again", on_click=kept_rounds.remember, args=(Round(number),))
    with st.expander("All twelve, with sources", icon=":material/menu_book:"):
        for fact, p, bits in zip(now.facts, now.probs, answers.bits, strict=True):
            st.markdown(
                f"**{'True' if fact.true else 'False'}:** {fact.statement} {fact.because} *{fact.source}.* "
                f"You said {percent(p)}: {text(float(bits))} bits."
            )
st.caption(
    f"There are {len(FACTS)} statements, and any six rounds in a row ask none of them twice. "
    + (
        "Your answers are kept in this browser, also when you close it, and not on the server."
        if memory.is_kept()
        else "This browser keeps nothing, so your answers are lost when you reload or close this tab."
    )
)
show_source(binary_cross_entropy_with_logits, fit_temperature)
frame.end(
    __file__,
    "You have been scored as a model is. Next you explain it: the interview asks what candidates are asked, and each "
    "answer has a picture that proves it.",
)
