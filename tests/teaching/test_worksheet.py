"""The key of a worksheet is recomputed from what the sheet says, for 200 seeds and every lesson."""

import json
import re
from collections import Counter
from functools import cache

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core import (
    Unit,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    entropy,
    kl_divergence,
    mean,
    one_hot,
    sigmoid_focal_loss,
    smooth_labels,
    softmax_cross_entropy,
    sparse_softmax_cross_entropy,
    squared_error,
    surprise,
    total,
)
from xent_core.reweighting import log_odds, reweighted
from xent_ui.course.table import LESSONS
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.check import checks
from xent_ui.self_test.questions.facts import FACTS
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style.numbers import tex
from xent_ui.teaching import worksheet as sheets
from xent_ui.teaching.paper import PAPERS, OnPaper, up_to_result
from xent_ui.teaching.round_on_paper import PaperRound, solution, statements
from xent_ui.teaching.worksheet import LETTERS, SEED, Numeric, Question, kinds_of, read_lessons, worksheet
from xent_ui.views.base import pictures

FILES = [lesson.file for lesson in LESSONS]
SEEDS = range(1, 201)
part = cache(sheets.part)
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def numbers(words):
    """All numbers in a text, in order; percentages as shares."""
    found = re.findall(r"(−?\d[\d,]*(?:\.\d+)?)(\u202f%)?", words)
    return [float(number.replace(",", "").replace("−", "-")) / (100 if sign else 1) for number, sign in found]


def of_unit(asks, nats):
    return float((Unit.BITS if "bits" in asks else Unit.NATS).of(nats))


def solved_surprise(asks):
    (p,) = numbers(asks)
    return of_unit(asks, surprise(1 - p if "does not happen" in asks else p).value)


def solved_forecast(asks):
    p = numbers(asks)
    return of_unit(asks, entropy(np.array(p if len(p) > 1 else [p[0], 1 - p[0]])).value)


def solved_mail(asks):
    (p,) = numbers(asks)
    return of_unit(asks, binary_cross_entropy(p, 0 if "is not spam" in asks else 1).value)


def solved_batch(asks):
    p = np.array(numbers(asks))
    return of_unit(asks, mean(binary_cross_entropy(p, np.array([1, 1, 0, 0, 0]))).value)


def p_and_q(asks):
    found = np.array(numbers(asks))
    return np.split(found, 2)


def solved_slope(asks):
    right = ("cat", "dog", "fox").index(re.search(r"animal is a (\w+)", asks)[1])
    return float(sparse_softmax_cross_entropy(np.array(numbers(asks)), right).grad[right])


def solved_three_logits(asks):
    right = ("cat", "dog", "fox").index(re.search(r"it is a (\w+)", asks)[1])
    return float(sparse_softmax_cross_entropy(np.array(numbers(asks)), right).value)


def solved_smoothing(asks):
    k, eps = numbers(asks)
    return float(smooth_labels(one_hot(0, int(k)), eps)[0])


def solved_lead(asks):
    k, eps, _ = numbers(asks)
    target = smooth_labels(one_hot(0, int(k)), eps)
    return float(np.log(target[0] / target[1]))


def solved_untrained(asks):
    found = numbers(asks)
    shares = np.array(found) if "shares" in asks else np.full(int(found[0]), 1 / found[0])
    return of_unit(asks, entropy(shares).value)


def solved_weighted(asks):
    p, w = numbers(asks)
    return float(reweighted(p, w))


def solved_undo(asks):
    w, said = numbers(asks)
    return float(reweighted(said, 1 / w))


def solved_focal(asks):
    p, gamma = numbers(asks)
    return float(sigmoid_focal_loss(log_odds(p), 1, gamma=gamma).value)


def solved_perplexity(asks):
    (given,) = numbers(asks)
    if "with a perplexity" in asks:
        return float(np.log2(given))
    return float(2**given if "bits per" in asks else np.exp(given))


def solved_logit(asks):
    z, y = numbers(asks)
    return float(binary_cross_entropy_with_logits(z, y).value)


def solved_square(asks):
    z, _, y = numbers(asks)[:3]
    p = 1 / (1 + np.exp(-z))
    return float(squared_error(p, y).grad * p * (1 - p))


def solved_constant(asks):
    n, yes, p = numbers(asks)
    return float(mean(squared_error(np.full(int(n), p), (np.arange(n) < yes).astype(float))).value)


def solved_twice(asks):
    k = int(numbers(asks)[0])
    return float(sparse_softmax_cross_entropy(one_hot(0, k), 0).value)


