"""Cross-entropy against squared error: two slopes, a race, a surface, and what speaks for squared error."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import streamlit as st

from xent_core import binary_cross_entropy, binary_cross_entropy_with_logits, expected_loss, sigmoid, squared_error
from xent_core import sigmoid_squared_error as brier
from xent_core.datasets import make_dataset
from xent_core.optimizers import GradientDescent
from xent_core.scoring import best_report, log_rule, quadratic_rule
from xent_core.training import LOSSES, TrainingSetup, descend, loss_surface, train
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import ce_vs_mse as figures
from xent_ui.formulas import ce_vs_mse as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text

CE, SE, FOCAL = "cross-entropy", "squared error", "focal"
LOGITS, STARTS = (np.round(np.linspace(*ends), 1) for ends in ((-10, 10, 201), (-8, 0, 81)))
LAST, WEIGHTS, REPORTS = 300, np.linspace(-8, 8, 41), np.linspace(0.002, 0.998, 250)
POINTS = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
RATES = {rate: exact_text(rate) for rate in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)}

logit = replace(controls.logit, default=-6.0)
wrt = controls.Choice("wrt", "Slope in", {"z": "z", "p": "p"}, "z")
start = controls.Slider("z0", "All start at logit", -8.0, 0.0, -6.0, 0.1, "%.1f")
rate = controls.Steps("eta", "Learning rate", RATES, 1.0)
step = controls.Slider("step", "Steps made", 0, LAST, 0, 1)
walk = live.Play("step", (*range(30), *range(30, 60, 2), *range(60, LAST + 1, 5)))
landscape = controls.Choice("surface", "Loss", {CE: CE, SE: SE}, CE)
height = controls.Slider("w2", "Cut at weight w₂", -8.0, 8.0, -2.0, 0.5, "%.1f")
chord_from = controls.Slider("from", "Chord from w₁", -8.0, 0.0, -1.0, 0.5, "%.1f")
chord_to = controls.Slider("to", "Chord to w₁", 0.5, 8.0, 4.0, 0.5, "%.1f")
truth = controls.Slider("yes", "How often yes is right", 0.05, 0.95, 0.8, 0.01)


@lru_cache(maxsize=3 * len(RATES))
def paths(name, rate):  # logits after each step (LAST + 1) from every start: one call for all places of the slider
    return descend(LOSSES[name], STARTS, np.ones(81, dtype=int), steps=LAST, optimizer=GradientDescent(rate))


@lru_cache(maxsize=2)
def ground(name):
    return loss_surface(TrainingSetup(POINTS, loss=LOSSES[name]), np.zeros(3), (0, 1), WEIGHTS, WEIGHTS)


@lru_cache(maxsize=2)
def accuracy_of(name):
    run = train(TrainingSetup(make_dataset("blobs", 200, noise=0.6, seed=3), loss=LOSSES[name]))
    return percent(next(state for state in run if state.step == 200).measures.accuracy)


lessons.begin(__file__)


@live.picture
def slopes():
    z, y, by = logit(), controls.label(), wrt()
    guess = checks.predict(
        "The truth is yes. The model says z\u00a0=\u00a0−6, a chance of 0.25\u00a0%. Cross-entropy's slope there is "
        "0.998 steep. How steep is squared error's?",
        answer=float(abs(brier(-6.0, 1).grad)),
        low=0,
        high=1,
        step=0.005,
    )
    ours, theirs = ours_in_z, theirs_in_z = binary_cross_entropy_with_logits(LOGITS, y), brier(LOGITS, y)
    if by == "p":
        ours, theirs = binary_cross_entropy(sigmoid(LOGITS), y), squared_error(sigmoid(LOGITS), y)
    at = int(np.argmin(np.abs(LOGITS - z)))
    here, there = (type(loss)(loss.value[at], loss.grad[at]) for loss in (ours, theirs))
    p, kept = float(sigmoid(z)), guess.hidden
    live.show(
        figures.slopes(
            LOGITS,
            ours.grad,
            theirs.grad,
            at=(z, float(here.grad), float(there.grad)),
            wrt=by,
            label=y,
            guess=guess.at(-6),
        ),
        says=f"At z = {exact_text(z)}, where p = {percent(p)}, the slope in {by} of cross-entropy is "
        f"{text(float(here.grad))}, that of squared error {'your guess' if kept else text(float(there.grad))}.",
        handle=logit.handle("x"),
    )
    if not kept:
        live.formula(formulas.two_slopes(z, p, y, here, there, wrt=by))
    strong, faint = np.abs(ours_in_z.grad), np.abs(theirs_in_z.grad)
    checks.challenge("Find where squared error is steepest in z.", solved=faint[at] == faint.max(), name="steepest")
    checks.challenge(
        "Make cross-entropy pull 1,000 times as hard on z as squared error.",
        name="thousand",
        solved=strong[at] >= 1000 * faint[at],
    )
    checks.impossible(
        "Make cross-entropy steeper than 1 in z.",
        solved=strong[at] > 1,
        name="steeper",
        because="Its slope in z is p − y, a gap between two numbers from 0 to 1. However wrong the model is, the pull "
        "never explodes.",
    )
    sharing.state(
        binary_cross_entropy_with_logits,
        z,
        y,
        torch=sharing.torch_backward(
            f"torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor({y}.0, dtype=z.dtype))", z=z
        ),
    )


slopes()
st.markdown(
    "Squared error is not at fault for what it says about p: there it pulls hardest where it is most wrong. "
    "But p hardly moves when z does, by p(1 − p) only, and so the pull on z dies away. Cross-entropy's slope in p is "
    "steep enough to cancel exactly that factor: p − y is left."
)
st.header("A race from a confident mistake")


@live.picture
def race():
    z0, eta, made = start(), rate(), step()
    ways = {name: paths(name, eta)[:, np.argmin(np.abs(STARTS - z0))] for name in (CE, SE, FOCAL)}
    probs = {name: float(sigmoid(way[made])) for name, way in ways.items()}
    live.show(
        figures.race(
            [
                figures.Runner(
                    name, LOSSES[name](figures.LANE, np.ones(97, dtype=int)).grad, way[: made + 1], probs[name]
                )
                for name, way in ways.items()
            ],
            step=made,
        ),
        says=f"The truth is yes. From {percent(float(sigmoid(z0)))}, after {made} steps: "
        + ", ".join(f"{name} {percent(p)}" for name, p in probs.items())
        + ". High ground makes long steps.",
        handle=start.handle("x"),
        play=walk,
    )
    live.formula(formulas.first_step(z0, eta, float(ways[CE][1]), float(ways[SE][1])))
    there = probs[SE] > 0.5
    checks.challenge("Play until squared error, too, is right.", solved=there and z0 <= -4, name="arrive")
    checks.challenge(
        "From z = −6 or less, get it there within 20 steps.", name="hurry", solved=there and z0 <= -6 and made <= 20
    )


race()
st.markdown(
    "Squared error arrives in the end, and a larger learning rate helps it. But a rate that suits a confident mistake "
    "is far too large for everything else, and all examples share one rate."
)
st.header("One bowl, or a landscape")


@live.picture
def chord():
    name, w2, a, b = landscape(), height(), chord_from(), chord_to()
    setup = TrainingSetup(POINTS, loss=LOSSES[name])
    along = (WEIGHTS, np.linspace(a, b, 3))
    cut, ends = (loss_surface(setup, np.zeros(3), (0, 1), w1, np.array([w2]))[0] for w1 in along)
    middle, straight = float(ends[1]), float(np.mean(ends[::2]))
    live.show(
        figures.surface(
            WEIGHTS,
            ground(name),
            cut,
            height=w2,
            chord=(a, b),
            ends=(float(ends[0]), float(ends[2])),
            middle=(middle, straight),
            loss=name,
        ),
        says=f"Half way along the chord {name} is {text(middle)} and the chord {text(straight)}: "
        + ("the surface bulges above it, so it is no bowl." if middle > straight else "below it, as in a bowl."),
        handle=chord_to.handle("x"),
    )
    checks.challenge(
        "Show that squared error's surface is no bowl: find a chord below it.",
        name="bent",
        solved=middle > straight and name == SE,
    )
    checks.impossible(
        "Find such a chord for cross-entropy.",
        solved=middle > straight and name == CE,
        name="bowl",
        because="Cross-entropy is convex in the logits, the logits are linear in the weights, and a mean of convex "
        "functions is convex. With a hidden layer the logits are no longer linear, and the bowl is gone for any loss.",
    )


chord()
st.markdown(
    "Twelve points and a straight line to divide them; a quarter of the labels were flipped. Over its two weights "
    "cross-entropy is one bowl. Squared error has a shelf: from (−6.6, −1.6) descent at a rate of 1 is still at a loss "
    "of 0.53 after 500 steps, though 0.22 is to be had."
)
st.header("In fairness to squared error")


@live.picture
def honesty():
    t, rules = truth(), (log_rule, quadratic_rule)
    belief, reports = np.array([t, 1 - t]), np.stack([REPORTS, 1 - REPORTS], axis=-1)
    best = [best_report(rule, belief) for rule in rules]
    least = [float(expected_loss(rule, belief, q)) for rule, q in zip(rules, best, strict=True)]
    live.show(
        figures.honesty(
            REPORTS,
            *(expected_loss(rule, belief, reports) for rule in rules),
            truth=t,
            best=(float(best[0][0]), float(best[1][0])),
            lowest=(least[0], least[1]),
        ),
        says=f"If yes is right {percent(t)} of the time, cross-entropy is least at q = {percent(float(best[0][0]))}, "
        f"squared error at q = {percent(float(best[1][0]))}: both reward honesty.",
        handle=truth.handle("x"),
    )


honesty()
st.markdown(
    "Squared error is a *proper* score: nobody does better by exaggerating. It is bounded, so one wrong label cannot "
    "cost without end. And it trains: on the same 200 points, after 200 steps, cross-entropy gets "
    f"{accuracy_of(CE)} right and squared error {accuracy_of(SE)}."
)
one, other = st.columns(2)
with one:
    checks.misconception(
        "Squared error cannot train a classifier.",
        name="cannot",
        shows={"z0": -2.0, "eta": 1.0, "step": 20},
        because="From a start that is not confidently wrong it keeps up: see all three after 20 steps from 12 %. "
        "Its weakness is the far left of the first picture, not classification.",
    )
with other:
    checks.misconception(
        "Cross-entropy cures vanishing gradients.",
        name="sigmoid",
        shows={"z": -6.0, "y": 1, "wrt": "p"},
        because="It cures one: in p squared error is steep where it is wrong, 2 at most; the sigmoid is flat, and "
        "1/p undoes that. Nothing undoes a flat unit further back, whose own factor p(1 − p) stays.",
    )
st.subheader("So what")
st.markdown(
    "Pair a sigmoid with cross-entropy and p − y pulls the logit: hard where the model is wrong, gently where it is "
    "nearly right. Squared error is a fine *score* for probabilities, where nothing has to roll downhill."
)
sharing.code(binary_cross_entropy_with_logits, brier, descend)
lessons.end(__file__)
