"""What every loss returns: a value and its gradient."""

from typing import Any, NamedTuple

import numpy as np


class ValueAndGrad(NamedTuple):
    """A loss and its derivative, side by side.

    value  (...)  nats, one per example, unreduced
    grad          d value / d (the model's argument), shaped like that argument

    >>> loss = ValueAndGrad(value=np.array(0.7), grad=np.array(-0.5))
    >>> float(loss.grad)
    -0.5
    """

    value: np.ndarray
    grad: np.ndarray


def as_result(value: Any, grad: Any, dtype: Any) -> ValueAndGrad:
    """Round both once, to the dtype that came in; a single number stays an array, of shape ()."""
    return ValueAndGrad(np.asarray(value, dtype), np.asarray(grad, dtype))
