"""The picture of the lesson on scoring rules: what solves its tasks, what it says, and whose rule it draws."""

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.figures.helpers import label_text
from tests.views.helpers import check, run, torch_is_here
from xent_core import (
    best_report,
    expected_loss,
    kl_divergence,
    quadratic_rule,
    simplex_grid,
    spherical_rule,
    zero_one_rule,
)
from xent_ui.controls.expressions import parse
from xent_ui.live import routes
from xent_ui.views.why_log import BELIEFS, PULLED, honesty, is_honest, is_logarithm, pull_at_zero, pulls

OWN = {"rule": "your own"}
TIED = {"rule": "0-1", "b1": 20, "b2": 20, "b3": 20}


def own(f, **more):
    return OWN | {"f": parse(f)} | more


def test_the_square_is_honest_about_two_outcomes():
    assert honesty({"ways": 2}).solved["honest_square"]
    assert not honesty({"ways": 3}).solved["honest_square"]


@pytest.mark.parametrize("f", ["4 - 2*log(q)", "-log(q)", "1e6 - log(q)/1000", "-log(q**2) + 3"])
def test_a_logarithm_is_honest_and_nothing_else(f):
    solved = honesty(own(f)).solved
    assert solved["own_honest"]
    assert not solved["not_a_log"]


@pytest.mark.parametrize(
    "f",
    [
        *["3", "log(2)", "0*log(q) + 3", "1 - q", "(1 - q)**2", "-log(q) + (1 - q)", "1/q", "log(1/3)"],
        # So close to a logarithm that no search can see it, in the sum or at the ends, or where beliefs were tried.
        *["-log(q) + 1e-6*q", "1e6 - log(q) + 1e-4*q", "-log(q) + exp(-1e4*q)"],
        "-log(q)+((q-.5)*(q-.3)*(q-.2)*(q-.15)*(q-.6)*(q-.25)*(q-.4))**2",
    ],
)
def test_other_rules_are_not_honest(f):
    solved = honesty(own(f)).solved
    assert not solved["own_honest"]
    assert not solved["not_a_log"]


@pytest.mark.parametrize("f", ["-log(q) + 1e-7*q", "-log(q) + 1e-8*q**2", "-log2(q) + 1e-9/(1 + q)"])
def test_a_rule_that_cannot_be_told_from_a_logarithm_counts_as_one(f):
    view = honesty(own(f), shown=True)
    assert "Honesty pays" in view.caption
    assert view.solved["own_honest"]
    assert not view.solved["not_a_log"]


def test_the_impossible_task_stays_impossible_for_perturbations_of_every_size_and_place():
    """Neither small perturbations nor those that vanish at many beliefs are honest without being a logarithm."""
    sizes = ["1", "1e-3", "1e-5", "3e-6", "1e-6", "3e-7", "2e-7", "1e-7", "1e-9"]
    shapes = [
        "q",
        "q**1e4",
        "exp(-1e4*q)",
        "(q-.5)**2",
        "sqrt(q)",
        "exp(-1e6*(q-.2)**2)",
        "exp(-1e6*(q-.999)**2)",
        "1/q",
    ]
    for size in sizes:
        for shape in shapes:
            f = f"-log(q)+{size}*{shape}"
            assert not is_honest(f) or is_logarithm(f), f
            assert not is_honest(f) or size != "1", f


def test_the_beliefs_connect_every_probability_with_the_others():
    # then pulls that are equal in each belief are equal for all, which EQUAL and SAME_AS_LOG rely on
    assert len(np.unique(BELIEFS[:, 0])) > 4900
    assert (BELIEFS > 0).all()
    assert np.allclose(BELIEFS.sum(axis=-1), 1)
    assert set(BELIEFS[:, 1]) == {0.001, 0.01, 0.2}
    beside = [set(BELIEFS[BELIEFS[:, 1] == few, 0].round(9)) for few in (0.001, 0.01, 0.2)]
    assert 0.01 in beside[0]
    assert 0.2 in beside[0]


def test_a_typed_rule_counts_only_while_it_is_chosen():
    assert not honesty({"rule": "square", "f": parse("-log(q)")}).solved["own_honest"]


@pytest.mark.parametrize("name", ["square", "log", "linear", "Brier", "spherical", "0-1", "your own"])
@pytest.mark.parametrize("ways", [2, 3])
def test_the_answer_is_hidden_until_a_guess_is_locked_or_a_control_is_moved(name, ways):
    hidden, shown = honesty({"rule": name, "ways": ways}), honesty({"rule": name, "ways": ways}, shown=True)
    assert "onesty" in shown.caption
    assert "onesty" not in hidden.caption
    assert r"\text{best}" in shown.formula
    assert r"\text{best}" not in hidden.formula
    assert hidden.code is None
    words = str(hidden.figure.to_dict())
    assert "say " not in words
    assert "honest" not in words


