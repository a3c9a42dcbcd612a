"""The picture of the lesson on scoring rules: what solves its tasks, what it says, and whose rule it draws."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.views.helpers import check, run, torch_is_here
from xent_core import best_report, expected_loss, quadratic_rule, simplex_grid, spherical_rule, zero_one_rule
from xent_ui.controls.expressions import parse
from xent_ui.live import routes
from xent_ui.views.why_log import honesty

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
        *["-log(q) + 1e-8*q", "1e6 - log(q) + 1e-4*q", "-log(q) + exp(-1e4*q)"],
        "-log(q)+((q-.5)*(q-.3)*(q-.2)*(q-.15)*(q-.6)*(q-.25)*(q-.4))**2",
    ],
)
def test_other_rules_are_not_honest(f):
    solved = honesty(own(f)).solved
    assert not solved["own_honest"]
    assert not solved["not_a_log"]


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
    assert locked.caption == "Honesty costs 0.324; saying 67 % for A costs only 0.300."
    assert honesty.question.answer() == pytest.approx(2 / 3)


@pytest.mark.parametrize("b1", [35, 60])
def test_the_linear_rule_rewards_boldness(b1):
    # "its best report is 100 % for the likeliest outcome, whatever you believe"
    assert "saying 100 % for A" in honesty({"rule": "linear", "b1": b1}, shown=True).caption


def test_the_zero_one_rule_never_punishes_honesty():
    # "34 % and 99 % pay the same"
    assert "and so does any report with the same favorite" in honesty({"rule": "0-1"}, shown=True).caption
    said = np.array([[0.34, 0.33, 0.33], [0.99, 0.005, 0.005]])
    a, b = expected_loss(zero_one_rule, [0.6, 0.3, 0.1], said)
    assert a == b


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (own("3"), "Honesty costs 3.00, and so does every other report."),
        (TIED, "Honesty costs 0.667, and so does every other report."),
        (TIED | {"b3": 10}, "Honesty costs 0.600, and so do other reports."),
        ({"rule": "linear", "b1": 10, "b2": 10, "b3": 0}, "Honesty costs 0.500, and so do other reports."),
        ({"rule": "log"}, "Honesty pays: no report costs less than the 0.898 of saying what you believe."),
    ],
)
def test_a_caption_says_which_reports_are_as_good(values, told):
    assert honesty(values, shown=True).caption == told


@pytest.mark.parametrize("rule", [quadratic_rule, spherical_rule])
def test_the_slope_is_zero_at_honesty(rule):
    # "slope = 0 at q = b"
    b, step = np.array([0.6, 0.3, 0.1]), np.array([1e-5, -1e-5, 0])
    assert abs(expected_loss(rule, b, b + step) - expected_loss(rule, b, b - step)) / 2e-5 < 1e-8


def test_a_pull_that_cancels_is_shown_as_zero():
    formula = honesty(own("sqrt(q)*sqrt(q) - q + (1 - q)**2", b1=100, b2=0, b3=0), shown=True).formula
    assert r"10^{-" not in formula
    assert r"\text{pull of B} &= \textcolor{#00755A}{0} \quad\text{because } b = 0" in formula


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
