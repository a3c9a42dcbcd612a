"""What an interview question is: its theme, its level, a model answer, and where the course shows it."""

from typing import Final, NamedTuple, SupportsFloat

import numpy as np

from xent_core import Unit
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import text

SCREEN, ENGINEER, RESEARCH = "screen", "engineer", "research"
LEVELS: Final = {
    SCREEN: "a first call: say what it is",
    ENGINEER: "you will work with it",
    RESEARCH: "say why, and where it fails",
}
SECONDS: Final = {SCREEN: 60, ENGINEER: 120, RESEARCH: 180}  # to think before one looks

THEMES: Final = {
    "expected_surprise": "Expected surprise",
    "floor": "Entropy plus KL",
    "directions": "Two directions of KL",
    "likelihood": "Likelihood",
    "why_log": "Why the logarithm",
    "perplexity": "Perplexity",
    "logits": "Logits and softmax",
    "one_hot": "One-hot labels",
    "two_classes": "Sigmoid and softmax",
    "multi_label": "Several labels",
    "gradient": "The gradient p − y",
    "hessian": "Convexity",
    "sigmoid_mse": "Squared error after a sigmoid",
    "brier": "The Brier score",
    "untrained": "The first loss",
    "range": "How large, how small",
    "stability": "Stable logits",
    "clipping": "Clipping",
    "code": "Code it",
    "libraries": "Loss functions of libraries",
    "language_models": "Loss of a language model",
    "smoothing": "Label smoothing",
    "focal": "Focal loss",
    "alpha_gamma": "α against γ",
    "weights": "Class weights",
    "noisy": "Noisy labels",
    "separable": "Separable data",
    "metrics": "Loss against metrics",
    "both_rise": "Loss and accuracy both rise",
    "temperature": "Temperature",
    "other_losses": "Hinge and squared error",
    "trees": "Splits of decision trees",
    "distillation": "Distillation",
    "contrastive": "Contrastive learning",
    "kl_in_training": "KL in VAEs and RLHF",
}

LOGITS: Final = np.array([1.0, 2.0, 0.0, -1.0])  # of cat, dog, fox and cow, as the lesson on softmax begins


class Question(NamedTuple):
    """One question of an interview.

    answer  Markdown, with formulas between dollars; it may hold Python code, between fences
    proof   the state of a lesson that shows the answer
    """

    id: str
    theme: str
    level: str
    asks: str
    answer: str
    proof: Proof


def num(value: SupportsFloat) -> str:
    """Return a number as text; where the unit is said elsewhere, or there is none."""
    return text(float(value))


def bits(value: SupportsFloat) -> str:
    """Return a value in nats as text in bits, with its unit."""
    return f"{num(Unit.BITS.of(float(value)))} bits"


def nats(value: SupportsFloat) -> str:
    """Return a value in nats as text, with its unit."""
    return f"{num(value)} nats"
