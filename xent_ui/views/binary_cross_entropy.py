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
PROBS: Final = np.linspace(0, 1, 251)
LOGITS: Final = np.linspace(-10, 10, 201)
LOGITS_OF_SPAM: Final = np.linspace(-40, 5, 226)

given = Choice("given", "The model gives", {"p": "p", "z": "z"}, "p", help="A probability, or its logit")
prob = Slider("spam", "It says spam with probability p", 0.0, 1.0, 0.9, 0.01)
mails = [Slider(f"mail{i}", MAILS[i], 0.0, 1.0, p, 0.01) for i, p in enumerate(INITIAL_PROBS)]
truths = [Toggle(f"is_spam{i}", "spam", default=bool(y)) for i, y in enumerate(INITIAL_LABELS)]
clip = Steps("clip", "Hold p at least this far from 0 and 1", CLIPS, 1e-7)
logit_of_spam = Slider("deep", "Logit of a mail that is spam", -40.0, 5.0, -10.0, 0.5, "%.1f")
wrong_at_90_percent = Question(
    "binary_cross_entropy",
    "The model is 90\u00a0% sure that a mail is spam. It is not. What does that cost, in bits, "
    "if not knowing at all costs 1?",
    answer=float(Unit.BITS.of(binary_cross_entropy(0.9, 0).value)),
    low=0,
    high=8,
    step=0.1,
    unit=" bits",
)


@view(
    given=given,
    p=prob.when(given=["p"]),
    z=logit.when(given=["z"]),
    y=label,
    unit=unit,
    guess=wrong_at_90_percent,
    tasks=[
        Task("dear", "Be wrong for more than 6 bits."),
        Task("coin", "Answer so that it costs 1 bit whatever is true."),
        impossible(
            "both",
            "Find an answer that is cheap whatever is true: under half a bit both ways.",
            because="For less than half a bit as spam, p must be above 0.7; for less than half a bit as no spam, below "
            "0.3. What you give to one answer, you take from the other.",
        ),
    ],
)
def one_mail(given: str, p: float, z: float, y: int, unit: Unit, guess: Guess) -> View:
    """One mail: what the model's answer costs if it is spam, and if it is not."""
    bits = Unit.BITS.nats_per_unit
    if given == "z":
        p = float(sigmoid(z))
        x, axis, handle, asked_at = LOGITS, figures.LOGIT, logit.handle("x"), float(np.log(0.9 / 0.1))
        loss = binary_cross_entropy_with_logits(z, y)
        if_spam, if_not = (binary_cross_entropy_with_logits(LOGITS, each).value for each in (1, 0))
        loss_in_torch = f"torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor({y}.0, dtype=z.dtype))"
        code = call(binary_cross_entropy_with_logits, z, y, unit=unit, torch=backward(loss_in_torch, unit=unit, z=z))
    else:
        x, axis, handle, asked_at = PROBS, figures.PROBABILITY, prob.handle("x"), 0.9
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
    return View(
        figures.branches(
            x,
            unit.of(if_spam),
            unit.of(if_not),
            label=y,
            at=(z if given == "z" else p, value, slope),
            axis=axis,
            unit=unit,
            guess=guess.at(asked_at, scale=unit.of(bits)),
        ),
        caption=f"The model says {percent(p)} spam, and it is {'spam' if y else 'not'}: that costs {text(value)} "
        f"{unit.symbol}, and the slope in {given} is {text(slope)}.",
        formula=formulas.both_branches(p, y, loss, unit, z=z if given == "z" else None),
        solved={
            "dear": bool(loss.value > 6 * bits),
            "coin": p == 0.5,
            "both": bool(np.all(binary_cross_entropy(p, [0, 1]).value < bits / 2)),
        },
        handles=[handle],
        code=code,
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
        Task("halve", "Halve the mean by changing your mind about one mail."),
        Task("ruin", "Make the mean infinite with one answer."),
    ],
)
def batch(probs: np.ndarray, won: bool, watches: bool, lunch: bool, invoice: bool, exam: bool, unit: Unit) -> View:
    """Five mails: what each answer costs, and the mean."""
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
        caption=f"The mean over five mails is {text(mean_value)} {unit.symbol}. “{MAILS[costliest]}” costs most: "
        f"{text(float(values[costliest]))}.",
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
            "stopped", "With p held at 10⁻⁷, go where clipping has stopped all learning and the loss is under 17 nats."
        )
    ],
)
def clipping(z: float, clip: float) -> View:
    """The loss and its slope with p clipped away from 0 and 1, and without clipping."""
    exact_line = binary_cross_entropy_with_logits(LOGITS_OF_SPAM, 1)
    clipped_line = clipped_binary_cross_entropy(LOGITS_OF_SPAM, 1, clip=clip)
    exact, clipped = binary_cross_entropy_with_logits(z, 1), clipped_binary_cross_entropy(z, 1, clip=clip)
    value, slope, clipped_value, clipped_slope = (float(number) for number in (*exact, *clipped))
    return View(
        figures.clipping(
            LOGITS_OF_SPAM,
            exact_line.value,
            clipped_line.value,
            at=z,
            exact_at=(value, slope),
            clipped_at=(clipped_value, clipped_slope),
        ),
        caption=f"At logit {exact_text(z)} the loss is {text(value)} nats with slope {text(slope)}; with p held at "
        f"{CLIPS[clip]} or above it is {text(clipped_value)} with slope {text(clipped_slope)}.",
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
