"""The pictures of the lesson on scoring rules: which of them make the honest report the best one, and why."""

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
from xent_ui.style.numbers import digits_apart, percents, text
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
NATS: Final = "nats"  # the unit of the logarithm; other losses have none
PAIRS = np.stack([Q, 1 - Q], axis=-1)
MAP = figures.map_of_reports()
NEAR_ZERO = np.array([1e-100, 1e-200])  # steps toward 0, to find the limit of a pull
PULLED: Final = {  # by name of the rule, the rule and where the axis of its pulls ends
    "log": (LOCAL["log"], -1.4),
    "square": (LOCAL["square"], -0.6),
    "1/q": (expressions.parse("1/q"), -12.0),
    "linear": (LOCAL["linear"], -1.2),
}
PS = np.linspace(0.005, 1, 200)


def _many_beliefs() -> np.ndarray:
    """Return beliefs in three outcomes in which each of many probabilities, some irregular, comes beside a few others.

    So if the pulls are equal in each belief, they are equal for all of these probabilities.
    """
    many = np.concatenate([INSIDE, np.arange(1, 4001) * 0.6180339887498949 % 1])
    beliefs = [np.stack([many, np.full(len(many), few), 1 - many - few], axis=-1) for few in (0.001, 0.01, 0.2)]
    inside = np.concatenate(beliefs)
    return inside[inside[:, 2] > 1e-6]


BELIEFS = _many_beliefs()
UNEVEN = np.array([[0.5, 0.3, 0.2], [0.15, 0.6, 0.25], [0.3, 0.3, 0.4]])
# Pulls that differ by less, in relation to the largest, let a report gain less than best_report can see.
EQUAL: Final = 2e-7
SAME_AS_LOG: Final = 1e-6  # more than EQUAL can add up to from one belief of BELIEFS to any other

rule = Choice("rule", "Loss f(q)", {name: name for name in (*LOCAL, *WHOLE, OWN)}, "square", look="pills")
typed = Text(
    "f",
    "Your own loss, for an outcome to which you gave q",
    "-log(q) + (1 - q)",
    read=expressions.parse,
    text_of=lambda expression: expression.text,
    examples=("4 - 2*log(q)", "3", "1 - q", "(1 - q)**2", "1/q", "-q*log(q)", "log(2) - sqrt(q)", "exp(-3*q)/2"),
    help="Numbers, q, + − * / ^, round brackets, log (natural), log2, sqrt, exp",
).when(rule=[OWN])
ways = Choice("ways", "Outcomes", {3: "3", 2: "2"}, 3)
belief = Distribution("b", [f"Weight {name}" for name in NAMES], (60, 30, 10), counted_by=ways.key)
pulled = Choice("pulls", "Loss f(q)", {name: name for name in PULLED}, "log")
best_for_a = Question(
    "why_log",
    "You believe A 60 %, B 30 %, C 10 %, and lose (1\u00a0−\u00a0q)² for the q that you gave to what "
    "happens. Which q for A makes your expected loss smallest?",
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
        Task("honest_square", "Find a number of outcomes with which (1 − q)² rewards honesty, whatever you believe."),
        Task("own_honest", "Write a loss of your own that makes honesty the only best report for three outcomes."),
        impossible(
            "not_a_log",
            "Write such a loss that is not of the form a·log(q) + c.",
            because="With three outcomes the pulls p·f′(p) must be equal whatever you believe, so q·f′(q) is a "
            "constant, and f is a multiple of the logarithm plus a constant. (A difference of less than a millionth "
            "counts as none.) Brier and spherical reward honesty too, but they look at all of q.",
        ),
    ],
)
def honesty(name: str, own: Expression, ways: int, weights: np.ndarray, guess: Guess) -> View:
    """A belief, and the report with the smallest expected loss under a rule."""
    local = own if name == OWN else LOCAL.get(name)
    rule = local or WHOLE[name]
    b = belief.shares(weights)
    reports = PAIRS if ways == 2 else simplex_grid(ways, figures.STEPS)
    losses = expected_loss(rule, b, reports)
    best = _best(rule, b, reports, losses)
    prices = figures.Prices(Q, rule(PAIRS)[:, 0], "loss f(q)" if local else "loss", NATS if name == "log" else "")
    scale = float(np.abs(prices.values[1:-1]).max())
    honest, least = (zero_if_noise(float(expected_loss(rule, b, report)), scale) for report in (b, best))
    is_best = np.array_equal(best, b)
    if ways == 2:
        handles = belief.handles(weights, "x", at=[0.0] * ways)
        figure = figures.line(
            float(b[0]), float(best[0]), losses, (honest, least), reports=Q, prices=prices, hidden=guess.hidden
        )
    else:
        handles = belief.handles(weights, "y", at=[figures.place(b)[0]] * ways)
        is_asked = name == "square" and np.array_equal(b, ASKED)
        mark = guess.at(figures.GUESS_AT) if is_asked else None
        on_map = expected_loss(rule, b, MAP)
        figure = figures.triangle(b, best, on_map, prices=prices, hidden=guess.hidden, guess=mark)
    own_is_honest = name == OWN and is_honest(own.text)
    return View(
        figure,
        caption=_caption(name, b, best, (honest, least), losses, hidden=guess.hidden),
        formula=_formula(name, local, b, (honest, least), hidden=guess.hidden),
        solved={
            "honest_square": name == "square" and ways == 2 and is_best,
            "own_honest": own_is_honest,
            "not_a_log": own_is_honest and not is_logarithm(own.text),
        },
        handles=[handle for handle in handles if handle.key == "b1"],
        code=None if guess.hidden else _code(name, local, b, best),
    )


