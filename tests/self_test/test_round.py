"""A round: asked, answered, reviewed."""

import json

import pytest

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


def test_a_round_survives_json_in_every_state():
    now = Round(5)
    for _ in range(ROUND):
        for _ in range(2):
            assert Round.from_json(5, json.loads(json.dumps(now.to_json()))) == now
            now = now.reviewed() if now.reviewing else now.answered(0.07)
    assert now.finished
    assert Round.from_json(5, now.to_json()) == now


PLAYED = Round(5, (0.7, 0.3), reviewing=True).to_json()


def test_what_a_round_is_changed_from_can_be_read():
    assert Round.from_json(5, PLAYED) == Round(5, (0.7, 0.3), reviewing=True)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        "x",
        3,
        {},
        {"probs": [0.7, 0.3]},
        PLAYED | {"probs": [0.7]},
        PLAYED | {"probs": [0.7, 0.3, 0.5]},
        PLAYED | {"probs": [0.7, 0.0]},
        PLAYED | {"probs": [0.7, 1]},
        PLAYED | {"probs": [0.7, -1]},
        PLAYED | {"probs": [0.7, 10**400]},
        PLAYED | {"probs": [0.7, float("nan")]},
        PLAYED | {"probs": [0.7, True]},
        PLAYED | {"probs": [0.7, "0.3"]},
        PLAYED | {"probs": [0.7, None]},
        PLAYED | {"probs": "0.7"},
        PLAYED | {"probs": {"0": 0.7, "1": 0.3}},
        PLAYED | {"asked": None},
        PLAYED | {"asked": PLAYED["asked"][::-1]},
        PLAYED | {"asked": [fact.id for fact in drawn(6)[:2]]},
        PLAYED | {"reviewing": 1},
        PLAYED | {"reviewing": None},
        {"asked": [], "probs": [], "reviewing": True},
        {"asked": [fact.id for fact in drawn(5)] * 2, "probs": [0.7] * 24, "reviewing": False},
    ],
)
def test_what_is_no_state_of_a_round_begins_it_anew(kept):
    assert Round.from_json(5, kept) == Round(5)
