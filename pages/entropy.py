"""Entropy: the surprise to expect, and the shortest code."""

import numpy as np
import streamlit as st

from xent_core import Unit, entropy, expected_code_length, huffman_code, surprise
from xent_core.information import entropy_terms
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.code_tree import code_tree
from xent_ui.figures.entropy import GUESS_AT, binary_entropy, source
from xent_ui.formulas import entropy as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import percent, text

NAMES = "ABCDEFGH"
ASKED = np.array([0.5, 0.25, 0.125, 0.125])
HORSES = (64, 32, 16, 8, 2, 2, 2, 2)
looks = controls.Choice("view", "Look at", {"cost": "Cost", "code": "Code"}, "cost")
how_many = controls.Slider("outcomes", "How many outcomes", 2, 8, 4, 1)
weights_of = controls.Distribution("m", tuple(f"Weight of {name}" for name in NAMES), (24, 12, 6, 6, 3, 3, 3, 3))
first = controls.Slider("rain", "Chance of rain", 0.0, 1.0, 0.9, 0.01)
CHANCES = np.linspace(0, 1, 241)
TWO = np.stack([CHANCES, 1 - CHANCES], axis=-1)

lessons.begin(__file__)


@live.picture
def letters() -> None:
    """A source of two to eight letters: its entropy as a sum, or its best code as a tree."""
    view, unit = controls.side_by_side(looks, controls.unit)
    k = how_many()
    weights = weights_of.weights(k)
    p, names = weights_of.shares(weights), NAMES[:k]
    controls.presets(
        {
            "All alike": weights_of.settings([12] * 8),
            "Only A": weights_of.settings([12] + [0] * 7),
            "A horse race": {"outcomes": 8, **weights_of.settings(HORSES)},
        }
    )
    guess = checks.predict(
        "A source sends A, B, C, D with chances ½, ¼, ⅛, ⅛. How many bits of surprise a letter, on average?",
        answer=float(Unit.BITS.of(entropy(ASKED).value)),
        low=0,
        high=3,
        step=0.05,
        unit=" bits",
    )
    here, most = entropy(p), float(entropy(np.full(k, 1 / k)).value)
    h, bits = float(unit.of(here.value)), float(Unit.BITS.of(here.value))
    code = huffman_code(p)
    mean = float(expected_code_length(p, code.lengths))
    if view == "code":
        live.show(
            code_tree(names, p, code, Unit.BITS.of(surprise(p).value), mean=mean, floor=bits),
            says=f"The best code needs {text(mean)} bits a letter; the entropy is {text(bits)} bits. "
            "Each word is about as long as its letter is surprising.",
        )
        live.formula(formulas.mean_word(p, code.lengths, mean, bits))
    else:
        mark = guess.at(GUESS_AT) if unit is Unit.BITS and np.array_equal(p, ASKED) else None
        live.show(
            source(
                names,
                p,
                unit.of(surprise(p).value),
                unit.of(entropy_terms(p)),
                most=float(unit.of(most)),
                unit=unit,
                guess=mark,
            ),
            says="Chance times surprise, letter by letter: what do they add up to?"
            if guess.hidden
            else f"Chance times surprise, summed: H = {text(h)} {unit.symbol}. "
            f"{k} letters can carry {text(unit.of(most))}.",
            handle=weights_of.handles(weights, "y", at=range(k)),
        )
        if not guess.hidden:
            live.formula(formulas.entropy(names, p, float(here.value), here.grad, unit))
    checks.challenge(
        "Find three or more letters, all in use, worth exactly 1.5 bits.",
        name="one_and_a_half",
        solved=k > 2 and bool(p.all()) and abs(bits - 1.5) < 1e-9,
    )
    checks.challenge("Build a code that wastes more than half a bit a letter.", solved=mean - bits > 0.5, name="waste")
    checks.impossible(
        "Build a best code that wastes a whole bit.",
        solved=mean - bits >= 1,
        name="whole_bit",
        because="Rounding −log₂ p up to whole bits lengthens each word by less than one bit, and Huffman's code is "
        "at least as good as that. So its mean is always below H + 1.",
    )
    sharing.state(entropy, p, torch=sharing.torch_backward("torch.special.entr(p).sum()", p=p))


letters()
st.markdown(
    "Surprise asks about one letter, entropy about the whole source: each surprise counts as often as it comes. "
    "A rare letter is very surprising and seldom seen, a common one is the reverse; the products in the tower are "
    "a truce between the two."
)
st.markdown(
    "Now look at *Code*. Give short words to common letters and long words to rare ones, so that no word begins "
    "another: no code can spend fewer bits than the entropy. Where every chance is ½, ¼, ⅛ … it spends exactly that."
)

st.header("Two outcomes: where doubt is greatest")


@live.picture
def two() -> None:
    """Rain or no rain: the entropy of two outcomes against the chance of the first."""
    p, unit = first(), controls.unit.shared()
    here = entropy([p, 1 - p])
    slope = float(here.grad @ (1, -1))  # what one outcome gains the other loses
    h = float(unit.of(here.value))
    live.show(
        binary_entropy(CHANCES, unit.of(entropy(TWO).value), at=(p, h), slope=float(unit.of(slope)), unit=unit),
        says=f"A forecast of {percent(p)} rain leaves {text(h)} {unit.symbol} of doubt.",
        handle=first.handle("x"),
    )
    live.formula(formulas.binary_entropy(p, float(here.value), slope, unit))
    checks.challenge("Find the forecast that leaves most doubt.", solved=slope == 0, name="most_doubt")
    checks.challenge("Find one that leaves no doubt, though no rain comes.", solved=p == 0, name="no_rain")


two()

more, units = st.columns(2)
with more:
    checks.misconception(
        "More outcomes mean more entropy.",
        name="more_outcomes",
        shows={"view": "cost", "outcomes": 8, **weights_of.settings([100] + [1] * 7)},
        because="Eight letters *can* carry 3 bits, but these eight carry less than one coin: A comes 93 times in 100. "
        "Entropy counts how many outcomes you must reckon with, not how many have a name.",
    )
with units:
    checks.misconception(
        "Measuring in nats moves the maximum.",
        name="units",
        shows={"unit": Unit.NATS, "rain": 0.5},
        because="A nat is 1.44 bits, so every height on the curve shrinks by the same factor. The peak stays at ½: "
        "which source, code or model is best never depends on the unit.",
    )
st.subheader("So what")
st.markdown(
    "Entropy is the floor: the mean surprise of someone who knows the true chances, and the shortest possible code. "
    "Nobody can do better on average. What it costs to believe *other* chances is the next lesson."
)
sharing.code(entropy, huffman_code)
lessons.end(__file__)
