"""What `pip install` installs, from a clone and from a running course, and what the course asks for."""

import re
import subprocess
import tomllib
import venv
from pathlib import Path

import numpy as np
import pytest

from tests.browser.servers import course

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]

# A requirement is a name, an operator and a version; an environment marker may follow it.
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<operator>[=<>!~]=|[<>])(?P<version>[^;\s]+)\s*(?:;.*)?")


def requirements(file: str) -> dict[str, tuple[str, str]]:
    """Return the operator and the version of each package that a requirements file names itself."""
    found = {}
    for line in (ROOT / file).read_text().splitlines():
        text = line.partition("#")[0].strip()
        if text and not text.startswith("-"):
            match = REQUIREMENT.fullmatch(text)
            assert match, f"{file}: {line!r} is not a package with a version"
            found[match["name"]] = (match["operator"], match["version"])
    return found


def test_numpy_is_the_only_dependency_of_xent_core():
    assert [REQUIREMENT.fullmatch(line)["name"] for line in PROJECT["dependencies"]] == ["numpy"]
    assert "optional-dependencies" not in PROJECT
    assert "dependencies" not in PROJECT["dynamic"]


def test_the_distribution_holds_xent_core_and_nothing_of_the_course():
    assert PROJECT["name"] == "xent-core"
    assert SETUPTOOLS["packages"] == ["xent_core"]
    assert not {"py-modules", "data-files", "package-dir"} & SETUPTOOLS.keys()
    # Packages are listed by name, so a folder inside xent_core would silently be left out.
    assert not [path for path in (ROOT / "xent_core").iterdir() if path.is_dir() and path.name != "__pycache__"]


def test_type_checkers_see_the_types_of_an_installed_xent_core():
    assert (ROOT / "xent_core" / "py.typed").is_file()
    assert "py.typed" in SETUPTOOLS["package-data"]["xent_core"]


def test_the_version_is_written_once_and_read_from_the_source_text():
    assert PROJECT["dynamic"] == ["version"]
    assert SETUPTOOLS["dynamic"]["version"] == {"attr": "xent_core.__version__"}
    source = (ROOT / "xent_core" / "__init__.py").read_text()
    # Anything but a plain string would make setuptools import xent_core, and NumPy with it, to build it.
    assert re.search(r'^__version__(: \S+)? = "\d+\.\d+\.\d+"$', source, re.MULTILINE)


def test_the_license_goes_with_the_distribution():
    assert PROJECT["license"] == "MIT"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert (ROOT / "LICENSE").read_text().startswith("MIT License\n\nCopyright (c) 2026 Xent Lab contributors\n")


TRIED = """
import doctest
import importlib.util
import sys
import xent_core
assert xent_core.__file__.startswith(sys.prefix), xent_core.__file__
loss = xent_core.sparse_softmax_cross_entropy
doctest.run_docstring_examples(loss, {loss.__name__: loss}, optionflags=doctest.ELLIPSIS)
print([name for name in ("xent_core", "xent_ui", "tests", "pages") if importlib.util.find_spec(name)])
"""


def test_a_reader_can_install_xent_core_from_a_running_course(tmp_path):
    """Install what a course below a base path answers into an environment that sees the NumPy of this one."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    with course("course/xent") as address:
        command = [python, "-m", "pip", "install", "--no-deps", f"{address}/xent_core.zip"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (packages,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (packages / "numpy_of_the_course.pth").write_text(str(Path(np.__file__).parents[1]))
    tried = subprocess.run([python, "-c", TRIED], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert tried.stdout == "['xent_core']\n", tried.stdout + tried.stderr


def test_the_course_needs_only_these_packages():
    needed = {"streamlit", "numpy", "plotly", "uvloop", "fsrs", "lark", "segno", "jinja2", "charset-normalizer"}
    assert requirements("requirements.txt").keys() == needed


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(file):
    assert {operator for operator, _ in requirements(file).values()} == {"=="}


def test_the_pinned_numpy_is_one_that_xent_core_accepts():
    lowest = REQUIREMENT.fullmatch(PROJECT["dependencies"][0])
    pinned = requirements("requirements.txt")["numpy"][1]
    assert lowest["operator"] == ">="
    assert [int(part) for part in pinned.split(".")] >= [int(part) for part in lowest["version"].split(".")]


def test_the_commit_hook_runs_the_ruff_that_lint_runs():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    pinned = requirements("requirements-dev.txt")["ruff"][1]
    assert re.search(rf"ruff-pre-commit\n +rev: v{re.escape(pinned)}\b", hooks)
