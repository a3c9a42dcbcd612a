"""A rule of q that a learner types, read as arithmetic and nothing else.

Python's own parser makes the tree, after every token has been looked at; what is evaluated is the tree, on arrays of
floats, by the few operations listed here. Nothing is ever executed. Along with its value an expression knows its
slope: each operation carries the derivative of its result beside it.
"""

import ast
import operator
import re
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

LONGEST: Final = 80  # characters
LARGEST: Final = 1e9  # beyond this a cost is as good as infinite on any picture
INSIDE: Final = np.linspace(0.001, 0.999, 999)  # where a rule must have a value
NEAR_ZERO, NEAR_ONE = 1e-300, 1 - 1e-16  # for limits at the ends, such as q log q

TOKEN: Final = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[A-Za-z_]+)|(?P<sign>\*\*|[-+*/()])"
)
OPENS: Final = ("", "+", "-", "*", "/", "**", "(")  # after these a value must follow
READ_AS: Final = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"})
HINTS: Final = {"^": "a power is written **", "²": "a square is written **2", ",": "write a decimal point"}


class ExpressionError(ValueError):
    """Why a text is not a rule, in a sentence that says where."""


class Dual(NamedTuple):
    """A value and its slope in q, beside each other."""

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
    "sqrt": lambda a: Dual(np.sqrt(a.value), a.slope / (2 * np.sqrt(a.value))),
    "exp": lambda a: Dual(np.exp(a.value), np.exp(a.value) * a.slope),
}


class Expression:
    """A function of q; called with an array it gives an array of the same shape, ready to be a scoring rule.

    >>> rule = parse("(1 - q)**2")
    >>> rule(np.array([0.0, 0.5, 1.0])).tolist(), rule.slope(np.array([0.5])).tolist()
    ([1.0, 0.25, 0.0], [-1.0])
    """

    def __init__(self, text: str, tree: ast.expr):
        self.text = text
        self.tree = tree

    def __call__(self, q: np.ndarray) -> np.ndarray:
        """The value at each q; where only a limit exists at an end, the limit."""
        q = np.asarray(q, dtype=np.float64)
        value = _at(self.tree, q).value
        limit = _at(self.tree, np.clip(q, NEAR_ZERO, NEAR_ONE)).value
        return np.broadcast_to(np.where(np.isnan(value), limit, value), q.shape)

    def slope(self, q: np.ndarray) -> np.ndarray:
        """The derivative at each q."""
        q = np.asarray(q, dtype=np.float64)
        return np.broadcast_to(_at(self.tree, q).slope, q.shape)

    def code(self, library: str) -> str:
        """The expression as code of a library that has log, sqrt and exp, such as np or torch."""
        return re.sub(r"\b(log|sqrt|exp)\b", rf"{library}.\1", ast.unparse(self.tree))

    def __repr__(self) -> str:
        return f"lambda q: {self.code('np')}"


def parse(text: str) -> Expression:
    """Read a rule: numbers, q, + - * / **, brackets, log, sqrt and exp.

    Raises  ExpressionError  too long; cannot be read; no finite value between 0 and 1; below every bound at an end

    >>> parse("2*q + ^3")
    Traceback (most recent call last):
    xent_ui.controls.expressions.ExpressionError: Character 7, “^”: a power is written **.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"This has {len(text)} characters; character {LONGEST} is the last that is read.")
    # Signs that stand for one another have one length, so places stay where they are.
    plain = text.translate(READ_AS)
    _check_tokens(plain)
    start = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except SyntaxError as error:
        place = min(start + (error.offset or 1), len(text.rstrip()))
        raise ExpressionError(f"Character {place}, “{text[place - 1]}”: here it stops making sense.") from None
    _check_tree(tree, plain.strip(), start)
    expression = Expression(text.strip(), tree)
    _check_values(expression, plain.strip())
    return expression


def is_affine_in_log(rule: Expression) -> bool:
    """Whether a rule is a·log(q) + c: q times its slope is the same everywhere.

    >>> is_affine_in_log(parse("3 - 2*log(q)")), is_affine_in_log(parse("1 - q"))
    (True, False)
    """
    return bool(np.ptp(INSIDE * rule.slope(INSIDE)) < 1e-9)


def _check_tokens(text: str) -> None:
    """Only known words and signs, and none missing between two values."""
    before, kind_before, place = "", "", 0
    if not text.strip():
        raise ExpressionError("Nothing is written at character 1; try -log(q).")
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = TOKEN.match(text, place)
        where = f"Character {place + 1}, “{text[place]}”"
        if not found:
            raise ExpressionError(f"{where}: {HINTS.get(text[place], 'this sign is unknown here')}.")
        word, kind = found.group(), str(found.lastgroup)
        if kind == "name" and word != "q" and word not in FUNCTIONS:
            raise ExpressionError(f"Character {place + 1}, “{word}”: only q, log, sqrt and exp have names here.")
        starts_value, ended_value = kind != "sign" or word == "(", kind_before == "number" or before in ("q", ")")
        if starts_value and ended_value:
            raise ExpressionError(f"{where}: a sign is missing before it; a product is written *.")
        if before in OPENS and word in ("*", "/", "**", ")"):
            raise ExpressionError(f"{where}: a value is missing before it.")
        if before in FUNCTIONS and word != "(":
            raise ExpressionError(f"{where}: {before} wants its brackets, as in {before}(q).")
        before, kind_before, place = word, kind, found.end()
    if before in OPENS:
        raise ExpressionError(f"Character {len(text.rstrip())}, “{before}”: a value is missing after it.")
    if before in FUNCTIONS:
        raise ExpressionError(f"Character {len(text)}, “{text[-1]}”: {before} wants its brackets, as in {before}(q).")


def _check_tree(tree: ast.AST, text: str, start: int) -> None:
    """Nothing but arithmetic, whatever the tokens let through."""
    for node in ast.walk(tree):
        allowed = (
            isinstance(node, ast.BinOp)
            and type(node.op) in OPERATIONS
            or isinstance(node, ast.UnaryOp)
            and type(node.op) in SIGNS
            or isinstance(node, ast.Constant)
            and type(node.value) in (int, float)
            or isinstance(node, ast.Name)
            and (node.id == "q" or node.id in FUNCTIONS)
            or isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in FUNCTIONS
            and len(node.args) == 1
            and not node.keywords
        )
        if isinstance(node, ast.expr) and not allowed:
            place = start + node.col_offset + 1
            raise ExpressionError(f"Character {place}, “{ast.get_source_segment(text, node)}”: this is not arithmetic.")


def _check_values(expression: Expression, text: str) -> None:
    """A finite value everywhere inside, and none below every bound at the ends."""
    culprit = _not_finite(expression.tree, INSIDE)
    if culprit is not None:
        node, q, value = culprit
        what = "not a number" if np.isnan(value) else "too large"
        raise ExpressionError(f"“{ast.get_source_segment(text, node)}” is {what} at q = {q:.3g}.")
    for end in (0.0, 1.0):
        if expression(np.array([end]))[0] < -LARGEST:
            raise ExpressionError(f"“{text}” is −∞ at q = {end:g}: a loss may rise without end, not fall.")


def _not_finite(node: ast.expr, q: np.ndarray) -> tuple[ast.expr, float, float] | None:
    """The innermost part without a value of use at some q, with that q and what it is there."""
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
    """Value and slope of a tree at each q; floats throughout, so that no power can grow without end."""
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
            case _:  # q: nothing else passed _check_tree
                return Dual(q, np.ones_like(q))
