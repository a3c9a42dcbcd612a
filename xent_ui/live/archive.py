"""GET /xent_core.zip: the sources of xent_core, as ``pip install <address of the course>/xent_core.zip`` takes them.

Whoever reads a course on somebody's server has no clone of it. The archive is what pip calls a source distribution:
one folder with the package, its license, and the file that says how to build it.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from starlette.requests import Request
from starlette.responses import Response

import xent_core

NAME: Final = "xent_core.zip"
FOLDER: Final = f"xent_core-{xent_core.__version__}"
ROOT: Final = Path(__file__).parents[2]
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP file can hold
READABLE: Final = 0o644 << 16  # the rights of a file on Unix, where ZipInfo keeps them


class Archive(NamedTuple):
    """A file as it is sent, with the ETag that stands for its content."""

    content: bytes
    etag: str


@cache
def archive() -> Archive:
    """Return the archive, which is the same for the same sources."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as zipped:
        for path in _sources():
            info = ZipInfo(f"{FOLDER}/{path.relative_to(ROOT).as_posix()}", EARLIEST)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, READABLE
            zipped.writestr(info, path.read_bytes())
    content = buffer.getvalue()
    return Archive(content, f'"{hashlib.sha256(content).hexdigest()[:12]}"')


def _sources() -> Iterator[Path]:
    yield from (ROOT / name for name in ("LICENSE", "README.md", "pyproject.toml"))
    yield from sorted(
        path for path in (ROOT / "xent_core").iterdir() if path.suffix == ".py" or path.name == "py.typed"
    )


def answer(request: Request) -> Response:
    """Answer GET /xent_core.zip. Its address has no version, so whoever keeps a copy asks whether it is the newest."""
    content, etag = archive()
    headers = {"Cache-Control": "no-cache", "ETag": etag, "X-Content-Type-Options": "nosniff"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return Response(content, headers=headers, media_type="application/zip")
