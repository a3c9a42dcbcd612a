"""Interview questions about cross-entropy, by theme and level, each with a model answer and a state that proves it.

An answer begins with the truth in one line, says why, and gives a number, which is computed in place.
"""

from typing import Final

from xent_ui.self_test.questions.interview import evaluation, in_code, information, neighbors, outputs, slopes, variants
from xent_ui.self_test.questions.interview.question import (
    ENGINEER,
    LEVELS,
    LOGITS,
    RESEARCH,
    SCREEN,
    SECONDS,
    THEMES,
    Question,
)

QUESTIONS: Final[tuple[Question, ...]] = (
    *information.QUESTIONS,
    *outputs.QUESTIONS,
    *slopes.QUESTIONS,
    *in_code.QUESTIONS,
    *variants.QUESTIONS,
    *evaluation.QUESTIONS,
    *neighbors.QUESTIONS,
)

__all__ = ["ENGINEER", "LEVELS", "LOGITS", "QUESTIONS", "RESEARCH", "SCREEN", "SECONDS", "THEMES", "Question"]
