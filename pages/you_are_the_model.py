"""You are the model: twelve statements, a probability for each, scored in bits."""

import numpy as np
import streamlit as st

from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, fit_temperature
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import you_are_the_model as figures
from xent_ui.live import session
from xent_ui.live import show as live
from xent_ui.self_test import proof_link as doors
from xent_ui.self_test.questions.facts import FACTS, ROUND
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import percent, text

PROBS = np.linspace(0.005, 0.995, 100)
IF_TRUE, IF_FALSE = (Unit.BITS.of(binary_cross_entropy(PROBS, truth).value) for truth in (1, 0))
TEMPERATURES = np.geomspace(controls.temperature.low, controls.temperature.high, 61)

round_of = controls.Number("round", "Round", 999, help="Who plays the same round is asked the same twelve.")
believe = controls.Slider("believe", "How likely is it that this is true?", 0.01, 0.99, 0.5, 0.01, "percent")

lessons.begin(__file__)
left, right = st.columns([8, 3], vertical_alignment="bottom")
left.markdown(
    "A language model gives a probability to everything and is billed in bits for what comes true. Now you do. "
    "Twelve statements, true or false: say how likely each is. An even chance costs 1 bit whatever is true; "
    "surer is cheaper if you are right, and dear if you are not."
)
with right:
    number = round_of()


def so_far() -> Round:
    """This learner's answers in this round."""
    return session.kept(f"round_{number}", number, lambda: Round(number))


def go_on(then: Round) -> None:
    """Keep the round as it is now, and put the slider back to an even chance for the next statement."""
    session.put(f"round_{number}", (number, then))
    if not then.looking:
        controls.set_values({"believe": 0.5})


@live.picture
def play() -> None:
    """One statement: what is at stake, then what it cost."""
    now = so_far()
    if now.finished:
        st.rerun()
    with live.side():
        st.caption(
            f"Statement {len(now.said) + (not now.looking)} of {ROUND}"
            + (f" · {text(float(now.bits.sum()))} bits so far" if now.said else "")
        )
        st.markdown(f"#### {now.fact.statement}")
    truth = now.fact.true if now.looking else None
    p = now.said[-1] if now.looking else believe()
    costs = [float(Unit.BITS.of(binary_cross_entropy(p, happens).value)) for happens in (1, 0)]
    with live.side():
        if now.looking:
            st.markdown(f"**It is {'true' if truth else 'false'}.** {now.fact.because}")
            st.caption(f"Source: {now.fact.source}")
            st.button(
                "The bill" if len(now.said) == ROUND else "Next statement",
                key=f"next_{number}",
                type="primary",
                on_click=go_on,
                args=(now.looked(),),
            )
        else:
            st.button(
                "That is my answer", key=f"commit_{number}", type="primary", on_click=go_on, args=(now.answered(p),)
            )
    live.show(
        figures.stakes(PROBS, IF_TRUE, IF_FALSE, at=(p, *costs), truth=truth),
        says=f"You said {percent(p)}. It is {'true' if truth else 'false'}: that costs {text(costs[not truth])} bits."
        if now.looking
        else f"You say {percent(p)}. If it is true, that costs {text(costs[0])} bits; "
        f"if it is false, {text(costs[1])}.",
        handle=None if now.looking else believe.handle("x"),
    )


@live.picture
def bill() -> None:
    """What the round cost, answer by answer."""
    now = so_far()
    total, mean, worst = float(now.bits.sum()), float(now.bits.mean()), now.dearest
    verdict = "less than" if total < ROUND else "more than" if total > ROUND else "as much as"
    sure, ok = now.leaning
    with live.side():
        st.markdown(
            f"### {text(total)} bits\n{text(mean)} an answer, {verdict} the {ROUND} bits of always saying "
            f"50 %. Of {len(ok)} times that you leaned to a side, it was right {int(ok.sum())} times."
        )
        st.markdown(
            f"**The dearest answer**, {text(float(now.bits[worst]))} bits: you gave {percent(now.said[worst])} "
            f"to “{now.facts[worst].statement}” {now.facts[worst].because}"
        )
    live.show(
        figures.bill(now.bits, right=(now.bits <= 1).tolist(), dearest=worst, mean=mean),
        says=f"Your mean cross-entropy is {text(mean)} bits; an even chance costs 1.",
    )


@live.picture
def reliability() -> None:
    """How often you were right, against how sure you were."""
    now = so_far()
    sure, ok = now.leaning
    with live.side():
        st.markdown(
            "A dot on the dashed line means what it says. The bar shows where the truth behind it may lie, 95 times in "
            "100: twelve answers say little. Play on, and look at where your dots gather."
        )
        if len(ok) < ROUND:
            st.caption(f"{ROUND - len(ok)} of your answers were an even chance, which leans to no side.")
    live.show(
        figures.reliability(*now.reliability()),
        says=f"You were {percent(float(sure.mean()))} sure of your side on average, and right {int(ok.sum())} times of "
        f"{len(ok)}."
        if len(ok)
        else "You leaned to no side at all.",
    )


@live.picture
def temper() -> None:
    """The same answers, each logit divided by T."""
    now, t = so_far(), controls.temperature()
    means = now.tempered(TEMPERATURES)
    cost, least = float(now.tempered(np.array(t))), int(np.argmin(means))
    best = now.best_temperature
    where = (
        "the boldest possible"
        if best < controls.temperature.low
        else "an even chance for everything"
        if best > controls.temperature.high
        else f"T = {text(best)}"
    )
    live.show(
        figures.bolder_or_shyer(
            TEMPERATURES,
            means,
            at=(t, cost),
            mean=float(now.bits.mean()),
            best=(float(TEMPERATURES[least]), float(means[least])),
        ),
        says=f"At T = {t:g} your answers cost {text(cost)} bits on average. Best would have been {where}.",
    )


now = so_far()
if not now.finished:
    play()
else:
    bill()
    st.header("Do you mean what you say?")
    reliability()
    st.header("Had you been bolder, or shyer")
    temper()
    one, other = st.columns(2)
    with one:
        checks.misconception(
            "Who gets as many right pays as many bits.",
            name="hits",
            shows={"cool": 0.2},
            because="At T = 0.2 you lean to the same sides, so exactly as many are right. But every logit is five "
            "times as large: a mistake costs up to five times as much, and a right answer saves only the little it "
            "cost.",
        )
    with other, st.container(border=True):
        st.markdown("**Play with others:** who opens this link is asked the same twelve. Compare bits, not hits.")
        st.code(f"{doors.here()}/you_are_the_model?round={number}", language=None)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Next round",
            key="next_round",
            type="primary",
            on_click=controls.set_values,
            args=({round_of.key: number % round_of.high + 1},),
        )
        st.button("This round again", key="again", on_click=go_on, args=(Round(number),))
    with st.expander("All twelve, with sources", icon=":material/menu_book:"):
        for fact, p, bits in zip(now.facts, now.said, now.bits, strict=True):
            st.markdown(
                f"**{'True' if fact.true else 'False'}:** {fact.statement} {fact.because} *{fact.source}.* "
                f"You said {percent(p)}: {text(float(bits))} bits."
            )
st.caption(f"{len(FACTS)} statements. Six rounds in a row ask none of them twice. What you answer stays in this tab.")
sharing.code(binary_cross_entropy_with_logits, fit_temperature)
lessons.end(__file__)
