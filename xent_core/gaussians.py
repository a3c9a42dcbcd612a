"""A hump, and the hump that is closest to a given truth: what a divergence asks of a model that is too simple."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from xent_core.information import js_divergence, kl_divergence
from xent_core.result import ValueAndGrad
from xent_core.stable import softmax

Divergence = Callable[[np.ndarray, np.ndarray], ValueAndGrad]

DIVERGENCES: dict[str, Divergence] = {
    "KL(p‖q)": kl_divergence,
    "KL(q‖p)": lambda p, q: kl_divergence(q, p),
    "JS": js_divergence,
}


def hump(x: ArrayLike, center: ArrayLike, width: ArrayLike) -> np.ndarray:
    """A bell over the points x as a distribution: proportional to exp(-(x - center)²/(2 width²)).

    x        (K,)  the points
    center   (...)
    width    (...)  > 0, the standard deviation where x is wide and fine enough
    Returns  (..., K), each summing to 1

    >>> hump([-1, 0, 1], 0, 1).round(3)
    array([0.274, 0.452, 0.274])
    """
    middle, spread = (np.asarray(each, float)[..., np.newaxis] for each in (center, width))
    return softmax(-0.5 * ((np.asarray(x, float) - middle) / spread) ** 2)


def closest_hump(
    divergence: Divergence, x: ArrayLike, truth: ArrayLike, centers: ArrayLike, widths: ArrayLike
) -> tuple[float, float]:
    """Center and width of the hump, of all pairs of the given ones, that is closest to the truth.

    divergence  takes truth and model in this order; KL(model‖truth) is lambda p, q: kl_divergence(q, p)
    truth       (K,)  over the points x

    >>> from xent_core import kl_divergence
    >>> x = np.arange(-4, 5)
    >>> closest_hump(kl_divergence, x, hump(x, 1, 2), [-1, 0, 1], [1, 2, 3])
    (1.0, 2.0)
    """
    center, width = (each.ravel() for each in np.meshgrid(np.asarray(centers, float), np.asarray(widths, float)))
    models = hump(x, center, width)
    far = divergence(np.broadcast_to(np.asarray(truth, float), models.shape), models).value
    best = int(np.argmin(far))
    return float(center[best]), float(width[best])


POINTS = np.linspace(-6, 6, 121)
TWO_HUMPS = 0.6 * hump(POINTS, -2, 0.7) + 0.4 * hump(POINTS, 2, 0.7)


@cache
def closest_to_two_humps(divergence: str) -> tuple[float, float]:
    """Center and width, in steps of 0.1, of the one hump that a divergence likes best for TWO_HUMPS.

    >>> closest_to_two_humps("KL(p‖q)"), closest_to_two_humps("KL(q‖p)")  # cover both, or seek one
    ((-0.4, 2.1), (-2.0, 0.7))
    """
    return closest_hump(DIVERGENCES[divergence], POINTS, TWO_HUMPS, np.arange(-40, 41) / 10, np.arange(4, 41) / 10)
