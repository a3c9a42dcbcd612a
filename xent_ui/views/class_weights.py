"""The pictures of the lesson on class weights."""

from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

from xent_core import balanced_class_weight, binary_cross_entropy_with_logits, effective_number_class_weight
from xent_core.reweighting import TwoGaussians, log_odds, reweighted
from xent_ui.controls.declarations import Choice, Slider, Steps, Toggle
from xent_ui.controls.handles import Handle
from xent_ui.figures import class_weights as figures
from xent_ui.formulas import class_weights as formulas
from xent_ui.style.numbers import digits_apart, exact_text, percent, percents, plain, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, written
from xent_ui.views.question import Guess, Question, Task, impossible

ILL: Final = 10  # people in the training set
PEOPLE: Final = 1000  # in the picture
BELL: Final = NormalDist()
NEARLY_NONE: Final = 1e-6
RARE: Final = (0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07)  # thresholds
ASKED_IMBALANCE: Final = 100  # in the state that the question is about
ASKED_GAP: Final = 2.0
TRUTHS = np.linspace(0, 1, 61)

imbalance = Steps(
    "imbalance",
    "Healthy people for each ill one, *N*",
    {n: f"1:{n:,}" for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)},
    100,
)
scheme = Choice(
    "scheme",
    "Weights",
    {"none": "none", "inverse": "inverse", "effective": "effective"},
    "none",
    help="“inverse” stands for inverse frequency, “effective” for the effective number; the text below explains both",
)
beta = Steps("beta", "β of the effective number", {b: f"{b:g}" for b in (0, 0.9, 0.99, 0.999, 0.9999)}, 0.999)
distance = Slider("gap", "How far apart the groups are, *d*", 0.5, 4.0, 2.0, 0.1)
threshold = Steps(
    "threshold",
    "Threshold: say “ill” above a probability of",
    {p: f"{p:g}" for p in (*RARE, *(i / 20 for i in range(2, 19)), *(round(1 - p, 4) for p in reversed(RARE)))},
    0.5,
)
true_probability = Slider("chance", "True probability, *t*", 0.01, 0.99, 0.1, 0.01)
pos_weight = Steps(
    "pos_weight",
    "Weight of the positive class, *w*",
    {w: f"{w:g}" for w in (0.1, 0.25, 0.5, 1, 2, 4, 9, 24, 49, 99, 999)},
    9,
)
report = Slider("says", "What your model says, *p*", 0.01, 0.99, 0.3, 0.01)
undo = Toggle("undo", "Recalibrate: divide the odds by *w* again")
measured_two = Question(
    "class_weights",
    "There are 100 healthy people for each ill one. A test result of 2 is 7.39 times as common among the ill as among "
    "the healthy. How likely is illness after this result, from 0 to 1?",
    answer=float(TwoGaussians(ASKED_GAP, ASKED_IMBALANCE).probability(2.0)),
    low=0.0,
    high=1.0,
    step=0.01,
    digits=2,
)


def weight_of_ill(scheme: str, imbalance: int, beta: float) -> float:
    """Return the weight of an ill person under a scheme, relative to that of a healthy one."""
    labels = np.repeat([0, 1], [ILL * imbalance, ILL])
    if scheme == "inverse":
        healthy, ill = balanced_class_weight(labels, 2)
    elif scheme == "effective":
        healthy, ill = effective_number_class_weight(labels, 2, beta=beta)
    else:
        return 1.0
    return float(ill / healthy)


