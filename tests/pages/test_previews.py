"""A preview is the page's own picture: same figure, same sentence, same formula."""

import json

import plotly.graph_objects as go
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.pages.helpers import open_lesson
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.live import routes as previews

previews.quieten()


def pictures(page):
    """What each live picture of a page was sent."""
    sent = [json.loads(element.proto.json) for element in page.get("bidi_component") if element.proto.json]
    return [data for data in sent if "figure" in data]


@pytest.mark.parametrize("name", [lesson.file for lesson in LESSONS if lesson.kind == LESSON])
def test_a_preview_is_the_page_s_own_picture(name):
    for page in (open_lesson(name), open_lesson(name, **{f"lock_{name}": "true"})):
        shown = pictures(page)
        assert shown
        for data in shown:
            if data["replay"] is None:
                continue
            drawn = previews.preview(data["replay"]["page"], data["replay"]["picture"], data["state"], dark=False)
            assert json.loads(json.dumps(drawn["figure"])) == data["figure"]
            assert go.Figure(drawn["figure"]).data  # Plotly's own class refuses what plotly.js does not know
            assert drawn["alt"] == data["alt"]
            if "formula" in drawn:
                assert any(drawn["formula"] in latex.value for latex in page.latex)


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=[Route("/preview", previews.answer, methods=["POST"])]))


QUESTION = {
    "page": "surprise",
    "picture": "picture_surprise_both",
    "state": {"a": 0.5, "b": 0.25, "unit": 0},
    "dark": False,
}


def test_a_question_is_answered(client):
    reply = client.post("/preview", json=QUESTION)
    assert reply.status_code == 200
    assert reply.json()["alt"].startswith("Chances multiply: 0.5 × 0.25 = 0.125.")


def test_a_control_that_the_page_has_not_drawn_yet_stands_at_its_default(client):
    reply = client.post("/preview", json=QUESTION | {"state": {"b": 0.25}})
    assert reply.json()["alt"].startswith("Chances multiply: 0.5 × 0.25 = 0.125.")


@pytest.mark.parametrize(
    "change",
    [
        {"page": "../app"},
        {"page": 3},
        {"picture": "no such"},
        {"state": 5},
        {"state": {"a": "x", "b": 1}},
        {"state": {"a": 0.5, "b": 0.25, "unit": 99}},
        {"state": {"a": None, "b": 0.25, "unit": 0}},
        {"page": ["surprise"]},
    ],
)
def test_what_is_no_question_is_refused(client, change):
    assert client.post("/preview", json=QUESTION | change).status_code == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"{" + b" " * 30_000 + b"}"])
def test_what_is_not_json_is_refused(client, body):
    assert client.post("/preview", content=body).status_code == 400
