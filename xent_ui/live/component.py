"""Streamlit components that are drawn by our scripts in the browser, which are served under /assets/.

Streamlit sends a component's inline script again with every run, so ours only imports the real one, which browsers
cache. Until that has arrived, the component's HTML is inert: a button that does not work yet can be neither pressed nor
reached with the keyboard.
"""

from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.runtime import Runtime

from xent_ui.live import assets


def component(name: str, *, html: str, css: str | None = None) -> Any:
    """Return the component that ``<name>.js`` draws with its function ``render`` and removes with ``close``."""
    return _registered(Runtime.instance(), name, html, css)


@lru_cache(maxsize=32)
def _registered(_: Runtime, name: str, html: str, css: str | None) -> Any:
    """Return the component, registered with this server; tests start a new server for each page."""
    script = f"""
const missing = {{
  render: ({{ parentElement }}) => {{
    parentElement.textContent = "This part of the page did not arrive. Reload the page to try again.";
  }},
  close: () => {{}},
}};
const script = import(new URL("{assets.address(f"{name}.js")}", document.baseURI).href).catch(() => missing);
export default (component) => {{
  script.then(({{ render }}) => {{
    render(component);
    component.parentElement.querySelector("[inert]")?.removeAttribute("inert");
  }});
  return () => script.then(({{ close }}) => close(component.parentElement));
}};
"""
    if html:
        html = f'<div style="display: contents" inert>{html}</div>'
    return st.components.v2.component(f"xent_{name}", html=html, css=css, js=script, isolate_styles=False)
