"""Choose the loss: activation, labels and loss that belong together."""

import numpy as np
import streamlit as st

from xent_core import (
    binary_cross_entropy_with_logits,
    mismatched_losses,
    one_hot,
    sigmoid,
    softmax,
    softmax_cross_entropy,
)
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.choose_the_loss import AT_COST, LEAD, Pair, output, pairing
from xent_ui.formulas import choose_the_loss as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, text

ANIMALS = ("cat", "dog", "fox")
TASKS = {"binary": "yes / no", "one": "one of 3", "any": "any of 3"}
TARGETS = {"binary": np.array([1.0]), "one": np.array([1.0, 0, 0]), "any": np.array([1.0, 1, 0])}
NAMES = {  # what goes with each task: activation, labels, loss, and what three libraries call it
    "binary": (
        "one sigmoid",
        "0 or 1, one an example",
        "binary cross-entropy",
        "`BCEWithLogitsLoss()`, float labels",
        "`BinaryCrossentropy(from_logits=True)`",
        "`LogisticRegression`, `log_loss(y, p)`",
    ),
    "one": (
        "softmax",
        "one integer an example, or a row that sums to 1",
        "categorical cross-entropy",
        "`CrossEntropyLoss()`, integer (long) labels or float rows",
        "integers: `SparseCategoricalCrossentropy(from_logits=True)`; rows: `CategoricalCrossentropy(…)`",
        "`LogisticRegression`, `log_loss(y, P)`",
    ),
    "any": (
        "a sigmoid for each label",
        "a row of 0s and 1s, any number of 1s",
        "binary cross-entropy, summed",
        "`BCEWithLogitsLoss()`, float rows; it takes the mean over labels too",
        "`BinaryCrossentropy(from_logits=True)`; the mean again",
        "`OneVsRestClassifier(LogisticRegression())`, one `log_loss` a column",
    ),
}
PARTS = ("Activation", "Labels", "Loss", "PyTorch", "Keras", "scikit-learn")
task = controls.Choice("question", "A cat, and a dog behind it. The answer is", TASKS, "one")
animals = [
    controls.Slider(name, f"Logit of {name}", -6.0, 6.0, start, 0.1, "%.1f")
    for name, start in zip(ANIMALS, (2.0, 1.0, -1.0), strict=True)
]

F, HOT = "torch.nn.functional", "torch.nn.functional.one_hot(torch.tensor(2), {k})"
WRONG = {  # the pairing: what it is called, what it computes, in PyTorch, what goes wrong, what belongs together
    "twice": (
        "softmax twice",
        mismatched_losses.softmax_twice,
        f"{F}.cross_entropy(z.softmax(-1), torch.tensor(2))",
        "The second softmax sees probabilities, at most 1 apart: the loss never comes near 0, and it pulls most "
        "weakly where the model is most wrong.",
        "Give the loss the logits; it applies softmax itself.",
    ),
    "sigmoids": (
        "sigmoids, one right",
        mismatched_losses.sigmoids_for_one_class,
        f"{F}.binary_cross_entropy_with_logits(z, {HOT}.double(), reduction='sum')",
        "Each class answers yes or no by itself. Nothing sums to 1, and every class that is merely undecided "
        "adds ln 2, however sure the right one is.",
        "Exclusive classes share one softmax.",
    ),
    "shared": (
        "softmax, two right",
        mismatched_losses.softmax_for_many_labels,
        "-(z.log_softmax(-1) * torch.tensor({many})).sum()",
        "Two true labels share one 1: neither can pass ½, and a loss of 0 is out of reach. A threshold at ½ "
        "finds none of them.",
        "Labels that may be true together have a sigmoid each.",
    ),
    "read": (
        "one-hot as integers",
        mismatched_losses.one_hot_as_labels,
        f"{F}.cross_entropy(z.expand({{k}}, {{k}}), {HOT})",
        "The row 0 … 1 … 0 is read as labels: class 0 again and again, class 1 once. The surer the model is of "
        "the right class, the more it costs, wherever the 1 stood.",
        "One-hot rows go to the categorical loss, integers to the sparse one.",
    ),
    "rounded": (
        "log of zero",
        mismatched_losses.log_of_rounded_probs,
        "-(z.softmax(-1)[2] * 100).round().div(100).log()",
        "Probabilities saved with two decimals: below 0.005 they are 0, and −ln 0 is ∞. Above, the loss moves "
        "in stairs, flat wherever you stand.",
        "Keep the logits; take the logarithm before you round.",
    ),
}
wrong_kind = controls.Pills("pairing", "The pairing", {kind: row[0] for kind, row in WRONG.items()}, "twice")
lead = controls.Slider("lead", "Logit of the right answer, others 0", -LEAD, LEAD, 3.0, 0.1, "%.1f")
n_classes = controls.Slider("of", "Classes, K", 3, 20, 4, 1)
SWEEP = np.linspace(-LEAD, LEAD, 201)

