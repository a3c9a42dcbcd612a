"""Class weights: when one class is rare."""

import numpy as np
import streamlit as st

from xent_core import balanced_class_weight, binary_cross_entropy_with_logits, effective_number_class_weight
from xent_core.reweighting import TwoGaussians, log_odds, reweighted
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.class_weights import LEFT, RIGHT, Groups, Line, boundary, said_for_true
from xent_ui.formulas.class_weights import weight_and_line, weighted_cross_entropy
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, plain, text

RARE = 10  # ill people in the training set
imbalance = controls.Steps(
    "imbalance",
    "Healthy people for each ill one",
    {n: f"1:{n:,}" for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)},
    100,
)
scheme = controls.Choice("scheme", "Weights", {"none": "none", "inverse": "inverse", "effective": "effective"}, "none")
beta = controls.Steps("beta", "β of the effective number", {b: f"{b:g}" for b in (0, 0.9, 0.99, 0.999, 0.9999)}, 0.999)
gap = controls.Slider("gap", "How far apart the groups are, *d*", 0.5, 4.0, 2.0, 0.1)
chance = controls.Slider("chance", "True probability, *p*", 0.01, 0.99, 0.1, 0.01)
pos_weight = controls.Steps(
    "pos_weight",
    "Weight of the positive class, *w*",
    {w: f"{w:g}" for w in (0.1, 0.25, 0.5, 1, 2, 4, 9, 24, 49, 99, 999)},
    9,
)
says = controls.Slider("says", "What your model says, *q*", 0.01, 0.99, 0.3, 0.01)
undo = controls.Toggle("undo", "Recalibrate: divide the odds by *w* again")
MEASURED = np.linspace(LEFT, RIGHT, 81)
PROBS = np.linspace(0, 1, 61)

lessons.begin(__file__)


def weights(kind: str, times: int, b: float) -> np.ndarray:
    """Weight of a healthy and of an ill example, for RARE ill and `times` as many healthy people."""
    labels = np.repeat([0, 1], [RARE * times, RARE])
    if kind == "inverse":
        return balanced_class_weight(labels, 2)
    return effective_number_class_weight(labels, 2, beta=b) if kind == "effective" else np.ones(2)


@live.picture
def where_the_line_is() -> None:
    """Two groups, one rare: weights lift its hump, and the line moves to where the humps are level."""
    n, kind = imbalance(), scheme()
    b = beta() if kind == "effective" else beta.default
    d = gap()
    groups = TwoGaussians(d, n)
    guess = checks.predict(
        "100 healthy people for each ill one. The ill measure 2 on average, the healthy 0. Somebody measures 2: "
        "how likely is illness, from 0 to 1?",
        answer=float(TwoGaussians(2.0, 100).probability(2.0)),
        low=0.0,
        high=1.0,
        step=0.01,
        digits=2,
    )
    light, heavy = weights(kind, n, b)
    w = float(heavy / light)
    edge = groups.boundary(pos_weight=w)
    line = Line(edge, groups.tail_probability(edge, 1), groups.tail_probability(edge, 0))
    truth, ill = groups.probability(MEASURED), groups.density(MEASURED, 1) / n
    live.show(
        boundary(
            MEASURED,
            Groups(groups.density(MEASURED, 0), ill, w * ill),
            truth,
            reweighted(truth, w),
            line=line,
            typical=d,
            guess=guess.at(2.0),
        ),
        says=f"Healthy and ill, {n:,} to 1. Where would you draw the line?"
        if guess.hidden
        else f"1:{n:,}, each ill person counts {plain(w, 3)}-fold: the line lies at {text(edge)}. Beyond it are "
        f"{percent(line.found)} of the ill and {percent(line.alarmed)} of the healthy.",
        handle=gap.handle("x"),
        tall=True,
    )
    if not guess.hidden:
        live.formula(weight_and_line(kind, rare=RARE, imbalance=n, beta=b, gap=d, weight=w, line=edge))
    checks.challenge(
        "At 1:1,000 and d = 2, find more than 80 % of the ill.",
        name="found",
        solved=n == 1000 and d == 2 and line.found > 0.8,
    )
    checks.challenge(
        "The same, but alarm fewer than 5 % of the healthy: find 20 % or more.",
        name="balanced",
        solved=n == 1000 and d == 2 and line.found > 0.2 and line.alarmed < 0.05,
    )
    checks.impossible(
        "Find all of the ill and alarm none of the healthy.",
        name="perfect",
        solved=line.found == 1 and line.alarmed == 0,
        because="The humps overlap, and a weight only moves the line. What lies on its wrong side changes hands; "
        "it does not go away. Only a better measurement pulls the humps apart.",
    )


