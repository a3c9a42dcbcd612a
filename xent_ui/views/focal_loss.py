"""The pictures of the lesson on focal loss."""

from typing import Final

import numpy as np

from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, expected_focal_loss, log_odds
from xent_ui.controls.declarations import Choice, Distribution, Slider, Steps
from xent_ui.figures import focal_loss as figures
from xent_ui.figures.focal_loss import MOST_WINDOWS, Curves
from xent_ui.formulas import focal_loss as formulas
from xent_ui.style.numbers import counted, exact_text, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

PROBS = np.linspace(0.005, 0.995, 67)
OBJECT: Final = 0.1  # the probability that the detector gives the object, which it has nearly missed
LOSS, PULL = "loss", "pull"

right_probability = Slider("pt", "Probability given to the right answer, *p*", 0.01, 0.99, 0.9, 0.01)
focusing = Slider("gamma", "Focusing, γ (0 is cross-entropy)", 0.0, 5.0, 2.0, 0.1)
windows = Steps("windows", "Windows of background", {n: f"{n:,}" for n in (1, 10, 30, 100, 300, 1000)}, 1000)
easy = Slider("easy", "How sure it is of each: “background”", 0.5, 0.999, 0.99, 0.001, "%.3f")
detector_focusing = Slider("focus", "Focusing, γ", 0.0, 5.0, 0.0, 0.1)
balance = Slider("alpha", "Weight of the object, α (background has 1 − α)", 0.05, 0.95, 0.5, 0.05)
measure = Choice("ink", "The dots share out", {LOSS: "the loss", PULL: "the pull on the logits"}, LOSS)
truth = Slider("truth", "How often it is true", 0.5, 0.99, 0.8, 0.01)
report = Slider("report", "What the model reports", 0.01, 0.99, 0.8, 0.001, "%.3f")
honesty_focusing = Slider("bend", "Focusing, γ", 0.0, 5.0, 2.0, 0.1)


def losses_and_pulls(p: np.ndarray | float, gamma: float) -> tuple[Curves, Curves]:
    """Return cross-entropy and focal loss at probability p of the right answer: values, and pulls on the logit."""
    z = log_odds(p)
    plain = binary_cross_entropy_with_logits(z, np.ones_like(z))
    focal = sigmoid_focal_loss(z, 1, gamma=gamma)
    return Curves(plain.value, abs(plain.grad)), Curves(focal.value, abs(focal.grad))


pull_on_a_mistake = Question(
    "focal_loss",
    "An example is badly wrong: *p* = 0.1, and cross-entropy pulls its logit with 0.90. "
    "How hard does focal loss with γ = 2 pull?",
    answer=float(losses_and_pulls(0.1, 2.0)[1].pull),
    low=0,
    high=1.5,
    step=0.01,
)


