"""The pictures of the lesson on binary cross-entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, mean, sigmoid
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.controls.declarations import Choice, Slider, Sliders, Steps, Toggle
from xent_ui.controls.shared import label, logit, unit
from xent_ui.figures import binary_cross_entropy as figures
from xent_ui.formulas import binary_cross_entropy as formulas
from xent_ui.style.numbers import exact_text, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

MAILS: Final = ("You have won!", "Cheap watches", "Lunch at noon?", "Your invoice", "Exam results")
INITIAL_PROBS: Final = (0.97, 0.9, 0.02, 0.35, 0.9)
INITIAL_LABELS: Final = (1, 1, 0, 0, 0)
CLIPS: Final = {1e-15: "10⁻¹⁵", 1e-12: "10⁻¹²", 1e-9: "10⁻⁹", 1e-7: "10⁻⁷", 1e-5: "10⁻⁵", 1e-3: "10⁻³", 0.1: "0.1"}
# Densest at the ends, where the branches are steep; with 0.1 and 0.9, where they end while the guess is open.
PROBS: Final = np.unique([0, *sigmoid(np.linspace(-9, 9, 361)), 0.1, 0.9, 1])
LOGITS: Final = np.linspace(-10, 10, 201)
LOGITS_OF_SPAM: Final = np.linspace(-40, 5, 226)
SURE: Final = 0.9  # how sure the mistake is whose loss the question tells
SURER: Final = 0.99  # how sure the one is that it asks about

given = Choice(
    "given",
    "The model gives",
    {"p": "p", "z": "z"},
    "p",
    help="A probability p, or a logit z, which the section below this picture explains",
)
prob = Slider("spam", "Probability of spam, *p*", 0.0, 1.0, 0.9, 0.01)
score = Slider("score", "Logit *z*", -10.0, 10.0, 2.0, 0.1, "%.1f")
mails = [Slider(f"mail{i}", MAILS[i], 0.0, 1.0, p, 0.01) for i, p in enumerate(INITIAL_PROBS)]
truths = [Toggle(f"is_spam{i}", "spam", default=bool(y)) for i, y in enumerate(INITIAL_LABELS)]
clip = Steps("clip", "Clip *p* at this distance from 0 and from 1", CLIPS, 1e-7)
logit_of_spam = Slider("deep", "Logit *z* of a mail that is spam", -40.0, 5.0, -10.0, 0.5, "%.1f")
surer_mistake = Question(
    "binary_cross_entropy",
    "A mail that is not spam was called 90 % spam, which costs 3.32 bits. How many times as much does it cost to "
    "call it 99 % spam?",
    answer=float(binary_cross_entropy(SURER, 0).value / binary_cross_entropy(SURE, 0).value),
    low=1,
    high=12,
    step=0.5,
    unit=" times",
    digits=2,
)


@view(
    given=given,
    p=prob.when(given=["p"]),
    z=logit.when(given=["z"]),
    y=label,
    unit=unit,
    guess=surer_mistake,
    tasks=[
        Task("dear", "Make a mistake that costs more than 6 bits."),
        Task("coin", "Find the p that costs exactly 1 bit, whether the mail is spam or not."),
        impossible(
            "both",
            "Find a p that costs less than half a bit if the mail is spam, and also less than half a bit if it is not.",
            because="To cost less than half a bit on spam, p must be above 0.707. To cost less than half a bit on a "
            "mail that is not spam, p must be below 0.293. What you give to one answer, you take from the other.",
        ),
    ],
)
def one_mail(given: str, p: float, z: float, y: int, unit: Unit, guess: Guess) -> View:
    """One mail: what the model's probability costs if it is spam, and if it is not."""
    bits = Unit.BITS.nats_per_unit
    told = float(binary_cross_entropy(SURE, 0).value)  # the largest loss that is shown while the guess is open
    if given == "z":
        p = float(sigmoid(z))
        x, axis, handle, asked_at = LOGITS, figures.LOGIT, logit.handle("x"), float(np.log(SURER / (1 - SURER)))
        loss = binary_cross_entropy_with_logits(z, y)
        if_spam, if_not = (binary_cross_entropy_with_logits(LOGITS, each).value for each in (1, 0))
        loss_in_torch = f"torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor({y}.0, dtype=z.dtype))"
        code = call(binary_cross_entropy_with_logits, z, y, unit=unit, torch=backward(loss_in_torch, unit=unit, z=z))
    else:
        x, axis, handle, asked_at = PROBS, figures.PROBABILITY, prob.handle("x"), SURER
        loss = binary_cross_entropy(p, y)
        if_spam, if_not = (binary_cross_entropy(PROBS, each).value for each in (1, 0))
        loss_in_torch = f"torch.nn.functional.binary_cross_entropy(p, torch.tensor({y}.0, dtype=p.dtype))"
        code = call(
            binary_cross_entropy,
            p,
            y,
            unit=unit,
            torch=backward(loss_in_torch, unit=unit, p=p),
            differs=how_pytorch_differs(np.array([p]), np.array([y]), unit),
        )
    value, slope = float(unit.of(loss.value)), float(unit.of(loss.grad))
    is_told = not guess.hidden or bool(loss.value <= told + 1e-9)
    if guess.hidden:
        near = np.maximum(if_spam, if_not) <= told + 1e-9
        x, if_spam, if_not = x[near], if_spam[near], if_not[near]
    return View(
        figures.branches(
            x,
            unit.of(if_spam),
            unit.of(if_not),
            label=y,
            at=(z if given == "z" else p, value, slope) if is_told else None,
            axis=axis,
            unit=unit,
            guess=guess.at(asked_at, scale=float(unit.of(told))),
        ),
        caption=f"The model says {percent(p)} spam, and the mail is {'spam' if y else 'not spam'}: that costs "
        f"{text(value)} {unit.symbol}, with a slope of {text(slope)} {unit.symbol} per unit of {given}."
        if is_told
        else f"The curves are drawn up to a loss of {text(float(unit.of(told)))} {unit.symbol}. What does a surer "
        "mistake cost? Make a guess.",
        formula=formulas.both_branches(p, y, loss, unit, z=z if given == "z" else None) if is_told else "",
        solved={
            "dear": bool(loss.value > 6 * bits),
            "coin": p == 0.5,
            "both": bool(np.all(binary_cross_entropy(p, [0, 1]).value < bits / 2)),
        },
        handles=[handle],
        code=code,
    )