def test_a_locked_guess_is_compared_with_the_truth():
    locked = honesty({"guess_why_log": 0.9}, locked=True)
    assert locked.caption == "Honesty costs 0.324; reporting 67 %, 33 %, 0 % for A, B, C costs only 0.300."
    assert honesty.question.answer() == pytest.approx(2 / 3)


@pytest.mark.parametrize("b1", [35, 60])
def test_the_linear_rule_rewards_boldness(b1):
    # "its best report is 100 % for the likeliest outcome"
    assert "reporting 100 %, 0 %, 0 % for A" in honesty({"rule": "linear", "b1": b1}, shown=True).caption


def test_of_several_best_reports_the_caption_names_a_corner_and_says_that_there_are_others():
    # for the belief 50 : 50 : 20, any split between A and B is best: 1 − 50/120 = 0.583
    told = honesty({"rule": "linear", "b1": 50, "b2": 50, "b3": 20}, shown=True).caption
    assert told.endswith("reporting 100 %, 0 %, 0 % for A, B, C costs only 0.583, and so do others.")


@pytest.mark.parametrize("rule", ["square", "linear"])
def test_what_honesty_costs_looks_larger_than_what_the_best_report_costs(rule):
    rng = np.random.default_rng(0)
    for weights in [(34, 33, 33), (35, 33, 32), (50, 50, 20), *rng.integers(0, 101, (60, 3)).tolist()]:
        values = dict(zip(("b1", "b2", "b3"), map(int, weights), strict=True))
        told = honesty({"rule": rule, **values}, shown=True).caption
        if "costs only" in told:
            honest, best = (
                float(re.search(rf"{words} (\d+\.\d+|\d+)", told)[1]) for words in ("Honesty costs", "costs only")
            )
            assert honest > best, told
    told = honesty({"b1": 34, "b2": 33, "b3": 33}, shown=True).caption
    assert told == "Honesty costs 0.44438; reporting 35 %, 33 %, 33 % for A, B, C costs only 0.44436."


def test_one_over_q_is_too_steep():
    # "with 1/q, the best report of someone who believes 60 %, 30 % and 10 % gives A only 47 %": q is proportional
    # to √p, and √0.6/(√0.6 + √0.3 + √0.1) = 0.473
    told = honesty(own("1/q"), shown=True).caption
    assert "reporting 47 %, 33 %, 19 %" in told


def test_the_logarithm_is_honest_whatever_you_believe():
    # "With −ln q there is no arrow, whatever you believe: the expected loss is then the cross-entropy"
    rng = np.random.default_rng(1)
    for weights in [(60, 40, 0), (100, 0, 0), (1, 100, 1), *rng.integers(0, 101, (40, 3)).tolist()]:
        values = dict(zip(("b1", "b2", "b3"), map(int, weights), strict=True))
        assert "Honesty pays" in honesty({"rule": "log", **values}, shown=True).caption


@pytest.mark.parametrize("ways", [2, 3])
def test_brier_and_spherical_are_honest_for_any_number_of_outcomes(ways):
    for weights in [(60, 30, 10), (34, 33, 33), (1, 98, 1), (60, 40, 0)]:
        values = dict(zip(("b1", "b2", "b3"), weights, strict=True))
        for rule in ("Brier", "spherical"):
            assert "Honesty pays" in honesty({"rule": rule, "ways": ways, **values}, shown=True).caption


def test_the_pull_of_an_impossible_outcome_is_the_limit():
    formula = honesty({"rule": "log", "b1": 60, "b2": 40, "b3": 0}, shown=True).formula
    assert r"\text{pull of C} &\to \textcolor{#037E4E}{-1.00}" in formula
    for rule, limit in [("-log(q)", -1), ("1 - q", 0), ("-sqrt(q)", 0), ("1/q", -np.inf), ("-q*log(q)", 0)]:
        assert pull_at_zero(parse(rule)) == pytest.approx(limit)


@pytest.mark.parametrize("name", PULLED)
def test_pulls_say_whether_a_small_change_of_the_report_helps(name):
    rule, _ = PULLED[name]
    rng = np.random.default_rng(2)
    for weights in [(60, 30, 10), (50, 50, 20), (60, 40, 0), *rng.integers(1, 101, (20, 3)).tolist()]:
        values = dict(zip(("b1", "b2", "b3"), map(int, weights), strict=True))
        told = pulls({"pulls": name, **values}).caption
        p = np.array(weights) / sum(weights)
        moved = re.search("from (.) to (.)", told)
        assert bool(moved) == (not np.array_equal(best_report(rule, p), p) and name != "linear") or name == "linear"
        if moved:
            weak, strong = ("ABC".index(letter) for letter in moved.groups())
            other = p.copy()
            other[weak] -= 1e-4 * p[weak]
            other[strong] += 1e-4 * p[weak]
            assert expected_loss(rule, p, other) < expected_loss(rule, p, p)