lessons.begin(__file__)


@live.picture
def one_photo() -> None:
    """One photo, three questions: which activation and which loss belong to the answer."""
    asked = task()
    sliders = animals[:1] if asked == "binary" else animals
    z = np.array([slider() for slider in sliders])
    target = TARGETS[asked]
    if asked != "binary":
        controls.presets(
            {"Untrained": {"cat": 0.0, "dog": 0.0, "fox": 0.0}, "Both seen": {"cat": 5.0, "dog": 5.0, "fox": -5.0}}
        )
    guess = checks.predict(
        "Untrained: all three logits are 0. “One of 3” then costs ln 3 = 1.10 nats. What does “any of 3” cost?",
        answer=float(binary_cross_entropy_with_logits(np.zeros(3), TARGETS["any"]).value.sum()),
        low=0,
        high=4,
        step=0.01,
        unit=" nats",
    )
    if asked == "one":
        probs, loss = softmax(z), softmax_cross_entropy(z, target)
        costs, value = target * loss.value, float(loss.value)
    else:
        probs, loss = sigmoid(z), binary_cross_entropy_with_logits(z, target)
        costs, value = loss.value, float(loss.value.sum())
    named = dict(zip(PARTS, NAMES[asked], strict=True))
    shares = ", ".join(f"{name} {text(float(p))}" for name, p in zip(ANIMALS, probs, strict=False))
    live.show(
        output(ANIMALS[: len(z)], probs, target, costs, guess=guess.at(AT_COST)),
        says=f"{TASKS[asked].capitalize()}: {named['Activation']} says {shares}; together {text(float(probs.sum()))}."
        + ("" if guess.hidden else f" It costs {text(value)} nats."),
        handle=[slider.handle("y", at=float(i)) for i, slider in enumerate(sliders)],
    )
    if not guess.hidden:
        live.formula(
            formulas.one_of(z.tolist(), value, loss.grad.tolist())
            if asked == "one"
            else formulas.each_of(z.tolist(), target.tolist(), value, loss.grad.tolist())
        )
    both = len(z) > 1 and bool((probs[:2] > 0.6).all())
    checks.challenge("Give cat and dog more than 0.6 each.", solved=both, name="both")
    checks.challenge("“Any of 3”: bring the loss below 0.1 nats.", solved=asked == "any" and value < 0.1, name="any")
    checks.impossible(
        "“One of 3”: give cat and dog more than 0.6 each.",
        solved=asked == "one" and both,
        name="share",
        because="Softmax shares out one whole among the classes: what one gains, the others lose. "
        "Two of them cannot both have more than a half.",
    )
    st.markdown("\n".join(f"- **{part}:** {name}" for part, name in named.items()))
    if asked == "one":
        sharing.state(
            softmax_cross_entropy,
            z,
            target,
            torch=sharing.torch_backward("torch.nn.functional.cross_entropy(z, torch.tensor(0))", z=z),
        )
    else:
        sharing.state(
            binary_cross_entropy_with_logits,
            z,
            target,
            torch=sharing.torch_backward(
                f"torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor({target.tolist()}, "
                "dtype=torch.float64), reduction='none')",
                z=z,
            ),
        )


one_photo()
st.markdown(
    "Ask first what can be true at the same time. **Exclusive** answers share one softmax; answers that may be true "
    "**together** have a sigmoid each; a single yes or no is one sigmoid. The loss follows from the activation."
)

st.header("Wrong pairings: a loss that falls, and is wrong")


