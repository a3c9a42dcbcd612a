"""Discretized Gaussians, and the Gaussian closest to a given truth under each of several divergences."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from xent_core.information import js_divergence, kl_divergence
from xent_core.result import ValueAndGrad
from xent_core.stable import softmax
from xent_core.validation import to_float64

Divergence = Callable[[np.ndarray, np.ndarray], ValueAndGrad]

# Each divergence takes the truth p and the model q, in that order.
DIVERGENCES: dict[str, Divergence] = {
    "KL(p‖q)": kl_divergence,
    "KL(q‖p)": lambda p, q: kl_divergence(q, p),
    "JS": js_divergence,
}


def discrete_gaussian(x: ArrayLike, center: ArrayLike, width: ArrayLike) -> np.ndarray:
    """Return a Gaussian over the points x as a distribution, proportional to exp(-(x - center)²/(2 width²)).

    x        (K,)  the points
    center   (...)
    width    (...)  > 0, the standard deviation if x is wide and fine enough
    Returns  (..., K), each summing to 1

    >>> discrete_gaussian([-1, 0, 1], 0, 1).round(3)
    array([0.274, 0.452, 0.274])
    """
    _, points, c, w = to_float64(x=x, center=center, width=width)
    return softmax(-0.5 * ((points - c[..., np.newaxis]) / w[..., np.newaxis]) ** 2)


def closest_gaussian(
    divergence: Divergence, x: ArrayLike, truth: ArrayLike, centers: ArrayLike, widths: ArrayLike
) -> tuple[float, float]:
    """Return the center and the width of the Gaussian that is closest to the truth, among all given pairs.

    divergence  takes the truth and the model, in that order; KL(model‖truth) is lambda p, q: kl_divergence(q, p)
    x           (K,)  the points
    truth       (K,)  a distribution over the points

    >>> x = np.arange(-4, 5)
    >>> closest_gaussian(kl_divergence, x, discrete_gaussian(x, 1, 2), [-1, 0, 1], [1, 2, 3])
    (1.0, 2.0)
    """
    _, p, all_centers, all_widths = to_float64(truth=truth, centers=centers, widths=widths)
    center, width = (each.ravel() for each in np.meshgrid(all_centers, all_widths))
    models = discrete_gaussian(x, center, width)
    distance = divergence(np.broadcast_to(p, models.shape), models).value
    closest = int(np.argmin(distance))
    return float(center[closest]), float(width[closest])


POINTS = np.linspace(-6, 6, 121)
BIMODAL = 0.6 * discrete_gaussian(POINTS, -2, 0.7) + 0.4 * discrete_gaussian(POINTS, 2, 0.7)


@cache
def closest_to_bimodal(divergence: str) -> tuple[float, float]:
    """Return the center and the width, in steps of 0.1, of the Gaussian closest to BIMODAL under one of DIVERGENCES.

    >>> closest_to_bimodal("KL(p‖q)"), closest_to_bimodal("KL(q‖p)")  # one covers both modes, the other seeks one
    ((-0.4, 2.1), (-2.0, 0.7))
    """
    centers, widths = np.arange(-40, 41) / 10, np.arange(4, 41) / 10
    return closest_gaussian(DIVERGENCES[divergence], POINTS, BIMODAL, centers, widths)
