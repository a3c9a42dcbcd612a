"""Pictures as pure functions of their controls, one file per lesson. No Streamlit in here."""
