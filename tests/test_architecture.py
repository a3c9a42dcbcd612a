"""Imports run one way: numpy, xent_core, xent_ui, pages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD_OR = {"numpy"}


def imported(path: Path) -> set[str]:
    """Dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def imports_any(path: Path, forbidden: set[str]) -> set[str]:
    """Which of the forbidden packages a file imports, by prefix of the dotted name."""
    return {name for name in imported(path) if any(name == bad or name.startswith(f"{bad}.") for bad in forbidden)}


def files(pattern: str) -> list[Path]:
    found = sorted(ROOT.glob(pattern))
    assert found, f"no file matches {pattern}"
    return found


ARROWS = {
    "xent_core/*.py": {"streamlit", "plotly", "pandas", "scipy", "torch", "xent_ui", "pages", "app"},
    "xent_ui/**/*.py": {"pages", "app", "torch", "scipy", "sklearn"},
    "xent_ui/figures/*.py": {"streamlit", "xent_ui.live", "xent_ui.controls", "xent_ui.checks", "xent_ui.formulas"},
    "xent_ui/formulas/*.py": {"streamlit", "plotly", "xent_ui.live", "xent_ui.controls", "xent_ui.figures"},
    "pages/*.py": {"pages", "app", "plotly"},
}


@pytest.mark.parametrize(("pattern", "forbidden"), ARROWS.items())
def test_imports_run_one_way(pattern, forbidden):
    wrong = {str(path.relative_to(ROOT)): bad for path in files(pattern) if (bad := imports_any(path, forbidden))}
    assert not wrong


def test_a_wrong_arrow_is_seen(tmp_path):
    page = tmp_path / "page.py"
    page.write_text("from xent_ui import live\nimport plotly.graph_objects as go\n")
    assert imports_any(page, ARROWS["pages/*.py"]) == {"plotly.graph_objects"}
    assert imports_any(page, ARROWS["xent_ui/figures/*.py"]) == {"xent_ui.live"}
