r"""The glossary: what each term means, and links from prose to it.

``glossary.toml`` holds the entries, in alphabetical order. An entry has

term        its headword; in lower case where a sentence would write it so
names       its other names and abbreviations
forms       how else prose writes it, such as plurals
but_not     phrases in which one of the forms means something else ("a bit longer")
definition  plain text, one or two sentences
formula     LaTeX, if it has one
page        the lesson that teaches it

A form is found as it is written, and with a capital at its beginning. A hyphen in a form also stands for a space.
If a form lies within a longer one, the longer one is found: "cross-entropy" is not "entropy".
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from xent_ui.course.table import GLOSSARY


class Entry(NamedTuple):
    """One term of the glossary; see the module for its fields."""

    term: str
    definition: str
    page: str
    names: Sequence[str] = ()
    forms: Sequence[str] = ()
    but_not: Sequence[str] = ()
    formula: str = ""

    @property
    def slug(self) -> str:
        """The anchor of its heading on the page of the glossary: ``KL divergence`` is at ``#kl-divergence``."""
        return "-".join(re.findall("[a-z0-9]+", self.term.lower()))


def _read() -> dict[str, Entry]:
    with Path(__file__).with_name("glossary.toml").open("rb") as file:
        tables = tomllib.load(file)["entry"]
    return {table["term"]: Entry(**table) for table in tables}


ENTRIES: Final = _read()  # alphabetically, by term

# Markdown in which no term is looked for, from the largest to the smallest.
_PROTECTED: Final = "|".join(
    [
        r"^ {0,3}(?:```|~~~)(?s:.*?)(?:^ {0,3}(?:```|~~~)[`~]*[ \t]*$|\Z)",  # a block of code
        r"^ {0,3}#{1,6}[ \t].*$",  # a heading
        r"^[^\n]*\S[^\n]*\n {0,3}(?:=+|-+)[ \t]*$",  # a heading, underlined
        r"\\.",  # a character that is none of Markdown's
        r"\$\$(?s:.*?)\$\$",  # a formula, in a line and in a paragraph
        r"(?<!\$)\$(?!\$)(?:[^$\\\n]|\\.|\n(?!\s*\n))+\$",
        r"(?P<ticks>`+)(?!`)(?:.|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`)",  # code
        r"!?\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\((?:[^()\"\\]|\\.|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*\)",  # a link
        r"<[A-Za-z/!][^>\n]*>",  # HTML
        r"(?:https?://|www\.)\S+",
        r":[a-z]\w*(?:/\w+)?:",  # Streamlit's icons
        r":[a-z][a-z-]*(?=\[)",  # the color in :red[words]
    ]
)


_SPACES: Final = "[ \xa0\u202f]+|[ ]?\n[ ]?"
_HYPHENS: Final = rf"[-‐‑]|{_SPACES}"


def _meanings(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the term of each form, and "" for each phrase in which a form means something else."""
    meanings: dict[str, str] = {}
    for entry in entries:
        for form in (entry.term, *entry.names, *entry.forms, *entry.but_not):
            for written in {form, form[0].upper() + form[1:]}:
                meanings[written] = "" if form in entry.but_not else entry.term
    return meanings


def _normal(written: str) -> str:
    """Return a form with plain spaces only, also for hyphens."""
    return re.sub(_HYPHENS, " ", written)


def _pattern(form: str) -> str:
    """Return the regular expression of a form, without its boundaries."""
    pieces = {" ": f"(?:{_SPACES})", "-": f"(?:{_HYPHENS})"}
    return "".join(pieces.get(letter) or re.escape(letter) for letter in form)


_MEANINGS: Final = _meanings(ENTRIES.values())
_TERMS: Final = {_normal(form): term for form, term in _MEANINGS.items()}
_FORMS: Final = "|".join(_pattern(form) for form in sorted(_MEANINGS, key=len, reverse=True))
_FINDER: Final = re.compile(rf"(?P<protected>{_PROTECTED})|(?<![\w-])(?:{_FORMS})(?!-?\w)", re.MULTILINE)


def _term(found: re.Match[str]) -> str:
    """Return the term that was found, or "" if it was something else."""
    return "" if found["protected"] else _TERMS[_normal(found[0])]


def linked(text: str, seen: set[str], *, page: str = GLOSSARY) -> str:
    """Return Markdown in which each term that is not in ``seen`` links, where it occurs first, to its entry.

    The definition is the title of the link, which a browser shows under the pointer. Formulas, code, headings and links
    stay as they are.

    seen  the terms that have a link already; those that get one now are added
    page  the address of the glossary, "" on its own page

    >>> print(linked("A `logit` is $z$; logits are log-odds.", {"log-odds"}).replace(ENTRIES["logit"].definition, "…"))
    A `logit` is $z$; [logits](glossary#logit "…") are log-odds.
    """

    def link(found: re.Match[str]) -> str:
        term = _term(found)
        if not term or term in seen:
            return found[0]
        seen.add(term)
        entry = ENTRIES[term]
        title = re.sub(r'([\\"])', r"\\\1", entry.definition)
        return f'[{found[0]}]({page}#{entry.slug} "{title}")'

    return _FINDER.sub(link, text)


def entries_in(text: str) -> set[str]:
    """Return the terms that occur in the prose of a Markdown text.

    >>> sorted(entries_in("The *cross-entropy*, in bits, of a bit longer text; `softmax` does not count."))
    ['bit', 'cross-entropy']
    """
    return {term for found in _FINDER.finditer(text) if (term := _term(found))}
