"""Focal loss: look away from what is easy."""

import numpy as np
import streamlit as st

from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, expected_focal_loss, log_odds
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.focal_loss import MOST_WINDOWS, Curves, field, loss_and_pull, report_curve
from xent_ui.formulas.focal_loss import expected_focal, focal_loss, two_sides
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text

given = controls.Slider("pt", "Probability given to the right answer, *p*", 0.01, 0.99, 0.9, 0.01)
focusing = controls.Slider("gamma", "Focusing, γ (0 is cross-entropy)", 0.0, 5.0, 2.0, 0.1)
windows = controls.Steps("windows", "Windows of background", {n: f"{n:,}" for n in (1, 10, 30, 100, 300, 1000)}, 1000)
easy = controls.Slider("easy", "How sure it is of each: “background”", 0.5, 0.999, 0.99, 0.001, "%.3f")
field_focusing = controls.Slider("focus", "Focusing, γ", 0.0, 5.0, 0.0, 0.1)
balance = controls.Slider("alpha", "Weight of the object, α (background has 1 − α)", 0.05, 0.95, 0.5, 0.05)
ink = controls.Choice("ink", "The dots share out", {"loss": "the loss", "pull": "the pull on the logits"}, "loss")
truth = controls.Slider("truth", "How often it is true", 0.5, 0.99, 0.8, 0.01)
report = controls.Slider("report", "What the model reports", 0.01, 0.99, 0.8, 0.001, "%.3f")
bend = controls.Slider("bend", "Focusing, γ", 0.0, 5.0, 2.0, 0.1)
PROBS = np.linspace(0.005, 0.995, 67)
OBJECT = 0.1  # what the model gives the one object: it has nearly missed it


def both(p: np.ndarray | float, gamma: float) -> tuple[Curves, Curves]:
    """Cross-entropy and focal loss where the right answer has probability p: value, and pull on the logit."""
    z = log_odds(p)
    plain = binary_cross_entropy_with_logits(z, np.ones_like(z))
    focal = sigmoid_focal_loss(z, 1, gamma=gamma)
    return Curves(plain.value, abs(plain.grad)), Curves(focal.value, abs(focal.grad))


lessons.begin(__file__)


@live.picture
def one_example() -> None:
    """One example: what it costs and how hard it pulls, under cross-entropy and under focal loss."""
    p, gamma = given(), focusing()
    controls.presets({"Easy": {"pt": 0.95}, "Undecided": {"pt": 0.5}, "Wrong": {"pt": 0.1}})
    guess = checks.predict(
        "An example is badly wrong: *p* = 0.1, and cross-entropy pulls its logit with 0.90. "
        "How hard does focal loss with γ = 2 pull?",
        answer=float(both(0.1, 2.0)[1].pull),
        low=0,
        high=1.5,
        step=0.01,
    )
    plain, focal = both(p, gamma)
    live.show(
        loss_and_pull(PROBS, *both(PROBS, gamma), at=(p, plain, focal), guess=guess.at(0.1)),
        says="Cross-entropy in grey. Where will focal loss with γ = 2 be?"
        if guess.hidden
        else f"At p = {text(p, 2)} focal loss costs {text(float(focal.loss))} nats for cross-entropy's "
        f"{text(float(plain.loss))}, and pulls with {text(float(focal.pull))} for {text(float(plain.pull))}.",
        handle=given.handle("x"),
    )
    loss = sigmoid_focal_loss(log_odds(p), 1, gamma=gamma)
    if not guess.hidden:
        live.formula(focal_loss(p, gamma, float(loss.value), float(loss.grad)))
    checks.challenge(
        "With γ = 2, find where both pull alike (to 0.005).",
        name="alike",
        solved=gamma == 2 and abs(focal.pull - plain.pull) < 0.005,
    )
    checks.challenge(
        "Find an example that focal loss counts 1,000 times less.",
        name="thousand",
        solved=plain.loss > 1000 * focal.loss,
    )
    checks.impossible(
        "Find one that costs more under focal loss.",
        solved=bool(focal.loss > plain.loss),
        name="dearer",
        because="The factor (1 − p)^γ is at most 1, so the loss can only shrink. Its *slope* can still be steeper: "
        "the factor changes with p, and that adds to the pull.",
    )
    sharing.state(
        sigmoid_focal_loss,
        float(log_odds(p)),
        1,
        gamma=gamma,
        torch=sharing.torch_backward(
            f"-(1 - z.sigmoid()) ** {gamma} * torch.nn.functional.logsigmoid(z)", z=float(log_odds(p))
        ),
    )


one_example()
st.markdown(
    r"Focal loss multiplies cross-entropy by $(1-p)^\gamma$: the surer the right answer, the less it counts. "
    "It was made for detectors, which look at thousands of windows of an image, nearly all of them empty."
)

st.header("A thousand easy windows, one object")


