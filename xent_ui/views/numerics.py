"""The pictures of the lesson on numerics."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from xent_core import binary_cross_entropy_with_logits, logsumexp, softmax
from xent_core import precision as fp
from xent_core.naive import clipped_binary_cross_entropy, naive_binary_cross_entropy, naive_softmax, ulp_error
from xent_ui.controls.declarations import Choice, Slider, Sliders, Steps
from xent_ui.controls.handles import Handle
from xent_ui.controls.shared import label
from xent_ui.figures import clipping
from xent_ui.figures import numerics as figures
from xent_ui.figures.numerics import FORMATS, WAYS, Answer, Window, brief, ulps_text
from xent_ui.formulas import numerics as formulas
from xent_ui.style.numbers import exact_text, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

BIG_LOGITS: Final = (
    *range(1, 21),
    *(22, 25, 28, 32, 36, 37, 40, 45, 50, 60, 70, 80, 88, 89),
    *(100, 103, 104, 120, 150, 200, 250, 300, 400, 500, 600, 700, 709, 710, 745, 746, 800, 900, 1000),
)
# The control can be dragged along the axis, so its values are positions on the axis, named by their logits.
PLACES: Final = {z: round(float(figures.place(z)), 4) for z in BIG_LOGITS}
LARGEST_SHIFT: Final = 250
SWEEP: Final = np.arange(-50, 51)

big = Steps(
    "big", "Logit *z* of the sure class (the other: 0)", {place: str(z) for z, place in PLACES.items()}, PLACES[1000]
)
right_class = Choice("wanted", "Which class is right?", {0: "the other", 1: "the sure one"}, 0)
shift = Slider("taken", "What is subtracted first, *c*", 0, LARGEST_SHIFT, 0, 1)
two_logits = Sliders(
    (
        Slider("logit1", "Logit *z*₁ (*z*₃ is 0)", 0, 200, 120, 1),
        Slider("logit2", "Logit *z*₂ (*z*₃ is 0)", 0, 200, 118, 1),
    )
)
logit = Slider("far", "Logit *z*", -50, 50, -10, 1)
number_format = Choice("format", "Number format", {name: name for name in FORMATS}, "float32")
CLIPS: Final = {1e-15: "10⁻¹⁵", 1e-12: "10⁻¹²", 1e-8: "10⁻⁸", 1e-7: "10⁻⁷", 1e-4: "10⁻⁴", 0.01: "0.01"}
clip = Steps("hold", "Clip *c*: hold *p* in [*c*, 1 − *c*]", CLIPS, 1e-7)
measure = Choice("measure", "Look at", {"loss": "the loss", "slope": "its gradient"}, "loss")

PAIRS_OF_LOGITS: Final = {f"({z}, 0)": {"big": PLACES[z]} for z in (1000, 100, 10)}


@lru_cache(maxsize=1)
def first_overflow() -> int:
    """Return the smallest whole z for which the textbook softmax of (z, 0) is nan in float32."""
    return next(z for z in range(1, 1001) if np.isnan(naive_softmax(np.array([z, 0], np.float32))[0]))


@lru_cache(maxsize=2)
def answers(label_of_sure_class: int) -> dict[tuple[str, str], Answer]:
    """Return the losses computed in three ways and three formats, for every logit of the control.

    label_of_sure_class  1 if the class with the large logit is right, else 0
    """
    z = np.stack([BIG_LOGITS, np.zeros(len(BIG_LOGITS))], axis=-1)
    target = [label_of_sure_class, 1 - label_of_sure_class]
    exact = fp.exact_binary_cross_entropy(BIG_LOGITS, label_of_sure_class).value
    computed = {name: fp.cross_entropy_three_ways(z.astype(name), target) for name in FORMATS}
    return {
        (name, way): Answer(values, fp.correct_bits(values, exact))
        for name in FORMATS
        for way, values in zip(WAYS, computed[name], strict=True)
    }


def three_losses(z: np.ndarray, y: int, smallest: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return value and gradient of binary cross-entropy from a rounded p, from a clipped p, and from the logit.

    z         logits in the number format of the computation
    smallest  the value to which p is clipped: [smallest, 1 - smallest]
    """
    target = np.full(z.shape, y, dtype=z.dtype)
    losses = (
        naive_binary_cross_entropy(z, target),
        clipped_binary_cross_entropy(z, target, clip=smallest),
        binary_cross_entropy_with_logits(z, target),
    )
    return [(loss.value.astype(z.dtype), loss.grad.astype(z.dtype)) for loss in losses]


