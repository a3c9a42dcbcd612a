"""Surprise: what an event costs when it happens."""

import numpy as np
import streamlit as st

from xent_core import Unit, entropy, surprise
from xent_core.sampling import draw, running_mean
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.surprise import running_mean as running_mean_figure
from xent_ui.figures.surprise import surprise_curve, two_events
from xent_ui.formulas.surprise import product_of_events as product_formula
from xent_ui.formulas.surprise import surprise as surprise_formula
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text

LOTTERY = 1 / 13_983_816  # six of forty-nine
RARE = {LOTTERY: "1/13983816", 1e-6: "0.000001", 1e-5: "0.00001"}
RARE |= {p: f"{p:g}" for p in (1e-4, 5e-4, 0.001, 0.002, 0.005)}
EVERYDAY = sorted({round(i / 100, 2) for i in range(1, 101)} | {1 / 6, 0.125, 0.0625, 0.375, 0.995, 0.999})
event = controls.Steps("p", "How likely was it?", RARE | {p: exact_text(p) for p in EVERYDAY}, 0.5)
first = controls.Slider("a", "Chance of A", 0.02, 1.0, 0.5, 0.01)
second = controls.Slider("b", "Chance of B", 0.02, 1.0, 0.25, 0.01)
source = controls.Slider("heads", "Chance of heads", 0.01, 0.99, 0.9, 0.01)
draws = controls.Slider("n", "Flips so far", 0, 500, 20, 1)
PROBS = np.linspace(0.0005, 1, 300)

lessons.begin(__file__)


@live.picture
def one_event() -> None:
    """One event, its probability and its surprise."""
    p, unit = event(), controls.unit()
    controls.presets(
        {"A coin": {"p": 0.5}, "A six": {"p": 1 / 6}, "The tumour was malignant": {"p": 0.3}, "Lottery": {"p": LOTTERY}}
    )
    guess = checks.predict(
        "A one-in-twenty event happens. How surprising, in bits, if a coin flip is worth 1?",
        answer=float(Unit.BITS.of(surprise(0.05).value)),
        low=0,
        high=10,
        step=0.1,
        unit=" bits",
    )
    here = surprise(p)
    h = float(unit.of(here.value))
    live.show(
        surprise_curve(
            PROBS,
            unit.of(surprise(PROBS).value),
            at=(p, h),
            unit=unit,
            guess=guess.at(0.05) if unit is Unit.BITS else None,
        ),
        says=f"An event of probability {percent(p)} carries {text(h)} {unit.symbol} of surprise.",
        handle=event.handle("x"),
    )
    live.formula(surprise_formula(p, float(here.value), float(here.grad), unit))
    checks.challenge("Find an event worth exactly 3 bits.", solved=p == 0.125, name="three_bits")
    checks.challenge("Find one that surprises nobody at all.", solved=h == 0, name="certain")
    checks.impossible(
        "Find an event whose surprise is negative.",
        solved=h < 0,
        name="negative",
        because="A probability is at most 1, so its logarithm is at most 0. The minus sign makes every surprise "
        "0 or more: good news can be unsurprising, never less than that.",
    )
    sharing.state(surprise, p, torch=sharing.torch_backward("-p.log()", p=p))


one_event()
st.markdown(
    "A scan was read as 70 % benign, and the tumour was malignant: what happened had a chance of 30 %. "
    "Surprise looks only at the probability of what *did* happen. What did not happen has no say."
)

st.header("Why a logarithm: surprises add")


@live.picture
def both() -> None:
    """Two independent events: probabilities multiply, surprises add."""
    a, b, unit = first(), second(), controls.unit.shared()
    ha, hb, hab = (float(unit.of(surprise(p).value)) for p in (a, b, a * b))
    live.show(
        two_events((a, b), (ha, hb), unit=unit),
        says=f"Chances multiply: {exact_text(a)} × {exact_text(b)} = {exact_text(a * b)}. "
        f"Surprises add: {text(ha)} + {text(hb)} = {text(hab)} {unit.symbol}.",
    )
    live.formula(product_formula(a, b, hab, unit))
    checks.challenge("Make both at once worth 4 bits.", solved=a * b == 0.0625, name="four_bits")


both()

st.header("In the long run: the mean surprise")


@live.picture
def long_run() -> None:
    """Flip a bent coin again and again: the mean surprise settles at the entropy."""
    p, n, seed, unit = source(), draws(), controls.seed(), controls.unit.shared()
    coin = np.array([p, 1 - p])
    means = unit.of(running_mean(surprise(coin[draw(coin, n, seed=seed)]).value))
    floor = float(unit.of(entropy(coin).value))
    live.show(
        running_mean_figure(means, entropy=floor, unit=unit, most=500),
        says=f"After {n} flips of a coin with {percent(p)} heads the mean surprise is "
        f"{text(float(means[-1]))} {unit.symbol}; its entropy is {text(floor)}."
        if n
        else "No flip yet.",
    )


long_run()

right, other = st.columns(2)
with right:
    checks.misconception(
        "Half as likely is twice as surprising.",
        name="twice",
        shows={"p": 0.25},
        because="Halving a probability adds one bit, whatever it was: a half carries 1 bit, a quarter 2, an eighth 3. "
        "Only from a half to a quarter does that happen to be double.",
    )
with other:
    checks.misconception(
        "Entropy measures how surprising one outcome is.",
        name="one_outcome",
        shows={"heads": 0.95, "n": 300},
        because="Entropy belongs to the source: it is the mean over all it may send. The single heads of this coin "
        "carries far less than the entropy, the single tails far more.",
    )
st.subheader("So what")
st.markdown(
    "A loss should ask: how surprised were you by what came true? The logarithm is the only smooth answer in which "
    "independent surprises add. Averaged over what can happen it becomes entropy, the next lesson."
)
sharing.code(surprise)
lessons.end(__file__)
