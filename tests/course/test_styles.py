"""The styles of the pages: what is sent when, and nothing that slows down a drag."""

import re
from pathlib import Path

import pytest

from xent_ui.course import frame

ROOT = Path(frame.__file__).parent
MODES = sorted((frame.STYLES / "modes").glob("*.css"))
ON_SCREEN = [path for path in sorted(ROOT.rglob("*.css")) if path.name != "print.css"]
WHOLE_PAGE = re.compile(r"(?:\bhtml|:root|\bbody|\.stApp)[^\s,{]*:has\(")


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: path.name)
def test_no_rule_asks_what_the_whole_page_contains(path):
    """Each picture of a drag would make the browser ask again: see docs/performance.md."""
    rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert WHOLE_PAGE.findall(rules) == []


def test_such_a_rule_would_be_found():
    assert WHOLE_PAGE.search(".stApp:has(.st-key-framed) .stMain { padding: 0; }")
    assert WHOLE_PAGE.search("html[data-x]:has(.y) { color: red; }")
    assert not WHOLE_PAGE.search(".stMarkdown div:has(> table) { overflow-x: auto; }")


def test_the_styles_of_a_projector_and_of_a_frame_are_sent_only_there():
    usual = frame._styles("")
    assert [path.stem for path in MODES] == ["framed", "presentation", "presentation_page"]
    for path in MODES:
        own = path.read_text("utf-8")
        assert own not in usual
        assert own in frame._styles(path.stem)
