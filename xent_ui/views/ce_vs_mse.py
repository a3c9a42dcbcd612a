"""The pictures of the lesson on cross-entropy and squared error."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from xent_core import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    expected_loss,
    sigmoid,
    sigmoid_squared_error,
    squared_error,
)
from xent_core.datasets import make_dataset
from xent_core.optimizers import GradientDescent
from xent_core.scoring import best_report, log_rule, quadratic_rule
from xent_core.training import LOSSES, TrainingSetup, descend, loss_surface, train
from xent_ui.controls.declarations import Choice, Slider, Steps
from xent_ui.controls.handles import Play
from xent_ui.controls.shared import label
from xent_ui.controls.shared import logit as shared_logit
from xent_ui.figures import ce_vs_mse as figures
from xent_ui.formulas import ce_vs_mse as formulas
from xent_ui.style.numbers import counted, exact_text, percent, percents, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code
from xent_ui.views.question import Guess, Question, Task, impossible

CE, SE, FOCAL = "cross-entropy", "squared error", "focal"  # names in LOSSES
LOGITS: Final = np.round(np.linspace(-10, 10, 201), 1)
STARTS: Final = np.round(np.linspace(-8, 0, 81), 1)
LAST_STEP: Final = 300
WEIGHTS: Final = np.linspace(-8, 8, 41)
CUT: Final = np.linspace(-8, 8, 161)
ALONG: Final = 81  # points of the surface along a chord; the one in the middle is halfway
REPORTS: Final = np.linspace(0.002, 0.998, 250)
TWELVE_POINTS: Final = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
RATES: Final = {rate: exact_text(rate) for rate in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)}

logit = replace(shared_logit, default=-6.0)
wrt = Choice("wrt", "Slope in", {"z": "z", "p": "p"}, "z")
start = Slider("z0", "All start at logit", -8.0, 0.0, -6.0, 0.1, "%.1f")
rate = Steps("eta", "Learning rate, *η*", RATES, 1.0)
step = Slider("step", "Steps made", 0, LAST_STEP, 0, 1)
surface = Choice("surface", "Loss", {CE: CE, SE: SE}, CE)
cut_at = Slider("w2", "Cut at weight w₂", -8.0, 8.0, -2.0, 0.5, "%.1f")
chord_from = Slider("from", "Chord from w₁", -8.0, 0.0, -6.0, 0.5, "%.1f")
chord_to = Slider("to", "Chord to w₁", 0.5, 8.0, 6.0, 0.5, "%.1f")
truth = Slider("yes", "True probability of yes, *t*", 0.05, 0.95, 0.8, 0.01)
slope_at_minus_six = Question(
    "ce_vs_mse",
    "The label is 1, and at z\u00a0=\u00a0−6 the model says 0.25 %. Cross-entropy's slope there is −0.998. "
    "How large is squared error's slope, without its sign?",
    answer=float(abs(sigmoid_squared_error(-6.0, 1).grad)),
    low=0,
    high=1,
    step=0.005,
)


@lru_cache(maxsize=3 * len(RATES))
def paths(name: str, rate: float) -> np.ndarray:
    """Return the logits after each step of gradient descent for a label of 1: (steps + 1, starts)."""
    labels = np.ones(len(STARTS), dtype=int)
    return _frozen(descend(LOSSES[name], STARTS, labels, steps=LAST_STEP, optimizer=GradientDescent(rate)))


@lru_cache(maxsize=2)
def losses_over_weights(name: str) -> np.ndarray:
    """Return the mean loss over the twelve points on a grid of both weights, (w₂, w₁)."""
    return _frozen(loss_surface(TrainingSetup(TWELVE_POINTS, loss=LOSSES[name]), np.zeros(3), (0, 1), WEIGHTS, WEIGHTS))


@lru_cache(maxsize=2)
def accuracy_after_200_steps(name: str) -> str:
    """Return the accuracy of a linear model trained with a loss for 200 steps on 200 points, in percent."""
    run = train(TrainingSetup(make_dataset("blobs", 200, noise=0.6, seed=3), loss=LOSSES[name]))
    return percent(next(state for state in run if state.step == 200).measures.accuracy)


def _frozen(array: np.ndarray) -> np.ndarray:
    """Return an array made read-only, because all learners share the arrays in a cache."""
    array.flags.writeable = False
    return array


@view(
    z=logit,
    y=label,
    wrt=wrt,
    guess=slope_at_minus_six,
    tasks=[
        Task("steepest", "Find the logit at which squared error is steepest in z."),
        Task(
            "thousand", "Make the slope of cross-entropy in z at least 1,000 times as large as that of squared error."
        ),
        impossible(
            "steeper",
            "Make cross-entropy steeper than 1 in z, upward or downward.",
            because="Its slope in z is p − y, the difference of two numbers from 0 to 1. So however wrong the model "
            "is, the slope is never larger than 1 in size.",
        ),
    ],
)
def slopes(z: float, y: int, wrt: str, guess: Guess) -> View:
    """The slopes of both losses; while the guess is open, squared error's is drawn only where the model is right."""
    p, probs = sigmoid(z), sigmoid(LOGITS)
    ce_in_z, se_in_z = binary_cross_entropy_with_logits(z, y), sigmoid_squared_error(z, y)
    se_slopes_in_z = sigmoid_squared_error(LOGITS, y).grad
    if wrt == "z":
        ce, se = ce_in_z, se_in_z
        ce_slopes, se_slopes = binary_cross_entropy_with_logits(LOGITS, y).grad, se_slopes_in_z
    else:
        ce, se = binary_cross_entropy(p, y), squared_error(p, y)
        ce_slopes, se_slopes = binary_cross_entropy(probs, y).grad, squared_error(probs, y).grad
    steepest = LOGITS[np.argmax(np.abs(se_slopes_in_z))]
    is_covered = guess.hidden and not figures.is_right(z, y)
    return View(
        figures.slopes(
            LOGITS, ce_slopes, se_slopes, at=(z, float(ce.grad), float(se.grad)), wrt=wrt, label=y, guess=guess.at(-6)
        ),
        caption=f"At z = {exact_text(z)}, where p = {percent(float(p))}, the slope in {wrt} of cross-entropy is "
        f"{text(float(ce.grad))}"
        + (
            f". Squared error is drawn only where the model is on the right side, p {'>' if y else '<'} ½. What does "
            "it do on the other side?"
            if is_covered
            else f", that of squared error {text(float(se.grad))}."
        ),
        formula="" if is_covered else formulas.two_slopes(z, float(p), y, ce, se, wrt=wrt),
        solved={
            "steepest": bool(np.isclose(z, steepest)),
            "thousand": bool(abs(ce_in_z.grad) >= 1000 * abs(se_in_z.grad)),
            "steeper": bool(abs(ce_in_z.grad) > 1),
        },
        handles=[logit.handle("x")],
        code=None if guess.hidden else code_of_slopes(z, y, wrt),
    )


