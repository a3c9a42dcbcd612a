"""The pictures of the lesson on focal loss."""

from typing import Final

import numpy as np

from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, expected_focal_loss, log_odds
from xent_ui.controls.declarations import Choice, Distribution, Slider, Steps
from xent_ui.figures import focal_loss as figures
from xent_ui.figures.focal_loss import MOST_WINDOWS, Curves
from xent_ui.formulas import focal_loss as formulas
from xent_ui.style.numbers import counted, digits_apart, exact_text, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

PROBS = np.linspace(0.005, 0.995, 67)
OBJECT: Final = 0.2  # the probability that the detector gives the object, which it has nearly missed
EASY_FROM: Final = 0.5  # the probability from which on focal loss's pull is drawn while the guess is open
ASKED: Final = 0.1  # the probability that the question is about
ASKED_GAMMA: Final = 2.0
LOSS, PULL = "loss", "pull"

right_probability = Slider("pt", "Probability given to the right answer, *p*", 0.01, 0.99, 0.9, 0.01)
focusing = Slider("gamma", "Focusing, γ (0 is cross-entropy)", 0.0, 5.0, 2.0, 0.1)
windows = Steps("windows", "Windows of background, *n*", {n: f"{n:,}" for n in (1, 10, 30, 100, 300, 1000)}, 1000)
easy = Slider("easy", "Probability of “background” in each, *p*", 0.5, 0.999, 0.99, 0.001, "%.3f")
detector_focusing = Slider("focus", "Focusing, γ", 0.0, 5.0, 0.0, 0.1)
balance = Slider("alpha", "Weight α of the object (background: 1 − α)", 0.05, 0.95, 0.5, 0.05)
measure = Choice("ink", "The area of a dot is its share of", {LOSS: "the loss", PULL: "the pull on the logits"}, LOSS)
truth = Slider("truth", "True probability of yes, *t*", 0.5, 0.99, 0.8, 0.01)
report = Slider("report", "What the model says, *p*", 0.01, 0.99, 0.8, 0.001, "%.3f")
honesty_focusing = Slider("bend", "Focusing, γ", 0.0, 5.0, 2.0, 0.1)


def losses_and_pulls(p: np.ndarray | float, gamma: float) -> tuple[Curves, Curves]:
    """Return cross-entropy and focal loss at probability p of the right answer: values, and pulls on the logit."""
    z = log_odds(p)
    plain = binary_cross_entropy_with_logits(z, np.ones_like(z))
    focal = sigmoid_focal_loss(z, 1, gamma=gamma)
    return Curves(plain.value, abs(plain.grad)), Curves(focal.value, abs(focal.grad))


pull_on_a_mistake = Question(
    "focal_loss",
    "A hard example: the model gives the right answer only p\u00a0=\u00a00.1. Cross-entropy pulls on its logit with "
    "0.90, the size of the slope. How hard does focal loss with γ\u00a0=\u00a02 pull?",
    answer=float(losses_and_pulls(ASKED, ASKED_GAMMA)[1].pull),
    low=0,
    high=1.5,
    step=0.01,
)


@view(
    p=right_probability,
    gamma=focusing,
    guess=pull_on_a_mistake,
    tasks=[
        Task("alike", "With γ = 2, find the p at which both losses pull equally hard, to within 0.005."),
        Task("thousand", "Find a p at which focal loss is less than a thousandth of cross-entropy."),
        impossible(
            "dearer",
            "Find a p and a γ at which focal loss is greater than cross-entropy.",
            because="The factor (1 − p)^γ is at most 1, so focal loss is never greater. Its *slope* can still be "
            "steeper, because the factor falls as p rises, and that adds to the slope.",
        ),
    ],
)
def one_example(p: float, gamma: float, guess: Guess) -> View:
    """One example, with its loss and its pull under cross-entropy and under focal loss.

    While the guess is open, focal loss's pull is drawn for easy examples only.
    """
    plain, focal = losses_and_pulls(p, gamma)
    z = float(log_odds(p))
    is_covered = guess.hidden and p < EASY_FROM
    return View(
        figures.loss_and_pull(
            PROBS,
            *losses_and_pulls(PROBS, gamma),
            at=(p, plain, focal),
            guess=guess.at(ASKED) if gamma == ASKED_GAMMA else None,
            pull_from=EASY_FROM if guess.hidden else 0.0,
        ),
        caption=f"At p = {text(p, 2)}, focal loss is {text(float(focal.loss))} nats where cross-entropy is "
        f"{text(float(plain.loss))} nats. "
        + (
            f"Cross-entropy pulls with {text(float(plain.pull))}; focal loss's pull is drawn only where p is ½ or "
            "more. How hard does it pull on a mistake?"
            if is_covered
            else f"It pulls with {text(float(focal.pull))} where cross-entropy pulls with {text(float(plain.pull))}."
        ),
        formula="" if is_covered else formulas.focal_loss(p, gamma, float(focal.loss), -float(focal.pull)),
        solved={
            "alike": gamma == 2 and bool(abs(focal.pull - plain.pull) < 0.005),
            "thousand": bool(plain.loss > 1000 * focal.loss),
            "dearer": bool(focal.loss > plain.loss),
        },
        handles=[right_probability.handle("x")],
        code=call(
            sigmoid_focal_loss,
            z,
            1,
            gamma=gamma,
            torch=backward(f"-((1 - z.sigmoid()) ** {gamma}) * torch.nn.functional.logsigmoid(z)", z=z),
        ),
    )


