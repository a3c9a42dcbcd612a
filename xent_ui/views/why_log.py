"""The picture of the lesson on scoring rules: which of them make the honest report the best one."""

from functools import lru_cache
from typing import Final

import numpy as np

from xent_core import (
    best_report,
    expected_loss,
    one_sided_square_rule,
    quadratic_rule,
    simplex_grid,
    spherical_rule,
    zero_one_rule,
)
from xent_core.scoring import Rule
from xent_ui.controls import expressions
from xent_ui.controls.declarations import Choice, Distribution, Text
from xent_ui.controls.expressions import INSIDE, Expression, zero_if_noise
from xent_ui.figures import why_log as figures
from xent_ui.formulas import why_log as formulas
from xent_ui.style.numbers import percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = "ABC"
ASKED = np.array([0.6, 0.3, 0.1])
OWN: Final = "your own"
LOCAL: Final = {
    name: expressions.parse(rule)
    for name, rule in {"square": "(1 - q)**2", "log": "-log(q)", "linear": "1 - q"}.items()
}
WHOLE: Final[dict[str, Rule]] = {"Brier": quadratic_rule, "spherical": spherical_rule, "0-1": zero_one_rule}
IN_TORCH: Final = {
    "Brier": "((q - torch.eye(len(q))) ** 2).sum(-1)",
    "spherical": "1 - q / q.norm()",
    "0-1": "1 - (q == q.max()) / (q == q.max()).sum() + 0 * q",
}
Q = np.linspace(0, 1, 201)
PAIRS = np.stack([Q, 1 - Q], axis=-1)
# Beliefs at which a rule must be honest to count as honest for any belief in three outcomes.
SPREAD = np.stack([INSIDE, (1 - INSIDE) / 2, (1 - INSIDE) / 2], axis=-1)
UNEVEN = np.array([[0.5, 0.3, 0.2], [0.15, 0.6, 0.25], [0.3, 0.3, 0.4]])

rule = Choice("rule", "You pay", {name: name for name in (*LOCAL, *WHOLE, OWN)}, "square", look="pills")
typed = Text(
    "f",
    "Your own rule of q, said of what happens",
    "-log(q) + (1 - q)",
    read=expressions.parse,
    text_of=lambda expression: expression.text,
    examples=("4 - 2*log(q)", "3", "1 - q", "(1 - q)**2", "1/q", "-q*log(q)", "log(2) - sqrt(q)", "exp(-3*q)/2"),
    help="Numbers, q, + − * / **, brackets, log, sqrt, exp",
).when(rule=[OWN])
ways = Choice("ways", "Outcomes", {3: "3", 2: "2"}, 3)
belief = Distribution("b", [f"You believe {name}" for name in NAMES], (60, 30, 10), counted_by=ways.key)
best_for_a = Question(
    "why_log",
    "You believe A 60 %, B 30 %, C 10 %, and will pay (1 − q)² for the chance q you gave to what happens. "
    "Which q for A costs you least?",
    answer=lambda: float(best_report(one_sided_square_rule, ASKED)[0]),
    low=0,
    high=1,
    step=0.01,
)


@view(
    name=rule,
    own=typed,
    ways=ways,
    weights=belief,
    guess=best_for_a,
    tasks=[
        Task("honest_square", "Make (1 − q)² honest."),
        Task("own_honest", "Write a rule of your own that is honest for any belief in three outcomes."),
        impossible(
            "not_a_log",
            "Write one that is not a·log(q) + c.",
            because="With three outcomes the pulls b·f′(b) must be equal whatever you believe, so q·f′(q) is a "
            "constant: f is a multiple of the logarithm, plus a constant. Brier and spherical escape by looking at "
            "all of q.",
        ),
    ],
)
def honesty(name: str, own: Expression, ways: int, weights: np.ndarray, guess: Guess) -> View:
    """A belief, and the report with the smallest expected loss under a rule."""
    local = own if name == OWN else LOCAL.get(name)
    rule = local or WHOLE[name]
    b = belief.shares(weights)
    best = best_report(rule, b)
    prices = figures.Prices(Q, rule(PAIRS)[:, 0])
    scale = float(np.abs(prices.values[1:-1]).max())
    honest, least = (zero_if_noise(float(expected_loss(rule, b, report)), scale) for report in (b, best))
    is_best = np.array_equal(best, b)
    reports = PAIRS if ways == 2 else simplex_grid(ways, figures.STEPS)
    losses = expected_loss(rule, b, reports)
    if ways == 2:
        handles = belief.handles(weights, "x", at=[0.0] * ways)
        figure = figures.line(
            float(b[0]), float(best[0]), losses, (honest, least), reports=Q, prices=prices, hidden=guess.hidden
        )
    else:
        handles = belief.handles(weights, "y", at=[figures.place(b)[0]] * ways)
        is_asked = name == "square" and np.array_equal(b, ASKED)
        mark = guess.at(figures.GUESS_AT) if is_asked else None
        figure = figures.triangle(b, best, reports, losses, prices=prices, hidden=guess.hidden, guess=mark)
    own_is_honest = name == OWN and is_honest(own.text)
    return View(
        figure,
        caption=_caption(name, b, best, (honest, least), losses, hidden=guess.hidden),
        formula=_formula(name, local, b, (honest, least), hidden=guess.hidden),
        solved={
            "honest_square": name == "square" and ways == 2 and is_best,
            "own_honest": own_is_honest,
            "not_a_log": own_is_honest and not expressions.is_affine_in_log(own),
        },
        handles=[handle for handle in handles if handle.key == "b1"],
        code=None if guess.hidden else _code(name, local, b, best),
    )


