"""The pictures of the training lab, and the controls of its two runs."""

from typing import Final

import numpy as np

from xent_core import binary_cross_entropy, mean
from xent_core.datasets import SHAPES
from xent_core.training import LOSSES
from xent_ui.controls.declarations import Choice, Slider, Sliders, Steps
from xent_ui.controls.handles import Play
from xent_ui.controls.shared import random_seed
from xent_ui.experiments.training_runs import (
    OPTIMIZERS,
    TRAINING_SIZE,
    Problem,
    Settings,
    TrainingRun,
    training_data,
    training_run,
)
from xent_ui.figures import training_lab as figures
from xent_ui.figures.five_forecasts import five_forecasts as figure_of_five
from xent_ui.figures.plane import PLANE
from xent_ui.formulas import training_lab as formulas
from xent_ui.formulas.base import lines
from xent_ui.style.numbers import digits_apart, exact_text, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, written
from xent_ui.views.question import Guess, Question, Task, impossible

LAST: Final = 400  # steps of a run
STRIDE: Final = 8  # steps between two points of a curve
ASKED_STEP: Final = 200
KNOWN_STEP: Final = 40  # until here the accuracy that the question asks for is shown while the guess is open
ASKED_LOSS: Final = "squared error"
RATES: Final = {rate: exact_text(rate) for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)}
BEFORE: Final = {"f1": 0.6, "f2": 0.6, "f3": 0.6, "f4": 0.4, "f5": 0.4}
AFTER: Final = {"f1": 0.51, "f2": 0.51, "f3": 0.51, "f4": 0.51, "f5": 0.001}
BOTH_RISE: Final = {  # settings with which loss and accuracy on unseen data both rise from step 20 to step 220
    "loss_a": "cross-entropy",
    "opt_a": "Adam",
    "rate_a": 0.1,
    "per_step": TRAINING_SIZE,
    "shape": "spirals",
    "rare": 1,
    "noise": 0.3,
    "seed": 1,
    "units": 16,
    "start": "fresh",
    "on": "unseen",
    "by": "cross-entropy",
}

loss_a, loss_b = (
    Choice(key, f"Loss of {name}", {each: each for each in LOSSES}, default, look="menu")
    for name, key, default in (("A", "loss_a", "cross-entropy"), ("B", "loss_b", "squared error"))
)
opt_a, opt_b = (
    Choice(key, f"Optimizer of {name}", {each: each for each in OPTIMIZERS}, "descent", look="menu")
    for name, key in (("A", "opt_a"), ("B", "opt_b"))
)
rate_a, rate_b = (
    Steps(key, f"Learning rate of {name}", RATES, 1.0) for name, key in (("A", "rate_a"), ("B", "rate_b"))
)
units = Steps("units", "Hidden units", {0: "none: a line"} | {n: str(n) for n in range(1, 17)}, 8)
start = Choice("start", "Both start", {"wrong": "taught wrong", "fresh": "fresh"}, "wrong")
batch = Steps(
    "per_step", "Examples per step", {1: "1", 4: "4", 16: "16", 50: "50", TRAINING_SIZE: "all"}, TRAINING_SIZE
)
shape = Choice("shape", "Shape", {name: name for name in SHAPES}, "moons", look="menu")
noise = Slider("noise", "Noise", 0.0, 0.6, 0.2, 0.05, "%.2f")
imbalance = Steps("rare", "Diamonds per circle", {n: str(n) for n in (1, 2, 5, 10, 30)}, 1)
measured_on = Choice("on", "Measured on", {"seen": "its examples", "unseen": "1,000 unseen"}, "seen")
loss_shown = Choice("by", "Loss shown", {"cross-entropy": "cross-entropy", "own": "each its own"}, "cross-entropy")
speed = Steps("speed", "Steps per picture", {n: str(n) for n in (1, 2, 5, 10, 20)}, 5)
steps_made = Slider("made", "Steps of training", 0, LAST, 0, 1)
forecasts = [Slider(key, f"Example {key[1:]}", 0.001, 0.999, prob, 0.001, "%.3f") for key, prob in BEFORE.items()]


