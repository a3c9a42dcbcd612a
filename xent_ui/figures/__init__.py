"""Functions from arrays to a Plotly figure, without Streamlit and without the math of the course."""
