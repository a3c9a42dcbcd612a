"""How far the expected calibration error (ECE) of a file can be trusted: its standard error, and the share of chance.

The ECE is the mean over rows of s · (outcome − forecast), where s is 1 or −1, the sign of the gap in the row's bin.
"""

import math

import numpy as np

from xent_core import reliability_curve


def _bins(forecast: np.ndarray, outcome: np.ndarray, n_bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the bin of each forecast, (n,), and the number of forecasts in each bin, (n_bins,)."""
    curve = reliability_curve(forecast, outcome, n_bins=n_bins)
    return np.maximum(np.searchsorted(curve.edges, forecast, side="left") - 1, 0), curve.count


def standard_error(forecast: np.ndarray, outcome: np.ndarray, *, n_bins: int, group: np.ndarray | None = None) -> float:
    """Return the standard error of the ECE over files with the same numbers of forecasts in the bins.

    Within a bin, the sum of outcome − forecast has the variance n_b · var_b, so that of the ECE is the sum of these
    over the bins, divided by n². This holds where the gaps are clear of noise, so that their signs stay. Where a gap is
    noise, its absolute value varies less than the gap does, and the error is overstated. A bin with one forecast tells
    nothing of its variance; its squared gap, which is no smaller on average, counts instead.

    forecast  (n,)  probabilities
    outcome   (n,)  1 where it came true, else 0
    group     (n,)  the index of what each forecast belongs to, such as its row; outcomes may depend on each other
                    within a group but not between groups. By default every forecast is a group of its own
    """
    bins, count = _bins(forecast, outcome, n_bins)
    gap = outcome - forecast
    divisor = np.maximum(count, 1)
    mean = np.bincount(bins, weights=gap, minlength=n_bins) / divisor
    sign = np.where(mean < 0, -1.0, 1.0)
    center = np.where(count > 1, mean, 0.0)
    unbiased = np.sqrt(divisor / np.maximum(count - 1, 1))  # the sum of squares is divided by n_b − 1, not n_b
    parts = (sign * unbiased)[bins] * (gap - center[bins])
    sums = parts if group is None else np.bincount(group, weights=parts)
    return math.sqrt(float(sums @ sums)) / len(forecast)


def by_chance(forecast: np.ndarray, *, n_bins: int) -> float:
    """Return the ECE that independent outcomes show on average if every forecast is right: the mean of the noise.

    In each bin, the number that come true is a sum of n_b coins with different probabilities. The mean distance to its
    expectation is that of a binomial number with the same expectation and nearly the same variance, for which de Moivre
    found a closed form.

    forecast  (n,)  probabilities
    """
    bins, count = _bins(forecast, np.zeros(len(forecast), dtype=int), n_bins)
    expected = np.bincount(bins, weights=forecast, minlength=n_bins)
    # A sum of rare coins is matched best, so where most come true the ones that do not are counted.
    rare = np.where((2 * expected > count)[bins], 1 - forecast, forecast)
    means = np.bincount(bins, weights=rare, minlength=n_bins)
    squares = np.bincount(bins, weights=rare**2, minlength=n_bins)
    return sum(_mean_distance(*pair) for pair in zip(means.tolist(), squares.tolist(), strict=True)) / len(forecast)


def _mean_distance(mean: float, squares: float) -> float:
    """Return the mean of |X − mean| for a sum X of independent coins.

    mean, squares  the sums of their probabilities p, and of p²
    """
    if squares <= 0:
        return 0.0
    trials = max(round(mean**2 / squares), math.ceil(mean), 1)
    p, above = mean / trials, math.floor(mean) + 1
    if above > trials:  # every coin is certain
        return 0.0
    log_of_above = math.lgamma(trials + 1) - math.lgamma(above + 1) - math.lgamma(trials - above + 1)
    log_of_above += above * math.log(p) + (trials - above) * math.log1p(-p)
    return 2 * above * (1 - p) * math.exp(log_of_above)
