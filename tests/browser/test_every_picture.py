"""Every picture is right at every state: drawn by plotly.js on each screen, light and dark, and looked at."""

import pytest

from tests.browser.pictures import SCREENS, faults, open_looking_page
from tests.views.helpers import PICTURES

MOST_SHOWN = 20


@pytest.fixture
def looking(chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 700})
    open_looking_page(page)
    yield page
    page.close()


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_nothing_overlaps_is_cut_or_cannot_be_read(looking, picture):
    found = [fault for screen in SCREENS for fault in faults(looking, picture, screen)]
    assert not found, "\n".join([f"{len(found)} faults", *found[:MOST_SHOWN]])
