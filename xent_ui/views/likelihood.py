"""The pictures of the lesson on likelihood."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, sigmoid, surprise, total
from xent_core.sampling import likelihood
from xent_ui.controls.declarations import Slider
from xent_ui.controls.shared import unit
from xent_ui.figures import likelihood as figures
from xent_ui.formulas import likelihood as formulas
from xent_ui.style.numbers import counted, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

COINS: Final = sigmoid(np.linspace(-7, 7, 321))  # densest at the ends, where the curves are steep
FLIPS: Final = np.union1d(np.arange(0, figures.LONGEST + 1, 25), 1074)  # 0.5¹⁰⁷⁴ is the smallest float64 above 0
PRODUCTS: Final = np.array([likelihood([0.5, 0.5], [n, 0]) for n in FLIPS])
POWERS: Final = np.log10(PRODUCTS, out=np.full(len(FLIPS), -np.inf), where=PRODUCTS > 0)
# A product below half of the smallest float64 is rounded to 0.
LOST_BELOW: Final = float(np.log10(np.nextafter(0, 1)) - np.log10(2))
TOLD_FROM: Final = 0.6  # while the guess is open, the likelihood is shown for coins from here on

coin = Slider("theta", "Your coin's probability of heads, *p*", 0.01, 0.99, 0.5, 0.01)
heads = Slider("came", "Heads, *h*", 1, 20, 7, 1)
tails = Slider("missed", "Tails, *t*", 0, 20, 3, 1)
flips = Slider("series", "Flips of a fair coin", 0, figures.LONGEST, 100, 10)
fair_coin = Question(
    "likelihood",
    "Ten flips gave 7 heads and 3 tails. If the likelihood of the best coin, p\u00a0=\u00a00.7, counts as 1, how "
    "large is that of a fair coin?",
    answer=float(likelihood([0.5, 0.5], [7, 3]) / likelihood([0.7, 0.3], [7, 3])),
    low=0,
    high=1,
    step=0.01,
)


def relative_likelihood(p: float | np.ndarray, heads: int, tails: int) -> np.ndarray:
    """Return the likelihood of coins as a share of the likelihood of the best coin."""
    counts, best = [heads, tails], heads / (heads + tails)
    of_coins = likelihood(np.stack([p, 1 - np.asarray(p)], axis=-1), counts)
    return of_coins / likelihood([best, 1 - best], counts)


@view(
    heads=heads,
    tails=tails,
    p=coin,
    unit=unit,
    guess=fair_coin,
    tasks=[
        Task("best", "Find the coin that makes 7 heads in 10 flips the most likely."),
        Task(
            "twice",
            "Take twice as many flips, 20, with the best coin still at 0.7: the upper curve becomes narrower, and the "
            "lower one stays where it is.",
        ),
        impossible(
            "apart",
            "Find a coin that has the largest likelihood, but not the smallest loss.",
            because="Minus the logarithm turns the order around: the larger the likelihood, the smaller its −log. "
            "Dividing by the number of flips does not change the order.",
        ),
    ],
)
def one_series(heads: int, tails: int, p: float, unit: Unit, guess: Guess) -> View:
    """Some flips, with the likelihood and the cross-entropy of every coin."""
    best = heads / (heads + tails)
    share = float(relative_likelihood(p, heads, tails))
    loss, least = binary_cross_entropy(p, best), binary_cross_entropy(best, best)
    loss_in_unit = float(unit.of(loss.value))
    told_from = TOLD_FROM if guess.hidden else 0.0
    said = f"a loss of {text(loss_in_unit)} {unit.symbol} per flip"
    verdict = (
        f"With yours, these flips are {percent(share)} as likely as with the best coin, at {said}."
        if p >= told_from
        else f"Yours has {said}. How likely does it make these flips? Make a guess."
    )
    return View(
        figures.likelihood_and_loss(
            COINS,
            relative_likelihood(COINS, heads, tails),
            unit.of(binary_cross_entropy(COINS, np.full(len(COINS), best)).value),
            at=(p, share, loss_in_unit),
            best=(best, float(unit.of(least.value))),
            unit=unit,
            guess=guess.at(0.5),
            told_from=told_from,
        ),
        caption=f"{counted(heads, 'head')} and {counted(tails, 'tail')}: the best coin gives heads a probability of "
        f"{percent(best)}. {verdict}",
        formula=formulas.three_views(
            p,
            (heads, tails),
            product=float(likelihood([p, 1 - p], [heads, tails])),
            loss=float(loss.value),
            grad=float(loss.grad),
            unit=unit,
        ),
        solved={
            "best": p == 0.7 and (heads, tails) == (7, 3),
            "twice": (heads, tails) == (14, 6),
            "apart": share >= 1 and bool(loss.value > least.value + 1e-9),
        },
        handles=[coin.handle("x")],
        code=call(
            binary_cross_entropy,
            p,
            best,
            unit=unit,
            torch=backward(
                f"torch.nn.functional.binary_cross_entropy(p, torch.tensor({best!r}, dtype=p.dtype))", unit=unit, p=p
            ),
        ),
    )


@view(n=flips, tasks=[Task("gone", "Find a number of flips at which the computer stores the likelihood as exactly 0.")])
def long_series(n: int) -> View:
    """More and more flips of a fair coin: their likelihood underflows, its −log does not."""
    per_flip = surprise(0.5)
    total_surprise = float(total(per_flip, weight=n).value)
    product = float(likelihood([0.5, 0.5], [n, 0]))
    return View(
        figures.underflow(
            FLIPS, POWERS, per_flip.value * FLIPS, at=(n, product, total_surprise), lost_below=LOST_BELOW
        ),
        caption=f"After {counted(n, 'flip')} of a fair coin the likelihood is {text(product)}, as the computer stores "
        f"it. Its −ln, as a sum of logarithms, is {text(total_surprise)} nats, or {text(float(per_flip.value))} nats "
        "per flip."
        if n
        else "Before the first flip, the likelihood is 1 and its −ln is 0.",
        solved={"gone": product == 0},
        handles=[flips.handle("x")],
    )
