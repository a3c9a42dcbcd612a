"""A reader finds the arithmetic of each function within two files, and in each docstring what it needs."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from test_contract import PUBLIC_NAMES

import xent_core as xc

PACKAGE = Path(xc.__file__).parent
PLUMBING = {"validation", "result", "units"}  # check arguments, and hold results
FUNCTIONS = [name for name in xc.__all__ if inspect.isfunction(inspect.unwrap(getattr(xc, name)))]


def imports(module):
    """Return the names that a module imports from others of the package, with the module of each."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xent_core"):
            for alias in node.names:
                found[alias.name] = node.module.partition(".")[2] or alias.name
    return {name: origin for name, origin in found.items() if origin not in PLUMBING}


@pytest.mark.parametrize("module", sorted(PUBLIC_NAMES))
def test_the_way_from_a_function_to_its_arithmetic_is_two_files_at_most(module):
    # A public function or class that is called is documented where it is; helpers must not call further helpers.
    helpers = set(imports(module).values()) - set(PUBLIC_NAMES)
    for helper in helpers:
        assert not imports(helper), f"{module}.py → {helper}.py → {imports(helper)}"


def test_a_third_file_is_seen():
    assert "kernels" in imports("multiclass").values()
    assert imports("kernels") == imports("blocks") == imports("divergence_terms") == {}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_names_every_argument_what_is_returned_and_what_is_raised(name):
    documentation = inspect.getdoc(getattr(xc, name))
    lines = documentation.partition("\n>>> ")[0].splitlines()
    named = {word for line in lines for word in re.split(r", ", line.partition("  ")[0]) if "  " in line}
    for parameter in inspect.signature(getattr(xc, name)).parameters.values():
        if parameter.kind is not parameter.VAR_KEYWORD:
            assert parameter.name in named, f"{name} does not say what {parameter.name} is"
    starts = [line.split()[0] for line in lines if re.match(r"(Returns|Yields|Raises|Source)  ", line)]
    assert starts[0] in {"Returns", "Yields"}
    assert starts[1] == "Raises"
    assert starts[2:] in ([], ["Source"])
    assert re.search(r"^Raises +ValueError ", documentation, re.MULTILINE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_texts_of_the_lines_are_aligned(name):
    lines = inspect.getdoc(getattr(xc, name)).partition("\n>>> ")[0].splitlines()
    rows = [line for line in lines if re.match(r"(Returns|Yields|Raises|Source)  ", line)]
    assert len({re.match(r"\w+ +", line).end() for line in rows}) == 1


def test_a_student_reads_the_plain_expression_first():
    first, second, *_ = inspect.getdoc(xc.softmax_cross_entropy).split("\n\n")
    assert "L = -sum of y ln p with p = softmax(logits)" in first
    assert second.startswith("Its gradient in the logits is p - y")
    z, y = [2.0, 1.0, -0.5], [0.7, 0.2, 0.1]
    p = xc.softmax(z)
    loss = xc.softmax_cross_entropy(z, y)
    assert loss.value == pytest.approx(-(y * xc.log_softmax(z)).sum(), rel=1e-14)
    assert loss.grad == pytest.approx(p - y, rel=1e-12)
