"""GET /view and GET /assets: what they answer, what they refuse, and that an answer is nobody else's."""

import asyncio
import gzip
import json
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.views.helpers import random_state
from xent_core import Unit
from xent_ui.figures.base import Figure
from xent_ui.live import assets, routes
from xent_ui.live.version import VERSION
from xent_ui.style import theme
from xent_ui.views.base import View, view
from xent_ui.views.surprise import one_event, two_events

ROOT = Path(__file__).parents[2]
BOTH = f"/view/{VERSION}/surprise/two_events"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=routes.ROUTES), raise_server_exceptions=True)


@pytest.mark.parametrize("base", ["", "/course", "/course/xent"])
def test_a_picture_is_answered_below_any_base_path(client, base):
    reply = client.get(f"{base}{BOTH}?a=0.5&b=0.25")
    assert reply.status_code == 200
    assert set(reply.json()) == {"figure", "caption", "formula", "handles", "solved"}
    assert reply.json()["caption"].startswith("A and B are independent. Probabilities multiply: 0.5 × 0.25 = 0.125.")
    assert reply.json()["solved"] == {"four_bits": False}
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_control_that_is_not_named_stands_at_its_default(client):
    assert client.get(f"{BOTH}?b=0.25").content == client.get(f"{BOTH}?a=0.5&b=0.25&unit=bits&dark=0").content
    assert client.get(f"{BOTH}?unit=").content == client.get(BOTH).content, "a choice clicked away is the default"


def test_dark_shown_and_locked_are_part_of_the_question(client):
    address = f"/view/{VERSION}/surprise/one_event"
    flags = ("", "dark=1", "shown=1", "locked=1", "guess_surprise=3&locked=1")
    light, dark, shown, locked, other = (client.get(f"{address}?{each}").json() for each in flags)
    assert light["caption"] == dark["caption"]
    assert light["figure"] != dark["figure"]
    assert not light["formula"], "the formula would give the answer to an open guess away"
    assert shown["formula"]
    assert "the truth" not in str(shown["figure"])
    assert "the truth" in str(locked["figure"])
    assert locked["figure"] != other["figure"]


def test_a_picture_knows_whether_its_stage_is_narrow(client, monkeypatch):
    def two_events() -> View:
        return View(Figure([], {}), "narrow" if theme.is_narrow() else "wide")

    two_events.__module__ = "xent_ui.views.surprise"
    monkeypatch.setattr(routes, "pictures", lambda _: {"two_events": view()(two_events)})
    routes._drawn.cache_clear()
    captions = [client.get(f"{BOTH}?{each}").json()["caption"] for each in ("", "narrow=0", "narrow=1", "dark=1")]
    routes._drawn.cache_clear()  # it holds pictures of another function now
    assert captions == ["wide", "wide", "narrow", "wide"]


def test_the_room_of_a_picture_is_that_of_its_longest_words_and_tells_no_number(client):
    reply = client.get(f"/view/{VERSION}/surprise/one_event/room?unit=nats")
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    needed = reply.json()
    captions = [one_event({"p": p, "unit": Unit.NATS}, shown=True).caption for p in one_event.controls["p"].every_value]
    assert max(map(len, needed["captions"])) >= max(map(len, captions))
    without_colors = re.sub(r"\{#[0-9A-F]{6}\}|\[\d+pt\]", "", "".join(needed["formulas"]))
    assert "nats" in without_colors
    assert not re.search("[1-9]", without_colors + "".join(needed["captions"]))


def test_sliders_do_not_change_the_room(client):
    address = f"/view/{VERSION}/surprise/one_event/room"
    assert client.get(f"{address}?p=0.125").content == client.get(address).content
    assert client.get(f"{address}?p=0.125&unit=nats").content != client.get(address).content


@pytest.mark.parametrize("path", ["surprise/no_such/room", "surprise/room", "your_predictions/losses_of_rows/room"])
def test_a_room_of_no_picture_is_404(client, path):
    assert client.get(f"/view/{VERSION}/{path}").status_code == 404


UNKNOWN = [
    "",
    "/",
    "/surprise",
    "/surprise/",
    "/surprise/no_such",
    "/no_such/two_events",
    "/../two_events",
    "/base/view",
    "/surprise/two_events/more",
    "/numerics/__init__",
]


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_unknown_picture_is_404_in_a_sentence(client, path):
    reply = client.get(f"/view/{VERSION}{quote(path)}")
    assert reply.status_code == 404
    if reply.headers["content-type"] == "application/json":
        assert reply.json()["error"].endswith(".")
    assert "Traceback" not in reply.text


def test_another_version_is_404_and_not_kept(client):
    reply = client.get("/view/0123456789ab/surprise/two_events")
    assert reply.status_code == 404
    assert "another version" in reply.json()["error"]
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("lesson", ["your_predictions", "you_are_the_model"])
def test_a_picture_that_only_a_session_can_draw_is_404(client, lesson):
    from xent_ui.views.base import pictures

    name = next(name for name, picture in pictures(lesson).items() if picture.needs_data)
    reply = client.get(f"/view/{VERSION}/{lesson}/{name}")
    assert reply.status_code == 404
    assert "session" in reply.json()["error"]


BAD = [
    "a=x",
    "a=",
    "a=nan",
    "a=Infinity",
    "a=-Infinity",
    "a=1e999",
    "a=2",
    "a=-1",
    "a=[0.5]",
    "a={}",
    "a=0.5&a=0.6",
    "a=" + "[" * 3000,
    "unit=furlongs",
    "unit=bits&unit=nats",
    "no_such=1",
    "A=0.5",
    "dark=yes",
    "narrow=yes",
    "narrow=",
    "shown=2",
    "dark=",
    "a=%00",
    "a=%ff%fe",
    "a=０.５",
    "a=0_5",
    "=",
    "a",
    "a=0.5;b=0.25",
    "p=0.5",
]


