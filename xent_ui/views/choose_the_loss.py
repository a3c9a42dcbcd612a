"""The pictures of the lesson on choosing the loss."""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from xent_core import (
    ValueAndGrad,
    binary_cross_entropy_with_logits,
    entropy,
    logsumexp,
    mismatched_losses,
    one_hot,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    total,
)
from xent_ui.controls.declarations import Choice, Slider, Sliders
from xent_ui.controls.handles import Handle
from xent_ui.figures import choose_the_loss as figures
from xent_ui.figures.choose_the_loss import GUESS_AT, LEAD, Pair
from xent_ui.formulas import choose_the_loss as formulas
from xent_ui.style.numbers import exact_text, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

ANIMALS: Final = ("cat", "dog", "fox")
TARGETS: Final = {"binary": np.array([1.0]), "one": np.array([1.0, 0, 0]), "any": np.array([1.0, 1, 0])}
LEADS = np.linspace(-LEAD, LEAD, 201)
SHARED = "shared"


class Recipe(NamedTuple):
    """The activation, labels and loss for a kind of question, and their names in three libraries, as Markdown."""

    activation: str
    labels: str
    loss: str
    pytorch: str
    keras: str
    scikit_learn: str

    def __str__(self) -> str:
        parts = ("Activation", "Labels", "Loss", "PyTorch", "Keras", "scikit-learn")
        return "\n".join(f"- **{part}:** {name}" for part, name in zip(parts, self, strict=True))


RECIPES: Final = {
    "binary": Recipe(
        "one sigmoid",
        "0 or 1, one per example",
        "binary cross-entropy",
        "`BCEWithLogitsLoss()`, float labels",
        "`BinaryCrossentropy(from_logits=True)`",
        "`LogisticRegression`, `log_loss(y, p)`",
    ),
    "one": Recipe(
        "softmax",
        "one integer per example, or a row that sums to 1",
        "categorical cross-entropy",
        "`CrossEntropyLoss()`, integer (long) labels or float rows",
        "integers: `SparseCategoricalCrossentropy(from_logits=True)`; rows: `CategoricalCrossentropy(…)`",
        "`LogisticRegression`, `log_loss(y, P)`",
    ),
    "any": Recipe(
        "a sigmoid for each label",
        "a row of 0s and 1s, any number of 1s",
        "binary cross-entropy, summed",
        "`BCEWithLogitsLoss()`, float rows; it takes the mean over labels too",
        "`BinaryCrossentropy(from_logits=True)`; the mean again",
        "`OneVsRestClassifier(LogisticRegression())`, one `log_loss` per column",
    ),
}


class WrongPairing(NamedTuple):
    """A loss that does not fit its activation or its labels.

    name      its name on the page
    function  the loss as a function of logits and labels
    trouble   what goes wrong, as a sentence
    remedy    what to do instead, as a sentence
    """

    name: str
    function: Callable[..., ValueAndGrad]
    trouble: str
    remedy: str


