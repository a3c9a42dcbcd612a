"""A state of a page to take away: as NumPy code, as PyTorch code, and the source that computed it."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

import xent_core


def _written(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({np.round(value, 9).tolist()})"
    if isinstance(value, float | np.floating):
        return repr(float(f"{float(value):.15g}"))
    return value.__name__ if inspect.isfunction(value) else repr(value)


def state(function: Callable[..., Any], *args: Any, torch: str, **options: Any) -> None:
    """This moment as code to run: the call of xent_core that gave the picture its number, and PyTorch's."""
    if not st.toggle("This state as code", key=f"code_{function.__name__}", bind="query-params"):
        return
    given = [_written(arg) for arg in args] + [f"{name}={_written(value)}" for name, value in options.items()]
    result = function(*args, **options)
    shown = getattr(result, "value", result)
    home = "xent_core" if hasattr(xent_core, function.__name__) else function.__module__
    both = "value, grad" if isinstance(result, tuple) else "value"
    imported = ", ".join([function.__name__, *(arg.__name__ for arg in args if inspect.isfunction(arg))])
    numpy_code = (
        f"import numpy as np\nfrom {home} import {imported}\n\n"
        f"{both} = {function.__name__}({', '.join(given)})\n"
        f"print(value)  # {np.array2string(np.asarray(shown), precision=6, separator=', ')}"
    )
    ours, theirs = st.columns(2)
    with ours:
        st.caption("NumPy, with xent_core")
        st.code(numpy_code, language="python")
    with theirs:
        st.caption("PyTorch")
        st.code(torch, language="python")


def torch_backward(loss: str, **tensors: Any) -> str:
    """PyTorch code that makes the tensors, computes ``loss`` from them and prints value and gradients.

    >>> print(torch_backward("-p.log()", p=0.5))
    import torch
    <BLANKLINE>
    p = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    value = -p.log()
    value.sum().backward()
    print(value, p.grad)
    """
    made = [
        f"{name} = torch.tensor({_written(value).removeprefix('np.array(').removesuffix(')')}, "
        "dtype=torch.float64, requires_grad=True)"
        for name, value in tensors.items()
    ]
    grads = ", ".join(f"{name}.grad" for name in tensors)
    return "\n".join(["import torch", "", *made, f"value = {loss}", "value.sum().backward()", f"print(value, {grads})"])


def code(*functions: Callable[..., Any]) -> None:
    """The source of the functions that computed this page, as it ran."""
    with st.expander("The code that computed this", icon=":material/code:"):
        for function in functions:
            st.code(inspect.getsource(function), language="python")
