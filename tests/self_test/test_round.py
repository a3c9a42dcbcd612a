"""A round: asked, answered, reviewed."""

from xent_ui.self_test.questions.facts import ROUND, drawn
from xent_ui.self_test.round import Round


def test_each_statement_is_asked_then_reviewed():
    now = Round(5)
    for place, fact in enumerate(drawn(5), 1):
        assert (now.place, now.fact) == (place, fact)
        now = now.answered(0.7)
        assert now.reviewing
        assert (now.place, now.fact) == (place, fact)
        assert now.facts[-1] == fact
        assert not now.finished
        now = now.reviewed()
    assert now.finished
    assert now.answers.probs == (0.7,) * ROUND
    assert now.answers.truths == tuple(fact.true for fact in drawn(5))
