"""The worst that an address can hold, in every parameter of every page: the page shows its default state."""

import pytest

from tests.pages.helpers import PAGES, open_lesson, sent, visible_text
from xent_ui.teaching.parameters import EVERYWHERE, own
from xent_ui.views.base import pictures_of

# By what they attack: each reader of addresses must refuse all of them.
WORST = {
    "numbers": ["nan", "-inf", "1e999", "1e5e5", "0x1F", "1 000", "3٪", "9" * 400, "1.5.2", "--5"]
    + ["٣", "０.３", "0_1", "1_0", "+ 1"],
    "names": ["null", "None", "undefined", "__class__", "constructor", "true;false", "p,p,p", "*", "..", "%"],
    "markup": [
        "<script>window.hacked=1</script>",
        "<img src=x onerror=window.hacked=1>",
        "[x](javascript:alert(1))",
        "![x](http://127.0.0.1:9/x.png)",
        "$\\href{javascript:alert(1)}{x}$",
        "'\"><svg onload=window.hacked=1>",
        ":material/home: :red[x]",
        "{{7*7}}${7*7}",
        "';DROP TABLE x;--",
        "data:text/html,<script>1</script>",
    ],
    "bytes": ["\x00", "\ufeff", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "é" * 3000]
    + ["\n\r\t", " ", "\\", "/../../etc/passwd", "a" * 7000],
    "structures": ["[]", "{}", "[1,2", '{"a":1}', "1,2,3", "(((((((((((", "lambda: 0", "__import__('os')", "[[" * 99]
    + ["p=1&q=2"],
}


def keys(name: str) -> list[str]:
    """Return the names of all parameters of a page."""
    code = [f"code_{picture.key}" for picture in pictures_of(name).values()]
    return [*(each.key for each in (*own(name), *EVERYWHERE) if each.key != "code_…"), *code]


def state(page) -> list[tuple]:
    """Return what the page shows: each picture with its state, and the visible text."""
    shown = [(each["key"], each["query"], each["caption"], each["shown"]) for each in sent(page, "query")]
    return [*shown, visible_text(page)]


@pytest.fixture(autouse=True)
def fixed_numbers(monkeypatch):
    """Let pages that draw random numbers draw the same ones each time."""
    import numpy as np

    original = np.random.default_rng
    monkeypatch.setattr(np.random, "default_rng", lambda seed=1: original(seed))


@pytest.mark.parametrize("kind", WORST)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_shows_its_default_state(name, kind):
    default = state(open_lesson(name))
    for text in WORST[kind]:
        page = open_lesson(name, **dict.fromkeys(keys(name), text))
        warned = [warning.value for warning in page.warning]
        assert not [each for each in warned if "Traceback" in each]
        assert state(page) == default, f"{text[:40]!r}"


@pytest.mark.parametrize("address", [{"n": "3.7"}, {"n": "3.7", "hide": "n"}, {"n": "1e3"}, {"p": "0.5\n"}])
def test_a_number_that_is_none_of_the_slider_is_forgotten(address):
    page = open_lesson("surprise", **address)
    assert not set(page.query_params) - {"hide"}
    assert visible_text(page) == visible_text(open_lesson("surprise", **{"hide": "n"} if "hide" in address else {}))
