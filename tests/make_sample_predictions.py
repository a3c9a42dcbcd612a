"""Make the sample of predictions that ships with the course: its answers are known before it is scored.

A photo of each group below is a cat, a dog or a fox as often as its counts say. The model states the counts squared,
made to sum to 1: it is over-confident by exactly a temperature of 2. Both halves that ``halves`` makes of the rows
hold each group and label equally often, so that the temperature fitted on one is the best on the other.

    python -m tests.make_sample_predictions
"""

import numpy as np

from xent_ui.predictions.predictions_file import SAMPLE
from xent_ui.predictions.predictions_report import halves

CLASSES = ("cat", "dog", "fox")
GROUPS = (
    (96, 2, 2),
    (2, 96, 2),
    (32, 6, 2),
    (6, 32, 2),
    (2, 10, 8),
    (2, 8, 10),
    (2, 4, 14),
    (10, 6, 4),
    (4, 2, 14),
    (6, 8, 6),
)


def stated(group):
    squares = np.square(np.array(group, dtype=float))
    return squares / squares.sum()


def content() -> str:
    half = [
        f"{CLASSES[label]},{','.join(f'{p:.9f}' for p in stated(group))}"
        for group in GROUPS
        for label, count in enumerate(group)
        for _ in range(count // 2)
    ]
    lines = np.empty(2 * len(half), dtype=object)
    chance = np.random.default_rng(7)
    for rows in halves(len(lines)):
        lines[rows] = chance.permutation(np.array(half, dtype=object))
    return "\n".join([f"label,{','.join(CLASSES)}", *lines, ""])


if __name__ == "__main__":
    SAMPLE.write_text(content(), encoding="utf-8")
