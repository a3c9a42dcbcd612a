"""The return type of every loss: a value and its gradient."""

from typing import NamedTuple

import numpy as np


class ValueAndGrad(NamedTuple):
    """A loss per example together with its derivative.

    value  (...)  the loss in nats, one value per example, not reduced
    grad          the derivative of value with respect to the model's argument, shaped like that argument

    >>> loss = ValueAndGrad(value=np.array(0.7), grad=np.array(-0.5))
    >>> float(loss.grad)
    -0.5
    """

    value: np.ndarray
    grad: np.ndarray
