"""Colors are legible and can be told apart, in light and dark, and pages and pictures share a theme.

The distance of two colors, ΔE, is that of CIE 1976: the Euclidean distance in CIELAB. It is the formula behind the
complaint that led to this palette: by CIE 1976 the class fox had been as near as 6 to the gradient's green, cat 12 to
the truth's blue, dog 13 to the model's orange and cow 14 to the loss's purple (by CIEDE2000 it would have been 5, 9, 4
and 7). Color-vision deficiencies are simulated as in Machado, Oliveira and Fernandes, "A Physiologically-based Model
for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009: a
matrix on linear RGB, here for severity 1, the complete lack of a kind of cone.
"""

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from xent_ui.style import theme
from xent_ui.views import loss_family, softmax_cross_entropy

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
THEMES = {"light": (theme.LIGHT, theme.LIGHT_CLASSES), "dark": (theme.DARK, theme.DARK_CLASSES)}
MEANINGS = ("truth", "model", "loss", "squared", "focal", "gradient", "entropy", "excess")
APART, APART_WITH_A_DEFICIENCY = 20, 10

# From linear sRGB to XYZ with the white of D65 (IEC 61966-2-1), whose own XYZ is the sum of each row.
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
# Machado et al. 2009, severity 1.0.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(color: str) -> np.ndarray:
    """Return red, green and blue in proportion to light, from 0 to 1."""
    channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    """Return the relative luminance as defined by WCAG 2.2."""
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def lab(color: str, vision: str = "normal") -> np.ndarray:
    """Return L*, a* and b* of a color as someone with this vision sees it."""
    seen = np.clip(VISIONS[vision] @ linear(color), 0, 1)
    x, y, z = (
        np.cbrt(t) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in TO_XYZ @ seen / TO_XYZ.sum(1)
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, vision: str = "normal") -> float:
    """Return ΔE*ab, the color difference of CIE 1976."""
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(
    ("color", "published"),  # by Bruce Lindbloom's calculator, for the white of D65
    [
        ("#FFFFFF", (100, 0, 0)),
        ("#000000", (0, 0, 0)),
        ("#FF0000", (53.24, 80.09, 67.20)),
        ("#00FF00", (87.73, -86.18, 83.18)),
        ("#0000FF", (32.30, 79.19, -107.86)),
        ("#FFFF00", (97.14, -21.55, 94.48)),
        ("#00FFFF", (91.11, -48.09, -14.13)),
        ("#FF00FF", (60.32, 98.23, -60.82)),
        ("#808080", (53.59, 0, 0)),
    ],
)
def test_lab_is_that_of_published_tables(color, published):
    assert lab(color) == pytest.approx(published, abs=0.011)


def test_distance_is_measured_with_cie_1976_as_in_the_complaint():
    old = {
        ("#00755A", "#2F7F63"): 6,  # gradient and fox
        ("#0068A5", "#3D5A98"): 12,  # truth and cat
        ("#B54708", "#A8501F"): 13,  # model and dog
        ("#9B3B76", "#8C4B8A"): 14,  # loss and cow
    }
    for (one, other), expected in old.items():
        assert distance(one, other) == distance(other, one)
        assert round(distance(one, other)) == expected
    assert distance("#FFFFFF", "#000000") == pytest.approx(100)


@pytest.mark.parametrize("vision", VISIONS)
def test_gray_stays_gray_for_everyone(vision):
    assert VISIONS[vision].sum(1) == pytest.approx(1, abs=2e-6)
    assert lab("#808080", vision) == pytest.approx((53.59, 0, 0), abs=0.02)


def test_each_deficiency_confuses_what_it_is_known_to_confuse():
    red_and_green, blue_and_green = ("#B00000", "#607000"), ("#0080C0", "#009080")
    for vision, confused, kept in (
        ("protanopia", red_and_green, blue_and_green),
        ("deuteranopia", red_and_green, blue_and_green),
        ("tritanopia", blue_and_green, red_and_green),
    ):
        assert distance(*confused, vision) < distance(*confused) / 2
        assert distance(*kept, vision) > distance(*kept) / 2


def test_every_role_is_a_meaning_or_carries_none():
    assert set(get_args(theme.Role)) == {*MEANINGS, "ink", "quiet", "grid", "paper"} == set(theme.LIGHT)
    assert set(theme.LIGHT) == set(theme.DARK)
    assert set(theme.DASH) == set(MEANINGS)


@pytest.mark.parametrize("name", THEMES)
def test_every_role_and_class_can_be_read(name):
    palette, classes = THEMES[name]
    for color in (*(palette[role] for role in (*MEANINGS, "ink", "quiet")), *classes):
        assert contrast(color, palette["paper"]) >= 4.5, color


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_meanings_classes_and_text_can_be_told_apart(name, vision):
    palette, classes = THEMES[name]
    colors = {role: palette[role] for role in (*MEANINGS, "ink", "quiet")}
    colors |= {f"class {i}": color for i, color in enumerate(classes)}
    least = APART if vision == "normal" else APART_WITH_A_DEFICIENCY
    near = {
        (one, other): round(distance(colors[one], colors[other], vision), 1)
        for one, other in combinations(colors, 2)
        if distance(colors[one], colors[other], vision) < least
    }
    assert not near


def test_no_class_shares_its_color_with_another_one_in_the_largest_pictures():
    most = max(len(softmax_cross_entropy.NAMES), len(loss_family.NAMES))
    for dark in (False, True):
        with theme.using(dark=dark):
            assert len({theme.class_color(i) for i in range(most)}) == most


@pytest.mark.parametrize(("palette", "name"), [(theme.LIGHT, "light"), (theme.DARK, "dark")])
def test_pictures_and_pages_share_their_background(palette, name):
    settings = CONFIG["theme"][name]
    assert (settings["backgroundColor"], settings["textColor"]) == (palette["paper"], palette["ink"])


@pytest.mark.parametrize("name", THEMES)
def test_buttons_and_links_of_pages_have_the_blue_of_the_truth(name):
    settings, (palette, _) = CONFIG["theme"][name], THEMES[name]
    assert settings["primaryColor"] == settings["linkColor"] == palette["truth"]


@pytest.mark.parametrize(
    ("path", "light", "dark"),
    [
        ("styles/frame.css", {"truth"}, set()),
        ("styles/access.css", {"truth", "quiet"}, {"truth", "paper", "quiet"}),
        ("icon.svg", {"paper", "quiet", "loss", "truth"}, set()),
    ],
)
def test_files_that_cannot_import_the_palette_repeat_it_exactly(path, light, dark):
    written = {each.upper() for each in re.findall(r"#[0-9A-Fa-f]{6}\b", (ROOT / "xent_ui/course" / path).read_text())}
    assert written == {theme.LIGHT[role] for role in light} | {theme.DARK[role] for role in dark}


@pytest.mark.parametrize(("name", "text"), [("light", "#FFFFFF"), ("dark", theme.DARK["paper"])])
def test_the_text_of_a_button_with_the_blue_of_the_truth_can_be_read(name, text):
    assert contrast(THEMES[name][0]["truth"], text) >= 4.5


def test_every_meaning_but_loss_has_a_dash_of_its_own():
    assert theme.DASH["loss"] == theme.DASH["truth"] == "solid"
    assert len({theme.DASH[role] for role in MEANINGS}) == len(MEANINGS) - 1