WRONG_PAIRINGS: Final = {
    "twice": WrongPairing(
        "softmax twice",
        mismatched_losses.softmax_twice,
        "The second softmax sees probabilities, at most 1 apart, so the loss never comes near 0. And its slope fades "
        "where the model is confidently wrong.",
        "Give the loss the logits; it applies softmax itself.",
    ),
    "sigmoids": WrongPairing(
        "sigmoids, one right",
        mismatched_losses.sigmoids_for_one_class,
        "Each class answers yes or no by itself, so the probabilities need not sum to 1. A lead alone is not enough: "
        "the right logit must lie far above 0 and all others far below, so the same lead costs more.",
        "Exclusive classes share one softmax.",
    ),
    SHARED: WrongPairing(
        "softmax, two right",
        mismatched_losses.softmax_for_many_labels,
        "Two true labels share a single 1, so they cannot both pass ½, and the loss cannot fall below 2 ln 2. A "
        "threshold of ½ finds at most one of them.",
        "Labels that may be true together have a sigmoid each.",
    ),
    "read": WrongPairing(
        "one-hot as integers",
        mismatched_losses.one_hot_as_labels,
        "A row such as 0 0 1 0 is read as K labels: class 0 for each 0, and class 1 for the 1. So the loss teaches "
        "class 0, and a little of class 1, whatever the photo shows. Here class 2 is right: the larger its lead, the "
        "more it costs.",
        "One-hot rows go to the categorical loss, integers to the sparse one.",
    ),
    "rounded": WrongPairing(
        "log of zero",
        mismatched_losses.log_of_rounded_probs,
        "Probabilities were saved with two decimals: below 0.005 they are 0, and −ln 0 is ∞. Above that, the loss is a "
        "staircase, flat wherever you stand.",
        "Keep the logits; take the logarithm before you round.",
    ),
}
question = Choice(
    "question",
    "A cat, and a dog behind it. The answer is",
    {"binary": "yes / no", "one": "one of 3", "any": "any of 3"},
    "one",
)
cat = Slider("cat", "Logit of cat", -6.0, 6.0, 2.0, 0.1, "%.1f")
dog = Slider("dog", "Logit of dog", -6.0, 6.0, 1.0, 0.1, "%.1f").when(question=["one", "any"])
fox = Slider("fox", "Logit of fox", -6.0, 6.0, -1.0, 0.1, "%.1f").when(question=["one", "any"])
wrong_pairing = Choice(
    "pairing", "The pairing", {kind: pairing.name for kind, pairing in WRONG_PAIRINGS.items()}, "twice", look="pills"
)
lead = Slider("lead", "Lead of the right answer", -LEAD, LEAD, 3.0, 0.1, "%.1f")
n_classes = Slider("of", "Classes, K", 3, 20, 4, 1)
untrained_cost = Question(
    "choose_the_loss",
    "Untrained, all three logits are 0, and “one of 3” costs ln 3 = 1.10 nats. What does “any of 3” cost then, summed "
    "over its three labels?",
    answer=float(total(binary_cross_entropy_with_logits(np.zeros(3), TARGETS["any"])).value),
    low=0,
    high=4,
    step=0.01,
    unit=" nats",
)


@view(
    asked=question,
    z=Sliders((cat, dog, fox)),
    guess=untrained_cost,
    tasks=[
        Task("both", "Give cat and dog a probability of more than 0.6 each."),
        Task("any", "With “any of 3”, bring the loss below 0.1 nats."),
        impossible(
            "share",
            "With “one of 3”, give cat and dog more than 0.6 each.",
            because="The probabilities of a softmax sum to 1: what one class gains, the others lose. "
            "Two of them cannot both have more than ½.",
        ),
    ],
)
def one_photo(asked: str, z: np.ndarray, guess: Guess) -> View:
    """One photo and three kinds of questions about it, each with its activation and its loss."""
    target, recipe = TARGETS[asked], RECIPES[asked]
    if asked == "one":
        probs, loss = softmax(z), softmax_cross_entropy(z, target)
        terms, value = target * loss.value, float(loss.value)
        formula = formulas.one_of(z.tolist(), value, loss.grad.tolist())
    else:
        probs, loss = sigmoid(z), binary_cross_entropy_with_logits(z, target)
        terms, value = loss.value, float(total(loss).value)
        formula = formulas.each_of(z.tolist(), target.tolist(), value, loss.grad.tolist())
    shares = ", ".join(f"{name} {text(float(p))}" for name, p in zip(ANIMALS, probs, strict=False))
    hidden = guess.hidden and asked == "any"  # its loss says what the same question costs with other logits
    both_likely = len(z) > 1 and bool((probs[:2] > 0.6).all())
    return View(
        figures.output(ANIMALS[: len(z)], probs, target, terms, hidden=hidden, guess=guess.at(GUESS_AT)),
        caption=f"{question.options[asked].capitalize()}: {recipe.activation} says {shares}; "
        f"together {text(float(probs.sum()))}."
        + (" What does it cost? Make your guess for logits of 0." if hidden else f" It costs {text(value)} nats."),
        formula="" if hidden else formula,
        solved={"both": both_likely, "any": asked == "any" and value < 0.1, "share": asked == "one" and both_likely},
        handles=_handles_of_probabilities(asked, z),
        code=_one_of_as_code(z, target) if asked == "one" else _each_of_as_code(z, target),
        notes=str(recipe),
    )