def code_of_slopes(z: float, y: int, wrt: str) -> Code:
    """Return both losses and their slopes as code: cross-entropy first, then squared error."""
    p = sigmoid(z)
    if wrt == "z":
        names, argument, value_now = ("binary_cross_entropy_with_logits", "sigmoid_squared_error"), "z", f"z = {z!r}"
        losses = binary_cross_entropy_with_logits(z, y), sigmoid_squared_error(z, y)
        tensor = f"z = torch.full((2,), {z!r}, dtype=torch.float64, requires_grad=True)"
        torch_losses = "binary_cross_entropy_with_logits(z[0], y)", "mse_loss(z[1].sigmoid(), y)"
    else:
        names, argument, value_now = ("binary_cross_entropy", "squared_error"), "p", f"p = sigmoid({z!r})"
        losses = binary_cross_entropy(p, y), squared_error(p, y)
        tensor = f"p = torch.full((2,), {z!r}, dtype=torch.float64).sigmoid().requires_grad_()"
        torch_losses = "binary_cross_entropy(p[0], y)", "mse_loss(p[1], y)"
    imported = ", ".join(sorted([*names, *(["sigmoid"] if wrt == "p" else [])]))
    value, grad = (np.array([float(loss[part]) for loss in losses]) for part in (0, 1))
    calls = ", ".join(f"{name}({argument}, {y})" for name in names)
    return Code(
        numpy=f"import numpy as np\n\nfrom xent_core import {imported}\n\n"
        f"{value_now}\n"
        f"losses = [{calls}]\n"
        "value, grad = np.array(losses).T\n"
        "print(value, grad)",
        torch="import torch\nfrom torch.nn import functional\n\n"
        f"{tensor}\n"
        f"y = torch.tensor({y}.0, dtype=torch.float64)\n"
        "value = torch.stack([\n"
        f"    functional.{torch_losses[0]},\n"
        f"    functional.{torch_losses[1]},\n"
        "])\n"
        "value.sum().backward()\n"
        f"print(value, {argument}.grad)",
        value=value,
        grad=grad,
    )


