"""The questions on the lesson Cross-entropy and squared error."""

from typing import Final

import numpy as np

from xent_core import sigmoid, sigmoid_squared_error
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text, text


def _slope_of_squared_error(rng: np.random.Generator) -> Draft:
    z, y = float(rng.integers(-40, 41)) / 10, int(rng.integers(2))
    p, slope = float(sigmoid(z)), float(sigmoid_squared_error(z, y).grad)
    return Draft(
        asks=f"A model has the logit z = {exact_text(z)}, so p = {text(p, 4)}, and the label is y = {y}. What is the "
        "slope of squared error (p − y)² in z?",
        answer=slope,
        because="It is 2(p − y) · p(1 − p): the slope of the square times the slope of the sigmoid.",
        wrong=(
            Wrong(p - y, "That is the slope of cross-entropy. Squared error has 2(p − y), times a factor."),
            Wrong(2 * (p - y), "That is the slope in p. In z, multiply it by p(1 − p), the slope of the sigmoid."),
            Wrong(slope / 2, "The factor 2 of the square is missing."),
            Wrong(-slope, "The sign is wrong: for y = 1 the slope is negative, and for y = 0 it is positive."),
            Wrong(y - p, "That is minus the slope of cross-entropy. Squared error has 2(p − y), times a factor."),
        ),
        page="ce_vs_mse",
        values={"z": f"{z:g}", "y": f"y = {y}", "wrt": "z"},
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "slow",
        "Why does squared error after a sigmoid learn slowly from a confident mistake?",
        right="Because the slope of the sigmoid, p(1 − p), is almost 0 there.",
        because="The sigmoid saturates: p hardly changes when z does, so the gradient in z is tiny.",
        wrong={
            "Because (p − y)² is almost 0 where the model is confidently wrong.": "It is almost 1 there, its largest "
            "value. The loss is large, and yet its slope in z is small.",
            "Because squared error is not a proper score of probabilities.": "It is proper, and is known as the Brier "
            "score. Being proper says nothing about how fast training goes.",
            "Because p − y is almost 0 where the model is confidently wrong.": "p − y is almost 1 in size there. That "
            "is why cross-entropy learns fast from such a mistake.",
        },
    ),
    Pick(
        "convex",
        "Which of these is true of a linear model with a sigmoid?",
        right="Cross-entropy is convex in its weights; squared error is not.",
        because="Cross-entropy is convex in the logits, and the logits are linear in the weights.",
        wrong={
            "Squared error is convex in its weights; cross-entropy is not.": "A square is convex in p, but the sigmoid "
            "comes first. In the weights it leaves flat shelves, so the surface is no bowl.",
            "Both losses are convex in its weights, but one is flatter.": "A chord of squared error can lie below its "
            "surface: try it in the picture with the two panels.",
            "Neither loss is convex in its weights, because of the sigmoid.": "For cross-entropy the logarithm undoes "
            "what the sigmoid bends: the slope p − y only rises with z.",
        },
    ),
    Compute("slope", Kind("Slope of squared error", "sigmoid_mse", ENGINEER, _slope_of_squared_error)),
)
