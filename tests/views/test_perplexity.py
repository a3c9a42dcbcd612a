"""The pictures of the lesson on perplexity: what solves their tasks, and what the page says about them."""

import itertools
import json
import math

import numpy as np
import pytest

from tests.views.helpers import check, run, torch_is_here, walk
from xent_core import fit_language_model
from xent_ui.experiments import reading
from xent_ui.experiments.reading import Texts
from xent_ui.experiments.texts import MORE, STORY
from xent_ui.live import routes
from xent_ui.views.perplexity import by_order, smoothing_compared, token_by_token

ODD_TEXTS = [
    "🙂🙃👩‍👩‍👧‍👦 ❤️",
    "שלום עולם, מה שלומך?",
    "مرحبا بالعالم",
    "a\x00b\x07c\x1b[31m\u202ed\u200be\ufeff",
    "$x$ <b>`:red[y]`</b>",
    ".",
    "e\u0301\u0301\u0301" * 20,
    "word" * 5000,
    "\u2028\u2029x",
    "中文字" * 30,
]


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (token_by_token, {"read": "itself", "order": 5, "smooth": 0.01}, "three"),
        (token_by_token, {"smooth": 0.0}, "infinite"),
        (by_order, {"look": 8, "dust": 0.01}, "by_heart"),
        (by_order, {"look": 3, "dust": 0.03}, "best"),  # 2.201 bits
        (by_order, {"look": 4, "dust": 0.01}, "best"),  # 2.198 bits
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values, shown=True).solved[task]


def test_a_perplexity_of_1_is_the_least():
    certain = token_by_token({"read": "itself", "order": 6, "smooth": 0.0}, shown=True)
    assert not certain.solved["below_one"]
    model = fit_language_model("aaaa", order=1, smoothing=0)
    assert model.score("aaaa").perplexity == 1


def test_what_the_cards_say_is_true():
    # "At order 8 … 0.22 bits per character, but the next part costs it 3.59 … At order 3 that part costs 2.43."
    learned, new = reading.sample("on").by_order("character", 0.001)
    assert [round(bits, 2) for bits in (learned[7], new[7], new[2])] == [0.22, 3.59, 2.43]
    # "With almost no smoothing, a longer context always helps on the text that was learned"
    assert learned == sorted(learned, reverse=True)
    # "more than ten times the perplexity"
    for token, among in (("character", 5), ("word", 58)):
        assert round(fit_language_model(STORY, order=3, token=token, smoothing=0.1).score(MORE).perplexity) == among
    assert "a perplexity of 57.7" in token_by_token({"token": "word"}, shown=True).caption


def test_the_first_letter_of_a_word_costs_more_than_the_letters_after_it():
    for order, smoothing in itertools.product(range(1, 7), (0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0)):
        read = reading.sample("on").reading("character", order, smoothing)
        letters = [
            (before.isalpha(), bits)
            for before, each, bits in zip(read.scored.tokens, read.scored.tokens[1:], read.bits[1:], strict=False)
            if each.isalpha()
        ]
        assert np.mean([bits for inside, bits in letters if not inside]) > np.mean(
            [bits for inside, bits in letters if inside]
        )


def test_the_other_picture_does_not_show_what_the_question_asks():
    assert reading.ASKED[3] not in smoothing_compared.options  # so no link can set it either
    for order, dust in itertools.product(range(1, 9), smoothing_compared.options):
        view = by_order({"look": order, "dust": dust})
        assert "2.33" not in json.dumps(view.figure.to_dict()) + view.caption


def test_half_of_the_contexts_of_7_characters_are_new():
    model = fit_language_model(STORY, order=8)
    new = model.look_up_counts(MORE).total == 0
    assert new.mean() == pytest.approx(0.5, abs=0.01)
    smoothed = np.asarray(reading.sample("on").reading("character", 6, 0.3).bits)
    never = reading.sample("on").reading("character", 6, 0.3).counts.total == 0
    assert never.any()
    assert np.ptp(smoothed[never]) == pytest.approx(0, abs=1e-9)


def test_the_question_is_about_the_state_that_is_shown_first():
    assert "costs" not in token_by_token().caption
    assert reading.asked().bits == pytest.approx(2.326, abs=1e-3)
    locked = token_by_token({"guess_perplexity": 3.0}, locked=True)
    assert "The 489 tokens cost 2.33 bits each on average, a perplexity of 5.02." in locked.caption
    assert "your guess" in json.dumps(locked.figure.to_dict())


def test_a_locked_guess_is_not_compared_with_another_state():
    values = {"guess_perplexity": 3.0}
    for view in (
        token_by_token(values | {"order": 2}, locked=True),
        token_by_token(values, locked=True, data=Texts("another text", MORE)),
    ):
        assert "your guess" not in json.dumps(view.figure.to_dict())


