"""The reference of xent_core as data and as Markdown: what each public function and class is, and who uses it.

All of it is computed: signatures and words from the sources, formulas from the formula sheet, and the lessons of a
function from what their modules import.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import xent_core
from xent_ui.course.docstrings import Definition, definitions
from xent_ui.course.table import LESSONS, ROOT, named
from xent_ui.course.used_names import names_used
from xent_ui.formulas import formula_sheet, reference
from xent_ui.formulas.formula_sheet import Part, Row
from xent_ui.formulas.python_to_latex import latex


class Family(NamedTuple):
    """Functions that belong together: the title of their section, and their modules.

    is_public  they are in ``xent_core.__all__``; others serve single lessons
    """

    title: str
    modules: Sequence[str]
    is_public: bool = True

    @property
    def slug(self) -> str:
        """The anchor of its section, which no function can be called."""
        return f"about-{'-'.join(re.findall('[a-z]+', self.title.lower()))}"


FAMILIES: Final = (
    Family("Information", ["information"]),
    Family("Losses for two classes", ["binary"]),
    Family("Losses for many classes", ["multiclass"]),
    Family("Margin losses", ["margin"]),
    Family("Regression losses", ["regression"]),
    Family("Ranking losses", ["ranking"]),
    Family("Stable functions", ["stable"]),
    Family("Targets and weights", ["targets"]),
    Family("Reduction", ["reduction"]),
    Family("Calibration", ["calibration"]),
    Family("Scoring rules", ["scoring"]),
    Family("Codes", ["coding"]),
    Family("Language models", ["language"]),
    Family("Data, models, optimizers and training", ["datasets", "models", "optimizers", "training"]),
    Family("Results and units", ["result", "units"]),
    Family(
        "For single lessons",
        ["gaussians", "mismatched_losses", "naive", "precision", "reweighting", "sampling"],
        is_public=False,
    ),
)
CORE: Final = Path(xent_core.__file__).parent
NOBODY: Final = ":gray[No lesson uses it directly.]"
OWN: Final = ("pages", "xent_ui/views", "xent_ui/figures", "xent_ui/formulas", "xent_ui/self_test/questions/checks")


@lru_cache
def entries() -> dict[str, Definition]:
    """Return all public functions and classes by name, in the order of the page."""
    return {
        each.name: each
        for family in FAMILIES
        for module in family.modules
        for each in definitions(module, CORE / f"{module}.py")
        if not family.is_public or each.name in xent_core.__all__
    }


def entries_of(family: Family) -> list[Definition]:
    """Return the functions and classes of a family."""
    return [each for each in entries().values() if each.module in family.modules]


def about(family: Family) -> str:
    """Return as Markdown what the modules of a family are about: the beginning of their docstrings."""
    opened = (ast.parse((CORE / f"{module}.py").read_text("utf-8")) for module in family.modules)
    words = [(ast.get_docstring(module) or "").partition("\n\n")[0].replace("\n", " ") for module in opened]
    if len(words) == 1:
        return typeset(words[0])
    return "\n".join(
        f"- `xent_core.{module}`: {typeset(text)}" for module, text in zip(family.modules, words, strict=True)
    )


@lru_cache
def lessons_by_function() -> dict[str, list[str]]:
    """Return the files of the lessons that use each function, in the order of the course.

    A lesson uses what its page, pictures, formulas and check questions import, and what those experiments use that they
    import. The lesson in_code uses what its programs import.
    """
    used: dict[str, list[str]] = defaultdict(list)
    for lesson in LESSONS:
        own = [ROOT / folder / f"{lesson.file}.py" for folder in OWN]
        own += sorted((ROOT / "examples").glob("*.py")) if lesson.file == "in_code" else []
        for name in names_used([path for path in own if path.exists()], entries()):
            used[name].append(lesson.file)
    return used


@lru_cache
def formulas() -> dict[str, list[tuple[Part, Row]]]:
    """Return the formulas of each function, from the formula sheet and from those that it leaves out."""
    found: dict[str, list[tuple[Part, Row]]] = defaultdict(list)
    for part in (formula_sheet.ACTIVATIONS, *formula_sheet.PARTS, *reference.PARTS):
        for row in part.rows:
            found[row.function.__name__].append((part, row))
    return found


@lru_cache
def described(name: str) -> str:
    """Return what stands below the heading of a function or class, as Markdown."""
    entry = entries()[name]
    docstring = entry.docstring
    parts = [
        f"```\n{_called(entry)}\n```",  # without its language, because the browser takes seconds for so many colors
        *(typeset(text, name) for text in (docstring.summary, *docstring.paragraphs)),
        "\n".join(_table(entry)),
        *_formulas(name),
        f"```\n{docstring.example}\n```" if docstring.example else "",
        f":gray[Source:] {typeset(docstring.source)}" if docstring.source else "",
        _lessons(name),
    ]
    return "\n\n".join(part for part in parts if part)


def _called(entry: Definition) -> str:
    """Return the signature of a function, after its import if it is not to be imported from xent_core itself."""
    is_public = entry.name in xent_core.__all__
    return entry.signature if is_public else f"from xent_core.{entry.module} import {entry.name}\n\n{entry.signature}"


def _table(entry: Definition) -> Iterator[str]:
    """Yield the items of a list: arguments, result, errors, and the methods of a class."""
    for name, shape, meaning in entry.docstring.arguments:
        names = ", ".join(f"`{each}`" for each in name.split(", "))
        words = typeset(meaning, entry.name)
        yield f"- {names}{shape and f' {typeset(shape)}'}{words and f': {words}'}"
    for title in ("Returns", "Yields", "Raises"):
        if text := getattr(entry.docstring, title.lower()):
            yield f"- **{title}** {typeset(text, entry.name)}"
    for signature, summary in entry.methods:
        yield f"- `.{signature}`: {typeset(summary, entry.name)}"


def _formulas(name: str) -> Iterator[str]:
    """Yield a list of formulas, each with its derivative and its range, and what their symbols mean."""
    found = formulas().get(name, [])
    if found:
        yield (
            _formula(found[0][1])
            if len(found) == 1
            else "\n".join(f"+ {_title(row)}: {_formula(row)}" for _, row in found)
        )
        yield f":gray[Here] {found[0][0].where}"
    elif name[0].islower():  # a class without a formula holds what its fields say
        yield f":gray[No formula.] {typeset(reference.WITHOUT[name])}"


def _title(row: Row) -> str:
    """Return the name of one of several formulas, with the option that it needs."""
    return f"{row.name} (`{row.option}`)" if row.option else row.name


def _formula(row: Row) -> str:
    grad = rf"; $\tfrac{{\partial {row.of}}}{{\partial {row.wrt}}} = {latex(row.grad)}$" if row.grad else ""
    within = f", in ${row.range}$" if row.range != reference.ANY else ""
    return f"${row.of} = {latex(row.value)}${within}{grad}"


def _lessons(name: str) -> str:
    files = lessons_by_function().get(name, [])
    return f":gray[Used in] {', '.join(f'[{named(file).title}]({file})' for file in files)}" if files else NOBODY


_SIZE: Final = r"(?:\.\.\.|(?:[A-Z]|[a-z_]\w*|\d+)(?: [+·*] \w+)*)"  # one axis of a shape
_TOKENS: Final = re.compile(
    r"(?P<code>`[^`]+`)"
    rf"|(?P<shape>(?<!\w)\((?:|\.\.\.|(?!\d){_SIZE},(?: {_SIZE}(?:, {_SIZE})*)?)\))"
    r"|(?P<word>\b[^\W\d_]\w*)"
    r"|(?P<minus>(?<![\w)\]])-(?=[^\W_]|[(½])|(?<= )-(?= )|(?<=\b\d)-(?=[a-z]\b))"
    r"|(?P<sign>>=|<=|(?<= )\*(?= )|\^2(?!\d))"
    r"|(?P<markup>[\\*_$<>~])"
)
_SIGNS: Final = {">=": "≥", "<=": "≤", "*": "·", "^2": "²"}


def typeset(text: str, own: str = "") -> str:
    r"""Return words of a docstring as Markdown: signs as they are printed, shapes as code, and names as links.

    own  the name of the entry in which they stand, which is no link

    >>> print(typeset("logits (..., K) in [-inf, inf], n_bins >= 1; -(p - y)^2 as in huber_loss"))
    logits `(..., K)` in [−∞, ∞], `n_bins` ≥ 1; −(p − y)² as in [`huber_loss`](#huber_loss)
    """

    def written(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "shape":
                return f"`{found[0]}`"
            case "word":
                return _word(found[0], own)
            case "minus":
                return "−"
            case "sign":
                return _SIGNS[found[0]]
            case "markup":
                return f"\\{found[0]}"
        return found[0]

    return _TOKENS.sub(written, text)


def _word(word: str, own: str) -> str:
    """Return a word as Markdown; an entry is a link, unless its name is an English word like ``mean``."""
    if word == "inf":
        return "∞"
    if word in ("None", "True", "False", "ValueError", "nan"):
        return f"`{word}`"
    is_name = "_" in word or word != word.lower()
    if is_name and word in entries() and word != own:
        return _link(word)
    return f"`{word}`" if "_" in word or word == own != own.lower() else word


def _link(name: str) -> str:
    return f"[`{name}`](#{name})"


@lru_cache
def contents() -> str:
    """Return the table of contents as Markdown: the families, each with a link to each of its entries."""
    return "\n".join(
        f"- **[{family.title}](#{family.slug})**: {', '.join(_link(entry.name) for entry in entries_of(family))}"
        for family in FAMILIES
    )
