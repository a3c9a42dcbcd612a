"""Each symbol, and each name beside a curve, has the color of its role in the table of ``theme``, on every page."""

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest

from tests.views.helpers import PICTURES, evenly_spread, random_states, walk
from xent_ui.style import theme
from xent_ui.views.base import LESSONS

STATES, VALUES, COSTLY_STATES = 12, 3, 2
FORMULAS = {
    lesson: import_module(f"xent_ui.formulas.{lesson}")
    for lesson in sorted(LESSONS)
    if find_spec(f"xent_ui.formulas.{lesson}")
}
WITH_SYMBOLS = [lesson for lesson, formulas in FORMULAS.items() if hasattr(formulas, "SYMBOLS")]
NAMES = sorted({*theme.SYMBOLS, *(name for own in theme.SYMBOLS_OF_LESSONS.values() for name in own)}, key=len)[::-1]
NUMBER = r"[↑↓→]? ?[+−]?(?:[\d.]+|∞|[½⅓⅔¼¾⅕⅛⅜⅝⅞])"


def colored_parts(formula: str) -> Iterator[tuple[str, str]]:
    r"""Yield color and content of every ``\textcolor`` of a formula."""
    for found in re.finditer(r"\\textcolor\{(#[0-9A-F]{6})\}\{", formula):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(formula[end], 0)
            end += 1
        yield found[1], formula[found.end() : end - 1]


def plain(latex: str) -> str:
    r"""Return a symbol in LaTeX as the table writes it: ``\frac{dL_\text{CE}}{dz}`` is dL_CE, and ``p_k`` is p."""
    plain_text = re.sub(r"\\(?:text|mathrm|bar|lVert|rVert) *", "", latex)
    plain_text = plain_text.replace(r"\nabla ", "∇").replace(r"\partial ", "d").replace(",q)", ", q)")
    if slope := re.match(r"\\frac\{(dL[^{}]*(?:\{\w+\})?)\}\{d", plain_text):
        plain_text = slope[1]
    elif re.match(r"dL($| / d|')", plain_text) or plain_text == "L'":
        plain_text = "dL"
    plain_text = plain_text.replace("{", "").replace("}", "").strip()
    if re.match(r"D_KL", plain_text):
        return "KL"
    if re.match(r"H\(y", plain_text):  # of smoothed labels, which are the truth that the model is compared with
        return "H(p)"
    if plain_text in NAMES:
        return plain_text
    return re.sub(r"^(\w|∇L)(_\w+|\^smooth(_k)?|\((x|\d+)\))$", r"\1", plain_text)


def test_a_symbol_is_known_in_every_form_in_which_lessons_write_it():
    forms = {
        "p": ["p", "p_k", "p(x)", r"p_\text{cat}", r"\bar{p}_b", "p_{3}", "p(4)"],
        "y": [r"y^{\text{smooth}}_k", r"\bar{y}_b"],
        "L": [r"\bar L", "L_i"],
        "L_CE": [r"L_\text{CE}"],
        "dL": [r"\frac{dL}{dz}", r"\partial L", r"\partial L / \partial z_k", "L'"],
        "dL_SE": [r"\frac{dL_\text{SE}}{dz}"],
        "∇L": [r"\lVert\nabla L\rVert", r"\lVert\nabla L_A\rVert"],
        "H(p, q)": ["H(p,q)"],
        "H(p)": ["H(p)", r"H(y^{\text{smooth}})"],
        "KL": [r"D_{\mathrm{KL}}", r"D_{\mathrm{KL}}(p \Vert q)"],
    }
    for symbol, written in forms.items():
        assert [plain(latex) for latex in written] == [symbol] * len(written)


def name_at_start(label: str) -> str | None:
    """Return the name with which a label begins if only a number, or nothing, follows; letters alone name outcomes."""
    words = re.sub(r"<[^>]*>|[\u2002\u2003\u202f\u00a0]", " ", label).strip().removeprefix("= ").strip()
    for name in NAMES:
        if re.fullmatch(rf"(?:floor )?{re.escape(name)}(?: *[=:]? *{NUMBER}.*)?", words) and len(words) > 1:
            return name
    return None


def test_a_label_is_known_by_its_name():
    assert name_at_start("\u2003<b>H = 0.918</b>\u2003") == "H"
    assert name_at_start(" ↑ KL ∞".replace(" ↑ ", "")) == "KL"
    assert name_at_start("floor H(Y|X) = 0.325") == "H(Y|X)"
    assert name_at_start("squared error −0.00492") == "squared error"
    assert name_at_start("cross-entropy ↓ −404") == "cross-entropy"
    assert name_at_start("= Brier score\u20020.116") == "Brier score"
    assert name_at_start("entropy + 1/n") is None
    assert name_at_start("H") is None


def labels(figure: dict) -> Iterator[tuple[str, str | None]]:
    """Yield every text that stands in a figure, with its color."""
    for trace in figure["data"]:
        if trace.get("text") is not None and "text" in trace.get("mode", "text"):
            texts = [trace["text"]] if isinstance(trace["text"], str) else list(trace["text"])
            color = trace.get("textfont", {}).get("color")
            colors = color if isinstance(color, list) else [color] * len(texts)
            yield from zip(map(str, texts), colors, strict=True)
    for note in figure["layout"].get("annotations", []):
        yield note["text"], note.get("font", {}).get("color")


def wrong_symbols(formula: str, lesson: str) -> set[str]:
    """Return the symbols of a formula that have another color than that of their role or of a class."""
    classes = {theme.class_color(i) for i in range(len(theme.LIGHT_CLASSES))}
    wrong = set()
    for color, latex in colored_parts(formula):
        role = theme.role_of(plain(latex), lesson)
        if role and color != theme.color(role) and not (color in classes and lesson == "softmax_cross_entropy"):
            wrong.add(f"{latex} is {color}, not that of {role}")
    return wrong


def wrong_labels(figure: dict, lesson: str) -> set[str]:
    """Return the labels of a figure that begin with a name of the table and have another color than its role.

    The rows of a table that color their numbers by training run are left out.
    """
    found = ((text, color, name_at_start(text)) for text, color in labels(figure))
    roles = {
        (text, color): theme.role_of(name, lesson) for text, color, name in found if name and "<span style" not in text
    }
    return {
        f"{text!r} is {color}, not {role}"
        for (text, color), role in roles.items()
        if role and color != theme.color(role)
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lesson", WITH_SYMBOLS)
def test_symbols_in_the_opening_have_the_colors_of_their_roles(lesson, dark):
    symbols = FORMULAS[lesson].SYMBOLS
    with theme.using(dark=dark):
        assert list(colored_parts(symbols.formula()))
        assert not wrong_symbols(symbols.formula() + symbols.where(), lesson)


@pytest.mark.parametrize("lesson", sorted(LESSONS))
def test_pictures_and_their_formulas_color_a_symbol_by_its_role(lesson):
    wrong: set[str] = set()
    for picture in PICTURES.values():
        if picture.lesson != lesson or picture.needs_data:
            continue
        costly = bool(picture.slow)
        states = [{}, *evenly_spread(list(random_states(picture, STATES)), COSTLY_STATES if costly else STATES)]
        states += [] if costly else walk(picture, VALUES)
        for values in states:
            view = picture(values, shown=True)
            wrong |= wrong_symbols(view.formula, lesson) | wrong_labels(view.figure.to_dict(), lesson)
    assert not wrong