@view(
    z=score,
    tasks=[
        Task("even", "Find the logit of a model that gives both answers the same probability."),
        Task("ninety", "Find a logit that the sigmoid turns into 90 %, to the nearest percent."),
        impossible(
            "certain",
            "Find a logit that the sigmoid turns into exactly 1.",
            because="The power e^−z is greater than 0 for every number z, so 1 / (1 + e^−z) is always less than 1.",
        ),
    ],
)
def from_logit(z: float) -> View:
    """A logit, and the probability into which the sigmoid turns it."""
    p = float(sigmoid(z))
    return View(
        figures.sigmoid_curve(LOGITS, sigmoid(LOGITS), at=(z, p)),
        caption=f"A logit of {exact_text(z)} becomes a probability of {percent(p)}. The odds are "
        f"{text(float(np.exp(z)))} to 1, and their natural logarithm is {exact_text(z)} again.",
        formula=formulas.sigmoid(z, p),
        solved={"even": z == 0, "ninety": abs(p - 0.9) < 0.005, "certain": p == 1},
        handles=[score.handle("x")],
        code=call(sigmoid, z, torch=backward("z.sigmoid()", z=z)),
    )


def how_pytorch_differs(probs: np.ndarray, labels: np.ndarray, unit: Unit) -> str:
    """Return how PyTorch's binary_cross_entropy differs from the loss of these answers; empty if it does not.

    PyTorch clamps every logarithm at -100 and the denominator p (1 - p) of the slope at 10^-12. So it differs if an
    answer is certain: in value and slope if the answer is wrong, and in the slope alone if it is right.
    """
    certain = (probs == 0) | (probs == 1)
    sentences = []
    if np.any(certain & (probs != labels)):
        sentences.append(
            "PyTorch lets no logarithm fall below −100, so a certain mistake costs "
            f"{text(float(unit.of(100.0)))} {unit.symbol} instead of ∞, and its slope is finite."
        )
    if np.any(certain & (probs == labels)):
        sentences.append(
            "PyTorch divides p − y by p (1 − p) but never by less than 10⁻¹², so its slope is 0 where a certain answer "
            "is right. The loss of that answer has a slope of −1 (if y = 1) or 1 (if y = 0) there, in nats."
        )
    return " ".join(sentences)


