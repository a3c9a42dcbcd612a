"""How text from a learner is shown inside a sentence or a label."""

import unicodedata
from collections.abc import Sequence


def quoted(text: object, most: int = 40) -> str:
    r"""Return a learner's text for a sentence: short, on one line, and as Markdown code, so that it has no markup.

    >>> quoted("cat"), quoted("`x`\n=1"), quoted("")
    ('`cat`', "`'x'\\x0a=1`", 'nothing')
    """
    shown = visible(str(text)[: most + 1]).replace("`", "'")
    if len(shown) > most:
        shown = shown[: most - 1] + "…"
    return f"`{shown}`" if shown.strip() else "nothing"


def visible(text: str) -> str:
    r"""Return a text with control characters and other invisible ones written as escapes.

    >>> visible("a\x07b\u202ec")
    'a\\x07b\\u202ec'
    """
    return "".join(letter if unicodedata.category(letter)[0] != "C" else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"


def listed(items: Sequence[str], most: int = 8) -> str:
    """Return items in a row of words, and how many more there are.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c"], most=2)
    ('a', 'a, b and c', 'a, b and 1 more')
    """
    shown = list(items) if len(items) <= most else [*items[:most], f"{len(items) - most:,} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
