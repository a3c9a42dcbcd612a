"""GET /assets: the scripts that the browser loads. Ours come from scripts/, plotly.js from the installed package.

An address contains a hash of the content, so a browser may keep a script forever. All our scripts share one hash and
one folder, because they import each other by relative paths. plotly.js has its own hash, because it rarely changes.
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
def _contents() -> dict[str, bytes]:
    """Return what is served, by its path below /assets/.

    It is read once: a file that changes later must not be served under the hash of its old content.
    """
    scripts = {script.name: script.read_bytes() for script in sorted(SCRIPTS.glob("*.js"))}
    version, plotly_js = _hash(*scripts.values()), PLOTLY.read_bytes()
    served = {f"{version}/{name}": content for name, content in scripts.items()}
    return served | {f"{_hash(plotly_js)}/{PLOTLY.name}": plotly_js}


@cache
def address(name: str) -> str:
    """Return the address of a script, relative to the base of the course.

    >>> address("live.js").split("/")[0], address("live.js").split("/")[-1]
    ('assets', 'live.js')
    """
    return next(f"assets/{path}" for path in _contents() if path.endswith(f"/{name}"))


@cache
def streamlit_katex() -> str | None:
    """Return the address of the module with which this Streamlit typesets formulas; None if it has no such module.

    The address is relative to the base of the course.
    """
    folder = Path(streamlit.__file__).parent / "static"
    found = sorted((folder / "static" / "js").glob("rehype-katex.*.js"))
    return found[0].relative_to(folder).as_posix() if found else None


@cache
def _asset(path: str) -> Asset:
    content = _contents()[path]
    return Asset(content, gzip.compress(content, compresslevel=6, mtime=0))


def answer(request: Request) -> Response:
    """Answer GET /assets/<hash>/<name> with the script, compressed if the browser accepts that."""
    path = request.path_params["path"]
    if path not in _contents():
        sentence = "This script belongs to another version of the course; reload the page."
        return Response(sentence, 404, headers={"Cache-Control": "no-store"}, media_type="text/plain")
    asset = _asset(path)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.compressed if zipped else asset.plain, headers=headers, media_type="text/javascript")
