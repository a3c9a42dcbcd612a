"""The numbers that the guides quote are those of the pictures and of xent_core."""

import re

import numpy as np
import pytest

from tests.teaching.test_guides import texts
from xent_core import (
    Unit,
    best_constant,
    binary_cross_entropy,
    entropy,
    expected_code_length,
    huffman_code,
    one_hot,
    smooth_labels,
    softmax,
    squared_error,
    surprise,
)
from xent_core.calibration import wilson_interval
from xent_core.sampling import likelihood
from xent_core.scoring import expected_loss
from xent_ui.course.examples import printed
from xent_ui.experiments.prediction_scores import sample
from xent_ui.style.numbers import text
from xent_ui.teaching.guide import guide
from xent_ui.views import calibration, label_smoothing, why_log
from xent_ui.views.base import pictures

NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞")
MOVED = {f"f{i}": "0.51" for i in range(1, 5)} | {"f5": "0.001"}
SURER = {"f1": "0.999", "f2": "0.999", "f3": "0.999", "f4": "0.49", "f5": "0.49"}
EIGHT = {"outcomes": "8", "m1": "100"} | {f"m{i}": "1" for i in range(2, 9)}

# What a guide says, the picture whose caption has the numbers of it, and the values of its controls.
TOLD = [
    ("surprise", "95 %, which is 0.0740 bits", "one_event", {"p": "0.95"}),
    ("surprise", "random seed 4 the mean surprise is then 1.10 bits", "long_run", {"n": "20", "seed": "4"}),
    ("surprise", "entropy is 0.469", "long_run", {"n": "20", "seed": "4"}),
    ("surprise", "after 500 flips it is still 0.583", "long_run", {"n": "500", "seed": "4"}),
    ("entropy", "1.75", "source", {}),
    ("entropy", "0.999 bits", "source", {"m1": "100"}),
    ("entropy", "0.532 bits", "source", EIGHT),
    ("entropy", "1.00", "blocks", {}),
    ("entropy", "0.780", "blocks", {"block": "2"}),
    ("entropy", "0.732, where the entropy is 0.722", "blocks", {"block": "8"}),
    ("entropy", "0.95 is 0.286 bits", "blocks", {"common": "0.95"}),
    ("cross_entropy", "2.20 bits", "cost", {}),
    ("cross_entropy", "become 1.00", "cost", {"p1": "95", "p2": "5", "q1": "50", "q2": "50"}),
    ("cross_entropy", "1.32 bits", "cost", {"q1": "80", "q2": "20"}),
    ("cross_entropy", "0.469 bits", "same_input", {"said": "0.9"}),
    ("cross_entropy", "0.566 bits", "wrong_code", {"drift": "80"}),
    ("cross_entropy", "KL(q‖p) = 0.730 bits", "one_hump", {"center": "-2", "width": "0.7"}),
    ("cross_entropy", "KL(p‖q) = 8.46 bits", "one_hump", {"center": "-2", "width": "0.7"}),
    ("cross_entropy", "KL(p‖q) = 0.603 bits", "one_hump", {"center": "-0.4", "width": "2.1"}),
    ("why_log", "honesty costs 0.540 and saying 100 % for A costs 0.400", "honesty", {"rule": "linear"}),
    ("why_log", "47 % for A", "honesty", {"rule": "your own", "f": "1/q"}),
    ("why_log", "67 %, 33 % and 0 %", "honesty", {}),
    ("binary_cross_entropy", "14.4 in bits", "one_mail", {"y": "y = 0"}),
    ("binary_cross_entropy", "10.0 in nats", "one_mail", {"y": "y = 0", "unit": "nats"}),
    ("binary_cross_entropy", "right answer of 90 % still costs 0.152 bits", "one_mail", {}),
    ("binary_cross_entropy", "98 % is not enough, with 5.64 bits", "one_mail", {"y": "y = 0", "spam": "0.98"}),
    ("binary_cross_entropy", "At 2.1 the sigmoid says 89.1 %", "from_logit", {"score": "2.1"}),
    ("binary_cross_entropy", "at 2.3 it says 90.9 %", "from_logit", {"score": "2.3"}),
    ("binary_cross_entropy", "p is 99.9955 %", "from_logit", {"score": "10"}),
    ("binary_cross_entropy", "0.834", "batch", {}),
    ("binary_cross_entropy", "0.272 bits", "batch", {"mail4": "0.3"}),
    ("binary_cross_entropy", "exact loss 16.5 nats", "clipping", {"deep": "-16.5"}),
    ("binary_cross_entropy", "clipped loss 16.1 nats with slope 0", "clipping", {"deep": "-16.5"}),
    ("likelihood", "43.9 % as likely", "one_series", {}),
    ("likelihood", "19.3 %", "one_series", {"came": "14", "missed": "6"}),
    ("likelihood", "0.881 bits per flip", "one_series", {"theta": "0.7"}),
    ("likelihood", "at 1,070 the likelihood is still 7.91 × 10⁻³²³", "long_series", {"series": "1070"}),
    ("softmax_cross_entropy", "0.9926", "one_example", {"z1": "5", "z2": "-1", "z3": "-1"}),
    ("softmax_cross_entropy", "1.39 nats", "one_example", {"z1": "0", "z2": "0", "z4": "0"}),
    ("softmax_cross_entropy", "0.9933", "all_at_once", {"temperature": "0.2"}),
    ("softmax_cross_entropy", "has 0.269", "all_at_once", {"temperature": "20"}),
    ("softmax_cross_entropy", "still has 0.289", "all_at_once", {"temperature": "10"}),
    ("softmax_cross_entropy", "2.05 nats", "formats", {"ahead": "5"}),
    ("softmax_cross_entropy", "gives the right class 0.9939", "formats", {"ahead": "12", "doubt": "0.3"}),
    ("softmax_cross_entropy", "3.60 nats there and 0.00612", "formats", {"ahead": "12", "doubt": "0.3"}),
    ("ce_vs_mse", "−0.7", "slopes", {"z": "-0.7"}),
    ("ce_vs_mse", "−0.668", "slopes", {"z": "-0.7"}),
    ("ce_vs_mse", "−0.998", "slopes", {}),
    ("ce_vs_mse", "−2.00 at z = −6", "slopes", {"wrt": "p"}),
    ("ce_vs_mse", "slope of −0.296", "slopes", {"z": "-0.7"}),
    ("ce_vs_mse", "squared error is at 97.4304 % after 20 steps", "race", {"eta": "20", "step": "20"}),
    ("ce_vs_mse", "2.88 %", "race", {"eta": "10", "step": "20"}),
    ("ce_vs_mse", "at 0.466 and the chord at 0.422", "chord", {"surface": "squared error", "w2": "-6"}),
    ("class_weights", "1:100 without weights the precision is 66.80 %", "where_the_line_is", {}),
    ("class_weights", "9.64 %", "where_the_line_is", {}),
    ("class_weights", "97.7 % with 2.3 %", "where_the_line_is", {"scheme": "inverse", "gap": "4"}),
    ("class_weights", "at 1.00, and 84.1 %", "where_the_line_is", {"scheme": "inverse", "imbalance": "1:1,000"}),
    ("class_weights", "2.16: 43.8 %", "where_the_line_is", {"threshold": "0.01", "imbalance": "1:1,000"}),
    ("class_weights", "1.6 % of the healthy", "where_the_line_is", {"threshold": "0.01", "imbalance": "1:1,000"}),
    ("class_weights", "line lies at 1.01", "where_the_line_is", {"threshold": "0.01"}),
    ("class_weights", "costs 1.25 nats", "what_it_says", {"says": "0.5"}),
    ("class_weights", "honest 10 % would cost 2.17", "what_it_says", {"says": "0.1"}),
    ("focal_loss", "pulls with 0.00290", "one_example", {}),
    ("focal_loss", "pulls with 0.900", "one_example", {"pt": "0.1"}),
    ("focal_loss", "focal loss with 1.10", "one_example", {"pt": "0.1"}),
    ("focal_loss", "p = 0.30 focal loss pulls with 0.697", "one_example", {"pt": "0.3"}),
    ("focal_loss", "cross-entropy with 0.700", "one_example", {"pt": "0.3"}),
    ("focal_loss", "99.7 % of the loss", "detector", {"focus": "2", "alpha": "0.25"}),
    ("focal_loss", "58.9 %", "detector", {"focus": "0.5"}),
    ("focal_loss", "92.8 %", "detector", {"focus": "1"}),
    ("focal_loss", "13.8 %", "detector", {}),
    ("focal_loss", "59 %", "detector", {"alpha": "0.9"}),
    ("focal_loss", "47.6 %", "detector", {"alpha": "0.85"}),
    ("focal_loss", "1.24 %", "detector", {"focus": "2", "easy": "0.6"}),
    ("focal_loss", "0.8, costs 0.213 nats", "honesty", {}),
    ("focal_loss", "80 % has its best report at 0.627", "honesty", {}),
    ("focal_loss", "instead of 0.129", "honesty", {}),
    ("focal_loss", "90 % is 0.597", "honesty", {"truth": "0.9", "bend": "5"}),
    ("label_smoothing", "a gap of 4.51", "one_answer", {}),
    ("label_smoothing", "4.84 × 10⁻⁶", "one_answer", {"gap": "4.5"}),
    ("label_smoothing", "stops at 0.500", "one_answer", {"gap": "4.5"}),
    ("label_smoothing", "1.01 nats", "one_answer", {"classes": "1000"}),
    ("label_smoothing", "0.778", "one_answer", {"classes": "100"}),
    ("label_smoothing", "0.325 nats", "one_answer", {"eps": "0.2", "classes": "2"}),
    ("label_smoothing", "a confidence of 90 % meets an accuracy of 72 %", "two_runs", {}),
    ("label_smoothing", "confidence of 89 % and an accuracy of 67 %", "two_runs", {"wrong": "0.3", "seed": "2"}),
    ("label_smoothing", "77 % against 58 %", "two_runs", {"wrong": "0.4"}),
    ("label_smoothing", "confidence of 72 % with an accuracy of 78 %", "two_runs", {"run_eps": "0.4"}),
    ("label_smoothing", "2.44 times", "teacher", {"teacher_eps": "0.2"}),
    ("loss_family", "4.16", "one_number", {}),
    ("loss_family", "still 0.313", "yes_or_no", {"margin": "1"}),
    ("loss_family", "margin of 3 it is 0.0486", "yes_or_no", {"margin": "3"}),
    ("loss_family", "0.948 nats", "an_order", {"of_list": "ListNet"}),
    ("loss_family", "1.05 nats", "an_order", {"of_list": "ListNet", "sA": "3", "sB": "1", "sC": "0", "sD": "-1"}),
    ("training_lab", "step 20 cross-entropy has 80.7 % right and squared error 25.3 %", "two_runs", {"made": "20"}),
    ("training_lab", "step 400 it has 78 % right", "two_runs", {"made": "400"}),
    ("training_lab", "has 99.3 % in the end", "two_runs", {"made": "400", "rate_b": "10"}),
    ("training_lab", "only to 83.3 %", "two_runs", {"made": "400", "opt_b": "momentum"}),
    ("training_lab", "step 4 of a fresh start", "two_runs", {"made": "4", "start": "fresh"}),
    ("training_lab", "88 % right and cross-entropy 87.3 %", "two_runs", {"made": "4", "start": "fresh"}),
    ("training_lab", "0.378 nats against 0.502", "two_runs", {"made": "4", "start": "fresh"}),
    ("training_lab", "60 to 80 %, and the loss from 0.673 to 1.92 nats", "five_forecasts", MOVED),
    ("training_lab", "0.683 nats, where it was 0.673", "five_forecasts", {f"f{i}": "0.505" for i in range(1, 6)}),
    ("training_lab", "0.286 nats, with the same 60 % right", "five_forecasts", SURER),
    ("calibration", "ECE falls from 10.5 %", "reliability", {}),
    ("calibration", "to 4.96 %", "reliability", {"cool": "2.8"}),
    ("calibration", "at 2 it is 5.35 %", "reliability", {"cool": "2"}),
    ("calibration", "41.7 %", "reliability", {"bins": "30"}),
    ("calibration", "15.6 %", "reliability", {"bins": "2"}),
    ("calibration", "0.972", "reliability", {"practice": "30"}),
    ("calibration", "after 100 it is 1.35", "reliability", {"practice": "100"}),
    ("calibration", "T = 0.819", "fit_one_number", {"fit_on": "training data"}),
    ("calibration", "11.6 % instead of 10.5 %", "fit_one_number", {"fit_on": "training data"}),
    ("calibration", "the score of 0.222 is worse than 0.136", "three_parts", {"always": "0.33"}),
    ("calibration", "33.4 % of the examples", "three_parts", {"always": "0.33"}),
    ("numerics", "16.1 instead of 20.0 nats", "clip_or_logits", {"far": "-20"}),
    ("choose_the_loss", "cat 0.881 and dog 0.731", "one_photo", {"question": "any of 3"}),
    ("choose_the_loss", "softmax says 0.500", "one_photo", {"cat": "5", "dog": "5", "fox": "-5"}),
    ("choose_the_loss", "0.0201 nats", "one_photo", {"question": "any of 3", "cat": "5", "dog": "5", "fox": "-5"}),
    ("choose_the_loss", "0.993", "one_photo", {"question": "any of 3", "cat": "5", "dog": "5", "fox": "-5"}),
    ("choose_the_loss", "still 0.146", "one_photo", {"question": "any of 3", "cat": "3", "dog": "3", "fox": "-3"}),
    ("choose_the_loss", "10: the loss is 0.744 nats where 0.000136", "wrong_pairings", {"lead": "10"}),
    ("choose_the_loss", "slope is −1.63 × 10⁻⁵ where −1.00", "wrong_pairings", {"lead": "-10"}),
    ("choose_the_loss", "0.870 at a lead of 3", "wrong_pairings", {"pairing": "one-hot as integers"}),
    ("choose_the_loss", "costs 4.61 nats", "wrong_pairings", {"pairing": "log of zero", "lead": "-4"}),
    ("choose_the_loss", "1.62 nats for K = 12", "wrong_pairings", {"of": "12"}),
    ("choose_the_loss", "for 10 it is 1.46", "wrong_pairings", {"of": "10"}),
    ("perplexity", "5.02 for a loss of 2.33 bits", "token_by_token", {}),
    ("perplexity", "57.7", "token_by_token", {"token": "a word"}),
    ("perplexity", "18.6", "token_by_token", {"order": "1"}),
    ("perplexity", "perplexity of 2.70", "token_by_token", {"read": "Itself", "smooth": "0.01"}),
    ("perplexity", "8 costs 0.215 bits on the learned text and 3.59", "by_order", {"look": "8"}),
    ("perplexity", "3 costs 2.43", "by_order", {"look": "3"}),
    ("perplexity", "costs 2.20 bits", "by_order", {"look": "3", "dust": "0.03"}),
    ("your_predictions", "the worst 9 % of the rows make up 51.3 % of the loss", "losses_of_rows", {"worst": "9"}),
    ("your_predictions", "0.6863 and 0.0975 nats", "losses_of_rows", {}),
    ("your_predictions", "0.5937 nats", "losses_of_rows", {"least": "0.05"}),
    ("your_predictions", "0.661 to 0.575 nats", "temperature_scaling", {"cool": "2"}),
    ("your_predictions", "rows make up 51.3 % of the total loss", "losses_of_rows", {"worst": "9"}),
    ("your_predictions", "68 of the 87 foxes with 36 false positives", "decision_threshold", {"cut": "0.3"}),
    ("your_predictions", "0.5, it finds only 59", "decision_threshold", {"cut": "0.5"}),
    ("you_are_the_model", "90 % costs 0.152 bits if right and 3.32", "stakes", {"believe": "90"}),
    ("you_are_the_model", "99 % costs 0.0145 and 6.64", "stakes", {"believe": "99"}),
]


def plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\xa0", " ")


def words_of(lesson: str) -> str:
    return plain("\n".join(texts(guide(lesson))))


def bits(p: float) -> float:
    return float(Unit.BITS.of(surprise(p).value))


@pytest.mark.parametrize(("lesson", "told", "name", "query"), TOLD)
def test_a_number_is_that_of_the_picture(lesson, told, name, query):
    assert told in words_of(lesson), "the guide does not say this"
    picture = pictures(lesson)[name]
    data = {"data": sample()} if picture.needs_data else {}
    values = NUMBER.findall(plain(picture(picture.parse(query), shown=True, **data).caption))
    set_by_hand = [f"{float(each):g}" for each in query.values() if re.fullmatch(r"-?[\d.]+", each)]
    known = {float_of(each) for each in [*values, *set_by_hand]}
    missing = [each for each in NUMBER.findall(told) if float_of(each) not in known]
    assert not missing, f"{missing} of “{told}” not among {values}"


def float_of(number: str) -> str:
    """Return a number as it is written, without the sign of minus and commas, so that 1.0 and 1.00 differ."""
    return number.replace("−", "-").replace(",", "")


def huffman_mean(probs: list[float]) -> float:
    p = np.array(probs)
    return float(expected_code_length(p, huffman_code(p).lengths))


