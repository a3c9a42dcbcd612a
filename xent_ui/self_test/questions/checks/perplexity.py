"""The questions on the lesson Perplexity."""

from typing import Final

import numpy as np

from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import text


def _mean_of_two(rng: np.random.Generator) -> Draft:
    few, many = sorted(int(k) for k in rng.choice(np.arange(2, 200), 2, replace=False))
    bits = (np.log2(few) + np.log2(many)) / 2
    value = float(2**bits)
    return Draft(
        asks=f"A model reads two tokens. It gives the first a probability of 1/{few} and the second one of 1/{many}. "
        "What is its perplexity on them?",
        answer=value,
        because=f"They cost {text(float(np.log2(few)))} and {text(float(np.log2(many)))} bits, "
        f"{text(float(bits))} on average, and the perplexity is 2 to that mean.",
        wrong=(
            Wrong((few + many) / 2, "You averaged the numbers of choices. It is the bits that are averaged."),
            Wrong(float(few * many), "That is the perplexity of both tokens taken as one. It is counted per token."),
            Wrong(float(bits), "That is the mean number of bits. The perplexity is 2 to that number."),
            Wrong(1 / value, "That is the geometric mean of the probabilities. The perplexity is 1 divided by it."),
            Wrong(float(np.exp(bits)), "You took e to the number of bits. With bits the base is 2, with nats it is e."),
        ),
    )


CHECKS: Final[tuple[Check, ...]] = (
    Compute("two_tokens", Kind("Perplexity of two tokens", "perplexity", ENGINEER, _mean_of_two)),
    Pick(
        "half_a_bit",
        "A change to a model lowers its loss from 3 to 2 bits per token. What happens to its perplexity?",
        right="It falls from 8 to 4.",
        because="The perplexity is 2 to the number of bits: 2³ = 8 and 2² = 4. Each bit halves it.",
        wrong={
            "It falls from 3 to 2.": "That is the loss itself. The perplexity is 2 to the number of bits.",
            "It falls from 20.1 to 7.39.": "Those are e³ and e². With a loss in bits the base is 2.",
            "It falls to two thirds.": "The loss falls to two thirds. The perplexity is exponential in the loss.",
        },
    ),
    Pick(
        "tokens",
        "Model A has a perplexity of 500 per word, model B one of 4 per character, on the same text. Which predicts "
        "better?",
        right="That depends on how many characters a word has on average.",
        because="At 4 characters per word, spaces included, B has a perplexity of 4⁴ = 256 per word, and B predicts "
        "better. At 5 it has 4⁵ = 1,024, and A predicts better.",
        wrong={
            "B, because 4 is less than 500.": "The two numbers count different things: choices per character and per "
            "word.",
            "A, because words are harder to predict than characters.": "One word is harder to predict than one "
            "character, but B has to predict several characters for each word.",
            "B, because its loss of 2 bits is less than A's of 9.": "B pays its 2 bits for each character, and so "
            "several times in each word.",
        },
    ),
)
