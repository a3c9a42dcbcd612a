"""The pictures of the lesson on softmax cross-entropy."""

from typing import Final

import numpy as np

from xent_core import (
    log_softmax,
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
from xent_ui.formulas import softmax_cross_entropy as formulas
from xent_ui.style.numbers import counted, plain, text
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

n_classes = Choice("logits", "Classes, *K*", {k: str(k) for k in range(FEWEST, len(NAMES) + 1)}, 4)
right_class = Choice("right", "What it is, *y*", dict(enumerate(NAMES[:FEWEST])), 0)
logits = [
    Slider(f"z{i}", name, LOW, HIGH, z, STEP, "%.2f").when(logits=range(max(i, FEWEST), len(NAMES) + 1))
    for i, (name, z) in enumerate(zip(NAMES, LOGITS, strict=True), 1)
]
shift = Slider("shift", "Added to every logit, *c*", -10.0, 10.0, 0.0, 0.5, "%.1f")
temperature = Steps("temperature", "Temperature, *T*", {t: f"{t:g}" for t in TEMPERATURES}, 1.0)
batch_size = Steps("batch", "Examples in the batch", {n: str(n) for n in (1, 8, 32, 128)}, 1)
lead = Slider("ahead", "Logit of the right class, above the rest", 0.0, 15.0, 0.0, 0.5, "%.1f")
doubt = Slider("doubt", "Doubt in the soft label", 0.0, 0.5, 0.0, 0.05, "%.2f")
slope_of_the_cat = Question(
    "softmax_cross_entropy",
    "It is a cat, and softmax gives cat 0.237. How steep is the loss in the cat's own logit?",
    answer=float(sparse_softmax_cross_entropy(LOGITS[:4], 0).grad[0]),
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
        Task("untrained", "Make the loss ln K, what a model pays that has learned nothing."),
        Task("sure", "Bring the loss under 0.01."),
        impossible(
            "all_up",
            "Make every logit want to rise.",
            because="The probabilities sum to 1 and so does the target: p − y sums to 0. What pulls one logit up pulls "
            "the others down by as much.",
        ),
    ],
)
def one_example(label: int, k: int, z: np.ndarray, guess: Guess) -> View:
    """One example: softmax of its logits, and the gradient p − y."""
    names, target, probs = NAMES[:k], one_hot(label, k), softmax(z)
    loss = softmax_cross_entropy(z, target)
    value, grad = float(loss.value), loss.grad
    pull = f" Its logit is pulled up by {text(-grad[label])}, the rest down, as much in all."
    return View(
        figures.softmax_over_gradient(names, probs, grad, label=label, guess=guess.at(0)),
        caption=f"It is a {names[label]}, which gets {text(probs[label])}: the loss is {text(value)} nats."
        + ("" if guess.hidden else pull),
        formula="" if guess.hidden else formulas.softmax_loss(names, z.tolist(), label, value, grad.tolist()),
        solved={
            "untrained": bool(np.isclose(value, surprise(1 / k).value, rtol=1e-9)),
            "sure": value < 0.01,
            "all_up": bool((grad < 0).all()),
        },
        handles=[
            Handle(logit.key, "y", low=LOW, high=HIGH, step=STEP, stops=stops, at=i)
            for i, (logit, stops) in enumerate(zip(logits, probs_of_logit_values(z), strict=False))
        ],
        code=None
        if guess.hidden
        else call(
            softmax_cross_entropy,
            z,
            target,
            torch=backward(f"torch.nn.functional.cross_entropy(z, torch.tensor({label}))", z=z),
        ),
    )


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
        Task("cold", "Give dog more than 0.99 without touching any single logit."),
        Task("hot", "Bring all four within 0.02 of a quarter."),
        impossible(
            "shift",
            "At temperature 1, change a probability by adding a constant.",
            because="Adding c multiplies every power of e by the same factor, above and below the line of the "
            "fraction: it cancels. Only differences of logits count.",
        ),
    ],
)
def all_at_once(c: float, t: float) -> View:
    """A constant added to every logit, and a temperature that divides them."""
    names, z = NAMES[:4], np.array(LOGITS[:4])
    probs = softmax(z + c, temperature=t)
    return View(
        figures.shifted_logits(names, z + c, probs),
        caption=f"Dog gets {text(probs[1])}. The four classes are as uncertain as {text(float(perplexity(probs)))} "
        "equally likely ones.",
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
        Task("one_number", "Make the three losses one number for a model that has learned something."),
        Task("doubted", "Make a confident, right model pay more than 3 nats."),
    ],
)
def formats(n: int, lead: float, doubt: float) -> View:
    """Integer, one-hot and soft labels of the same 1,000-class examples, with their bytes and their loss."""
    integers = np.arange(n) * 7
    hard = one_hot(integers, N_CLASSES)
    soft = smooth_labels(hard, doubt)
    z = lead * hard[:1]  # all examples have the same loss, so one is enough
    losses = [
        sparse_softmax_cross_entropy(z, integers[:1]),
        softmax_cross_entropy(z, hard[:1]),
        softmax_cross_entropy(z, soft[:1]),
    ]
    rows = [
        figures.LabelFormat(name, labels.nbytes, float(loss.value[0]))
        for name, labels, loss in zip(("integer", "one-hot", "soft"), (integers, hard, soft), losses, strict=True)
    ]
    formats_text = "; ".join(f"{row.name}, {counted(row.n_bytes, 'byte')}, loss {text(row.loss)}" for row in rows)
    return View(
        figures.label_formats(rows),
        caption=f"Labels of {counted(n, 'example')} among {N_CLASSES:,} classes: {formats_text}.",
        solved={
            "one_number": lead > 0 and doubt == 0 and bool(np.allclose([row.loss for row in rows], rows[0].loss)),
            "doubted": bool(log_softmax(z)[0, 0] > -0.01) and rows[2].loss > 3,
        },
    )


def loss_of_equal_logits() -> str:
    """Return the loss in nats of a model that gives all 1,000 classes the same logit, as text."""
    return plain(float(surprise(1 / N_CLASSES).value), 3)