def test_a_link_to_another_state_does_not_show_the_surprise():
    hidden = token_by_token({"read": "german"})
    assert hidden.caption.startswith("The text has 251 characters.")
    assert "perplexity" not in json.dumps(hidden.figure.to_dict())
    assert "perplexity" not in hidden.formula


@pytest.mark.parametrize("picture", [token_by_token, by_order], ids=lambda picture: picture.name)
def test_a_pasted_text_is_drawn_only_where_the_session_gives_it(picture):
    assert picture.needs_session(picture.settle({"read": "yours"}))
    assert not picture.needs_session(picture.settle({}))
    with pytest.raises(routes.NoView) as refused:
        routes.view("perplexity", picture.name, "read=Yours")
    assert refused.value.status == 404
    assert "only a learner's session knows" in str(refused.value)
    assert picture({"read": "yours"}, data=Texts("abcabc", "abc"), shown=True).caption


def test_counts_of_pasted_texts_are_kept_by_their_own_object_alone():
    before = reading.sample.cache_info().currsize
    mine = Texts("the fox and the cat", "the river")
    assert mine.reading("character", 3, 0.1).counts is mine.reading("character", 3, 0.5).counts
    assert (
        mine.reading("character", 3, 0.1).counts
        is not Texts(mine.learned, mine.read).reading("character", 3, 0.1).counts
    )
    assert reading.sample.cache_info().currsize == before


@pytest.mark.parametrize("token", ["character", "word"])
@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_can_be_read_and_learned(odd, token):
    for texts in (Texts(STORY, odd), Texts(odd, MORE), Texts(odd, odd)):
        for permille in (0, 500, 1000):
            check(token_by_token({"token": token, "at": permille}, shown=True, data=texts))
        check(by_order({"token": token}, data=texts))


def test_one_token_is_written_in_the_singular():
    one = token_by_token({"smooth": 1.0}, shown=True, data=Texts("ab", "a"))
    # Order 3: the story "ab" begins with a once, so (1 + 1) / (1 + 1 · (2 + 1)) = 1/2.
    assert one.caption == (
        "The 1 token costs 1.00 bits, a perplexity of 2.00. `a` in the frame costs 1.00 bits: "
        "in training, its context occurred 1 time and was followed by it 1 time."
    )
    assert token_by_token(data=Texts("ab", "a")).caption.startswith("The text has 1 character. ")
    assert token_by_token({"token": "word"}, data=Texts("ab", "a")).caption.startswith("The text has 1 word. ")


def test_the_code_prints_the_bits_of_the_token_in_the_frame_and_the_slope_of_the_formula():
    view = token_by_token(shown=True)
    shown = float(view.caption.partition("in the frame costs ")[2].partition(" bits")[0])  # 0.271 bits, not 0.188 nats
    left = run(view.code.numpy)
    assert float(left["value"]) == pytest.approx(shown, abs=5e-4)
    p = 2 ** -float(left["value"])
    assert float(left["grad"]) == pytest.approx(-1 / (489 * p * math.log(2)))
    if torch_is_here:
        ours = run(view.code.torch)
        assert ours["value"].item() == pytest.approx(float(left["value"]))
        assert ours["p"].grad.item() == pytest.approx(float(left["grad"]))


def test_dragging_to_the_middle_of_the_axis_goes_to_the_middle_of_the_text():
    view = token_by_token(shown=True)
    (handle,) = view.handles
    assert view.figure.layout.xaxis.range == (handle.low, handle.high)  # the axis once ended at a tenth of the control
    middle = token_by_token({"at": 500}, shown=True)
    ring = next(trace for trace in middle.figure.data if trace.marker.size == 17)
    assert ring.x[0] == pytest.approx(500, abs=1)


@pytest.mark.parametrize("picture", [token_by_token, by_order], ids=lambda picture: picture.name)
def test_no_formula_or_caption_shows_a_negative_zero(picture):
    for values in walk(picture, most=50):
        view = picture(values, shown=True)
        assert "-0}" not in view.formula
        assert "−0 " not in view.caption


def test_long_texts_are_cut_and_stretches_average_all_tokens():
    texts = Texts("ab" * 200_000, "ab" * 600_000)
    assert (len(texts.learned), len(texts.read)) == (200_000, 1_000_000)
    read = Texts(STORY, MORE).reading("character", 1, 0.1)
    assert len(read.stretches) == 60
    assert np.mean(read.stretches) == pytest.approx(read.bits.mean(), rel=0.01)  # stretches differ by one token
