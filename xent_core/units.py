"""Units of information; all computation is in nats, and a unit only determines how a number is displayed."""

from enum import Enum
from typing import Any

import numpy as np


class Unit(Enum):
    """A unit of information for display: its symbol, the name of its logarithm, and the number of nats in one unit.

    >>> coin = np.log(2.0)
    >>> print(f"{Unit.BITS.of(coin):g} {Unit.BITS.symbol}")
    1 bits
    >>> print(f"{Unit.NATS.of(coin):.3f} {Unit.NATS.symbol} = -{Unit.NATS.log_name}(0.5)")
    0.693 nats = -ln(0.5)
    """

    NATS = ("nats", "ln", 1.0)
    BITS = ("bits", "log2", float(np.log(2.0)))

    def __init__(self, symbol: str, log_name: str, nats_per_unit: float):
        self.symbol = symbol
        self.log_name = log_name
        self.nats_per_unit = nats_per_unit

    def of(self, nats: Any) -> Any:
        """Return an amount of nats, a number or an array, expressed in this unit.

        >>> [float(bits) for bits in Unit.BITS.of(np.log([1.0, 2.0, 8.0]))]
        [0.0, 1.0, 3.0]
        """
        return nats / self.nats_per_unit
