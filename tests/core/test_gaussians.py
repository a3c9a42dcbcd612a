"""Discretized Gaussians, and the ones that each direction of KL divergence prefers."""

import numpy as np

from xent_core import kl_divergence
from xent_core.gaussians import closest_gaussian, discrete_gaussian

X = np.linspace(-6, 6, 121)
CENTERS, WIDTHS = np.arange(-30, 31) / 10, np.arange(4, 31) / 10
BIMODAL = 0.5 * discrete_gaussian(X, -2, 0.7) + 0.5 * discrete_gaussian(X, 2, 0.7)


def test_a_discrete_gaussian_is_a_distribution_with_its_moments():
    q = discrete_gaussian(X, 1.0, 0.8)
    assert np.isclose(q.sum(), 1)
    assert np.isclose(q @ X, 1.0)
    assert np.isclose(q @ (X - 1) ** 2, 0.64)


def test_forward_kl_matches_the_moments_and_reverse_kl_seeks_a_mode():
    center, width = closest_gaussian(kl_divergence, X, BIMODAL, CENTERS, WIDTHS)
    assert abs(center - BIMODAL @ X) < 0.051
    assert abs(width - np.sqrt(BIMODAL @ X**2)) < 0.1  # approximately, because the points end at ±6
    center, width = closest_gaussian(lambda p, q: kl_divergence(q, p), X, BIMODAL, CENTERS, WIDTHS)
    assert (abs(center), width) == (2.0, 0.7)
