"""Likelihood: the same number as cross-entropy, under an older name."""

import numpy as np
import streamlit as st

from xent_core import Unit, binary_cross_entropy, total
from xent_core.sampling import likelihood
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import likelihood as figures
from xent_ui.formulas import likelihood as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text

THETA = np.linspace(0.005, 0.995, 199)
COINS = np.stack([THETA, 1 - THETA], axis=-1)
FLIPS = np.arange(0, figures.LONGEST + 1, 20)
SMALLEST = float(np.nextafter(0, 1))  # of the numbers that a computer has

coin = controls.Slider("theta", "Your coin's chance of heads, θ", 0.01, 0.99, 0.5, 0.01)
heads = controls.Slider("came", "Heads that came", 1, 20, 7, 1)
tails = controls.Slider("missed", "Tails that came", 0, 20, 3, 1)
series = controls.Slider("series", "Flips", 0, figures.LONGEST, 100, 10)

lessons.begin(__file__)


@live.picture
def one_series():
    counts, theta, unit = np.array([heads(), tails()]), coin(), controls.unit()
    guess = checks.predict(
        "Ten flips brought 7 heads. If the coin that fits best counts as 1, how likely is this from a fair coin?",
        answer=float(likelihood([0.5, 0.5], [7, 3]) / likelihood([0.7, 0.3], [7, 3])),
        low=0,
        high=1,
        step=0.01,
    )
    best = float(counts[0] / counts.sum())
    ours, of_best = likelihood([theta, 1 - theta], counts), likelihood([best, 1 - best], counts)
    here, least = binary_cross_entropy(theta, best), binary_cross_entropy(best, best)
    product, share, loss = float(ours), float(ours / of_best), float(unit.of(here.value))
    live.show(
        figures.hill_and_valley(
            THETA,
            likelihood(COINS, counts) / of_best,
            unit.of(binary_cross_entropy(THETA, np.full(199, best)).value),
            at=(theta, share, loss),
            best=(best, float(unit.of(least.value))),
            unit=unit,
            guess=guess.at(0.5),
        ),
        says=f"{counts[0]} heads and {counts[1]} tails: the best coin shows heads {percent(best)} of the time. "
        + (
            "How likely yours is, is your guess."
            if guess.hidden
            else f"Yours is {percent(share)} as likely, and surprised by {text(loss)} {unit.symbol} a flip."
        ),
        handle=coin.handle("x"),
    )
    live.formula(
        formulas.three_views(
            theta,
            (int(counts[0]), int(counts[1])),
            product=product,
            loss=float(here.value),
            grad=float(here.grad),
            unit=unit,
        )
    )
    checks.challenge(
        "Find the coin that fits 7 heads of 10 best.", name="best", solved=theta == best and counts.tolist() == [7, 3]
    )
    checks.challenge(
        "Flip twice as often and keep the best coin where it is: the hill narrows, the valley stays.",
        solved=best == 0.7 and counts.sum() == 20,
        name="twice",
    )
    checks.impossible(
        "Find a coin on the top of the hill that is not at the bottom of the valley.",
        name="apart",
        solved=bool(share >= 1 and here.value > least.value + 1e-9),
        because="−log turns over and stretches, but never swaps: what is larger before is smaller after. "
        "And dividing by the number of flips moves nothing sideways.",
    )
    sharing.state(
        binary_cross_entropy,
        theta,
        best,
        torch=sharing.torch_backward(
            f"torch.nn.functional.binary_cross_entropy(theta, torch.tensor({best!r}, dtype=theta.dtype))", theta=theta
        ),
    )


one_series()
st.markdown(
    "The likelihood asks each coin: how probable did you make what came? Cross-entropy asks: how surprised were "
    "you, a flip? The first is largest exactly where the second is smallest, so *maximum likelihood* and *minimum "
    "cross-entropy* are two names for one search."
)
st.header("Why not the likelihood itself?")


@live.picture
def long_series():
    n = series()
    each = binary_cross_entropy(0.5, 0.7)
    whole = float(total(each, weight=n).value)
    product = float(likelihood([0.5, 0.5], np.array([0.7, 0.3]) * n))
    live.show(
        figures.out_of_digits(
            FLIPS,
            each.value * FLIPS,
            at=(n, whole),
            product=product,
            end=float(binary_cross_entropy(SMALLEST, 1).value),
        ),
        says=f"A fair coin, {exact_text(n)} flips: a likelihood of {text(product)}, a surprise of {text(whole)} nats, "
        f"{text(float(each.value))} a flip.",
        handle=series.handle("x"),
    )
    checks.challenge("Flip until the likelihood is 0 to the computer.", solved=product == 0, name="gone")


long_series()
st.markdown(
    "A product of chances shrinks with every flip until a computer has no digits left, and then every coin "
    "looks equally impossible. The sum of the surprises only grows, and their mean does not even do that: it is what a "
    "training log shows."
)
one, other = st.columns(2)
with one:
    checks.misconception(
        "In nats the best coin is another one than in bits.",
        name="unit",
        shows={"theta": 0.7, "unit": Unit.NATS},
        because="A unit stretches the valley, it does not shift it. The bottom stays above what came.",
    )
with other:
    checks.misconception(
        "The likelihood is the probability of each coin.",
        name="belief",
        shows={"came": 1, "missed": 0, "theta": 0.5, "lock_likelihood": True},
        because="It is the probability of the flips, given the coin. After a single heads it is θ itself: a ramp whose "
        "area is a half, not 1. To believe in coins takes a prior as well.",
    )
st.subheader("So what")
st.markdown(
    "Whoever minimizes cross-entropy fits by maximum likelihood, and whoever reports a “negative log-likelihood” "
    "reports cross-entropy: the same number, summed or averaged. Ask which of the two before you compare."
)
sharing.code(likelihood, binary_cross_entropy)
lessons.end(__file__)
