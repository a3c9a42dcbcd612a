"""A function of q that a learner types as a scoring rule, with its values, its slope and its code.

``arithmetic`` reads the text as a tree. The few operations of this module evaluate the tree on arrays of floats; what
was typed is never executed. An expression also has a slope, because each operation returns the derivative of its result
along with the value.
"""

import ast
import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from xent_ui.controls import arithmetic

LARGEST: Final = 1e9  # a loss above this counts as infinite
INSIDE: Final = np.linspace(0.001, 0.999, 999)  # where a rule must have a value
# Steps toward each end, to find the limit of an expression that has no value there, such as q log q at 0.
APPROACH: Final = {0.0: np.array([1e-75, 1e-150, 1e-300]), 1.0: 1 - np.array([1e-4, 1e-8, 1e-16])}
KEPT: Final = 256  # parsed rules in the cache


class ExpressionError(ValueError):
    """Raised for a text that is not a rule; the message is a sentence that says where the mistake is."""


class Dual(NamedTuple):
    """A value and its derivative in q."""

    value: np.ndarray
    slope: np.ndarray


def _product(a: Dual, b: Dual) -> Dual:
    return Dual(a.value * b.value, a.slope * b.value + a.value * b.slope)


def _quotient(a: Dual, b: Dual) -> Dual:
    return Dual(a.value / b.value, (a.slope - a.value / b.value * b.slope) / b.value)


def _power(a: Dual, b: Dual) -> Dual:
    value = a.value**b.value
    slope = b.value * a.value ** (b.value - 1) * a.slope
    if np.any(b.slope):  # a fixed exponent needs no logarithm of the base, which may be negative
        slope = slope + value * np.log(a.value) * b.slope
    return Dual(value, slope)


