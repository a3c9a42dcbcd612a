"""Cross-entropy and its relatives: values and gradients in plain NumPy."""

from xent_core.result import ValueAndGrad

__all__ = ["ValueAndGrad"]
