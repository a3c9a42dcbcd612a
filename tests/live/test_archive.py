"""GET /xent_core.zip: what is in the archive, that it is the same each time, and what browsers and pip are told."""

import ast
import io
import tomllib
import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import xent_core
from xent_ui.live import archive, routes

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=routes.ROUTES))


@pytest.fixture(scope="module")
def files(client):
    """What the archive holds, by path below its only folder."""
    with zipfile.ZipFile(io.BytesIO(client.get("/xent_core.zip").content)) as zipped:
        assert zipped.testzip() is None
        folder = f"xent_core-{xent_core.__version__}/"
        assert all(name.startswith(folder) for name in zipped.namelist())
        return {name.removeprefix(folder): zipped.read(name) for name in zipped.namelist()}


def test_it_holds_the_files_as_they_lie(files):
    assert all(content == (ROOT / name).read_bytes() for name, content in files.items())


def test_it_holds_the_package_and_what_its_project_names_and_nothing_of_the_course(files):
    tool = tomllib.loads(files["pyproject.toml"].decode())
    project, setuptools = tool["project"], tool["tool"]["setuptools"]
    packages = setuptools["packages"]
    assert packages == ["xent_core"]
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "xent_core").glob("*.py")}
    data = {f"{name}/{file}" for name, named in setuptools["package-data"].items() for file in named}
    assert files.keys() == package | data | {"pyproject.toml", project["readme"], *project["license-files"]}


def test_every_module_that_the_package_imports_is_in_it(files):
    for name in [name for name in files if name.endswith(".py")]:
        for node in ast.walk(ast.parse(files[name])):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("xent_core."):
                assert f"{node.module.replace('.', '/')}.py" in files, f"{name} imports {node.module}"
            assert not (isinstance(node, ast.ImportFrom) and node.module.startswith("xent_ui")), name


def test_the_same_sources_give_the_same_bytes(tmp_path, monkeypatch):
    once = archive.archive()
    archive.archive.cache_clear()
    assert archive.archive() == once
    (tmp_path / "xent_core").mkdir()
    for name in ("LICENSE", "README.md", "pyproject.toml", "xent_core/units.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    etags = []
    with monkeypatch.context() as patch:
        patch.setattr(archive, "ROOT", tmp_path)
        for more in ("", "", "# changed\n"):
            with (tmp_path / "xent_core/units.py").open("a") as file:
                file.write(more)
            archive.archive.cache_clear()
            etags.append(archive.archive().etag)
    archive.archive.cache_clear()
    assert etags[0] == etags[1] != etags[2]


@pytest.mark.parametrize("base", ["", "/course", "/course/xent"])
def test_it_is_answered_below_any_base_path(client, base):
    reply = client.get(f"{base}/xent_core.zip")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/zip"
    assert reply.headers["content-disposition"] == 'attachment; filename="xent_core.zip"'
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert int(reply.headers["content-length"]) == len(reply.content) < 200_000


def test_a_copy_is_kept_as_long_as_it_is_the_newest(client):
    first = client.get("/xent_core.zip")
    assert first.headers["cache-control"] == "no-cache", "its address stays when the sources change"
    again = client.get("/xent_core.zip", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/xent_core.zip", headers={"if-none-match": '"of-an-older-one"'}).status_code == 200


def test_only_reading_is_answered(client):
    head = client.head("/xent_core.zip")
    assert (head.status_code, head.content) == (200, b"")
    assert client.post("/xent_core.zip").status_code == 405
