"""The reference: every function of xent_core with its signature, formula, range, errors, example and lessons."""

import streamlit as st

from xent_ui.course import frame, menu, toolbar
from xent_ui.course.anchor import keep_in_view
from xent_ui.course.reference import FAMILIES, about, contents, described, entries, entries_of
from xent_ui.course.table import REFERENCE
from xent_ui.live.code import install_command

frame.frame(f"{menu.FUNCTIONS} · Xent Lab", page=REFERENCE)
toolbar.draw_title(menu.FUNCTIONS)
st.markdown(
    f"Here are the {len(entries())} functions and classes of xent_core, the library behind the pictures of this "
    "course. It needs Python 3.11 and NumPy 2.0 or newer, and nothing else."
)
st.code(install_command(), language=None, wrap_lines=True)
st.markdown(
    "In a clone of the course, `pip install .` does the same. Import what you need by its name: "
    "`from xent_core import softmax_cross_entropy`.\n\n"
    "**A loss returns a value and a gradient**, a [`ValueAndGrad`](#ValueAndGrad). The value is in nats where it has a "
    "logarithm, one number per example, not reduced: [`mean`](#mean) and [`total`](#total) do that. The gradient is "
    "the derivative of each value in the model's argument, such as the logits, and has the shape of that argument.\n\n"
    "**Arguments** are numbers, lists or arrays. Shapes stand in parentheses, where `...` is any number of axes and "
    "`K` the number of classes or outcomes, which lie along the last axis. Nothing is written to, and a wrong value "
    "or shape raises a `ValueError` that names the argument, the rule and the value. The functions for single lessons, "
    "which come last, check less.\n\n"
    "**Results** are float64. They are float32 if all arrays of floating-point numbers among the arguments are float32 "
    "or float16; lists and plain numbers do not count. The range beside a formula is that for finite arguments.\n\n"
    "**In the examples**, `np` is NumPy, everything else is in xent_core, and `...` in an output stands for "
    "more digits."
)
st.markdown(contents())
with st.container(key="reference"):  # reference.css wraps its programs, print.css sets it in small type
    for family in FAMILIES:
        st.header(family.title, anchor=family.slug, divider="gray")
        st.markdown(about(family))
        for entry in entries_of(family):
            st.subheader(entry.name, anchor=entry.name)
            st.markdown(described(entry.name))
keep_in_view()
frame.end_frame()
