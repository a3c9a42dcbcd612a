"""The pictures of the lesson on the learner's own predictions."""

from typing import Final

import numpy as np

from xent_ui.controls.declarations import Slider, Steps
from xent_ui.controls.shared import temperature
from xent_ui.experiments.prediction_scores import FEWEST_FITTED, TEMPERATURES, Fit, Report, Scored, sample
from xent_ui.figures import your_predictions as figures
from xent_ui.figures.your_predictions import RowLosses, TemperatureCurve
from xent_ui.formulas import your_predictions as formulas
from xent_ui.style.numbers import counted, percent, text
from xent_ui.style.words import quoted
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, written
from xent_ui.views.question import Guess, Question, Task, impossible

HISTOGRAM_BINS: Final = 40
CLIPS: Final = {0.0: "off", 1e-15: "10⁻¹⁵", 1e-7: "10⁻⁷", 0.001: "0.001", 0.01: "0.01", 0.05: "0.05", 0.1: "0.1"}

worst_share = Slider("worst", "The worst rows, in percent", 1, 100, 20, 1)
clip = Steps("least", "Clip probabilities below", CLIPS, 0.0)
cut = Slider("cut", "Threshold", 0.0, 1.0, 0.5, 0.01, "%.2f")


def _asks() -> str:
    """Return the text of the question about the sample."""
    report = sample().report
    return (
        f"The model of the sample is right on {percent(float(report.is_correct.mean()))} of 400 photos. Its log loss, "
        f"the mean over all of them, is {text(report.log_loss)} nats. How large, in nats, is the median: the loss in "
        "the middle when the rows are sorted by loss?"
    )


def _median(losses: np.ndarray) -> float:
    """Return the loss in the middle; ∞ if one of the two in the middle is infinite."""
    return float(np.median(losses))


median_of_sample = Question(
    "your_predictions", _asks, answer=lambda: _median(sample().report.loss), low=0.0, high=1.4, step=0.02, unit=" nats"
)


def _code(report: Report, index: int, smallest: float) -> Code | None:
    """Return the code of the loss of one row, and of the slope of the mean loss in the probability of its label.

    Return None for a row whose probability is too small for a float although its loss, from logits, is finite.
    """
    p, n = float(report.label_probs[index]), report.n
    value, slope = report.row(index, smallest)
    if p == 0 and np.isfinite(report.loss[index]) and not smallest:
        return None
    argument, clamped = written(p), "p"
    if smallest:
        argument, clamped = f"max({written(p)}, {written(smallest)})", f"p.clamp(min={written(smallest)})"
    means = f"the slope of the mean over all {report.noun}s"
    slope_of_mean = f"grad = 0.0  # {means}: p is clipped" if smallest > p else f"grad = grad / {n}  # {means}"
    numpy = [
        "from xent_core import surprise",
        "",
        f"value, grad = surprise({argument})",
        slope_of_mean,
        f"print(value, grad)  # {float(value):.6g}, {float(slope):.6g}",
    ]
    torch = [
        "import torch",
        "",
        f"p = torch.tensor({written(p)}, dtype=torch.float64, requires_grad=True)",
        f"value = -{clamped}.log()",
        f"(value / {n}).backward()  # {means}",
        "print(value, p.grad)",
    ]
    return Code("\n".join(numpy), "\n".join(torch), np.asarray(value), np.asarray(slope))


@view(
    worst_percent=worst_share,
    smallest=clip,
    guess=median_of_sample,
    tasks=[
        Task("half", "Find the smallest percentage of worst rows that makes up at least half of the total loss."),
        Task("clip", "Clip until no row has a loss above 3 nats."),
    ],
)
def losses_of_rows(worst_percent: int, smallest: float, guess: Guess, data: Scored) -> View:
    """The loss of every row, the largest first, and the share of the worst rows in the sum."""
    report = data.report
    n_worst = report.n_worst(worst_percent)
    index = int(report.worst_first[n_worst - 1])
    losses, log_loss = report.clipped(smallest)
    shares = report.cumulative_share(smallest)
    share = float(shares[n_worst - 1])
    share_before = float(shares[report.n_worst(worst_percent - 1) - 1]) if worst_percent > 1 else 0.0
    value, slope = report.row(index, smallest)
    return View(
        figures.row_losses(
            RowLosses(
                report.loss[report.worst_first],
                losses,
                log_loss,
                report.baseline,
                report.noun,
                ("base rates", "rates") if report.is_multi_label else ("class shares", "shares"),
            ),
            n_worst=n_worst,
            share=share,
            guess=guess.at(50),
        ),
        caption=f"The file has {counted(report.n, 'row')}, with a log loss of {text(log_loss)} nats. The loss of each "
        "shows once you have made a guess."
        if guess.hidden
        else f"The log loss of {quoted(data.name)} is {text(log_loss, 4)} nats, the mean over "
        f"{counted(report.n, report.noun)}. The median is {text(_median(losses))} nats. The worst "
        f"{worst_percent} % of the {report.noun}s make up {figures.share_text(share)} of the total loss.",
        formula=""
        if guess.hidden
        else formulas.row_loss(
            float(report.label_probs[index]),
            smallest,
            report.n,
            value=float(value),
            grad=float(slope),
            log_loss=log_loss,
        ),
        solved={"half": not smallest and share >= 0.5 > share_before, "clip": smallest > 0 and bool(losses[0] <= 3)},
        handles=[worst_share.handle("x")],
        code=_code(report, index, smallest),
    )