@view(
    probs=Sliders(tuple(mails)),
    won=truths[0],
    watches=truths[1],
    lunch=truths[2],
    invoice=truths[3],
    exam=truths[4],
    unit=unit,
    tasks=[
        Task("halve", "Change p of one mail only, so that the mean falls to half of what it was or less."),
        Task("ruin", "Make the mean infinite by changing p of one mail only."),
    ],
)
def batch(probs: np.ndarray, won: bool, watches: bool, lunch: bool, invoice: bool, exam: bool, unit: Unit) -> View:
    """Five mails: what each prediction costs, and the mean."""
    labels = np.array([won, watches, lunch, invoice, exam], dtype=int)
    losses = binary_cross_entropy(probs, labels)
    mean_loss = float(mean(losses).value)
    initial_mean = float(mean(binary_cross_entropy(INITIAL_PROBS, INITIAL_LABELS)).value)
    changed = sum(now != before for now, before in zip(probs.tolist(), INITIAL_PROBS, strict=True))
    one_answer_changed = changed == 1 and tuple(labels.tolist()) == INITIAL_LABELS
    values, mean_value = unit.of(losses.value), float(unit.of(mean_loss))
    costliest = int(np.argmax(values))
    return View(
        figures.batch(MAILS, probs, labels, values, mean=mean_value, unit=unit),
        caption=f"The mean over the five mails is {text(mean_value)} {unit.symbol}. “{MAILS[costliest]}” costs the "
        f"most: {text(float(values[costliest]))} {unit.symbol}.",
        formula=formulas.mean_of_batch(probs.tolist(), labels.tolist(), mean_value, unit),
        solved={
            "halve": one_answer_changed and mean_loss <= initial_mean / 2,
            "ruin": one_answer_changed and bool(np.isinf(mean_loss)),
        },
        handles=[mail.handle("x", at=len(mails) - 1 - i) for i, mail in enumerate(mails)],
        code=code_of_batch(probs, labels, unit),
    )


def code_of_batch(probs: np.ndarray, labels: np.ndarray, unit: Unit) -> Code:
    """Return the mean of a batch as code."""
    in_unit = "" if unit is Unit.NATS else f"value, grad = Unit.{unit.name}.of(value), Unit.{unit.name}.of(grad)\n"
    loss = mean(binary_cross_entropy(probs, labels))
    value, grad = np.asarray(unit.of(loss.value)), np.asarray(unit.of(loss.grad))
    return Code(
        numpy="import numpy as np\n\n"
        f"from xent_core import {'Unit, ' if in_unit else ''}binary_cross_entropy, mean\n\n"
        f"losses = binary_cross_entropy({written(probs)}, {written(labels)})\n"
        f"value, grad = mean(losses)\n{in_unit}"
        f"print(value, grad)  # {float(value):.6g}",
        torch=backward(
            f"torch.nn.functional.binary_cross_entropy(p, torch.tensor({labels.tolist()}, dtype=p.dtype))",
            unit=unit,
            p=probs,
        ),
        value=value,
        grad=grad,
        differs=how_pytorch_differs(probs, labels, unit),
    )


@view(
    z=logit_of_spam,
    clip=clip,
    tasks=[
        Task(
            "stopped",
            "With the clip at 10⁻⁷, find a logit where the clipped slope is exactly 0 and the exact loss is below "
            "17 nats.",
        )
    ],
)
def clipping(z: float, clip: float) -> View:
    """The loss and its slope with p clipped away from 0 and 1, and without clipping."""
    exact_line = binary_cross_entropy_with_logits(LOGITS_OF_SPAM, 1)
    clipped_line = clipped_binary_cross_entropy(LOGITS_OF_SPAM, 1, clip=clip)
    exact, clipped = binary_cross_entropy_with_logits(z, 1), clipped_binary_cross_entropy(z, 1, clip=clip)
    value, slope, clipped_value, clipped_slope = (float(number) for number in (*exact, *clipped))
    highest = "0.9" if clip == 0.1 else f"1 − {CLIPS[clip]}"
    return View(
        figures.clipping(
            LOGITS_OF_SPAM,
            exact_line.value,
            clipped_line.value,
            at=z,
            exact_at=(value, slope),
            clipped_at=(clipped_value, clipped_slope),
        ),
        caption=f"At logit {exact_text(z)} the loss is {text(value)} nats with slope {text(slope)}. With p clipped to "
        f"the range from {CLIPS[clip]} to {highest}, it is {text(clipped_value)} nats with slope "
        f"{text(clipped_slope)}.",
        formula=formulas.clipped_slopes(z, clip, exact, clipped),
        solved={"stopped": clip == 1e-7 and z < 0 and clipped_slope == 0 and value < 17},
        handles=[logit_of_spam.handle("x")],
        code=call(
            clipped_binary_cross_entropy,
            z,
            1,
            torch=backward(f"-z.sigmoid().clamp({clip!r}, 1 - {clip!r}).log()", z=z),
            clip=clip,
        ),
    )
