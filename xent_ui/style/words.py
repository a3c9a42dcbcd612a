"""How text from a learner is shown inside a sentence or a label."""

import unicodedata


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
