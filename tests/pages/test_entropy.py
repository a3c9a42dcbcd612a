"""The page of the lesson on entropy: a button may set sliders that are not drawn yet."""

import pytest

from tests.pages.helpers import open_lesson, says

HORSES = {f"m{i}": weight for i, weight in enumerate((64, 32, 16, 8, 2, 2, 2, 2), 1)}


def press(page, preset):
    next(group for group in page.button_group if preset in group.options).set_value(preset).run()
    assert not page.exception


def address_of(page):
    """Return the query of the page; AppTest may keep a list for each parameter."""
    return {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}


@pytest.mark.parametrize("outcomes", [2, 4, 8])
def test_a_preset_on_sliders_that_are_not_drawn_is_in_the_address_and_opens_again(outcomes):
    page = open_lesson("entropy", outcomes=outcomes)
    press(page, "A horse race")
    assert says(page, "H = 2.00 bits; the most for 8 letters is 3.00.")
    address = address_of(page)
    assert {key: int(address[key]) for key in ("outcomes", *HORSES)} == {"outcomes": 8, **HORSES}
    again = open_lesson("entropy", **address)
    assert {key: again.slider(key=key).value for key in HORSES} == HORSES
    assert again.slider(key="outcomes").value == page.slider(key="outcomes").value == 8


def test_one_click_on_a_unit_changes_both_pictures():
    page = open_lesson("entropy", rain=0.5)
    page.button_group(key="unit").set_value("nats").run()
    assert says(page, "A forecast of 50 % rain has an entropy of 0.693 nats.")
    assert says(page, "H = 1.21 nats;")