def test_the_logarithm_has_equal_pulls():
    assert pulls().caption == (
        "Pulls at the honest report: A −1.00, B −1.00, C −1.00. They are equal, so no small change of the report helps."
    )


@pytest.mark.parametrize("name", ["square", "log", "linear", "Brier", "spherical", "0-1", "your own"])
def test_no_link_shows_the_answer_of_the_open_guess(name):
    view = honesty({"rule": name})
    assert not re.search("0\\.667|⅔|67 %", view.caption + view.formula + label_text(view.figure))


def test_the_zero_one_rule_never_punishes_honesty():
    # "34 % and 99 % for A cost the same, 0.4 on average … only another favorite costs more (0.7 for B)"
    assert "and so does any report with the same favorite" in honesty({"rule": "0-1"}, shown=True).caption
    said = np.array([[0.34, 0.33, 0.33], [0.99, 0.005, 0.005]])
    a, b = expected_loss(zero_one_rule, [0.6, 0.3, 0.1], said)
    assert a == b == pytest.approx(0.4)
    assert expected_loss(zero_one_rule, [0.6, 0.3, 0.1], [0.3, 0.6, 0.1]) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (own("3"), "Honesty costs 3.00, and so does every other report."),
        (TIED, "Honesty costs 0.667, and so does every other report."),
        (TIED | {"b3": 10}, "Honesty costs 0.600, and so do other reports."),
        ({"rule": "linear", "b1": 10, "b2": 10, "b3": 0}, "Honesty costs 0.500, and so do other reports."),
        ({"rule": "log"}, "Honesty pays: it costs 0.898 nats on average, and every other report costs more."),
    ],
)
def test_a_caption_says_which_reports_are_as_good(values, told):
    assert honesty(values, shown=True).caption == told


@pytest.mark.parametrize("rule", [quadratic_rule, spherical_rule])
def test_the_slope_is_zero_at_honesty(rule):
    # "slope = 0 at q = p"
    b, step = np.array([0.6, 0.3, 0.1]), np.array([1e-5, -1e-5, 0])
    assert abs(expected_loss(rule, b, b + step) - expected_loss(rule, b, b - step)) / 2e-5 < 1e-8


def test_a_pull_that_cancels_is_shown_as_zero():
    formula = honesty(own("sqrt(q)*sqrt(q) - q + (1 - q)**2", b1=100, b2=0, b3=0), shown=True).formula
    assert r"10^{-" not in formula
    assert r"\text{pull of B} &\to \textcolor{#037E4E}{0} \quad\text{as } \textcolor{#0B68AD}{p} \to 0" in formula


def test_a_kink_has_no_pull():
    formula = honesty(own("sqrt((q - 0.5)**2)", ways=2, b1=1, b2=1), shown=True).formula
    assert r"\text{does not exist: a kink}" in formula
    assert "not a number" not in formula


TYPED = [
    *["-log(q)", "3", "log(2)", "-q*log(q)", "-(1 - q)*log(1 - q)", "1/(1 - q)", "q**q", "2**-q", "exp(2)**3*q"],
    *["1/exp(exp(9))", "1/9**9**9**9", "(0/0)**0 - q", "99999999999999999999999*1e-20*q", "q/2**1100", "1/(1/0) - q"],
    *["-log(q) - q*log(q)", "sqrt((q - 0.5)**2)", "-log(exp(exp(1))*q)", "exp(9*q) - 5"],
]


@pytest.mark.skipif(not torch_is_here, reason="PyTorch is not installed")
@pytest.mark.parametrize("f", TYPED)
def test_whatever_is_typed_the_code_computes_the_number_of_the_picture(f):
    for ways, weights in [(3, (60, 30, 10)), (3, (100, 0, 0)), (2, (1, 1, 0)), (2, (0, 5, 0))]:
        view = honesty(own(f, ways=ways, **dict(zip(("b1", "b2", "b3"), weights, strict=True))), shown=True)
        check(view)
        np.testing.assert_allclose(run(view.code.numpy)["value"], view.code.value, rtol=1e-9, err_msg=view.code.numpy)
        torch_value = run(view.code.torch)["value"].detach().numpy()
        np.testing.assert_allclose(torch_value, view.code.value, rtol=1e-9, err_msg=view.code.torch)