def solved_two_outcomes(asks):
    p, q = numbers(asks)
    return float(Unit.BITS.of(cross_entropy(np.array([p, 1 - p]), np.array([q, 1 - q])).value))


def solved_in_one_step(asks):
    first, second, label = numbers(asks)
    return float(softmax_cross_entropy(np.array([first, second]), one_hot(int(label), 2)).value)


def solved_flips(asks):
    heads, tails, p = numbers(asks)
    return float((heads * surprise(p).value + tails * surprise(1 - p).value) / (heads + tails))


def solved_price(asks):
    return float(np.mean(numbers(asks)[:5]))


def solved_capped(asks):
    clip = 10.0 ** int(re.search(r"\[10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", asks)[1].translate(POWERS))
    z = float(re.search(r"logit is (−?\d+)", asks)[1].replace("−", "-"))
    y = float(re.search(r"y = (\d)", asks)[1])
    p = np.clip(1 / (1 + np.exp(-z)), clip, 1 - clip)
    return float(binary_cross_entropy(p, y).value)


def solved_two_tokens(asks):
    first, second = (int(each) for each in re.findall(r"1/(\d+)", asks))
    return float(np.exp(mean(surprise(np.array([1 / first, 1 / second]))).value))


def solved_independent(asks):
    return float(Unit.BITS.of(total(surprise(np.array(numbers(asks)))).value))


def solved_mean(asks):
    return float(mean(surprise(np.array(numbers(asks)))).value)


def solved_honest_square(asks):
    p = np.array(numbers(asks)[:3])
    return float(p @ (1 - p) ** 2)


def solved_two_answers(asks):
    first, second = numbers(asks)
    return float(Unit.BITS.of(surprise(first).value + surprise(1 - second).value))


def solved_four_rows(asks):
    three, one = numbers(asks)
    return float(mean(surprise(np.array([three, three, three, one]))).value)


SOLVERS = {
    "surprise": solved_surprise,
    "entropy": solved_forecast,
    "bce": solved_mail,
    "logit": solved_logit,
    "batch": solved_batch,
    "belief": lambda asks: of_unit(asks, cross_entropy(*p_and_q(asks)).value),
    "kl": lambda asks: of_unit(asks, kl_divergence(*p_and_q(asks)).value),
    "slope": solved_slope,
    "smoothing": solved_smoothing,
    "untrained": solved_untrained,
    "weighted": solved_weighted,
    "focal": solved_focal,
    "perplexity": solved_perplexity,
    "binary_cross_entropy_one_mail": lambda asks: float(binary_cross_entropy(*numbers(asks)).value),
    "calibration_constant": solved_constant,
    "ce_vs_mse_slope": solved_square,
    "choose_the_loss_floor_of_twice": solved_twice,
    "class_weights_undo": solved_undo,
    "cross_entropy_two_outcomes": solved_two_outcomes,
    "entropy_three_letters": lambda asks: of_unit(asks, entropy(np.array(numbers(asks))).value),
    "focal_loss_loss": solved_focal,
    "in_code_in_one_step": solved_in_one_step,
    "label_smoothing_best_lead": solved_lead,
    "likelihood_loss_per_flip": solved_flips,
    "loss_family_best_price": solved_price,
    "numerics_capped": solved_capped,
    "perplexity_two_tokens": solved_two_tokens,
    "softmax_cross_entropy_loss_from_logits": solved_three_logits,
    "surprise_independent": solved_independent,
    "training_lab_mean_of_five": solved_mean,
    "why_log_honest_square": solved_honest_square,
    "you_are_the_model_two_answers": solved_two_answers,
    "your_predictions_four_rows": solved_four_rows,
}


def read_back(item):
    """The values of the controls of a picture, read from the words that the sheet prints."""
    told = dict(re.findall(r"(?:^|; )(.*?)(?::|(?<=\?)) \*\*(.*?)\*\*", item.given))
    by_label = {control.label.removesuffix(":"): key for key, control in item.picture.controls.items()}
    written = {by_label[label]: words.replace("−", "-") for label, words in told.items()}
    assert len(told) == len(item.picture.shown_keys(item.values)) - len(item.picture.question_keys)
    answers = {"yes": "true", "no": "false"}
    return item.picture.parse({key: answers.get(words, words) for key, words in written.items()})