def _handles_of_probabilities(asked: str, z: np.ndarray) -> list[Handle]:
    """Return handles of the logits on the bars, which show probabilities."""
    handles = []
    for i, (slider, _) in enumerate(zip((cat, dog, fox), z, strict=False)):
        others = float(logsumexp(np.delete(z, i))) if asked == "one" else 0.0
        stops = sigmoid(np.array(slider.every_value) - others).round(4)
        handles.append(
            Handle(slider.key, "y", low=slider.low, step=slider.step, stops=tuple(stops.tolist()), at=float(i))
        )
    return handles


def _one_of_as_code(z: np.ndarray, target: np.ndarray) -> Code:
    """Return code for the loss of a softmax whose first class is right."""
    loss = "torch.nn.functional.cross_entropy(z, torch.tensor(0))"
    return call(softmax_cross_entropy, z, target, torch=backward(loss, z=z))


def _each_of_as_code(z: np.ndarray, target: np.ndarray) -> Code:
    """Return code for the sum of the losses of all sigmoids."""
    value, grad = total(binary_cross_entropy_with_logits(z, target))
    y = f"torch.tensor({target.tolist()}, dtype=torch.float64)"
    return Code(
        "import numpy as np\n\n"
        "from xent_core import binary_cross_entropy_with_logits, total\n\n"
        f"z = {written(z)}\n"
        f"y = {written(target)}\n"
        "value, grad = total(binary_cross_entropy_with_logits(z, y))\n"
        "print(value, grad)",
        backward(f"torch.nn.functional.binary_cross_entropy_with_logits(z, {y}, reduction='sum')", z=z),
        np.asarray(value),
        grad,
    )


@view(
    kind=wrong_pairing,
    k=n_classes,
    ahead=lead,
    tasks=[
        Task("down", "Find a wrong pairing whose slope is above 0.1, so that training pushes the right answer down."),
        Task("infinite", "Make the wrong loss infinite."),
        Task("floor", "With “softmax twice”, find a number of classes that keeps every loss above 1.5 nats."),
        impossible(
            "below",
            "With “softmax twice” and four classes, bring the wrong loss down to 0.7 nats.",
            because="At best the first softmax gives 1, 0, 0, 0, and from these the second makes e / (e + 3) = 0.475: "
            "never less than 0.744 nats, however sure and right the model is.",
        ),
    ],
)
def wrong_pairings(kind: str, k: int, ahead: float) -> View:
    """A wrong pairing beside the right one: the least loss of each at every lead, their slopes, and the floor."""
    pairing, floor = WRONG_PAIRINGS[kind], least(kind, k)
    values, slopes = losses_and_slopes(kind, k, LEADS)
    value, slope = losses_and_slopes(kind, k, np.array(ahead))
    z = logits_of(kind, k, np.array(ahead))
    return View(
        figures.pairing(LEADS, values, slopes, at=ahead, now=(value, slope), floor=floor),
        caption=f"{pairing.name.capitalize()}, K = {k}, a lead of {exact_text(ahead)}: "
        f"{text(float(value.wrong))} nats where {text(float(value.right))} would be right; slope "
        f"{text(float(slope.wrong))} for {text(float(slope.right))}. No logits get the wrong loss below {text(floor)}.",
        formula=formulas.wrong_pairing(kind, ahead, k, float(value.wrong), float(slope.wrong)),
        solved={
            "down": bool(slope.wrong > 0.1),
            "infinite": bool(np.isinf(value.wrong)),
            "floor": kind == "twice" and floor > 1.5,
            "below": kind == "twice" and k == 4 and bool(value.wrong <= 0.7),
        },
        handles=[lead.handle("x")],
        code=call(pairing.function, z, labels_of(kind, k), torch=backward(torch_loss(kind, k), z=z)),
        notes=f"**What goes wrong.** {pairing.trouble} **Instead:** {pairing.remedy}",
    )


