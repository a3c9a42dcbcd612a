"""The numeric practice of the interview, on its page."""

import pytest

from tests.pages.helpers import open_lesson, says
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style.numbers import text


def numeric(kind, n, **more):
    return open_lesson("interview", mode="With numbers", kind=KINDS[kind].name, number=n, **more)


def check(page):
    page.button[0].click().run()
    assert not page.exception
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_right_and_wrong_choices_are_marked_and_explained(kind):
    now = problem(KINDS[kind], 3)
    for i, choice in enumerate(now.choices):
        page = numeric(kind, 3, reply="choosing")
        assert page.radio[0].options == [now.shown(choice) for choice in now.choices]
        page.radio[0].set_value(choice)
        right, because = now.mark(choice)
        assert says(check(page), because), i
        assert says(page, "**Right.**" if right else "**Not yet.**")
        if i == 1:
            break


def test_typed_answers_are_read_as_people_mean_them():
    now = problem(KINDS["untrained"], 1)
    k = now.proof.values["of"]
    rounded = f"{now.answer:.3f}"
    for typed in (f"ln {k}", rounded, rounded.replace(".", ","), f"-ln(1/{k})", f"{now.answer}e0"):
        page = numeric("untrained", 1)
        page.text_input[0].set_value(typed)
        assert says(check(page), f"Read as {text(now.answer)} nats"), typed
        assert says(page, "Right at the first try: 1 of 1.")


@pytest.mark.parametrize("typed", ["", "NaN", "inf", "9" * 100_000, "<script>alert(1)</script>", "🙂", "1,2,3"])
def test_an_answer_that_is_no_number_is_refused_with_a_sentence(typed):
    page = numeric("surprise", 1)
    page.text_input[0].set_value(typed)
    check(page)
    assert page.warning[0].value.endswith(".")
    assert len(page.warning[0].value) < 160


def test_another_number_is_another_problem_and_a_link_is_the_same_for_all():
    page = open_lesson("interview", mode="With numbers")
    first = page.subheader[0].value
    page.button(key="another").click().run()
    assert page.subheader[0].value != first
    assert open_lesson("interview", mode="With numbers", number=2).subheader[0].value == page.subheader[0].value


@pytest.mark.parametrize("bad", ["nan", "0", "-3", "2.5", "9" * 400, "<script>", "١"])
def test_an_invalid_number_opens_the_first_problem(bad):
    assert open_lesson("interview", mode="With numbers", number=bad).number_input[0].value == 1
