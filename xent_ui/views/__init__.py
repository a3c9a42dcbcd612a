"""Pictures as pure functions of their controls, one file per lesson, without Streamlit."""
