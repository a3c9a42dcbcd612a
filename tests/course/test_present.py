"""What the server draws of a page on a projector."""

import pytest

from tests.pages.helpers import in_address, open_lesson, sent
from xent_ui.views.base import pictures


def in_order(block):
    """Return all elements of a block, in the order of the page."""
    parts = block.children.values()
    return [each for part in parts for each in (in_order(part) if hasattr(part, "children") else [part])]


def picture_beside(app, key):
    """Return the key of the picture beside which the slider with this key stands: the first one after it."""
    elements = in_order(app.main)
    at = next(i for i, each in enumerate(elements) if each.type == "slider" and each.key == key)
    return next(each.key for each in elements[at:] if (each.key or "").startswith("picture_"))


@pytest.mark.parametrize(
    ("mode", "picture", "owner"),
    [
        ("", "fit_one_number", "reliability"),
        ("present", "", "reliability"),
        ("present", "fit_one_number", "fit_one_number"),
        ("lesson,present", "three_parts", "three_parts"),
        ("present", "no_such_picture", "reliability"),
    ],
)
def test_the_picture_on_the_projector_draws_the_controls_that_it_shares(mode, picture, owner):
    app = open_lesson("calibration", mode=mode, picture=picture, cool="1.45")
    assert app.slider(key="cool").value == 1.45
    assert picture_beside(app, "cool") == f"picture_calibration_{owner}"
    drawn = {each["key"]: each["controls"]["cool"]["text"] for each in sent(app, "figure")}
    assert drawn == {each.key: "1.45" for each in pictures("calibration").values()}


@pytest.mark.parametrize(("before", "during"), [("", "present"), ("lesson", "lesson,present")])
def test_the_address_on_a_projector_knows_how_the_lesson_was_shown(before, during):
    app = open_lesson("entropy", **({"mode": before} if before else {}))
    app.button(key="present").click().run()
    assert in_address(app, "mode") == during
    assert not any(each.key == "present" for each in app.button)
