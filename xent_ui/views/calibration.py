"""The pictures of the lesson on calibration, and the network whose forecasts they show."""

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from xent_core import (
    ReliabilityCurve,
    brier_decomposition,
    brier_score,
    cross_entropy_at_temperature,
    expected_calibration_error,
    fit_temperature,
    make_dataset,
    maximum_calibration_error,
    reliability_curve,
    sigmoid,
    squared_error,
)
from xent_ui.controls.declarations import Slider
from xent_ui.controls.shared import temperature
from xent_ui.experiments.training_runs import TRAINING_SIZE, Problem, Settings, training_run
from xent_ui.figures.calibration import Parts, counts_and_gap, two_scores
from xent_ui.figures.your_predictions import TemperatureCurve, reliability_at_temperature
from xent_ui.formulas import calibration as formulas
from xent_ui.formulas.base import lines
from xent_ui.style.numbers import percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code
from xent_ui.views.question import Guess, Question, Task, impossible

PROBLEM: Final = Problem("moons", noise=0.4, imbalance=2, seed=1, units=16, mislabeled_start=False)
NETWORK: Final = Settings(PROBLEM, "cross-entropy", "Adam", 0.1)
UNSEEN_SIZE, UNSEEN_SEED = 4000, 77
UNSEEN = make_dataset(PROBLEM.shape, UNSEEN_SIZE, noise=PROBLEM.noise, imbalance=PROBLEM.imbalance, seed=UNSEEN_SEED)
FITTING, JUDGED = slice(0, None, 2), slice(1, None, 2)  # halves of the unseen examples
CAME_TRUE = UNSEEN.labels[JUDGED]
TEMPERATURES = np.linspace(0.2, 5, 61)
ASKED_STEPS: Final = 300

practice = Slider("practice", "Training steps of the network", 10, 400, ASKED_STEPS, 10)
bins = Slider("bins", "Bins", 2, 30, 10, 1)
always = Slider("always", "The other always says", 0.0, 1.0, 0.5, 0.01, "%.2f")


class Forecasts(NamedTuple):
    """The forecasts of the network for the judged half of the unseen examples.

    logits             (2000,)  log-odds
    temperature_curve  the log loss at every temperature, and the temperature fitted on the other half
    """

    logits: np.ndarray
    temperature_curve: TemperatureCurve


@lru_cache(maxsize=40)
def forecasts(steps: int) -> Forecasts:
    """Return the forecasts of the network after a number of training steps."""
    network = training_run(NETWORK)
    logits = network.setup.model.forward(network.params(steps), UNSEEN.points)
    judged, fitted = logits[JUDGED], float(fit_temperature(logits[FITTING], UNSEEN.labels[FITTING]))
    *losses, at_one, at_fitted = cross_entropy_at_temperature(judged, CAME_TRUE, [*TEMPERATURES, 1.0, fitted]).value
    return Forecasts(judged, TemperatureCurve(TEMPERATURES, np.array(losses), float(at_one), fitted, float(at_fitted)))


def reliability_at(steps: int, temperature: float, n_bins: int) -> ReliabilityCurve:
    """Return the reliability curve of the forecasts at a temperature."""
    return reliability_curve(sigmoid(forecasts(steps).logits / temperature), CAME_TRUE, n_bins=n_bins)


last_bin = Question(
    "calibration",
    "A network answers 2,000 questions it has never seen. Look at the last bin: 98\u00a0% sure on average. "
    "How many in 100 of these come true?",
    answer=lambda: float(100 * reliability_at(ASKED_STEPS, 1.0, 10).frequency[-1]),
    low=50,
    high=100,
    step=1,
    unit=" in 100",
)


@view(
    T=temperature,
    steps=practice,
    n_bins=bins,
    guess=last_bin,
    tasks=[
        Task("half", "Halve the calibration error of T = 1, with the network trained for 300 steps."),
        Task("early", "Train just long enough that no temperature is needed: fitted T within 10 % of 1."),
    ],
)
def reliability(T: float, steps: int, n_bins: int, guess: Guess) -> View:
    """How often forecasts came true at each confidence, and the log loss at every temperature."""
    logits, temperature_curve = forecasts(steps)
    probs = sigmoid(logits / T)
    curve = reliability_at(steps, T, n_bins)
    ece = float(expected_calibration_error(probs, CAME_TRUE, n_bins=n_bins))
    mce = float(maximum_calibration_error(probs, CAME_TRUE, n_bins=n_bins))
    unscaled = float(expected_calibration_error(sigmoid(logits), CAME_TRUE, n_bins=n_bins))
    loss = cross_entropy_at_temperature(logits, CAME_TRUE, T)
    value, slope = float(loss.value), float(loss.grad)
    asked = float(reliability_at(ASKED_STEPS, 1.0, 10).confidence[-1])
    rows = formulas.loss_at_temperature(T, value, slope, temperature_curve.fitted)
    in_last_bin = int(curve.count[-1])
    if in_last_bin and not guess.hidden:
        n_true = int(CAME_TRUE[probs > curve.edges[-2]].sum())
        rows += formulas.calibration_error(n_true, in_last_bin, float(curve.confidence[-1]), ece, len(CAME_TRUE))
    return View(
        reliability_at_temperature(
            curve, temperature_curve, at=(T, value), guess=guess.at(asked, scale=0.01), extra=counts_and_gap(curve)
        ),
        caption="How often did it come true? Lock in a guess, or move a control, to see."
        if guess.hidden
        else f"At T = {T:g}: calibration error (ECE) {percent(ece)}, largest gap (MCE) {percent(mce)}, log loss "
        f"{text(value)} nats. Fitted on 2,000 other questions: T = {text(temperature_curve.fitted)}.",
        formula=lines(rows),
        solved={"half": steps == 300 and ece <= unscaled / 2, "early": 0.9 < temperature_curve.fitted < 1.1},
        handles=[temperature.handle("x")],
        code=_code(T, steps, n_bins, value, slope),
    )