def costs_of_the_sample():
    """Return the names of the classes of the sample, and their shares of the rows and of the loss in percent."""
    report = sample().report
    classes, counts, _, share_of_loss, *_ = report.by_class
    return (
        [report.predictions.classes[each] for each in classes],
        [text(100 * count / 400) for count in counts],
        [text(100 * share) for share in share_of_loss],
    )


CAT = [0.5] + 7 * [0.5 / 7]
WAITED = [4.0, 5.0, 6.0, 7.0, 58.0]
MINE = [0.6, 0.3, 0.1]
LED = np.array([12.0] + 999 * [0.0])
EVIDENCE = float(np.exp(2 * 2 - 2**2 / 2))  # how much more common a result of 2 is among the ill, at d = 2


def binary_bits(p: float) -> float:
    return float(Unit.BITS.of(entropy([p, 1 - p]).value))


def why_log_cost(report: list[float]) -> float:
    return float(expected_loss(why_log.WHOLE["0-1"], np.array(MINE), np.array(report)))


def targets(*classes: int) -> list[float]:
    return [round(float(smooth_labels(one_hot(0, k), 0.1)[0]), 12) for k in classes]


def worth(p: float) -> float:
    """Return how often one must be right for an answer p to cost 1 bit on average."""
    right, wrong = (float(Unit.BITS.of(binary_cross_entropy(p, y).value)) for y in (1, 0))
    return (wrong - 1) / (wrong - right)


