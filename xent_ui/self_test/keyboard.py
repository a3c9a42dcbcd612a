"""Keys for a page with questions: each presses a button of the page, and the focus follows each step."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xent_ui.live.component import component

HTML: Final = '<p class="xent-keys"></p>'
CSS: Final = """
.xent-keys { margin: 0; font-size: 0.82rem; opacity: 0.8; }
.xent-keys kbd {
  font: inherit; padding: 0 0.35rem; border-radius: 0.25rem; white-space: nowrap;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
}
.xent-keys kbd:not(:first-child) { margin-left: 0.5rem; }
.xent-keys kbd + kbd:not(:first-child) { margin-left: 0; }
@media (hover: none) { .xent-keys { display: none; } }
"""


class Keys(NamedTuple):
    """Keys that do the same kind of thing.

    pressed  the CSS selector of what each key presses, by the key's name in the browser
    names    how the learner knows the keys
    does     what they do, in words
    """

    pressed: Mapping[str, str]
    names: tuple[str, ...]
    does: str


def button(key: str) -> str:
    """Return the CSS selector of a Streamlit button, by its key.

    >>> button("reveal")
    '.st-key-reveal button'
    """
    return f".st-key-{key} button"


def keyboard(keys: Sequence[Keys], *, region: str, focus: str, step: str) -> None:
    """Make keys work on this page, and draw a line that names them. They do nothing while the learner types in a field.

    region  the CSS selector of the part of the page where the keyboard's focus counts as being at work
    focus   the CSS selector of what gets the focus after a step, if the focus was in the region or lost
    step    identifies the step; the focus moves when it changes
    """
    component("keyboard", html=HTML, css=CSS)(
        key="keyboard",
        data={
            "keys": {key: selector for each in keys for key, selector in each.pressed.items()},
            "hint": [[each.names, each.does] for each in keys],
            "region": region,
            "focus": focus,
            "step": step,
        },
    )