def _one_decimal(share: float) -> str:
    return f"{100 * share:.1f} %"


def _fitted(report: Report) -> str:
    """Return what the temperature that was fitted on the other rows does, or why none was, in a sentence."""
    n = counted(report.n_fitted, f"other {report.noun}")
    if report.fit == "fitted":
        before, after = report.uncooled, report.fitted
        return (
            f"The temperature fitted on {n} is {text(report.temperature)}: it takes the log loss from "
            f"{text(before.log_loss)} to {text(after.log_loss)} nats and the calibration error from "
            f"{_one_decimal(before.calibration_error)} to {_one_decimal(after.calibration_error)}."
        )
    only = quoted(report.predictions.classes[report.class_fitted])
    why: dict[Fit, str] = {
        "too few": f"No temperature is fitted: {n} would be too few to fit it on, {FEWEST_FITTED} are needed.",
        "one class": f"No temperature is fitted: in the {n} only {only} occurs, which says nothing of the other "
        f"{'class' if report.n_classes == 2 else 'classes'}.",
        "certain": f"No temperature is fitted: on {n} the model is certain, which no temperature changes.",
        "equal": f"No temperature is fitted: on {n} all classes that are possible have the same probability, which no "
        "temperature changes.",
        "misleads": f"On {n} the model misleads: equal probabilities for all classes would cost no more, and no "
        "temperature can mend that.",
        "always right": f"On {n} the likeliest class is always right, so the loss keeps falling as T goes to 0.",
    }
    return why[report.fit]


def _forecast(report: Report) -> str:
    """Return what the forecasts of a reliability diagram are, as a title."""
    if report.is_multi_label:
        return "probability of a label"
    if not report.is_binary:
        return "confidence"
    positive = report.predictions.classes[1]
    return f"probability of {'class 1' if positive == '1' else figures.name_of(positive)}"


@view(
    T=temperature,
    tasks=[
        Task("modest", "Find a temperature above 1.2 whose log loss is that of T = 1 again, to the second decimal."),
        impossible(
            "argmax",
            "Find a temperature at which the model is right on one more row.",
            because="Dividing all logits of a row by the same T keeps their order, so the likeliest class stays the "
            "same. A temperature changes how sure the model is, never which class it predicts.",
        ),
    ],
)
def temperature_scaling(T: float, data: Scored) -> View:
    """The reliability of the held-out rows at a temperature, and their log loss at every temperature."""
    report, noun = data.report, data.report.noun
    if report.fit == "none possible":
        why = (
            "only one row gave more than 0 to the truth"
            if report.n_judged or report.n_fitted
            else (f"every {noun} gave 0 to what was true")
        )
        return View(
            figures.no_rows(why),
            caption=f"No temperature can be fitted and judged: {why}.",
            solved={"modest": False, "argmax": False},
        )
    now, uncooled = report.at_temperature(T), report.uncooled
    mask = " A masked class keeps the probability 0 at every T." if report.has_masks else ""
    left_out = f" Left out here: {report.n_impossible:,} that gave 0 to what was true." if report.n_impossible else ""
    losses = TemperatureCurve(
        TEMPERATURES,
        report.losses_by_temperature,
        uncooled.log_loss,
        report.temperature if report.fit in ("fitted", "misleads", "always right") else None,
        report.fitted.log_loss if report.fit == "fitted" else None,
    )
    return View(
        figures.reliability_at_temperature(now.curve, losses, at=(T, now.log_loss), forecast=_forecast(report)),
        caption=f"At T = {T:g}, on {counted(report.n_judged, f'held-out {noun}')}, the log loss is "
        f"{text(now.log_loss)} nats and the expected calibration error {_one_decimal(now.calibration_error)}. "
        f"{_fitted(report)}{mask}{left_out}",
        solved={
            "modest": T > 1.2 and f"{now.log_loss:.2f}" == f"{uncooled.log_loss:.2f}",
            "argmax": now.n_correct > uncooled.n_correct,
        },
        handles=[temperature.handle("x")],
    )


@view(
    threshold=cut,
    tasks=[Task("foxes", "Find at least 65 of the 87 foxes of the sample with fewer than 40 false positives.")],
)
def decision_threshold(threshold: float, data: Scored) -> View:
    """One class against the rest, separated by a threshold."""
    report, index = data.report, data.class_of_interest
    counts = report.confusion(index, threshold)
    name = report.names_of_interest[index]
    n_true, called = counts.found + counts.missed, counted(counts.found + counts.false_alarms, "row")
    is_one = counts.found == 1
    calls, are = f"calls {called} {quoted(name)}", "is" if is_one else "are"
    if report.is_multi_label:
        calls, are = f"gives {called} the label {quoted(name)}", f"{'has' if is_one else 'have'} it"
    return View(
        figures.threshold(*report.histograms(index, HISTOGRAM_BINS), cut=threshold, counts=counts, name=name),
        caption=f"With a threshold of {threshold:g}, the model {calls}. {counts.found:,} of them {are}, out of "
        f"{n_true:,} in all; {counted(counts.false_alarms, 'is a false positive', 'are false positives')}.",
        formula=formulas.recall_and_precision(counts.found, counts.missed, counts.false_alarms),
        solved={"foxes": data.is_sample and name == "fox" and counts.found >= 65 and counts.false_alarms < 40},
        handles=[cut.handle("x")],
    )