def smallest_stored(name: str, y: int, smallest: float) -> float:
    """Return the smallest probability that a clip leaves to the true class, as a number format stores it.

    smallest  the value c to which p is clipped: [c, 1 - c], where both ends are rounded to the format
    """
    one = np.array(1, name)
    low, high = (np.array(each, name) for each in (smallest, 1 - smallest))
    return float(low if y else one - high)


def largest_clipped_loss(name: str, y: int, smallest: float) -> float:
    """Return the loss from a clipped p, in nats, that no mistake exceeds in a number format."""
    return float(clipped_binary_cross_entropy(np.array(-1000 if y else 1000, name), y, clip=smallest).value)


def _code(z: float, y: int) -> Code:
    """Return the code of the loss and its slope at a logit.

    PyTorch's binary_cross_entropy_with_logits loses digits by cancellation if the loss is small; logsigmoid does not.
    """
    torch = backward(f"-torch.nn.functional.logsigmoid({'z' if y else '-z'})", z=float(z))
    return call(binary_cross_entropy_with_logits, float(z), float(y), torch=torch)


overflow = Question(
    "numerics",
    "float16 ends at 65,504, so it cannot hold e¹² = 162,755. float32 ends at 3.4 × 10³⁸. From which whole *z* on is "
    "$e^z$ too large for float32?",
    answer=first_overflow,
    low=0,
    high=400,
    step=1,
    digits=2,
)


@view(
    place=big,
    label_of_sure_class=right_class,
    guess=overflow,
    tasks=[
        Task("shift_helps", "In float32, make “textbook” answer nan while “max subtracted” answers a number."),
        Task("free", "In float64, find a loss that “max subtracted” rounds to 0 and “in logs” does not."),
    ],
)
def three_ways(place: float, label_of_sure_class: int, guess: Guess) -> View:
    """The accuracy of the loss of softmax(z, 0), computed in three ways and in three formats."""
    index = list(PLACES.values()).index(place)
    z, computed = BIG_LOGITS[index], answers(label_of_sure_class)
    values = {key: float(answer.values[index]) for key, answer in computed.items()}
    exact = fp.exact_binary_cross_entropy(z, label_of_sure_class)
    textbook_results = ", ".join(f"{name} {brief(values[name, 'textbook'])}" for name in FORMATS)
    in_float32 = [bool(np.isfinite(values["float32", way])) for way in WAYS]
    return View(
        figures.lanes(BIG_LOGITS, computed, at=index, guess=guess.at(figures.lane(1, 0) + 0.45)),
        caption="The color fills the share of binary digits that are right. The textbook formula returns nan from z = "
        "12 on in float16, and from z = 710 on in float64. From where on in float32?"
        if guess.hidden
        else f"Softmax of ({z}, 0), then −Σ y ln p. With the textbook formula: {textbook_results}. "
        "The color fills the share of binary digits that are right.",
        formula=""
        if guess.hidden
        else formulas.two_logits(
            z, fp.exact_exp(z), exact.value.item(), exact.grad.item(), sure_is_right=bool(label_of_sure_class)
        ),
        solved={
            "shift_helps": in_float32[:2] == [False, True],
            "free": values["float64", "max subtracted"] == 0 < values["float64", "in logs"],
        },
        handles=[big.handle("x")],
        code=_code(z, label_of_sure_class),
    )


def take_off_the_maximum(values: Mapping[str, Any]) -> dict[str, int]:
    """Return the settings with the largest of the three logits as the shift, for a preset."""
    return {"taken": max(values["logit1"], values["logit2"], 0)}


def _window(name: str, steps: fp.LogSumExpSteps, exact: float) -> Window:
    """Return what a format can hold, and how close its result comes to the exact one."""
    is_right = bool(ulp_error(steps.value, exact) <= 2)
    return Window(*fp.exponent_range(name), float(steps.value), is_right, "" if is_right else _trouble(steps))


def _trouble(steps: fp.LogSumExpSteps) -> str:
    """Return what went wrong on the way to a wrong result, for a label."""
    if np.isinf(steps.powers).any():
        return "a power is ∞"
    if np.isinf(steps.total):
        return "the sum is ∞"
    return "all powers are 0" if steps.total == 0 else "digits are lost"


