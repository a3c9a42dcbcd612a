"""Imports run one way through the rooms of the house, and what must not know Streamlit does not."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the foundation upward: a room imports its own modules and those of the rooms before it.
ROOMS = [
    "xent_core",
    "xent_ui.style",
    "xent_ui.figures",
    "xent_ui.formulas",
    "xent_ui.controls",
    "xent_ui.experiments",
    "xent_ui.views",
    "xent_ui.live",
    "xent_ui.course",
    "xent_ui.predictions",
    "xent_ui.exercises",
    "xent_ui.self_test",
    "xent_ui.teaching",
    "pages",
]
WITHOUT_STREAMLIT = [
    "xent_core",
    "xent_ui/style",
    "xent_ui/figures",
    "xent_ui/formulas",
    "xent_ui/controls",
    "xent_ui/experiments",
    "xent_ui/views",
]
FORBIDDEN_EVERYWHERE = {"torch", "scipy", "sklearn", "app", "home", "tests", "benchmarks"}


def imported(path: Path) -> set[str]:
    """Dotted names that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def files_of(room: str) -> list[Path]:
    found = sorted((ROOT / room.replace(".", "/")).rglob("*.py"))
    assert found, f"no file in {room}"
    return found


def wrong_imports(path: Path, place: int) -> set[str]:
    """Names that a file of the room at this place imports from rooms above it, or that nobody may import."""
    above = ROOMS[place + 1 :]
    return {
        name
        for name in imported(path)
        if any(is_in(name, room) for room in above) or name.partition(".")[0] in FORBIDDEN_EVERYWHERE
    }


def test_every_folder_of_the_interface_is_a_room():
    folders = {f"xent_ui.{path.name}" for path in (ROOT / "xent_ui").iterdir() if (path / "__init__.py").exists()}
    assert folders == {room for room in ROOMS if room.startswith("xent_ui.")}


@pytest.mark.parametrize("place", range(len(ROOMS)), ids=ROOMS)
def test_imports_run_one_way(place):
    wrong = {str(path.relative_to(ROOT)): bad for path in files_of(ROOMS[place]) if (bad := wrong_imports(path, place))}
    assert not wrong


def test_a_wrong_import_is_seen(tmp_path):
    view = tmp_path / "view.py"
    view.write_text("from xent_ui.live import show\nimport torch\nfrom xent_ui.style import theme\n")
    assert wrong_imports(view, ROOMS.index("xent_ui.views")) == {"xent_ui.live.show", "torch"}


@pytest.mark.parametrize("folder", WITHOUT_STREAMLIT)
def test_what_draws_a_picture_knows_no_streamlit(folder):
    for path in sorted((ROOT / folder).rglob("*.py")):
        heavy = {name for name in imported(path) if name.partition(".")[0] in ("streamlit", "starlette", "pandas")}
        assert not heavy, f"{path} imports {heavy}"


def test_all_views_are_drawn_without_streamlit_or_the_class_of_plotly():
    program = (
        "import sys\n"
        "from xent_ui.views.base import LESSONS, pictures\n"
        "drawn = [p() for lesson in sorted(LESSONS) for p in pictures(lesson).values() if not p.needs_data]\n"
        "assert len(drawn) > 30\n"
        "print([m for m in ('streamlit', 'plotly.graph_objects', 'pandas', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_page_holds_no_arithmetic_and_touches_no_session():
    for path in [*sorted((ROOT / "pages").glob("*.py")), ROOT / "home.py"]:
        assert not {name for name in imported(path) if name.partition(".")[0] in ("numpy", "plotly")}, path
        text = path.read_text(encoding="utf-8")
        assert "session_state" not in text, path
        assert "unsafe_allow_html" not in text, path


def test_a_page_is_short():
    for path in sorted((ROOT / "pages").glob("*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, f"{path.name} is too long for prose and order"