def _code(T: float, steps: int, n_bins: int, value: float, slope: float) -> Code:
    """Return programs that generate the data, train the network and judge its forecasts, as this module does."""
    shape, noise, imbalance, seed, units, _ = PROBLEM
    data = f'"{shape}", {{}}, noise={noise}, imbalance={imbalance}, seed={{}}'
    seen, unseen = data.format(TRAINING_SIZE, seed), data.format(UNSEEN_SIZE, UNSEEN_SEED)
    numpy = f"""from itertools import islice

from xent_core import (
    Adam, HiddenLayerModel, TrainingSetup, cross_entropy_at_temperature,
    expected_calibration_error, fit_temperature, make_dataset, sigmoid, train,
)

seen = make_dataset({seen})
setup = TrainingSetup(seen, HiddenLayerModel({units}), optimizer=Adam({NETWORK.learning_rate}), seed={seed})
trained = next(islice(train(setup), {steps}, None))

points, labels = make_dataset({unseen})
logits = setup.model.forward(trained.params, points)
print(fit_temperature(logits[::2], labels[::2]))  # fitted on one half, judged on the other

logits, labels, T = logits[1::2], labels[1::2], {T}
print(expected_calibration_error(sigmoid(logits / T), labels, n_bins={n_bins}))
value, grad = cross_entropy_at_temperature(logits, labels, T)
print(value, grad)"""
    torch = f"""import torch
from xent_core import HiddenLayerModel, make_dataset

cross_entropy = torch.nn.functional.binary_cross_entropy_with_logits


def logits_of(params, points):
    weights, biases, outputs, bias = params.split([{2 * units}, {units}, {units}, 1])
    return torch.tanh(points @ weights.view({units}, 2).T + biases) @ outputs + bias


points, labels = map(torch.tensor, make_dataset({seen}))
params = torch.tensor(HiddenLayerModel({units}).init(seed={seed}), requires_grad=True)
adam = torch.optim.Adam([params], lr={NETWORK.learning_rate})
for _ in range({steps}):
    adam.zero_grad()
    cross_entropy(logits_of(params, points), labels.double()).backward()
    adam.step()

points, labels = map(torch.tensor, make_dataset({unseen}))
params = params.detach()
T = torch.tensor({T}, dtype=torch.float64, requires_grad=True)
value = cross_entropy(logits_of(params, points[1::2]) / T, labels[1::2].double())
value.backward()
print(value, T.grad)"""
    return Code(numpy, torch, np.asarray(value), np.asarray(slope))


@view(
    c=always,
    T=temperature,
    steps=practice,
    tasks=[
        Task("useless", "Make the forecaster who always says the same nearly perfectly calibrated."),
        Task("eaten", "Let the network throw away a fifth of its resolution by being unreliable."),
        impossible(
            "constant",
            "Bring the constant forecast's score below its uncertainty.",
            because="A forecaster who never tells cases apart has a resolution of 0, and a reliability "
            "is a mean of squares. What is left, uncertainty, belongs to the questions.",
        ),
    ],
)
def three_parts(c: float, T: float, steps: int) -> View:
    """The Brier scores of the network and of a constant forecast, in three parts each."""
    constant = np.full(len(CAME_TRUE), c)
    network = _parts("the network", np.round(sigmoid(forecasts(steps).logits / T), 1))
    other = _parts(f"always {percent(c)}", constant)
    base_rate = float(CAME_TRUE.mean())
    return View(
        two_scores(network, other),
        caption=f"The network, its forecasts rounded to tenths: {text(network.score)}. Always {percent(c)}: "
        f"{text(other.score)}, off by {percent(float(expected_calibration_error(constant, CAME_TRUE)))} "
        f"and with a resolution of {text(other.resolution)}. {percent(base_rate)} come true.",
        formula=formulas.brier_of_constant(
            c, int(CAME_TRUE.sum()), len(CAME_TRUE), other.score, float(squared_error(c, base_rate).grad)
        ),
        solved={
            "useless": other.reliability < 0.0001,
            "eaten": network.reliability > network.resolution / 5,
            "constant": other.score < other.uncertainty,
        },
    )


def _parts(name: str, probs: np.ndarray) -> Parts:
    """Return the Brier score of forecasts and its parts."""
    parts = brier_decomposition(probs, CAME_TRUE)
    return Parts(
        name,
        uncertainty=float(parts.uncertainty),
        resolution=float(parts.resolution),
        reliability=float(parts.reliability),
        score=float(brier_score(probs, CAME_TRUE)),
    )
