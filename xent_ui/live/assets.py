"""What the browser loads from us: our scripts from where they lie, plotly.js from the installed package.

An address holds the content's hash, so a browser may keep what it has for good. All scripts share one folder and one
hash: a script finds its neighbors relative to itself. plotly.js has a hash of its own, since it rarely changes.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import plotly
import streamlit
from starlette.requests import Request
from starlette.responses import Response

SCRIPTS: Final = Path(__file__).parent / "scripts"
PLOTLY: Final = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FOREVER: Final = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A script as it is sent, plain and compressed."""

    plain: bytes
    compressed: bytes


def _hash(*contents: bytes) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]


@cache
def _files() -> dict[str, Path]:
    """Every file that is served, by its path below /assets/."""
    scripts = sorted(SCRIPTS.glob("*.js"))
    version = _hash(*(script.read_bytes() for script in scripts))
    return {f"{version}/{script.name}": script for script in scripts} | {
        f"{_hash(PLOTLY.read_bytes())}/{PLOTLY.name}": PLOTLY
    }


@cache
def address(name: str) -> str:
    """Return where a script is served, relative to the base of the course.

    >>> address("live.js").split("/")[0], address("live.js").split("/")[-1]
    ('assets', 'live.js')
    """
    return next(f"assets/{path}" for path, file in _files().items() if file.name == name)


@cache
def streamlit_katex() -> str | None:
    """Return where this Streamlit serves the module that sets its formulas, from the page's base; None if nowhere."""
    folder = Path(streamlit.__file__).parent / "static"
    found = sorted((folder / "static" / "js").glob("rehype-katex.*.js"))
    return found[0].relative_to(folder).as_posix() if found else None


@cache
def _asset(path: str) -> Asset:
    content = _files()[path].read_bytes()
    return Asset(content, gzip.compress(content, compresslevel=6, mtime=0))


def answer(request: Request) -> Response:
    """Answer GET /assets/<hash>/<name>: the script, compressed where the browser takes that."""
    path = request.path_params["path"]
    if path not in _files():
        return Response("This script belongs to another version of the course; reload the page.", status_code=404)
    asset = _asset(path)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.compressed if zipped else asset.plain, headers=headers, media_type="text/javascript")
