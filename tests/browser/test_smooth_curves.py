"""Curves look like curves, also on a phone and where they are steep."""

import pytest

from tests.browser.pictures import SCREENS, open_looking_page
from tests.views.helpers import PICTURES

BENT = [  # pictures whose longest line is a curve without a kink
    ("surprise_one_event", {}),
    ("likelihood_one_series", {"came": 20, "missed": 0}),
    ("likelihood_one_series", {"came": 1, "missed": 20}),
    ("binary_cross_entropy_one_mail", {}),
    ("binary_cross_entropy_one_mail", {"y": 0}),
    ("binary_cross_entropy_from_logit", {}),
]
COARSEST = 0.15  # px by which a point of a curve may stand off the chord between its neighbors
# The largest distance in px of a point of the drawn lines from the chord between its neighbors.
OFF_THE_CHORD = """() => Math.max(...[...document.querySelectorAll(".scatterlayer path.js-line")].flatMap((line) => {
    const points = line.getAttribute("d").match(/-?[\\d.]+,-?[\\d.]+/g).map((each) => each.split(",").map(Number));
    if (points.length < 20) return [];
    return points.slice(2).map(([x, y], i) => {
        const [[a, b], [c, d]] = points.slice(i);
        return Math.abs((x - a) * (d - b) - (y - b) * (c - a)) / (Math.hypot(x - a, y - b) || 1);
    });
}))"""


@pytest.fixture(scope="module")
def looking(chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 700})
    open_looking_page(page)
    yield page
    page.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.window))
@pytest.mark.parametrize(("key", "values"), BENT)
def test_a_curve_has_no_corners(looking, key, values, screen):
    figure = PICTURES[key](values, shown=True, narrow=screen.is_narrow).figure
    height = screen.tall if figure.tall else screen.height
    looking.evaluate(
        "([figure, width, height]) => look([figure], width, height, '#fff')", [figure.to_dict(), screen.width, height]
    )
    assert looking.evaluate(OFF_THE_CHORD) < COARSEST
