import time

import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import fit_language_model
from xent_ui.experiments import reading
from xent_ui.experiments.texts import MORE, STORY

NAME = "perplexity"


def pasted(text, button="paste_read", **address):
    page = open_lesson(NAME, **address)
    page.text_area(key="pasted").set_value(text)
    page.button(key=button).click().run()
    assert not page.exception, page.exception[0].message
    return page


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        NAME,
        {
            "Make it hesitate among fewer than 3 characters": {"read": "Itself", "order": 5, "smooth": "0.01"},
            "Let one token cost infinitely much.": {"smooth": "0"},
            "Learn by heart": {"look": 8, "dust": "0.01"},
            "Find the context and the smoothing that suit the other text best.": {"look": 3, "dust": "0.03"},
        },
    )


def test_a_perplexity_below_1_is_seen_through():
    page = open_lesson(NAME, read="Itself", order=6, smooth="0")
    assert not is_solved(page, "Bring the perplexity below 1.")
    page.toggle(key=f"forbidden_{NAME}_below_one").set_value(True).run()
    assert is_solved(page, "Bring the perplexity below 1.")


def test_what_the_cards_say_is_so():
    # "its own continuation is dearer than with three"
    bits = {order: fit_language_model(STORY, order=order, smoothing=0.1).score(MORE).bits_per_token for order in (3, 8)}
    assert bits[8] > bits[3]
    # "With next to nothing added, more context always helps on the text that was learned"
    models = (fit_language_model(STORY, order=order, smoothing=0.001) for order in reading.ORDERS)
    learned = [model.score(STORY).bits_per_token for model in models]
    assert learned == sorted(learned, reverse=True)
    # "This model hesitates among 5 characters but among 58 words"
    for kind, among in (("character", 5), ("word", 58)):
        assert round(fit_language_model(STORY, order=3, token=kind, smoothing=0.1).score(MORE).perplexity) == among
    assert says(open_lesson(NAME, token="a word"), "as much as choosing among 57.7")


def test_the_guess_is_about_the_state_that_is_shown_first():
    page = open_lesson(NAME)
    assert not says(page, "tokens costs")
    assert reading.asked().bits == pytest.approx(2.326, abs=1e-3)
    locked = open_lesson(NAME, **{f"lock_{NAME}": "true"})
    assert says(locked, "it is **2.33 bits**")
    assert says(locked, "Each of 489 tokens costs 2.33 bits on average: as much as choosing among 5.01.")


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
@pytest.mark.parametrize("kind", ["a character", "a word"])
def test_any_text_can_be_read_and_learned(text, kind):
    page = pasted(text, token=kind, **{f"lock_{NAME}": "true"})
    assert says(page, "tokens costs")
    page.text_area(key="pasted").set_value(text)
    page.button(key="paste_learn").click().run()
    assert not page.exception
    for at in (0, 500, 1000):
        page.slider(key="at").set_value(at).run()
        assert not page.exception


def test_blanks_are_no_text_and_change_nothing():
    page = pasted(" \n\t ", **{f"lock_{NAME}": "true"})
    assert says(page, "tokens costs 2.33 bits")


def test_a_megabyte_is_read_and_leaves_the_box():
    text = "the fox and the cat, 🙂 and the river. " * 27_000
    assert len(text.encode()) > 10**6
    start = time.perf_counter()
    page = pasted(text)
    assert page.text_area(key="pasted").value == ""
    assert says(page, "Each of 1,000,000 tokens")
    page.select_slider(key="smooth").set_value(1.0).run()
    assert not page.exception
    assert time.perf_counter() - start < 30


def test_what_one_learner_pastes_no_other_reads():
    pasted("zzz zzz")
    assert says(open_lesson(NAME), "489 characters")
    assert says(open_lesson(NAME, read="Yours"), "Paste a text first")


def test_the_story_is_learned_again():
    page = pasted("abc", "paste_learn", smooth="1", **{f"lock_{NAME}": "true"})
    other = [c.value for c in page.caption if "tokens costs" in c.value]
    page.button(key="paste_forget").click().run()
    assert [c.value for c in page.caption if "tokens costs" in c.value] != other
