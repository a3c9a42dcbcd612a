"""Every picture is right at every state: drawn by plotly.js on each screen, light and dark, and looked at."""

import pytest

from tests.browser.pictures import DATA, SCREENS, address, faults, open_looking_page, wide_formulas
from tests.views.helpers import PICTURES

MOST_SHOWN = 20


@pytest.fixture(scope="module")
def looking(chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 700})
    open_looking_page(page)
    yield page
    page.close()


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_nothing_overlaps_is_cut_or_cannot_be_read(looking, picture):
    found = [
        f"{screen.window} px{' dark' if dark else ''}: {fault} at {address(picture, state)}"
        for data in DATA.get(picture.key, [None])
        for screen in SCREENS
        for dark in (False, True)
        for state, fault in faults(looking, picture, screen, dark=dark, data=data)
    ]
    assert not found, "\n".join([f"{len(found)} faults", *found[:MOST_SHOWN]])


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_formula_fits_its_column(looking, picture):
    found = [
        f"{screen.window} px: {fault} at {address(picture, state)}"
        for data in DATA.get(picture.key, [None])
        for screen in SCREENS
        for state, fault in wide_formulas(looking, picture, screen, data=data)
    ]
    assert not found, "\n".join([f"{len(found)} faults", *found[:MOST_SHOWN]])
