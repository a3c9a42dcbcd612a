"""Calibration: does 80 % come true eight times in ten? A diagram, a temperature, and the Brier score in three parts."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from xent_core import (
    ReliabilityCurve,
    brier_decomposition,
    brier_score,
    expected_calibration_error,
    fit_temperature,
    maximum_calibration_error,
    reliability_curve,
    sigmoid,
    squared_error,
)
from xent_core.calibration import cross_entropy_at_temperature
from xent_core.datasets import make_dataset
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.calibration import Parts, counts_and_gap, two_scores
from xent_ui.figures.your_predictions import Strip, cooled
from xent_ui.formulas.base import lines
from xent_ui.formulas.calibration import brier_of_constant, one_bin, slope_in_temperature
from xent_ui.live import show as live
from xent_ui.style.numbers import percent, text
from xent_ui.views.training_runs import Settings, Task, run

NETWORK = Settings(Task("moons", 0.4, 2, 1, 16, taught_wrong=False), "cross-entropy", "Adam", 0.1)
ASKED = make_dataset("moons", 4000, noise=0.4, imbalance=2, seed=77)
FITTED_ON, JUDGED_ON = slice(0, None, 2), slice(1, None, 2)
TEMPERATURES = np.linspace(0.2, 5, 61)
CAME = ASKED.labels[JUDGED_ON]

practice = controls.Slider("practice", "Training steps of the network", 10, 400, 300, 10)
bins = controls.Slider("bins", "Bins", 2, 30, 10, 1)
always = controls.Slider("always", "The other always says", 0.0, 1.0, 0.5, 0.01, "%.2f")


class Forecasts(NamedTuple):
    """Log-odds of the judged half of the questions; its log loss at every temperature."""

    logits: np.ndarray
    strip: Strip


@lru_cache(maxsize=40)
def forecasts(steps: int) -> Forecasts:
    """What the network says after so many steps of training, on questions it has never seen."""
    network = run(NETWORK)
    logits = network.setup.model.forward(network.params(steps), ASKED.points)
    judged, fitted = logits[JUDGED_ON], float(fit_temperature(logits[FITTED_ON], ASKED.labels[FITTED_ON]))
    loss = cross_entropy_at_temperature(judged, CAME, [*TEMPERATURES, 1.0, fitted]).value
    return Forecasts(judged, Strip(TEMPERATURES, loss[:-2], float(loss[-2]), fitted, float(loss[-1])))


def diagram(steps: int, temperature: float, n_bins: int) -> ReliabilityCurve:
    """Forecasts at this temperature, sorted into bins."""
    return reliability_curve(sigmoid(forecasts(steps).logits / temperature), CAME, n_bins=n_bins)


lessons.begin(__file__)


@live.picture
def reliability() -> None:
    """What was said against what came true, and the loss at every temperature."""
    T, steps, n_bins = controls.temperature(), int(practice()), int(bins())
    top = diagram(300, 1.0, 10)
    guess = checks.predict(
        "A network answers 2,000 questions it has never seen. Look at the last bin: 98\u00a0% sure on average. "
        "How many in 100 of these come true?",
        answer=float(100 * top.frequency[-1]),
        low=50,
        high=100,
        step=1,
        unit=" in 100",
    )
    said = forecasts(steps)
    curve = diagram(steps, T, n_bins)
    probs = sigmoid(said.logits / T)
    ece, mce = (
        float(error(probs, CAME, n_bins=n_bins)) for error in (expected_calibration_error, maximum_calibration_error)
    )
    here = cross_entropy_at_temperature(said.logits, CAME, T)
    live.show(
        cooled(
            curve,
            said.strip,
            at=(T, float(here.value)),
            guess=guess.at(float(top.confidence[-1]), scale=0.01),
            extra=counts_and_gap(curve),
        ),
        says="How often did it come true? Lock in a guess, or move a control, to see."
        if guess.hidden
        else f"At T = {T:g}: calibration error (ECE) {percent(ece)}, largest gap (MCE) {percent(mce)}, log loss "
        f"{text(float(here.value))} nats. Fitted on 2,000 other questions: T = {text(said.strip.fitted)}.",
        handle=controls.temperature.handle("x"),
        tall=True,
    )
    rows = slope_in_temperature(T, float(here.value), float(here.grad), said.strip.fitted)
    if (count := int(curve.count[-1])) and not guess.hidden:
        came = int(CAME[probs > curve.edges[-2]].sum())
        rows += one_bin(came, count, float(curve.confidence[-1]), ece, len(CAME))
    live.formula(lines(rows))
    plain = float(expected_calibration_error(sigmoid(said.logits), CAME, n_bins=n_bins))
    checks.challenge(
        "Halve the calibration error of T = 1, with the network trained for 300 steps.",
        name="half",
        solved=steps == 300 and ece <= plain / 2,
    )
    checks.challenge(
        "Train just so long that no temperature is needed: fitted T within 10 % of 1.",
        name="early",
        solved=0.9 < said.strip.fitted < 1.1,
    )
    z, y = np.round(said.logits[::250], 2), CAME[::250]
    sharing.state(
        cross_entropy_at_temperature,
        z,
        y,
        T,
        torch=sharing.torch_backward(
            f"torch.nn.functional.binary_cross_entropy_with_logits(torch.tensor({z.tolist()}) / T, "
            f"torch.tensor({y.tolist()}, dtype=torch.float64))",
            T=T,
        ),
    )


reliability()
st.markdown(
    "A dot below the dashed line is a promise not kept: of all that was called so sure, fewer came true. The network "
    "was trained on 150 examples until it fitted their noise, and it is far too sure of what it learned. "
    "Dividing all its log-odds by one number, the temperature, takes most of that back and changes no answer."
)

st.header("What a Brier score is made of")


@live.picture
def three_parts() -> None:
    """The network and one who always says the same: three parts of the Brier score each."""
    c = always()
    T, steps = controls.temperature.shared(), int(practice.shared())
    tenths = np.round(sigmoid(forecasts(steps).logits / T), 1)
    constant = np.full(len(CAME), c)
    network, other = (
        Parts(
            name,
            *(
                float(getattr(brier_decomposition(q, CAME), part))
                for part in ("uncertainty", "resolution", "reliability")
            ),
            float(brier_score(q, CAME)),
        )
        for name, q in (("the network", tenths), (f"always {percent(c)}", constant))
    )
    base = float(CAME.mean())
    live.show(
        two_scores(network, other),
        says=f"The network, its forecasts rounded to tenths: {text(network.score)}. Always {percent(c)}: "
        f"{text(other.score)}, off by {percent(float(expected_calibration_error(constant, CAME)))} "
        f"and with a resolution of {text(other.resolution)}. {percent(base)} come true.",
    )
    slope = squared_error(c, base)
    live.formula(brier_of_constant(c, int(CAME.sum()), len(CAME), other.score, float(slope.grad)))
    checks.challenge(
        "Make the forecaster who always says the same nearly perfectly calibrated.",
        name="useless",
        solved=other.reliability < 0.0001,
    )
    checks.challenge(
        "Let the network throw away a fifth of its resolution by being unreliable.",
        name="eaten",
        solved=network.reliability > network.resolution / 5,
    )
    checks.impossible(
        "Bring the constant forecast's score below its uncertainty.",
        solved=other.score < other.uncertainty,
        name="constant",
        because="One who never tells one case from another has a resolution of 0, and a reliability "
        "is a mean of squares. What is left, uncertainty, belongs to the questions.",
    )


three_parts()
st.markdown(
    "*Uncertainty* is how hard the questions are. *Resolution* is what the forecaster gains by telling them apart. "
    "*Reliability* is what is lost by not meaning what was said: it alone can be mended afterwards."
)

one, other = st.columns(2)
with one:
    checks.misconception(
        "A well calibrated model is a good model.",
        name="calibrated",
        shows={"always": 0.33},
        because="Always saying 33 % is calibrated to a third of a per cent: a third do come true. It tells nobody "
        "anything: its Brier score is 0.222, that of the network, which is off by 10 %, only 0.136.",
    )
with other:
    checks.misconception(
        "Bolder is better: be sure, you are mostly right.",
        name="bolder",
        shows={"cool": 0.5, "practice": 300},
        because="At T = 0.5 the network says what it said, twice as boldly, and is as often right. Its log loss nearly "
        "doubles, from 0.662 to 1.21, and nearly all of it is paid for the few it got wrong.",
    )
st.subheader("So what")
st.markdown(
    "Look at the diagram before you believe a probability. Fit the temperature on examples that the model has not "
    "learned from, and judge it on others still. And ask for resolution, too: being calibrated is the smaller half."
)
sharing.code(reliability_curve, fit_temperature, cross_entropy_at_temperature, brier_decomposition)
lessons.end(__file__)
