"""Pasting a text on the page of perplexity."""

from tests.pages.helpers import open_lesson, says

NAME = "perplexity"


def pasted(text, button="paste_read", **address):
    page = open_lesson(NAME, **address)
    page.text_area(key="pasted").set_value(text)
    page.button(key=button).click().run()
    assert not page.exception, page.exception[0].message
    return page


def captions(page):
    return [element.value for element in page.caption]


def test_a_pasted_text_is_read_and_a_built_in_one_again():
    page = pasted("abc cab")
    assert says(page, "The 7 tokens cost")
    page.segmented_control(key="read").set_value("german").run()
    assert not page.exception
    assert says(page, "The 251 tokens cost")
    page.segmented_control(key="read").set_value("yours").run()
    assert says(page, "The 7 tokens cost")
    page.slider(key="order").set_value(1).run()
    assert not page.exception


def test_pasting_only_blanks_changes_nothing():
    assert says(pasted(" \n\t ", shown="1"), "tokens cost 2.33 bits")


def test_a_text_after_a_million_blanks_is_read_and_learned():
    for button in ("paste_read", "paste_learn"):
        assert says(pasted(" " * 1_000_001 + "a b", button, token="a word"), "token")


def test_a_megabyte_is_read_and_leaves_the_box():
    text = "the fox and the cat, 🙂 and the river. " * 27_000
    assert len(text.encode()) > 10**6
    page = pasted(text)
    assert page.text_area(key="pasted").value == ""
    assert says(page, "The 1,000,000 tokens")
    page.select_slider(key="smooth").set_value(1.0).run()
    assert not page.exception


def test_a_pasted_text_is_seen_by_no_other_learner():
    mine = pasted("zzz zzz")
    assert says(mine, "The 7 tokens")
    other = open_lesson(NAME, read="Yours")
    assert says(other, "489 characters")
    assert says(other, "Paste a text first")
    assert says(open_lesson(NAME), "489 characters")


def test_the_story_is_learned_again():
    before = captions(open_lesson(NAME, smooth="1", shown="1"))
    page = pasted("abc", "paste_learn", smooth="1", shown="1")
    assert captions(page) != before
    page.button(key="paste_forget").click().run()
    assert captions(page) == before
