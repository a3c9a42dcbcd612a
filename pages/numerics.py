"""Numerics: what floating point does to a formula."""

from functools import cache

import numpy as np
import streamlit as st

from xent_core import binary_cross_entropy_with_logits, logsumexp, softmax, sparse_softmax_cross_entropy, surprise
from xent_core import precision as fp
from xent_core.naive import clipped_binary_cross_entropy, naive_binary_cross_entropy, naive_softmax, ulp_error
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import clipping, numerics
from xent_ui.figures.numerics import FORMATS, WAYS, Answer, Window, brief, ulps_text
from xent_ui.formulas import numerics as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, text

BIG = [
    *range(1, 21),
    22,
    25,
    28,
    32,
    36,
    37,
    40,
    45,
    50,
    60,
    70,
    80,
    88,
    89,
    100,
    103,
    104,
    120,
    150,
    200,
    250,
    300,
    400,
    500,
    600,
    700,
    709,
    710,
    745,
    746,
    800,
    900,
    1000,
]
# Its values are places on the picture's axis, where it can be dragged; its names are the logits.
PLACES = {z: round(float(numerics.place(z)), 4) for z in BIG}
big = controls.Steps("big", "Logit *z* of the sure class; other: 0", {PLACES[z]: str(z) for z in BIG}, PLACES[1000])
wanted = controls.Choice("wanted", "Which class is right?", {0: "the other", 1: "the sure one"}, 0)
shift = controls.Slider("taken", "What you take off first, *c*", 0, 250, 0, 1)
tops = [
    controls.Slider(f"logit{i}", f"Logit *z*{mark} (*z*₃ is 0)", 0, 200, start, 1)
    for i, mark, start in ((1, "₁", 120), (2, "₂", 118))
]
far = controls.Slider("far", "Logit *z*", -50, 50, -10, 1)
fmt = controls.Choice("format", "Number format", {name: name for name in FORMATS}, "float32")
CLIPS = {1e-15: "10⁻¹⁵", 1e-12: "10⁻¹²", 1e-8: "10⁻⁸", 1e-7: "10⁻⁷", 1e-4: "10⁻⁴", 0.01: "0.01"}
clip = controls.Steps("hold", "Hold *p* in [clip, 1 − clip]", CLIPS, 1e-7)
measure = controls.Choice("measure", "Look at", {"loss": "the loss", "slope": "its gradient"}, "loss")
SWEEP = np.arange(-50, 51)


@cache
def answers(sure: int) -> dict[tuple[str, str], Answer]:
    """What the three ways of writing give in the three formats, for every logit of the slider."""
    z, truth = np.stack([BIG, np.zeros(len(BIG))], axis=-1), fp.exact_binary_cross_entropy(BIG, sure).value
    computed = {name: fp.cross_entropy_three_ways(z.astype(name), [sure, 1 - sure]) for name in FORMATS}
    return {
        (name, way): Answer(values, fp.correct_bits(values, truth))
        for name in FORMATS
        for way, values in zip(WAYS, computed[name], strict=True)
    }


