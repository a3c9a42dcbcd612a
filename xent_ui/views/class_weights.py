"""The pictures of the lesson on class weights."""

from typing import Final

import numpy as np

from xent_core import balanced_class_weight, binary_cross_entropy_with_logits, effective_number_class_weight
from xent_core.reweighting import TwoGaussians, log_odds, reweighted
from xent_ui.controls.declarations import Choice, Slider, Steps, Toggle
from xent_ui.figures import class_weights as figures
from xent_ui.formulas import class_weights as formulas
from xent_ui.style.numbers import exact_text, percent, plain, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, written
from xent_ui.views.question import Guess, Question, Task, impossible

ILL: Final = 10  # people in the training set
MEASUREMENTS = np.linspace(figures.LEFT, figures.RIGHT, 81)
PROBS = np.linspace(0, 1, 61)

imbalance = Steps(
    "imbalance",
    "Healthy people for each ill one",
    {n: f"1:{n:,}" for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)},
    100,
)
scheme = Choice("scheme", "Weights", {"none": "none", "inverse": "inverse", "effective": "effective"}, "none")
beta = Steps("beta", "β of the effective number", {b: f"{b:g}" for b in (0, 0.9, 0.99, 0.999, 0.9999)}, 0.999)
distance = Slider("gap", "How far apart the groups are, *d*", 0.5, 4.0, 2.0, 0.1)
true_probability = Slider("chance", "True probability, *p*", 0.01, 0.99, 0.1, 0.01)
pos_weight = Steps(
    "pos_weight",
    "Weight of the positive class, *w*",
    {w: f"{w:g}" for w in (0.1, 0.25, 0.5, 1, 2, 4, 9, 24, 49, 99, 999)},
    9,
)
report = Slider("says", "What your model says, *q*", 0.01, 0.99, 0.3, 0.01)
undo = Toggle("undo", "Recalibrate: divide the odds by *w* again")
measured_two = Question(
    "class_weights",
    "100 healthy people for each ill one. The ill measure 2 on average, the healthy 0. Somebody measures 2: "
    "how likely is illness, from 0 to 1?",
    answer=float(TwoGaussians(2.0, 100).probability(2.0)),
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
    guess=measured_two,
    tasks=[
        Task("found", "At 1:1,000 and d = 2, find more than 80 % of the ill."),
        Task("balanced", "The same, but alarm fewer than 5 % of the healthy: find 20 % or more."),
        impossible(
            "perfect",
            "Find all of the ill and alarm none of the healthy.",
            because="The humps overlap, and a weight only moves the line. What lies on its wrong side changes hands; "
            "it does not go away. Only a better measurement pulls the humps apart.",
        ),
    ],
)
def where_the_line_is(imbalance: int, scheme: str, beta: float, gap: float, guess: Guess) -> View:
    """Two groups, one of them rare, and the decision boundary, which a weight on the rare group moves."""
    groups = TwoGaussians(gap, imbalance)
    weight = weight_of_ill(scheme, imbalance, beta)
    edge = groups.boundary(pos_weight=weight)
    line = figures.Line(edge, groups.tail_probability(edge, 1), groups.tail_probability(edge, 0))
    truth, ill = groups.probability(MEASUREMENTS), groups.density(MEASUREMENTS, 1) / imbalance
    is_asked_state = imbalance == 1000 and gap == 2
    return View(
        figures.boundary(
            MEASUREMENTS,
            figures.Groups(groups.density(MEASUREMENTS, 0), ill, weight * ill),
            truth,
            reweighted(truth, weight),
            line=line,
            typical=gap,
            guess=guess.at(2.0),
        ),
        caption=f"Healthy and ill, {imbalance:,} to 1. Where would you draw the line?"
        if guess.hidden
        else f"1:{imbalance:,}, each ill person has a weight of {plain(weight, 3)}: the line lies at {text(edge)}. "
        f"Beyond it are {percent(line.found)} of the ill and {percent(line.alarmed)} of the healthy.",
        formula=""
        if guess.hidden
        else formulas.weight_and_line(
            scheme, n_ill=ILL, imbalance=imbalance, beta=beta, gap=gap, weight=weight, line=edge
        ),
        solved={
            "found": is_asked_state and line.found > 0.8,
            "balanced": is_asked_state and line.found > 0.2 and line.alarmed < 0.05,
            "perfect": line.found == 1 and line.alarmed == 0,
        },
        handles=[distance.handle("x")],
    )


