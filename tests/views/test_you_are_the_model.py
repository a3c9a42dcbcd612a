"""The pictures of you-are-the-model: what answers cost, and what is said of a round."""

import json
import math
import re
from urllib.parse import urlencode

import numpy as np
import pytest

from xent_ui.live import routes
from xent_ui.self_test.questions.facts import ROUND, drawn
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import text
from xent_ui.views.base import pictures
from xent_ui.views.you_are_the_model import (
    Answers,
    believe,
    cost,
    even_answers,
    just_seen,
    never_leaned,
    next_round,
    reliability,
    rescaled,
    result,
    stakes,
    summary,
    to_remember,
)

PAIR = (0.9, 0.2, 0.7, 0.5, 0.99, 0.01, 0.6, 0.6, 0.3, 0.8, 0.95, 0.1), (True, False, False) * 4
MIXED = Answers(*PAIR)
EVEN = Answers((0.5,) * ROUND, MIXED.truths)
ALWAYS_90 = Round(1, (0.9,) * ROUND).answers


def test_only_the_stakes_are_drawn_without_the_answers_of_a_session():
    needs = {name: picture.needs_data for name, picture in pictures("you_are_the_model").items()}
    assert needs == {"stakes": False, "cost": True, "result": True, "reliability": True, "rescaled": True}
    for name in ("cost", "result", "reliability", "rescaled"):
        with pytest.raises(routes.NoView) as refused:
            routes.view("you_are_the_model", name, "")
        assert refused.value.status == 404


@pytest.mark.parametrize("picture", [cost, result, reliability, rescaled], ids=lambda picture: picture.name)
@pytest.mark.parametrize("answers", [MIXED, EVEN, ALWAYS_90], ids=["mixed", "even", "always 90 %"])
def test_every_picture_can_be_sent_in_every_state(picture, answers, dark):
    states = [{}, *({key: value} for key, control in picture.controls.items() for value in control.every_value)]
    for values in states:
        view = picture(values, data=answers, dark=dark)
        json.dumps(view.figure.to_dict(), allow_nan=False)
        assert view.caption.endswith(".")
        assert view.figure.data
        assert "nan" not in view.caption


@pytest.mark.parametrize("share", believe.every_value)
def test_the_caption_has_the_costs_of_both_outcomes(share):
    p = share / 100
    if_true, if_false = -math.log2(p), -math.log2(1 - p)
    said = stakes({"believe": share}).caption
    assert f"If it is true, that costs {text(if_true)} bits; if it is false, {text(if_false)}." in said


def test_an_answer_costs_the_surprise_of_the_truth():
    right, wrong = Answers((0.75,), (True,)), Answers((0.75,), (False,))
    assert cost(data=right).caption == "You said 75 %. It is true: that costs 0.415 bits."  # log2(4/3) = 0.415
    assert cost(data=wrong).caption == "You said 75 %. It is false: that costs 2.00 bits."  # log2(4) = 2


def test_every_statement_is_answered_right_and_wrong():
    for number in range(1, 7):
        right = Round(number, tuple(0.99 if fact.true else 0.01 for fact in drawn(number))).answers
        wrong = Round(number, tuple(0.01 if fact.true else 0.99 for fact in drawn(number))).answers
        assert right.bits == pytest.approx(-math.log2(0.99))
        assert wrong.bits == pytest.approx(-math.log2(0.01))


def test_always_an_even_chance_costs_one_bit_per_answer():
    assert summary(EVEN) == "### 12.00 bits\nThat is as much as the 12 bits that always saying 50 % costs."
    assert reliability(data=EVEN).caption == "None of your answers leaned to a side."
    assert even_answers(EVEN) == "12 answers of 50 % lean to no side and are not counted here."
    assert rescaled(data=EVEN).caption.endswith("No T changes an answer of 50 %.")
    assert EVEN.costliest is None


def test_a_round_of_even_chances_is_told_what_it_means_and_what_to_try():
    even = Round(7, (0.5,) * ROUND).answers
    said = never_leaned(even)
    assert "So a round costs you 12 bits" in said
    assert "Of the 12 statements 6 are true, as in every round, so what you called 50 % came true in 50 %" in said
    for number in range(1, 201):
        assert sum(fact.true for fact in drawn(number)) == 6
    saved = [12 + k * math.log2(0.6) + (12 - k) * math.log2(0.4) for k in (6, 7, 8)]
    assert saved[0] < 0 < saved[1]
    assert "costs less than 12 bits as soon as 7 of your 12 sides are right" in said
    assert f"With 8 right you save {text(saved[2])} bits, and with 6 right you lose {text(-saved[0])}." in said


@pytest.mark.parametrize("number", range(1, 8))
@pytest.mark.parametrize("p", [0.01, 0.3, 0.49, 0.51, 0.52, 0.8, 0.99])
def test_the_total_and_the_difference_to_always_50_percent_add_up(number, p):
    said = summary(Round(number, (p,) * ROUND).answers)
    if p in (0.49, 0.51):  # six of twelve statements are true, and −6·log₂ 0.49 − 6·log₂ 0.51 = 12.002
        assert said.startswith("### 12.00 bits\nThat is about as much as the 12 bits")
        return
    parts = re.match(r"### ([\d.]+) bits\nThat is ([\d.]+) bits (less|more) than", said)
    assert parts
    total, difference, way = parts.groups()
    assert round(float(total) + float(difference) * (1 if way == "less" else -1), 2) == 12


