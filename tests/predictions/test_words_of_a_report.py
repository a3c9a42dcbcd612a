"""What a report says first, and the meaning of its numbers, in every kind of file."""

import numpy as np
import pytest

from tests.predictions.test_predictions_report import INF, multi_label, predicted
from xent_ui.experiments.prediction_scores import Report, sample
from xent_ui.predictions.predictions_report import counts, numbers, summary


def several(given, probs):
    return Report(multi_label(given, probs))


def number(report, name):
    return next(each for each in numbers(report) if each.name == name)


# Each log loss is a mean that a reader can check; ln 2 = 0.693, ln 3 = 1.10, ln 4 = 1.39.
@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            # Two of four rows cost ln 4 and two ln 1.25: their mean is 0.805, and one of the first two is not half.
            predicted([1, 0, 1, 0], [0.25, 0.75, 0.8, 0.2]),
            "The log loss of `x.csv` is **0.805 nats**; always saying the class shares costs only 0.693 nats, so the "
            "model is **worse than no model**: it costs 16\u202f% more. The worst 2 of the 4 rows make up 86\u202f% of "
            "the loss.",
        ),
        (
            # ln 1.25 in three rows and ln 4 in one: (3 · 0.223 + 1.386) / 4 = 0.514 = 74 % of 0.693.
            predicted([1, 0, 1, 0], [0.25, 0.2, 0.8, 0.2]),
            "The log loss of `x.csv` is **0.514 nats**; always saying the class shares costs 0.693 nats, so the model "
            "saves 26\u202f%. The worst of the 4 rows makes up 67\u202f% of the loss.",
        ),
        (
            predicted([1, 0, 1, 0], [0.8, 0.2, 0.8, 0.2]),
            "The log loss of `x.csv` is **0.223 nats**; always saying the class shares costs 0.693 nats, so the model "
            "saves 68\u202f%. Every row costs the same.",
        ),
        (
            predicted([1, 0, 1, 0], [0.5] * 4),
            "The log loss of `x.csv` is **0.693 nats**; always saying the class shares costs the same, so the model "
            "saves nothing. It gives every row the same probabilities.",
        ),
        (
            # −ln(0.502) and −ln(0.498) are 0.0000080 above ln 2 on average.
            predicted([1, 0], [0.502, 0.502]),
            "The log loss of `x.csv` is **0.6932 nats**; always saying the class shares costs only 0.6931 nats, so "
            "the model is **worse than no model**: it costs less than 1\u202f% more. It gives every row the same "
            "probabilities.",
        ),
        (
            # 9.21 / 0.693 = 13.3
            predicted([1, 0], [1e-4, 1 - 1e-4]),
            "The log loss of `x.csv` is **9.21 nats**; always saying the class shares costs only 0.693 nats, so the "
            "model is **worse than no model**: it costs 13 times as much. Every row costs the same.",
        ),
        (
            predicted([1, 0, 1, 1], [0, 0.5, 0.5, 0.5]),
            "The log loss of `x.csv` is **∞ nats**: 1 of 4 rows gave what was true a probability of 0. The other 3 "
            "average 0.693 nats; always saying the class shares costs 0.562 nats.",
        ),
        (
            predicted([1, 0], [0, 0.5]),
            "The log loss of `x.csv` is **∞ nats**: 1 of 2 rows gave what was true a probability of 0. The other row "
            "costs 0.693 nats; always saying the class shares costs 0.693 nats.",
        ),
        (
            predicted([0, 1], np.full((2, 2), -INF), scale="logits"),
            "The log loss of `x.csv` is **∞ nats**: every row gave what was true a probability of 0.",
        ),
        (
            predicted([0, 0], [[0.5, 0.5], [0.25, 0.75]], ("cat", "dog")),
            "The log loss of `x.csv` is **1.04 nats**; only `cat` occurs in the file, so always saying that would cost "
            "nothing. The worst of the 2 rows makes up 67\u202f% of the loss.",
        ),
        (
            predicted([1, 0], [1, 0]),
            "The log loss of `x.csv` is **0 nats**: every row gave what was true a probability of 1. If that is too "
            "good to be true, look whether the model was shown the answers.",
        ),
        (
            # −ln 0.999999 is 1.00 × 10⁻⁶, a millionth and a half of ln 2.
            predicted([1, 0], [1 - 1e-6, 1e-6]),
            "The log loss of `x.csv` is **1.00 × 10⁻⁶ nats**; always saying the class shares costs 0.693 nats, so the "
            "model saves over 99\u202f%. Every row costs the same.",
        ),
        (
            # The labels are given in 1/2 and 1/4 of four rows: (0.693 + 0.562) / 2 = 0.628. One prediction costs ln 5
            # and seven ln 1.25: 1.609 / (1.609 + 7 · 0.223) = 51 %.
            several([[1, 0], [0, 0], [1, 1], [0, 0]], [[0.8, 0.2], [0.2, 0.2], [0.8, 0.2], [0.2, 0.2]]),
            "The log loss of `x.csv` is **0.396 nats**; always saying the base rate of each label costs 0.628 nats, so "
            "the model saves 37\u202f%. The worst of the 8 predictions makes up 51\u202f% of the loss.",
        ),
        (
            several([[1, 0], [1, 0]], [[0.5, 0.25], [0.5, 0.25]]),
            "The log loss of `x.csv` is **0.490 nats**; every label is given in all rows or in none, so always saying "
            "that would cost nothing. It gives every row the same probability of each label.",
        ),
    ],
)
def test_the_first_sentence_says_what_is_worth_knowing(report, said):
    assert summary(report, "x.csv") == said