@view(
    imbalance=imbalance,
    scheme=scheme,
    beta=beta.when(scheme=["effective"]),
    gap=distance,
    cut=threshold,
    guess=measured_two,
    tasks=[
        Task("found", "At 1:1,000 and d = 2, find more than 80 % of the ill."),
        Task(
            "balanced", "At 1:1,000 and d = 2, find more than 20 % of the ill and alarm less than 5 % of the healthy."
        ),
        Task("same_line", "At 1:100 and d = 2, draw the line that inverse weights draw, but without weights."),
        impossible(
            "perfect",
            "Find all of the ill and alarm none of the healthy.",
            because="The groups overlap, and a weight or a threshold only moves the line between them: the fewer ill "
            "people the model misses, the more healthy people it alarms. Only a better test pulls the groups apart.",
        ),
    ],
)
def where_the_line_is(imbalance: int, scheme: str, beta: float, gap: float, cut: float, guess: Guess) -> View:
    """A thousand people, some of them ill, and the line between them, which a weight or the threshold moves.

    In the state that the question is about, the ill with a test result of about 2 are drawn once its answer is shown.
    """
    groups, weight = TwoGaussians(gap, imbalance), weight_of_ill(scheme, imbalance, beta)
    best, edge = (groups.boundary(pos_weight=weight / float(np.exp(log_odds(each)))) for each in (0.5, cut))
    found, alarmed = (groups.tail_probability(edge, label) for label in (1, 0))
    precision = found / (found + imbalance * alarmed)
    costs = cost_of_line(groups, edge, weight), cost_of_line(groups, best, weight)
    cost, least = (text(each, digits_apart(*costs)) for each in costs)
    is_asked_by_task = imbalance == 1000 and gap == 2
    is_asked_state = imbalance == ASKED_IMBALANCE and gap == ASKED_GAP
    is_guessed = is_asked_state and (guess.hidden or guess.committed)
    n_ill = round(PEOPLE / (1 + imbalance))
    recall, alarms, right = _shares(found, alarmed, precision)
    return View(
        figures.crowd(
            figures.People(spread(PEOPLE - n_ill), gap + spread(n_ill), gap),
            weight=weight,
            line=figures.Line(edge, costs[0]),
            best=figures.Line(best, costs[1]),
            guess=figures.BandGuess(guess.guessed, is_open=guess.hidden) if is_guessed else None,
        ),
        caption=f"{imbalance:,} healthy {'person' if imbalance == 1 else 'people'} for each ill one, who has a weight "
        f"of {plain(weight, 3)}: the line lies at {text(edge)}. Beyond it are {recall} of the ill, which is the "
        f"recall, and {alarms} of the healthy. Of all people beyond it, {right} are ill, which is the precision. The "
        f"mistakes cost {cost} per 1,000 people"
        + (", the least of all lines." if edge == best else f"; the least is {least}, at {text(best)}."),
        formula=formulas.weight_and_line(
            scheme, n_ill=ILL, imbalance=imbalance, beta=beta, gap=gap, weight=weight, threshold=cut, line=edge
        ),
        solved={
            "found": is_asked_by_task and found > 0.8,
            "balanced": is_asked_by_task and found > 0.2 and alarmed < 0.05,
            "same_line": is_asked_state and weight == 1 and abs(edge - groups.boundary(pos_weight=imbalance)) < 0.01,
            "perfect": found == 1 and alarmed == 0,
        },
        handles=[_on_axis(groups, weight)],
    )


def cost_of_line(groups: TwoGaussians, x: float, weight: float) -> float:
    """Return the mean cost of a line per 1,000 people: the weight for each ill one missed, 1 for each false alarm."""
    missed, alarmed = 1 - groups.tail_probability(x, 1), groups.tail_probability(x, 0)
    return PEOPLE * (weight * missed + groups.imbalance * alarmed) / (1 + groups.imbalance)


@lru_cache(maxsize=32)
def spread(n: int) -> np.ndarray:
    """Return n results in ascending order, spread as a bell curve around 0 says: each has 1/n of it around itself."""
    return np.array([BELL.inv_cdf((i + 0.5) / n) for i in range(n)])


def _shares(*probs: float) -> list[str]:
    """Return shares in percent with the same number of decimal places, and those that are nearly 0 in words."""
    written = iter(percents(*(p for p in probs if p >= NEARLY_NONE)))
    return [next(written) if p >= NEARLY_NONE else f"less than {percent(NEARLY_NONE)}" for p in probs]


def _on_axis(groups: TwoGaussians, weight: float) -> Handle:
    """Return the threshold as a handle on the line that it draws."""
    odds = np.exp(log_odds(np.array(list(threshold.options))))
    places = [groups.boundary(pos_weight=weight / float(each)) for each in odds]
    return Handle(threshold.key, "x", values=tuple(np.round(places, 3).tolist()))


