"""The pictures of the lesson on label smoothing."""

from functools import lru_cache
from itertools import islice
from typing import Final

import numpy as np

from xent_core import (
    binary_cross_entropy_with_logits,
    entropy,
    kl_divergence,
    one_hot,
    sigmoid,
    smooth_labels,
    softmax,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_core.calibration import reliability_curve
from xent_core.datasets import make_dataset
from xent_core.models import HiddenLayerModel
from xent_core.optimizers import Adam
from xent_core.training import TrainingSetup, train
from xent_ui.controls.declarations import Slider, Steps
from xent_ui.controls.handles import Play
from xent_ui.controls.shared import random_seed
from xent_ui.figures import label_smoothing as figures
from xent_ui.figures.label_smoothing import Run
from xent_ui.formulas import label_smoothing as formulas
from xent_ui.style.numbers import counted, digits_of_sum, exact_text, percent, plain, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, written
from xent_ui.views.question import Guess, Question, Task, impossible

GAPS = np.linspace(0, 12, 121)
CLASSES: Final = (2, 3, 4, 5, 10, 20, 50, 100, 1000)
STEPS: Final = 80  # of training
RECORDED = range(0, STEPS + 1, 2)  # steps
EXAMPLES, UNSEEN = 60, 1000  # numbers of points
REMEMBERED: Final = 1000  # runs of 1 kB each; the controls allow 900
ANIMALS: Final = ("cat", "dog", "fox", "truck")
UNSMOOTHED = np.array([0.9, 0.09, 0.0099, 0.0001])

logit_gap = Slider("gap", "Logit gap, *z*: right class minus the others", 0.0, 12.0, 2.0, 0.1, "%.1f")
smoothing = Slider("eps", "Smoothing, *ε*", 0.0, 1.0, 0.1, 0.01, "%.2f")
n_classes = Steps("classes", "Classes, *K*", {k: str(k) for k in CLASSES}, 10)
steps_made = Slider("trained", "Training steps", 0, STEPS, STEPS, 2)
run_smoothing = Slider("run_eps", "Smoothing of the smoothed run, *ε*", 0.0, 0.4, 0.1, 0.05, "%.2f")
wrong_labels = Slider("wrong", f"Wrong labels among the {EXAMPLES} examples", 0.0, 0.4, 0.2, 0.1, "percent")
teacher_smoothing = Slider("teacher_eps", "The teacher's smoothing, *ε*", 0.0, 0.5, 0.1, 0.01, "%.2f")
least_loss = Question(
    "label_smoothing",
    "Ten classes, ε = 0.1: the target of the right class is 0.91, that of each other class 0.01. What is the lowest "
    "loss that any model can reach, in nats?",
    answer=float(entropy(smooth_labels(one_hot(0, 10), 0.1)).value),
    low=0,
    high=2,
    step=0.05,
    unit=" nats",
)


def logits_of(gap: np.ndarray | float, k: int) -> np.ndarray:
    """Return logits of k classes, (..., k): ``gap`` for the first class, and 0 for the others."""
    z = np.zeros((*np.shape(gap), k))
    z[..., 0] = gap
    return z


@view(
    gap=logit_gap,
    eps=smoothing,
    k=n_classes,
    guess=least_loss,
    tasks=[
        Task("floor", "With ε = 0.1 and ten classes, bring the loss to within 0.0001 nats of its floor."),
        Task("high_floor", "Keep the target of the right class at 0.9 or more, and raise the floor above 1 nat."),
        impossible(
            "below",
            "With ε = 0.2 and two classes, bring the loss below 0.3 nats.",
            because="The smoothed label is (0.9, 0.1), whose entropy is 0.325 nats. The loss is this entropy plus the "
            "KL divergence of the model's probabilities from the label, which is never negative.",
        ),
    ],
)
def one_answer(gap: float, eps: float, k: int, guess: Guess) -> View:
    """The loss of one answer against a smoothed target, with its floor and the best logit gap."""
    target = smooth_labels(one_hot(0, k), eps)
    z = logits_of(gap, k)
    probs, loss = softmax(z), sparse_softmax_cross_entropy(z, 0, label_smoothing=eps)
    value, surprises = float(loss.value), surprise(target).value
    floor = figures.Floor(
        entropy=float(entropy(target).value),
        excess=max(0.0, round(float(kl_divergence(target, probs).value), 12)),  # at the floor, only rounding is left
        best_gap=float(surprises[1] - surprises[0]),
    )
    smooth, hard = (sparse_softmax_cross_entropy(logits_of(GAPS, k), 0, label_smoothing=e).value for e in (eps, 0))
    digits, digits_of_loss = digits_of_sum(floor.entropy, floor.excess)
    shares = f"The model gives the right class {figures.below_one(probs[0])}; its target is {plain(target[0])}."
    costs = (
        f"The loss is {text(value, digits_of_loss)} nats: the floor H {text(floor.entropy, digits)} plus an excess of "
        f"{text(floor.excess, digits)}. The best gap is {text(floor.best_gap)}."
    )
    return View(
        figures.loss_against_gap(
            GAPS, (smooth, hard), at=(gap, value), floor=floor, target=target, probs=probs, guess=guess.at(7)
        ),
        caption=shares if guess.hidden else f"{shares} {costs}",
        formula=""
        if guess.hidden
        else formulas.smoothed_loss(
            eps,
            k,
            gap,
            target=float(target[0]),
            value=value,
            grad=round(float(loss.grad[0]), 12),  # if p and the target are both 1/K, p − 1/K is 0 up to rounding
            floor=floor.entropy,
            digits=(digits, digits_of_loss),
            best=floor.best_gap,
        ),
        solved={
            "floor": eps == 0.1 and k == 10 and floor.excess < 1e-4,
            "high_floor": bool(target[0] >= 0.9) and floor.entropy > 1,
            "below": eps == 0.2 and k == 2 and value < 0.3,
        },
        handles=[logit_gap.handle("x")],
        code=_loss_as_code(gap, eps, k, value, loss.grad),
    )


def _loss_as_code(gap: float, eps: float, k: int, value: float, grad: np.ndarray) -> Code:
    """Return code for the loss, which fills in the logits by a rule because there may be a thousand of them."""
    return Code(
        "import numpy as np\n\n"
        "from xent_core import sparse_softmax_cross_entropy\n\n"
        f"z = np.zeros({k})\n"
        f"z[0] = {written(gap)}\n"
        f"value, grad = sparse_softmax_cross_entropy(z, 0, label_smoothing={written(eps)})\n"
        "print(value, grad)",
        "import torch\n\n"
        f"z = torch.zeros({k}, dtype=torch.float64)\n"
        f"z[0] = {written(gap)}\n"
        "z.requires_grad_()\n"
        f"value = torch.nn.functional.cross_entropy(z, torch.tensor(0), label_smoothing={written(eps)})\n"
        "value.backward()\n"
        "print(value, z.grad)",
        np.asarray(value),
        grad,
    )


@lru_cache(maxsize=REMEMBERED)
def run(eps: float, wrong: float, seed: int) -> Run:
    """Train a small network on two moons and return its confidence and accuracy on new points with clean labels.

    eps    label smoothing in training
    wrong  the share of wrong labels among the examples
    seed   of the examples and the initial parameters
    """
    examples = make_dataset("moons", EXAMPLES, noise=0.3, label_noise=wrong, seed=seed)
    unseen = make_dataset("moons", UNSEEN, noise=0.3, seed=100)
    model = HiddenLayerModel(16)
    setup = TrainingSetup(
        examples,
        model,
        lambda z, labels: binary_cross_entropy_with_logits(z, smooth_labels(one_hot(labels, 2), eps)[..., 1]),
        Adam(0.2),
        seed=seed,
    )
    history = []
    for state in islice(train(setup), RECORDED.start, RECORDED.stop, RECORDED.step):
        logits = model.forward(state.params, unseen.points)
        is_right = ((logits > 0) == unseen.labels).astype(int)
        in_one_bin = reliability_curve(sigmoid(np.abs(logits)), is_right, n_bins=1)
        history.append((state.step, in_one_bin.confidence[0], in_one_bin.frequency[0]))
    return Run(*np.array(history).T)


@view(
    step=steps_made,
    eps=run_smoothing,
    wrong=wrong_labels,
    seed=random_seed,
    slow=(run_smoothing.key, wrong_labels.key, random_seed.key),
    tasks=[
        Task("overconfident", "Bring the confidence of the first run 20 percentage points or more above its accuracy."),
        Task("modest", "After all 80 steps, have the smoothed run's confidence 5 points or more below its accuracy."),
    ],
)
def two_runs(step: int, eps: float, wrong: float, seed: int) -> View:
    """Two runs of the same network on the same data from the same start: with hard labels and with smoothed ones."""
    hard, smooth = run(0.0, wrong, seed), run(eps, wrong, seed)
    (hard_sure, hard_right), (smooth_sure, smooth_right) = hard.at(step), smooth.at(step)
    return View(
        figures.confidence_runs(
            [("hard labels", hard), (f"smoothed, ε = {exact_text(eps)}", smooth)], at=step, most=STEPS
        ),
        caption=f"After {counted(step, 'step')}, measured on 1,000 new points with right labels: hard labels, "
        f"confidence {_whole_percent(hard_sure)} and accuracy {_whole_percent(hard_right)}; smoothed, confidence "
        f"{_whole_percent(smooth_sure)} and accuracy {_whole_percent(smooth_right)}.",
        solved={
            "overconfident": hard_sure - hard_right >= 0.2,
            "modest": step == STEPS and smooth_right - smooth_sure >= 0.05,
        },
        handles=[steps_made.handle("x")],
        play=Play(steps_made.key, tuple(RECORDED), every=80),
    )


def _whole_percent(share: float) -> str:
    return percent(round(share, 2))


@view(
    eps=teacher_smoothing,
    tasks=[Task("flooded", "Smooth until the teacher calls dog less than 3 times as likely as truck.")],
)
def teacher(eps: float) -> View:
    """The probabilities that a perfect teacher gives to the classes of one photo, with label smoothing and without."""
    smoothed = smooth_labels(UNSMOOTHED, eps)
    _, dog, _, truck = UNSMOOTHED.tolist()
    ratio = float(smoothed[1] / smoothed[3])
    return View(
        figures.teacher(ANIMALS, UNSMOOTHED, smoothed, least=eps / len(UNSMOOTHED)),
        caption=f"With smoothing, the teacher calls dog {text(ratio)} times as likely as truck; without, "
        f"{text(dog / truck)} times.",
        formula=formulas.ratio_of_smoothed(eps, len(UNSMOOTHED), dog, truck, ratio),
        solved={"flooded": ratio < 3},
    )
