"""A picture as on paper: a figure drawn once at a fixed size by plotly.js in the browser, without controls."""

from collections.abc import Mapping
from typing import Any, Final

from xent_ui.live import assets
from xent_ui.live.component import component

HTML: Final = '<div class="xent-still" role="img"></div>'
WIDTH, HEIGHT, TALL = 328, 288, 352  # px, among the sizes for which figures place their labels


def still(figure: Mapping[str, Any], *, key: str, name: str, description: str, tall: bool = False) -> None:
    """Draw a figure that was made for a narrow stage.

    figure       as JSON for plotly.js
    key          names the picture on the page
    name         what a screen reader calls it
    description  what a screen reader says of it
    tall         whether the figure needs more height
    """
    component("still", html=HTML)(
        key=key,
        data={
            "figure": figure,
            "name": name,
            "description": description,
            "plotly": assets.address("plotly.min.js"),
            "width": WIDTH,
            "height": TALL if tall else HEIGHT,
        },
    )
