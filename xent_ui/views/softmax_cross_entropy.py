"""The pictures of the lesson on softmax cross-entropy."""

import math
from typing import Final

import numpy as np

from xent_core import (
    one_hot,
    perplexity,
    smooth_labels,
    softmax,
    softmax_cross_entropy,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_ui.controls.declarations import Choice, Slider, Sliders, Steps
from xent_ui.controls.handles import Handle
from xent_ui.figures import softmax_cross_entropy as figures
from xent_ui.figures.label_formats import LabelFormat, label_formats
from xent_ui.formulas import softmax_cross_entropy as formulas
from xent_ui.style.numbers import plain, text
from xent_ui.views.base import View, view
from xent_ui.views.code import backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = ("cat", "dog", "fox", "cow", "bus", "jet")
LOGITS: Final = (1.0, 2.0, 0.0, -1.0, 0.5, -2.0)
FEWEST: Final = 3  # the smallest number of classes
LOW, HIGH, STEP = -5.0, 5.0, 0.25
LOGIT_VALUES: Final = np.arange(LOW, HIGH + STEP, STEP)
TEMPERATURES: Final = (0.1, 0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
N_CLASSES: Final = 1000  # in the last picture of the lesson
FIRST_CLASS, CLASS_STEP = 207, 389  # in its batch: far apart, and no two alike
FORMATS: Final = (("Class number", "Number"), ("One-hot row", "One-hot"), ("Soft label", "Soft label"))
TOLD_FROM: Final = 0.2  # while the guess is open, the smallest probability of the right class that is shown
FOOLED: Final = (1.0, 5.0, 0.0, -1.0)  # the logits that the question is about

n_classes = Choice("logits", "Number of classes, *K*", {k: str(k) for k in range(FEWEST, len(NAMES) + 1)}, 4)
right_class = Choice("right", "What the photo shows", dict(enumerate(NAMES[:FEWEST])), 0)
logits = [
    Slider(f"z{i}", f"Logit of {name}", LOW, HIGH, z, STEP, "%.2f").when(logits=range(max(i, FEWEST), len(NAMES) + 1))
    for i, (name, z) in enumerate(zip(NAMES, LOGITS, strict=True), 1)
]
shift = Slider("shift", "Added to every logit, *c*", -10.0, 10.0, 0.0, 0.5, "%.1f")
temperature = Steps("temperature", "Temperature, *T*", {t: f"{t:g}" for t in TEMPERATURES}, 1.0)
batch_size = Steps("batch", "Examples in the batch", {n: str(n) for n in (1, 8, 32, 128)}, 8)
lead = Slider("ahead", "Logit of the right class; the others are 0", 0.0, 15.0, 0.0, 0.5, "%.1f")
doubt = Slider("doubt", "Share that the soft label spreads over all classes", 0.0, 0.5, 0.0, 0.05, "%.2f")
slope_of_the_cat = Question(
    "softmax_cross_entropy",
    "It is a cat, but the dog's logit rises from 2 to 5. How steep is the loss in the cat's logit then? Give the slope "
    "with its sign.",
    answer=float(sparse_softmax_cross_entropy(FOOLED, 0).grad[0]),
    low=-1,
    high=1,
    step=0.05,
)


@view(
    label=right_class,
    k=n_classes,
    z=Sliders(tuple(logits)),
    guess=slope_of_the_cat,
    tasks=[
        Task(
            "untrained",
            "Make the loss exactly ln K, the loss of a model that gives all K classes the same probability.",
        ),
        Task("sure", "Bring the loss below 0.01 nats."),
        impossible(
            "all_up",
            "Find logits for which every slope is negative, so that training raises all logits.",
            because="The probabilities add up to 1, and so do the labels. So the slopes p − y add up to 0: if one "
            "logit is pulled up, others are pulled down by as much.",
        ),
    ],
)
def one_example(label: int, k: int, z: np.ndarray, guess: Guess) -> View:
    """One example: softmax of its logits, and the gradient p − y."""
    names, target, probs = NAMES[:k], one_hot(label, k), softmax(z)
    loss = softmax_cross_entropy(z, target)
    value, grad = float(loss.value), loss.grad
    is_told = not guess.hidden or bool(probs[label] >= TOLD_FROM)
    name = names[label]
    return View(
        figures.softmax_over_gradient(names, probs, grad, label=label, guess=guess.at(0), told=is_told),
        caption=f"It is a {name}, which gets {near_one(probs[label])}: the loss is {text(value)} nats. The slope in "
        f"the logit of {name} is {text(grad[label])}, so training raises it. The other slopes add up to "
        f"+{text(-grad[label])}, so training lowers those logits."
        if is_told
        else f"It is a {name}, but {name} gets less than {TOLD_FROM:g}. How steep is the loss where the model is so "
        "wrong? Make a guess.",
        formula=formulas.softmax_loss(names, z.tolist(), label, value, grad.tolist()) if is_told else "",
        solved={
            "untrained": bool(np.isclose(value, surprise(1 / k).value, rtol=1e-9)),
            "sure": value < 0.01,
            "all_up": bool((grad < 0).all()),
        },
        handles=[
            Handle(logit.key, "y", low=LOW, high=HIGH, step=STEP, stops=stops, at=i)
            for i, (logit, stops) in enumerate(zip(logits, probs_of_logit_values(z), strict=False))
        ],
        code=call(
            softmax_cross_entropy,
            z,
            target,
            torch=backward(f"torch.nn.functional.cross_entropy(z, torch.tensor({label}))", z=z),
        ),
    )


def near_one(p: float) -> str:
    """Return a probability with as many digits as it takes to tell it from 1.

    >>> near_one(0.2369), near_one(0.99995), near_one(1.0)
    ('0.237', '0.999950', '1.00')
    """
    return text(p, 3 if p < 0.99 or p >= 1 else 1 - math.floor(math.log10(1 - p)))


def probs_of_logit_values(z: np.ndarray) -> list[tuple[float, ...]]:
    """Return, for each class, its probability at every value of its own slider, with the other logits fixed."""
    k = len(z)
    swept = np.where(
        np.eye(k, dtype=bool)[:, None], LOGIT_VALUES[:, None], z
    )  # (class whose logit moves, value, class)
    own = softmax(swept)[np.arange(k), :, np.arange(k)]
    return [tuple(row) for row in own.round(3).tolist()]


@view(
    c=shift,
    t=temperature,
    tasks=[
        Task("cold", "Give dog a probability of more than 0.99 with these two controls."),
        Task("hot", "Bring all four probabilities to within 0.02 of ¼."),
        impossible(
            "shift",
            "At temperature 1, change at least one probability by adding a constant.",
            because="Adding c multiplies every power of e by the same factor, above and below the line of the "
            "fraction, where it cancels. Only differences between logits count.",
        ),
    ],
)
def all_at_once(c: float, t: float) -> View:
    """A constant added to every logit, and a temperature that divides them."""
    names, z = NAMES[:4], np.array(LOGITS[:4])
    probs = softmax(z + c, temperature=t)
    return View(
        figures.shifted_logits(names, z, c, probs),
        caption=f"Dog gets {near_one(float(probs[1]))}. The model is as uncertain as if it had to choose among "
        f"{text(float(perplexity(probs)))} equally likely classes.",
        formula=formulas.softmax_share("dog", z.tolist(), 1, c, t, float(probs[1])),
        solved={
            "cold": bool(probs[1] > 0.99),
            "hot": bool(np.allclose(probs, 0.25, rtol=0, atol=0.02)),
            "shift": t == 1 and not np.allclose(probs, softmax(z)),
        },
    )


@view(
    n=batch_size,
    lead=lead,
    doubt=doubt,
    tasks=[
        Task("one_number", "Raise the logit of the right class above 0, with all three losses equal."),
        Task(
            "doubted", "Make a model that gives the right class more than 99 % pay more than 3 nats on the soft label."
        ),
    ],
)
def formats(n: int, lead: float, doubt: float) -> View:
    """Class numbers, one-hot and soft labels of the same 1,000-class examples, with their bytes and their loss."""
    integers = (FIRST_CLASS + CLASS_STEP * np.arange(n)) % N_CLASSES
    hard = one_hot(integers, N_CLASSES)
    soft = smooth_labels(hard, doubt)
    z = lead * hard[:1]  # all examples have the same loss, so one is enough
    losses = [
        sparse_softmax_cross_entropy(z, integers[:1]),
        softmax_cross_entropy(z, hard[:1]),
        softmax_cross_entropy(z, soft[:1]),
    ]
    number, row, doubting = [
        LabelFormat(*names, labels.nbytes, float(loss.value[0]))
        for names, labels, loss in zip(FORMATS, (integers, hard, soft), losses, strict=True)
    ]
    share = float(softmax(z)[0, integers[0]])
    costs = (
        f"The loss is {text(number.loss)} nats with each of the three formats."
        if doubt == 0
        else f"The loss is {text(number.loss)} nats with class numbers and one-hot rows, and {text(doubting.loss)} "
        "nats with soft labels."
    )
    return View(
        label_formats(
            [number, row, doubting],
            classes=integers,
            n_classes=N_CLASSES,
            target=(float(soft[0].max()), float(soft[0].min())),
        ),
        caption=f"The model gives the right class {plain(share)}. {costs} Each number of a label takes 8 bytes.",
        solved={
            "one_number": lead > 0 and doubt == 0 and bool(np.allclose([row.loss, doubting.loss], number.loss)),
            "doubted": share > 0.99 and doubting.loss > 3,
        },
    )


def loss_of_equal_logits() -> str:
    """Return the loss in nats of a model that gives all 1,000 classes the same logit, as text."""
    return plain(float(surprise(1 / N_CLASSES).value), 3)
