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
    "It has learned a story, and reads",
    {"on": "More", "german": "German", "itself": "Itself", YOURS: "Yours"},
    "on",
)
token_kind: Choice[Token] = Choice("token", "One token is", {"character": "a character", "word": "a word"}, "character")
order_read = Slider("order", "Looked at together", 1, 6, 3, 1)
smoothing_read = Steps("smooth", "Added to every count", SMOOTHINGS, 0.1)
place = Slider("at", "Where in the text, ‰", 0, 1000, 120, 1)
order_compared = Slider("look", "Looked at together, the order", 1, 8, 5, 1)
smoothing_compared = Steps("dust", "Added to every count", SMOOTHINGS, 0.1)
cost_of_a_character = Question(
    "perplexity",
    lambda: (
        "It sees the two characters before each one. How many bits does a character of the new text cost it? "
        f"(Blindly, among its {reading.asked().kinds} kinds: {text(reading.asked().blind)}.)"
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
        Task("three", "Make it hesitate among fewer than 3 characters on average."),
        Task("infinite", "Let one token cost infinitely much."),
        impossible(
            "below_one",
            "Bring the perplexity below 1.",
            because="No surprise is negative, so their mean is at least 0 bits, and 2⁰ = 1. A perplexity of 1 is a "
            "reader who is certain of every token and always right.",
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
        caption=f"{counted(n, token)}. Lock in a guess, or move a control, and see how surprising each is."
        if guess.hidden
        else f"{'Each of' if n > 1 else 'The'} {counted(n, 'token')} costs {text(mean)} bits on average: as much as "
        f"choosing among {text(perplexity)}. {quoted(visible_token(tokens[index]))} in the frame costs {text(bits)}: "
        f"its context was seen {counted(total, 'time')} in training, followed by this {counted(count, 'time')}.",
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
        Task("by_heart", "Learn by heart: at least 2.5 bits per token more on the other text than on its own."),
        Task("best", "Find the context and the smoothing that suit the other text best."),
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
        caption=f"Looking at {order} together, a token costs {text(learned_now)} bits in the text that was learned and "
        f"{text(new_now)} in the other: perplexities {text(reading.perplexity(learned_now))} and "
        f"{text(reading.perplexity(new_now))}.",
        solved={
            "by_heart": learned_now + 2.5 <= new_now < float("inf"),
            "best": new_now <= texts.fewest_bits(token, tuple(SMOOTHINGS)),
        },
        handles=[order_compared.handle("x")],
    )
