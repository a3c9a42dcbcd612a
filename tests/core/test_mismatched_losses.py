"""Mismatched losses are computed correctly: values against closed forms, gradients against central differences."""

import numpy as np
import pytest

from xent_core import one_hot, softmax
from xent_core.mismatched_losses import (
    log_of_rounded_probs,
    one_hot_as_labels,
    sigmoids_for_one_class,
    softmax_for_many_labels,
    softmax_twice,
)

LOGITS = np.random.default_rng(3).normal(size=(6, 4)) * 2
LABELS = np.array([0, 1, 2, 3, 2, 0])
HOT = one_hot(LABELS, 4)
MANY = np.array([[1, 1, 0, 0], [0, 1, 0, 1], [1, 1, 1, 0], [0, 0, 0, 1], [1, 0, 1, 0], [1, 1, 1, 1]])


@pytest.mark.parametrize(
    ("loss", "labels"),
    [
        (softmax_twice, LABELS),
        (sigmoids_for_one_class, LABELS),
        (softmax_for_many_labels, MANY),
        (one_hot_as_labels, HOT),
    ],
)
def test_gradient_matches_central_differences(loss, labels):
    for k in range(4):
        step = 1e-6 * one_hot(k, 4)
        slope = (loss(LOGITS + step, labels).value - loss(LOGITS - step, labels).value) / 2e-6
        assert loss(LOGITS, labels).grad[:, k] == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("k", [2, 4, 10, 100])
def test_the_range_of_softmax_twice(k):
    assert softmax_twice(1000 * one_hot(0, k), 0).value == pytest.approx(np.log(1 + (k - 1) / np.e))
    assert softmax_twice(1000 * one_hot(1, k), 0).value == pytest.approx(np.log(np.e + k - 1))


def test_sigmoids_of_an_untrained_model():
    assert sigmoids_for_one_class(np.zeros(10), 3).value == pytest.approx(10 * np.log(2))


def test_many_labels_share_a_probability_of_1():
    assert softmax_for_many_labels([50.0, 50, 50, 0], [1, 1, 1, 0]).value == pytest.approx(3 * np.log(3))
    loss = softmax_for_many_labels(LOGITS, MANY)
    assert loss.grad == pytest.approx(MANY.sum(axis=-1, keepdims=True) * softmax(LOGITS) - MANY)


def test_one_hot_as_labels_ignores_the_right_class():
    p = softmax(LOGITS)
    loss = one_hot_as_labels(LOGITS, HOT)
    assert loss.value == pytest.approx([-np.log(row[hot.astype(int)]).mean() for row, hot in zip(p, HOT, strict=True)])
    assert loss.value == pytest.approx(one_hot_as_labels(LOGITS, np.roll(HOT, 1, axis=-1)).value)
    assert loss.grad == pytest.approx(p - [0.75, 0.25, 0, 0])


def test_a_probability_rounded_to_0_has_infinite_loss():
    assert log_of_rounded_probs([0.0, 9.0], 0).value == np.inf
    assert log_of_rounded_probs([0.0, 9.0], 1).value == 0
    assert log_of_rounded_probs([0.0, 2.0], 0).value == pytest.approx(-np.log(0.12))