def three_losses(z: np.ndarray, y: int, held: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Value and gradient of binary cross-entropy from a rounded p, from a clipped p, and from the logit."""
    target = np.full(z.shape, y, dtype=z.dtype)
    losses = (
        naive_binary_cross_entropy(z, target),
        clipped_binary_cross_entropy(z, target, clip=held),
        binary_cross_entropy_with_logits(z, target),
    )
    return [(loss.value.astype(z.dtype), loss.grad.astype(z.dtype)) for loss in losses]


lessons.begin(__file__)


@live.picture
def three_ways() -> None:
    """Softmax of (z, 0), written three ways in three formats: how much of the loss is right."""
    at, sure = list(PLACES.values()).index(big()), wanted()
    controls.presets({f"({z}, 0)": {"big": PLACES[z]} for z in (1000, 100, 10)})
    z, found = BIG[at], answers(sure)
    bursts = next(big_z for big_z in range(1, 1001) if np.isnan(naive_softmax(np.array([big_z, 0], np.float32))[0]))
    guess = checks.predict(
        "float16 cannot hold e¹². float32 reaches 3.4 × 10³⁸. From which whole *z* on is $e^z$ too large for it?",
        answer=bursts,
        low=0,
        high=400,
        step=1,
        digits=2,
    )
    said = ", ".join(f"{name} {brief(float(found[name, 'textbook'].values[at]))}" for name in FORMATS)
    exact = fp.exact_binary_cross_entropy(z, sure)
    live.show(
        numerics.lanes(BIG, found, at=at, guess=guess.at(numerics.lane(1, 0) + 0.45)),
        says="Blue: the share of bits that are right. Where does the textbook formula end in float32?"
        if guess.hidden
        else f"Softmax of ({z}, 0), then −Σ y ln p. By the textbook: {said}. Blue is the share of bits that are right.",
        handle=big.handle("x"),
    )
    if not guess.hidden:
        live.formula(formulas.two_logits(z, fp.exact_exp(z), exact.value.item(), exact.grad.item(), sure=bool(sure)))
    alive = [bool(np.isfinite(found["float32", way].values[at])) for way in WAYS]
    checks.challenge(
        "In float32, break the textbook formula but not the one with the maximum taken off.",
        solved=alive[:2] == [False, True],
        name="shift_helps",
    )
    off, logs = (float(found["float64", way].values[at]) for way in WAYS[1:])
    checks.challenge(
        "In float64: a loss that “max off” calls 0 and “in logs” does not.", name="free", solved=off == 0 < logs
    )
    row = np.array([float(z), 0.0])
    sharing.state(
        sparse_softmax_cross_entropy,
        row,
        1 - sure,
        torch=sharing.torch_backward(f"torch.nn.functional.cross_entropy(z, torch.tensor({1 - sure}))", z=row),
    )


three_ways()
st.markdown(
    "**Textbook** divides $e^z$ by the sum: past the largest number of the format, ∞/∞ is nan. "
    "**Max off** subtracts the largest logit first, so nothing overflows; but the other class still sinks to 0, and a "
    "one-hot target meets 0 · ln 0. **In logs** never makes a probability: only the format itself can stop it."
)

st.header("Log-sum-exp, step by step")


@live.picture
def log_sum_exp() -> None:
    """c + ln Σ e^(z − c): on paper the same for every c, in a format only where the window holds the powers."""
    c, z = shift(), [slider() for slider in tops] + [0]
    controls.presets({"Take off nothing": {"taken": 0}, "Take off the maximum": {"taken": max(z)}})
    truth = fp.exact_logsumexp(z)
    steps = {name: fp.logsumexp_steps(np.array(z, name), c) for name in FORMATS}
    seen = [
        Window(*fp.exponent_range(name), float(each.value), bool(ulp_error(each.value, truth) <= 2))
        for name, each in steps.items()
    ]
    half = steps["float16"]
    live.show(
        numerics.windows(steps["float64"].shifted.tolist(), seen),
        says=f"In float16, step by step: z − c is {', '.join(brief(float(v)) for v in half.shifted)}; the powers are "
        f"{', '.join(brief(float(v)) for v in half.powers)}; their sum {brief(float(half.total))}; plus c, "
        f"{brief(float(half.value))}. Exactly: {text(truth, 6)}.",
        handle=live.Handle("taken", "x", low=0, high=250, step=1, stops=tuple(float(max(z) - k) for k in range(251))),
    )
    live.formula(formulas.logsumexp(z, c, truth, softmax(np.array(z, float)).tolist()))
    checks.challenge(
        "With 120, 118 and 0: a shift that saves all three formats, but is not the maximum.",
        solved=z == [120, 118, 0] and all(w.right for w in seen) and c != max(z),
        name="near",
    )
    checks.challenge(
        "Take off so much that float32 believes the sum is 0.",
        name="too_much",
        solved=bool(steps["float32"].total == 0),
    )
    checks.impossible(
        "Take off the maximum and still overflow.",
        name="overflow",
        solved=c == max(z) and not np.isfinite(half.total),
        because="Less the maximum, the largest exponent is 0 and its power is 1. Every other power lies between 0 and "
        "1, so the sum of three is at most 3, and at least 1: its logarithm is safe too.",
    )
    sharing.state(logsumexp, np.array(z, float), torch=sharing.torch_backward("z.logsumexp(-1)", z=np.array(z, float)))


log_sum_exp()
st.markdown(
    "The shift cancels on paper: $e^{z-c}$ makes every power smaller by the same factor, and $+\\,c$ puts it back. "
    "Drag the dots: each format has a window, and only the largest power has to be in it."
)

st.header("1 − p cancels, and a clip goes flat")


@live.picture
def clip_or_logits() -> None:
    """Binary cross-entropy from a rounded p, from a clipped p, and from the logit: value, gradient, error in ulps."""
    z, y, name, held, look = far(), controls.label(), fmt(), clip(), measure()
    part, whole = look == "slope", fp.exact_binary_cross_entropy(z, y)
    exact = np.asarray(fp.exact_binary_cross_entropy(SWEEP, y)[part], dtype=float)
    curves = [
        clipping.Sweep(loss[part], ulp_error(loss[part], exact)) for loss in three_losses(SWEEP.astype(name), y, held)
    ]
    at = int(z - SWEEP[0])
    here = [float(exact[at]), *(float(each.values[at]) for each in curves)]
    live.show(
        clipping.clip_or_not(SWEEP, exact, curves, at=z, here=here, gradient=part, yes=y == 1),
        says=f"At logit {exact_text(z)}, y = {y}, in {name}: exactly {text(here[0])}; from p {brief(here[1])}, from a "
        f"clipped p {brief(here[2])}, from the logit {brief(here[3])}. "
        f"Errors: {', '.join(ulps_text(float(each.ulps[at])) for each in curves)} ulps.",
        handle=far.handle("x"),
        tall=True,
    )
    live.formula(
        formulas.clipped(z, y, whole.value.item(), whole.grad.item(), clip=held, most=float(surprise(held).value))
    )
    (rounded, _), (kept, pull), _ = three_losses(np.array(z, name), y, held)
    checks.challenge(
        "Make the loss of a *right* answer nan.", name="nan", solved=(z > 0) == (y == 1) and bool(np.isnan(rounded))
    )
    checks.challenge(
        "Be wrong by a logit of 20 or more and feel no pull at all.",
        name="flat",
        solved=abs(z) >= 20 and (z > 0) == (y == 0) and pull == 0,
    )
    checks.challenge(
        "In float32: a clip so small that it rounds away, and the loss is ∞ after all.",
        name="useless",
        solved=name == "float32" and bool(np.isinf(kept)),
    )
    checks.impossible(
        "In float64, clipped at 10⁻⁷, make a mistake cost 17 nats.",
        name="seventeen",
        solved=name == "float64" and held == 1e-7 and kept >= 17,
        because="A probability held above 10⁻⁷ costs at most −ln 10⁻⁷ = 16.1 nats. The clipped loss cannot tell "
        "one enormous mistake from another, so it has no slope there to undo them.",
    )
    sharing.state(
        binary_cross_entropy_with_logits,
        float(z),
        float(y),
        torch=sharing.torch_backward(
            f"torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor({float(y)}, dtype=torch.float64))",
            z=float(z),
        ),
    )


clip_or_logits()
st.markdown(
    "An *ulp*, a unit in the last place, is the gap between a number and the next one its format can hold. "
    "Near 1 that gap is 10⁻⁷ in float32: a probability closer to 1 than that *is* 1, and 1 − p is 0. "
    "Near 0 the gap is far finer, which is why the same number written as a logit, or as $1-p$ from the start, is safe."
)

left, right_ = st.columns(2)
with left:
    checks.misconception(
        "float64 has digits enough: it would not happen there.",
        name="double",
        shows={"big": PLACES[800], "wanted": 0},
        because="A wider format moves the edge, from 89 to 710; it does not remove it. Written in logs even float16 "
        "answers (800, 0) correctly.",
    )
with right_:
    checks.misconception(
        "Clip p to [10⁻⁷, 1 − 10⁻⁷] and the loss is safe.",
        name="clip",
        shows={"far": -30, "y": 1, "hold": 1e-7, "measure": "slope", "format": "float64"},
        because="It is finite, and flat: the slope is 0 exactly where the model is most wrong, so it never learns its "
        "way back. The exact slope there is −1.",
    )
st.subheader("So what")
st.markdown(
    "Give the loss the logits, and let it do softmax and logarithm in one go. Whenever a program makes a probability "
    "first and takes its logarithm later, it has already lost what the loss needed to know."
)
sharing.code(
    fp.cross_entropy_in_log_space, fp.logsumexp_steps, fp.exact_binary_cross_entropy, naive_binary_cross_entropy
)
lessons.end(__file__)
