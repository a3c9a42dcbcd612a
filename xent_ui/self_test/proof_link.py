"""Components for pages with questions: a link to the state of a lesson that proves an answer, and a countdown."""

from typing import Final

from xent_ui.course.table import named
from xent_ui.live.component import component
from xent_ui.self_test.questions.proof import Proof

LINK: Final = '<a class="xent-proof"></a>'
LINK_CSS: Final = """
.xent-proof {
  display: inline-block; padding: 0.3rem 0.9rem; border-radius: 0.5rem; text-decoration: none;
  color: inherit; border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.xent-proof:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
.xent-proof:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
TIMER: Final = '<div class="xent-timer"><span><b></b></span><output role="timer" aria-live="off"></output></div>'
TIMER_CSS: Final = """
.xent-timer { display: flex; align-items: center; gap: 0.8rem; font-variant-numeric: tabular-nums; }
.xent-timer span { flex: 0 1 14rem; height: 6px; border-radius: 3px; overflow: hidden;
  background: color-mix(in srgb, currentColor 14%, transparent); }
.xent-timer b { display: block; height: 100%; background: var(--st-primary-color); }
"""


def prove_it(proof: Proof, *, name: str) -> None:
    """Draw a link that opens a lesson, within the session, in the state that proves an answer.

    name  identifies the link on its page
    """
    label = f"Prove it: {named(proof.page).title}"
    component("proof_link", html=LINK, css=LINK_CSS)(
        key=f"proof_{name}", data={"address": proof.address, "label": label}
    )


def time_to_think(seconds: int, *, of: str) -> None:
    """Draw a countdown that restarts for each question.

    of  identifies the question
    """
    component("timer", html=TIMER, css=TIMER_CSS)(key="timer", data={"seconds": seconds, "of": of})
