"""What may come in: one place that says the rule and what came instead.

Every check raises ValueError, and its message names the argument, the rule and the first offender.
Checks that return an array return the converted one; nothing here writes to an argument.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Shape = tuple[int, ...]
SUM_TOLERANCE = 1e-4  # lets in a distribution nudged by a finite difference, keeps out a mistake

# Reaching 0 or infinity is an answer here, not an accident. `invalid` stays loud: NaN would be a bug.
ignore_range_errors = np.errstate(over="ignore", under="ignore", divide="ignore")


def to_common_float(**arrays: ArrayLike) -> Any:
    """Give the named arguments one floating dtype: float32 if no array holds another one, else float64.

    Integers, booleans and plain Python numbers and lists do not vote.
    One name gives one array, more names give a list.

    >>> [a.dtype.name for a in to_common_float(logits=np.zeros(3, np.float32), target=[0, 0, 1])]
    ['float32', 'float32']
    >>> to_common_float(logits=[1, 2]).dtype.name
    'float64'
    """
    dtype, *converted = to_float64(**arrays, working_dtype=None)
    return converted if len(converted) > 1 else converted[0]


def to_float64(*, working_dtype: Any = np.float64, **arrays: ArrayLike) -> list[Any]:
    """Give the dtype of the answer, then the named arguments in float64.

    float32 in, float32 out; in between in float64, so that a float32 answer is rounded only once.

    >>> dtype, z = to_float64(logits=np.zeros(3, np.float32))
    >>> dtype.__name__, z.dtype.name
    ('float32', 'float64')
    """
    votes = set()
    given = []
    for name, argument in arrays.items():
        try:
            array = np.asarray(argument)
        except ValueError:
            raise ValueError(f"{name} must be an array of real numbers, got rows of unequal length") from None
        if array.dtype.kind not in "fiub":
            raise ValueError(f"{name} must be an array of real numbers, got dtype {array.dtype}")
        if array.dtype.kind == "f" and hasattr(argument, "__array__"):
            votes.add(array.dtype.itemsize)
        given.append(array)
    dtype = np.float32 if votes == {4} else np.float64
    return [dtype, *(array.astype(working_dtype or dtype, copy=False) for array in given)]


def raise_if_any(rule: str, values: np.ndarray, offends: Any) -> None:
    """Raise `rule`, what came and where, if any of the values offends."""
    if not np.any(offends):
        return
    index = np.unravel_index(np.argmax(np.broadcast_to(offends, values.shape)), values.shape)
    where = f" at index {format_index(index)}" if index else ""
    raise ValueError(f"{rule}, got {values[index]}{where}")


def format_index(index: tuple[Any, ...]) -> str:
    """Write an index the way it is read: 2, or (0, 2)."""
    numbers = tuple(int(i) for i in index)
    return str(numbers[0] if len(numbers) == 1 else numbers)


def check_interval(interval: str, values: ArrayLike, name: str) -> None:
    """Check that every value lies in an interval written as in mathematics, such as "[0, 1]" or "(0, inf)".

    >>> check_interval("[0, 1]", 1.2, "label_smoothing")
    Traceback (most recent call last):
    ValueError: label_smoothing must be in [0, 1], got 1.2
    """
    if not np.all(inside := _in_interval(interval, values)):
        raise_if_any(f"{name} must be in {interval}", np.asarray(values), ~np.asarray(inside))


def _in_interval(interval: str, values: Any) -> Any:
    low, high = _interval_bounds(interval)
    above = values >= low if interval[0] == "[" else values > low
    below = values <= high if interval[-1] == "]" else values < high
    return above & below  # NaN is inside nothing


@cache
def _interval_bounds(interval: str) -> tuple[float, ...]:
    return tuple(map(float, interval[1:-1].split(",")))


def validate_scalar(interval: str, value: ArrayLike, name: str) -> float:
    """Give an option as a float, once it is known to be one number in the interval."""
    if not isinstance(value, float):
        array = np.asarray(value)
        if array.dtype.kind not in "fiu" or array.shape != ():
            raise ValueError(f"{name} must be a number in {interval}, got {value!r}")
        value = float(array)
    if not _in_interval(interval, value):
        check_interval(interval, value, name)
    return value


def check_finite_or_minus_inf(values: np.ndarray, name: str) -> None:
    """Check logits of two classes: minus infinity is a class that cannot be, NaN and +inf are mistakes."""
    if not np.all(values < np.inf):
        raise_if_any(f"{name} must be finite or -inf", values, ~(values < np.inf))


def check_finite(values: np.ndarray, name: str) -> None:
    """Check that nothing is NaN or infinite."""
    if not (fine := np.isfinite(values)).all():
        raise_if_any(f"{name} must be finite", values, ~fine)


def validate_class_axis(values: np.ndarray, name: str) -> int:
    """Give the length of the last axis, which must hold at least one class."""
    if values.ndim == 0 or values.shape[-1] == 0:
        raise ValueError(f"{name} must have at least one class along the last axis, got shape {values.shape}")
    return values.shape[-1]


def move_class_axis_last(values: np.ndarray, axis: int, name: str) -> np.ndarray:
    """Give a view with the given axis last; it must hold at least one class."""
    if not -values.ndim <= axis < values.ndim:
        raise ValueError(f"axis must be in [{-values.ndim}, {values.ndim}) for {name}, got {axis}")
    values = np.moveaxis(values, axis, -1)
    validate_class_axis(values, name)
    return values


def check_row_maximum(row_maximum: np.ndarray, name: str) -> None:
    """Check rows by their maximum: it tells of NaN, of +inf and of a row of -inf in one pass."""
    if not (fine := np.isfinite(row_maximum)).all():
        row = np.unravel_index(np.argmin(fine), fine.shape) or (0,)
        raise ValueError(f"row {format_index(row)} of {name} has no finite maximum")


def check_distribution(p: np.ndarray, name: str) -> None:
    """Check that every row of the last axis holds probabilities that sum to 1.

    >>> check_distribution(np.array([0.5, 0.6]), "p")
    Traceback (most recent call last):
    ValueError: p must sum to 1, got 1.1
    """
    validate_class_axis(p, name)
    check_interval("[0, 1]", p, name)
    total = p.sum(axis=-1)
    raise_if_any(f"{name} must sum to 1", np.round(total, 10), ~(np.abs(total - 1) <= SUM_TOLERANCE))


def validate_labels(labels: ArrayLike, n_classes: int, name: str = "labels") -> np.ndarray:
    """Give integer labels, each in [0, n_classes).

    >>> validate_labels([0, 3, 4], 4)
    Traceback (most recent call last):
    ValueError: labels must be integers in [0, 4), got 4 at index 2
    """
    rule = f"{name} must be integers in [0, {n_classes})"
    array = np.asarray(labels)
    if array.dtype.kind not in "iu":
        if array.size or hasattr(labels, "__array__"):
            raise ValueError(f"{rule}, got dtype {array.dtype}")
        array = array.astype(np.intp)  # an empty list has no dtype of its own
    as_intp = array.astype(np.intp, copy=False)
    if array.size and as_intp.view(np.uintp).max() >= n_classes:  # unsigned, a negative label is huge too
        raise_if_any(rule, array, (array < 0) | (array >= n_classes))
    return as_intp


def validate_sign_labels(labels: ArrayLike) -> np.ndarray:
    """Give integer labels, each -1 or 1."""
    array = np.asarray(labels)
    if array.dtype.kind not in "iu":
        raise ValueError(f"labels must be integers, -1 or 1, got dtype {array.dtype}")
    array = array.astype(np.intp)
    raise_if_any("labels must be integers, -1 or 1", array, np.abs(array) != 1)
    return array


def validate_n_classes(n_classes: int) -> int:
    """Give the number of classes, a positive integer."""
    array = np.asarray(n_classes)
    if array.dtype.kind not in "iu" or array.shape != () or array < 1:
        raise ValueError(f"n_classes must be a positive integer, got {n_classes!r}")
    return int(array)


def validate_integer(value: int, name: str, *, least: int = 1) -> int:
    """Give an option that counts something, once it is known to be a whole number of at least 1 (or `least`).

    >>> validate_integer(0, "n_bins")
    Traceback (most recent call last):
    ValueError: n_bins must be an integer of at least 1, got 0
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iu" or array.shape != () or array < least:
        raise ValueError(f"{name} must be an integer of at least {least}, got {value!r}")
    return int(array)


