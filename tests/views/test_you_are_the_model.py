"""The pictures of you-are-the-model: what answers cost, and what is said of a round."""

import json
import math
from urllib.parse import urlencode

import numpy as np
import pytest

from xent_ui.live import routes
from xent_ui.self_test.questions.facts import FACTS, ROUND, drawn
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import text
from xent_ui.views.base import pictures
from xent_ui.views.you_are_the_model import (
    Answers,
    believe,
    bill,
    cost,
    even_answers,
    next_round,
    reliability,
    rescaled,
    stakes,
    summary,
)

MIXED = Answers((0.9, 0.2, 0.7, 0.5, 0.99, 0.01, 0.6, 0.6, 0.3, 0.8, 0.95, 0.1), (True, False, False) * 4)
EVEN = Answers((0.5,) * ROUND, MIXED.truths)
ALWAYS_90 = Round(1, (0.9,) * ROUND).answers


def test_only_the_stakes_are_drawn_without_the_answers_of_a_session():
    needs = {name: picture.needs_data for name, picture in pictures("you_are_the_model").items()}
    assert needs == {"stakes": False, "cost": True, "bill": True, "reliability": True, "rescaled": True}
    for name in ("cost", "bill", "reliability", "rescaled"):
        with pytest.raises(routes.NoView) as refused:
            routes.view("you_are_the_model", name, "")
        assert refused.value.status == 404


@pytest.mark.parametrize("picture", [cost, bill, reliability, rescaled], ids=lambda picture: picture.name)
@pytest.mark.parametrize("answers", [MIXED, EVEN, ALWAYS_90], ids=["mixed", "even", "always 90 %"])
def test_every_picture_can_be_sent_in_every_state(picture, answers, dark):
    states = [{}, *({key: value} for key, control in picture.controls.items() for value in control.every_value)]
    for values in states:
        view = picture(values, data=answers, dark=dark)
        json.dumps(view.figure.to_dict(), allow_nan=False)
        assert view.caption.endswith(".")
        assert view.figure.data
        assert "nan" not in view.caption


@pytest.mark.parametrize("p", believe.every_value)
def test_the_caption_has_the_costs_of_both_outcomes(p):
    if_true, if_false = -math.log2(p), -math.log2(1 - p)
    said = stakes({"believe": p}).caption
    assert f"If it is true, that costs {text(if_true)} bits; if it is false, {text(if_false)}." in said


def test_an_answer_costs_the_surprise_of_the_truth():
    right, wrong = Answers((0.75,), (True,)), Answers((0.75,), (False,))
    assert cost(data=right).caption == "You said 75 %. It is true: that costs 0.415 bits."  # log2(4/3) = 0.415
    assert cost(data=wrong).caption == "You said 75 %. It is false: that costs 2.00 bits."  # log2(4) = 2


def test_every_statement_is_answered_right_and_wrong():
    for number in range(1, 7):
        right = Round(number, tuple(0.99 if fact.true else 0.01 for fact in drawn(number))).answers
        wrong = Round(number, tuple(0.01 if fact.true else 0.99 for fact in drawn(number))).answers
        assert right.bits == pytest.approx(-math.log2(0.99))
        assert wrong.bits == pytest.approx(-math.log2(0.01))
    assert len(FACTS) == 6 * ROUND


def test_always_an_even_chance_costs_one_bit_per_answer():
    assert summary(EVEN).startswith("### 12.0 bits\n1.00 per answer, as much as the 12 bits of always saying 50 %.")
    assert "leaned" not in summary(EVEN)
    assert reliability(data=EVEN).caption == "You leaned to no side at all."
    assert even_answers(EVEN) == "12 of your answers were an even chance, which leans to no side."


def test_one_answer_is_written_in_the_singular():
    assert even_answers(MIXED) == "1 of your answers was an even chance, which leans to no side."
    assert even_answers(ALWAYS_90) == ""
    one = Answers((0.5,) * 11 + (0.9,), (True,) * 12)
    assert "Of 1 time that you leaned to a side, it was right 1 time." in summary(one)
    assert reliability(data=one).caption == "You were 90 % sure of your side on average, and right 1 time of 1."


def marks_of(answers):
    return [
        word
        for trace in bill(data=answers).figure.data
        if trace.type == "scatter" and trace.text
        for word in trace.text
    ]


def test_an_even_chance_is_marked_neither_right_nor_wrong():
    marks = marks_of(MIXED)
    assert marks.count("✓") + marks.count("✗") == sum(p != 0.5 for p in MIXED.probs) == 11
    assert marks.count("✓") == int(MIXED.leaning[1].sum())
    assert not {"✓", "✗"} & set(marks_of(EVEN))


def test_bolder_costs_more_where_one_is_wrong():
    least = float(ALWAYS_90.mean_bits_at(ALWAYS_90.best_temperature))
    assert float(ALWAYS_90.mean_bits_at(0.2)) > ALWAYS_90.mean > least
    assert float(ALWAYS_90.mean_bits_at(1.0)) == pytest.approx(ALWAYS_90.mean)
    # At T = 0.2 each logit is five times as large, and the same side is the likelier one.
    z = 5 * math.log(9)
    true = sum(ALWAYS_90.truths)
    expected = (true * math.log2(1 + math.exp(-z)) + (ROUND - true) * math.log2(1 + math.exp(z))) / ROUND
    assert float(ALWAYS_90.mean_bits_at(0.2)) == pytest.approx(expected)


def test_the_best_temperature_is_said_in_words_where_it_lies_beyond_the_slider():
    right = Answers((0.8, 0.3), (True, False))
    wrong = Answers((0.8, 0.3), (False, True))
    assert rescaled(data=right).caption.endswith("Best would have been the boldest possible.")
    assert rescaled(data=wrong).caption.endswith("Best would have been an even chance for everything.")
    assert "Best would have been T = " in rescaled(data=ALWAYS_90).caption


def test_error_bars_contain_the_frequencies_and_are_wide_for_few_answers():
    curve, low, high = ALWAYS_90.reliability()
    filled = curve.count > 0
    assert ((low <= curve.frequency) & (curve.frequency <= high))[filled].all()
    assert (high - low)[filled].min() > 0.3


def test_the_first_round_follows_the_last():
    assert next_round(1) == {"round": 2}
    assert next_round(999) == {"round": 1}


def test_the_stakes_are_drawn_by_their_address():
    answered = json.loads(routes.view("you_are_the_model", "stakes", urlencode({"believe": "0.8"})))
    assert answered["caption"] == "You say 80 %. If it is true, that costs 0.322 bits; if it is false, 2.32."
    assert np.log2(5) == pytest.approx(2.32, abs=0.005)
