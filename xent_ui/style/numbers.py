"""How numbers are written: three significant digits, a true minus sign, ∞ for infinity.

``text`` is for sentences and labels, ``tex`` for formulas. ``exact`` writes an input of a formula with all its digits,
so that a reader with a calculator gets the result that the page shows.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

PERCENT_SIGN = "\u202f%"  # after a narrow no-break space, so that the number and its sign stay together
ROUNDING = 1e-12  # what rounding may take from a probability of 1

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _parts(x: float, digits: int) -> tuple[str, int | None]:
    """Return the mantissa and, for very large or small numbers, the power of ten."""
    if x == 0 or 1e-4 <= abs(x) < 10 ** max(digits, 5):
        places = max(0, digits - 1 - math.floor(math.log10(abs(x)))) if x else 0
        rounded = round(x, places)
        # Rounding can add a digit before the point (0.9996 becomes 1.00).
        if rounded and math.floor(math.log10(abs(rounded))) > math.floor(math.log10(abs(x))):
            places = max(0, places - 1)
        return f"{x:.{places}f}", None
    mantissa, power = f"{x:.{digits - 1}e}".split("e")
    return mantissa, int(power)


def text(x: float, digits: int = 3, *, signed: bool = False) -> str:
    """Return a number for a sentence or a label.

    >>> text(4.3219), text(-0.99753), text(float("inf")), text(4.2e-18), text(0.0)
    ('4.32', '−0.998', '∞', '4.20 × 10⁻¹⁸', '0')
    """
    if math.isnan(x):
        return "not a number"
    if math.isinf(x):
        body = "∞"
    else:
        body, power = _parts(abs(float(x)), digits)
        if power is not None:
            body = f"{body} × 10{str(power).translate(_SUPERSCRIPT)}"
    sign = "−" if x < 0 else "+" if signed and x > 0 else ""
    return sign + body


def tex(x: float, digits: int = 3) -> str:
    r"""Return a number for a formula.

    >>> tex(-0.99753), tex(float("inf")), tex(4.2e-18)
    ('-0.998', '\\infty', '4.20 \\times 10^{-18}')
    """
    if math.isnan(x):
        return r"\text{not a number}"
    sign = "-" if x < 0 else ""
    if math.isinf(x):
        return sign + r"\infty"
    body, power = _parts(abs(float(x)), digits)
    return sign + (body if power is None else rf"{body} \times 10^{{{power}}}")


def exact(x: float) -> str:
    """Return an input of a formula as LaTeX: the shortest decimal that equals it, or a fraction.

    >>> exact(0.05), exact(-6.0), exact(0.1 + 0.2), exact(1e-7), exact(1 / 6), exact(3 / 7)
    ('0.05', '-6', '0.3', '10^{-7}', '\\\\tfrac{1}{6}', '\\\\tfrac{3}{7}')
    """
    if math.isinf(x):
        return r"\infty" if x > 0 else r"-\infty"
    x = float(x) + 0.0  # -0 is 0
    short = f"{x:.12g}"
    inverse = round(1 / x) if x else 0
    if len(short) > 10 and inverse and abs(x * inverse - 1) < 1e-12:
        return rf"\tfrac{{1}}{{{inverse}}}"
    fraction = Fraction(x).limit_denominator(999)
    if len(short) > 10 and abs(fraction - x) < 1e-12:
        return rf"\tfrac{{{fraction.numerator}}}{{{fraction.denominator}}}"
    if "e" not in short:
        return short
    mantissa, power = short.split("e")
    return rf"10^{{{int(power)}}}" if mantissa == "1" else rf"{mantissa} \times 10^{{{int(power)}}}"


def exact_text(x: float) -> str:
    """Return what ``exact`` returns, for a label instead of a formula.

    >>> exact_text(0.05), exact_text(-2.5), exact_text(1 / 6), exact_text(3 / 7)
    ('0.05', '−2.5', '1/6', '3/7')
    """
    shown = exact(x)
    if shown.startswith(r"\tfrac"):
        return shown.removeprefix(r"\tfrac{").removesuffix("}").replace("}{", "/").replace("-", "−")
    return shown.replace("-", "−") if "{" not in shown and "infty" not in shown else text(x)


def plain(x: float, digits: int = 4) -> str:
    """Return a number without trailing zeros: 0.91, not 0.9100.

    >>> plain(0.91), plain(0.93333333), plain(0.0001), plain(1.0)
    ('0.91', '0.9333', '0.0001', '1')
    """
    return text(x) if not 1e-4 <= abs(x) < 1e4 else f"{float(f'{x:.{digits}g}'):.12g}".replace("-", "−")


def percent(p: float, digits: int = 3) -> str:
    """Return a probability in percent: with a power of ten only if it is tiny, as 100 % only if it is 1.

    >>> print(percent(0.05), percent(0.995), percent(1e-6), percent(1 / 13_983_816), percent(1e-12), sep=", ")
    5 %, 99.5 %, 0.0001 %, 0.00000715 %, 1.00 × 10⁻¹⁰ %
    >>> print(percent(0.9996), percent(0.9999546), percent(1.0), percent(1 - 1e-16), sep=", ")
    99.96 %, 99.9955 %, 100 %, 100 %
    """
    x = 100 * p
    if 1 - p > ROUNDING and x >= 100 - 0.5 * 10.0 ** (2 - digits):  # it would be rounded to 100
        return f"{x:.{1 - math.floor(math.log10(100 - x))}f}".rstrip("0") + PERCENT_SIGN
    if 1e-9 < x < 1e-4:
        places = digits - 1 - math.floor(math.log10(x))
        return f"{x:.{places}f}".rstrip("0") + PERCENT_SIGN
    shown = text(x, digits)
    short = shown.rstrip("0").rstrip(".") if "." in shown and "×" not in shown else shown
    return short + PERCENT_SIGN


def fixed(x: float, places: int) -> str:
    """Return a number with a fixed number of decimal places; what rounds to 0 has no sign.

    >>> fixed(-0.5, 2), fixed(-0.004, 2), fixed(-0.0, 1), fixed(float("-inf"), 1)
    ('−0.50', '0.00', '0.0', '−∞')
    """
    if not math.isfinite(x):
        return text(x)
    return f"{x:z.{places}f}".replace("-", "−")


def percents(*probs: float, places: int = 1) -> list[str]:
    """Return probabilities in percent for one sentence or picture, all with the same number of decimal places.

    They have no places that all would fill with zeros, and more than ``places`` where 0 % or 100 % would be said of
    another number.

    >>> print(*percents(0.3412, 0.405, 0.16), sep=", ")
    34.1 %, 40.5 %, 16.0 %
    >>> print(*percents(0.2, 0.35), *percents(0.9996, 0.0004), sep=", ")
    20 %, 35 %, 99.96 %, 0.04 %
    """
    shares = [100 * p for p in probs]
    inner = [share for share in shares if 100 * ROUNDING < share < 100 - 100 * ROUNDING]
    while any(round(share, places) in (0, 100) for share in inner):
        places += 1
    while places and all(round(share, places) == round(share, places - 1) for share in shares):
        places -= 1
    return [fixed(share, places) + PERCENT_SIGN for share in shares]


def digits_that_add(*parts: float, least: int = 3) -> int:
    """Return to how many significant digits to write numbers and their sum, so that what is written adds up.

    Written to 3 digits, 1.45 + 0.0848 would be 1.54 here, though 1.45 + 0.0848 rounds to 1.53.

    >>> digits_that_add(1.0, 1.198), digits_that_add(1.4503, 0.08477), digits_that_add(1.0, 1.198, least=5)
    (3, 4, 5)
    """
    if not math.isfinite(sum(parts)):
        return least
    return next((digits for digits in range(least, 15) if _add_as_written(parts, digits, digits)), 15)


def digits_of_sum(*parts: float, least: int = 3) -> tuple[int, int]:
    """Return to how many significant digits to write numbers, and to how many their sum, so that it adds up soon.

    Where their rounding is in the way, the sum has one digit fewer, which takes it in; with as many digits as its
    parts, one sum in a hundred needs six or more.

    >>> digits_of_sum(1.0, 1.198), digits_of_sum(1.4503, 0.08477), digits_of_sum(0.198515243, 0.164746444)
    ((3, 3), (4, 4), (4, 3))
    """
    if not math.isfinite(sum(parts)):
        return least, least
    pairs = ((digits, whole) for digits in range(least, 15) for whole in (digits, digits - 1) if whole >= least)
    return next((pair for pair in pairs if _add_as_written(parts, *pair)), (15, 15))


def _add_as_written(parts: Sequence[float], digits: int, digits_of_whole: int) -> bool:
    """Return whether numbers and their sum still add up once they are written."""
    written = [_as_written(x, digits) for x in parts]
    total, places = _as_written(sum(parts), digits_of_whole)
    coarsest = min([places, *(each for _, each in written)])
    return abs(sum(x for x, _ in written) - total) <= 0.5 * 10**-coarsest * (1 + 1e-9)


def digits_apart(a: float, b: float, least: int = 3) -> int:
    """Return to how many significant digits to write two numbers, so that different numbers look different.

    Numbers that differ by rounding errors only are written alike.

    >>> digits_apart(0.4444, 0.44440017), digits_apart(0.3, 0.324), digits_apart(0.3, 0.1 + 0.2)
    (7, 3, 3)
    """
    if math.isclose(a, b, rel_tol=1e-12):
        return least
    return next((digits for digits in range(least, 15) if text(a, digits) != text(b, digits)), 15)


def _as_written(x: float, digits: int) -> tuple[float, int]:
    """Return a number as it is written, and the number of its decimal places; 0 is exact."""
    if x == 0:
        return 0.0, 99
    body, power = _parts(abs(x), digits)
    places = len(body.partition(".")[2]) - (power or 0)
    return math.copysign(float(body) * 10.0 ** (power or 0), x), places


def counted(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the singular or the plural.

    >>> counted(1, "flip"), counted(1200, "flip"), counted(2, "loss", "losses")
    ('1 flip', '1,200 flips', '2 losses')
    """
    return f"{n:,} {noun if n == 1 else plural or f'{noun}s'}"