def accuracy_of_squared_error() -> float:
    """Return the answer to the question: the accuracy in percent of run B with default settings at ASKED_STEP.

    It is not rounded, so that the verdict gives the same number as the caption.
    """
    run_b = training_run(Settings(Problem(), ASKED_LOSS, "descent", 1.0))
    return 100 * run_b.measures(ASKED_STEP, on="seen", by="cross-entropy").accuracy


of_both_runs = (loss_a, loss_b, opt_a, opt_b, rate_a, rate_b, batch, units, start, shape, imbalance, noise, random_seed)
rescue = Question(
    "training_lab",
    "Both networks first learned every label the wrong way around. After 200 steps with the right labels, "
    "cross-entropy gets 99 % right. What percentage does squared error get right?",
    answer=accuracy_of_squared_error,
    low=0,
    high=100,
    step=1,
    unit=" %",
)


@view(
    step=steps_made,
    speed=speed,
    loss_a=loss_a,
    loss_b=loss_b,
    opt_a=opt_a,
    opt_b=opt_b,
    rate_a=rate_a,
    rate_b=rate_b,
    batch=batch,
    units=units,
    start=start,
    shape=shape,
    imbalance=imbalance,
    noise=noise,
    seed=random_seed,
    on=measured_on,
    by=loss_shown,
    guess=rescue,
    slow=[each.key for each in of_both_runs],
    tasks=[
        Task("rescue", "Taught wrong, bring squared error above 95 % accuracy on the moons within 400 steps."),
        Task(
            "crossed",
            "Find a moment when one run has the lower loss and the other the higher accuracy, with the same loss "
            "shown.",
        ),
        impossible(
            "line",
            "Without hidden units, reach 90 % accuracy on the shape “circles”, with one diamond per circle.",
            because="Without hidden units the model separates the classes by a straight line, and the side that holds "
            "the inner ring holds much of the outer one, too. At noise 0.2 even the best line gets only about 70 % "
            "right, and cross-entropy ends near 55 %. No loss helps a model that cannot express the answer.",
        ),
    ],
)
def two_runs(
    step: int,
    speed: int,
    loss_a: str,
    loss_b: str,
    opt_a: str,
    opt_b: str,
    rate_a: float,
    rate_b: float,
    batch: int,
    units: int,
    start: str,
    shape: str,
    imbalance: int,
    noise: float,
    seed: int,
    on: str,
    by: str,
    guess: Guess,
) -> View:
    """Two runs on the same data from the same start, at one step."""
    problem = Problem(shape, noise, imbalance, seed, units, start == "wrong")
    settings = [Settings(problem, loss_a, opt_a, rate_a, batch), Settings(problem, loss_b, opt_b, rate_b, batch)]
    runs = [training_run(each) for each in settings]
    reached = [_at_step(run, each.loss, step, on=on, by=by) for run, each in zip(runs, settings, strict=True)]
    shown = [_without_answer(each, step) if guess.hidden else each for each in reached]
    a, b = (each.current for each in reached)
    of_squared_error = [each.current["accuracy"] for each in reached if each.name == ASKED_LOSS]
    line_on_circles = shape == "circles" and imbalance == 1 and units == 0
    return View(
        figures.two_runs(
            shown,
            training_data(problem),
            step=step,
            last=LAST,
            stride=STRIDE,
            loss_name="own loss" if by == "own" else "loss (nats)",
            guess=guess.at(ASKED_STEP, scale=0.01),
        ),
        caption=f"Step {step} of {LAST}. "
        + " ".join(
            f"{name}, {each.name}: {_share(each.current['accuracy'])} right, "
            f"{'its own loss' if by == 'own' else by} {text(each.current['loss'])}{'' if by == 'own' else ' nats'}, "
            f"ECE {text(each.current['calibration'], 2)}."
            for name, each in zip("AB", shown, strict=True)
        ),
        formula=lines(
            [
                row
                for name, run, each in zip("AB", runs, settings, strict=True)
                for row in formulas.next_step(
                    name,
                    each.loss,
                    figures.ROLES[each.loss],
                    loss=run.measures(step, on="seen", by=each.loss).loss,
                    grad_norm=run.grad_norm(step),
                    step_length=float(np.linalg.norm(run.params(step + 1) - run.params(step))),
                    rate=each.learning_rate if each.optimizer == "descent" and batch == TRAINING_SIZE else None,
                )
            ]
        ),
        solved={
            "rescue": start == "wrong" and shape == "moons" and max(of_squared_error, default=0.0) > 0.95,
            "crossed": by != "own" and (a["loss"] - b["loss"]) * (a["accuracy"] - b["accuracy"]) > 0,
            "line": line_on_circles and max(a["accuracy"], b["accuracy"]) > 0.9,
        },
        handles=[steps_made.handle("x")],
        play=Play(steps_made.key, (*range(0, LAST, speed), LAST), every=80, single=1),
    )