@pytest.mark.parametrize("query", BAD)
def test_a_bad_value_is_400_in_one_sentence(client, query):
    reply = client.get(f"{BOTH}?{query}")
    assert reply.status_code == 400, reply.text
    sentence = reply.json()["error"]
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200
    assert reply.headers["cache-control"] == "no-store"


def test_raw_bytes_that_are_not_utf_8_are_400():
    """Send the bytes as they are: a client would escape them, a hostile one need not."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": BOTH, "query_string": b"a=\xff", "headers": []}
    with ThreadPoolExecutor(1) as thread:  # in this one Playwright may keep an event loop running
        thread.submit(lambda: asyncio.run(Starlette(routes=routes.ROUTES)(scope, receive, send))).result()
    assert sent[0]["status"] == 400


def test_a_host_header_does_not_change_the_query(client):
    honest = client.get(f"{BOTH}?a=0.3").content
    assert client.get(f"{BOTH}?a=0.3", headers={"host": "course?a=0.9#"}).content == honest


def test_a_query_of_more_than_8_kb_is_not_read(client):
    reply = client.get(f"{BOTH}?a=0.5&b=" + "1" * 9000)
    assert reply.status_code == 400
    assert "8,192" in reply.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_get_is_answered(client, method):
    assert client.request(method, BOTH, content=b"{" * 100_000).status_code == 405


def test_two_learners_in_eight_threads_each_get_their_own_answer(client):
    rng = random.Random(8)
    learners = [(one_event, {"p": 0.125}), (two_events, {"a": 0.3})]
    states = [
        (picture, picture.write(mine | {"unit": rng.choice(picture.controls["unit"].every_value)}), dark)
        for picture, mine in learners
        for dark in (False, True)
        for _ in range(250)
    ]
    rng.shuffle(states)

    def ask(state):
        picture, query, dark = state
        address = f"/view/{VERSION}/surprise/{picture.name}?{urlencode(query)}&dark={int(dark)}"
        return json.loads(client.get(address).content)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, states))
    for (picture, query, dark), answer in zip(states, answers, strict=True):
        view = picture(picture.parse(query), dark=dark)
        assert answer["caption"] == view.caption
        assert answer["figure"] == json.loads(json.dumps(view.figure.to_dict()))


def test_the_cache_has_one_entry_per_state_of_known_controls():
    routes._drawn.cache_clear()
    rng = random.Random(1)
    for _ in range(20):
        state = random_state(two_events, rng)
        query = list(two_events.write(state).items())
        rng.shuffle(query)
        routes.view("surprise", "two_events", urlencode(query))
    assert routes._drawn.cache_info().currsize <= 20
    before = routes._drawn.cache_info().currsize
    routes.view("surprise", "two_events", "b=0.25&a=0.5")
    routes.view("surprise", "two_events", "a=0.50&b=0.250&unit=bits&shown=0")
    routes.view("surprise", "two_events", "")
    assert routes._drawn.cache_info().currsize <= before + 1, "one state is remembered once"


@pytest.mark.parametrize("name", ["plotly.min.js", *sorted(path.name for path in assets.SCRIPTS.glob("*.js"))])
@pytest.mark.parametrize("base", ["", "/course/xent"])
def test_a_script_is_served_compressed_and_kept_for_good(client, name, base):
    reply = client.get(f"{base}/{assets.address(name)}")
    assert reply.status_code == 200
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-type"].startswith("text/javascript")
    plain = client.get(f"{base}/{assets.address(name)}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == reply.content
    path = assets.address(name).removeprefix("assets/")
    assert gzip.decompress(assets._asset(path).compressed) == plain.content


@pytest.mark.parametrize("path", ["live.js", "0123456789ab/live.js", "../app.py", "..%2f..%2fapp.py", "", "x/"])
def test_an_unknown_script_is_404(client, path):
    assert client.get(f"/assets/{path}").status_code == 404


def test_a_script_of_another_version_is_404_and_not_kept(client):
    reply = client.get("/assets/0123456789ab/live.js")
    assert reply.status_code == 404
    assert reply.headers["cache-control"] == "no-store"


def test_a_script_that_changes_on_disk_is_not_served_under_its_old_hash(client, tmp_path, monkeypatch):
    script = tmp_path / "new.js"
    script.write_text("before")
    caches = assets._contents, assets.address, assets._asset
    with monkeypatch.context() as patch:
        patch.setattr(assets, "SCRIPTS", tmp_path)
        for cache in caches:
            cache.cache_clear()
        address = assets.address("new.js")
        script.write_text("after")
        assert client.get(f"/{address}").text == "before"
    for cache in caches:
        cache.cache_clear()


def test_first_requests_at_the_same_time_are_all_answered_and_disturb_nothing():
    program = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xent_ui.live import routes

before = list(sys.argv)
asked = ["surprise/two_events", "entropy/forecast", "focal_loss/honesty", "numerics/log_sum_exp", "welcome/rain"] * 4
with ThreadPoolExecutor(8) as threads:
    answers = list(threads.map(lambda name: routes.view(*name.split("/"), ""), asked))
assert answers[:5] * 4 == answers
assert sys.argv == before
assert not [name for name in sys.modules if name.startswith("pages.") or name == "__mp_main__"]
print("answered", len(answers))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "answered 20", done.stderr