OPERATIONS: Final[dict[type[ast.operator], Callable[[Dual, Dual], Dual]]] = {
    ast.Add: lambda a, b: Dual(a.value + b.value, a.slope + b.slope),
    ast.Sub: lambda a, b: Dual(a.value - b.value, a.slope - b.slope),
    ast.Mult: _product,
    ast.Div: _quotient,
    ast.Pow: _power,
}
SIGNS: Final[dict[type[ast.unaryop], Callable[[np.ndarray], np.ndarray]]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: Final[dict[str, Callable[[Dual], Dual]]] = {
    "log": lambda a: Dual(np.log(a.value), a.slope / a.value),
    "log2": lambda a: Dual(np.log2(a.value), a.slope / (a.value * np.log(2))),
    "log10": lambda a: Dual(np.log10(a.value), a.slope / (a.value * np.log(10))),
    "sqrt": lambda a: Dual(np.sqrt(a.value), a.slope / (2 * np.sqrt(a.value))),
    "exp": lambda a: Dual(np.exp(a.value), np.exp(a.value) * a.slope),
}


class Expression:
    """A function of q that takes and returns arrays of one shape, so that it can be used as a scoring rule.

    Where an expression has no value at 0 or 1, such as q*log(q) at 0, its limit is used.

    >>> rule = parse("(1 - q)**2")
    >>> rule(np.array([0.0, 0.5, 1.0])).tolist(), rule.slope(np.array([0.5])).tolist()
    ([1.0, 0.25, 0.0], [-1.0])
    """

    def __init__(self, text: str, tree: ast.expr):
        self.text = text
        self.tree = tree
        self._limits = _limits(lambda q: _at(tree, q).value)
        self._limits_of_slope = _limits(lambda q: _at(tree, q).slope)

    def __call__(self, q: np.ndarray) -> np.ndarray:
        """Return the value at each q."""
        q = np.asarray(q, dtype=np.float64)
        return _with_limits(_at(self.tree, q).value, q, self._limits)

    def slope(self, q: np.ndarray) -> np.ndarray:
        """Return the derivative at each q; NaN at a kink."""
        q = np.asarray(q, dtype=np.float64)
        return _with_limits(_at(self.tree, q).slope, q, self._limits_of_slope)

    def code(self, library: str) -> str:
        """Return the expression as code with the functions of a library, np or torch.

        >>> parse("log(2) - q*log(q)").code("np")
        'np.where(q == 0, 0.6931471805599453, np.log(2) - q * np.log(q))'
        """
        code = ast.unparse(_for_library(self.tree, library))
        if not _uses_q(self.tree):
            code += " + 0 * q"  # a rule returns a loss for each outcome
        for end, limit in self._limits.items():
            code = f"{library}.where(q == {end:g}, {_written(limit)}, {code})"
        return code

    def __repr__(self) -> str:
        return f"lambda q: {self.code('np')}"


@lru_cache(maxsize=KEPT)
def parse(text: str) -> Expression:
    """Return the rule that a text describes with numbers, q, + - * / ^, brackets, log, log2, log10, sqrt and exp.

    Raises  ExpressionError  too long; cannot be read; no finite value inside (0, 1); undefined or -infinity at an end

    >>> parse("[q]")
    Traceback (most recent call last):
    xent_ui.controls.expressions.ExpressionError: Character 1: “[” is not understood here; type round brackets.
    """
    try:
        expression = Expression(text.strip(), arithmetic.function_of_q(text.strip()))
    except arithmetic.NotUnderstood as error:
        if error.place is None:
            raise ExpressionError(str(error)) from None
        place = len(text) - len(text.lstrip()) + error.place
        raise ExpressionError(f"Character {place + 1}: {error}") from None
    _check_values(expression)
    return expression


def is_affine_in_log(rule: Expression) -> bool:
    """Return whether a rule is a·log(q) + c, which means that q times its slope is the same everywhere.

    >>> is_affine_in_log(parse("3 - 2*log(q)")), is_affine_in_log(parse("1 - q"))
    (True, False)
    """
    with np.errstate(all="ignore"):
        scaled = INSIDE * rule.slope(INSIDE)
        return bool(np.ptp(scaled) <= 1e-6 * np.abs(scaled).max())


def zero_if_noise(number: float, scale: float) -> float:
    """Return 0 for a number that is a rounding error of numbers of this scale, and any other number as it is.

    >>> zero_if_noise(2e-16, 1.0), zero_if_noise(2e-16, 1e-15)
    (0.0, 2e-16)
    """
    return 0.0 if abs(number) < 1e-12 * scale else number


def _limits(function: Callable[[np.ndarray], np.ndarray]) -> dict[float, float]:
    """Return the limit of a function at each end of [0, 1] at which it has no value."""
    return {
        end: _limit(np.broadcast_to(function(steps), steps.shape))
        for end, steps in APPROACH.items()
        if np.isnan(function(np.array(end)))
    }


def _limit(values: np.ndarray) -> float:
    """Return the limit of three values that approach an end in steps that shrink ever faster; NaN if there is none.

    A convergent sequence moves less with each step; one like log(q), which diverges, moves more.
    """
    with np.errstate(all="ignore"):
        before, last = np.diff(values)
    if abs(last) > max(abs(before), 1e-9 * (1 + abs(values[-1]))):
        return float(np.copysign(np.inf, last))
    return 0.0 if abs(values[-1]) < 1e-12 else float(values[-1])  # (1 - q)*log(1 - q) is -4e-15 at the last step


def _with_limits(values: np.ndarray, q: np.ndarray, limits: dict[float, float]) -> np.ndarray:
    """Return values at each q, with the limits at the ends."""
    for end, limit in limits.items():
        values = np.where(q == end, limit, values)
    return np.broadcast_to(values, q.shape)


def _uses_q(tree: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "q" for node in ast.walk(tree))


def _written(number: float) -> str:
    return repr(number) if np.isfinite(number) else f'float("{number}")'


def _for_library(node: ast.expr, library: str) -> ast.expr:
    """Return a tree that computes the same values with a library.

    A part without q whose value is huge is replaced by that value, because Python computes powers of integers exactly,
    which may take forever, and raises an error when it divides by 0. PyTorch takes the logarithm of tensors only, so
    numbers become tensors.
    """
    constant = not _uses_q(node)
    if constant:
        value = float(_at(node, np.array(0.5)).value)
        if not abs(value) <= LARGEST:
            return ast.parse(_written(value), mode="eval").body
    match node:
        case ast.BinOp():
            return ast.BinOp(_for_library(node.left, library), node.op, _for_library(node.right, library))
        case ast.UnaryOp():
            return ast.UnaryOp(node.op, _for_library(node.operand, library))
        case ast.Call(func=ast.Name(id=name)):
            inside = _for_library(node.args[0], library)
            if constant and library == "torch":
                tensor = f"torch.as_tensor({ast.unparse(inside)}, dtype=torch.float64)"
                inside = ast.parse(tensor, mode="eval").body
            return ast.Call(ast.Attribute(ast.Name(library), name), [inside], [])
        case _:
            return node


def _check_values(expression: Expression) -> None:
    """Check that a rule is finite everywhere inside (0, 1), and that it has a value above -infinity at the ends."""
    culprit = _not_finite(expression.tree, INSIDE)
    if culprit is not None:
        node, q, bad = culprit
        what = "not a number" if np.isnan(bad) else "too large"
        raise ExpressionError(f"“{arithmetic.typed(expression.text, node)}” is {what} at q = {q:.3g}.")
    for end in (0.0, 1.0):
        value = float(expression(np.array(end)))
        if np.isnan(value):
            raise ExpressionError(f"“{expression.text}” cannot be computed at q = {end:g}.")
        if value < -LARGEST:
            raise ExpressionError(f"“{expression.text}” is −∞ at q = {end:g}: a loss may rise without end, not fall.")


def _not_finite(node: ast.expr, q: np.ndarray) -> tuple[ast.expr, float, float] | None:
    """Return the innermost part that is NaN or too large at some q, with that q and its value there."""
    value = np.broadcast_to(_at(node, q).value, q.shape)
    bad = ~(np.abs(value) <= LARGEST)
    if not bad.any():
        return None
    parts = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    if isinstance(node, ast.Call):
        parts = node.args
    for part in parts:
        inner = _not_finite(part, q)
        if inner is not None:
            return inner
    first = int(np.argmax(bad))
    return node, float(q[first]), float(value[first])


def _at(node: ast.expr, q: np.ndarray) -> Dual:
    """Return the value and the slope of a tree at each q, as floats, because powers of integers could be huge."""
    with np.errstate(all="ignore"):
        match node:
            case ast.Constant():
                return Dual(np.float64(node.value), np.float64(0))  # type: ignore[arg-type]
            case ast.UnaryOp():
                inside, sign = _at(node.operand, q), SIGNS[type(node.op)]
                return Dual(sign(inside.value), sign(inside.slope))
            case ast.BinOp():
                return OPERATIONS[type(node.op)](_at(node.left, q), _at(node.right, q))
            case ast.Call(func=ast.Name(id=name)):
                return FUNCTIONS[name](_at(node.args[0], q))
            case _:  # this is q, the only variable of arithmetic
                return Dual(q, np.ones_like(q))