COMPUTED = [
    ("surprise", "½ · ½ · ½ = ⅛", bits(1 / 8) == 3 * bits(1 / 2)),
    ("entropy", "(0.5 + 0.5 + 0.375 + 0.375)", entropy([0.5, 0.25, 0.125, 0.125]).value == 1.75 * np.log(2)),
    ("entropy", f"falls to about {huffman_mean(CAT):.1f}", huffman_mean([1 / 8] * 8) == 3),
    ("entropy", f"−p log₂ p is only {text(0.01 * bits(0.01), 2)}", True),
    ("entropy", "from 0.89 on", 1 - binary_bits(0.89) > 0.5 >= 1 - binary_bits(0.88)),
    ("cross_entropy", "½ · 0.0740 + ½ · 4.32", (text(bits(0.95)), text(bits(0.05))) == ("0.0740", "4.32")),
    ("why_log", "34 % and 99 %", why_log_cost([0.34, 0.33, 0.33]) == why_log_cost([0.99, 0.005, 0.005])),
    ("binary_cross_entropy", f"−log₂ 0.4 = {text(bits(0.4))} and −log₂ 0.01 = {text(bits(0.01))} bits", True),
    ("binary_cross_entropy", "about five times as much", round(bits(0.01) / bits(0.4)) == 5),
    ("binary_cross_entropy", "1/√2 = 0.707", abs(bits(0.707) - 0.5) < 0.001),
    ("binary_cross_entropy", "ln 9 = 2.197", round(float(np.log(9)), 3) == 2.197),
    ("binary_cross_entropy", "−ln 10⁻⁷ = 16.1", text(float(surprise(1e-7).value)) == "16.1"),
    ("likelihood", f"get {text(120 * 0.5**10)} instead of {text(float(likelihood([0.5, 0.5], [7, 3])))}", True),
    ("softmax_cross_entropy", "about 67 %, 24 % and 9 %", softmax([2, 1, 0]).round(2).tolist() == [0.67, 0.24, 0.09]),
    ("ce_vs_mse", "extreme at p = 1/3, the logit ln ½ = −0.693", round(float(np.log(0.5)), 3) == -0.693),
    ("class_weights", "7.39 is about 1 to 14, which is 6.9 %", round(100 / EVIDENCE) == 14),
    ("class_weights", "0.505 and 50.5", (1010 / (2 * 1000), 1010 / (2 * 10)) == (0.505, 50.5)),
    ("class_weights", "1/(1 + 100) = 0.0099", round(1 / 101, 4) == 0.0099),
    ("focal_loss", "1 − p is below 0.0316", round(0.001**0.5, 4) == 0.0316),
    ("focal_loss", "which is 0.303 less", round(0.9 - 0.597, 3) == 0.303),
    ("label_smoothing", "0.91 for ten classes and 0.95 for two", targets(10, 2) == [0.91, 0.95]),
    ("label_smoothing", "ln(0.91 / 0.01) = 4.51", text(float(np.log(91))) == "4.51"),
    ("loss_family", "say 16, the mean", best_constant(squared_error, WAITED) == pytest.approx(16)),
    ("loss_family", "say 6, the number in the middle", np.median(WAITED) == 6),
    ("loss_family", "31, the middle between", (min(WAITED) + max(WAITED)) / 2 == 31),
    ("loss_family", "castle costs 15 − 10.8 = 4.2", sum([2, 2.4, 3, 3.4, 4.2]) == pytest.approx(15)),
    (
        "loss_family",
        "1.2 does as well, with mean and median at 2.4",
        sum([2, 2.4, 3, 3.4, 1.2]) / 5 == pytest.approx(2.4),
    ),
    ("loss_family", "at 2.7, where both are 2.7", sum([2, 2.4, 3, 3.4, 2.7]) / 5 == pytest.approx(2.7)),
    ("choose_the_loss", "e/(e + 3) = 0.475", text(float(np.e / (np.e + 3))) == "0.475"),
    ("softmax_cross_entropy", "above 0.990", text(float(np.exp(-0.01))) == "0.990"),
    ("softmax_cross_entropy", "about 6 · 10⁻⁶ each", round(float(softmax(LED)[1]), 6) == 6e-6),
    ("softmax_cross_entropy", "each at about 12 nats", round(float(surprise(softmax(LED)[1]).value)) == 12),
    ("numerics", "e⁻⁴⁰ = 4 · 10⁻¹⁸", round(float(np.exp(-40.0)), 18) == 4e-18),
    ("entropy", "At 0.51 it is already a little less", 0.999 < binary_bits(0.51) < 1),
    ("class_weights", "0.9 / (0.9 + 0.9) = 0.5", pytest.approx(0.5) == 9 * 0.1 / (9 * 0.1 + 1 - 0.1)),
    ("training_lab", "ln 2 = 0.693 nats", text(float(np.log(2))) == "0.693"),
    ("perplexity", "more than 10", np.exp(2.33) > 10),
    ("your_predictions", "−ln 0.05 = 3.00", text(float(surprise(0.05).value)) == "3.00"),
    ("your_predictions", "up to 4.61", text(float(surprise(0.01).value)) == "4.61"),
    ("your_predictions", "the ECE is 13.9 % in one", text(100 * sample().report.calibration.error) == "13.9"),
    (
        "your_predictions",
        "13.3 % in the other",
        text(100 * sample().report.uncooled.calibration_error) == "13.3" and sample().report.n_judged == 200,
    ),
    (
        "your_predictions",
        "21.8 % of the rows and 26.4 % of the loss, and dog.",
        [
            (name, rows, loss)
            for name, rows, loss in zip(*costs_of_the_sample(), strict=True)
            if float(loss) > float(rows)
        ]
        == [("fox", "21.8", "26.4"), ("dog", "34.5", "36.1")],
    ),
    ("in_code", "above 0.551 nats", text(float(np.log(1 + 2 / np.e))) == "0.551"),
    ("in_code", "1.0975 nats", "loss 1.0975" in printed("multiclass").splitlines()[0]),
    ("in_code", "0.3697 nats", "0.3697" in printed("binary_minimum")),
    ("you_are_the_model", "more than 73 %", round(worth(0.9), 2) == 0.73),
    ("you_are_the_model", "from 49 to 94 %", [round(100 * float(end)) for end in wilson_interval(8, 10)] == [49, 94]),
]


