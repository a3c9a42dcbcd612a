"""Perplexity: how surprised a small language model is by a text, token by token."""

import streamlit as st

from xent_core import fit_language_model, surprise
from xent_core.language import NGramModel
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.perplexity import old_and_new, read_text, shown
from xent_ui.formulas.perplexity import token as token_formula
from xent_ui.live import show as live
from xent_ui.predictions.csv_table import quoted
from xent_ui.style.numbers import exact_text, text
from xent_ui.views import reading, texts

READS = {"on": "More", "german": "German", "itself": "Itself", "yours": "Yours"}
ADDED = {s: exact_text(s) for s in (0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0)}
what = controls.Choice("read", "It has learned a story, and reads", READS, "on")
token_kind = controls.Choice("token", "One token is", {"character": "a character", "word": "a word"}, "character")
order_control = controls.Slider("order", "Looked at together", 1, 6, 3, 1)
smoothing_control = controls.Steps("smooth", "Added to every count", ADDED, 0.1)
place = controls.Slider("at", "Where in the text, ‰", 0, 1000, 120, 1)
look_at = controls.Slider("look", "Looked at together, the order", 1, 8, 5, 1)
dust = controls.Steps("dust", "Added to every count", ADDED, 0.1)
NAMES = {"character": "characters", "word": "words"}

lessons.begin(__file__)


@live.picture
def reads() -> None:
    """The text as tiles, each as full as its token was surprising."""
    sample, kind = what(), token_kind()
    texts.paste(what.key)
    order, smoothing = controls.side_by_side(order_control, smoothing_control)
    asked = reading.asked()
    guess = checks.predict(
        f"It sees the two characters before each one. How many bits does a character of the new text cost it? "
        f"(Blindly, among its {asked.kinds} kinds: {text(asked.blind)}.)",
        answer=asked.bits,
        low=0.0,
        high=8.0,
        step=0.1,
        unit=" bits",
    )
    both = texts.chosen(sample)
    page = reading.read(both, kind, order, smoothing)
    at = page.token_at(place())
    tokens, bits, mean, hesitates = page.reading.tokens, page.bits, page.reading.bits_per_token, page.reading.perplexity
    count, total = int(page.evidence.count[at]), int(page.evidence.total[at])
    live.show(
        read_text(
            tokens,
            bits,
            page.strip,
            at=at,
            mean=mean,
            perplexity=hesitates,
            guess=guess.at(30) if (sample, kind, order, smoothing) == reading.ASKED else None,
        ),
        says=f"{len(tokens):,} {NAMES[kind]}. Lock in a guess, or move a control, and see how surprising each is."
        if guess.hidden
        else f"Each of {len(tokens):,} tokens costs {text(mean)} bits on average: as much as choosing among "
        f"{text(hesitates)}. {quoted(shown(tokens[at]))} in the frame costs {text(float(bits[at]))}: what came before "
        f"was learned {total:,} ×, and {count:,} × this came next.",
        handle=place.handle("x"),
        tall=True,
    )
    live.formula(
        token_formula(
            count,
            total,
            smoothing,
            len(page.model.vocabulary),
            len(tokens),
            bits=float(bits[at]),
            grad=page.slope(at),
            mean=mean,
            perplexity=hesitates,
            hide=guess.hidden,
        )
    )
    checks.challenge(
        "Make it hesitate among fewer than 3 characters on average.",
        name="three",
        solved=kind == "character" and hesitates < 3,
    )
    checks.challenge("Let one token cost infinitely much.", name="infinite", solved=mean == float("inf"))
    checks.impossible(
        "Bring the perplexity below 1.",
        solved=hesitates < 1,
        name="below_one",
        because="No surprise is negative, so their mean is at least 0 bits, and 2⁰ = 1. A perplexity of 1 is a reader "
        "who is certain of every token and always right.",
    )
    sharing.state(surprise, page.prob(at), torch=sharing.torch_backward("-p.log()", p=page.prob(at)))


reads()
st.markdown(
    "The model has counted which token follows which in a story. A full tile is a token it hardly expected: watch how "
    "the first letters of words are dear and their ends are cheap. Perplexity is 2 to the mean number of bits: "
    "the number of equally likely tokens among which it might as well have drawn."
)

st.header("What is learned by heart")


@live.picture
def by_order() -> None:
    """The same model with more and more context, on the text it has learned from and on the other."""
    order, added = look_at(), dust()
    both, kind = texts.chosen(what.shared()), token_kind.shared()
    old, new = reading.by_order(both, kind, added)
    here, there = old[order - 1], new[order - 1]
    live.show(
        old_and_new(reading.ORDERS, old, new, at=order, top=6.0 if kind == "character" else 12.0),
        says=f"Looking at {order} together, a token costs {text(here)} bits in the text that was learned and "
        f"{text(there)} in the other: perplexities {text(reading.perplexity(here))} and "
        f"{text(reading.perplexity(there))}.",
        handle=look_at.handle("x"),
    )
    checks.challenge(
        "Learn by heart: at least 2.5 bits dearer on the other text than on its own.",
        name="by_heart",
        solved=there >= here + 2.5 and there < float("inf"),
    )
    checks.challenge(
        "Find the context and the smoothing that suit the other text best.",
        name="best",
        solved=there <= reading.least(both, kind, tuple(ADDED)),
    )


by_order()
st.markdown(
    "With next to nothing added, more context always helps on the text that was learned: every step was seen before. On "
    "another text most long contexts have never been met, and the model is left with what was added to the counts. "
    "That is why a model is tested on a text it has not seen."
)

left, right = st.columns(2)
with left:
    checks.misconception(
        "The more context, the better the model.",
        name="context",
        shows={"look": 8},
        because="Only as far as there is text to learn it from. With eight characters together the story is known by "
        "heart, and its own continuation is dearer than with three.",
    )
with right:
    checks.misconception(
        "The model with the lower perplexity is the better one.",
        name="lower",
        shows={"token": "word"},
        because="Only per the same token, on the same text. This model hesitates among 5 characters but among 58 "
        "words: a word is several characters, and its perplexity counts them all at once.",
    )
st.subheader("So what")
st.markdown(
    "The training loss of a language model is this cross-entropy, in nats a token; e to it is the perplexity that "
    "papers report. Before you compare two of them, ask: per which token, on which text, and had the model seen it?"
)
sharing.code(NGramModel, fit_language_model)
lessons.end(__file__)
