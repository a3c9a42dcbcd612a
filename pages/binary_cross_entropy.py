"""Binary cross-entropy: both branches, a batch of mails and its mean, and clipping as a choice."""

import numpy as np
import streamlit as st

from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, mean, sigmoid
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import binary_cross_entropy as figures
from xent_ui.formulas import binary_cross_entropy as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text

MAILS = ("You have won!", "Cheap watches", "Lunch at noon?", "Your invoice", "Exam results")
SAID, TRUE = (0.97, 0.9, 0.02, 0.35, 0.9), (True, True, False, False, False)
CLIPS = {1e-15: "10⁻¹⁵", 1e-12: "10⁻¹²", 1e-9: "10⁻⁹", 1e-7: "10⁻⁷", 1e-5: "10⁻⁵", 1e-3: "10⁻³", 0.1: "0.1"}
PROBS, LOGITS, FAR = np.linspace(0, 1, 251), np.linspace(-10, 10, 201), np.linspace(-40, 5, 226)

given = controls.Choice("given", "The model gives", {"p": "p", "z": "z"}, "p", help="A probability, or its logit")
prob = controls.Slider("spam", "It says spam with probability p", 0.0, 1.0, 0.9, 0.01)
mails = [controls.Slider(f"mail{i}", MAILS[i], 0.0, 1.0, p, 0.01) for i, p in enumerate(SAID)]
truths = [controls.Toggle(f"is_spam{i}", "spam", default=yes) for i, yes in enumerate(TRUE)]
clip = controls.Steps("clip", "Hold p at least this far from 0 and 1", CLIPS, 1e-7)
deep = controls.Slider("deep", "Logit of a mail that is spam", -40.0, 5.0, -10.0, 0.5, "%.1f")

lessons.begin(__file__)


@live.picture
def one_mail():
    by, y, unit = given(), controls.label(), controls.unit()
    z = controls.logit() if by == "z" else None
    p = prob() if z is None else float(sigmoid(z))
    guess = checks.predict(
        "The model is 90\u00a0% sure that a mail is spam. It is not. What does that cost, in bits, "
        "if not knowing at all costs 1?",
        answer=float(Unit.BITS.of(binary_cross_entropy(0.9, 0).value)),
        low=0,
        high=8,
        step=0.1,
        unit=" bits",
    )
    if z is None:
        x, at, here = PROBS, p, binary_cross_entropy(p, y)
        spam, ham = (binary_cross_entropy(PROBS, t).value for t in (1, 0))
    else:
        x, at, here = LOGITS, z, binary_cross_entropy_with_logits(z, y)
        spam, ham = (binary_cross_entropy_with_logits(LOGITS, t).value for t in (1, 0))
    value, slope = float(unit.of(here.value)), float(unit.of(here.grad))
    live.show(
        figures.branches(
            x,
            unit.of(spam),
            unit.of(ham),
            label=y,
            at=(at, value, slope),
            axis=figures.PROBABILITY if z is None else figures.LOGIT,
            unit=unit,
            guess=guess.at(0.9) if unit is Unit.BITS and z is None else None,
        ),
        says=f"The model says {percent(p)} spam, and it is {'spam' if y else 'not'}: that costs {text(value)} "
        f"{unit.symbol}, and the slope in {by} is {text(slope)}.",
        handle=(prob if z is None else controls.logit).handle("x"),
    )
    live.formula(formulas.both_branches(p, y, here, unit, z=z))
    checks.challenge("Be wrong for more than 6 bits.", solved=Unit.BITS.of(here.value) > 6, name="dear")
    checks.challenge(
        "Answer so that it costs 1 bit whatever is true.", name="coin", solved=Unit.BITS.of(here.value) == 1
    )
    checks.impossible(
        "Find an answer that is cheap whatever is true: under half a bit both ways.",
        name="both",
        solved=all(Unit.BITS.of(binary_cross_entropy(p, t).value) < 0.5 for t in (0, 1)),
        because="For less than half a bit as spam, p must be above 0.7; for less than half a bit as no spam, below "
        "0.3. What you promise to one truth you take from the other.",
    )
    sharing.state(
        binary_cross_entropy,
        p,
        y,
        torch=sharing.torch_backward(
            f"torch.nn.functional.binary_cross_entropy(p, torch.tensor({y}.0, dtype=p.dtype))", p=p
        ),
    )