@pytest.mark.parametrize(("lesson", "told", "holds"), COMPUTED)
def test_a_number_is_that_of_the_core(lesson, told, holds):
    assert told in words_of(lesson), "the guide does not say this"
    assert holds


def test_the_guide_to_calibration_tells_the_parts_of_the_brier_score():
    parts = [picture_parts(temperature) for temperature in (1.0, 0.5)]
    assert f"reliability rises from {text(parts[0].reliability)} to {text(parts[1].reliability)}" in words_of(
        "calibration"
    )
    assert parts[1].resolution < parts[0].resolution


def picture_parts(temperature: float):
    logits = calibration.forecasts(300).logits
    return calibration._parts("the network", np.round(1 / (1 + np.exp(-logits / temperature)), 1))


def test_where_the_guides_say_that_a_range_solves_a_task():
    """The ends of the ranges that the guides name, and the first values beyond them."""
    ranges = [
        ("calibration", "reliability", "half", "cool", "2.05 to 2.85", [2.05, 2.85], [2.0, 2.9]),
        ("calibration", "reliability", "early", "practice", "Up to 50 steps", [10, 50], [60]),
        ("calibration", "three_parts", "eaten", "cool", "up to 0.7 does", [0.2, 0.7], [0.75]),
        ("calibration", "three_parts", "useless", "always", "0.33 and 0.34 are the two", [0.33, 0.34], [0.32, 0.35]),
        (
            "class_weights",
            "where_the_line_is",
            "balanced",
            "threshold",
            "from 0.005 to 0.03",
            [0.005, 0.03],
            [0.003, 0.05],
        ),
        ("cross_entropy", "wrong_code", "half_a_bit", "drift", "passes half a bit at 75 %", [75, 100], [74]),
        ("entropy", "blocks", "waste", "common", "from 0.89 on, or up to 0.11", [0.89, 0.11], [0.88, 0.12]),
        ("focal_loss", "one_example", "thousand", "pt", "from 0.97 on", [0.97, 0.99], [0.96]),
        ("focal_loss", "detector", "by_gamma", "focus", "From γ = 0.5 on", [0.5, 5], [0.4]),
        ("label_smoothing", "teacher", "flooded", "teacher_eps", "From ε = 0.16 on", [0.16, 0.5], [0.15]),
        ("likelihood", "long_series", "gone", "series", "1,080 is the first", [1080], [1070]),
        ("numerics", "three_ways", "shift_helps", "big", "From z = 89 to 103", [89, 103], [88, 104]),
        ("numerics", "log_sum_exp", "near", "taken", "from 110 to 136", [110, 136], [109, 137]),
        ("numerics", "log_sum_exp", "too_much", "taken", "From 224 on", [224, 250], [223]),
        ("numerics", "clip_or_logits", "nan", "far", "float32 it happens from 17 on", [17, 50], [16]),
        ("binary_cross_entropy", "from_logit", "ninety", "score", "ln 9", [2.2], [2.1, 2.3]),
        ("binary_cross_entropy", "clipping", "stopped", "deep", "from logit −16.5 on", [-16.5], [-16, -17]),
        ("focal_loss", "one_example", "alike", "pt", "One step to either side", [0.3], [0.29, 0.31]),
        ("focal_loss", "detector", "by_alpha", "alpha", "At 0.85 it is still below half", [0.9], [0.85]),
        ("focal_loss", "honesty", "shy", "bend", "at γ = 4 the gap at 90 % is still too small", [5], [4]),
        ("label_smoothing", "one_answer", "floor", "gap", "at 4.4 and 4.6 it is already", [4.5], [4.4, 4.6]),
        ("perplexity", "by_order", "by_heart", "look", "Orders 6 and 7 do, too", [6, 7, 8], [5]),
        ("choose_the_loss", "wrong_pairings", "floor", "of", "From 11 classes on", [11, 20], [10]),
    ]
    others = {"balanced": {"imbalance": "1:1,000"}, "shy": {"truth": "0.9"}}
    for lesson, name, task, key, told, inside, outside in ranges:
        assert told in words_of(lesson), told
        picture = pictures(lesson)[name]
        for value, expected in [*((each, True) for each in inside), *((each, False) for each in outside)]:
            state = picture.parse({key: f"{value:g}"} | others.get(task, {}))
            assert picture(state, shown=True).solved[task] is expected, (lesson, task, value)