@view(
    n=windows,
    sure=easy,
    gamma=detector_focusing,
    alpha=balance,
    what=measure,
    tasks=[
        Task("by_gamma", "With 1,000 windows at p = 0.99 and α = 0.5, give the object half of the loss or more."),
        Task("by_alpha", "With 1,000 windows at p = 0.99 and γ = 0, give the object half of the loss or more."),
        Task("drowned", "With γ = 2, bring the object's share of the loss below 2 %."),
    ],
)
def detector(n: int, sure: float, gamma: float, alpha: float, what: str) -> View:
    """One nearly missed object among many background windows, and the share of each side in the sum of losses."""
    each = sigmoid_focal_loss(log_odds([OBJECT, 1 - sure]), [1, 0], gamma=gamma, alpha=alpha)
    losses, pulls = each.value * [1, n], abs(each.grad) * [1, n]
    shares = Distribution.shares(losses if what == LOSS else pulls)
    of_object, of_background = (float(share) for share in shares)
    is_asked_state = n == MOST_WINDOWS and sure == 0.99 and what == LOSS
    return View(
        figures.field((of_object, of_background), windows=n, what=what),
        caption=f"The object, at p = {OBJECT:g}, has {percent(of_object)} of the {what} of this image, and "
        f"{counted(n, 'window')} of background at p = {exact_text(sure)} {'has' if n == 1 else 'have'} "
        f"{percent(of_background)}.",
        formula=formulas.two_sides(
            alpha,
            gamma,
            object_p=OBJECT,
            background_p=sure,
            windows=n,
            totals=tuple(losses if what == LOSS else pulls),
            share=of_object,
            is_loss=what == LOSS,
        ),
        solved={
            "by_gamma": is_asked_state and alpha == 0.5 and of_object >= 0.5,
            "by_alpha": is_asked_state and gamma == 0 and of_object >= 0.5,
            "drowned": gamma == 2 and what == LOSS and of_object < 0.02,
        },
        code=_shares_as_code(n, sure, gamma, alpha, what, shares),
    )


def _shares_as_code(n: int, sure: float, gamma: float, alpha: float, what: str, shares: np.ndarray) -> Code:
    """Return code for the shares of the object and of the background."""
    z = f"log_odds([{OBJECT}, {written(1 - sure)}])"
    of_each = "loss.value" if what == LOSS else "abs(loss.grad)"
    whole = "loss" if what == LOSS else "z.grad.abs()"
    return Code(
        "from xent_core import sigmoid_focal_loss\n"
        "from xent_core.reweighting import log_odds\n\n"
        f"loss = sigmoid_focal_loss({z}, [1, 0], gamma={written(gamma)}, alpha={written(alpha)})\n"
        f"whole = {of_each} * [1, {n}]  # one object, {counted(n, 'window')} of background\n"
        "value = whole / whole.sum()\n"
        "print(value)",
        "import torch\n\n"
        f"p = torch.tensor([{OBJECT}, {written(sure)}], dtype=torch.float64)  # given to the right answer\n"
        f"alpha = torch.tensor([{written(alpha)}, {written(1 - alpha)}], dtype=torch.float64)\n"
        f"windows = torch.tensor([1, {n}])\n"
        "z = p.logit().requires_grad_()\n"
        f"focal = -((1 - z.sigmoid()) ** {written(gamma)}) * torch.nn.functional.logsigmoid(z)\n"
        "loss = windows * alpha * focal\n"
        "loss.sum().backward()\n"
        f"value = {whole} / {whole}.sum()\n"
        "print(value)",
        shares,
    )


@view(
    t=truth,
    gamma=honesty_focusing,
    p=report,
    tasks=[
        Task("cheapest", "With t = 0.8 and γ = 2, find the report with the smallest expected loss, to within 0.002."),
        Task("shy", "Make the best report at least 0.3 less than t."),
        impossible(
            "honest",
            "With γ above 0 and t above ½, make the true probability the best report.",
            because="Where the report is the truth, cross-entropy's slope is 0. The focusing factor adds a slope of "
            "its own there, toward ½, so the lowest point of the curve always lies between ½ and t.",
        ),
    ],
)
def honesty(t: float, gamma: float, p: float) -> View:
    """The expected loss of each report under focal loss, for a true probability."""
    best = best_focal_report(t, gamma=gamma)
    losses, plain = (expected_focal_loss(log_odds(PROBS), t, gamma=each).value for each in (gamma, 0))
    loss = expected_focal_loss(log_odds(p), t, gamma=gamma)
    least, cost = float(expected_focal_loss(log_odds(best), t, gamma=gamma).value), float(loss.value)
    digits = digits_apart(cost, least)
    z = float(log_odds(p))
    given_yes = f"{t} * (1 - z.sigmoid()) ** {gamma} * torch.nn.functional.logsigmoid(z)"
    given_no = f"(1 - {t}) * z.sigmoid() ** {gamma} * torch.nn.functional.logsigmoid(-z)"
    return View(
        figures.report_curve(PROBS, losses, plain, truth=t, gamma=gamma, best=(best, least), at=(p, cost)),
        caption=f"If yes is right {percent(t)} of the time and γ = {exact_text(gamma)}, the report p = {exact_text(p)} "
        f"has an expected loss of {text(cost, digits)} nats. The best report is p = {text(best)}, with "
        f"{text(least, digits)} nats.",
        formula=formulas.expected_focal(
            t,
            p,
            gamma,
            value=cost,
            grad=round(float(loss.grad), 12),  # at the best report, the two terms cancel up to rounding
        ),
        solved={
            "cheapest": t == 0.8 and gamma == 2 and abs(p - best) <= 0.002,
            "shy": t - best >= 0.3,
            "honest": gamma > 0 and t > 0.5 and abs(t - best) < 1e-6,
        },
        handles=[truth.handle("x", at=1.0), report.handle("x", at=0.2)],
        code=call(expected_focal_loss, z, t, gamma=gamma, torch=backward(f"-({given_yes} + {given_no})", z=z)),
    )
