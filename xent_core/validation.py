"""Input validation and dtypes: one place that states each rule and reports the first value that breaks it.

A `check_*` function returns nothing; a `validate_*` function returns the converted argument. All of them raise
ValueError with a message that names the argument, the rule, and the offending value. None writes to its argument.

A result is float32 if every floating array given is float32 or float16, and otherwise float64; float16 has too few
digits to compute with. longdouble is read and returned as float64.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.result import ValueAndGrad

Shape = tuple[int, ...]
SUM_TOLERANCE = 1e-4  # accepts a distribution perturbed by a finite difference, rejects a genuine mistake
# Four times the relative spacing of float16: a row may have been rounded, and divided by a sum that was.
FLOAT16_SUM_TOLERANCE = 2.0**-8

NO_SOFT_LABELS = ": the weight (1 - p)^gamma of a focal loss needs the one right class, so it takes no soft target"

# A result of 0 or infinity is legitimate in this package. `invalid` still warns, because a NaN would be a bug.
ignore_range_errors = np.errstate(over="ignore", under="ignore", divide="ignore")
# For expressions in which 0 * inf becomes NaN and is then replaced.
ignore_all_errors = np.errstate(all="ignore")


def read_arrays(**arguments: ArrayLike) -> list[Any]:
    """Return the dtype that the result should have, followed by the named arguments as arrays in their own dtypes.

    Integers, booleans, and plain Python numbers and lists do not influence the dtype of the result.

    >>> dtype, z, y = read_arrays(logits=np.zeros(3, np.float32), target=[0.5, 0, 1])
    >>> dtype.__name__, z.dtype.name, y.dtype.name
    ('float32', 'float32', 'float64')
    """
    itemsizes = set()
    arrays = []
    for name, argument in arguments.items():
        array = read_array(argument, name)
        if array.dtype.kind not in "fiub":
            raise ValueError(f"{name} must be an array of real numbers, got dtype {array.dtype}")
        if array.dtype.kind == "f" and hasattr(argument, "__array__"):
            itemsizes.add(array.dtype.itemsize)
        arrays.append(array)
    return [np.float32 if itemsizes and itemsizes <= {2, 4} else np.float64, *arrays]


def read_array(argument: ArrayLike, name: str) -> np.ndarray:
    """Return an argument as an array of any dtype, after checking that no mask is lost by that.

    >>> read_array(np.ma.masked_array([0.5, 0.001], [0, 1]), "probs")
    Traceback (most recent call last):
    ValueError: probs must not be masked, because its mask would be lost: pass the valid entries only, ...
    """
    if _holds_mask(argument):
        raise ValueError(
            f"{name} must not be masked, because its mask would be lost: pass the valid entries only, or leave the "
            "others out with a weight of 0 in mean or total"
        )
    try:
        return np.asarray(argument)
    except ValueError:
        raise ValueError(f"{name} must be an array of real numbers, got rows of unequal length") from None


def refuse_masks(**arguments: Any) -> None:
    """Check that no named argument is masked, in a function that otherwise takes its arguments as they are."""
    for name, argument in arguments.items():
        read_array(argument, name)


def _holds_mask(argument: Any) -> bool:
    if isinstance(argument, list | tuple):
        return any(type(entry) not in (float, int, bool) and _holds_mask(entry) for entry in argument)
    return isinstance(argument, np.ma.MaskedArray)


def to_common_float(**arguments: ArrayLike) -> Any:
    """Convert the named arguments to the dtype that the result should have.

    Return a single array for one argument and a list for several.

    >>> [a.dtype.name for a in to_common_float(logits=np.zeros(3, np.float32), target=[0, 0, 1])]
    ['float32', 'float32']
    >>> to_common_float(logits=[1, 2]).dtype.name, to_common_float(logits=np.zeros(2, np.float16)).dtype.name
    ('float64', 'float32')
    """
    dtype, *arrays = read_arrays(**arguments)
    converted = [array.astype(dtype, copy=False) for array in arrays]
    return converted if len(converted) > 1 else converted[0]


def to_float64(**arguments: ArrayLike) -> list[Any]:
    """Return the dtype that the result should have, followed by the named arguments in float64.

    float32 arguments give a float32 result; computing it in float64 rounds it only once.

    >>> dtype, z = to_float64(logits=np.zeros(3, np.float32))
    >>> dtype.__name__, z.dtype.name
    ('float32', 'float64')
    """
    dtype, *arrays = read_arrays(**arguments)
    return [dtype, *(array.astype(np.float64, copy=False) for array in arrays)]


def as_result(value: Any, grad: Any, dtype: Any) -> ValueAndGrad:
    """Round a value and its gradient once, to the dtype from to_float64; a scalar becomes an array of shape ().

    >>> as_result(0.5, [1.0, -1.0], np.float32)
    ValueAndGrad(value=array(0.5, dtype=float32), grad=array([ 1., -1.], dtype=float32))
    """
    return ValueAndGrad(np.asarray(value, dtype), np.asarray(grad, dtype))


def raise_if_any(invalid: Any, values: np.ndarray, rule: str, reason: str = "") -> None:
    """Raise ValueError with the rule, the first invalid value, and its index, if any value is invalid."""
    if not np.any(invalid):
        return
    index = np.unravel_index(np.argmax(np.broadcast_to(invalid, values.shape)), values.shape)
    location = f" at index {format_index(index)}" if index else ""
    raise ValueError(f"{rule}, got {values[index]}{location}{reason}")


def format_index(index: tuple[Any, ...]) -> str:
    """Format an index as a reader would write it: 2, or (0, 2)."""
    numbers = tuple(int(i) for i in index)
    return str(numbers[0] if len(numbers) == 1 else numbers)


def check_interval(interval: str, values: ArrayLike, name: str) -> None:
    """Check that every value lies in an interval in mathematical notation, such as "[0, 1]" or "(0, inf)".

    >>> check_interval("[0, 1]", 1.2, "label_smoothing")
    Traceback (most recent call last):
    ValueError: label_smoothing must be in [0, 1], got 1.2
    """
    array = np.asarray(values)
    if array.size and not (_in_interval(interval, array.min()) and _in_interval(interval, array.max())):
        if array.dtype.kind != "f":
            array = array.astype(np.float64)
        raise_if_any(~_in_interval(interval, array), array, f"{name} must be in {interval}")


def _in_interval(interval: str, values: Any) -> Any:
    low, high = _interval_bounds(interval)
    above = values >= low if interval[0] == "[" else values > low
    below = values <= high if interval[-1] == "]" else values < high
    return above & below  # NaN fails both comparisons


@cache
def _interval_bounds(interval: str) -> tuple[float, ...]:
    return tuple(map(float, interval[1:-1].split(",")))


def validate_scalar(interval: str, value: ArrayLike, name: str) -> float:
    """Return a scalar option as a float, after checking that it is a single number in the interval."""
    if not isinstance(value, float):
        array = read_array(value, name)
        if array.dtype.kind not in "fiu" or array.shape != ():
            raise ValueError(f"{name} must be a number in {interval}, got {value!r}")
        value = float(array)
    if not _in_interval(interval, value):
        check_interval(interval, value, name)
    return value


def check_finite_or_minus_inf(values: np.ndarray, name: str) -> None:
    """Check binary logits: -inf stands for an impossible class, but NaN and +inf are mistakes."""
    if values.size and not values.max() < np.inf:  # a NaN anywhere makes the maximum NaN
        raise_if_any(~(values < np.inf), values, f"{name} must be finite or -inf")


def check_no_nan(values: np.ndarray, name: str) -> None:
    """Check the argument of a function that has limits at both infinities."""
    if np.isnan(values).any():
        raise_if_any(np.isnan(values), values, f"{name} must be a number")


def check_finite(values: np.ndarray, name: str) -> None:
    """Check that no value is NaN or infinite."""
    if not (is_finite := np.isfinite(values)).all():
        raise_if_any(~is_finite, values, f"{name} must be finite")


def validate_class_axis(values: np.ndarray, name: str) -> int:
    """Return the number of classes, which is the length of the last axis and must be at least 1."""
    if values.ndim == 0 or values.shape[-1] == 0:
        raise ValueError(f"{name} must have at least one class along the last axis, got shape {values.shape}")
    return values.shape[-1]


def move_class_axis_last(values: np.ndarray, axis: int, name: str) -> np.ndarray:
    """Return a view with the given axis last; that axis must hold at least one class."""
    if not -values.ndim <= axis < values.ndim:
        raise ValueError(f"axis must be in [{-values.ndim}, {values.ndim}) for {name}, got {axis}")
    values = np.moveaxis(values, axis, -1)
    validate_class_axis(values, name)
    return values


def check_row_maximum(row_maximum: np.ndarray, name: str) -> None:
    """Check rows by their maximum, which reveals NaN, +inf, and a row of -inf in one pass."""
    if not (is_finite := np.isfinite(row_maximum)).all():
        row = np.unravel_index(np.argmin(is_finite), is_finite.shape) or (0,)
        raise ValueError(f"row {format_index(row)} of {name} has no finite maximum")


def check_distribution(p: np.ndarray, name: str, given: ArrayLike) -> None:
    """Check that every row along the last axis holds probabilities that sum to 1.

    A sum may miss 1 by SUM_TOLERANCE, and by FLOAT16_SUM_TOLERANCE if the argument was given in float16.

    >>> check_distribution(np.array([0.5, 0.6]), "p", given=[0.5, 0.6])
    Traceback (most recent call last):
    ValueError: p must sum to 1, got 1.1
    """
    validate_class_axis(p, name)
    check_interval("[0, 1]", p, name)
    total = p.sum(axis=-1)
    error = np.abs(total - 1)
    if error.size and not error.max() <= SUM_TOLERANCE:
        tolerance = FLOAT16_SUM_TOLERANCE if np.asarray(given).dtype == np.float16 else SUM_TOLERANCE
        raise_if_any(~(error <= tolerance), np.round(total, 10), f"{name} must sum to 1")


def validate_labels(labels: ArrayLike, n_classes: int, name: str = "labels", *, reason: str = "") -> np.ndarray:
    """Return class labels as an integer array, after checking that each is in [0, n_classes).

    Booleans and whole numbers in a floating array are labels too. The error adds the reason, if one is given.

    >>> validate_labels([0.0, 3.0], 4), validate_labels([False, True], 2)
    (array([0, 3]), array([0, 1]))
    >>> validate_labels([0, 3, 4], 4)
    Traceback (most recent call last):
    ValueError: labels must be integers in [0, 4), got 4 at index 2
    """
    rule = f"{name} must be integers in [0, {n_classes})"
    array = read_array(labels, name)
    if array.dtype.kind == "f":
        if array.size and not (array.min() >= 0 and array.max() < n_classes and (array == np.floor(array)).all()):
            valid = (array >= 0) & (array < n_classes) & (array == np.floor(array))
            raise_if_any(~valid, array, rule, reason)
        return array.astype(np.intp)
    if array.dtype.kind not in "iub":
        raise ValueError(f"{rule}, got dtype {array.dtype}")
    as_intp = array.astype(np.intp, copy=False)
    if array.size and as_intp.view(np.uintp).max() >= n_classes:  # viewed as unsigned, a negative label is huge
        raise_if_any((array < 0) | (array >= n_classes), array, rule, reason)
    return as_intp


def broadcast_labels(labels: np.ndarray, given: ArrayLike, logits_shape: Shape) -> Shape:
    """Return the shape to which labels and the leading axes of logits broadcast.

    Whole numbers in a floating array that has the shape of the logits are a one-hot target, not labels.

    >>> broadcast_labels(np.array(1), 1, (301, 4))
    (301,)
    >>> broadcast_labels(np.eye(2, dtype=int), np.eye(2), (2, 2))
    Traceback (most recent call last):
    ValueError: labels must have shape (2,), got (2, 2): pass labels.argmax(axis=-1) of a one-hot target
    """
    if labels.ndim > 1 and labels.shape == logits_shape and np.asarray(given).dtype.kind not in "iu":
        raise ValueError(
            f"labels must have shape {logits_shape[:-1]}, got {labels.shape}: "
            "pass labels.argmax(axis=-1) of a one-hot target"
        )
    return broadcast_shape("labels", labels.shape, logits_shape[:-1])


def validate_sign_labels(labels: ArrayLike) -> np.ndarray:
    """Return labels as a floating array, after checking that each is -1 or 1.

    >>> validate_sign_labels([1, 0])
    Traceback (most recent call last):
    ValueError: labels must be integers, -1 or 1, got 0 at index 1: a hinge loss wants -1 and +1; pass 2 * labels - 1
    """
    rule = "labels must be integers, -1 or 1"
    array = read_array(labels, "labels")
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{rule}, got dtype {array.dtype}")
    is_sign = np.abs(array) == 1 if array.dtype.kind != "b" else np.zeros(array.shape, bool)
    if not is_sign.all():
        of_0_and_1 = ((array == 0) | (array == 1)).all()
        hint = ": a hinge loss wants -1 and +1; pass 2 * labels - 1" if of_0_and_1 else ""
        raise_if_any(~is_sign, array, rule, hint)
    return array.astype(np.float64)


def validate_n_classes(n_classes: int) -> int:
    """Return the number of classes, after checking that it is a positive integer."""
    array = np.asarray(n_classes)
    if array.dtype.kind not in "iu" or array.shape != () or array < 1:
        raise ValueError(f"n_classes must be a positive integer, got {n_classes!r}")
    return int(array)


def validate_integer(value: int, name: str, *, minimum: int = 1) -> int:
    """Return an integer option, after checking that it is at least `minimum`.

    >>> validate_integer(0, "n_bins")
    Traceback (most recent call last):
    ValueError: n_bins must be an integer of at least 1, got 0
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iu" or array.shape != () or array < minimum:
        raise ValueError(f"{name} must be an integer of at least {minimum}, got {value!r}")
    return int(array)


def broadcast_shape(name: str, shape: Shape, other: Shape) -> Shape:
    """Return the shape to which two arguments broadcast; an error reports the `name` and the `shape` of the first.

    Either argument may stretch to the other, as in NumPy. Both may stretch at once only if they have the same
    number of axes: (3,) against (3, 1) is nearly always a mistake, and broadcasting to (3, 3) would hide it.

    >>> broadcast_shape("target", (4,), (301, 4))
    (301, 4)
    >>> broadcast_shape("target", (3, 5), (3, 4))
    Traceback (most recent call last):
    ValueError: target must have shape (3, 4), got (3, 5)
    """
    if shape == other:
        return other
    try:
        common = np.broadcast_shapes(shape, other)
    except ValueError:
        common = None
    if common is None or (len(shape) != len(other) and common not in (shape, other)):
        raise ValueError(f"{name} must have shape {other}, got {shape}")
    return common


def broadcast_pair(first: np.ndarray, second: np.ndarray, name: str, *, classes: bool = False) -> list[np.ndarray]:
    """Broadcast two arrays to one shape; an error names the second argument.

    With classes=True, the last axis must already have the same length in both.
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
