"""The likelihood of a sequence of outcomes."""

import numpy as np
import pytest

from xent_core import cross_entropy
from xent_core.sampling import likelihood


@pytest.mark.parametrize("counts", [[7, 3], [1, 0], [0, 12], [20, 20]])
def test_the_mean_negative_log_likelihood_is_cross_entropy(counts):
    coins = np.stack([np.linspace(0.05, 0.95, 19), np.linspace(0.95, 0.05, 19)], axis=-1)
    n = np.sum(counts)
    empirical = np.broadcast_to(np.array(counts) / n, coins.shape)
    mean_surprise = -np.log(likelihood(coins, counts)) / n
    np.testing.assert_allclose(mean_surprise, cross_entropy(empirical, coins).value, rtol=1e-12)


def test_an_impossible_outcome_has_likelihood_0_only_if_it_occurred():
    assert likelihood([1.0, 0.0], [3, 1]) == 0
    assert likelihood([1.0, 0.0], [3, 0]) == 1


def test_p_must_be_a_distribution():
    with pytest.raises(ValueError, match="p must"):
        likelihood([0.5, 0.6], [1, 1])
