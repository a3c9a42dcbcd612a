"""The questions on the lesson The family of losses."""

from typing import Final

import numpy as np

from xent_core import absolute_error, best_constant, squared_error
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text

HOUSES: Final = (2.0, 2.4, 3.0, 3.4)  # in hundred thousand dollars, as in the lesson
CASTLES: Final = [castle / 10 for castle in range(45, 121) if castle != 100]  # the lesson asks about a castle for 10


def _best_price(rng: np.random.Generator) -> Draft:
    castle = float(rng.choice(CASTLES))
    prices = [*HOUSES, castle]
    return Draft(
        asks="Four houses sold for 2, 2.4, 3 and 3.4 hundred thousand dollars, and a castle for "
        f"{exact_text(castle)}. Which one price for all five, in hundred thousand dollars, has the lowest mean squared "
        "error?",
        answer=best_constant(squared_error, prices),
        because="The best constant under squared error is the mean of the five prices.",
        wrong=(
            Wrong(
                best_constant(absolute_error, prices),
                "That is the median, the best constant under absolute error. Squared error has the mean.",
            ),
            Wrong(float(np.mean(HOUSES)), "That is the mean of the four houses. The castle counts, too."),
            Wrong((HOUSES[0] + castle) / 2, "That is halfway between the lowest and the highest price."),
            Wrong(float(np.sum(prices)), "That is the sum of the prices. Divide it by their number, 5."),
            Wrong(float(np.sum(prices)) / 4, "You divided the sum of five prices by 4."),
        ),
        page="loss_family",
        values={"castle": exact_text(castle)},
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "beyond_the_margin",
        "An example has a margin of 3. How do hinge loss and log loss pull its score?",
        right="Hinge loss no longer pulls, and log loss pulls a little.",
        because="Hinge loss is 0 from a margin of 1 on. Log loss is above 0 at every margin and still falls.",
        wrong={
            "Neither pulls, because the answer is right.": "That holds for hinge loss beyond a margin of 1. Log loss "
            "has a slope at every margin, however right the answer is.",
            "Hinge loss pulls the score back to a margin of 1.": "Beyond a margin of 1 hinge loss is flat. It asks for "
            "nothing more, and it does not pull the score back.",
            "Both pull equally hard, in opposite directions.": "Neither loss ever rises with the margin, so neither "
            "pulls the score back.",
        },
    ),
    Pick(
        "bins",
        "Prices are cut into bins and predicted with cross-entropy. What does this loss not take into account?",
        right="How far a wrong bin is from the right one",
        because="It looks only at the probability of the right bin. Where the rest of the probability lies, near or "
        "far, makes no difference to it.",
        wrong={
            "How much probability the right bin has": "That is the one thing that it looks at: its value is minus the "
            "logarithm of this probability.",
            "That the probabilities of all bins add up to 1": "They do, by softmax, and so a bin that gains takes "
            "from the others.",
            "Whether the favored bin is the right one": "It does, through the probability: with 70 % on one bin, the "
            "loss is much lower if that is the right one.",
        },
    ),
    Compute("best_price", Kind("The best price", "other_losses", SCREEN, _best_price)),
)
