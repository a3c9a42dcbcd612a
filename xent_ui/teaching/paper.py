"""Pictures on paper: which of them can be worked out by hand, in which states, and with which numbers left out."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np

from xent_ui.controls.declarations import Control, Slider, Toggle
from xent_ui.figures.base import Figure
from xent_ui.formulas.base import masked
from xent_ui.style.numbers import percent, tex
from xent_ui.views.base import Picture, View, pictures

TRIES: Final = 500
MOST_BLANKS: Final = 22  # in a formula on paper
SMALLEST, LARGEST = 0.01, 100  # results that can be computed and marked without powers of ten
LEFT_OUT: Final = "?"

_BLANK: Final = r"\boxed{\phantom{0.0}}"
_ROW: Final = re.compile(r"(\\\\(?:\[\d+pt\])?)")
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\{(\w+)\}(\{l\})?")
_WORD: Final = re.compile(r"(<[^>]*>)")
_NUMBER_IN_WORDS: Final = re.compile(r"[↑↓←→ ]*[+−]?(?:\d[\d.,]*|[¼½¾⅛⅜⅝⅞⅓⅔])(?:/\d+| × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?:\u202f%)?")

Range = tuple[float, float]


class Paper(NamedTuple):
    """A picture whose number can be computed by hand.

    picture  its name
    varies   the controls that get other values with each seed: between two limits, or any value of the control; all
             others keep their defaults
    sets     values of other controls
    """

    picture: str
    varies: Mapping[str, Range | None]
    sets: Mapping[str, Any] = MappingProxyType({})


PAPERS: Final[Mapping[str, tuple[Paper, ...]]] = {
    "surprise": (Paper("one_event", {"p": (0.04, 0.95), "unit": None}),),
    "entropy": (Paper("forecast", {"rain": (0.05, 0.95), "unit": None}),),
    "cross_entropy": (Paper("same_input", {"labeled": None, "said": None, "unit": None}),),
    "binary_cross_entropy": (
        Paper("one_mail", {"spam": (0.05, 0.95), "y": None, "unit": None}, {"given": "p"}),
        Paper("from_logit", {"score": (-4, 4)}),
    ),
    "likelihood": (Paper("one_series", {"came": (1, 6), "missed": (1, 6), "theta": (0.1, 0.9), "unit": None}),),
    "softmax_cross_entropy": (
        Paper("one_example", {"right": None, "z1": (-2, 3), "z2": (-2, 3), "z3": (-2, 3)}, {"logits": 3}),
    ),
    "ce_vs_mse": (Paper("slopes", {"z": (-3, 3), "y": None}),),
    "class_weights": (Paper("what_it_says", {"chance": (0.02, 0.6), "pos_weight": (1.5, 30), "says": (0.05, 0.9)}),),
    "focal_loss": (Paper("one_example", {"pt": (0.1, 0.8), "gamma": (0.5, 3)}),),
    "label_smoothing": (Paper("one_answer", {"gap": (0.5, 6), "eps": (0.05, 0.4), "classes": (2, 20)}),),
    "loss_family": (
        Paper("yes_or_no", {"margin": (-1.9, 0.9), "of_margin": None}),
        Paper("an_order", {"sA": None, "sB": None, "sC": None, "sD": None}),
    ),
    "training_lab": (Paper("five_forecasts", {f"f{i}": (0.05, 0.95) for i in range(1, 6)}),),
    "choose_the_loss": (Paper("one_photo", {"question": None, "cat": (-2, 3), "dog": (-2, 3), "fox": (-2, 3)}),),
}


class OnPaper(NamedTuple):
    """A picture in one state, as a worksheet prints it and as its key answers it.

    values   the values of its controls, settled
    given    the state in words: what each control is set to
    figure   the figure without the numbers in its labels
    blanks   the formula with boxes to fill in
    formula  the same formula with its numbers
    view     what the picture shows in this state
    """

    picture: Picture
    values: Mapping[str, Any]
    given: str
    figure: Mapping[str, Any]
    blanks: str
    formula: str
    view: View

    @property
    def numbers(self) -> list[float]:
        """The numbers that the formula comes to, as the code of the picture computes them."""
        return results(self.view)


def on_paper(lesson: str, rng: np.random.Generator) -> OnPaper | None:
    """Return a picture of a lesson at a random state that can be worked out by hand; None if it has none.

    Raises  RuntimeError  no such state was found
    """
    if lesson not in PAPERS:
        return None
    paper = PAPERS[lesson][rng.integers(len(PAPERS[lesson]))]
    picture = pictures(lesson)[paper.picture]
    for _ in range(TRIES):
        values = picture.settle(dict(paper.sets) | {key: _drawn(picture, paper, key, rng) for key in paper.varies})
        view = picture(values, shown=True, narrow=True)
        formula = up_to_result(view)
        if formula and _can_be_done(view, formula):
            blanks = masked(formula).replace("{?}", _BLANK)
            return OnPaper(
                picture, values, _in_words(picture, values), without_numbers(view.figure), blanks, formula, view
            )
    raise RuntimeError(f"no state of {picture.key} in {TRIES} tries can be worked out by hand")


def _drawn(picture: Picture, paper: Paper, key: str, rng: np.random.Generator) -> Any:
    """Return a random value of a control, within the limits that the paper sets."""
    limits, control = paper.varies[key], picture.controls[key]
    allowed = [each for each in control.every_value if limits is None or limits[0] <= each <= limits[1]]
    return allowed[rng.integers(len(allowed))]


def _can_be_done(view: View, formula: str) -> bool:
    sizes = [abs(number) for number in results(view)]
    has_powers_of_ten = "10^{" in formula
    return (
        all(SMALLEST <= size <= LARGEST for size in sizes)
        and not has_powers_of_ten
        and masked(formula).count("{?}") <= MOST_BLANKS
    )


def results(view: View) -> list[float]:
    """Return the numbers that the code of a view computes."""
    return np.atleast_1d(view.code.value).ravel().tolist() if view.code else []


def up_to_result(view: View) -> str:
    """Return the formula of a view up to the row with the last of its results; empty if it does not say them all.

    The rows after that say more than the picture's number, such as its slope, for which a sheet of paper has no room.
    """
    ends = [_row_of(number, view.formula) for number in results(view)]
    if not ends or None in ends:
        return ""
    parts = _ROW.split(view.formula)
    kept = "".join(parts[: 1 + max(end for end in ends if end is not None)])
    open_environments: list[str] = []
    for found in _ENVIRONMENT.finditer(kept):
        if found[1] == "begin":
            open_environments.append(found[2])
        else:
            open_environments.pop()
    return kept + "".join(rf"\end{{{name}}}" for name in reversed(open_environments))


def _row_of(number: float, formula: str) -> int | None:
    """Return the place of the first part of a formula in which a number stands as a result, after "="."""
    written = "|".join(re.escape(tex(number, digits)) for digits in (6, 4, 3, 2))
    result = re.compile(rf"=\s*(?:\\textcolor\{{#\w+\}}\{{)?(?:{written})(?![\d.])")
    return next((i for i, part in enumerate(_ROW.split(formula)) if result.search(part)), None)


def without_numbers(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON for plotly.js, with "?" for each number in its labels.

    The names of ticks stay, because without them nothing could be read from a picture.
    """
    sent = figure.to_dict()
    for trace in sent["data"]:
        if "text" in trace:
            texts = trace["text"]
            trace["text"] = _masked_words(texts) if isinstance(texts, str) else [_masked_words(each) for each in texts]
    return sent


