"""The page of the lesson on scoring rules: what happens while a rule is typed."""

from tests.pages.helpers import open_lesson, says


def move(page):
    """Move a slider by hand, so that the picture shows its answer."""
    page.slider(key="b1").set_value(50).run()


def test_what_cannot_be_read_gets_a_sentence_and_the_last_picture_stays():
    page = open_lesson("why_log", rule="your own", f="1 - q")
    move(page)
    shown = "reporting 100 %, 0 %, 0 % for A, B, C costs only 0.444."  # 1 - 50/90
    assert says(page, shown)
    for broken in ("1 - ", "log(q - 0.5)", "q" * 81, "9**9**9**9", "\x00", "__import__('os')"):
        page.text_input(key="f").set_value(broken).run()
        assert not page.exception
        assert page.warning, broken
        assert says(page, shown), broken
    page.text_input(key="f").set_value("-log(q)").run()
    assert not page.warning
    assert says(page, "Honesty pays")


def test_an_address_with_a_broken_rule_shows_the_default_and_says_why():
    page = open_lesson("why_log", rule="your own", f="2p")
    assert "Character 2" in page.warning[0].value
    assert "f(q) &= -\\ln" in page.latex[0].value
