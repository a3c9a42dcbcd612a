"""A Dash app that shows the same figures as a lesson's first picture, for each value of its finest slider.

Its callback calls the same view function as the course; everything else is plain Dash.

    python -m benchmarks.dash_twin surprise 8050
"""

import sys
from itertools import pairwise

from xent_ui.controls.declarations import Slider, Steps
from xent_ui.views.base import Picture, pictures


def first_picture(lesson: str) -> Picture:
    """Return the first picture of a lesson, which is the first on its page."""
    return next(iter(pictures(lesson).values()))


def finest_slider(picture: Picture) -> Slider | Steps:
    """Return the slider with the most places to drag it to, among those that are shown at first and not of the guess.

    A slider of which one step may leave the picture as it is does not count: there would be nothing to time.
    """
    shown = picture.shown_keys(picture.settle({}))
    sliders = [
        control
        for key in shown
        if isinstance(control := picture.controls[key], Slider | Steps) and not key.startswith("guess_")
    ]
    return max(
        filter(lambda slider: every_step_shows(picture, slider), sliders), key=lambda each: len(each.every_value)
    )


def every_step_shows(picture: Picture, slider: Slider | Steps) -> bool:
    """Return whether each of the steps around the default changes the figure."""
    values = list(slider.every_value)
    start = values.index(slider.default)
    near = values[max(0, start - 3) : start + 4]
    figures = [picture({slider.key: value}, shown=True).figure.to_dict() for value in near]
    return all(one != other for one, other in pairwise(figures))


def main() -> None:
    lesson, port = sys.argv[1], int(sys.argv[2])
    from dash import Dash, Input, Output, dcc, html

    picture = first_picture(lesson)
    slider = finest_slider(picture)
    values = slider.every_value
    if isinstance(slider, Slider):
        low, high, step, start = slider.low, slider.high, slider.step, slider.default
    else:
        low, high, step, start = 0, len(values) - 1, 1, list(values).index(slider.default)

    def figure(place: float) -> dict:
        value = slider.number(place) if isinstance(slider, Slider) else values[int(place)]
        return picture({slider.key: value}, shown=True).figure.to_dict()

    app = Dash(__name__)
    app.layout = html.Div(
        [
            html.Div(
                dcc.Slider(low, high, step, value=start, marks=None, updatemode="drag", id="slider"),
                style={"width": "300px"},
                className=f"st-key-{slider.key}",
            ),
            dcc.Graph(
                id="picture",
                figure=figure(start),
                style={"width": "660px", "height": "480px"},
                config={"displayModeBar": False},
            ),
        ]
    )
    app.callback(Output("picture", "figure"), Input("slider", "value"))(figure)
    app.run(port=port, debug=False)


if __name__ == "__main__":
    main()
