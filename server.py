"""The course with its previews: ``streamlit run server.py``. ``streamlit run app.py`` serves it without them."""

from starlette.routing import Route
from streamlit.starlette import App

from xent_ui.live import routes as previews

previews.quieten()
app = App("app.py", routes=[Route("/preview", previews.answer, methods=["POST"])])
