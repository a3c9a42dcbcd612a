"""Read a number as people type it, such as 0,693 or about .693 or ln 2 or 69.3 % or 1.2 × 10⁻³ or 1 bit.

``arithmetic`` says what is read and what is refused because it can be read in two ways. Here it is computed.
"""

import ast
import math
import operator
from collections.abc import Callable
from typing import Final

from xent_core import Unit
from xent_ui.controls import arithmetic

LARGEST: Final = 1e12
UNITS: Final = {"bits": Unit.BITS, "nats": Unit.NATS}
NO_NUMBERS: Final = {"nan", "inf", "infinity", "∞", "none", "null"}
OPERATIONS: Final[dict[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "sqrt": math.sqrt,
    "exp": math.exp,
}


class NotANumber(ValueError):
    """Raised for a text that is not a number; the message is a sentence that says why."""


def number(text: str, unit: Unit | None = None) -> float:
    """Return a typed number; if it has a unit, it is converted to the given one.

    Raises  NotANumber  empty; too long; not arithmetic; can be read in two ways; not finite; a unit where there is none

    >>> [round(number(typed), 4) for typed in ("0,693", "about .7", "ln 2", "1 - 20%", "-log2(1/8)", "½", "10⁻³")]
    [0.693, 0.7, 0.6931, 0.8, 3.0, 0.5, 0.001]
    >>> round(number("1 bit", Unit.NATS), 3)
    0.693
    """
    if text.strip().lower().lstrip("+-−") in NO_NUMBERS:
        raise NotANumber("The answer is a finite number, such as 0.693.")
    try:
        typed = arithmetic.number(text)
        value = _value(typed.tree, text)
    except arithmetic.NotUnderstood as error:
        raise NotANumber(str(error)) from None
    except (ZeroDivisionError, OverflowError):
        raise NotANumber("That has no finite value; type a number such as 0.693.") from None
    if typed.unit and unit is None:
        raise NotANumber(f"This answer has no unit; leave “{typed.unit}” out.")
    if typed.unit and unit is not None:
        value = float(unit.of(value * UNITS[typed.unit].nats_per_unit))
    if not abs(value) <= LARGEST:
        raise NotANumber("That has no finite value, or is too large; type a number such as 0.693.")
    return value


def _value(node: ast.expr, text: str) -> float:
    """Return the value of a tree as a float, because powers of integers could be huge.

    Raises  ZeroDivisionError or OverflowError  it is infinite
    Raises  NotANumber  a function has no value there
    """
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=sign, operand=inside):
            return -_value(inside, text) if isinstance(sign, ast.USub) else _value(inside, text)
        case ast.BinOp(left=left, op=operation, right=right):
            value = OPERATIONS[type(operation)](_value(left, text), _value(right, text))
            if isinstance(value, complex):
                raise NotANumber(
                    f"“{arithmetic.typed(text, node)}” is a root of a negative number; it has no real value."
                )
            return value
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            x = _value(argument, text)
            try:
                return FUNCTIONS[name](x)
            except ValueError:
                least = "from 0" if name == "sqrt" else "above 0"
                raise NotANumber(f"{name}({x:g}) does not exist; {name} takes numbers {least}.") from None
        case _:
            raise AssertionError(f"arithmetic.number returned {ast.dump(node)}")