def test_other_ranges_in_the_guides():
    three_ways, clips = pictures("numerics")["three_ways"], pictures("numerics")["clip_or_logits"]

    def free(z: int) -> bool:
        return three_ways(three_ways.parse({"big": str(z), "wanted": "the sure one"}), shown=True).solved["free"]

    def is_nan(z: int) -> bool:
        return clips(clips.parse({"far": str(z), "format": "float64"})).solved["nan"]

    assert "from z = 37 to 745" in words_of("numerics")
    assert [free(z) for z in (36, 37, 745, 746)] == [False, True, True, False]
    assert "in float64 from 37 on" in words_of("numerics")
    assert [is_nan(z) for z in (36, 37)] == [False, True]
    cut = pictures("your_predictions")["decision_threshold"]
    solved = [cut(cut.parse({"cut": each}), data=sample()).solved["foxes"] for each in ("0.24", "0.25", "0.39", "0.4")]
    assert "from 0.25 to 0.39" in words_of("your_predictions")
    assert solved == [False, True, True, False]


def test_the_race_of_the_guide_to_squared_error():
    picture = pictures("ce_vs_mse")["race"]

    def arrives(**query: str) -> int:
        return next(n for n in range(301) if picture(picture.parse(query | {"step": str(n)})).solved["arrive"])

    said = words_of("ce_vs_mse")
    assert f"passes 50 % at step {arrives(z0='-4')}" in said
    assert f"above 50 % after {arrives(eta='20')} steps" in said
    assert f"squared error after {arrives()}." in said
    assert f"it takes {arrives()} steps." in said