@view(
    t=true_probability,
    weight=pos_weight,
    p=report,
    undo=undo,
    tasks=[
        Task("cheapest", "With t = 0.1 and w = 9, find the report with the smallest expected loss."),
        Task("one_percent", "Find the weight with which the model says 50 % where the true probability is 1 %."),
        impossible(
            "unmoved",
            "With a weight other than 1, find a true probability that the weighted model reports unchanged.",
            because="The weight multiplies the odds t : (1 − t). Odds that are neither 0 nor infinite change when they "
            "are multiplied by anything but 1.",
        ),
    ],
)
def what_it_says(t: float, weight: float, p: float, undo: bool) -> View:
    """The best report of a weighted model for each true probability."""
    best = float(reweighted(t, weight))
    corrected = float(reweighted(best, 1 / weight))
    loss = binary_cross_entropy_with_logits(log_odds(p), t, pos_weight=weight)
    return View(
        figures.report_for_truth(
            TRUTHS,
            TRUTHS if undo else reweighted(TRUTHS, weight),
            at=(t, corrected if undo else best, p),
            best_name="corrected" if undo else "best",
        ),
        caption=f"For a true probability of {percent(t)} and a weight of {exact_text(weight)}, the weighted model says "
        f"{percent(best)}. "
        + (
            f"With its odds divided by {exact_text(weight)}, it says {percent(corrected)}."
            if undo
            else f"Your {percent(p)} has an expected loss of {text(float(loss.value))} nats."
        ),
        formula=formulas.weighted_cross_entropy(
            t,
            p,
            weight,
            value=float(loss.value),
            grad=round(float(loss.grad), 12),  # at the best report, the two terms cancel up to rounding
            best=best,
        ),
        solved={
            "cheapest": t == 0.1 and weight == 9 and p == 0.5,
            "one_percent": t == 0.01 and weight == 99,
            "unmoved": weight != 1 and abs(best - t) < 1e-9,
        },
        handles=[report.handle("y")],
        code=_corrected_as_code(t, weight) if undo else _loss_as_code(t, weight, p),
    )


def _loss_as_code(t: float, weight: float, p: float) -> Code:
    """Return code for the loss of a report and its slope."""
    value, grad = binary_cross_entropy_with_logits(log_odds(p), t, pos_weight=weight)
    w = written(float(weight))
    return Code(
        "from xent_core import binary_cross_entropy_with_logits\n"
        "from xent_core.reweighting import log_odds\n\n"
        f"value, grad = binary_cross_entropy_with_logits(log_odds({written(p)}), {written(t)}, pos_weight={w})\n"
        "print(value, grad)",
        "import torch\n\n"
        f"p = torch.tensor({written(p)}, dtype=torch.float64)\n"
        "z = p.logit().requires_grad_()\n"
        f"t = torch.tensor({written(t)}, dtype=torch.float64)\n"
        f"w = torch.tensor({w}, dtype=torch.float64)\n"
        "value = torch.nn.functional.binary_cross_entropy_with_logits(z, t, pos_weight=w)\n"
        "value.backward()\n"
        "print(value, z.grad)",
        np.asarray(value),
        np.asarray(grad),
    )


def _corrected_as_code(t: float, weight: float) -> Code:
    """Return code for the report of the weighted model after its odds are divided by the weight."""
    w = written(float(weight))
    return Code(
        "from xent_core.reweighting import reweighted\n\n"
        f"said = reweighted({written(t)}, {w})\n"
        f"value = reweighted(said, 1 / {w})\n"
        "print(said, value)",
        "import torch\n\n"
        f"t, w = torch.tensor({written(t)}, dtype=torch.float64), {w}\n"
        "odds = w * t / (1 - t)\n"
        "said = odds / (1 + odds)\n"
        "odds = said / (1 - said) / w\n"
        "value = odds / (1 + odds)\n"
        "print(said, value)",
        reweighted(reweighted(t, weight), 1 / weight),
    )
