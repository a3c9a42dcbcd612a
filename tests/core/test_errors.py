# ruff: noqa: E501 (each row of the table is one line: the call and its message)
"""Invalid arguments, and the messages of the errors that they raise."""

import re

import numpy as np
import pytest

import xent_core as xc

NAN, INF = np.nan, np.inf
THREE_BY_FOUR = np.zeros((3, 4))
UNIFORM = np.full((3, 4), 0.25)

INVALID_CALLS = [
    (
        lambda: xc.sparse_softmax_cross_entropy(THREE_BY_FOUR, [0, 1, 4]),
        "labels must be integers in [0, 4), got 4 at index 2",
    ),
    (
        lambda: xc.sparse_softmax_cross_entropy(THREE_BY_FOUR, [0, -1, 3]),
        "labels must be integers in [0, 4), got -1 at index 1",
    ),
    (lambda: xc.sparse_softmax_cross_entropy(np.zeros(4), 4), "labels must be integers in [0, 4), got 4"),
    (
        lambda: xc.sparse_softmax_cross_entropy(THREE_BY_FOUR, ["0", "1", "2"]),
        "labels must be integers in [0, 4), got dtype <U1",
    ),
    (
        lambda: xc.softmax_focal_loss(np.zeros((2, 2, 3)), [[0, 1], [3, 0]]),
        "labels must be integers in [0, 3), got 3 at index (1, 0)",
    ),
    (lambda: xc.sigmoid_focal_loss([0.0, 0.0], [0, 2]), "labels must be integers in [0, 2), got 2 at index 1"),
    (lambda: xc.hinge_loss([0.0, 0.0], [1, 0]), "labels must be integers, -1 or 1, got 0 at index 1"),
    (lambda: xc.sparse_softmax_cross_entropy(THREE_BY_FOUR, [0, 1]), "labels must have shape (3,), got (2,)"),
    (
        lambda: xc.softmax_cross_entropy(THREE_BY_FOUR, np.full((3, 5), 0.2)),
        "target must have shape (3, 4), got (3, 5)",
    ),
    (lambda: xc.softmax_cross_entropy(THREE_BY_FOUR, np.ones((3, 1))), "target must have shape (3, 4), got (3, 1)"),
    (lambda: xc.softmax_squared_error(THREE_BY_FOUR, UNIFORM[:2]), "target must have shape (3, 4), got (2, 4)"),
    (
        lambda: xc.binary_cross_entropy_with_logits(np.zeros(3), np.zeros((3, 1))),
        "target must have shape (3,), got (3, 1)",
    ),
    (lambda: xc.squared_error(np.zeros(3), np.zeros(4)), "target must have shape (3,), got (4,)"),
    (lambda: xc.listnet_loss(np.zeros(3), np.zeros(4)), "relevance must have shape (3,), got (4,)"),
    (lambda: xc.mean(xc.squared_error([1.0, 2.0], 0), weight=[1, 1, 1]), "weight must have shape (2,), got (3,)"),
    (
        lambda: xc.softmax_cross_entropy(THREE_BY_FOUR, UNIFORM, class_weight=[1, 2, 3]),
        "class_weight must have shape (4,), got (3,)",
    ),
    (
        lambda: xc.softmax_cross_entropy(THREE_BY_FOUR, UNIFORM, label_smoothing=1.2),
        "label_smoothing must be in [0, 1], got 1.2",
    ),
    (lambda: xc.smooth_labels([1, 0], -0.1), "label_smoothing must be in [0, 1], got -0.1"),
    (lambda: xc.softmax_cross_entropy([0.0, 0.0], [0.5, 0.6]), "target must sum to 1, got 1.1"),
    (lambda: xc.softmax_cross_entropy([0.0, 0.0], [1.5, -0.5]), "target must be in [0, 1], got 1.5 at index 0"),
    (lambda: xc.softmax_cross_entropy([0.0, 0.0], [NAN, 1]), "target must be in [0, 1], got nan at index 0"),
    (lambda: xc.categorical_cross_entropy([0.3, 0.3], [1, 0]), "probs must sum to 1, got 0.6"),
    (lambda: xc.binary_cross_entropy([0.5, 1.5], [1, 1]), "probs must be in [0, 1], got 1.5 at index 1"),
    (lambda: xc.binary_cross_entropy_with_logits(0.0, 2), "target must be in [0, 1], got 2.0"),
    (
        lambda: xc.sparse_softmax_cross_entropy([[0.0, 1.0], [-INF, -INF]], [0, 0]),
        "row 1 of logits has no finite maximum",
    ),
    (lambda: xc.softmax([[0.0, NAN], [0.0, 0.0]]), "row 0 of logits has no finite maximum"),
    (lambda: xc.log_softmax([0.0, INF]), "row 0 of logits has no finite maximum"),
    (lambda: xc.softmax_focal_loss(np.full((2, 2, 2), NAN), 0), "row (0, 0) of logits has no finite maximum"),
    (lambda: xc.multiclass_hinge_loss([[0.0, INF]], [0]), "row 0 of scores has no finite maximum"),
    (lambda: xc.logsumexp([-INF, -INF]), "row 0 of x has no finite maximum"),
    (lambda: xc.binary_cross_entropy_with_logits([0.0, INF], 1), "logits must be finite or -inf, got inf at index 1"),
    (lambda: xc.sigmoid(NAN), "x must be a number, got nan"),
    (lambda: xc.hinge_loss([NAN], [1]), "scores must be finite or -inf, got nan at index 0"),
    (lambda: xc.huber_loss([0.0, INF], 0), "pred must be finite, got inf at index 1"),
    (lambda: xc.absolute_error(0.0, NAN), "target must be finite, got nan"),
    (lambda: xc.pairwise_hinge_loss([0.0, -INF], [1, 0]), "scores must be finite, got -inf at index 1"),
    (lambda: xc.softmax(np.zeros((3, 0))), "logits must have at least one class along the last axis, got shape (3, 0)"),
    (
        lambda: xc.sparse_softmax_cross_entropy(1.0, 0),
        "logits must have at least one class along the last axis, got shape ()",
    ),
    (lambda: xc.softmax([0.0, 1.0], temperature=0), "temperature must be in (0, inf), got 0"),
    (lambda: xc.softmax([0.0, 1.0], temperature=NAN), "temperature must be in (0, inf), got nan"),
    (lambda: xc.softmax([0.0, 1.0], axis=2), "axis must be in [-1, 1) for logits, got 2"),
    (lambda: xc.softmax_focal_loss([0.0, 1.0], 0, gamma=-1), "gamma must be in [0, inf), got -1"),
    (lambda: xc.sigmoid_focal_loss(0.0, 0, alpha=1.5), "alpha must be in [0, 1], got 1.5"),
    (lambda: xc.sigmoid_focal_loss(0.0, 0, gamma=[1, 2]), "gamma must be a number in [0, inf), got [1, 2]"),
    (lambda: xc.binary_cross_entropy_with_logits(0.0, 0, pos_weight=-1), "pos_weight must be in [0, inf), got -1"),
    (lambda: xc.huber_loss(0.0, 0, delta=-1), "delta must be in (0, inf), got -1"),
    (lambda: xc.pairwise_hinge_loss([0.0, 1.0], [0, 1], margin=-1), "margin must be in [0, inf), got -1"),
    (
        lambda: xc.softmax_focal_loss([0.0, 1.0], 0, class_weight=[1, -1]),
        "class_weight must be in [0, inf), got -1.0 at index 1",
    ),
    (
        lambda: xc.softmax_focal_loss([0.0, 1.0], 0, class_weight=[1, NAN]),
        "class_weight must be in [0, inf), got nan at index 1",
    ),
    (lambda: xc.total(xc.squared_error([1.0], 0), weight=[-1]), "weight must be in [0, inf), got -1.0 at index 0"),
    (lambda: xc.one_hot([0], 0), "n_classes must be a positive integer, got 0"),
    (lambda: xc.one_hot([0], 2.0), "n_classes must be a positive integer, got 2.0"),
    (lambda: xc.balanced_class_weight([0, 2], 3), "labels must hold every class, got none of class 1"),
    (lambda: xc.effective_number_class_weight([0, 1], 2, beta=1), "beta must be in [0, 1), got 1"),
    (lambda: xc.squared_error("three", 3), "pred must be an array of real numbers, got dtype <U5"),
    (lambda: xc.squared_error([1j], 3), "pred must be an array of real numbers, got dtype complex128"),
    (lambda: xc.softmax([[1.0], [1.0, 2.0]]), "logits must be an array of real numbers, got rows of unequal length"),
]


@pytest.mark.parametrize(("call", "message"), INVALID_CALLS, ids=[message for _, message in INVALID_CALLS])
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        call()
    assert str(error.value).startswith(message)