@view(
    z0=start,
    rate=rate,
    step=step,
    tasks=[
        Task("arrive", "Start at z = −4 or less, and bring squared error above 50 %."),
        Task("hurry", "Start at z = −6 or less, and bring squared error above 50 % within 20 steps."),
    ],
)
def race(z0: float, rate: float, step: int) -> View:
    """Gradient descent with three losses from a confident mistake."""
    column = int(np.argmin(np.abs(STARTS - z0)))
    path_of = {name: paths(name, rate)[:, column] for name in (CE, SE, FOCAL)}
    prob_of = {name: float(sigmoid(path[step])) for name, path in path_of.items()}
    arrivals = [int(np.argmax(path_of[name] > 0)) or None for name in (CE, SE)]
    truths = np.ones(len(figures.LANE), dtype=int)
    is_right = prob_of[SE] > 0.5
    began, *shares = percents(float(sigmoid(z0)), *prob_of.values(), places=2)
    return View(
        figures.race(
            [
                figures.Runner(name, LOSSES[name](figures.LANE, truths).grad, path[: step + 1], prob_of[name])
                for name, path in path_of.items()
            ],
            step=step,
        ),
        caption=f"The label is y = 1. From p = {began}, after {counted(step, 'step')}: "
        + ", ".join(f"{name} {share}" for name, share in zip(prob_of, shares, strict=True))
        + ". The height of each area is the size of the slope in z there: where it is low, steps are short.",
        formula=formulas.steps_to_right(z0, rate, float(path_of[CE][1]), arrivals, most=LAST_STEP),
        solved={"arrive": is_right and z0 <= -4, "hurry": is_right and z0 <= -6 and step <= 20},
        handles=[start.handle("x")],
        play=Play("step", (*range(30), *range(30, 60, 2), *range(60, LAST_STEP + 1, 5))),
    )


@view(
    name=surface,
    w2=cut_at,
    a=chord_from,
    b=chord_to,
    tasks=[
        Task("bent", "For squared error, find a chord whose middle lies below the surface."),
        impossible(
            "bowl",
            "For cross-entropy, find a chord whose middle lies below the surface.",
            because="Cross-entropy is convex in the logits, the logits are linear in the weights, and a mean of convex "
            "functions is convex. In a network with a hidden layer, the logits are not linear in all weights, and this "
            "guarantee is lost.",
        ),
    ],
)
def chord(name: str, w2: float, a: float, b: float) -> View:
    """A loss over both weights of a linear model, and a chord of its graph."""
    setup = TrainingSetup(TWELVE_POINTS, loss=LOSSES[name])
    cut, along = (
        loss_surface(setup, np.zeros(3), (0, 1), w1, np.array([w2]))[0] for w1 in (CUT, np.linspace(a, b, ALONG))
    )
    straight = np.linspace(along[0], along[-1], ALONG)
    halfway, halfway_on_chord = float(along[ALONG // 2]), float(straight[ALONG // 2])
    chord_is_below = halfway > halfway_on_chord
    is_above_elsewhere = bool(np.any(along > straight + 1e-9))
    on_surface, on_chord, _ = figures.heights(halfway, halfway_on_chord, name)
    unit = " nats" if name == CE else ""
    return View(
        figures.surface(
            WEIGHTS, losses_over_weights(name), (CUT, cut), height=w2, chord=(a, b), along=along, loss=name
        ),
        caption=f"Halfway along the chord, the mean {name} is {on_surface}{unit}, and the chord is at "
        f"{on_chord}{unit}: the surface lies "
        + (
            "above its chord, so it is not convex."
            if chord_is_below
            else "below its chord there, but above it where it is hatched, so it is not convex."
            if is_above_elsewhere
            else "below its chord, as in a bowl."
        ),
        solved={"bent": chord_is_below and name == SE, "bowl": chord_is_below and name == CE},
        handles=[chord_to.handle("x")],
    )


def squared_error_rule(report: np.ndarray) -> np.ndarray:
    """Return (p − y)² for each of two outcomes; the quadratic rule adds the same amount for the other outcome."""
    return quadratic_rule(report) / 2


@view(t=truth)
def honesty(t: float) -> View:
    """The expected loss of every report under both losses: both are least for the honest one."""
    rules, belief = (log_rule, squared_error_rule), np.array([t, 1 - t])
    reports = np.stack([REPORTS, 1 - REPORTS], axis=-1)
    best = [best_report(rule, belief) for rule in rules]
    best_ce, best_se = (float(report[0]) for report in best)
    least_ce, least_se = (float(expected_loss(rule, belief, p)) for rule, p in zip(rules, best, strict=True))
    return View(
        figures.honesty(
            REPORTS,
            *(expected_loss(rule, belief, reports) for rule in rules),
            truth=t,
            best=(best_ce, best_se),
            lowest=(least_ce, least_se),
        ),
        caption=f"If yes is right {percent(t)} of the time, expected cross-entropy is least at p = {percent(best_ce)}, "
        f"with {text(least_ce)} nats, and expected squared error at p = {percent(best_se)}, with {text(least_se)}.",
        formula=formulas.expected_squared_error(t, least_se),
        handles=[truth.handle("x")],
    )