@pytest.mark.parametrize("lesson", FILES)
def test_the_key_is_what_xent_core_computes_from_the_words_of_the_sheet(lesson):
    seen = Counter()
    for seed in SEEDS:
        problems = [item.problem for item in part(lesson, seed).items if isinstance(item, Numeric)]
        first = part(lesson, seed).items[0]
        answers = [*(first.numbers if isinstance(first, OnPaper) else []), *(each.answer for each in problems)]
        for i, asked in enumerate(reversed(problems), 1):
            assert not any(asked.mark(other)[0] for other in answers[:-i]), "a sheet asks for the same twice"
        for item in part(lesson, seed).items:
            seen[type(item).__name__] += 1
            match item:
                case OnPaper():
                    view = item.picture(read_back(item), shown=True, narrow=True)
                    value = np.atleast_1d(run(view.code.numpy)["value"]).ravel()
                    np.testing.assert_allclose(value, item.numbers, rtol=1e-9)
                    assert item.formula == up_to_result(view)
                    for number in value:
                        written = [re.escape(tex(number, digits)) for digits in (2, 3, 4, 6)]
                        assert re.search(rf"(?<![\d.])(?:{'|'.join(written)})(?![\d.])", item.formula), item.formula
                case Question():
                    chosen = item.pick.options[LETTERS.index(item.letter)]
                    assert chosen not in item.pick.wrong
                    assert set(item.pick.options) == {chosen, *item.pick.wrong}
                    assert item.pick in checks(lesson)
                case Numeric():
                    again = SOLVERS[item.kind](item.problem.asks)
                    assert again == pytest.approx(item.problem.answer, rel=0.005), item.problem.asks
                    assert item.problem.mark(again)[0]
                case PaperRound():
                    told = re.findall(r"^(\d+)\. \*\*(True|False)\.\*\* (.+)$", solution(item.facts), re.MULTILINE)
                    asked = re.findall(r"^\| (\d+) \| (.+?) \|", statements(item.facts), re.MULTILINE)
                    assert [number for number, _, _ in told] == [number for number, _ in asked]
                    for (_, said, because), (_, statement) in zip(told, asked, strict=True):
                        fact = next(fact for fact in FACTS if fact.statement == statement)
                        assert (said, because) == (str(fact.true), fact.because)
    assert seen["PaperRound"] == (len(SEEDS) if lesson == "you_are_the_model" else 0)
    assert seen["Numeric"] >= len(SEEDS)
    assert seen["Question"] >= len(SEEDS) or lesson == "interview"
    assert seen["OnPaper"] == (len(SEEDS) if lesson in PAPERS else 0)


def test_every_kind_of_problem_is_solved_here_and_stands_on_a_sheet():
    assert set(SOLVERS) == set(KINDS)
    assert {name for lesson in FILES for name in kinds_of(lesson)} == set(KINDS)
    for lesson in check.LESSONS:
        own = {f"{lesson}_{each.name}" for each in checks(lesson)} & set(KINDS)
        assert own <= set(kinds_of(lesson))


def test_the_key_has_the_unit_that_a_problem_asks_for():
    for name, kind in KINDS.items():
        if name == "slope":  # nats per unit of the logit
            continue
        for number in range(1, 21):
            drawn = problem(kind, number)
            question = re.split(r"[.?] ", drawn.asks.rstrip("?"))[-1]
            asked = [unit.symbol for unit in Unit if re.search(rf"\b{unit.symbol}\b", question)]
            assert asked == ([drawn.unit.symbol] if drawn.unit else []), drawn.asks
            assert not drawn.unit or drawn.shown(drawn.answer).endswith(f" {asked[0]}")


def test_what_a_blank_stands_for_can_be_told_from_the_sheet():
    """The two values of a label stay, and no box is left whose number is not asked for."""
    for seed in SEEDS:
        photo = part("choose_the_loss", seed).items[0]
        if photo.values["question"] != "one":
            assert r"= 1 \text{ or } 0" in photo.blanks
        equal_inputs = part("cross_entropy", seed).items[0]
        assert equal_inputs.blanks.count(r"\boxed") == 1 + 4 + 1, "how many inputs, the four numbers, the mean loss"


NUMBERS = re.compile(r"(?<![\d.#A-Fa-f])-?\d+(?:\.\d+)?(?!pt)")
BOX = r"\boxed{\phantom{0.0}}"
TOLD = {"cross_entropy": {"10"}, "training_lab": {"5"}}  # how many inputs or examples there are, which the sheet says


def plain(formula):
    """A formula without colors and without the sizes of its gaps."""
    return re.sub(r"\\textcolor\{#\w+\}|\[\d+pt\]", "", formula)