@view(
    p=right_probability,
    gamma=focusing,
    guess=pull_on_a_mistake,
    tasks=[
        Task("alike", "With γ = 2, find where both pull alike (to 0.005)."),
        Task("thousand", "Find an example that focal loss counts 1,000 times less."),
        impossible(
            "dearer",
            "Find one that costs more under focal loss.",
            because="The factor (1 − p)^γ is at most 1, so the loss can only shrink. Its *slope* can still be steeper: "
            "the factor changes with p, and that adds to the pull.",
        ),
    ],
)
def one_example(p: float, gamma: float, guess: Guess) -> View:
    """One example, with its loss and its pull under cross-entropy and under focal loss."""
    plain, focal = losses_and_pulls(p, gamma)
    z = float(log_odds(p))
    return View(
        figures.loss_and_pull(PROBS, *losses_and_pulls(PROBS, gamma), at=(p, plain, focal), guess=guess.at(0.1)),
        caption="Cross-entropy in gray. Where will focal loss with γ = 2 be?"
        if guess.hidden
        else f"At p = {text(p, 2)} focal loss costs {text(float(focal.loss))} nats against cross-entropy's "
        f"{text(float(plain.loss))}, and pulls with {text(float(focal.pull))} against {text(float(plain.pull))}.",
        formula="" if guess.hidden else formulas.focal_loss(p, gamma, float(focal.loss), -float(focal.pull)),
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
        Task("by_gamma", "1,000 windows at 0.99: give the object half the loss with γ alone (α = 0.5)."),
        Task("by_alpha", "The same with α alone (γ = 0)."),
        Task("drowned", "Drown the object again, below 2 % of the loss, though γ = 2."),
    ],
)
def detector(n: int, sure: float, gamma: float, alpha: float, what: str) -> View:
    """One nearly missed object among many background windows, and the share of each side in the sum of losses."""
    each = sigmoid_focal_loss(log_odds([OBJECT, 1 - sure]), [1, 0], gamma=gamma, alpha=alpha)
    losses, pulls = each.value * [1, n], abs(each.grad) * [1, n]
    shares = Distribution.shares(losses if what == LOSS else pulls)
    of_object, of_background = (float(share) for share in shares)
    is_asked_state = n == MOST_WINDOWS and sure == 0.99 and what == LOSS
    are, hold = ("is", "holds") if n == 1 else ("are", "hold")
    return View(
        figures.field((of_object, of_background), windows=n, what=what),
        caption=f"All the ink is the {what} of one image. The object, at p = {OBJECT:g}, holds {percent(of_object)}; "
        f"{counted(n, 'window')} that {are} {percent(sure)} sure of background {hold} {percent(of_background)}.",
        formula=formulas.two_sides(
            alpha, gamma, object_p=OBJECT, background_p=sure, windows=n, losses=tuple(losses), pulls=tuple(pulls)
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
    q=report,
    tasks=[
        Task("cheapest", "True 80 % of the time, γ = 2: find the cheapest report (to 0.002)."),
        Task("shy", "Make it pay to hold back 0.3 or more."),
        impossible(
            "honest",
            "With γ above 0, find a truth over ½ where honesty is cheapest.",
            because="Where the report is the truth, cross-entropy's slope is 0. The focusing factor adds a slope of "
            "its own there, toward ½, so the bottom of the curve always lies on the shy side.",
        ),
    ],
)
def honesty(t: float, gamma: float, q: float) -> View:
    """The expected loss of each report under focal loss, for a true probability."""
    best = best_focal_report(t, gamma=gamma)
    losses, plain = (expected_focal_loss(log_odds(PROBS), t, gamma=each).value for each in (gamma, 0))
    loss = expected_focal_loss(log_odds(q), t, gamma=gamma)
    least, cost = float(expected_focal_loss(log_odds(best), t, gamma=gamma).value), float(loss.value)
    z = float(log_odds(q))
    given_yes = f"{t} * (1 - z.sigmoid()) ** {gamma} * torch.nn.functional.logsigmoid(z)"
    given_no = f"(1 - {t}) * z.sigmoid() ** {gamma} * torch.nn.functional.logsigmoid(-z)"
    return View(
        figures.report_curve(PROBS, losses, plain, truth=t, gamma=gamma, best=(best, least), at=(q, cost)),
        caption=f"True {percent(t)} of the time, γ = {exact_text(gamma)}: reporting {exact_text(q)} costs {text(cost)} "
        f"nats on average; the cheapest report is {text(best)}, at {text(least)}.",
        formula=formulas.expected_focal(
            t,
            q,
            gamma,
            value=cost,
            grad=round(float(loss.grad), 12),  # at the best report, the two terms cancel up to rounding
        ),
        solved={
            "cheapest": t == 0.8 and gamma == 2 and abs(q - best) <= 0.002,
            "shy": t - best >= 0.3,
            "honest": gamma > 0 and t > 0.5 and abs(t - best) < 1e-6,
        },
        handles=[truth.handle("x", at=1.0), report.handle("x", at=0.2)],
        code=call(expected_focal_loss, z, t, gamma=gamma, torch=backward(f"-({given_yes} + {given_no})", z=z)),
    )
