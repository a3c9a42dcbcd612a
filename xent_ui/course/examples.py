"""The programs of the page "In code": files that run by themselves, shown as they stand, with what they print.

They stand in ``examples/``, outside the rooms, because they need PyTorch, Keras and scikit-learn, which the course does
not. Beside them stand text files with what they print; a test runs every program and compares.
"""

from typing import Final

import streamlit as st

from xent_ui.course.table import ROOT

EXAMPLES: Final = ROOT / "examples"
# Programs by the file with what they print; twins print the same.
PRINTED: Final = {
    "unstable_numpy": ("unstable_numpy",),
    "stable_numpy": ("stable_numpy",),
    "unstable_pytorch": ("unstable_pytorch",),
    "stable_pytorch": ("stable_pytorch",),
    "binary": ("binary_pytorch", "binary_numpy", "binary_keras"),
    "binary_minimum": ("binary_sklearn",),
    "multiclass": ("multiclass_pytorch", "multiclass_numpy", "multiclass_keras"),
    "multiclass_minimum": ("multiclass_sklearn",),
}


def source(name: str) -> str:
    """Return the text of a program."""
    return (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")


def printed(name: str) -> str:
    """Return what the programs of one name in PRINTED print."""
    return (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def side_by_side(**programs: str) -> None:
    """Draw programs beside each other, below each other on a phone.

    programs  the name of each program, by the key of its caption in CAPTIONS
    """
    for column, (caption, name) in zip(st.columns(len(programs)), programs.items(), strict=True):
        with column:
            st.markdown(f"**{CAPTIONS[caption]}**")
            st.code(source(name), language="python", wrap_lines=True)


def prints(*names: str, caption: str = "It prints") -> None:
    """Draw what programs print, in columns like those of ``side_by_side``."""
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column:
            st.caption(caption)
            st.code(printed(name), language=None, wrap_lines=True)


CAPTIONS: Final = {
    "unstable": "Unstable: softmax, then logarithm",
    "stable": "Stable: both in one step",
    "pytorch": "PyTorch",
    "numpy": "NumPy, with xent_core",
    "keras": "Keras",
    "sklearn": "scikit-learn",
}
