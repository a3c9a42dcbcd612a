"""What learners bring to the pictures that need it: files of predictions, answers of a round, pasted texts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from xent_ui.experiments.prediction_scores import Predictions, Report, Scale, Scored, sample, scored
from xent_ui.experiments.reading import Texts
from xent_ui.experiments.texts import STORY
from xent_ui.views.you_are_the_model import Answers

TRUTHS = (True, False, False) * 4


def uploaded(labels: Any, scores: Any, classes: Sequence[str] = ("0", "1"), scale: Scale = "probabilities") -> Scored:
    """Return the scores of a learner's file."""
    labels = np.asarray(labels)
    rows = np.arange(len(labels)) + 2
    return scored(Report(Predictions(rows, labels, tuple(classes), np.asarray(scores, float), scale)), "mine.csv")


def _many_classes() -> Scored:
    """Return a file of logits for twelve classes, one of them with a long name."""
    rng = np.random.default_rng(3)
    labels = rng.integers(12, size=5000)
    logits = rng.normal(0, 1.5, (5000, 12)) + 4 * np.eye(12)[labels]
    names = ("a class with a very long name", *(f"class {i}" for i in range(1, 12)))
    return uploaded(labels, logits, names, "logits")


def _binary(n: int = 300, *, sharper: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return labels and probabilities of class 1, which are calibrated unless they are made sharper."""
    rng = np.random.default_rng(1)
    z = rng.normal(-0.5, 2, n)
    return (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int), 1 / (1 + np.exp(-sharper * z))


def _with_one_wrong(p: float) -> Scored:
    """Return a binary file in which one row gave its label this probability."""
    labels, probs = _binary(60)
    return uploaded([*labels, 1], [*probs, p])


def _several_labels(n: int, *names: str) -> Scored:
    """Return a file in which each row may have several labels."""
    labels, probs = _binary(n * len(names), sharper=1.7)
    rows, tag = np.repeat(np.arange(2, n + 2), len(names)), np.tile(np.arange(len(names)), n)
    cells = Predictions(rows, labels, ("0", "1"), probs, "probabilities", tags=names, tag=tag)
    return scored(Report(cells), "labels.csv")


def _masked() -> Scored:
    """Return logits of which every row masks some, and one row all."""
    rng = np.random.default_rng(4)
    labels = rng.integers(4, size=200)
    logits = rng.normal(0, 1.5, (200, 4)) + 3 * np.eye(4)[labels]
    logits[(rng.random((200, 4)) < 0.3) & ~np.eye(4, dtype=bool)[labels]] = -np.inf
    logits[0] = -np.inf
    return uploaded(labels, logits, "abcd", "logits")


FILES: dict[str, Scored] = {
    "the sample": sample(),
    "binary": uploaded(*_binary()),
    "far too sure": uploaded(*_binary(sharper=6)),
    "too modest": uploaded(*_binary(sharper=0.1)),
    "an infinite loss": _with_one_wrong(0.0),
    "a huge loss": _with_one_wrong(1e-300),
    "two rows": uploaded([1, 0], [0.5, 0.25]),
    "all right and sure": uploaded([1, 0, 1, 0, 0, 1], [1, 0, 1, 0, 0, 1]),
    "all wrong and sure": uploaded([1, 0, 1, 0, 0, 1], [0, 1, 0, 1, 1, 0]),
    "all right": uploaded([1, 0] * 20, [0.99, 0.02] * 20),
    "one class only": uploaded([0, 0, 0], [[0, 1], [0.5, 0.5], [1, 0]], "ab"),
    "one row possible": uploaded([1, 0, 1], [0, 1, 0.5]),
    "equal logits": uploaded([0, 1, 2, 0], np.zeros((4, 3)), "abc", "logits"),
    "many classes": _many_classes(),
    "several labels": _several_labels(400, "sunny", "rain & snow all day long", "wind"),
    "one label": _several_labels(2, "sunny"),
    "masked": _masked(),
    "every class masked": uploaded([0, 1], np.full((2, 2), -np.inf), "ab", "logits"),
    "one class to fit on": uploaded([1] * 40, [0.6, 0.3] * 20),
    "equal probabilities": uploaded([1, 0] * 20, [0.5] * 40, ("cat", "a dog with a very long name")),
}
ROUNDS: dict[str, Answers] = {
    "mixed": Answers((0.9, 0.2, 0.7, 0.5, 0.99, 0.01, 0.6, 0.6, 0.3, 0.8, 0.95, 0.1), TRUTHS),
    "all 50 %": Answers((0.5,) * 12, TRUTHS),
    "all right and very sure": Answers(tuple(0.99 if true else 0.01 for true in TRUTHS), TRUTHS),
    "all wrong and very sure": Answers(tuple(0.01 if true else 0.99 for true in TRUTHS), TRUTHS),
    "one sure and wrong": Answers((0.01, *(0.05,) * 2, *(0.9, 0.1, 0.1) * 3), TRUTHS),
    "close to an even chance": Answers((0.51, 0.49, 0.48, 0.52) * 3, TRUTHS),
    "always 90 %": Answers((0.9,) * 12, TRUTHS),
    "the last one wrong": Answers((*(0.8, 0.2, 0.2) * 3, 0.8, 0.2, 0.97), TRUTHS),
    "one answer, right": Answers((0.75,), (True,)),
    "one answer, wrong": Answers((0.99,), (False,)),
    "one answer of 50 %": Answers((0.5,), (True,)),
}
TEXTS: dict[str, Texts | None] = {
    "the built-in ones": None,
    "long words": Texts(STORY, "Donaudampfschifffahrtsgesellschaftskapitän " * 3 + "i a Llanfairpwllgwyngyllgogerych"),
    "strange letters": Texts(STORY, "<b>x & y</b>\t漢字かな — 😀😀 e\u0301 \u202eabc\x07 ﷽ WWWWWWWW mmmmmm\n\n" * 9),
    "one letter": Texts(STORY, "a"),
    "learned by heart": Texts("abab" * 200, "abab" * 50),
}
DATA: dict[str, Sequence[Any]] = {
    **{
        f"your_predictions_{name}": list(FILES.values())
        for name in ("losses_of_rows", "temperature_scaling", "decision_threshold")
    },
    **{f"you_are_the_model_{name}": list(ROUNDS.values()) for name in ("cost", "result", "reliability", "rescaled")},
    **{f"perplexity_{name}": list(TEXTS.values()) for name in ("token_by_token", "by_order")},
}