def test_the_sample_is_summed_up():
    assert summary(sample().report, "the sample") == (
        "The log loss of `the sample` is **0.686 nats**; always saying the class shares costs 1.06 nats, so the model "
        "saves 35\u202f%. The worst 35 of the 400 rows make up half of the loss."
    )


def test_a_name_has_no_markup_and_no_secret_letters():
    assert summary(predicted([1, 0], [1, 0]), "`**x**`\u202e.csv").startswith("The log loss of `'**x**'\\u202e.csv` is")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (sample().report, "400 rows, 3 classes"),
        (predicted([1, 0], [0.5, 0.5]), "2 rows, the probability of class 1"),
        (predicted([1, 0], [0.5, 0.5], ("cat", "dog")), "2 rows, the probability of `dog`"),
        (several([[1, 0, 1], [0, 1, 0]], np.full((2, 3), 0.5)), "6 predictions: 2 rows × 3 labels"),
    ],
)
def test_what_was_counted_is_said(report, said):
    assert counts(report) == said


def test_the_normalized_entropy_is_1_for_the_class_shares_and_undefined_for_one_class():
    assert number(predicted([0, 1, 2], np.full((3, 3), 1 / 3), "abc"), "Normalized entropy").value == "1.00"
    one = number(predicted([1, 1], [0.5, 0.25]), "Normalized entropy")
    assert one.value == "undefined"
    assert one.meaning == "only `1` occurs in the file, so there is no loss to divide by."
    assert number(predicted([1, 0], [0, 0.5]), "Normalized entropy").value == "∞"


def test_the_brier_score_says_over_what_it_is_summed():
    assert "summed over the 3 classes; 0 is best, and 2 is worst" in number(sample().report, "Brier score").meaning
    binary = number(predicted([1, 0], [0.5, 0.5], ("cat", "dog")), "Brier score")
    assert binary.value == "0.250"
    assert "between the probability of `dog` and what happened" in binary.meaning
    assert "always saying 50\u202f% scores 0.25" in binary.meaning


def test_accuracy_and_ece_have_their_units():
    report = sample().report
    assert number(report, "Accuracy").value == "73\u202f%"
    assert number(report, "ECE").value == "13.9\u202f% ± 2.0\u202f%"
    assert number(report, "ECE").meaning.endswith(
        "A perfectly calibrated model with the same confidences would show about 3.0\u202f% by chance."
    )


def test_an_ece_that_chance_explains_is_no_sign_of_miscalibration():
    rng = np.random.default_rng(0)
    probs = rng.random(200)
    calibrated = predicted((rng.random(200) < probs).astype(int), probs)
    assert calibrated.calibration.error < calibrated.calibration.by_chance
    assert number(calibrated, "ECE").meaning.endswith("by chance, so this is no sign of miscalibration.")
    # Equal probabilities that all come true have no spread at all.
    sure = number(predicted([1] * 30, [0.9] * 30), "ECE")
    assert sure.value == "10.0\u202f% ± 0\u202f%"
    assert "no sign" not in sure.meaning
