"""Colors are legible on their backgrounds, in light and dark, and pages and figures share a theme."""

import tomllib
from pathlib import Path

import pytest

from xent_ui.style import theme

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())


def luminance(color: str) -> float:
    """Return the relative luminance as defined by WCAG 2.2."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["truth", "model", "loss", "gradient", "excess", "ink", "quiet"])
def test_a_role_can_be_read(palette, role):
    assert contrast(palette[role], palette["paper"]) >= 4.5


@pytest.mark.parametrize(("palette", "classes"), [(theme.LIGHT, theme.LIGHT_CLASSES), (theme.DARK, theme.DARK_CLASSES)])
def test_a_class_can_be_read(palette, classes):
    assert min(contrast(color, palette["paper"]) for color in classes) >= 4.5


@pytest.mark.parametrize(("palette", "name"), [(theme.LIGHT, "light"), (theme.DARK, "dark")])
def test_pictures_and_pages_share_their_background(palette, name):
    settings = CONFIG["theme"][name]
    assert (settings["backgroundColor"], settings["textColor"]) == (palette["paper"], palette["ink"])


def test_roles_that_meet_in_a_picture_differ_in_dash_too():
    assert len({theme.DASH[role] for role in ("truth", "model", "gradient", "excess")}) == 4