@lru_cache(maxsize=256)
def is_honest(rule: str) -> bool:
    """Return whether a local rule, given as text, makes the honest report the best one for three outcomes.

    All pulls b·f′(b) must be equal, so that no small change of the report helps, and no other report may cost less. A
    constant rule does not count.
    """
    expression = expressions.parse(rule)
    if np.ptp(expression(INSIDE)) == 0:
        return False
    with np.errstate(all="ignore"):
        pulls = SPREAD * expression.slope(SPREAD)
        are_equal = np.ptp(pulls, axis=-1) <= 1e-9 * np.abs(pulls).max()
    return bool(are_equal.all()) and all(np.array_equal(best_report(expression, b), b) for b in UNEVEN)


def _caption(
    name: str, b: np.ndarray, best: np.ndarray, expected: tuple[float, float], losses: np.ndarray, *, hidden: bool
) -> str:
    """Return the caption, which says whether the honest report is the best one, and whether it is the only one."""
    honest, least = expected
    if hidden and len(b) == 2:
        return "Each place on the line is a report for A. Which one costs least?"
    if hidden:
        return "Each point is a report: the nearer to a corner, the surer. Which one costs least?"
    if not np.array_equal(best, b):
        return f"Honesty costs {text(honest)}; saying {percent(float(best[0]), 2)} for A costs only {text(least)}."
    as_good = np.isclose(losses, least, rtol=1e-12, atol=1e-15 * np.ptp(losses[np.isfinite(losses)]))
    if as_good.all():
        return f"Honesty costs {text(honest)}, and so does every other report."
    if name == "0-1" and np.sum(b == b.max()) == 1:
        return f"Honesty costs {text(honest)}, and so does any report with the same favorite."
    if as_good.sum() > 2:
        return f"Honesty costs {text(honest)}, and so do other reports."
    return f"Honesty pays: no report costs less than the {text(honest)} of saying what you believe."


def _formula(name: str, local: Expression | None, b: np.ndarray, expected: tuple[float, float], *, hidden: bool) -> str:
    """Return the rule and, unless an open question hides them, the expected losses and the slopes."""
    if local:
        if hidden:
            return formulas.only_the_rule(local.tree)
        return formulas.local_rule(local.tree, NAMES[: len(b)], b, _pulls(local, b), expected)
    return formulas.only_the_price(name) if hidden else formulas.whole_rule(name, expected)


def _pulls(local: Expression, b: np.ndarray) -> list[float]:
    """Return b·f′(b) for each outcome: 0 if b is 0, and NaN if the rule has a kink at b."""
    scale = float(np.abs(local(INSIDE)).max())
    slopes = local.slope(b)
    return [zero_if_noise(float(p * slope), scale) if p else 0.0 for p, slope in zip(b, slopes, strict=True)]


def _code(name: str, local: Expression | None, b: np.ndarray, best: np.ndarray) -> Code:
    """Return the code of the expected loss of the best report."""
    price = local.code("torch") if local else IN_TORCH[name]
    program = backward(f"torch.where(b > 0, b * ({price}), 0).sum()", b=b, q=best)
    return call(expected_loss, local or WHOLE[name], b, best, torch=program)
