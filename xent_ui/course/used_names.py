"""Which public functions and classes of xent_core a lesson uses, read from the imports of its files.

An import is followed through what lessons share: experiments, and tables and private functions of xent_core, such as
``LOSSES``. There only the definitions that are used count, because one experiment serves several lessons.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from xent_ui.course.table import ROOT

SHARED: Final = ("xent_core.", "xent_ui.experiments.", "xent_ui.predictions.")


class _Module(NamedTuple):
    """A file: its names and attributes, its definitions, and where the names come from that it imports.

    imported  by name, a module and the name there; the latter is empty if the name stands for the module itself
    """

    nodes: Sequence[ast.AST]
    definitions: dict[str, ast.stmt]
    imported: dict[str, tuple[str, str]]


def names_used(paths: Iterable[Path], public: Iterable[str]) -> set[str]:
    """Return the names among ``public`` that files use."""
    wanted, found = set(public), set[str]()
    seen: set[tuple[str, str]] = set()
    waiting = [each for path in paths for each in _imports(_read(path), _read(path).nodes)]
    while waiting:
        module, name = waiting.pop()
        if (module, name) in seen:
            continue
        seen.add((module, name))
        if module.partition(".")[0] == "xent_core" and name in wanted:
            found.add(name)
        elif module.startswith(SHARED):
            waiting += _references(module, name)
    return found


def _path(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


@cache
def _read(path: Path) -> _Module:
    text = path.read_text("utf-8")
    if not any(name.rstrip(".") in text for name in SHARED):  # most figures and formulas, which are not parsed
        return _Module((), {}, {})
    tree = ast.parse(text)
    definitions: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            definitions[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
            definitions |= dict.fromkeys(names, node)
    nodes = list(ast.walk(tree))
    imported = {}
    for each in nodes:
        if isinstance(each, ast.ImportFrom) and each.module:
            for alias in each.names:
                is_module = _path(f"{each.module}.{alias.name}").exists()
                where = (f"{each.module}.{alias.name}", "") if is_module else (each.module, alias.name)
                imported[alias.asname or alias.name] = where
    return _Module([each for each in nodes if isinstance(each, ast.Name | ast.Attribute)], definitions, imported)


def _imports(module: _Module, nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield what parts of a file use of what the file imports: a module and a name there."""
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            where, name = module.imported.get(node.value.id, ("", ""))
            if where and not name:
                yield where, node.attr
        elif isinstance(node, ast.Name) and node.id in module.imported:
            yield module.imported[node.id]


@cache
def _references(where: str, name: str) -> Sequence[tuple[str, str]]:
    """Return what a definition in a module refers to: modules, perhaps its own, and a name in each.

    A table from which it picks by a key is left out: which of the entries a lesson gets, only the lesson knows.
    """
    module = _read(_path(where))
    if name not in module.definitions:
        return ()
    nodes = list(ast.walk(module.definitions[name]))
    picked = {id(node.value) for node in nodes if isinstance(node, ast.Subscript)}
    followed = [node for node in nodes if id(node) not in picked]
    own = [(where, node.id) for node in followed if isinstance(node, ast.Name) and node.id in module.definitions]
    return (*_imports(module, followed), *own)