where_the_line_is()
st.markdown(
    "Unweighted, the model is right to say “healthy” nearly always: that is the truth about rare things. A weight "
    "makes each rare example count as many. *Inverse frequency* makes the groups count alike; the *effective number* "
    "holds that after a thousand healthy people the next one tells little that is new."
)

st.header("What the weight does to the probabilities")


@live.picture
def what_it_says() -> None:
    """For each true probability, what the weighed model says at its cheapest."""
    p, w, q, undone = chance(), pos_weight(), says(), undo()
    best = float(reweighted(p, w))
    said = PROBS if undone else reweighted(PROBS, w)
    loss = binary_cross_entropy_with_logits(log_odds(q), p, pos_weight=w)
    shown = float(reweighted(best, 1 / w)) if undone else best
    live.show(
        said_for_true(PROBS, said, at=(p, shown, q), cheapest="corrected" if undone else "cheapest"),
        says=f"True {percent(p)}, weight {exact_text(w)}: the weighed model says {percent(best)}"
        + (
            f", and divided by the weight again {percent(shown)}."
            if undone
            else f". Your {percent(q)} costs {text(float(loss.value))} nats."
        ),
        handle=says.handle("y"),
    )
    live.formula(weighted_cross_entropy(p, q, w, float(loss.value), float(loss.grad), best))
    checks.challenge(
        "p = 0.1, w = 9: find what costs least to say.", name="cheapest", solved=p == 0.1 and w == 9 and q == 0.5
    )
    checks.challenge("Make a 1 % risk come out as 50 %.", name="one_percent", solved=p == 0.01 and w == 99)
    checks.impossible(
        "With w other than 1, leave a probability as it is.",
        name="unmoved",
        solved=w != 1 and abs(best - p) < 1e-9,
        because="The weight multiplies the odds p : (1 − p). Odds that are neither 0 nor infinite change when they "
        "are multiplied by anything but 1.",
    )
    z = float(log_odds(q))
    torch_loss = (
        "torch.nn.functional.binary_cross_entropy_with_logits(\n    z, torch.tensor"
        f"({p}, dtype=z.dtype), pos_weight=torch.tensor({float(w)}, dtype=z.dtype))"
    )
    sharing.state(binary_cross_entropy_with_logits, z, p, pos_weight=w, torch=sharing.torch_backward(torch_loss, z=z))


what_it_says()
st.markdown(
    "`pos_weight` multiplies the positive term only, so it is the *ratio* of two class weights. It is a choice about "
    "costs, not a fact about the world: what comes out is *wp* / (*wp* + 1 − *p*), until you divide the odds by *w*."
)

left, right = st.columns(2)
with left:
    checks.misconception(
        "The weighted model says 50 %, so it is one in two.",
        name="fifty",
        shows={"chance": 0.1, "pos_weight": 9, "says": 0.5, "undo": False},
        because="With w = 9 the cheapest thing to say about a 10 % risk is 50 %. The weight is in the number.",
    )
with right:
    checks.misconception(
        "Weights teach the model to tell the classes apart.",
        name="apart",
        shows={"imbalance": 1000, "scheme": "inverse", "gap": 2.0},
        because="Now it finds 84.1 % of the ill, and alarms 15.9 % of the healthy: per ill person, 159 healthy ones. "
        "The humps overlap as before; you have only moved the line.",
    )
st.subheader("So what")
st.markdown(
    "If you need a decision, keep the honest probabilities and move the threshold: here that does all that a weight "
    "does. If you need probabilities, train without weights, or undo them."
)
sharing.code(balanced_class_weight, effective_number_class_weight, reweighted)
lessons.end(__file__)
