"""A Dash app that shows the very figures of a lesson's first picture, for every value of its finest slider.

Its callback asks the same function for the figure that the course asks; everything else is Dash's own.

    python -m benchmarks.dash_twin surprise 8050
"""

import sys
from typing import Any

from xent_ui.controls import controls
from xent_ui.live import routes as previews


class FirstPicture:
    """The first live picture of a lesson, as a function of the slider with the most places to drag it to."""

    def __init__(self, lesson: str):
        self.lesson = lesson
        self.key = next(iter(previews.pictures(lesson)))
        asked: list[controls.Slider | controls.Steps] = []
        originals = {kind: kind.__call__ for kind in (controls.Slider, controls.Steps)}
        for kind, original in originals.items():
            kind.__call__ = lambda control, original=original: asked.append(control) or original(control)
        self.figure({})
        for kind, original in originals.items():
            kind.__call__ = original
        self.slider = max((slider for slider in asked if not slider.key.startswith("guess_")), key=places)

    def figure(self, state: dict[str, Any]) -> dict[str, Any]:
        return previews.preview(self.lesson, self.key, state, dark=False)["figure"]


def reach(slider: controls.Slider | controls.Steps) -> tuple[float, float, float, float]:
    """low, high, step and start of a slider; places in the list for a slider over named values."""
    if isinstance(slider, controls.Steps):
        values = list(slider.options)
        return 0, len(values) - 1, 1, values.index(slider.default)
    return slider.low, slider.high, slider.step, slider.default


def places(slider: controls.Slider | controls.Steps) -> float:
    """How many steps it has."""
    low, high, step, _ = reach(slider)
    return (high - low) / step


def main() -> None:
    lesson, port = sys.argv[1], int(sys.argv[2])
    from dash import Dash, Input, Output, dcc, html

    previews.quieten()
    picture = FirstPicture(lesson)
    low, high, step, start = reach(picture.slider)
    app = Dash(__name__)
    app.layout = html.Div(
        [
            html.Div(
                dcc.Slider(low, high, step, value=start, marks=None, updatemode="drag", id="slider"),
                style={"width": "300px"},
                className=f"st-key-{picture.slider.key}",
            ),
            dcc.Graph(
                id="picture",
                figure=picture.figure({}),
                style={"width": "660px", "height": "480px"},
                config={"displayModeBar": False},
            ),
        ]
    )
    app.callback(Output("picture", "figure"), Input("slider", "value"))(
        lambda value: picture.figure({picture.slider.key: round(value, 9) if isinstance(step, float) else int(value)})
    )
    app.run(port=port, debug=False)


if __name__ == "__main__":
    main()
