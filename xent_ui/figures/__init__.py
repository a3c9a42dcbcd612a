"""Pictures: arrays in, a Plotly figure out. No Streamlit, no formulas of the course."""
