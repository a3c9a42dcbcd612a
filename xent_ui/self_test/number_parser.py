"""Read a number as people type it, such as 0,693 or .693 or ln 2 or 69.3% or 1e-1.

Nothing is executed: the text is split into tokens, and a recursive descent parser does the arithmetic on floats.
"""

import math
import re
from collections.abc import Callable
from typing import Final

from xent_core import Unit

LONGEST: Final = 40  # characters
LARGEST: Final = 1e12

TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>log_?10|log_?2|log|ln|lg|sqrt|exp|nats?|bits?|e|√)(?![a-z])|(?P<sign>\*\*|[-+*/^()%]))",
    re.IGNORECASE | re.ASCII,
)
READ_AS: Final = str.maketrans("−–×·÷∕₂₁₀", "--**//210", "\u00a0\u202f")
FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "ln": math.log,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "lg": math.log10,
    "sqrt": math.sqrt,
    "√": math.sqrt,
    "exp": math.exp,
}
UNITS: Final = {"bit": Unit.BITS, "bits": Unit.BITS, "nat": Unit.NATS, "nats": Unit.NATS}
NO_NUMBERS: Final = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "∞", "-∞", "none", "null"}


class NotANumber(ValueError):
    """Raised for a text that is not a number; the message is a sentence that says why."""


def number(text: str, unit: Unit | None = None) -> float:
    """Return a typed number; if it has a unit, it is converted to the given one.

    Raises  NotANumber  empty; too long; not finite; not arithmetic

    >>> [round(number(typed), 4) for typed in ("0,693", ".693", "ln 2", "69.3%", "1e-1", "-log2(1/8)", "−1/3")]
    [0.693, 0.693, 0.6931, 0.693, 0.1, 3.0, -0.3333]
    >>> round(number("1 bit", Unit.NATS), 3)
    0.693
    """
    plain = text.translate(READ_AS).strip()
    if not plain:
        raise NotANumber("Nothing is typed yet; try 0.693, or ln 2.")
    if len(plain) > LONGEST:
        raise NotANumber(f"That has {len(plain):,} characters; a number of up to {LONGEST} is read.")
    if plain.lower() in NO_NUMBERS:
        raise NotANumber("The answer is a finite number.")
    try:
        value = _Reader(plain, unit).read()
    except (ZeroDivisionError, OverflowError):
        raise NotANumber("That has no finite value.") from None
    if not abs(value) <= LARGEST:
        raise NotANumber("That has no finite value within reach.")
    return value


class _Reader:
    """A recursive descent parser: a sum of products of signed powers of numbers, functions and brackets."""

    def __init__(self, text: str, unit: Unit | None):
        self.unit = unit
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found:
                word = text[place:].split()[0][:12]
                raise NotANumber(f"“{word}” is not understood here; a number such as 0.693, 1/3 or ln 2 is.")
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind].lower()))
            place = found.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise NotANumber("Something is missing at the end.")
        self.at += 1
        return self.tokens[self.at - 1]

    def read(self) -> float:
        value = self.sum()
        if self.peek() == "%":
            self.next()
            value /= 100
        if self.peek() in UNITS:
            value = self.converted(value, UNITS[self.next()[1]])
        if self.at < len(self.tokens):
            raise NotANumber(f"“{self.peek()}” is not expected there; type one number, with a point or a comma.")
        return value

    def converted(self, value: float, given: Unit) -> float:
        if self.unit is None:
            raise NotANumber(f"This answer has no unit; leave “{given.symbol}” out.")
        return float(self.unit.of(value * given.nats_per_unit))

    def sum(self) -> float:
        value = self.product()
        while self.peek() in ("+", "-"):
            value += self.product() if self.next()[1] == "+" else -self.product()
        return value

    def product(self) -> float:
        value = self.signed()
        while self.peek() in ("*", "/"):
            if self.next()[1] == "*":
                value *= self.signed()
            else:
                value /= self.signed()
        return value

    def signed(self) -> float:
        if self.peek() in ("+", "-"):
            return self.signed() if self.next()[1] == "+" else -self.signed()
        return self.power()

    def power(self) -> float:
        base = self.atom()
        if self.peek() not in ("^", "**"):
            return base
        self.next()
        value = base ** self.signed()
        if isinstance(value, complex):
            raise NotANumber("A root of a negative number is no answer here.")
        return float(value)

    def atom(self) -> float:
        kind, word = self.next()
        if kind == "number":
            return float(word.replace(",", "."))
        if word == "e":
            return math.e
        if word == "(":
            value = self.sum()
            if self.next()[1] != ")":
                raise NotANumber("A bracket is not closed.")
            return value
        function = FUNCTIONS.get(word.replace("_", ""))
        if function is None:
            raise NotANumber(f"A number is missing before “{word}”.")
        inside = self.signed() if self.peek() in ("+", "-") else self.power()
        try:
            return function(inside)
        except ValueError:
            raise NotANumber(f"{word} of {inside:g} does not exist.") from None
