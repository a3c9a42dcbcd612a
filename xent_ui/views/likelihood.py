"""The pictures of the lesson on likelihood."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, total
from xent_core.sampling import likelihood
from xent_ui.controls.declarations import Slider
from xent_ui.controls.shared import unit
from xent_ui.figures import likelihood as figures
from xent_ui.formulas import likelihood as formulas
from xent_ui.style.numbers import counted, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

COINS: Final = np.linspace(0.005, 0.995, 199)
FLIPS: Final = np.arange(0, figures.LONGEST + 1, 20)
SMALLEST_FLOAT: Final = float(np.nextafter(0, 1))

coin = Slider("theta", "Your coin's chance of heads, θ", 0.01, 0.99, 0.5, 0.01)
heads = Slider("came", "Heads that came", 1, 20, 7, 1)
tails = Slider("missed", "Tails that came", 0, 20, 3, 1)
flips = Slider("series", "Flips", 0, figures.LONGEST, 100, 10)
fair_coin = Question(
    "likelihood",
    "Ten flips brought 7 heads. If the coin that fits best counts as 1, how likely is this from a fair coin?",
    answer=float(likelihood([0.5, 0.5], [7, 3]) / likelihood([0.7, 0.3], [7, 3])),
    low=0,
    high=1,
    step=0.01,
)


def relative_likelihood(theta: float | np.ndarray, heads: int, tails: int) -> np.ndarray:
    """Return the likelihood of coins as a share of the likelihood of the best coin."""
    counts, best = [heads, tails], heads / (heads + tails)
    of_coins = likelihood(np.stack([theta, 1 - np.asarray(theta)], axis=-1), counts)
    return of_coins / likelihood([best, 1 - best], counts)


@view(
    heads=heads,
    tails=tails,
    theta=coin,
    unit=unit,
    guess=fair_coin,
    tasks=[
        Task("best", "Find the coin that fits 7 heads of 10 best."),
        Task("twice", "Flip twice as often and keep the best coin where it is: the hill narrows, the valley stays."),
        impossible(
            "apart",
            "Find a coin on the top of the hill that is not at the bottom of the valley.",
            because="−log turns over and stretches, but never swaps: what is larger before is smaller after. "
            "And dividing by the number of flips moves nothing sideways.",
        ),
    ],
)
def one_series(heads: int, tails: int, theta: float, unit: Unit, guess: Guess) -> View:
    """One series of flips, with the likelihood and the cross-entropy of every coin."""
    best = heads / (heads + tails)
    share = float(relative_likelihood(theta, heads, tails))
    loss, least = binary_cross_entropy(theta, best), binary_cross_entropy(best, best)
    loss_in_unit = float(unit.of(loss.value))
    verdict = (
        "Guess how likely yours is."
        if guess.hidden
        else f"Yours is {percent(share)} as likely, and surprised by {text(loss_in_unit)} {unit.symbol} per flip."
    )
    return View(
        figures.likelihood_and_loss(
            COINS,
            relative_likelihood(COINS, heads, tails),
            unit.of(binary_cross_entropy(COINS, np.full(len(COINS), best)).value),
            at=(theta, share, loss_in_unit),
            best=(best, float(unit.of(least.value))),
            unit=unit,
            guess=guess.at(0.5),
        ),
        caption=f"{counted(heads, 'head')} and {counted(tails, 'tail')}: the best coin shows heads {percent(best)} "
        f"of the time. {verdict}",
        formula=formulas.three_views(
            theta,
            (heads, tails),
            product=float(likelihood([theta, 1 - theta], [heads, tails])),
            loss=float(loss.value),
            grad=float(loss.grad),
            unit=unit,
        ),
        solved={
            "best": theta == 0.7 and (heads, tails) == (7, 3),
            "twice": (heads, tails) == (14, 6),
            "apart": share >= 1 and bool(loss.value > least.value + 1e-9),
        },
        handles=[coin.handle("x")],
        code=call(
            binary_cross_entropy,
            theta,
            best,
            unit=unit,
            torch=backward(
                f"torch.nn.functional.binary_cross_entropy(theta, torch.tensor({best!r}, dtype=theta.dtype))",
                unit=unit,
                theta=theta,
            ),
        ),
    )


@view(n=flips, tasks=[Task("gone", "Flip until the likelihood is 0 to the computer.")])
def long_series(n: int) -> View:
    """A series of growing length: its likelihood underflows, its −log does not."""
    per_flip = binary_cross_entropy(0.5, 0.7)
    total_surprise = float(total(per_flip, weight=n).value)
    product = float(likelihood([0.5, 0.5], np.array([0.7, 0.3]) * n))
    return View(
        figures.underflow(
            FLIPS,
            per_flip.value * FLIPS,
            at=(n, total_surprise),
            product=product,
            limit=float(binary_cross_entropy(SMALLEST_FLOAT, 1).value),
        ),
        caption=f"A fair coin, {counted(n, 'flip')}: a likelihood of {text(product)}, a surprise of "
        f"{text(total_surprise)} nats, {text(float(per_flip.value))} per flip.",
        solved={"gone": product == 0},
        handles=[flips.handle("x")],
    )