@live.picture
def detector() -> None:
    """One nearly missed object among many windows of background: whose loss is it?"""
    n, sure, gamma, alpha, what = windows(), easy(), field_focusing(), balance(), ink()
    controls.presets(
        {"Cross-entropy": {"focus": 0.0, "alpha": 0.5}, "Focal, as published": {"focus": 2.0, "alpha": 0.25}}
    )
    each = sigmoid_focal_loss(log_odds([OBJECT, 1 - sure]), [1, 0], gamma=gamma, alpha=alpha)
    loss, pull = each.value * [1, n], abs(each.grad) * [1, n]
    object_share, rest = (float(s) for s in controls.Distribution.shares(loss if what == "loss" else pull))
    live.show(
        field((object_share, rest), windows=n, what=what),
        says=f"All the ink is the {what} of one image. The object, at p = {OBJECT:g}, holds {percent(object_share)}; "
        f"{n:,} windows that are {percent(sure)} sure of background hold {percent(rest)}.",
    )
    live.formula(
        two_sides(alpha, gamma, object_p=OBJECT, background_p=sure, windows=n, losses=tuple(loss), pulls=tuple(pull))
    )
    full = n == MOST_WINDOWS and sure == 0.99 and what == "loss"
    checks.challenge(
        "1,000 windows at 0.99: give the object half the loss with γ alone (α = 0.5).",
        name="by_gamma",
        solved=full and alpha == 0.5 and object_share >= 0.5,
    )
    checks.challenge(
        "The same with α alone (γ = 0).", name="by_alpha", solved=full and gamma == 0 and object_share >= 0.5
    )
    checks.challenge(
        "Drown the object again, below 2 % of the loss, though γ = 2.",
        name="drowned",
        solved=gamma == 2 and what == "loss" and object_share < 0.02,
    )


detector()
st.markdown(
    "Each window of background costs next to nothing, but a thousand nothings outweigh the one mistake that matters. "
    "Focusing works as long as the crowd is *easy*: windows the model is unsure about keep their say."
)

st.header("The price: it no longer pays to be honest")


@live.picture
def honesty() -> None:
    """What each report costs on average, when the answer is yes as often as the truth says."""
    t, gamma, q = truth(), bend(), report()
    best = best_focal_report(t, gamma=gamma)
    costs, plain = (expected_focal_loss(log_odds(PROBS), t, gamma=g).value for g in (gamma, 0))
    here = expected_focal_loss(log_odds(q), t, gamma=gamma)
    least, cost = float(expected_focal_loss(log_odds(best), t, gamma=gamma).value), float(here.value)
    live.show(
        report_curve(PROBS, costs, plain, truth=t, gamma=gamma, best=(best, least), at=(q, cost)),
        says=f"True {percent(t)} of the time, γ = {exact_text(gamma)}: to report {exact_text(q)} costs {text(cost)} "
        f"nats on average; the cheapest report is {text(best)}, at {text(least)}.",
        handle=[truth.handle("x", at=1.0), report.handle("x", at=0.2)],
    )
    live.formula(expected_focal(t, q, gamma, cost, float(here.grad)))
    checks.challenge(
        "True 80 % of the time, γ = 2: find the cheapest report (to 0.002).",
        name="cheapest",
        solved=t == 0.8 and gamma == 2 and abs(q - best) <= 0.002,
    )
    checks.challenge("Make it pay to hold back 0.3 or more.", name="shy", solved=t - best >= 0.3)
    checks.impossible(
        "With γ above 0, find a truth over ½ where honesty is cheapest.",
        name="honest",
        solved=gamma > 0 and t > 0.5 and abs(t - best) < 1e-6,
        because="Where the report is the truth, cross-entropy's slope is 0. The focusing factor adds a slope of its "
        "own there, towards ½, so the bottom of the curve always lies on the shy side.",
    )


honesty()
st.markdown(
    "A score that is cheapest at the truth is called *proper*; focal loss is not. Trained with γ = 2, a model that "
    "should say 80 % says 62.7 %: the order of its answers is right, the numbers are not, until you recalibrate them."
)

cards = st.columns(3)
with cards[0]:
    checks.misconception(
        "Focal loss only shrinks gradients.",
        name="shrinks",
        shows={"pt": 0.1, "gamma": 2.0},
        because="At p = 0.1 and γ = 2 it pulls with 1.10 where cross-entropy pulls with 0.90: 22 % harder. Only above "
        "about p = 0.30 does it pull less.",
    )
with cards[1]:
    checks.misconception(
        "α is there to weigh up the common class.",
        name="alpha",
        shows={"alpha": 0.9, "focus": 0.0},
        because="α multiplies the *rare* class, the object; the background gets 1 − α. Published with γ = 2 it is "
        "0.25, less than a half, because focusing has already silenced the crowd.",
    )
with cards[2]:
    checks.misconception(
        "What focal loss trains are probabilities.",
        name="probabilities",
        shows={"truth": 0.9, "report": 0.9, "bend": 2.0},
        because="The dot is the honest report, and it does not lie at the bottom. What comes out is drawn towards ½.",
    )
st.subheader("So what")
st.markdown(
    "Use focal loss when a crowd of easy examples drowns the few that matter, and tune γ first, α after it. "
    "Do not read its outputs as probabilities; if you need those, calibrate on held-out data."
)
sharing.code(sigmoid_focal_loss, expected_focal_loss, best_focal_report)
lessons.end(__file__)
