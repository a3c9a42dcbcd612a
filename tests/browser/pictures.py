"""States of the pictures, drawn by plotly.js on a page of their own and looked at by look.js."""

import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import plotly
import streamlit
from playwright.sync_api import Page, Route

from tests.browser.brought import DATA as DATA  # what only a session knows, for the pictures that take it
from tests.views.helpers import random_states
from xent_ui.live import assets
from xent_ui.style import theme
from xent_ui.views.base import Picture

RANDOM = 60
STATIC = Path(streamlit.__file__).parent / "static" / "static"
BATCH = 25


class Screen(NamedTuple):
    """A width of the window, the size in px at which a picture is shown there, and the width of its formula."""

    window: int
    width: int
    height: int
    tall: int
    formula: int

    @property
    def is_narrow(self) -> bool:
        """Whether the picture is drawn for a phone."""
        return self.width < 480


SCREENS = (Screen(1280, 613, 403, 475, 520), Screen(820, 740, 425, 519, 740), Screen(390, 358, 304, 371, 358))


class State(NamedTuple):
    """Values of controls, whether the answer is shown or the guess locked in, and what only a session knows."""

    values: Mapping[str, Any]
    shown: bool = True
    locked: bool = False
    data: Any = None


def states(picture: Picture) -> list[State]:
    """Return the default state, the ends of each control, pairs of ends, random states, and states of the guess."""
    ends = {key: _ends(control.every_value) for key, control in picture.controls.items() if key not in picture.slow}
    found = [State({})]
    found += [State({key: value}) for key, values in ends.items() for value in values]
    found += [
        State({a: x, b: y}) for (a, xs), (b, ys) in itertools.combinations(ends.items(), 2) for x in xs for y in ys
    ]
    found += [State(values) for values in random_states(picture, RANDOM)]
    if picture.question:
        key = picture.question.guess.key
        guesses = [*_ends(picture.question.guess.every_value), picture.question.guess.default]
        open_at = [{}, *random.Random(picture.key).sample([each.values for each in found], 8)]
        found += [State({**values, key: guess}, shown=False) for values in open_at for guess in guesses]
        found += [State({**values, key: guess}, shown=False, locked=True) for values in open_at for guess in guesses]
    unique: dict[str, State] = {}
    for state in found:
        settled = picture.settle(state.values)
        if picture.needs_data or not picture.needs_session(settled):
            unique.setdefault(f"{picture.write(settled)}{state.shown}{state.locked}", state._replace(values=settled))
    brought = DATA.get(picture.key)
    if not brought:
        return list(unique.values())
    spread = [state._replace(data=data) for state, data in zip(unique.values(), itertools.cycle(brought), strict=False)]
    return [State(picture.settle({}), data=data) for data in brought] + spread


def _ends(values: Sequence[Any]) -> list[Any]:
    """Return all of a few values, and the ends of many."""
    return list(values) if len(values) <= 4 else [values[0], values[-1]]


def address(picture: Picture, state: State) -> str:
    """Return a state as the end of an address, to open the page there."""
    query = "&".join(f"{key}={value}" for key, value in picture.write(state.values).items())
    flags = ("" if state.shown else " (guess open)") + (" (locked)" if state.locked else "")
    return f"{picture.lesson}?picture={picture.name}&shown=1&{query}{flags}"


def open_looking_page(page: Page) -> None:
    """Open a page with plotly.js, look.js, and the fonts and styles of Streamlit, without a server."""
    files = {
        "plotly.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
        "look.js": Path(__file__).with_name("look.js"),
        "formula.js": Path(assets.__file__).with_name("scripts") / "formula.js",
    }
    kinds = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
    html = "<!doctype html><div id=stage style='position:absolute;left:0;top:0'></div><div id=formula></div>"

    def answer(route: Route) -> None:
        path = route.request.url.split("/", 3)[3]
        found = files.get(path, STATIC / path)
        if not path:
            route.fulfill(body=html, content_type="text/html")
        elif found.is_file():
            route.fulfill(body=found.read_bytes(), content_type=kinds.get(found.suffix, "text/plain"))
        else:
            route.fulfill(status=404)

    page.route("http://pictures.test/**", answer)
    page.goto("http://pictures.test/")
    for style in (STATIC / "css").glob("index.*.css"):
        page.add_style_tag(url=f"/css/{style.name}")
    font = next((STATIC / "media").glob("SourceSansVF-Upright*.woff2")).name
    page.add_style_tag(
        content=f"@font-face {{ font-family: 'Source Sans'; src: url(/media/{font}); font-weight: 200 900 }} "
        "body { font-family: 'Source Sans'; font-size: 16px; margin: 0 }"
    )
    page.add_script_tag(url="/plotly.js")
    page.add_script_tag(url="/look.js")
    page.evaluate(
        "() => Promise.all(['400', '700'].map((weight) => document.fonts.load(`${weight} 16px 'Source Sans'`)))"
    )


def faults(page: Page, picture: Picture, screen: Screen, *, dark: bool | None = None) -> Iterator[str]:
    """Draw every state of a picture on a screen, set its formula, and yield each fault with its address.

    dark  the theme; by turns if not given: light and dark differ in colors only, and three screens show both
    """
    figures: dict[tuple[bool, str], tuple[State, int]] = {}
    formulas: dict[str, State] = {}
    for number, state in enumerate(states(picture)):
        is_dark = bool((number + SCREENS.index(screen)) % 2) if dark is None else dark
        view = picture(
            state.values, shown=state.shown, locked=state.locked, dark=is_dark, narrow=screen.is_narrow, data=state.data
        )
        height = screen.tall if view.figure.tall else screen.height
        figures.setdefault((is_dark, json.dumps(view.figure.to_dict())), (state, height))
        # Colors do not make a formula wider, and all digits are of one width.
        formulas.setdefault(re.sub(r"\d", "0", re.sub(r"#[0-9A-Fa-f]{6}", "#000000", view.formula)), state)
    for theme_is_dark, palette in ((False, theme.LIGHT), (True, theme.DARK)):
        rows = [(figure, *row) for (is_dark, figure), row in figures.items() if is_dark == theme_is_dark]
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            drawn = [json.loads(figure) for figure, _, _ in batch]
            looked = page.evaluate(
                "([figures, width, height, paper]) => look(figures, width, height, paper)",
                [drawn, screen.width, batch[0][2], palette["paper"]],
            )
            for (_, state, _), found in zip(batch, looked, strict=True):
                where = f"{screen.window} px{', dark' if theme_is_dark else ''}, {address(picture, state)}"
                yield from (f"{fault} at {where}" for fault in found)
    formulas.pop("", None)
    katex = next((STATIC / "js").glob("rehype-katex.*.js")).name
    looked = page.evaluate(
        "([formulas, width, katex]) => lookAtFormulas(formulas, width, katex)",
        [list(formulas), screen.formula, f"/js/{katex}"],
    )
    for state, found in zip(formulas.values(), looked, strict=True):
        yield from (f"{fault} at {screen.window} px, {address(picture, state)}" for fault in found)