@live.picture
def wrong_pairings() -> None:
    """A wrong pairing beside the right one: what it costs, where its floor is, and which way it pulls."""
    kind, k, here = wrong_kind(), n_classes(), lead()
    called, function, torch, trouble, remedy = WRONG[kind]
    right_answers = one_hot([1, 2], k).sum(axis=0) if kind == "shared" else one_hot(2, k)
    given = 2 if kind in ("twice", "rounded", "sigmoids") else right_answers.astype(int)

    def row(ahead: np.ndarray) -> np.ndarray:
        return np.multiply.outer(ahead, right_answers)

    def both(ahead: np.ndarray) -> tuple[Pair, Pair]:
        z = row(ahead)
        wrong = function(z, np.broadcast_to(given, (*z.shape[:-1], *np.shape(given))))
        if kind == "shared":
            right = binary_cross_entropy_with_logits(z, np.broadcast_to(right_answers, z.shape))
            return Pair(right.value.sum(axis=-1), wrong.value), Pair(right.grad[..., 2], wrong.grad[..., 2])
        right = softmax_cross_entropy(z, np.broadcast_to(right_answers, z.shape))
        return Pair(right.value, wrong.value), Pair(right.grad[..., 2], wrong.grad[..., 2])

    values, grads = both(SWEEP)
    now, pulls = both(np.asarray(here))
    floor = float(values.wrong.min())
    live.show(
        pairing(SWEEP, values, grads, at=here, here=(now, pulls), floor=floor),
        says=f"{called.capitalize()}, K = {k}, the right answer at {exact_text(here)}: {text(float(now.wrong))} nats "
        f"where {text(float(now.right))} would be right; slope {text(float(pulls.wrong))} for "
        f"{text(float(pulls.right))}. At best, with the others at 0, it costs {text(floor)}.",
        handle=lead.handle("x"),
        tall=True,
    )
    st.markdown(f"**What goes wrong.** {trouble} **Instead:** {remedy}")
    live.formula(formulas.wrong_pairing(kind, here, k, float(now.wrong), float(pulls.wrong)))
    checks.challenge("Find a pairing that pushes the right answer down.", solved=bool(pulls.wrong > 0.1), name="down")
    checks.challenge("Make the wrong loss infinite.", solved=bool(np.isinf(now.wrong)), name="infinite")
    checks.challenge(
        "Softmax twice: raise the floor above 1.5 nats.", solved=kind == "twice" and floor > 1.5, name="floor"
    )
    checks.impossible(
        "Softmax twice, four classes: bring the loss to 0.7 nats.",
        name="below",
        solved=kind == "twice" and k == 4 and now.wrong <= 0.7,
        because="At best the first softmax gives 1, 0, 0, 0, and the second makes e / (e + 3) = 0.475 of it: never "
        "less than 0.744 nats, however sure and right the model is.",
    )
    many = [float(each) for each in right_answers]
    sharing.state(
        function,
        row(np.asarray(here)),
        given,
        torch=sharing.torch_backward(torch.format(k=k, many=many), z=row(np.asarray(here))),
    )


wrong_pairings()

left, right_side = st.columns(2)
with left:
    checks.misconception(
        "Softmax before a cross-entropy loss is harmless: the order of the classes stays.",
        name="twice",
        shows={"pairing": "twice", "lead": 10.0, "of": 4},
        because="The order stays, the loss does not: at a logit of 10 it should be near 0 and is 0.744. At −10, where "
        "the pull should be 1, there is hardly any.",
    )
with right_side:
    checks.misconception(
        "If the labels had the wrong format, there would be an error.",
        name="format",
        shows={"pairing": "read", "lead": 5.0, "of": 4},
        because="Often there is one. But rows of zeros and ones are integers too, and −ln p[y] takes them for class "
        "numbers without a word. The slope is positive: training pushes the right answer down.",
    )
st.subheader("So what")
st.markdown(
    "Check a new training loop with two numbers before you let it run: untrained, the loss should be ln K, or ln 2 a "
    "label; on one batch that it may learn by heart, it should go to 0. Each pairing above fails one of the two."
)
sharing.code(
    mismatched_losses.softmax_twice,
    mismatched_losses.sigmoids_for_one_class,
    mismatched_losses.softmax_for_many_labels,
    mismatched_losses.one_hot_as_labels,
    mismatched_losses.log_of_rounded_probs,
)
lessons.end(__file__)
