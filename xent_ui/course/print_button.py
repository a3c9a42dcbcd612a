"""The button "Print" of a page; styles/print.css says how the page looks on paper."""

from typing import Final

from xent_ui.live.component import component

HTML: Final = '<button type="button" class="xent-print"><span aria-hidden="true">print</span>Print</button>'


def draw() -> None:
    """Draw the button, which prints the page once its pictures are drawn and stand still."""
    component("print", html=HTML)(key="print", width="content")