def _best(rule: Rule, b: np.ndarray, reports: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Return the best report; of several, the honest one if it is among them, else the one surest of A, then of B."""
    best = best_report(rule, b)
    if np.array_equal(best, b):
        return best
    ties = reports[_as_good(losses, float(expected_loss(rule, b, best)))]
    surest = max(ties.tolist()) if len(ties) else best
    return np.where(np.abs(surest) < 1e-8, 0.0, surest)


def _as_good(losses: np.ndarray, least: float) -> np.ndarray:
    """Return which losses are the least one, but for rounding."""
    return np.isclose(losses, least, rtol=1e-13, atol=1e-15 * np.ptp(losses[np.isfinite(losses)]))


@lru_cache(maxsize=256)
def is_honest(rule: str) -> bool:
    """Return whether a local rule, given as text, makes the honest report the only best one for three outcomes.

    All pulls p·f′(p) must be equal and negative, so that no small change of the report helps, and a search must find no
    better report.
    """
    expression = expressions.parse(rule)
    with np.errstate(all="ignore"):
        pulls = BELIEFS * expression.slope(BELIEFS)
        are_equal = np.ptp(pulls, axis=-1) <= EQUAL * np.abs(pulls).max()
    return bool(are_equal.all() and (pulls < 0).all()) and all(
        np.array_equal(best_report(expression, belief), belief) for belief in UNEVEN
    )


@lru_cache(maxsize=256)
def is_logarithm(rule: str) -> bool:
    """Return whether a local rule, given as text, is a·log(q) + c to within a millionth of its slope.

    >>> is_logarithm("3 - 2*log(q)"), is_logarithm("-log(q) + 1e-7*q"), is_logarithm("-log(q) + q")
    (True, True, False)
    """
    with np.errstate(all="ignore"):
        pulls = BELIEFS * expressions.parse(rule).slope(BELIEFS)
        return bool(np.ptp(pulls) <= SAME_AS_LOG * np.abs(pulls).max())


def _caption(
    name: str, b: np.ndarray, best: np.ndarray, expected: tuple[float, float], losses: np.ndarray, *, hidden: bool
) -> str:
    """Return the caption, which says whether the honest report is the best one, and whether it is the only one."""
    honest, least = expected
    if hidden and len(b) == 2:
        return "Each place on the line is a report for A. Which one has the smallest expected loss?"
    if hidden:
        return "Each point of the triangle is a report, surer the nearer it is to a corner. Which one costs least?"
    digits, unit = digits_apart(honest, least), " nats" if name == "log" else ""
    costs = f"Honesty costs {text(honest, digits)}{unit}"
    as_good = _as_good(losses, least)
    if not np.array_equal(best, b):
        others = ", and so do others" if as_good.sum() > 1 else ""
        return f"{costs}; reporting {_told(best, b)} costs only {text(least, digits)}{unit}{others}."
    if as_good.all():
        return f"{costs}, and so does every other report."
    if name == "0-1" and np.sum(b == b.max()) == 1:
        return f"{costs}, and so does any report with the same favorite."
    if as_good.sum() > 2:
        return f"{costs}, and so do other reports."
    return f"Honesty pays: it costs {text(honest)}{unit} on average, and every other report costs more."


def _told(best: np.ndarray, b: np.ndarray) -> str:
    """Return a report in percent, with as many decimal places as it takes to differ from the belief."""
    for places in range(12):
        said, believed = (percents(*each.tolist(), places=places) for each in (best, b))
        if said != believed:
            break
    return f"{', '.join(said)} for {', '.join(NAMES[: len(b)])}"


def _formula(name: str, local: Expression | None, b: np.ndarray, expected: tuple[float, float], *, hidden: bool) -> str:
    """Return the rule and, unless an open question hides them, the expected losses and the slopes."""
    if local:
        if hidden:
            return formulas.only_the_rule(local.tree)
        return formulas.local_rule(local.tree, NAMES[: len(b)], b, _pulls(local, b), expected)
    return formulas.only_the_loss(name) if hidden else formulas.whole_rule(name, expected)


def _pulls(local: Expression, b: np.ndarray) -> list[float]:
    """Return p·f′(p) for each outcome: its limit if p is 0, and NaN where the rule has a kink, or there is no limit."""
    scale = float(np.abs(local(INSIDE)).max())
    slopes = local.slope(b)
    return [
        zero_if_noise(float(p * slope), scale) if p else pull_at_zero(local) for p, slope in zip(b, slopes, strict=True)
    ]


def pull_at_zero(local: Expression) -> float:
    """Return the limit of q·f′(q) as q approaches 0; NaN if there is none.

    >>> [pull_at_zero(expressions.parse(rule)) for rule in ("-log(q)", "(1 - q)**2", "1/q", "log(q)**2")]
    [-1.0, 0.0, -inf, -inf]
    """
    with np.errstate(all="ignore"):
        before, last = (NEAR_ZERO * local.slope(NEAR_ZERO)).tolist()
    if np.isnan(last) or abs(last) > max(1.0, 1.2 * abs(before)) or np.isinf(last):
        return float(np.copysign(np.inf, last)) if not np.isnan(last) else last
    return 0.0 if abs(last) < 0.8 * abs(before) or last == 0 else float(last)


def _code(name: str, local: Expression | None, b: np.ndarray, best: np.ndarray) -> Code:
    """Return the code of the expected loss of the best report."""
    price = local.code("torch") if local else IN_TORCH[name]
    program = backward(f"torch.where(b > 0, b * ({price}), 0).sum()", b=b, q=best)
    return call(expected_loss, local or WHOLE[name], b, best, torch=program)


@view(name=pulled, ways=ways, weights=belief)
def pulls(name: str, ways: int, weights: np.ndarray) -> View:
    """The pull of each outcome at the honest report: if they differ, honesty is not the best report."""
    local, low = PULLED[name]
    b = belief.shares(weights)
    pull_of = dict(zip(NAMES, _pulls(local, b), strict=False))
    dots: dict[str, tuple[float, float]] = {}
    for p in sorted(set(b.tolist())):
        together = [each for each, share in zip(NAMES, b.tolist(), strict=False) if share == p]
        dots[", ".join(together)] = (p, pull_of[together[0]])
    possible = {each: pull for each, pull in pull_of.items() if b[NAMES.index(each)] > 0}
    strongest, weakest = min(possible, key=possible.__getitem__), max(possible, key=possible.__getitem__)
    told = ", ".join(f"{each} {'' if each in possible else '→ '}{text(pull)}" for each, pull in pull_of.items())
    are_equal = possible[weakest] - possible[strongest] <= EQUAL * abs(possible[strongest])
    return View(
        figures.pulls(PS, PS * local.slope(PS), dots=dots, low=low, unit=NATS if name == "log" else ""),
        caption=f"Pulls at the honest report: {told}. "
        + (
            "They are equal, so no small change of the report helps."
            if are_equal
            else f"They differ, so it helps to move probability from {weakest} to {strongest}."
        ),
    )