@view(
    c=shift,
    logits=two_logits,
    tasks=[
        Task("near", "With the logits 120, 118 and 0, make all three formats right without subtracting exactly 120."),
        Task("too_much", "Subtract so much that the sum is 0 in float32."),
        impossible(
            "overflow",
            "Subtract exactly the largest logit, and let a power or the sum overflow in float16.",
            because="The largest exponent is then 0, and its power is 1. Every other power lies between 0 and 1, so "
            "the sum of three powers is at least 1 and at most 3, which every format can hold.",
        ),
    ],
)
def log_sum_exp(c: int, logits: np.ndarray) -> View:
    """Log-sum-exp as c + ln Σ e^(z − c): the same for every c in theory, but not in a number format."""
    z = np.append(logits, 0.0)
    largest = float(z.max())
    exact = fp.exact_logsumexp(z)
    steps = {name: fp.logsumexp_steps(z.astype(name), c) for name in FORMATS}
    in_formats = [_window(name, each, exact) for name, each in steps.items()]
    float16 = steps["float16"]
    return View(
        figures.windows(steps["float64"].shifted.tolist(), in_formats),
        caption=f"In float16, step by step: z − c is {', '.join(brief(float(v)) for v in float16.shifted)}; "
        f"the powers are {', '.join(brief(float(v)) for v in float16.powers)}; "
        f"their sum {brief(float(float16.total))}; plus c, {brief(float(float16.value))}. Exactly: {text(exact, 6)}.",
        formula=formulas.logsumexp(z.tolist(), c, exact, softmax(z).tolist()),
        solved={
            "near": z.tolist() == [120, 118, 0] and all(each.right for each in in_formats) and c != largest,
            "too_much": bool(steps["float32"].total == 0),
            "overflow": c == largest and not bool(np.isfinite(float16.total)),
        },
        handles=[
            Handle(
                "taken",
                "x",
                low=0,
                high=LARGEST_SHIFT,
                step=1,
                stops=tuple(largest - each for each in range(LARGEST_SHIFT + 1)),
            )
        ],
        code=call(logsumexp, z, torch=backward("z.logsumexp(-1)", z=z)),
    )


def _printed(x: float) -> str:
    """Return a result with three digits, or nan, as a program would print it."""
    return "nan" if np.isnan(x) else text(x)


@view(
    z=logit,
    y=label,
    name=number_format,
    smallest=clip,
    part=measure,
    tasks=[
        Task("nan", "Make the loss “from p” nan although the model is right."),
        Task("flat", "Be wrong with a logit of size 20 or more, where the gradient of “clipped p” is exactly 0."),
        Task("useless", "In float32, find a clip with which the loss of “clipped p” is still ∞."),
        impossible(
            "seventeen",
            "In float64, with the clip 10⁻⁷, make “clipped p” report a loss of 17 nats or more.",
            because="A probability of 10⁻⁷ or more costs at most −ln 10⁻⁷ = 16.1 nats. The clipped loss cannot tell "
            "one enormous mistake from another, so it has no slope there that could undo it.",
        ),
    ],
)
def clip_or_logits(z: int, y: int, name: str, smallest: float, part: str) -> View:
    """Binary cross-entropy from a rounded p, from a clipped p and from the logit, with its errors in ulps."""
    of_gradient = part == "slope"
    exact_now = fp.exact_binary_cross_entropy(z, y)
    exact = np.asarray(fp.exact_binary_cross_entropy(SWEEP, y)[of_gradient], dtype=float)
    sweeps = [
        clipping.Sweep(loss[of_gradient], ulp_error(loss[of_gradient], exact))
        for loss in three_losses(SWEEP.astype(name), y, smallest)
    ]
    index = int(z - SWEEP[0])
    values_now = [float(exact[index]), *(float(each.values[index]) for each in sweeps)]
    (rounded, _), (clipped, clipped_slope), _ = three_losses(np.array(z, name), y, smallest)
    is_right = (z > 0) == (y == 1)
    return View(
        clipping.clip_or_not(
            SWEEP, exact, sweeps, at=z, values_now=values_now, of_gradient=of_gradient, label_is_1=y == 1
        ),
        caption=f"The {'gradient' if of_gradient else 'loss in nats'} at logit {exact_text(z)} with y = {y}, in "
        f"{name}: exactly {_printed(values_now[0])}; "
        f"from p {_printed(values_now[1])}, from a clipped p {_printed(values_now[2])}, "
        f"from the logit {_printed(values_now[3])}. "
        f"Errors: {', '.join(ulps_text(float(each.ulps[index])) for each in sweeps)} ulps.",
        formula=formulas.clipped(
            z,
            y,
            exact_now.value.item(),
            exact_now.grad.item(),
            stored=smallest_stored(name, y, smallest),
            most=largest_clipped_loss(name, y, smallest),
            in_format=name,
        ),
        solved={
            "nan": is_right and bool(np.isnan(rounded)),
            "flat": abs(z) >= 20 and not is_right and bool(clipped_slope == 0),
            "useless": name == "float32" and bool(np.isinf(clipped)),
            "seventeen": name == "float64" and smallest == 1e-7 and bool(clipped >= 17),
        },
        handles=[logit.handle("x")],
        code=_code(z, y),
    )
