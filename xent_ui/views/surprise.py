"""The pictures of the lesson on surprise."""

from typing import Final

import numpy as np

from xent_core import Unit, entropy, surprise
from xent_core.sampling import draw, running_mean
from xent_ui.controls.declarations import Slider, Steps
from xent_ui.controls.shared import random_seed, unit
from xent_ui.figures import surprise as figures
from xent_ui.formulas import surprise as formulas
from xent_ui.style.numbers import counted, digits_that_add, exact_text, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

LOTTERY: Final = 1 / 13_983_816  # the chance of six right numbers of forty-nine
RARE = {LOTTERY: "1/13983816", 1e-6: "0.000001", 1e-5: "0.00001"}
RARE |= {p: f"{p:g}" for p in (1e-4, 5e-4, 0.001, 0.002, 0.005)}
EVERYDAY = sorted({round(i / 100, 2) for i in range(1, 101)} | {1 / 6, 0.125, 0.0625, 0.375, 0.995, 0.999})
CURVE: Final = np.union1d(np.geomspace(0.0005, 1, 300), 0.4)  # as dense as the curve is steep
LIKELY: Final = CURVE[CURVE >= 0.4]  # what the curve shows while the guess about a rare event is open
MOST_FLIPS: Final = 500

event = Steps("p", "How likely was it?", RARE | {p: exact_text(p) for p in EVERYDAY}, 0.5)
first = Slider("a", "Probability of A", 0.02, 1.0, 0.5, 0.01)
second = Slider("b", "Probability of B", 0.02, 1.0, 0.25, 0.01)
heads = Slider("heads", "Probability of heads", 0.01, 0.99, 0.9, 0.01)
flips = Slider("n", "Flips so far", 0, MOST_FLIPS, 12, 1)
one_in_twenty = Question(
    "surprise",
    "An event of probability 1/20 happens. How many bits of surprise does it carry, if one fair coin flip carries 1?",
    answer=float(Unit.BITS.of(surprise(0.05).value)),
    low=0,
    high=10,
    step=0.1,
    unit=" bits",
)


@view(
    p=event,
    unit=unit,
    guess=one_in_twenty,
    tasks=[
        Task("three_bits", "Find an event worth exactly 3 bits."),
        Task("certain", "Find an event that carries no surprise at all."),
        impossible(
            "negative",
            "Find an event whose surprise is negative.",
            because="A probability is at most 1, so its logarithm is at most 0, and the minus sign makes every "
            "surprise 0 or more. The least surprising events are the certain ones, with 0 bits.",
        ),
    ],
)
def one_event(p: float, unit: Unit, guess: Guess) -> View:
    """One event, its probability and its surprise."""
    nats, slope = surprise(p)
    h = float(unit.of(nats))
    mark = guess.at(0.05) if unit is Unit.BITS else None
    told = f"An event of probability {percent(p)} carries {text(h)} {unit.symbol} of surprise."
    if guess.hidden:
        figure = figures.surprise_curve(LIKELY, unit.of(surprise(LIKELY).value), at=(p, h), unit=unit, guess=mark)
        if p < LIKELY[0]:
            told = "The curve is shown for likely events. How much surprise does a rare one carry? Make a guess."
    else:
        figure = figures.surprise_curve(CURVE, unit.of(surprise(CURVE).value), at=(p, h), unit=unit, guess=mark)
    return View(
        figure,
        caption=told,
        formula="" if guess.hidden else formulas.surprise(p, float(nats), float(slope), unit),
        solved={"three_bits": p == 0.125, "certain": h == 0, "negative": h < 0},
        handles=[event.handle("x")],
        code=call(surprise, p, unit=unit, torch=backward("-p.log()", unit=unit, p=p)),
    )


@view(a=first, b=second, unit=unit, tasks=[Task("four_bits", "Make A and B together carry exactly 4 bits.")])
def two_events(a: float, b: float, unit: Unit) -> View:
    """Two independent events: probabilities multiply, surprises add."""
    of_a, of_b, of_both = (float(unit.of(surprise(p).value)) for p in (a, b, a * b))
    digits = digits_that_add(of_a, of_b)
    return View(
        figures.two_events((a, b), (of_a, of_b), unit=unit),
        caption=f"A and B are independent. Probabilities multiply: {exact_text(a)} × {exact_text(b)} = "
        f"{exact_text(a * b)}. Surprises add: {text(of_a, digits)} + {text(of_b, digits)} = "
        f"{text(of_both, digits)} {unit.symbol}.",
        formula=formulas.product_of_events(a, b, of_both, unit),
        solved={"four_bits": a * b == 0.0625},
    )


@view(heads=heads, n=flips, seed=random_seed, unit=unit)
def long_run(heads: float, n: int, seed: int, unit: Unit) -> View:
    """A biased coin, flipped again and again, whose mean surprise approaches its entropy."""
    coin = np.array([heads, 1 - heads])
    means = unit.of(running_mean(surprise(coin[draw(coin, n, seed=seed)]).value))
    floor = float(unit.of(entropy(coin).value))
    return View(
        figures.running_mean(means, entropy=floor, unit=unit, most=MOST_FLIPS),
        caption=f"After {counted(n, 'flip')} of a coin with {percent(heads)} heads the mean surprise is "
        f"{text(float(means[-1]))} {unit.symbol}; its entropy is {text(floor)}."
        if n
        else "No flip yet.",
    )
