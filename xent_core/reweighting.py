"""Effects of weighting examples unequally: how focal loss and class weights change the predicted probabilities."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xent_core.binary import sigmoid_focal_loss
from xent_core.result import ValueAndGrad
from xent_core.stable import sigmoid
from xent_core.validation import (
    as_result,
    broadcast_pair,
    check_interval,
    ignore_range_errors,
    to_float64,
    validate_scalar,
)

SEARCH_STEPS = 6  # each shrinks an interval of logits, initially 80 wide, by a factor of 256


@ignore_range_errors
def log_odds(probs: ArrayLike) -> np.ndarray:
    """Return ln(p / (1 - p)), the logit that sigmoid turns into p.

    probs    (...)  in [0, 1]
    Returns  (...)  in [-inf, inf]
    Raises   ValueError if a value is NaN or outside [0, 1]

    >>> log_odds([0.5, 0.9]).round(4).tolist()
    [0.0, 2.1972]
    """
    dtype, p = to_float64(probs=probs)
    check_interval("[0, 1]", p, "probs")
    return np.asarray(np.log(p) - np.log1p(-p), dtype)


@ignore_range_errors
def expected_focal_loss(logits: ArrayLike, truth: ArrayLike, *, gamma: float) -> ValueAndGrad:
    """Return the expected focal loss of predicting sigmoid(logits) if class 1 has probability truth, in nats.

    logits   (...)  log-odds of class 1, finite
    truth    (...)  in [0, 1]
    gamma    >= 0   0 gives cross-entropy
    Returns  value (...); d value / d logits (...)
    Raises   ValueError under the conditions of sigmoid_focal_loss, or if truth is outside [0, 1]

    >>> loss = expected_focal_loss(log_odds([0.8, 0.627]), 0.8, gamma=2)
    >>> loss.value.round(4).tolist(), loss.grad.round(3).tolist()  # predicting the true 0.8 is not optimal
    ([0.2131, 0.1295], [0.167, 0.0])
    """
    dtype, z, t = to_float64(logits=logits, truth=truth)
    z, t = broadcast_pair(z, t, "truth")
    check_interval("[0, 1]", t, "truth")
    positive, negative = (sigmoid_focal_loss(z, label, gamma=gamma) for label in (1, 0))
    value, grad = (t * p + (1 - t) * n for p, n in zip(positive, negative, strict=True))
    return as_result(value, grad, dtype)


def best_focal_report(truth: float, *, gamma: float) -> float:
    """Return the predicted probability with the least expected focal loss if class 1 has probability truth.

    truth    in (0, 1)
    gamma    >= 0
    Returns  in (0, 1): the truth if gamma is 0, otherwise a probability closer to one half
    Raises   ValueError if an argument is out of range
    Source   Charoenphakdee, Vongkulbhisal, Chairatanakul, Sugiyama (2021), On Focal Loss for Class-Posterior
             Probability Estimation

    >>> round(best_focal_report(0.8, gamma=2), 3), round(best_focal_report(0.8, gamma=0), 3)
    (0.627, 0.8)
    """
    truth = validate_scalar("(0, 1)", truth, "truth")
    low, high = -40.0, 40.0
    for _ in range(SEARCH_STEPS):  # the derivative is negative to the left of the minimum and not to its right
        grid = np.linspace(low, high, 257)
        first = int(np.argmax(expected_focal_loss(grid[1:], truth, gamma=gamma).grad >= 0))
        low, high = grid[first : first + 2]
    return float(sigmoid(high))


def reweighted(p: ArrayLike, weight: float) -> np.ndarray:
    """Return w p / (w p + 1 - p), the prediction of a model trained with weight w on class 1 if the truth is p.

    The weight multiplies the odds by w, so the same function with 1 / w reverses it.

    p        (...)  in [0, 1]
    weight   > 0    the weight of class 1 relative to class 0 (pos_weight)
    Returns  (...)  in [0, 1]
    Raises   ValueError if p is outside [0, 1], or weight is not positive
    Source   Elkan (2001), The Foundations of Cost-Sensitive Learning

    >>> predicted = reweighted(0.1, 9.0)
    >>> float(predicted), round(float(reweighted(predicted, 1 / 9)), 12)
    (0.5, 0.1)
    """
    weight = validate_scalar("(0, inf)", weight, "weight")
    dtype, truth = to_float64(p=p)
    check_interval("[0, 1]", truth, "p")
    return np.asarray(weight * truth / (weight * truth + (1 - truth)), dtype)


@dataclass(frozen=True)
class TwoGaussians:
    """A measurement that is normal with standard deviation 1, around 0 in class 0 and around `gap` in class 1.

    The log-odds of class 1 are linear in the measurement, so logistic regression can represent them exactly.

    gap        > 0  the difference between the two means
    imbalance  > 0  the number of examples of class 0 per example of class 1

    >>> groups = TwoGaussians(gap=2.0, imbalance=1.0)
    >>> groups.boundary(), groups.boundary(pos_weight=4.0) < groups.boundary()
    (1.0, True)
    """

    gap: float
    imbalance: float

    def density(self, x: ArrayLike, label: int) -> np.ndarray:
        """Return the density of a class at x, relative to the density at its peak."""
        return np.exp(-0.5 * (to_float64(x=x)[1] - self.gap * label) ** 2)

    def probability(self, x: ArrayLike) -> np.ndarray:
        """Return the true probability of class 1 at x."""
        return sigmoid(self.gap * (to_float64(x=x)[1] - self.gap / 2) - math.log(self.imbalance))

    def boundary(self, *, pos_weight: float = 1.0) -> float:
        """Return the x beyond which the best model trained with this weight on class 1 predicts class 1."""
        return self.gap / 2 + math.log(self.imbalance / pos_weight) / self.gap

    def tail_probability(self, x: float, label: int) -> float:
        """Return the probability that a measurement of a class exceeds x.

        >>> TwoGaussians(gap=2.0, imbalance=10.0).tail_probability(2.0, label=1)
        0.5
        """
        return 0.5 * math.erfc((x - self.gap * label) / math.sqrt(2))
