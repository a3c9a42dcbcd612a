"""The benchmark measures every loss against a peer that computes the same numbers."""

import typing

import numpy as np
import pytest

import xent_core as xc
from benchmarks import core

torch = pytest.importorskip("torch", reason="PyTorch is not installed: the benchmark has no peers")


def returns_value_and_grad(name):
    function = getattr(xc, name)
    return callable(function) and typing.get_type_hints(function).get("return") is xc.ValueAndGrad


def test_every_loss_is_measured():
    measured = [*core.binary_pairs("float64"), *core.class_pairs("float64")]
    assert len(measured) == len(set(measured))
    assert set(measured) == {name for name in xc.__all__ if returns_value_and_grad(name)}


@pytest.mark.parametrize("pairs", [core.binary_pairs, core.class_pairs])
def test_the_peers_compute_the_same(pairs):
    for name, (loss, peer, argument) in pairs("float64").items():
        tensor = torch.tensor(argument, requires_grad=True)
        theirs = peer(tensor)
        (theirs.mean() if name == "mean" else theirs.sum()).backward()
        ours = loss(argument)
        if theirs.numel() == 1 != ours.value.size:  # PyTorch's own loss reduces to the mean
            rows = ours.value.size
            np.testing.assert_allclose(ours.value.mean(), theirs.item(), rtol=1e-9)
            np.testing.assert_allclose(ours.grad / rows, tensor.grad.numpy(), rtol=1e-7, atol=1e-13, err_msg=name)
        elif name in {"mean", "total"}:
            np.testing.assert_allclose(ours.value, theirs.item(), rtol=1e-9)
        else:
            np.testing.assert_allclose(ours.value, theirs.detach().numpy(), rtol=1e-7, atol=1e-12, err_msg=name)
            np.testing.assert_allclose(ours.grad, tensor.grad.numpy(), rtol=1e-6, atol=1e-12, err_msg=name)
