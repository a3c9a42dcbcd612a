"""A Dash app that shows the very figures of a lesson's first picture, for every value of its first slider.

The figures are drawn before the server starts, so a move costs Dash no Python at all: the comparison favours it.

    python -m benchmarks.dash_twin surprise 8050
"""

import runpy
import sys
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from xent_ui import controls, live

ROOT = Path(__file__).parents[1]
MOST = 1001  # figures


class Shown(Exception):
    """The figure is known; what the page does after it is no concern of the twin."""

    def __init__(self, figure: go.Figure):
        self.figure = figure


class FirstPicture:
    """The first live picture of a lesson, as a function of its first slider."""

    def __init__(self, lesson: str):
        self.lesson = lesson
        self.sliders: list[controls.Slider | controls.Steps] = []
        self.held: dict[str, float] = {}
        draws: list[Any] = []

        def collect(draw: Any) -> Any:
            draws.append(draw)
            return lambda: None

        def show(figure: go.Figure, **_: Any) -> None:
            raise Shown(figure)

        live.picture, live.show = collect, show
        live.preview = lambda key, committed: self.held.get(key, committed)
        for kind in (controls.Slider, controls.Steps):
            self._note_calls(kind)
        sys.path.insert(0, str(ROOT))
        runpy.run_path(str(ROOT / "pages" / f"{lesson}.py"))
        self.draw = draws[0]
        self.figure()
        self.slider = next(slider for slider in self.sliders if not slider.key.startswith("guess_"))

    def _note_calls(self, kind: Any) -> None:
        original = kind.__call__

        def noted(control: Any) -> Any:
            if control not in self.sliders:
                self.sliders.append(control)
            return original(control)

        kind.__call__ = noted

    def figure(self) -> go.Figure:
        place = st.container()
        token = live._current.set(live.Picture(f"twin_{self.lesson}", self.lesson, *[place] * 3))
        try:
            self.draw()
        except Shown as shown:
            return shown.figure
        finally:
            live._current.reset(token)
        raise RuntimeError(f"{self.lesson} shows no picture")

    def range(self) -> tuple[float, float, float, float]:
        """low, high, step and start of the slider; places in the list for a slider over named values."""
        slider = self.slider
        if isinstance(slider, controls.Steps):
            values = list(slider.options)
            return 0, len(values) - 1, 1, values.index(slider.default)
        return slider.low, slider.high, slider.step, slider.default

    def figures(self) -> dict[float, dict[str, Any]]:
        low, high, step, _ = self.range()
        found = {}
        for value in np.round(np.arange(low, high + step / 2, step), 9)[:MOST]:
            self.held[self.slider.key] = float(value)
            found[round(float(value), 9)] = self.figure().to_plotly_json()
        return found


def main() -> None:
    lesson, port = sys.argv[1], int(sys.argv[2])
    from dash import Dash, Input, Output, dcc, html

    picture = FirstPicture(lesson)
    low, high, step, start = picture.range()
    figures = picture.figures()
    nearest = min(figures, key=lambda value: abs(value - start))
    app = Dash(__name__)
    app.layout = html.Div([
        html.Div(
            dcc.Slider(low, high, step, value=start, marks=None, updatemode="drag", id="slider"),
            style={"width": "300px"}, className=f"st-key-{picture.slider.key}",
        ),
        dcc.Graph(id="picture", figure=figures[nearest], style={"width": "660px", "height": "480px"},
                  config={"displayModeBar": False}),
    ])  # fmt: skip
    app.callback(Output("picture", "figure"), Input("slider", "value"))(lambda value: figures[round(float(value), 9)])
    app.run(port=port, debug=False)


if __name__ == "__main__":
    main()