def test_what_a_round_shows_is_true_of_it():
    said = just_seen(MIXED)
    most, total = -math.log2(0.01), sum(-math.log2(p if true else 1 - p) for p, true in zip(*PAIR, strict=True))
    assert f"Your most expensive answer is {100 * most / total:.0f} % of your cost." in said
    assert f"costs {text(-math.log2(0.99))} bits if it is right" in said
    assert f"it costs {text(-math.log2(0.01))} bits" in said
    # Where a side is right nine times in ten, the expected cost is least for an answer of 90 %.
    sides = np.linspace(0.01, 0.99, 99)
    assert sides[np.argmin(-0.9 * np.log2(sides) - 0.1 * np.log2(1 - sides))] == pytest.approx(0.9)


def test_what_to_remember_is_computed():
    said = " ".join(to_remember())
    assert 3 <= len(to_remember()) <= 5
    right, wrong = -math.log2(0.9), -math.log2(0.1)
    enough = (wrong - 1) / (wrong - right)
    assert enough * right + (1 - enough) * wrong == pytest.approx(1)
    assert f"90 % costs {text(right)} bits when it is right and {text(wrong)} when it is wrong" in said
    assert f"right more than {100 * enough:.0f} % of the time" in said
    assert "after 8 right answers of 10, the 95 % interval still reaches from 49 % to 94 %" in said


def test_one_answer_is_written_in_the_singular():
    assert even_answers(MIXED) == "1 answer of 50 % leans to no side and is not counted here."
    assert even_answers(ALWAYS_90) == ""
    one = Answers((0.5,) * 11 + (0.9,), (True,) * 12)
    assert "Of the 1 answer that leaned to a side, 1 leaned to the right one." in summary(one)
    assert reliability(data=one).caption.endswith("sure of your side on average, and it was right in 1 of 1 answer.")


def marks_of(answers):
    return [
        word
        for trace in result(data=answers).figure.data
        if trace.type == "scatter" and trace.text
        for word in trace.text
    ]


def test_an_even_chance_is_marked_neither_right_nor_wrong():
    marks = marks_of(MIXED)
    assert marks.count("✓") + marks.count("✗") == sum(p != 0.5 for p in MIXED.probs) == 11
    assert marks.count("✓") == int(MIXED.leaning[1].sum())
    assert not {"✓", "✗"} & set(marks_of(EVEN))


def test_more_confidence_costs_more_where_half_are_wrong():
    least = float(ALWAYS_90.mean_bits_at(ALWAYS_90.best_temperature))
    assert float(ALWAYS_90.mean_bits_at(0.2)) > ALWAYS_90.mean > least
    assert float(ALWAYS_90.mean_bits_at(1.0)) == pytest.approx(ALWAYS_90.mean)
    # At T = 0.2 each logit is five times as large, and the same side is the likelier one.
    z = 5 * math.log(9)
    true = sum(ALWAYS_90.truths)
    expected = (true * math.log2(1 + math.exp(-z)) + (ROUND - true) * math.log2(1 + math.exp(z))) / ROUND
    assert float(ALWAYS_90.mean_bits_at(0.2)) == pytest.approx(expected)


def test_the_best_temperature_is_said_in_words_where_it_lies_beyond_the_slider():
    right = Answers((0.8, 0.3, 0.5), (True, False, True))
    wrong = Answers((0.8, 0.3), (False, True))
    timid = Answers((0.51,) * 11 + (0.49,), (True,) * 12)
    barely = Answers((0.99,) * 12, (True,) * 7 + (False,) * 5)
    assert right.best_temperature == 0
    assert rescaled(data=right).caption.endswith("right, so a lower T always costs less.")
    assert np.all(np.diff(right.mean_bits_at(np.geomspace(0.05, 100, 50))) > 0)
    assert wrong.best_temperature == np.inf
    assert rescaled(data=wrong).caption.endswith("cost less than 50 % for every statement would have.")
    assert (wrong.mean_bits_at(np.geomspace(0.05, 100, 50)) > 1).all()
    # At the best T, 11 of 12 times the likelier side of 51 % gets 11/12, and 7 of 12 times that of 99 % gets 7/12.
    for answers, best in ((timid, math.log(51 / 49) / math.log(11)), (barely, math.log(99) / math.log(7 / 5))):
        assert answers.best_temperature == pytest.approx(best)
        assert rescaled(data=answers).caption.endswith(f"least at T = {text(best)}, beyond the slider.")
    assert ALWAYS_90.best_temperature == np.inf  # right six times of twelve
    nine = Answers((0.9,) * ROUND, (True,) * 9 + (False,) * 3)  # the odds 9 become 3, which is their square root
    assert rescaled(data=nine).caption.endswith("They would have cost least at T = 2.00.")


def test_error_bars_contain_the_frequencies_and_are_wide_for_few_answers():
    curve, low, high = ALWAYS_90.reliability()
    filled = curve.count > 0
    assert ((low <= curve.frequency) & (curve.frequency <= high))[filled].all()
    assert (high - low)[filled].min() > 0.3


def test_the_first_round_follows_the_last():
    assert next_round(1) == {"round": 2}
    assert next_round(1001) == {"round": 1}


def test_the_stakes_are_drawn_by_their_address():
    answered = json.loads(routes.view("you_are_the_model", "stakes", urlencode({"believe": "80"})))
    assert answered["caption"] == "You say 80 %. If it is true, that costs 0.322 bits; if it is false, 2.32."
    assert np.log2(5) == pytest.approx(2.32, abs=0.005)