def broadcast_shape(name: str, shape: Shape, to: Shape, tail: Shape = ()) -> Shape:
    """Give the shape in which two arguments meet, or say which shape the named one should have had.

    Either may stretch to the other, as NumPy broadcasts. Both at once only if they have equally many axes:
    (3,) against (3, 1) is nearly always a slip, and (3, 3) would hide it. `tail` are axes both already share.

    >>> broadcast_shape("target", (4,), (301, 4))
    (301, 4)
    >>> broadcast_shape("target", (3, 5), (3, 4))
    Traceback (most recent call last):
    ValueError: target must have shape (3, 4), got (3, 5)
    """
    if shape == to:
        return to
    try:
        meeting = np.broadcast_shapes(shape, to)
    except ValueError:
        meeting = None
    if meeting is None or (len(shape) != len(to) and meeting not in (shape, to)):
        raise ValueError(f"{name} must have shape {to + tail}, got {shape + tail}")
    return meeting


def broadcast_pair(first: np.ndarray, second: np.ndarray, name: str, *, classes: bool = False) -> list[np.ndarray]:
    """Broadcast two arguments to one shape, complaining about the second, named one.

    With classes=True the last axis must already be the same length in both.
    """
    if first.shape == second.shape:
        return [first, second]
    if classes and first.shape[-1:] != second.shape[-1:]:
        raise ValueError(f"{name} must have shape {first.shape}, got {second.shape}")
    shape = broadcast_shape(name, second.shape, first.shape)
    return [np.broadcast_to(first, shape), np.broadcast_to(second, shape)]


def broadcast_leading_axes(first: np.ndarray, second: np.ndarray, name: str) -> list[np.ndarray]:
    """Broadcast two arrays of distributions over the same outcomes along their leading axes, as NumPy does.

    >>> [a.shape for a in broadcast_leading_axes(np.ones((7, 1, 3)), np.ones((5, 3)), "q")]
    [(7, 5, 3), (7, 5, 3)]
    """
    try:
        shape = np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        shape = ()
    if not shape or first.shape[-1:] != second.shape[-1:]:
        raise ValueError(f"{name} must have shape {first.shape}, got {second.shape}")
    return [np.broadcast_to(first, shape), np.broadcast_to(second, shape)]
