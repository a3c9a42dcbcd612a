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
from xent_ui.controls.declarations import Choice, Slider
from xent_ui.controls.shared import temperature
from xent_ui.experiments.training_runs import TRAINING_SIZE, Problem, Settings, training_data, training_run
from xent_ui.figures import calibration as figures
from xent_ui.figures.calibration import LossCurve, Parts
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
TEMPERATURES = np.linspace(temperature.low, temperature.high, 97)
ASKED_STEPS, ASKED_BINS = 300, 10
HIDDEN_ABOVE: Final = 0.9  # the lower edge of the bin that the question is about
HELD_OUT, TRAINING = 0, 1  # the examples on which a temperature is fitted

practice = Slider("practice", "Training steps of the network", 10, 400, ASKED_STEPS, 10)
bins = Slider("bins", "Bins", 2, 30, ASKED_BINS, 1)
always = Slider("always", "The other always says", 0.0, 1.0, 0.5, 0.01, "%.2f")
fit_on = Choice("fit_on", "Fit the temperature on", {HELD_OUT: "held-out data", TRAINING: "training data"}, HELD_OUT)


class Forecasts(NamedTuple):
    """The forecasts of the network for the judged half of the unseen examples.

    logits   (2000,)  log-odds
    curves   the log loss of the judged half and of the training examples at every temperature
    fits     the temperatures fitted on the other half and on the training examples
    """

    logits: np.ndarray
    curves: tuple[LossCurve, LossCurve]
    fits: tuple[float, float]

    @property
    def fitted(self) -> float:
        """The temperature fitted on the other half of the unseen examples."""
        return self.fits[HELD_OUT]


@lru_cache(maxsize=40)
def forecasts(steps: int) -> Forecasts:
    """Return the forecasts of the network after a number of training steps."""
    network, seen = training_run(NETWORK), training_data(PROBLEM)
    unseen, learned = (
        network.setup.model.forward(network.params(steps), points) for points in (UNSEEN.points, seen.points)
    )
    judged = unseen[JUDGED]
    held_out = float(fit_temperature(unseen[FITTING], UNSEEN.labels[FITTING]))
    trained = float(fit_temperature(learned, seen.labels))
    return Forecasts(
        judged,
        (
            _loss_curve("held-out examples", judged, CAME_TRUE, held_out),
            _loss_curve("training examples", learned, seen.labels, trained),
        ),
        (held_out, trained),
    )


def _loss_curve(name: str, logits: np.ndarray, labels: np.ndarray, fitted: float) -> LossCurve:
    *losses, at_fitted = cross_entropy_at_temperature(logits, labels, [*TEMPERATURES, fitted]).value
    return LossCurve(name, np.array(losses), fitted, float(at_fitted))


def reliability_at(steps: int, temperature: float, n_bins: int) -> ReliabilityCurve:
    """Return the reliability curve of the forecasts at a temperature."""
    return reliability_curve(sigmoid(forecasts(steps).logits / temperature), CAME_TRUE, n_bins=n_bins)


def error_at(steps: int, temperature: float, n_bins: int) -> float:
    """Return the expected calibration error of the forecasts at a temperature."""
    probs = sigmoid(forecasts(steps).logits / temperature)
    return float(expected_calibration_error(probs, CAME_TRUE, n_bins=n_bins))


