"""Perplexity: how surprised a small language model is by a text, token by token."""

from xent_core import fit_language_model
from xent_core.language import NGramModel
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.pasted_text import choose_texts
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.perplexity import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.perplexity import by_order, token_by_token

with frame.opening(
    __file__,
    "A language model has read “the fox sat on a st” and gives every character a probability of coming next. The one "
    "that comes has a surprise. **A language model's training loss is cross-entropy per token, the mean surprise; "
    "perplexity is its exponential.** A token is what the model reads at a "
    "time: a character, a word or a part of a word. A perplexity of 8, or 3 bits, is the uncertainty of choosing "
    "among 8 equally likely tokens.",
    SYMBOLS,
    do="Make your guess, then drag the frame through the text and see which characters were hard to predict.",
):
    texts = choose_texts()
    show(
        token_by_token,
        tasks,
        rows=[("order", "smooth")],
        data=texts,
        saw=linked(
            "The model has only counted, in a story, which token follows which. The fuller a tile, the less the model "
            "expected its token: in the next part of the story, the first letter of a word costs more bits on average "
            "than the letters after it. A model of order 3 predicts a token from the 2 before it, so its context "
            "length is 2; because it counts groups of 3 tokens, it is called an n-gram model with n = 3."
        ),
    )

prose(
    "The formula shows how a probability comes about: how often this token followed this context, divided by how often "
    "the context occurred. Smoothing adds a little to every count, so that nothing is impossible. The 1 in the "
    "denominator stands for all tokens that the story does not have, which share one entry. With words as tokens, a "
    "punctuation mark is a token, too."
)

frame.section("A text learned by heart")
prose(
    "How well does the model predict the text that it has learned, and how well another one? Drag the order, which is "
    "the context length plus 1, and compare the two curves."
)
show(
    by_order,
    tasks,
    data=texts,
    saw=linked(
        "With almost no smoothing, a longer context always helps on the text that was learned, because every step "
        "there has been seen before. In another text many long contexts are new: in the next part of the story, half "
        "of those of 7 characters. After a new context the model gives all tokens the same probability, or 0 if "
        "nothing is smoothed. That is why a model is tested on held-out data."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "The longer the context, the better the model.",
        name="context",
        shows={"look": 8, "dust": 0.001},
        because="A longer context helps only as far as there is enough text to learn it from. At order 8, with a "
        "smoothing of 0.001, this model knows its story nearly by heart, at 0.22 bits per character, but the next part "
        "costs it 3.59 bits per character. At order 3 that part costs 2.43.",
    )
with right:
    misconception(
        "The model with the lower perplexity is the better one.",
        name="lower",
        shows={"token": "word"},
        because="Only with the same tokens and on the same text. The same story gives a model of characters and one of "
        "words. At order 3, with a smoothing of 0.1, the second has more than ten times the perplexity of the first on "
        "the next part, because a word is several "
        "characters at once. Even that flatters it: all words that the story does not have share one entry, so it "
        "never has to spell them.",
    )

remember(
    "A language model is trained with cross-entropy: the mean surprise of the token that came, per token.",
    "Perplexity is the exponential of that loss: 2 to the number of bits, or e to the number of nats.",
    "A perplexity of K means as uncertain as a choice among K equally likely tokens; 1 is the least.",
    "Perplexities compare only for the same tokens, on the same text, which no model has learned from.",
)
check_yourself(__file__)
show_source(NGramModel, fit_language_model)
frame.end(
    __file__,
    "You have scored a model of ours. In the next lesson you score one of yours: bring its probabilities as a file.",
)