def least(kind: str, k: int) -> float:
    """Return the greatest lower bound of a wrong loss over all logits, in nats."""
    match kind:
        case "twice":  # the first softmax gives the right class 1 and all others 0
            return float(np.log1p((k - 1) / np.e))
        case "shared":  # ½ each
            return float(2 * np.log(2))
        case "read":  # the shares of the labels that the row is taken for
            return float(entropy(np.array([k - 1, 1]) / k).value)
        case _:
            return 0.0


def right_answers(kind: str, k: int) -> np.ndarray:
    """Return the true labels as a row of zeros and ones, (k,): 1 for class 2 and, if two labels are true, class 1."""
    return one_hot([1, 2], k).sum(axis=0) if kind == SHARED else one_hot(2, k)


def labels_of(kind: str, k: int) -> int | np.ndarray:
    """Return the labels in the format that the wrong pairing receives: a class, or a row of 0s and 1s."""
    return right_answers(kind, k).astype(int) if kind in (SHARED, "read") else 2


def logits_of(kind: str, k: int, ahead: np.ndarray) -> np.ndarray:
    """Return logits (..., k) in which each right answer lies ``ahead`` above the others, which are equal.

    A softmax does not notice when all logits move together. Sigmoids do, so their logits are moved to where they cost
    least.
    """
    z = np.where(right_answers(kind, k) > 0, ahead[..., None], 0.0)
    return z + np.log(best_odds(kind, k, ahead))[..., None] if kind in ("sigmoids", SHARED) else z


def best_odds(kind: str, k: int, ahead: np.ndarray) -> np.ndarray:
    """Return e^b for the logit b of the others at which sigmoids cost least while m right answers lead by ``ahead``.

    With u = e^b, the derivative of m ln(1 + e^-(b + ahead)) + n ln(1 + e^b) in b is 0 where
    n e^ahead u² + (n - m) u - m = 0.
    """
    m = float(right_answers(kind, k).sum())
    n = k - m
    return 2 * m / (n - m + np.sqrt((n - m) ** 2 + 4 * m * n * np.exp(ahead)))


def losses_and_slopes(kind: str, k: int, ahead: np.ndarray) -> tuple[Pair, Pair]:
    """Return the right loss and the wrong one, and their slopes in the logit of a right answer, at each lead."""
    z, target, labels = logits_of(kind, k, ahead), right_answers(kind, k), labels_of(kind, k)
    wrong = WRONG_PAIRINGS[kind].function(z, np.broadcast_to(labels, (*ahead.shape, *np.shape(labels))))
    if kind == SHARED:
        right = binary_cross_entropy_with_logits(z, np.broadcast_to(target, z.shape))
        right = ValueAndGrad(right.value.sum(axis=-1), right.grad)
    else:
        right = softmax_cross_entropy(z, target)
    return Pair(right.value, wrong.value), Pair(right.grad[..., 2], wrong.grad[..., 2])


def torch_loss(kind: str, k: int) -> str:
    """Return a wrong pairing in PyTorch, as an expression of the logits z."""
    functional = "torch.nn.functional"
    target = f"{functional}.one_hot(torch.tensor(2), {k})"
    match kind:
        case "twice":
            return f"{functional}.cross_entropy(z.softmax(-1), torch.tensor(2))"
        case "sigmoids":
            return f"{functional}.binary_cross_entropy_with_logits(z, {target}.double(), reduction='sum')"
        case "shared":
            return f"-(z.log_softmax(-1) * torch.tensor({right_answers(kind, k).tolist()})).sum()"
        case "read":
            return f"{functional}.cross_entropy(z.expand({k}, {k}), {target})"
        case _:
            return "-(z.softmax(-1)[2] * 100).round().div(100).log()"