last_bin = Question(
    "calibration",
    "A network, trained for 300 steps on 150 examples, gives 2,000 new examples a probability of “yes”. In the last "
    "bin that is 98 % on average. How many in 100 of these are a yes?",
    answer=lambda: float(100 * reliability_at(ASKED_STEPS, 1.0, ASKED_BINS).frequency[-1]),
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
    slow=(practice.key,),
    tasks=[
        Task(
            "half",
            "With exactly 300 training steps, find a temperature at which the ECE is at most half of what it is at "
            "T = 1.",
        ),
        Task("early", "Stop training so early that the fitted temperature lies between 0.9 and 1.1."),
    ],
)
def reliability(T: float, steps: int, n_bins: int, guess: Guess) -> View:
    """How often forecasts came true at each probability that the network gave."""
    now = forecasts(steps)
    probs = sigmoid(now.logits / T)
    curve, ece = reliability_at(steps, T, n_bins), error_at(steps, T, n_bins)
    mce = float(maximum_calibration_error(probs, CAME_TRUE, n_bins=n_bins))
    loss = cross_entropy_at_temperature(now.logits, CAME_TRUE, T)
    value, slope = float(loss.value), float(loss.grad)
    asked = float(reliability_at(ASKED_STEPS, 1.0, ASKED_BINS).confidence[-1])
    in_last_bin = int(curve.count[-1])
    rows = []
    if not guess.hidden:
        rows = formulas.calibration_error(ece, len(CAME_TRUE))
        if in_last_bin:
            n_true = int(CAME_TRUE[probs > curve.edges[-2]].sum())
            rows += formulas.gap_of_last_bin(n_true, in_last_bin, float(curve.confidence[-1]))
    return View(
        figures.reliability(
            curve, guess=guess.at(asked, scale=0.01), hidden_above=HIDDEN_ABOVE if guess.hidden else 1.0
        ),
        caption=f"The bars count the examples in each bin. Up to a probability of {HIDDEN_ABOVE:g}, the dots show how "
        "many of them were a yes. Where does the dot of the last bin belong?"
        if guess.hidden
        else f"At T = {T:g}: calibration error (ECE) {percent(ece)}, largest gap (MCE) {percent(mce)}, log loss "
        f"{text(value)} nats. Fitted on 2,000 other examples: T = {text(now.fitted)}.",
        formula=lines(rows) if rows else "",
        solved={
            "half": steps == ASKED_STEPS and ece <= error_at(steps, 1.0, n_bins) / 2,
            "early": 0.9 < now.fitted < 1.1,
        },
        code=_code(T, steps, n_bins, value, slope),
    )


@view(on=fit_on, T=temperature, steps=practice, slow=(practice.key,))
def fit_one_number(on: int, T: float, steps: int) -> View:
    """The log loss of held-out and of training examples at every temperature, and what the fit on either does."""
    now = forecasts(steps)
    loss = cross_entropy_at_temperature(now.logits, CAME_TRUE, T)
    fitted = now.fits[on]
    before, after = (percent(error_at(steps, each, ASKED_BINS)) for each in (1.0, fitted))
    return View(
        figures.losses_at_temperatures(TEMPERATURES, now.curves, at=(T, float(loss.value)), chosen=on),
        caption=f"Fitted on {fit_on.options[on]}: T = {text(fitted)}. With it the ECE of the judged examples is "
        f"{after}; with T = 1 it is {before}. The ring is at T = {T:g}.",
        formula=lines(formulas.loss_at_temperature(T, float(loss.value), float(loss.grad))),
        handles=[temperature.handle("x")],
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
    slow=(practice.key,),
    tasks=[
        Task("useless", "Calibrate the constant forecast: bring its reliability below 0.0001."),
        Task("eaten", "Make the reliability of the network larger than a fifth of its resolution."),
        impossible(
            "constant",
            "Bring the Brier score of the constant forecast below its uncertainty.",
            because="A forecast that is always the same tells no cases apart, so its resolution is 0, and its "
            "reliability is a mean of squares, which is never negative. So the score is the uncertainty or more.",
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
        figures.two_scores(network, other),
        caption=f"Brier score of the network, its probabilities rounded to tenths: {text(network.score)}. Always "
        f"{percent(c)}: {text(other.score)}, with an ECE of "
        f"{percent(float(expected_calibration_error(constant, CAME_TRUE)))} and a resolution of "
        f"{text(other.resolution)}. The base rate is {percent(base_rate)}.",
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
