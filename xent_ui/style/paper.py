"""Colors on paper: a formula that was set for a dark background is printed in the colors for a light one."""

from collections.abc import Iterator

from xent_ui.style import theme


def styles() -> str:
    """Return rules for print, which give each symbol of a formula the color that its role has on white.

    KaTeX writes the color of a symbol into its style, from which the browser makes "rgb(…)".
    """
    rules = (f'  .katex [style*="{_rgb(dark)}"] {{ color: {light} !important; }}' for dark, light in _pairs())
    return "@media print {\n" + "\n".join(rules) + "\n}\n"


def _pairs() -> Iterator[tuple[str, str]]:
    """Yield each color for a dark background with the one for a light background."""
    yield from ((theme.DARK[role], theme.LIGHT[role]) for role in theme.DARK)
    yield from zip(theme.DARK_CLASSES, theme.LIGHT_CLASSES, strict=True)


def _rgb(color: str) -> str:
    """Return a hex color as browsers write it.

    >>> _rgb("#7CBBF7")
    'rgb(124, 187, 247)'
    """
    return "rgb({}, {}, {})".format(*bytes.fromhex(color.removeprefix("#")))
