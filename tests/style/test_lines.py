"""Lines and marks that show data stand out from the page: 3 : 1 at least, in light and in dark (WCAG 2.2, 1.4.11)."""

import re

import pytest

from tests.browser.brought import DATA
from tests.style.test_theme import contrast
from tests.views.helpers import PICTURES, random_states
from xent_ui.style import theme

RANDOM = 3  # states of each picture
PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}


def on_page(color, paper):
    """Return a color as it looks on the page: an rgba color lets it shine through."""
    if color.startswith("#"):
        return color
    *rgb, opacity = map(float, re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", color).groups())
    below = bytes.fromhex(paper[1:])
    mixed = (round(opacity * top + (1 - opacity) * page) for top, page in zip(rgb, below, strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def each(colors):
    return [color for color in ([colors] if isinstance(colors, str) else colors or ()) if isinstance(color, str)]


def drawn(trace):
    """Yield for each line and mark of a trace the colors that show it: any of them may stand out."""
    mode = trace.get("mode", "markers")
    if "lines" in mode:
        yield each(trace["line"]["color"])
    if "markers" in mode and "marker" in trace:
        edges = each(trace["marker"].get("line", {}).get("color"))
        for color in each(trace["marker"].get("color")):
            yield [color, *edges]


def test_a_color_that_lets_the_page_shine_through_is_mixed_with_it():
    assert on_page("rgba(0,0,0,0.5)", "#FFFFFF") == "#808080"
    assert on_page("rgba(255,0,0,1)", "#123456") == "#FF0000"


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_lines_and_marks_with_data_stand_out_from_the_page(picture, name):
    paper = PALETTES[name]["paper"]
    brought = DATA.get(picture.key, [None])
    for values in [{}, *random_states(picture, RANDOM)]:
        for data in brought:
            view = picture(picture.settle(values), shown=True, dark=name == "dark", data=data)
            for trace in view.figure.traces:
                for colors in drawn(trace) if trace.get("data") is not None else ():
                    best = max(contrast(on_page(color, paper), paper) for color in colors)
                    assert best >= 3, f"{trace['data'].name}: {colors} has {best:.2f} : 1"