one_mail()
st.markdown(
    "Only one branch counts: the one that is true. Near right it is almost flat, near wrong steep without end, and "
    "at a certain mistake it is infinite: who said *never* was not surprised but refuted."
)
st.header("A batch: the mean of what the answers cost")


@live.picture
def batch():
    unit, probs, labels = controls.unit.shared(), [], []
    for mail, is_spam in zip(mails, truths, strict=True):
        with live.side():
            left, right = st.columns([7, 4], vertical_alignment="bottom")
        with live.inside(left):
            probs.append(mail())
        with live.inside(right):
            labels.append(int(is_spam()))
    losses = binary_cross_entropy(np.array(probs), np.array(labels))
    costs, whole = unit.of(losses.value), float(unit.of(mean(losses).value))
    before = binary_cross_entropy(np.array(SAID), np.array(TRUE, dtype=int))
    dearest = int(np.argmax(costs))
    live.show(
        figures.batch(MAILS, np.array(probs), np.array(labels), costs, mean=whole, unit=unit),
        says=f"The mean over five mails is {text(whole)} {unit.symbol}. “{MAILS[dearest]}” is the dearest: "
        f"{text(float(costs[dearest]))}.",
        handle=[mail.handle("x", at=len(mails) - 1 - i) for i, mail in enumerate(mails)],
    )
    live.formula(formulas.mean_of_batch(probs, labels, whole, unit))
    changed = sum(p != q for p, q in zip(probs, SAID, strict=True))
    same = labels == [int(yes) for yes in TRUE]
    checks.challenge(
        "Halve the mean by changing your mind about one mail.",
        name="halve",
        solved=same and changed == 1 and mean(losses).value <= mean(before).value / 2,
    )
    checks.challenge(
        "Make the whole batch infinitely dear with one answer.",
        name="ruin",
        solved=bool(np.isinf(whole)) and same and changed == 1,
    )


batch()
st.markdown(
    "One mail of exam results, taken for spam with 90 % certainty, costs more than the other four together. A mean "
    "of logarithms forgives many small doubts before it forgives one proud mistake."
)
st.header("Clipping: a choice, not a cure")


@live.picture
def clipping():
    z, held = deep(), clip()
    exact_line, clipped_line = binary_cross_entropy_with_logits(FAR, 1), clipped_binary_cross_entropy(FAR, 1, clip=held)
    exact, clipped = binary_cross_entropy_with_logits(z, 1), clipped_binary_cross_entropy(z, 1, clip=held)
    here = tuple(float(number) for number in (*exact, *clipped))
    live.show(
        figures.clipping(FAR, exact_line.value, clipped_line.value, at=z, here=here),
        says=f"At logit {exact_text(z)} the loss is {text(here[0])} nats with slope {text(here[1])}; with p held at "
        f"{clip.options[held]} or above it is {text(here[2])} with slope {text(here[3])}.",
        handle=deep.handle("x"),
    )
    live.formula(formulas.clipped_slopes(z, held, exact, clipped))
    checks.challenge(
        "With p held at 10⁻⁷, go where clipping has stopped all learning and the loss is under 17 nats.",
        solved=held == 1e-7 and z < 0 and here[3] == 0 and here[0] < 17,
        name="stopped",
    )


clipping()
st.markdown(
    "Many programs hold p between 10⁻⁷ and 1 − 10⁻⁷ so that no logarithm is infinite. The price: a mail that is "
    "worse than that pulls with slope 0, and the most mistaken model stops learning. From the logit the loss can be "
    "computed exactly, without infinity and without a clip."
)
one, other = st.columns(2)
with one:
    checks.misconception(
        "If y is 0, then y · log p is 0: what is not there costs nothing.",
        name="zero",
        shows={"given": "p", "spam": 0.9, "y": 0},
        because="The other branch pays: (1 − y) · log(1 − p). Saying 90 % spam of a mail that is not costs 3.32 bits.",
    )
with other:
    checks.misconception(
        "Clipping only keeps out infinity; it changes nothing else.",
        name="harmless",
        shows={"deep": -20.0, "clip": 1e-7},
        because="It changes where learning happens. At logit −20 the exact slope is −1, the clipped one 0.",
    )
st.subheader("So what")
st.markdown(
    "Binary cross-entropy is the surprise at what came true, averaged. Hand your program logits, not probabilities: "
    "it then needs no clip, and it still learns from its worst mistakes."
)
sharing.code(binary_cross_entropy, binary_cross_entropy_with_logits, clipped_binary_cross_entropy)
lessons.end(__file__)
