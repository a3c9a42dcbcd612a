"""Make the sample of predictions that comes with the course; its scores are known in closed form.

The photos of each group below are cats, dogs and foxes in the numbers that the group gives. The model predicts the
squares of these numbers, normalized to sum to 1, so it is overconfident by a temperature of exactly 2. Both halves that
``halves`` makes of the rows have each group and label equally often, so that the temperature fitted on one is the best
on the other.

    python -m tests.make_sample_predictions
"""

import numpy as np

from xent_ui.experiments.prediction_scores import SAMPLE, halves

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
