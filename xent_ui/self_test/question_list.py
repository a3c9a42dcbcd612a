"""The list of interview questions: each is a link to its address, and the list is one stop of the Tab key."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from xent_ui.live import assets
from xent_ui.live.component import component
from xent_ui.self_test.questions.interview import Question

HTML: Final = """
<nav class="xent-questions" aria-label="Questions">
  <div>
    <button type="button" class="xent-previous" aria-label="Previous question">←</button>
    <output></output>
    <button type="button" class="xent-next" aria-label="Next question">→</button>
  </div>
  <ol></ol>
</nav>
"""
BESIDE: Final = "beside_the_questions"  # key of a container whose first child stands beside the list, or above it
CSS: Final = f"""
.st-key-{BESIDE} {{ display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 5fr); gap: 1rem 3rem; }}
.st-key-{BESIDE} > * {{ width: 100% !important; min-width: 0; }}
@container page (max-width: 820px) {{ .st-key-{BESIDE} {{ grid-template-columns: minmax(0, 1fr); }} }}
"""
LIST_CSS: Final = """
.xent-questions > div { display: flex; align-items: center; gap: 0.75rem; margin-bottom: 0.5rem; }
.xent-questions output { font-variant-numeric: tabular-nums; }
.xent-questions button {
  font: inherit; color: inherit; background: none; cursor: pointer; min-width: 2.75rem; min-height: 2.5rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem;
}
.xent-questions button:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
.xent-questions ol {
  list-style: none; margin: 0; padding: 2px; max-height: 24rem; overflow-y: auto; position: relative;
  border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent);
}
.xent-questions li { margin: 0; padding: 0; }
.xent-questions a {
  display: block; padding: 0.35rem 0.6rem; border-radius: 0.4rem;
  color: inherit; text-decoration: none; line-height: 1.35;
}
.xent-questions a:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
.xent-questions a[aria-current] { background: color-mix(in srgb, currentColor 10%, transparent); font-weight: 600; }
.xent-questions :is(a, button):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
"""
KEY: Final = "questions"
NEXT, PREVIOUS = ".xent-next", ".xent-previous"  # CSS selectors of its buttons


def question_list(questions: Sequence[Question], chosen: str, parameter: str) -> None:
    """Draw links to these questions, and buttons to the one before and after the chosen one.

    chosen     the id of the question that the page shows
    parameter  the parameter of the address to which the id of a question is written when the learner chooses it
    """
    component("question_list", html=HTML, css=CSS + LIST_CSS)(
        key=KEY,
        data={
            "questions": [{"id": question.id, "asks": question.asks} for question in questions],
            "chosen": chosen,
            "katex": assets.streamlit_katex(),
            "parameter": parameter,
        },
        on_wanted_change=lambda: _open(parameter, [question.id for question in questions]),
    )


def _open(parameter: str, ids: Sequence[str]) -> None:
    """Write the question that the learner has chosen to the address."""
    wanted = st.session_state[KEY].get("wanted")
    if wanted in ids:
        st.query_params[parameter] = wanted
