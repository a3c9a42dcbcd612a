"""Other rules in the place of -log: which of them make it pay to say what one believes?

A rule is a function from a report q (..., K) to the loss it would have with each outcome (..., K). A function
of one number is such a rule too, a local one: it looks at the probability of what happened and nothing else.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation

Rule = Callable[[np.ndarray], np.ndarray]

GRID_POINTS = 6000  # where best_report looks first: steps of 1/100 for three outcomes
FINEST_STEP = 1e-9


@validation.ignore_range_errors
def log_rule(report: np.ndarray) -> np.ndarray:
    """-log q_y, in [0, inf]: local and, for K >= 3 and up to scale and shift, the only honest local rule.

    >>> log_rule(np.array([1.0, 0.0]))
    array([ 0., inf])
    """
    return 0 - np.log(report)


def quadratic_rule(report: np.ndarray) -> np.ndarray:
    """Brier's rule Σ_k (q_k - y_k)², in [0, 2]: honest, and looks at all of q.

    >>> quadratic_rule(np.array([0.75, 0.25]))
    array([0.125, 1.125])
    """
    happened = np.eye(report.shape[-1])
    return np.sum((report[..., np.newaxis, :] - happened) ** 2, axis=-1)


def spherical_rule(report: np.ndarray) -> np.ndarray:
    """1 - q_y / ‖q‖, in [0, 1]: honest, and only the direction of q matters.

    >>> spherical_rule(np.array([0.6, 0.4])).round(3)
    array([0.168, 0.445])
    """
    return 1 - report / np.sqrt(np.sum(report**2, axis=-1, keepdims=True))


def linear_rule(report: np.ndarray) -> np.ndarray:
    """1 - q_y, in [0, 1]: looks fair, and is best answered by betting everything on the likeliest.

    >>> linear_rule(np.array([0.75, 0.25]))
    array([0.25, 0.75])
    """
    return 1 - report


def zero_one_rule(report: np.ndarray) -> np.ndarray:
    """0 for the outcome called likeliest, 1 for the others: blind to confidence. m that tie cost 1 - 1/m.

    >>> zero_one_rule(np.array([0.6, 0.4]))
    array([0., 1.])
    """
    called = report == np.max(report, axis=-1, keepdims=True)
    return 1 - called / np.sum(called, axis=-1, keepdims=True)


def one_sided_square_rule(report: np.ndarray) -> np.ndarray:
    """(1 - q_y)² of what happened only, in [0, 1]: honest for two outcomes and not for three.

    >>> best_report(one_sided_square_rule, [0.6, 0.3, 0.1]).round(2)
    array([0.67, 0.33, 0.  ])
    """
    return (1 - report) ** 2


RULES: dict[str, Rule] = {
    "log": log_rule,
    "quadratic": quadratic_rule,
    "spherical": spherical_rule,
    "linear": linear_rule,
    "zero-one": zero_one_rule,
    "one-sided square": one_sided_square_rule,
}


def expected_loss(rule: Rule, truth: ArrayLike, report: ArrayLike) -> np.ndarray:
    """Mean loss of a report under a rule when outcomes come from the truth: Σ_y truth_y · rule(report)_y.

    rule        a rule of this module or any function of probabilities, such as lambda q: (1 - q) ** 4
    truth       (..., K)  sums to 1
    report      (..., K)  sums to 1
    Returns     (...)  an outcome that cannot happen costs nothing; where the rule has no value (NaN), inf
    Raises      ValueError  not distributions; unequal shapes; a rule that changes the shape

    >>> expected_loss(quadratic_rule, [0.8, 0.2], [0.8, 0.2]).round(4)
    np.float64(0.32)
    """
    dtype, p, q = _checked(truth, report)
    return np.asarray(_mean_loss(rule, p, q), dtype)


def expected_score(rule: Rule, truth: ArrayLike, report: ArrayLike) -> np.ndarray:
    """What a forecaster wants large: minus the expected loss.

    >>> truth = [0.7, 0.3]
    >>> bool(expected_score(log_rule, truth, truth) > expected_score(log_rule, truth, [0.8, 0.2]))
    True
    """
    return np.asarray(0 - expected_loss(rule, truth, report))


def best_report(rule: Rule, truth: ArrayLike) -> np.ndarray:
    """Find what to report so as to lose least under a rule when one believes the truth.

    Looks at a grid of reports, then walks from the best by moving probability between two outcomes in ever
    smaller steps. Right to about 1e-8 for a smooth rule with no dip narrower than the grid.

    rule        as in expected_loss
    truth       (K,)  sums to 1
    Returns     (K,)  the truth itself if nothing does better (an honest rule), else one best report
    Raises      ValueError  as expected_loss

    >>> best_report(linear_rule, [0.5, 0.3, 0.2])
    array([1., 0., 0.])
    """
    dtype, p, _ = _checked(truth, truth)
    if p.ndim != 1:
        raise ValueError(f"truth must have shape (K,), got {p.shape}")
    n_outcomes = len(p)
    steps = next(s for s in range(1000, 0, -1) if s == 1 or comb(s + n_outcomes - 1, s) <= GRID_POINTS)
    grid = simplex_grid(n_outcomes, steps)
    losses = _mean_loss(rule, p, grid)
    report, least, step = grid[np.argmin(losses)], losses.min(), 1 / steps
    takers, givers = np.nonzero(~np.eye(n_outcomes, dtype=bool))
    directions = np.eye(n_outcomes)[takers] - np.eye(n_outcomes)[givers]
    while step > FINEST_STEP and n_outcomes > 1:
        moved = report + directions * np.minimum(step, report[givers])[:, np.newaxis]
        moved /= moved.sum(axis=-1, keepdims=True)  # so that rounding never carries it beyond 1
        losses = _mean_loss(rule, p, moved)
        if losses.min() < least:
            report, least = moved[np.argmin(losses)], losses.min()
        else:
            step /= 2
    honest = _mean_loss(rule, p, p)
    nothing_gained = honest <= least or np.isclose(honest, least, rtol=1e-14, atol=0)
    return np.asarray(p if nothing_gained else report, dtype)


@lru_cache
def simplex_grid(n_outcomes: int, steps: int) -> np.ndarray:
    """All reports whose probabilities are multiples of 1/steps, (M, n_outcomes), for a picture of a rule.

    >>> simplex_grid(2, 2)
    array([[0. , 1. ],
           [0.5, 0.5],
           [1. , 0. ]])
    """
    last = steps + n_outcomes - 1
    bars = np.array(list(combinations(range(last), n_outcomes - 1)), dtype=int)
    grid = (np.diff(bars, axis=-1, prepend=-1, append=last) - 1) / steps  # stars between bars
    grid.flags.writeable = False
    return grid


@validation.ignore_range_errors
def _mean_loss(rule: Rule, p: np.ndarray, q: np.ndarray) -> Any:
    with np.errstate(invalid="ignore"):  # a rule typed by a learner may be anything at 0
        losses = np.asarray(rule(q))
    if losses.shape != q.shape:
        raise ValueError(f"rule must return shape {q.shape}, got {losses.shape}")
    losses = np.where(np.isnan(losses), np.inf, losses)
    return np.multiply(p, losses, out=np.zeros(losses.shape), where=p > 0).sum(axis=-1)


def _checked(truth: ArrayLike, report: ArrayLike) -> list[Any]:
    dtype, p, q = validation.to_float64(truth=truth, report=report)
    validation.check_distribution(p, "truth")
    validation.check_distribution(q, "report")
    return [dtype, *validation.broadcast_leading_axes(p, q, "report")]