def test_how_far_apart_the_means_of_all_random_seeds_are():
    picture = pictures("surprise")["long_run"]
    seeds = picture.controls["seed"].every_value
    assert f"Over all {len(seeds)} random seeds" in words_of("surprise")

    def means(flips: int) -> list[str]:
        states = [picture.parse({"n": str(flips), "seed": str(seed)}) for seed in seeds]
        found = [re.search(r"mean surprise is ([\d.]+) bits", picture(state).caption) for state in states]
        return sorted((each[1] for each in found if each), key=float)

    few, many = means(20), means(500)
    assert f"between {few[0]} and {few[-1]} bits, and the second only between {many[0]} and {many[-1]}." in words_of(
        "surprise"
    )


def test_when_squared_error_is_rescued():
    picture = pictures("training_lab")["two_runs"]
    first = next(
        n for n in range(401) if picture(picture.parse({"rate_b": "10", "made": str(n)}), shown=True).solved["rescue"]
    )
    assert f"passes 95 % at step {first}" in words_of("training_lab")


def test_the_smoothed_run_is_closer_for_most_seeds_and_not_for_all():
    assert "smoothed is closer for most seeds, and not for all" in words_of("label_smoothing")
    gaps = [
        [abs(sure - right) for sure, right in (label_smoothing.run(eps, 0.2, seed).at(80) for eps in (0.0, 0.1))]
        for seed in range(1, 21)
    ]
    closer = sum(smoothed < hard for hard, smoothed in gaps)
    assert 10 < closer < 20


def test_no_setting_brings_the_next_part_below_three():
    """The guide to perplexity says so of the controls of the first picture."""
    assert "On the next part no setting of these controls gets below 3" in words_of("perplexity")
    picture = pictures("perplexity")["token_by_token"]
    smoothings = picture.controls["smooth"].every_value
    states = [{"order": order, "smoothing": each} for order in range(1, 7) for each in smoothings]
    assert not any(picture({"order": s["order"], "smooth": s["smoothing"]}, shown=True).solved["three"] for s in states)


def test_the_worst_rows_of_the_sample_are_mistakes():
    report = sample().report
    worst = report.worst_first[:36]
    assert "36 of 400 photos, all of them mistakes, on which it gave the truth less than 9 %" in words_of(
        "your_predictions"
    )
    assert report.n_worst(9) == len(worst)
    assert not report.is_correct[worst].any()
    assert (report.label_probs[worst] < 0.09).all()
