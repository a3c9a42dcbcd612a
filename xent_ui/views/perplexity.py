"""The pictures of the lesson on perplexity."""

from typing import Final

import numpy as np

from xent_core.language import Token
from xent_ui.controls.declarations import Choice, Slider, Steps
from xent_ui.experiments import reading
from xent_ui.experiments.reading import Reading, Texts
from xent_ui.figures import perplexity as figures
from xent_ui.figures.perplexity import visible_token
from xent_ui.formulas import perplexity as formulas
from xent_ui.style.numbers import counted, exact_text, text
from xent_ui.style.words import quoted
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, written
from xent_ui.views.question import Guess, Question, Task, impossible

YOURS: Final = "yours"
SMOOTHINGS: Final = {s: exact_text(s) for s in (0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0)}

what_is_read = Choice(
    "read",
    "It has learned a story and reads",
    {"on": "More", "german": "German", "itself": "Itself", YOURS: "Yours"},
    "on",
)
token_kind: Choice[Token] = Choice("token", "One token is", {"character": "a character", "word": "a word"}, "character")
order_read = Slider("order", "Order of the model", 1, 6, 3, 1)
smoothing_read = Steps("smooth", "Smoothing, added to every count", SMOOTHINGS, 0.1)
# The smoothing of the question is left out, so that the second picture never shows the answer to an open guess.
SMOOTHINGS_COMPARED: Final = {s: name for s, name in SMOOTHINGS.items() if s != reading.ASKED[3]}

place = Slider("at", "Place in the text, in thousandths", 0, 1000, 120, 1)
order_compared = Slider("look", "Order of the model", 1, 8, 5, 1)
smoothing_compared = Steps("dust", "Smoothing, added to every count", SMOOTHINGS_COMPARED, 0.001)
cost_of_a_character = Question(
    "perplexity",
    lambda: (
        "It has learned a story and reads the next part, with two characters of context. How many bits does a "
        "character "
        f"cost it on average? (If all {reading.asked().kinds} characters were equally likely: "
        f"{text(reading.asked().blind)} bits.)"
    ),
    answer=lambda: reading.asked().bits,
    low=0.0,
    high=8.0,
    step=0.1,
    unit=" bits",
)


def _texts(name: str, data: Texts | None) -> Texts:
    """Return the texts of the session, or the built-in ones if there are none."""
    return reading.sample(name) if data is None else data


def _code(read: Reading, index: int) -> Code:
    """Return the code of the surprise of one token, in bits, and of the slope of the mean in its probability."""
    p, n = read.probability(index), len(read.bits)
    value, slope = np.asarray(read.bits[index]), np.asarray(read.slope(index))
    numpy = [
        "from xent_core import Unit, surprise",
        "",
        f"value, grad = surprise({written(p)})",
        f"value, grad = Unit.BITS.of(value), Unit.BITS.of(grad) / {n}  # the slope of the mean over all tokens",
        f"print(value, grad)  # {value:.6g}, {slope:.6g}",
    ]
    torch = [
        "import math",
        "",
        "import torch",
        "",
        f"p = torch.tensor({written(p)}, dtype=torch.float64, requires_grad=True)",
        "value = -p.log() / math.log(2)",
        f"(value / {n}).backward()  # the slope of the mean over all tokens",
        "print(value, p.grad)",
    ]
    return Code("\n".join(numpy), "\n".join(torch), value, slope)


@view(
    session_only={what_is_read.key: [YOURS]},
    read=what_is_read,
    token=token_kind,
    order=order_read,
    smoothing=smoothing_read,
    permille=place,
    guess=cost_of_a_character,
    tasks=[
        Task("three", "With characters as tokens, bring the perplexity below 3."),
        Task("infinite", "Make the perplexity of the text infinite."),
        impossible(
            "below_one",
            "Bring the perplexity below 1.",
            because="No surprise is negative, so their mean is at least 0 bits, and 2⁰ = 1. A model with a perplexity "
            "of 1 is certain of every token, and always right.",
        ),
    ],
)
def token_by_token(
    read: str, token: Token, order: int, smoothing: float, permille: int, guess: Guess, data: Texts | None = None
) -> View:
    """A text as tiles, each filled in proportion to the surprise of its token.

    data  the texts of the session, instead of the built-in ones
    """
    now = _texts(read, data).reading(token, order, smoothing)
    index = now.token_at(permille)
    n, tokens, bits = len(now.bits), now.scored.tokens, float(now.bits[index])
    mean, perplexity = now.scored.bits_per_token, now.scored.perplexity
    count, total = int(now.counts.count[index]), int(now.counts.total[index])
    is_asked = data is None and (read, token, order, smoothing) == reading.ASKED
    return View(
        figures.read_text(
            tokens,
            now.bits,
            now.stretches,
            at=index,
            mean=mean,
            perplexity=perplexity,
            guess=guess.at(300) if guess.hidden or is_asked else None,
        ),
        caption=f"The text has {counted(n, token)}. How surprising each of them is shows once you have made a guess."
        if guess.hidden
        else f"The {counted(n, 'token')} {'cost' if n > 1 else 'costs'} {text(mean)} "
        f"bits{' each on average' * (n > 1)}, a perplexity of {text(perplexity)}. "
        f"{quoted(visible_token(tokens[index]))} in the frame costs {text(bits)} bits: in training, its context "
        f"occurred {counted(total, 'time')} and was followed by it {counted(count, 'time')}.",
        formula=formulas.token(
            count,
            total,
            smoothing,
            len(now.model.vocabulary),
            n,
            bits=bits,
            grad=now.slope(index),
            mean=mean,
            perplexity=perplexity,
            hide_mean=guess.hidden,
        ),
        solved={
            "three": token == "character" and perplexity < 3,
            "infinite": mean == float("inf"),
            "below_one": perplexity < 1,
        },
        handles=[place.handle("x")],
        code=_code(now, index),
    )


@view(
    session_only={what_is_read.key: [YOURS]},
    read=what_is_read,
    token=token_kind,
    order=order_compared,
    smoothing=smoothing_compared,
    tasks=[
        Task("by_heart", "Make a token of the other text cost at least 2.5 bits more than one of the learned text."),
        Task("best", "Find the order and the smoothing with the fewest bits per token on the other text."),
    ],
)
def by_order(read: str, token: Token, order: int, smoothing: float, data: Texts | None = None) -> View:
    """The bits per token at each order, for the text that was learned and for the other one.

    data  the texts of the session, instead of the built-in ones
    """
    texts = _texts(read, data)
    learned, new = texts.by_order(token, smoothing)
    learned_now, new_now = learned[order - 1], new[order - 1]
    return View(
        figures.learned_and_new(reading.ORDERS, learned, new, at=order, largest=6.0 if token == "character" else 12.0),
        caption=f"With order {order}, a token costs {text(learned_now)} bits in the learned text, a perplexity of "
        f"{text(reading.perplexity(learned_now))}, and {text(new_now)} bits in the other text, a perplexity of "
        f"{text(reading.perplexity(new_now))}.",
        solved={
            "by_heart": learned_now + 2.5 <= new_now < float("inf"),
            "best": new_now
            <= texts.fewest_bits(token, tuple(SMOOTHINGS_COMPARED)) + 0.005,  # bits are shown to two decimals
        },
        handles=[order_compared.handle("x")],
    )
