"""Softmax cross-entropy: many classes, one gradient."""

import numpy as np
import streamlit as st

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
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.softmax_cross_entropy import Labels, label_formats, shifted_logits, softmax_over_gradient
from xent_ui.formulas.softmax_cross_entropy import as_code, softmax_loss, softmax_share
from xent_ui.live import show as live
from xent_ui.style.numbers import plain, text

NAMES = ("cat", "dog", "fox", "cow", "bus", "jet")
LOGITS = (1.0, 2.0, 0.0, -1.0, 0.5, -2.0)
LOW, HIGH, STEP = -5.0, 5.0, 0.25
logits_of = [
    controls.Slider(f"z{i + 1}", name, LOW, HIGH, z, STEP, "%.2f")
    for i, (name, z) in enumerate(zip(NAMES, LOGITS, strict=True))
]
how_many = controls.Choice("logits", "Classes, *K*", {k: str(k) for k in (3, 4, 5, 6)}, 4)
truth = controls.Choice("right", "What it is, *y*", dict(enumerate(NAMES[:3])), 0)
SWEEP = np.arange(LOW, HIGH + STEP, STEP)

shift = controls.Slider("shift", "Added to every logit, *c*", -10.0, 10.0, 0.0, 0.5, "%.1f")
TEMPERATURES = (0.1, 0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
temperature = controls.Steps("temperature", "Temperature, *T*", {t: f"{t:g}" for t in TEMPERATURES}, 1.0)

KINDS = 1000
batch = controls.Steps("batch", "Examples in the batch", {n: str(n) for n in (1, 8, 32, 128)}, 1)
ahead = controls.Slider("ahead", "Logit of the right class, above the rest", 0.0, 15.0, 0.0, 0.5, "%.1f")
doubt = controls.Slider("doubt", "Doubt in the soft label", 0.0, 0.5, 0.0, 0.05, "%.2f")

lessons.begin(__file__)


@live.picture
def one_example() -> None:
    """One example: softmax of its logits, and the gradient p − y."""
    label, k = truth(), how_many()
    names, z = NAMES[:k], np.array(controls.side_by_side(*logits_of[:k]))
    asked = sparse_softmax_cross_entropy(LOGITS[:4], 0).grad[0]
    guess = checks.predict(
        "It is a cat, and softmax gives cat 0.237. How steep is the loss in the cat's own logit?",
        answer=float(asked),
        low=-1,
        high=1,
        step=0.05,
    )
    target, probs = one_hot(label, k), softmax(z)
    here = softmax_cross_entropy(z, target)
    value, grad = float(here.value), here.grad
    swept = np.where(np.eye(k, dtype=bool)[:, None], SWEEP[:, None], z)  # (k, stops, k): one logit moves, the rest stay
    stops = np.moveaxis(softmax(swept).diagonal(axis1=0, axis2=2), 1, 0).round(3)
    live.show(
        softmax_over_gradient(names, probs, grad, label=label, guess=guess.at(0)),
        says=f"It is a {names[label]}, which gets {text(probs[label])}: the loss is {text(value)} nats."
        + ("" if guess.hidden else f" Its logit is pulled up by {text(-grad[label])}, the rest down, as much in all."),
        handle=[
            live.Handle(logit.key, "y", low=LOW, step=STEP, stops=tuple(stops[i].tolist()), at=i)
            for i, logit in enumerate(logits_of[:k])
        ],
    )
    if not guess.hidden:
        live.formula(softmax_loss(names, z.tolist(), label, value, grad.tolist()))
        live.formula(as_code(z.tolist(), label, grad.tolist()))
    checks.challenge(
        "Make the loss ln K, what a model pays that has learned nothing.",
        name="untrained",
        solved=np.isclose(value, surprise(1 / k).value, rtol=1e-9),
    )
    checks.challenge("Bring the loss under 0.01.", solved=value < 0.01, name="sure")
    checks.impossible(
        "Make every logit want to rise.",
        solved=bool((grad < 0).all()),
        name="all_up",
        because="The probabilities sum to 1 and so does the target: p − y sums to 0. What pulls one logit up pulls "
        "the others down by as much.",
    )
    sharing.state(
        softmax_cross_entropy,
        z,
        target,
        torch=sharing.torch_backward(f"torch.nn.functional.cross_entropy(z, torch.tensor({label}))", z=z),
    )


one_example()
st.markdown(
    "The frame is the target: 1 for what it is, 0 for the rest. Under each bar stands the gradient, "
    "what the model says minus what is so. Training steps *against* it: the right logit rises, every wrong one falls, "
    "the likeliest wrong one most."
)

st.header("To all logits at once")


@live.picture
def all_at_once() -> None:
    """A constant added to every logit, and a temperature that divides them."""
    c, t = shift(), temperature()
    names, z = NAMES[:4], np.array(LOGITS[:4])
    probs, plain_probs = softmax(z + c, temperature=t), softmax(z)
    live.show(
        shifted_logits(names, z + c, probs),
        says=f"Dog gets {text(probs[1])}. The four classes are as uncertain as {text(float(perplexity(probs)))} "
        "equally likely ones.",
    )
    live.formula(softmax_share("dog", z.tolist(), 1, c, t, float(probs[1])))
    checks.challenge("Give dog more than 0.99 without touching any single logit.", solved=probs[1] > 0.99, name="cold")
    checks.challenge(
        "Bring all four within 0.02 of a quarter.", name="hot", solved=np.allclose(probs, 0.25, rtol=0, atol=0.02)
    )
    checks.impossible(
        "At temperature 1, change a probability by adding a constant.",
        name="shift",
        solved=t == 1 and not np.allclose(probs, plain_probs),
        because="Adding c multiplies every power of e by the same factor, above and below the line of the fraction: "
        "it cancels. Only differences of logits count.",
    )


all_at_once()
left, right = st.columns(2)
with left:
    checks.misconception(
        "Wrong classes cost nothing, because their target is 0.",
        name="wrong_classes",
        shows={"z2": 5.0},
        because="The sum −Σ y ln p has only one term, but softmax shares 1 among all: what a wrong class takes, the "
        "right one lacks. So each wrong logit has a gradient, its own p.",
    )
with right:
    checks.misconception(
        "Larger logits mean a surer model.",
        name="larger",
        shows={"shift": 10.0, "temperature": 1.0},
        because="Add 10 to every logit and no probability moves. Sureness is in the differences: to stretch those, "
        "multiply, which is what a temperature below 1 does.",
    )

st.header("Three ways to write down the truth")


@live.picture
def formats() -> None:
    """Integer, one-hot and soft labels of the same 1,000-class examples: bytes and loss."""
    n, gap, e = batch(), ahead(), doubt()
    labels = np.arange(n) * 7
    hard = one_hot(labels, KINDS)
    soft = smooth_labels(hard, e)
    z = gap * hard[:1]  # one example tells the loss of them all
    losses = [sparse_softmax_cross_entropy(z, labels[:1]), *(softmax_cross_entropy(z, y[:1]) for y in (hard, soft))]
    rows = [
        Labels(name, y.nbytes, float(loss.value[0]))
        for name, y, loss in zip(("integer", "one-hot", "soft"), (labels, hard, soft), losses, strict=True)
    ]
    live.show(
        label_formats(rows),
        says=f"Labels of {n} example{'s' if n > 1 else ''} among {KINDS:,} classes: "
        + "; ".join(f"{row.name}, {row.n_bytes:,} bytes, loss {text(row.loss)}" for row in rows)
        + ".",
    )
    checks.challenge(
        "Make the three losses one number for a model that has learned something.",
        name="one_number",
        solved=gap > 0 and e == 0 and np.allclose([row.loss for row in rows], rows[0].loss),
    )
    checks.challenge(
        "Make a confident, right model pay more than 3 nats.",
        name="doubted",
        solved=log_softmax(z)[0, 0] > -0.01 and rows[2].loss > 3,
    )


formats()
st.markdown(
    f"All logits equal, the model pays ln K, whatever the format: for {KINDS:,} classes "
    f"{plain(float(surprise(1 / KINDS).value), 3)} nats. A fresh network whose first loss is far from ln K has a bug. "
    "An integer says the same as a row of 1,000 numbers of which 999 are 0; only doubt needs the row."
)
st.subheader("So what")
st.markdown(
    "Softmax and cross-entropy belong together because their slopes cancel to *p − y*: no saturation, no vanishing "
    "at the output, and a sum of 0. Give the loss logits, not probabilities, and integers where the truth is certain."
)
sharing.code(softmax, softmax_cross_entropy)
lessons.end(__file__)
