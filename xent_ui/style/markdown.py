"""How texts are laid out in Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown.

    >>> print(table(["unit", "base"], [["bit", "2"], ["nat", "e"]]))
    | unit | base |
    |---|---|
    | bit | 2 |
    | nat | e |
    """
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def in_reference(name: str) -> str:
    """Return the name of a function of xent_core as a link to its entry on the page "Reference".

    >>> in_reference("softmax")
    '[`softmax`](reference#softmax)'
    """
    return f"[`{name}`](reference#{name})"


def sentence(words: str) -> str:
    """Return words with a period at their end, unless they end a sentence already.

    >>> sentence("3.00 bits"), sentence("It grows by 1 bit.")
    ('3.00 bits.', 'It grows by 1 bit.')
    """
    return words if words.endswith((".", "?", "!")) else f"{words}."
