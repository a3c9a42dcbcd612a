"""Components whose other half runs in the browser: a script beside this file, served from ``static/`` by make.

What is inline is sent again with every run, so it is one line that imports the script; browsers keep the rest.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit import runtime
from streamlit.runtime import Runtime

HERE: Final = Path(__file__).parent
STATIC: Final = HERE.parents[1] / "static"


def published(*files: str) -> bool:
    """Whether a server runs and the browser can load these files from it; ``make`` puts them there."""
    return runtime.exists() and all(map(_in_place, files))


@cache
def _in_place(file: str) -> bool:
    return (STATIC / file).exists()


@cache
def katex() -> str | None:
    """Where this Streamlit serves the KaTeX that sets its own formulas, from the page's base; None if nowhere."""
    folder = Path(st.__file__).parent / "static"
    found = sorted((folder / "static" / "js").glob("katex.*.js"))
    return found[0].relative_to(folder).as_posix() if found else None


def component(name: str, *, html: str, css: str | None = None) -> Any:
    """The component that ``<name>.js`` draws with its ``render`` and takes down with its ``close``."""
    return _registered(Runtime.instance(), name, html, css)


@lru_cache(maxsize=8)
def _registered(_: Runtime, name: str, html: str, css: str | None) -> Any:
    """Registered with the server that runs: a test starts another for each page."""
    version = hashlib.sha256((HERE / f"{name}.js").read_bytes()).hexdigest()[:12]
    script = f"""
const missing = {{
  render: ({{ parentElement }}) => {{
    parentElement.textContent = "This part of the page did not arrive. Reload the page to try again.";
  }},
  close: () => {{}},
}};
const script = import(new URL("app/static/{name}.js?{version}", document.baseURI).href).catch(() => missing);
export default (component) => {{
  script.then(({{ render }}) => render(component));
  return () => script.then(({{ close }}) => close(component.parentElement));
}};
"""
    return st.components.v2.component(f"xent_{name}", html=html, css=css, js=script, isolate_styles=False)
