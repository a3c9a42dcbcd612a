"""Paths of logits under an optimizer, without a model."""

import numpy as np

from xent_core import binary_cross_entropy_with_logits, sigmoid_squared_error
from xent_core.optimizers import Adam, GradientDescent
from xent_core.training import descend


def test_each_step_applies_the_optimizer_to_the_gradient_of_the_loss():
    starts, labels = np.array([-6.0, 0.5, 3.0]), np.array([1, 0, 1])
    path = descend(sigmoid_squared_error, starts, labels, steps=5, optimizer=GradientDescent(2.0))
    assert path.shape == (6, 3)
    for before, after in zip(path, path[1:], strict=False):
        np.testing.assert_array_equal(after, before - 2.0 * sigmoid_squared_error(before, labels).grad)


def test_many_starting_points_move_independently():
    starts = np.linspace(-8, 8, 9)
    together = descend(binary_cross_entropy_with_logits, starts, np.ones(9, dtype=int), steps=20, optimizer=Adam(0.1))
    for i, start in enumerate(starts):
        alone = descend(binary_cross_entropy_with_logits, start, 1, steps=20, optimizer=Adam(0.1))
        np.testing.assert_allclose(together[:, i], alone, rtol=1e-13)


def test_no_steps_return_the_starting_point():
    assert descend(binary_cross_entropy_with_logits, -3.0, 1, steps=0).tolist() == [-3.0]