def blanked(item):
    """The numbers of a formula that its sheet leaves out, by the part of the formula before them."""
    parts = [re.escape(each) for each in plain(item.blanks).split(BOX)]
    left_out = re.fullmatch(r"(-?\d+(?:\.\d+)?)".join(parts), plain(item.formula)).groups()
    return {(i, NUMBERS.sub("n", parts[i])): number for i, number in enumerate(left_out)}


@pytest.mark.parametrize("lesson", PAPERS)
def test_no_blank_stands_for_a_constant(lesson):
    """A number that is the same in every state belongs to the definition, unless the sheet says it in words."""
    seen = {}
    for seed in SEEDS:
        item = part(lesson, seed).items[0]
        for place, number in blanked(item).items():
            seen.setdefault((item.picture.name, place), []).append(number)
    constants = {place: set(each) for place, each in seen.items() if len(each) > 5 and len(set(each)) == 1}
    assert set().union(*constants.values()) <= TOLD.get(lesson, set()), constants


def test_a_label_is_left_out_whichever_it_is():
    """ "p − 1" is told no more than "p − 0": what is true stands above the formula."""
    for seed in SEEDS:
        slopes = part("ce_vs_mse", seed).items[0]
        assert plain(slopes.blanks).count(f"{{p}} - {{{BOX}}}") == 2


def test_the_zero_of_a_hinge_loss_stays():
    blanks = [part("loss_family", seed).items[0].blanks for seed in SEEDS]
    hinges = [each for each in blanks if "max" in each]
    assert len(hinges) > 50
    assert all(r"\max(0," in each for each in hinges)


@pytest.mark.parametrize("lesson", PAPERS)
def test_a_sheet_prints_no_result(lesson):
    for seed in SEEDS:
        item = part(lesson, seed).items[0]
        assert r"\boxed" in item.blanks
        labels = [trace["text"] for trace in item.figure["data"] if "text" in trace]
        words = re.sub(r"<[^>]*>", "", json.dumps(labels, ensure_ascii=False))
        assert not re.search(r"\d", words), words
        for number in item.numbers:
            assert not any(f"= {tex(number, digits)}" in item.blanks for digits in (2, 3, 4, 6))


@pytest.mark.parametrize("lesson", PAPERS)
def test_a_seed_changes_the_picture_and_the_limits_of_its_controls_hold(lesson):
    states = set()
    for seed in SEEDS:
        item = part(lesson, seed).items[0]
        states.add((item.picture.name, item.given))
        paper = next(each for each in PAPERS[lesson] if each.picture == item.picture.name)
        for key, limits in paper.varies.items():
            shown = key in item.picture.shown_keys(item.values)
            assert limits is None or not shown or limits[0] <= item.values[key] <= limits[1]
        assert not any(item.picture(item.values).solved[task.name] for task in item.picture.tasks if task.because)
    assert len(states) > 20


def test_papers_name_pictures_and_controls_that_exist():
    for lesson, papers in PAPERS.items():
        for paper in papers:
            controls = pictures(lesson)[paper.picture].controls
            assert set(paper.varies) | set(paper.sets) <= set(controls)


def test_lessons_and_seed_decide_a_worksheet_whatever_else_is_on_it():
    (alone,) = worksheet(["entropy"], 7)
    among = worksheet(["surprise", "entropy", "interview"], 7)
    assert [each.lesson.file for each in among] == ["surprise", "entropy", "interview"]
    assert among[1].items[0].given == alone.items[0].given
    assert among[1].items[1:] == alone.items[1:]
    (other,) = worksheet(["entropy"], 8)
    assert [each for each in other.items if isinstance(each, Numeric)] != [
        each for each in alone.items if isinstance(each, Numeric)
    ]


@pytest.mark.parametrize("text", ["", "nothing", "../x", "surprise;entropy", "0", "é" * 5000, "\0", "<script>"])
def test_an_address_that_names_no_lesson_and_no_seed_is_refused(text):
    with pytest.raises(ValueError, match="lessons"):
        read_lessons(text)
    with pytest.raises(ValueError, match="seed"):
        SEED.parse(text)


def test_an_address_names_lessons_in_any_order_and_a_seed_in_its_range():
    assert read_lessons("interview,x,surprise,surprise") == ["surprise", "interview"]
    assert (SEED.parse("1"), SEED.parse(str(SEED.high))) == (1, SEED.high)
    for bad in (str(SEED.high + 1), "-1", "1.0", "1e3", "٣", "1_0", " 7"):
        with pytest.raises(ValueError, match="seed"):
            SEED.parse(bad)
    with pytest.raises(KeyError):
        worksheet(["no_such_lesson"], 1)
