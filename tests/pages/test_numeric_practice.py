"""The numeric practice of the interview, on its page."""

import math

import pytest

from tests.pages.helpers import open_lesson, says, sent
from xent_core import Unit
from xent_ui.self_test.numeric_practice import STRIDE
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style.numbers import text


def numeric(kind, n, **more):
    return open_lesson("interview", way="With numbers", kind=KINDS[kind].name, number=n, **more)


def check(page):
    page.button[0].click().run()
    assert not page.exception
    return page


def answer(page, typed):
    page.text_input[0].set_value(typed)
    return check(page)


def tells_solution(page, now):
    return says(page, f"The answer is {now.shown(now.answer)}.") or says(page, now.because) or bool(proofs(page))


def proofs(page):
    return [each["address"] for each in sent(page, "address")]


@pytest.mark.parametrize("kind", KINDS)
def test_choices_are_marked_and_only_the_right_one_brings_the_solution(kind):
    now = problem(KINDS[kind], 3)
    wrong = next(choice for choice in now.choices if choice != now.answer)
    page = numeric(kind, 3, reply="choosing")
    assert page.radio[0].options == [now.shown(choice) for choice in now.choices]
    page.radio[0].set_value(wrong)
    assert says(check(page), f"**Not yet.** {now.mark(wrong)[1]}")
    assert not tells_solution(page, now)
    page.radio[0].set_value(now.answer)
    assert says(check(page), f"**Right.** The answer is {now.shown(now.answer)}. {now.because}")
    assert proofs(page) == ([now.proof.address] if now.proof else [])
    assert says(page, "Right at the first try: 0 of 1.")


def test_typed_answers_are_read_as_people_mean_them():
    now = problem(KINDS["bce"], 1)
    assert now.asks.startswith("A model says that a mail is spam with a probability of 9 %. The mail is not spam.")
    nats = -math.log(1 - 0.09)
    formula = "−ln(1 − 9 %)" if now.unit is Unit.NATS else "-log2(1 - 9 %)"
    rounded = text(now.answer)
    for typed in (rounded, rounded.replace(".", ","), f"about {rounded}", f"{nats} nats", formula):
        page = answer(numeric("bce", 1), typed)
        assert says(page, f"Read as {now.shown(now.answer)}."), typed
        assert says(page, "Right at the first try: 1 of 1.")


@pytest.mark.parametrize(
    "typed", ["", "NaN", "inf", "9" * 100_000, "<script>alert(1)</script>", "🙂", "1,2,3", "ln 1/2"]
)
def test_an_answer_that_is_no_number_is_refused_with_a_sentence_and_is_no_try(typed):
    now = problem(KINDS["surprise"], 1)
    page = answer(numeric("surprise", 1), typed)
    assert page.warning[0].value.endswith(".")
    assert len(page.warning[0].value) < 160
    assert not says(page, "Not yet.")
    assert not says(page, "Right at the first try")
    assert not tells_solution(page, now)
    answer(page, str(now.answer))
    assert not page.warning
    assert says(page, "Right at the first try: 1 of 1.")


def test_no_choice_is_no_try():
    page = check(numeric("surprise", 1, reply="choosing"))
    assert page.warning[0].value == "Choose one of the answers first."
    assert not says(page, "Right at the first try")


def test_a_wrong_answer_may_be_mended_and_the_first_try_counts():
    now = problem(KINDS["focal"], 2)
    page = answer(numeric("focal", 2), "1000")
    assert says(page, "**Not yet.** Read as 1000 nats. This answer matches no common mistake. It is far too large.")
    assert not tells_solution(page, now)
    assert says(page, "Right at the first try: 0 of 1.")
    answer(page, str(now.answer))
    assert says(page, "**Right.**")
    assert tells_solution(page, now)
    assert says(page, "Right at the first try: 0 of 1.")


@pytest.mark.parametrize("tried", [False, True])
def test_the_solution_is_shown_on_request_and_then_no_answer_is_a_first_try(tried):
    now = problem(KINDS["kl"], 4)
    page = answer(numeric("kl", 4), "77") if tried else numeric("kl", 4)
    page.button(key="solution_kl_4").click().run()
    assert says(page, f"**Solution.** The answer is {now.shown(now.answer)}. {now.because}")
    assert proofs(page) == [now.proof.address]
    answer(page, str(now.answer))
    assert says(page, "**Right.**")
    assert not says(page, "**Solution.**")
    assert says(page, "Right at the first try: 0 of 1.")


def test_how_exact_an_answer_must_be_is_said():
    assert says(numeric("kl", 1), "An answer within 1 % is right, so keep three digits.")


def test_all_kinds_come_when_all_are_practiced():
    assert math.gcd(STRIDE, len(KINDS)) == 1


def test_another_number_is_another_problem_and_a_link_is_the_same_for_all():
    page = open_lesson("interview", way="With numbers")
    first = page.header[0].value
    page.button(key="another").click().run()
    assert page.header[0].value != first
    assert open_lesson("interview", way="With numbers", number=2).header[0].value == page.header[0].value


@pytest.mark.parametrize("bad", ["nan", "0", "-3", "2.5", "9" * 400, "<script>", "١"])
def test_an_invalid_number_opens_the_first_problem(bad):
    assert open_lesson("interview", way="With numbers", number=bad).number_input[0].value == 1