def _masked_words(words: str) -> str:
    """Return a label without its numbers; tags stay as they are.

    >>> _masked_words("cross-entropy <b>0.998</b>"), _masked_words("3 × <b>½</b>"), _masked_words("z₁")
    ('cross-entropy <b>?</b>', '? × <b>?</b>', 'z₁')
    """
    parts = _WORD.split(words)
    return "".join(
        part if part.startswith("<") else re.sub(r"[↑↓←→]\s*(?=\?)", "", _NUMBER_IN_WORDS.sub(_question_mark, part))
        for part in parts
    )


def _question_mark(found: re.Match[str]) -> str:
    space = " " if found[0].startswith(" ") else ""
    return f"{space}{LEFT_OUT}"


def _in_words(picture: Picture, values: Mapping[str, Any]) -> str:
    """Return the state of a picture in words: what each control that matters is set to."""
    told = [picture.controls[key] for key in picture.shown_keys(values) if key in picture.own_keys]
    return "; ".join(f"{_name(control)} **{_written(control, values[control.key])}**" for control in told)


def _name(control: Control) -> str:
    return control.label if control.label.endswith("?") else control.label.removesuffix(":") + ":"


def _written(control: Any, value: Any) -> str:
    if isinstance(control, Toggle):
        return "yes" if value else "no"
    if isinstance(control, Slider):
        return percent(value) if control.format == "percent" else control.write(value).replace("-", "−")
    written: str = control.write(value)
    return written
