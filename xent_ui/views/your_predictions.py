"""The pictures of the lesson on the learner's own predictions."""

from typing import Final

import numpy as np

from xent_ui.controls.declarations import Slider, Steps
from xent_ui.controls.shared import temperature
from xent_ui.experiments.prediction_scores import TEMPERATURES, Report, Scored, sample
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

worst_share = Slider("worst", "Look at the worst rows, %", 1, 100, 20, 1)
clip = Steps("least", "Clip: nothing counts as less likely than", CLIPS, 0.0)
cut = Slider("cut", "Say yes from a probability of", 0.0, 1.0, 0.5, 0.01, "%.2f")


def _asks() -> str:
    """Return the text of the question about the sample."""
    report = sample().report
    return (
        f"The sample's model is right on {percent(float(report.is_correct.mean()))} of the photos. "
        f"What is its log loss, in nats? (Always answering with the class shares costs {text(report.baseline)}.)"
    )


log_loss_of_sample = Question(
    "your_predictions", _asks, answer=lambda: sample().report.log_loss, low=0.0, high=2.0, step=0.05, unit=" nats"
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
    if smallest > p:
        slope_of_mean = "grad = 0.0  # the slope of the mean over all rows: p is clipped"
    else:
        slope_of_mean = f"grad = grad / {n}  # the slope of the mean over all rows"
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
        f"(value / {n}).backward()  # the slope of the mean over all rows",
        "print(value, p.grad)",
    ]
    return Code("\n".join(numpy), "\n".join(torch), np.asarray(value), np.asarray(slope))


@view(
    worst_percent=worst_share,
    smallest=clip,
    guess=log_loss_of_sample,
    tasks=[
        Task("half", "Find the smallest share of the rows that pays half of the bill."),
        Task("clip", "Clip until no row costs more than 3 nats."),
    ],
)
def the_bill(worst_percent: int, smallest: float, guess: Guess, data: Scored) -> View:
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
            RowLosses(report.loss[report.worst_first], losses, log_loss, report.baseline),
            n_worst=n_worst,
            share=share,
            guess=guess.at(35),
        ),
        caption=f"{counted(report.n, 'row')}. Lock in a guess, or move a control, and see what each of them costs."
        if guess.hidden
        else f"The log loss of {quoted(data.name)} is {text(log_loss, 4)} nats, the mean over "
        f"{counted(report.n, 'row')}. The worst {worst_percent} % of them pay {percent(share)} of the bill.",
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
    return f"{100 * share:.1f} %"


@view(
    T=temperature,
    tasks=[
        Task("modest", "Cool too far: make the log loss as bad as it was at T = 1, to the second decimal."),
        impossible(
            "argmax",
            "Find a temperature at which one more row is right.",
            because="Dividing all logits of a row by the same T keeps their order, so the class called likeliest "
            "stays. A temperature changes how sure the model is, never what it says.",
        ),
    ],
)
def the_temperature(T: float, data: Scored) -> View:
    """The reliability of the judged rows at a temperature, and their log loss at every temperature."""
    report = data.report
    if not report.n_judged:
        return View(
            figures.no_rows("every row gave 0 to what was true"),
            caption="No temperature can be fitted or judged: every row gave 0 to what was true.",
            solved={"modest": False, "argmax": False},
        )
    now, uncooled, fitted = report.at_temperature(T), report.uncooled, report.fitted
    left_out = f" Left out here: {report.n_impossible:,} that gave 0 to what was true." if report.n_impossible else ""
    losses = TemperatureCurve(
        TEMPERATURES, report.losses_by_temperature, uncooled.log_loss, report.temperature, fitted.log_loss
    )
    return View(
        figures.reliability_at_temperature(now.curve, losses, at=(T, now.log_loss)),
        caption=f"At T = {T:g} the log loss is {text(now.log_loss)} nats, the calibration error "
        f"{_one_decimal(now.calibration_error)}. The temperature fitted on {counted(report.n_fitted, 'row')} is "
        f"{text(report.temperature)}: on {counted(report.n_judged, 'other')} it takes the log loss from "
        f"{text(uncooled.log_loss)} to {text(fitted.log_loss)}, the calibration error from "
        f"{_one_decimal(uncooled.calibration_error)} to {_one_decimal(fitted.calibration_error)}.{left_out}",
        solved={
            "modest": T > 1.2 and f"{now.log_loss:.2f}" == f"{uncooled.log_loss:.2f}",
            "argmax": now.n_correct > uncooled.n_correct,
        },
        handles=[temperature.handle("x")],
    )


@view(threshold=cut, tasks=[Task("foxes", "Find at least 45 of the 64 foxes with fewer than 40 false alarms.")])
def the_threshold(threshold: float, data: Scored) -> View:
    """One class against the rest, separated by a threshold."""
    report, index = data.report, data.class_of_interest
    counts = report.confusion(index, threshold)
    name = report.predictions.classes[index]
    others = f"{counted(counts.false_alarms, 'other')} {'is' if counts.false_alarms == 1 else 'are'}"
    return View(
        figures.threshold(*report.histograms(index, HISTOGRAM_BINS), cut=threshold, counts=counts, name=name),
        caption=f"Saying {quoted(name)} from a probability of {threshold:g} on finds {counts.found:,} and misses "
        f"{counts.missed:,}; {others} called {quoted(name)} too.",
        formula=formulas.recall_and_precision(counts.found, counts.missed, counts.false_alarms),
        solved={"foxes": data.is_sample and name == "fox" and counts.found >= 45 and counts.false_alarms < 40},
        handles=[cut.handle("x")],
    )
