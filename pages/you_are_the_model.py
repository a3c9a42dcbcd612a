"""You are the model: twelve statements, a probability for each, scored in bits."""

from collections.abc import Callable, Mapping

import streamlit as st

from xent_core import binary_cross_entropy_with_logits, fit_temperature
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.live import session, widgets
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.proof_link import course_address
from xent_ui.self_test.questions.facts import FACTS, ROUND
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import percent, text
from xent_ui.views import you_are_the_model as views

frame.begin(__file__)
left, right = st.columns([8, 3], vertical_alignment="bottom")
left.markdown(
    "A language model gives a probability to everything and is billed in bits for what comes true. Now you do. "
    "Twelve statements, true or false: say how likely each is. An even chance costs 1 bit whatever is true; "
    "surer is cheaper if you are right, and dear if you are not."
)
with right:
    number = widgets.draw(views.round_number)
kept = f"round_{number}"
now: Round = session.kept(kept, number, lambda: Round(number))
answers = now.answers


def keep(then: Round) -> None:
    session.put(kept, (number, then))


def button(name: str, *, key: str, then: Callable[[], Round], sets: Mapping[str, float] | None = None) -> None:
    """Draw a button that goes on to a later state of the round; the whole page changes with it."""
    if st.button(name, key=f"{key}_{number}", type="primary", on_click=widgets.set_values, args=(sets or {},)):
        keep(then())
        st.rerun()


def commit() -> None:
    button("That is my answer", key="commit", then=lambda: now.answered(widgets.standing(views.believe)))


def explain() -> None:
    st.markdown(f"**It is {'true' if now.fact.true else 'false'}.** {now.fact.because}")
    st.caption(f"Source: {now.fact.source}")
    name = "The bill" if now.place == ROUND else "Next statement"
    button(name, key="next", then=now.reviewed, sets=views.EVEN_CHANCE)


def beside_the_bill() -> None:
    st.markdown(views.summary(answers))
    worst = now.facts[answers.costliest]
    st.markdown(
        f"**The dearest answer**, {text(float(answers.bits.max()))} bits: you gave "
        f"{percent(now.probs[answers.costliest])} to “{worst.statement}” {worst.because}"
    )


def beside_the_reliability() -> None:
    st.markdown(
        "A dot on the dashed line means what it says. The bar shows where the truth behind it may lie, 95 times in "
        "100: twelve answers say little. Play on, and look at where your dots gather."
    )
    if views.even_answers(answers):
        st.caption(views.even_answers(answers))


if not now.finished:
    so_far = f" · {text(answers.total)} bits so far" if now.probs else ""
    st.caption(f"Statement {now.place} of {ROUND}{so_far}")
    st.markdown(f"#### {now.fact.statement}")
    if now.reviewing:
        show(views.cost, beside=explain, data=answers)
    else:
        show(views.stakes, beside=commit)
else:
    show(views.bill, beside=beside_the_bill, data=answers)
    st.header("Do you mean what you say?")
    show(views.reliability, beside=beside_the_reliability, data=answers)
    st.header("Had you been bolder, or shyer")
    show(views.rescaled, data=answers)
    one, other = st.columns(2)
    with one:
        misconception(
            "Who gets as many right pays as many bits.",
            name="hits",
            shows={"cool": 0.2},
            because="At T = 0.2 you lean to the same sides, so exactly as many are right. But every logit is five "
            "times as large: a mistake costs up to five times as much, and a right answer saves only the little it "
            "cost.",
        )
    with other, st.container(border=True):
        st.markdown("**Play with others:** who opens this link is asked the same twelve. Compare bits, not hits.")
        st.code(f"{course_address()}/you_are_the_model?round={number}", language=None)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Next round",
            key="next_round",
            type="primary",
            on_click=widgets.set_values,
            args=(views.next_round(number),),
        )
        st.button("This round again", key="again", on_click=keep, args=(Round(number),))
    with st.expander("All twelve, with sources", icon=":material/menu_book:"):
        for fact, p, bits in zip(now.facts, now.probs, answers.bits, strict=True):
            st.markdown(
                f"**{'True' if fact.true else 'False'}:** {fact.statement} {fact.because} *{fact.source}.* "
                f"You said {percent(p)}: {text(float(bits))} bits."
            )
st.caption(f"{len(FACTS)} statements. Six rounds in a row ask none of them twice. What you answer stays in this tab.")
show_source(binary_cross_entropy_with_logits, fit_temperature)
frame.end(__file__)
