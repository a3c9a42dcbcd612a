"""Streamlit first: its import sets a template for all Plotly figures, which xent_ui.figures.base then unsets."""

import streamlit  # noqa: F401
