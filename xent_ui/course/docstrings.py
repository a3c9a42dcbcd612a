"""Read the public functions and classes of a module of xent_core from its source: their signatures and docstrings.

A docstring of xent_core has its parts in this order, separated by empty lines:

    Return the surprise of an event.            the summary; a second line of it is not indented

    It is 0 for a certain event.                further paragraphs

    p        (...)  in [0, 1]                   a table: names, and in one column what they stand for. First the
    Returns  value in [0, inf]; grad (...)      arguments, each with its shape or range before two spaces, then
    Raises   ValueError if p is NaN             Returns or Yields, Raises and Source, as far as there are any
    Source   Shannon (1948)

    and last an example for doctest.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from doctest import DocTestParser, Example
from inspect import cleandoc
from pathlib import Path
from typing import Final, NamedTuple

LAST: Final = ("Returns", "Yields", "Raises", "Source")  # the names of the rows that come last, in this order
WIDEST: Final = 76  # letters of a signature on one line
IS_ROW: Final = re.compile(r"(\S.*?) {2,}(?=\S)")
IS_SHAPE: Final = re.compile(r"\(|[<>]=? |in [\[(]|[\[(][\d-]")


class Argument(NamedTuple):
    """One argument: its name, its shape or range, and what it is; one of the last two may be empty."""

    name: str
    shape: str
    meaning: str


class Docstring(NamedTuple):
    """The parts of a docstring; those that it does not have are empty."""

    summary: str
    paragraphs: Sequence[str] = ()
    arguments: Sequence[Argument] = ()
    returns: str = ""
    yields: str = ""
    raises: str = ""
    source: str = ""
    example: str = ""


class Method(NamedTuple):
    """A public method or property of a class, with the first paragraph of its docstring."""

    signature: str
    summary: str


class Definition(NamedTuple):
    """A public function or class of a module."""

    name: str
    module: str
    signature: str
    docstring: Docstring
    methods: Sequence[Method] = ()


def definitions(module: str, path: Path) -> list[Definition]:
    """Return the public functions and classes of a module, in the order of its source.

    Raises  ValueError  a docstring is missing or does not have its parts in order
    """
    found = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        try:
            docstring = parse(ast.get_docstring(node) or "")
        except ValueError as error:
            raise ValueError(f"{module}.{node.name}: {error}") from None
        methods = tuple(_methods(node)) if isinstance(node, ast.ClassDef) else ()
        found.append(Definition(node.name, module, signature(node), docstring, methods))
    return found


def _methods(node: ast.ClassDef) -> Iterator[Method]:
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            is_property = any(isinstance(by, ast.Name) and by.id == "property" for by in each.decorator_list)
            called = each.name if is_property else signature(each, widest=None)
            yield Method(called, parse(ast.get_docstring(each) or "").summary)


def parse(text: str) -> Docstring:
    """Return the parts of a docstring.

    Raises  ValueError  it is empty, or its parts are not laid out as the module says
    """
    before, example = _without_example(cleandoc(text))
    prose: list[str] = []
    rows: dict[str, list[str]] = {}
    for block in filter(None, re.split(r"\n\s*\n", before.strip())):
        if rows:
            raise ValueError(f"{_beginning(block)} stands after the table")
        if IS_ROW.match(block):
            rows = _rows(block)
        elif re.search(r"^\s", block, re.MULTILINE):
            raise ValueError(f"{_beginning(block)} is indented, but no table")
        else:
            prose.append(" ".join(block.split("\n")))
    if not prose:
        raise ValueError("it has no summary")
    kept = {name: [piece.rstrip() for piece in pieces] for name, pieces in rows.items()}
    named = [name for name in kept if name in LAST]
    if list(kept)[len(kept) - len(named) :] != sorted(named, key=LAST.index):
        raise ValueError(f"its table must end with Returns or Yields, Raises and Source, but has {', '.join(kept)}")
    last = {name: " ".join(" ".join(kept.pop(name)).split()) for name in named}
    return Docstring(
        prose[0],
        tuple(prose[1:]),
        tuple(_argument(name, pieces) for name, pieces in kept.items()),
        last.get("Returns", ""),
        last.get("Yields", ""),
        last.get("Raises", ""),
        last.get("Source", ""),
        example,
    )


def _without_example(text: str) -> tuple[str, str]:
    """Return what stands before the example, and the example.

    Raises  ValueError  something else stands after the example
    """
    start = re.search(r"^>>>", text, re.MULTILINE)
    if not start:
        return text, ""
    before, example = text[: start.start()], text[start.start() :].rstrip()
    for piece in DocTestParser().parse(example):
        if not isinstance(piece, Example) and piece.strip():
            raise ValueError(f"{_beginning(piece)} stands after the example")
    return before, example


def _rows(block: str) -> dict[str, list[str]]:
    """Return the lines of each row of a table, by its name.

    Raises  ValueError  a line does not begin where the first one does, or a name occurs twice
    """
    lines = block.split("\n")
    column = IS_ROW.match(lines[0]).end()  # type: ignore[union-attr]  # the caller has matched it
    rows: dict[str, list[str]] = {}
    for line in lines:
        name, rest = line[:column].rstrip(), line[column:]
        if not rest or line[column - 2 : column] != "  ":
            raise ValueError(f"{_beginning(line)} is not aligned with the rows above")
        if name in rows:
            raise ValueError(f"{name} has two rows")
        if name:
            rows[name] = [rest]
        else:
            rows[next(reversed(rows))].append(rest.strip())
    return rows


def _argument(name: str, pieces: Sequence[str]) -> Argument:
    columns = re.split(r" {2,}", pieces[0])  # begins with an empty one if there is room for a shape, but none
    if len(columns) == 1 and not IS_SHAPE.match(columns[0]):
        columns = ["", *columns]
    elif len(columns) == 1:
        columns = [*columns, ""]
    return Argument(name, ", ".join(columns[:-1]), " ".join([columns[-1], *pieces[1:]]).strip())


def _beginning(text: str) -> str:
    return repr(f"{text.strip()[:40]}…" if len(text.strip()) > 40 else text.strip())


def signature(node: ast.FunctionDef | ast.ClassDef, *, widest: int | None = WIDEST) -> str:
    """Return how a function is called, or a class; of an enumeration, return its members.

    widest  the number of letters beyond which each argument stands on a line of its own; None never breaks the line
    """
    if isinstance(node, ast.ClassDef):
        if any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases):
            return ", ".join(f"{node.name}.{member}" for member in _members(node))
        arguments, returns = list(_fields(node)), ""
    else:
        arguments = [each for each in _parameters(node.args) if each != "self"]
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({', '.join(arguments)}){returns}"
    if widest is None or len(line) <= widest:
        return line
    return "\n".join([f"{node.name}(", *(f"    {each}," for each in arguments), f"){returns}"])


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    """Yield the parameters of a function as its source writes them."""
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    for each, default in zip(positional, defaults, strict=True):
        yield _parameter(each, default)
    if arguments.vararg:
        yield f"*{_parameter(arguments.vararg, None)}"
    elif arguments.kwonlyargs:
        yield "*"
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(each, default)
    if arguments.kwarg:
        yield f"**{_parameter(arguments.kwarg, None)}"


def _parameter(argument: ast.arg, default: ast.expr | None) -> str:
    annotation = f": {ast.unparse(argument.annotation)}" if argument.annotation else ""
    equals = " = " if annotation else "="
    return f"{argument.arg}{annotation}" + (f"{equals}{ast.unparse(default)}" if default else "")


def _members(node: ast.ClassDef) -> Iterator[str]:
    """Yield the names of the members of an enumeration."""
    targets = (target for each in node.body if isinstance(each, ast.Assign) for target in each.targets)
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Yield the fields of a data class or a named tuple."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            written = f"{each.target.id}: {ast.unparse(each.annotation)}"
            yield f"{written} = {_default(each.value)}" if each.value else written


def _default(value: ast.expr) -> str:
    """Return the default of a field, which a data class may make anew each time."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "field":
        return next(f"{ast.unparse(each.value)}()" for each in value.keywords if each.arg == "default_factory")
    return ast.unparse(value)
