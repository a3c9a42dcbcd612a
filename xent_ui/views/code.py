"""The code of a picture in one state: programs with xent_core and with PyTorch that print the picture's number."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import isfunction
from typing import Any

import numpy as np

import xent_core
from xent_core import Unit


@dataclass(frozen=True)
class Code:
    """Programs that compute the number that a picture shows in one state, in the picture's unit.

    numpy    a program that prints ``value`` and, if there is one, ``grad``
    torch    the same with PyTorch, which prints ``value`` and the ``.grad`` of its tensors
    value    the result of both
    grad     the gradient in the only tensor of the PyTorch program; None if it has several or none
    differs  why PyTorch gives another value or slope in this state, as Markdown; empty if it gives the same
    """

    numpy: str
    torch: str
    value: np.ndarray
    grad: np.ndarray | None = None
    differs: str = ""


def written(value: Any) -> str:
    """Return a value as Python code.

    >>> written(np.array([0.5, 0.25])), written(0.1 + 0.2), written(np.float64(2.0))
    ('np.array([0.5, 0.25])', '0.3', '2.0')
    """
    if isinstance(value, np.ndarray):
        return f"np.array({_short(value)})"
    if isinstance(value, float | np.floating):
        return _short(np.asarray(value))
    return value.__name__ if isfunction(value) else repr(value)


def _short(values: np.ndarray) -> str:
    """Return numbers as code, to the 15 digits that a float preserves, with infinity as float("inf")."""
    if values.dtype.kind in "iub":
        return repr(values.tolist())
    rounded = np.vectorize(lambda x: float(f"{x:.15g}"), otypes=[float])(values)
    return repr(rounded.tolist()).replace("inf", 'float("inf")').replace("nan", 'float("nan")')


def call(
    function: Callable[..., Any], *args: Any, torch: str, unit: Unit = Unit.NATS, differs: str = "", **options: Any
) -> Code:
    """Return the code of one call of xent_core, whose first result is the picture's number.

    function       a function of xent_core or of one of its modules
    args, options  its arguments
    torch          the PyTorch program, such as one from ``backward``
    unit           the unit in which the picture shows the number
    """
    arguments = [written(arg) for arg in args] + [f"{name}={written(value)}" for name, value in options.items()]
    result = function(*args, **options)
    value, grad = result if isinstance(result, tuple) else (result, None)
    module = "xent_core" if hasattr(xent_core, function.__name__) else function.__module__
    imported = [function.__name__, *(arg.__name__ for arg in args if isfunction(arg))]
    names = "value, grad" if grad is not None else "value"
    lines = [
        f"from {module} import {', '.join(imported)}",
        "",
        f"{names} = {function.__name__}({', '.join(arguments)})",
    ]
    if any("np." in each for each in arguments):
        lines.insert(0, "import numpy as np\n")
    if unit is not Unit.NATS:
        lines[-2:-2] = ["from xent_core import Unit"]
        lines.append(f"{names} = " + ", ".join(f"Unit.{unit.name}.of({name})" for name in names.split(", ")))
    lines.append(
        f"print({names})  # {_shown(unit.of(value))}" + (f", {_shown(unit.of(grad))}" if grad is not None else "")
    )
    in_unit = None if grad is None else np.asarray(unit.of(grad))
    return Code("\n".join(lines), torch, np.asarray(unit.of(value)), in_unit, differs)


def _shown(value: Any) -> str:
    return " ".join(np.array2string(np.asarray(value), precision=6, separator=", ").split())


def backward(loss: str, *, unit: Unit = Unit.NATS, **tensors: Any) -> str:
    """Return a PyTorch program that creates tensors, computes ``loss`` from them and prints value and gradients.

    >>> print(backward("-p.log()", p=0.5))
    import torch
    <BLANKLINE>
    p = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    value = -p.log()
    value.sum().backward()
    print(value, p.grad)
    >>> print(backward("-p.log()", unit=Unit.BITS, p=0.5).splitlines()[5])
    value = (-p.log()) / math.log(2)
    """
    assignments = [
        f"{name} = torch.tensor({_short(np.asarray(value))}, dtype=torch.float64, requires_grad=True)"
        for name, value in tensors.items()
    ]
    imports = ["import torch"]
    if unit is Unit.BITS:
        imports, loss = ["import math", "", "import torch"], f"({loss}) / math.log(2)"
    grads = ", ".join(f"{name}.grad" for name in tensors)
    return "\n".join(
        [*imports, "", *assignments, f"value = {loss}", "value.sum().backward()", f"print(value, {grads})"]
    )
