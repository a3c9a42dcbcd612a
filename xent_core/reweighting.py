"""When examples are weighed unequally: what focusing and class weights do to the probabilities that come out."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xent_core.binary import sigmoid_focal_loss
from xent_core.result import ValueAndGrad, as_result
from xent_core.stable import sigmoid
from xent_core.validation import broadcast_pair, check_interval, ignore_range_errors, to_float64, validate_scalar

ROUNDS = 6  # each narrows an interval of logits, 80 wide at first, 256 times


@ignore_range_errors
def log_odds(probs: ArrayLike) -> np.ndarray:
    """ln(p / (1 - p)), the logit that sigmoid turns into p.

    probs    (...)  in [0, 1]
    Returns  (...)  in [-inf, inf]
    Raises   ValueError  NaN; values outside [0, 1]

    >>> log_odds([0.5, 0.9]).round(4).tolist()
    [0.0, 2.1972]
    """
    dtype, p = to_float64(probs=probs)
    check_interval("[0, 1]", p, "probs")
    return np.asarray(np.log(p) - np.log1p(-p), dtype)


@ignore_range_errors
def expected_focal_loss(logits: ArrayLike, truth: ArrayLike, *, gamma: float) -> ValueAndGrad:
    """Focal loss of saying sigmoid(logits) where class 1 comes true with probability truth.

    logits   (...)  log-odds of class 1, finite
    truth    (...)  in [0, 1]
    gamma    >= 0   0 is cross-entropy
    Returns  value (...) in nats; d value / d logits (...)
    Raises   ValueError  as sigmoid_focal_loss; truth outside [0, 1]

    >>> loss = expected_focal_loss(log_odds([0.8, 0.627]), 0.8, gamma=2)
    >>> loss.value.round(4).tolist(), loss.grad.round(3).tolist()  # the honest .8 is not where it is least
    ([0.2131, 0.1295], [0.167, 0.0])
    """
    dtype, z, t = to_float64(logits=logits, truth=truth)
    z, t = broadcast_pair(z, t, "truth")
    check_interval("[0, 1]", t, "truth")
    yes, no = (sigmoid_focal_loss(z, label, gamma=gamma) for label in (1, 0))
    return as_result(t * yes.value + (1 - t) * no.value, t * yes.grad + (1 - t) * no.grad, dtype)


def best_focal_report(truth: float, *, gamma: float) -> float:
    """Find the probability that costs least under focal loss when class 1 comes true with probability truth.

    truth    in (0, 1)
    gamma    >= 0
    Returns  in (0, 1): the truth at gamma = 0, else drawn towards one half
    Raises   ValueError  out of range
    Source   Charoenphakdee, Vongkulbhisal, Chairatanakul, Sugiyama (2021), On Focal Loss for Class-Posterior
             Probability Estimation

    >>> round(best_focal_report(0.8, gamma=2), 3), round(best_focal_report(0.8, gamma=0), 3)
    (0.627, 0.8)
    """
    truth = validate_scalar("(0, 1)", truth, "truth")
    low, high = -40.0, 40.0
    for _ in range(ROUNDS):  # the slope in the logit is below 0 left of the minimum and not right of it
        grid = np.linspace(low, high, 257)
        first = int(np.argmax(expected_focal_loss(grid[1:], truth, gamma=gamma).grad >= 0))
        low, high = grid[first : first + 2]
    return float(sigmoid(high))


def reweighted(p: ArrayLike, weight: float) -> np.ndarray:
    """w p / (w p + 1 - p): what a model says that was trained with weight w on class 1, where p is the truth.

    Weighting multiplies the odds by w; the same function with 1 / w undoes it.

    p        (...)  in [0, 1]
    weight   > 0    of class 1 over that of class 0 (pos_weight)
    Returns  (...)  in [0, 1]
    Raises   ValueError  p outside [0, 1]; weight not positive
    Source   Elkan (2001), The Foundations of Cost-Sensitive Learning

    >>> said = reweighted(0.1, 9.0)
    >>> float(said), round(float(reweighted(said, 1 / 9)), 12)
    (0.5, 0.1)
    """
    weight = validate_scalar("(0, inf)", weight, "weight")
    dtype, truth = to_float64(p=p)
    check_interval("[0, 1]", truth, "p")
    return np.asarray(weight * truth / (weight * truth + (1 - truth)), dtype)


@dataclass(frozen=True)
class TwoGaussians:
    """A measurement that is normal with spread 1 in both of two groups: around 0 in class 0, around `gap` in class 1.

    gap        > 0  how far apart the groups are
    imbalance  > 0  members of class 0 to one of class 1

    Log-odds are a straight line here, so logistic regression can be exactly right.

    >>> groups = TwoGaussians(gap=2.0, imbalance=1.0)
    >>> groups.boundary(), groups.boundary(pos_weight=4.0) < groups.boundary()
    (1.0, True)
    """

    gap: float
    imbalance: float

    def density(self, x: ArrayLike, label: int) -> np.ndarray:
        """Give how many of a group there are around x, as a share of its peak."""
        return np.exp(-0.5 * (np.asarray(x, dtype=np.float64) - self.gap * label) ** 2)

    def probability(self, x: ArrayLike) -> np.ndarray:
        """Give the true probability of class 1 at x."""
        return sigmoid(self.gap * (np.asarray(x, dtype=np.float64) - self.gap / 2) - math.log(self.imbalance))

    def boundary(self, *, pos_weight: float = 1.0) -> float:
        """Give the x beyond which the best model with this weight on class 1 says class 1."""
        return self.gap / 2 + math.log(self.imbalance / pos_weight) / self.gap

    def tail_probability(self, x: float, label: int) -> float:
        """Give the share of a group that lies beyond x.

        >>> TwoGaussians(gap=2.0, imbalance=10.0).tail_probability(2.0, label=1)
        0.5
        """
        return 0.5 * math.erfc((x - self.gap * label) / math.sqrt(2))
