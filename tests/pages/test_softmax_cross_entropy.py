"""What the page of the lesson on softmax cross-entropy adds to its pictures."""

from tests.pages.helpers import is_solved, open_lesson, says


def test_prose_has_the_loss_of_equal_logits():
    assert says(open_lesson("softmax_cross_entropy"), "For 1,000 classes, ln K is 6.91 nats.")


def test_the_impossible_is_solved_by_saying_so():
    page = open_lesson("softmax_cross_entropy", shift=10)
    words = "At temperature 1, change at least one probability"
    assert not is_solved(page, words)
    page.button(key="impossible_softmax_cross_entropy_shift").click().run()
    assert is_solved(page, words)
