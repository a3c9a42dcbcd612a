"""Properties that hold for all logits, on generated inputs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import xent_core as xc

settings.register_profile("core", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("core")

finite = st.floats(-1e4, 1e4)
single = st.floats(-1e4, 1e4, width=32)


@st.composite
def batches(draw, masks=True):
    """Generate logits (n, K) of either dtype, some of them masked, and a label for every row."""
    n, k = draw(st.integers(0, 4)), draw(st.integers(1, 12))
    dtype, elements = draw(st.sampled_from([(np.float64, finite), (np.float32, single)]))
    logits = draw(hnp.arrays(dtype, (n, k), elements=elements))
    labels = draw(hnp.arrays(np.int64, n, elements=st.integers(0, k - 1)))
    if masks:
        masked = draw(hnp.arrays(bool, (n, k)))
        masked[:, 0] = False
        logits = np.where(masked, dtype(-np.inf), logits)
    return logits, labels


def softmax_losses(logits, labels):
    one_hot = xc.one_hot(labels, logits.shape[-1]).astype(logits.dtype)
    return [
        xc.sparse_softmax_cross_entropy(logits, labels),
        xc.sparse_softmax_cross_entropy(logits, labels, label_smoothing=0.2),
        xc.softmax_cross_entropy(logits, one_hot, label_smoothing=0.3),
        xc.softmax_focal_loss(logits, labels, gamma=0.5),
        xc.softmax_squared_error(logits, one_hot),
        xc.multiclass_hinge_loss(logits, labels),
    ]


@given(batches())
def test_losses_are_not_negative_and_never_nan(batch):
    logits, labels = batch
    for value, grad in softmax_losses(logits, labels):
        assert (value >= 0).all()  # which also excludes NaN
        assert np.isfinite(grad).all()
        assert value.shape == labels.shape
        assert grad.shape == logits.shape
        assert value.dtype == grad.dtype == logits.dtype


@given(batches())
def test_gradients_raise_the_right_class_and_lower_the_others(batch):
    logits, labels = batch
    for loss in (xc.sparse_softmax_cross_entropy(logits, labels), xc.softmax_focal_loss(logits, labels)):
        right = xc.one_hot(labels, logits.shape[-1]) == 1
        assert (loss.grad[right] <= 0).all()
        assert (loss.grad[~right] >= 0).all()


@given(batches(masks=False), st.data())
def test_cross_entropy_is_convex_in_the_logits(batch, data):
    """Check that f(b) >= f(a) + grad f(a) (b - a)."""
    at, labels = batch
    to = data.draw(hnp.arrays(at.dtype, at.shape, elements=single))
    value, grad = xc.sparse_softmax_cross_entropy(at, labels)
    tangent = value + (grad.astype(float) * (to.astype(float) - at)).sum(axis=-1)
    slack = 1e5 * np.finfo(at.dtype).eps * at.shape[-1]
    assert (xc.sparse_softmax_cross_entropy(to, labels).value >= tangent - slack).all()


@given(batches())
def test_rows_are_independent(batch):
    logits, labels = batch
    together = xc.sparse_softmax_cross_entropy(logits, labels)
    for i, (row, label) in enumerate(zip(logits, labels, strict=True)):
        alone = xc.sparse_softmax_cross_entropy(row, label)
        np.testing.assert_allclose(together.value[i], alone.value, rtol=1e-6)
        np.testing.assert_allclose(together.grad[i], alone.grad, rtol=1e-6, atol=1e-40)


@given(st.lists(finite, min_size=1, max_size=20), st.floats(0, 1), st.floats(1e-3, 1e3))
def test_binary_losses_are_finite_and_not_negative(logits, y, pos_weight):
    value, grad = xc.binary_cross_entropy_with_logits(logits, y, pos_weight=pos_weight)
    assert (value >= 0).all()
    assert np.isfinite(grad).all()
    p = xc.sigmoid(logits)
    assert ((p >= 0) & (p <= 1)).all()
    for gamma in (0, 0.3, 4):
        value, grad = xc.sigmoid_focal_loss(logits, round(y), gamma=gamma)
        assert (value >= 0).all()
        assert np.isfinite(grad).all()


@given(st.integers(1, 5), st.integers(1, 4), st.data())
def test_ranking_losses(k, n, data):
    scores = data.draw(hnp.arrays(np.float64, (n, k), elements=st.floats(-100, 100)))
    relevance = data.draw(hnp.arrays(np.int64, (n, k), elements=st.integers(0, 3)))
    np.testing.assert_array_equal(xc.pairwise_hinge_loss(2.0 * relevance, relevance).value, 0)
    value, grad = xc.pairwise_hinge_loss(scores, relevance)
    assert (value >= 0).all()
    assert (np.abs(grad) <= 1).all()
    floor = xc.entropy(xc.softmax(relevance)).value
    assert (xc.listnet_loss(scores, relevance).value >= floor * (1 - 1e-12)).all()