@view(
    p=true_probability,
    weight=pos_weight,
    q=report,
    undo=undo,
    tasks=[
        Task("cheapest", "p = 0.1, w = 9: find what costs least to say."),
        Task("one_percent", "Make a 1 % risk come out as 50 %."),
        impossible(
            "unmoved",
            "With w other than 1, leave a probability as it is.",
            because="The weight multiplies the odds p : (1 − p). Odds that are neither 0 nor infinite change when they "
            "are multiplied by anything but 1.",
        ),
    ],
)
def what_it_says(p: float, weight: float, q: float, undo: bool) -> View:
    """The best report of a weighted model for each true probability."""
    best = float(reweighted(p, weight))
    corrected = float(reweighted(best, 1 / weight))
    loss = binary_cross_entropy_with_logits(log_odds(q), p, pos_weight=weight)
    return View(
        figures.report_for_truth(
            PROBS,
            PROBS if undo else reweighted(PROBS, weight),
            at=(p, corrected if undo else best, q),
            cheapest="corrected" if undo else "cheapest",
        ),
        caption=f"True {percent(p)}, weight {exact_text(weight)}: the weighted model says {percent(best)}"
        + (
            f", and divided by the weight again {percent(corrected)}."
            if undo
            else f". Your {percent(q)} costs {text(float(loss.value))} nats."
        ),
        formula=formulas.weighted_cross_entropy(
            p,
            q,
            weight,
            value=float(loss.value),
            grad=round(float(loss.grad), 12),  # at the best report, the two terms cancel up to rounding
            best=best,
        ),
        solved={
            "cheapest": p == 0.1 and weight == 9 and q == 0.5,
            "one_percent": p == 0.01 and weight == 99,
            "unmoved": weight != 1 and abs(best - p) < 1e-9,
        },
        handles=[report.handle("y")],
        code=_corrected_as_code(p, weight) if undo else _loss_as_code(p, weight, q),
    )


def _loss_as_code(p: float, weight: float, q: float) -> Code:
    """Return code for the loss of a report and its slope."""
    value, grad = binary_cross_entropy_with_logits(log_odds(q), p, pos_weight=weight)
    w = written(float(weight))
    return Code(
        "from xent_core import binary_cross_entropy_with_logits\n"
        "from xent_core.reweighting import log_odds\n\n"
        f"value, grad = binary_cross_entropy_with_logits(log_odds({written(q)}), {written(p)}, pos_weight={w})\n"
        "print(value, grad)",
        "import torch\n\n"
        f"q = torch.tensor({written(q)}, dtype=torch.float64)\n"
        "z = q.logit().requires_grad_()\n"
        f"p = torch.tensor({written(p)}, dtype=torch.float64)\n"
        f"w = torch.tensor({w}, dtype=torch.float64)\n"
        "value = torch.nn.functional.binary_cross_entropy_with_logits(z, p, pos_weight=w)\n"
        "value.backward()\n"
        "print(value, z.grad)",
        np.asarray(value),
        np.asarray(grad),
    )


def _corrected_as_code(p: float, weight: float) -> Code:
    """Return code for the report of the weighted model after its odds are divided by the weight."""
    w = written(float(weight))
    return Code(
        "from xent_core.reweighting import reweighted\n\n"
        f"said = reweighted({written(p)}, {w})\n"
        f"value = reweighted(said, 1 / {w})\n"
        "print(said, value)",
        "import torch\n\n"
        f"p, w = torch.tensor({written(p)}, dtype=torch.float64), {w}\n"
        "odds = w * p / (1 - p)\n"
        "said = odds / (1 + odds)\n"
        "odds = said / (1 - said) / w\n"
        "value = odds / (1 + odds)\n"
        "print(said, value)",
        reweighted(reweighted(p, weight), 1 / weight),
    )