@pytest.mark.skipif(not torch_is_here, reason="PyTorch is not installed")
def test_the_code_of_the_zero_one_rule_breaks_ties_as_the_picture_does():
    """At the belief, and at any other report that is put in its place."""
    view = honesty(TIED, shown=True)
    assert float(view.code.value) == pytest.approx(1 - 1 / 3)  # three outcomes share the one right answer
    assert run(view.code.torch)["value"].item() == pytest.approx(1 - 1 / 3)
    program = honesty({"rule": "0-1"}, shown=True).code.torch
    assert "torch.tensor([0.6, 0.3, 0.1]" in program
    b = np.array([0.6, 0.2, 0.2])
    for report in ([0.4, 0.4, 0.2], [0.2, 0.2, 0.6], [0.25, 0.25, 0.5], [0.1, 0.45, 0.45]):
        made = [line for line in program.splitlines() if not line.startswith(("b = ", "q = "))]
        tensors = [
            f"{name} = torch.tensor({v}, dtype=torch.float64, requires_grad=True)"
            for name, v in (("b", b.tolist()), ("q", report))
        ]
        left = run("\n".join([made[0], *tensors, *made[1:]]))
        assert left["value"].item() == pytest.approx(float(expected_loss(zero_one_rule, b, report)))


def test_the_best_report_of_the_picture_is_the_best_of_the_grid():
    for values in ({}, {"rule": "linear"}, own("-sqrt(q)")):
        view = honesty(values | {"b1": 50, "b2": 30, "b3": 20}, shown=True)
        local = values.get("f") or parse({"linear": "1 - q"}.get(values.get("rule", ""), "(1 - q)**2"))
        b = np.array([0.5, 0.3, 0.2])
        assert float(view.code.value) <= expected_loss(local, b, simplex_grid(3, 20)).min() + 1e-12
        assert float(view.code.value) == pytest.approx(float(expected_loss(local, b, best_report(local, b))))


BROKEN = {"f": "2p", "rule": "your own"}


def test_an_unreadable_rule_is_refused_with_the_sentence_of_the_parser():
    with pytest.raises(routes.NoView, match="Character 2: “p” is not understood here") as refused:
        routes.view("why_log", "honesty", urlencode(BROKEN))
    assert refused.value.status == 400


def test_what_one_learner_types_never_shows_in_the_picture_of_another(monkeypatch):
    """Eight threads, a thousand calls, two learners with rules of their own, one of them sometimes unreadable."""
    monkeypatch.setattr(routes, "_drawn", routes._drawn.__wrapped__)  # so that every call computes its picture
    rng = random.Random(1)
    learners = {
        "first": [{"rule": "your own", "f": "4 - 2*log(q)", "b1": str(b)} for b in range(1, 11)],
        "second": [{"rule": "your own", "f": "1 - q", "b1": str(b)} for b in range(1, 11)],
        "second, broken": [{"rule": "your own", "f": broken, "b1": "3"} for broken in ("2p", "1 -", "ln(q)")],
    }
    calls = [urlencode(rng.choice(learners[rng.choice(list(learners))]) | {"shown": "1"}) for _ in range(1000)]

    def answer(query):
        try:
            return routes.view("why_log", "honesty", query)
        except routes.NoView as refused:
            return refused.status, str(refused)

    alone = {query: answer(query) for query in set(calls)}
    for query, answered in alone.items():
        if isinstance(answered, bytes):
            said = json.loads(answered)
            assert ("Honesty pays" in said["caption"]) == ("log" in query)
            assert said["solved"]["own_honest"] == ("log" in query)
        else:
            assert answered[0] == 400
    assert len({answered[1] for answered in alone.values() if isinstance(answered, tuple)}) == 3
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(answer, calls))
    assert together == [alone[query] for query in calls]


def test_what_an_exaggeration_costs():
    # "To say 90 % where you believe 70 % costs 0.765 nats instead of 0.611; the difference is the KL divergence."
    said = -(0.7 * np.log(0.9) + 0.3 * np.log(0.1))
    honest = -(0.7 * np.log(0.7) + 0.3 * np.log(0.3))
    assert (round(said, 3), round(honest, 3)) == (0.765, 0.611)
    assert said - honest == pytest.approx(float(kl_divergence([0.7, 0.3], [0.9, 0.1]).value))
    # "with 1 − q it gives A 100 %": the expected loss 1 − Σ p q is least where all of q is on the likeliest outcome.
    assert "reporting 100 %, 0 %, 0 % for A, B, C costs only 0.400" in honesty({"rule": "linear"}, shown=True).caption