def _at_step(run: TrainingRun, loss: str, step: int, *, on: str, by: str) -> figures.RunAtStep:
    """Return the data of a run at one step, for the figure."""
    tracks = run.tracks([*range(0, step + 1, STRIDE), step], on=on, by=loss if by == "own" else by)
    return figures.RunAtStep(loss, run.setup.model.forward(run.params(step), PLANE), tracks)


def _without_answer(run: figures.RunAtStep, step: int) -> figures.RunAtStep:
    """Return the data of a run without the accuracy that the question asks for, after KNOWN_STEP steps."""
    if run.name != ASKED_LOSS or step <= KNOWN_STEP:
        return run
    accuracy = run.tracks["accuracy"].copy()
    accuracy[KNOWN_STEP // STRIDE + 1 :] = np.nan
    return run._replace(tracks={**run.tracks, "accuracy": accuracy})


def _share(accuracy: float) -> str:
    return "?" if np.isnan(accuracy) else percent(accuracy)


@view(
    probs=Sliders(tuple(forecasts)),
    tasks=[
        Task("all_right", "Get all five right, with a higher mean loss than before."),
        Task("cheap", "Bring the mean loss below half of what it was, with no more right than before."),
        impossible(
            "dear",
            "Get all five right, with a mean loss above 0.7 nats.",
            because="A forecast that is right has a probability above ½ and costs less than ln 2 = 0.693 nats. Only a "
            "wrong one can cost more, and a single one can cost as much as you like.",
        ),
    ],
)
def five_forecasts(probs: np.ndarray) -> View:
    """Five forecasts, each the probability of what was true: how many are right, and their mean loss."""
    earlier = np.array(list(BEFORE.values()))
    losses = binary_cross_entropy(probs, np.ones(5))
    loss_before = float(mean(binary_cross_entropy(earlier, np.ones(5))).value)
    loss, grad = float(mean(losses).value), mean(losses).grad
    right_before, right = float(np.mean(earlier > 0.5)), float(np.mean(probs > 0.5))
    digits = digits_apart(loss, loss_before)
    return View(
        figure_of_five(probs, losses.value, earlier, accuracy=(right_before, right), loss=(loss_before, loss)),
        caption=f"Now {percent(right)} are right, with a mean loss of {text(loss, digits)} nats; before, "
        f"{percent(right_before)} were right, with {text(loss_before, digits)} nats.",
        formula=formulas.mean_of_five(probs.tolist(), loss, grad.tolist()),
        solved={
            "all_right": right == 1 and loss > loss_before,
            "cheap": 2 * loss < loss_before and right <= right_before,
            "dear": right == 1 and loss > 0.7,
        },
        handles=[slider.handle("y", at=i) for i, slider in enumerate(forecasts, 1)],
        code=Code(
            numpy="\n".join(
                [
                    "import numpy as np",
                    "",
                    "from xent_core import binary_cross_entropy, mean",
                    "",
                    f"probs = {written(probs)}",
                    "value, grad = mean(binary_cross_entropy(probs, np.ones(5)))",
                    "print(value, grad)",
                ]
            ),
            torch=backward("-probs.log().mean()", probs=probs),
            value=np.asarray(loss),
            grad=grad,
        ),
    )
