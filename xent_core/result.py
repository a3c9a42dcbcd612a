"""What every loss returns: a value and its gradient."""

from typing import NamedTuple

import numpy as np


class ValueAndGrad(NamedTuple):
    """A loss and its derivative, side by side.

    value  (...)  nats, one per example, unreduced
    grad          d value / d (the model's argument), shaped like that argument
    """

    value: np.ndarray
    grad: np.ndarray
