"""Scoring rules to use in place of -log, and the question which of them reward reporting one's true belief.

A rule is a function from a report q (..., K) to the loss that it incurs for each possible outcome (..., K). A function
of one number is a rule too, a local one, which looks only at the probability of the actual outcome. A rule is proper
if the true distribution is always a best report.
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

GRID_POINTS = 6000  # the size of the grid that best_report starts from: steps of 1/100 for three outcomes
SMALLEST_STEP = 1e-9


@validation.ignore_range_errors
def log_rule(report: ArrayLike) -> np.ndarray:
    """Return -log q_y for each outcome y: proper, and for K >= 3 the only proper local rule, up to scale and shift.

    report   (..., K)
    Returns  (..., K), in nats, in [0, inf]
    Raises   ValueError if report is not an array of real numbers

    >>> log_rule(np.array([1.0, 0.0]))
    array([ 0., inf])
    """
    report = _read_report(report)
    return 0 - np.log(report)


def quadratic_rule(report: ArrayLike) -> np.ndarray:
    """Return the Brier loss Σ_k (q_k - y_k)² for each outcome: proper, and dependent on all of q.

    report   (..., K)
    Returns  (..., K), in [0, 2]
    Raises   ValueError if report is not an array of real numbers

    >>> quadratic_rule(np.array([0.75, 0.25]))
    array([0.125, 1.125])
    """
    report = _read_report(report)
    outcomes = np.eye(report.shape[-1])
    return np.sum((report[..., np.newaxis, :] - outcomes) ** 2, axis=-1)


def spherical_rule(report: ArrayLike) -> np.ndarray:
    """Return 1 - q_y / ‖q‖ for each outcome y: proper, and dependent only on the direction of q.

    report   (..., K)
    Returns  (..., K), in [0, 1]
    Raises   ValueError if report is not an array of real numbers

    >>> spherical_rule(np.array([0.6, 0.4])).round(3)
    array([0.168, 0.445])
    """
    report = _read_report(report)
    return 1 - report / np.sqrt(np.sum(report**2, axis=-1, keepdims=True))


def linear_rule(report: ArrayLike) -> np.ndarray:
    """Return 1 - q_y for each outcome y: not proper, because the best report is certain of the most likely outcome.

    report   (..., K)
    Returns  (..., K), in [0, 1]
    Raises   ValueError if report is not an array of real numbers

    >>> linear_rule(np.array([0.75, 0.25]))
    array([0.25, 0.75])
    """
    report = _read_report(report)
    return 1 - report


def zero_one_rule(report: ArrayLike) -> np.ndarray:
    """Return 0 for the outcome that the report calls most likely and 1 for the others: proper, but blind to confidence.

    report   (..., K)
    Returns  (..., K), in [0, 1]; 1 - 1/m for each of m outcomes that tie
    Raises   ValueError if report is not an array of real numbers

    >>> zero_one_rule(np.array([0.6, 0.4]))
    array([0., 1.])
    """
    report = _read_report(report)
    is_most_likely = report == np.max(report, axis=-1, keepdims=True)
    return 1 - is_most_likely / np.sum(is_most_likely, axis=-1, keepdims=True)


def one_sided_square_rule(report: ArrayLike) -> np.ndarray:
    """Return (1 - q_y)² for each outcome y: proper for two outcomes, but not for three.

    report   (..., K)
    Returns  (..., K), in [0, 1]
    Raises   ValueError if report is not an array of real numbers

    >>> best_report(one_sided_square_rule, [0.6, 0.3, 0.1]).round(2)
    array([0.67, 0.33, 0.  ])
    """
    report = _read_report(report)
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
    """Return the expected loss of a report if outcomes come from the truth, Σ_y truth_y · rule(report)_y.

    rule        a rule of this module or any function of probabilities, such as lambda q: (1 - q) ** 4
    truth       (..., K)  sums to 1
    report      (..., K)  sums to 1
    Returns     (...)  in the units of the rule; an impossible outcome contributes nothing, and where the rule is
                undefined (NaN) its loss counts as inf
    Raises      ValueError if truth or report is not a distribution, their shapes do not broadcast, or the rule changes
                the shape of the report
    Source      Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation

    >>> expected_loss(quadratic_rule, [0.8, 0.2], [0.8, 0.2]).round(4)
    np.float64(0.32)
    """
    dtype, p, q = _validate_pair(truth, report)
    return np.asarray(_mean_loss(rule, p, q), dtype)


def expected_score(rule: Rule, truth: ArrayLike, report: ArrayLike) -> np.ndarray:
    """Return the expected score of a report, which is minus its expected loss.

    rule        as in expected_loss
    truth       (..., K)  sums to 1
    report      (..., K)  sums to 1
    Returns     (...)  in the units of the rule
    Raises      ValueError under the conditions of expected_loss
    Source      Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation

    >>> truth = [0.7, 0.3]
    >>> bool(expected_score(log_rule, truth, truth) > expected_score(log_rule, truth, [0.8, 0.2]))
    True
    """
    return np.asarray(0 - expected_loss(rule, truth, report))


def best_report(rule: Rule, truth: ArrayLike) -> np.ndarray:
    """Return the report with the least expected loss under a rule for a forecaster who believes the truth.

    The search starts from the best report of a grid and moves probability between two outcomes at a time, in steps that
    keep shrinking. It is accurate to about 1e-8 for a smooth rule without a minimum narrower than the grid.

    rule        as in expected_loss
    truth       (K,)  sums to 1
    Returns     (K,)  the truth itself if no report is better (as for a proper rule), otherwise one of the best reports
    Raises      ValueError under the conditions of expected_loss

    >>> best_report(linear_rule, [0.5, 0.3, 0.2])
    array([1., 0., 0.])
    """
    dtype, p, _ = _validate_pair(truth, truth)
    if p.ndim != 1:
        raise ValueError(f"truth must have shape (K,), got {p.shape}")
    n_outcomes = len(p)
    steps = next(s for s in range(1000, 0, -1) if s == 1 or comb(s + n_outcomes - 1, s) <= GRID_POINTS)
    grid = simplex_grid(n_outcomes, steps)
    losses = _mean_loss(rule, p, grid)
    report, least, step = grid[np.argmin(losses)], losses.min(), 1 / steps
    gaining, losing = np.nonzero(~np.eye(n_outcomes, dtype=bool))
    directions = np.eye(n_outcomes)[gaining] - np.eye(n_outcomes)[losing]
    while step > SMALLEST_STEP and n_outcomes > 1:
        moved = report + directions * np.minimum(step, report[losing])[:, np.newaxis]
        moved /= moved.sum(axis=-1, keepdims=True)  # so that rounding cannot lift a probability above 1
        losses = _mean_loss(rule, p, moved)
        if losses.min() < least:
            report, least = moved[np.argmin(losses)], losses.min()
        else:
            step /= 2
    loss_of_truth = _mean_loss(rule, p, p)
    truth_is_best = loss_of_truth <= least or np.isclose(loss_of_truth, least, rtol=1e-14, atol=0)
    return np.asarray(p if truth_is_best else report, dtype)


@lru_cache
def simplex_grid(n_outcomes: int, steps: int) -> np.ndarray:
    """Return all distributions whose probabilities are multiples of 1/steps, to plot a rule over the simplex.

    n_outcomes  K >= 1
    steps       >= 1
    Returns     (M, K), read-only
    Raises      ValueError if n_outcomes or steps is not an integer of at least 1

    >>> simplex_grid(2, 2)
    array([[0. , 1. ],
           [0.5, 0.5],
           [1. , 0. ]])
    """
    n_outcomes = validation.validate_integer(n_outcomes, "n_outcomes")
    steps = validation.validate_integer(steps, "steps")
    last = steps + n_outcomes - 1
    bars = np.array(list(combinations(range(last), n_outcomes - 1)), dtype=int)
    grid = (np.diff(bars, axis=-1, prepend=-1, append=last) - 1) / steps  # the numbers of stars between the bars
    grid.flags.writeable = False
    return grid


@validation.ignore_range_errors
def _mean_loss(rule: Rule, p: np.ndarray, q: np.ndarray) -> Any:
    with np.errstate(invalid="ignore"):  # a rule typed by a learner may be undefined at 0
        losses = np.asarray(rule(q))
    if losses.shape != q.shape:
        raise ValueError(f"rule must return shape {q.shape}, got {losses.shape}")
    losses = np.where(np.isnan(losses), np.inf, losses)
    return np.multiply(p, losses, out=np.zeros(losses.shape), where=p > 0).sum(axis=-1)


def _read_report(report: ArrayLike) -> np.ndarray:
    return validation.to_common_float(report=report)


def _validate_pair(truth: ArrayLike, report: ArrayLike) -> list[Any]:
    dtype, p, q = validation.to_float64(truth=truth, report=report)
    validation.check_distribution(p, "truth", given=truth)
    validation.check_distribution(q, "report", given=report)
    return [dtype, *validation.broadcast_leading_axes(p, q, "report")]
