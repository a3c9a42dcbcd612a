"""Two panels that share the horizontal axis, such as a loss above and its slope below."""

from collections.abc import Sequence

from xent_ui.figures.base import MARGIN, Axis, Figure, Trace, layout, on_axes


def two_panels(
    x: Axis,
    upper: tuple[Axis, Sequence[Trace]],
    lower: tuple[Axis, Sequence[Trace]],
    *,
    split: float = 0.5,
    left: int = MARGIN["l"],
    tall: bool = False,
) -> Figure:
    """Return a figure of two panels, each given as its vertical axis and its traces.

    split  the share of the height that the lower panel takes
    left   the left margin in px
    tall   whether the figure is shown higher than others

    The first vertical axis is invisible and spans both panels, so that a drag along x works anywhere in the figure.
    """
    plan, below = layout(x, upper[0]), layout(x, lower[0])
    plan["xaxis"]["anchor"] = "y3"
    return Figure(
        [*on_axes(upper[1], "x", "y2"), *on_axes(lower[1], "x", "y3")],
        {
            **plan,
            "margin": {**plan["margin"], "l": left},
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis2": {**plan["yaxis"], "domain": [split + 0.04, 1], "anchor": "x"},
            "yaxis3": {**below["yaxis"], "domain": [0, split - 0.04], "anchor": "x"},
        },
        tall=tall,
    )
