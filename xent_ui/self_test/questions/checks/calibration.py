"""The questions on the lesson Calibration."""

from typing import Final

import numpy as np

from xent_core import brier_score
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent, text
from xent_ui.views.calibration import CAME_TRUE


def _constant(rng: np.random.Generator) -> Draft:
    c = int(rng.integers(5, 96)) / 100
    n, yes = len(CAME_TRUE), int(CAME_TRUE.sum())
    b = yes / n
    score = float(brier_score(np.full(n, c), CAME_TRUE))
    return Draft(
        asks=f"Of {n:,} examples, {yes} are a yes. A forecaster gives each of them a probability of {percent(c)}. What "
        "is the Brier score?",
        answer=score,
        because=f"It is the mean of (1 − {c:g})² for each yes and {c:g}² for each no.",
        wrong=(
            Wrong((c - b) ** 2, "That is the reliability alone. Add the uncertainty b (1 − b)."),
            Wrong(b * (1 - b), "That is the uncertainty, the score of always saying the base rate."),
            Wrong(abs(c - b), "That is the ECE, the gap between what is said and the base rate."),
            Wrong(c * (1 - c), "That is the score if the base rate were what the forecaster says."),
            Wrong(b * (1 - c) + (1 - b) * c, "That is the mean distance. Square each difference before you average."),
        ),
        page="calibration",
        values={"always": f"{c:g}"},
        seen=text(score),
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "left_of_half",
        "In a reliability diagram a dot stands at a probability of 10 %, and 30 % of its examples came true. What "
        "does it show?",
        right="The model was too sure of a no.",
        because="It gave “no” 90 %, and only 70 % were a no: its confidence was greater than the share of right "
        "answers.",
        wrong={
            "The model was too sure of a yes.": "It gave a yes only 10 %, less than the 30 % that came true.",
            "The model was less sure than it should be.": "Its confidence was 90 %, in a no, and it was right in 70 % "
            "of the cases. Left of ½, a dot above the diagonal is overconfidence.",
            "Nothing, as it chose the right answer.": "“No” is the better answer here, but a probability says more "
            "than an answer: how often the answer is right.",
        },
    ),
    Pick(
        "scaling",
        "A temperature of T = 2 is fitted on held-out data, and all logits are divided by it. What happens?",
        right="Every probability moves toward ½, and the accuracy stays the same.",
        because="Logits that are half as large give less extreme probabilities, and no logit changes its sign. So no "
        "answer changes.",
        wrong={
            "Every probability moves toward ½, and the accuracy falls a little.": "The probabilities do, but none "
            "of them crosses ½, so every answer stays what it was.",
            "Every probability moves away from ½, and the accuracy stays the same.": "That is what a temperature below "
            "1 does.",
            "The probabilities stay the same, and only the loss becomes smaller.": "The loss is computed from the "
            "probabilities, so it cannot change without them.",
        },
    ),
    Compute("constant", Kind("The Brier score of a constant forecast", "metrics", ENGINEER, _constant)),
)
