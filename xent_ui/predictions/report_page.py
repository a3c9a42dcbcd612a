"""A report as one web page that holds all it needs: words, tables, the three pictures and what draws them.

The page loads nothing, so it can be kept, mailed and opened without a network, and a rule in it (the content security
policy) forbids browsers to load anything. The same file always gives the same page.
"""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
import pandas as pd
import streamlit
from markupsafe import Markup, escape

from xent_ui.experiments.prediction_scores import Scored
from xent_ui.figures.table import sampled, tables, written
from xent_ui.live import assets
from xent_ui.predictions import predictions_report
from xent_ui.predictions.predictions_report import SHARES
from xent_ui.style import theme
from xent_ui.style.numbers import PERCENT_SIGN, counted, digits_apart, fixed, text
from xent_ui.style.words import visible
from xent_ui.views.base import Picture, pictures

TEMPLATE: Final = Path(__file__).with_name("report_page.html")
_MARKUP: Final = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*")


class _Table(NamedTuple):
    """A table as texts, and which of its columns are numbers."""

    caption: str
    columns: list[str]
    rows: list[tuple[str, ...]]
    are_numbers: list[bool]


class _Drawn(NamedTuple):
    """A picture: its title, what it shows in words, its data, and its figures for plotly.js."""

    title: str
    caption: Markup
    data: list[_Table]
    tall: bool
    figures: dict[str, Any]


def page(source: Scored, *, shown: bool = True) -> str:
    """Return the web page, with the pictures as the lesson opens with them, in light colors.

    shown  whether the answers to their questions are shown
    """
    report = source.report
    drawn = [_drawn(picture, source, shown=shown) for picture in pictures("your_predictions").values()]
    by_class, worst = predictions_report.by_class(report), predictions_report.worst(report)
    n_worst = counted(len(worst), report.noun)
    kind = "label" if report.is_multi_label else "class"
    return _template().render(
        name=visible(source.name),
        summary=marked(predictions_report.summary(report, source.name)),
        numbers=[(name, value, marked(_sentence(means))) for name, value, means in predictions_report.numbers(report)],
        reading=[marked(sentence) for sentence in _reading(source)],
        pictures=drawn,
        figures=[each.figures for each in drawn],
        tables=[
            _table(by_class, f"One row per {kind}, the one with the largest log loss first"),
            _table(worst, f"The {n_worst} with the largest loss, the worst first"),
        ],
        colors=theme.LIGHT,
        font=_font(),
        plotly=Markup(_plotly()),  # noqa: S704  (a file of the installed package)
    )


def marked(words: str) -> Markup:
    """Return a sentence with ** and ` as HTML; all else is shown as it is.

    >>> print(marked("**12** rows `<b>`"))
    <strong>12</strong> rows <code>&lt;b&gt;</code>
    """
    parts, end = [], 0
    for found in _MARKUP.finditer(words):
        tag, inner = ("code", found[1]) if found[1] else ("strong", found[2])
        parts += [escape(words[end : found.start()]), Markup("<{0}>{1}</{0}>").format(tag, inner)]
        end = found.end()
    return Markup("").join([*parts, escape(words[end:])])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _reading(source: Scored) -> list[str]:
    """Return how the file was read, in sentences."""
    left_out = source.report.predictions.left_out
    own = [f"{predictions_report.counts(source.report)}."]
    return [*own, *([f"{counted(left_out, 'row')} left out."] if left_out else []), *source.reading]


def _drawn(picture: Picture, source: Scored, *, shown: bool) -> _Drawn:
    """Return a picture for wide and for narrow windows."""
    wide, narrow = (picture(shown=shown, narrow=narrow, data=source) for narrow in (False, True))
    data = [sampled(each) for each in tables(wide.figure)]
    return _Drawn(
        picture.title.removesuffix("."),
        marked(wide.caption),
        [
            _Table(
                " ".join(filter(None, (f"{each.title}.", each.note))),
                list(each.columns),
                written(each),
                [not any(isinstance(row[i], str) for row in each.rows) for i in range(len(each.columns))],
            )
            for each in data
        ],
        wide.figure.tall,
        {"wide": wide.figure.to_dict(), "narrow": narrow.figure.to_dict()},
    )


def _table(frame: pd.DataFrame, caption: str) -> _Table:
    columns = [[_cell(value, name) for value in frame[name].tolist()] for name in frame]
    are_numbers = [frame[name].dtype.kind in "iuf" for name in frame]
    return _Table(caption, list(frame), list(zip(*columns, strict=True)), are_numbers)


def _cell(value: float | str, column: str) -> str:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, int):
        return f"{value:,}"
    if column in SHARES:
        return f"{fixed(100 * value, 1)}{PERCENT_SIGN}"
    if column.endswith("(nats)"):
        return fixed(value, 3)
    # A probability below 1 must not look like 1.
    return text(value, digits_apart(value, 1.0) if 0.99 < value < 1 else 3)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    return environment.get_template(TEMPLATE.name)


def _plotly() -> str:
    """Return plotly.js as it can stand inside a page."""
    script = assets.PLOTLY.read_text(encoding="utf-8")
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def _font() -> str:
    """Return the font of the course, for which labels are placed, as base64; empty if this Streamlit has another."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    found = sorted(folder.glob("SourceSansVF-Upright*.woff2"))
    return b64encode(found[0].read_bytes()).decode() if found else ""
