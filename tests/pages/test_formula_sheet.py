"""The formula sheet: each formula that it shows is computed from the same text and compared with xent_core."""

import inspect
import math
import re

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics

import xent_core as xc
from tests.core.helpers import central_difference
from tests.pages.helpers import open_lesson
from xent_ui.formulas.formula_sheet import (
    ACTIVATIONS,
    COMPARED,
    INFORMATION,
    NUMBERS,
    ONE_OF_MANY,
    PARTS,
    RANKING,
    SHEETS,
    TWO_CLASSES,
)
from xent_ui.formulas.python_to_latex import latex

ROWS = [(part, row) for part in PARTS for row in part.rows]
K, T = 5, 3  # the number of classes, and the right one
PAIRS = [(i, j) for i in range(K) for j in range(K)]
FUNCTIONS = {
    "H": lambda p: -np.sum(p * np.log(p)),
    "KL": lambda p, q: np.sum(p * np.log(p / q)),
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "logsumexp": lambda z: np.log(np.sum(np.exp(z))),
    "max": np.maximum,
    "mean_ij": np.mean,
    "min": np.minimum,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "sign": np.sign,
    "softmax_k": lambda z: np.exp(z) / np.sum(np.exp(z)),
    "sum_j": np.sum,
    "sum_k": np.sum,
    "where": np.where,
}
OPTIONS = {"alpha": 0.3, "gamma": 1.7, "delta": 0.8, "eps": 0.2, "w": 2.5, "m": 1.5}


def computed(expression, **symbols):
    """Return the value of a formula of the sheet."""
    return eval(expression, {"__builtins__": {}}, FUNCTIONS | OPTIONS | symbols)


def two_classes(row, rng):
    z = 3 * rng.normal()
    if row.wrt == "s":
        y = int(rng.choice([-1, 1]))
        return {"s": z, "y": y}, row.function(z, y)
    y = int(row.name.endswith("$y = 1$")) if row.name.startswith("Focal") else int(rng.integers(2))
    p = float(xc.sigmoid(z))
    options = {"pos_weight=w": {"pos_weight": OPTIONS["w"]}}.get(row.option, {})
    if row.name.startswith("Focal"):
        options = {"alpha": OPTIONS["alpha"], "gamma": OPTIONS["gamma"]}
    return {"z": z, "p": p, "y": y}, row.function(p if row.wrt == "p" else z, y, **options)


def one_of_many(row, rng):
    z, w, y = 2 * rng.normal(size=K), rng.uniform(0.5, 2, K), rng.dirichlet(np.ones(K))
    p, one_hot, k = xc.softmax(z), np.eye(K)[T], np.arange(K)
    symbols = {"z": z, "z_t": z[T], "p_k": p, "p_j": p, "p_t": p[T], "y_k": y, "y_j": y, "w_t": w[T], "k": k, "t": T}
    symbols["y_smooth"] = (1 - OPTIONS["eps"]) * y + OPTIONS["eps"] / K
    if row.function is xc.multiclass_hinge_loss:
        loss = row.function(z, T)
        wrong = np.where(one_hot == 1, -np.inf, z)
        return {"s_t": float(z[T]), "s_j": float(wrong.max())}, xc.ValueAndGrad(loss.value, loss.grad[T])
    if row.function in (xc.sparse_softmax_cross_entropy, xc.softmax_focal_loss):
        options = {"class_weight=w": {"class_weight": w}, "gamma=γ": {"gamma": OPTIONS["gamma"]}}.get(row.option, {})
        return symbols, row.function(z, T, **options)
    options = {"label_smoothing": OPTIONS["eps"]} if row.option else {}
    return symbols, row.function(p if row.wrt == "p_k" else z, y, **options)


def ranking(row, rng):
    s, r = 2 * rng.normal(size=K), rng.permutation(K).astype(float)
    if row.function is xc.listnet_loss:
        return {"s": s, "r": r}, row.function(s, r)
    ordered = [(i, j) for i, j in PAIRS if r[i] > r[j]]
    best, worst = (np.array(each) for each in zip(*ordered, strict=True))
    symbols = {"s_i": s[best], "s_j": s[worst], "n": len(ordered)}
    loss = row.function(s, r, margin=OPTIONS["m"])
    slopes = computed(row.grad, **symbols)  # in the better item of each pair; the opposite in the worse
    summed = np.zeros(K)
    np.add.at(summed, best, slopes)
    np.add.at(summed, worst, -slopes)
    np.testing.assert_allclose(summed, loss.grad, rtol=1e-12, atol=1e-12)
    return symbols, xc.ValueAndGrad(loss.value, slopes)


def numbers(row, rng):
    f, y = rng.normal(size=2)
    options = {"delta": OPTIONS["delta"]} if row.option else {}
    return {"f": f, "y": y}, row.function(f, y, **options)


def information(row, rng):
    p, q = rng.dirichlet(np.ones(K), size=2)
    if row.function is xc.surprise:
        return {"p": p[0]}, row.function(p[0])
    symbols = {"p": p, "q": q, "m": (p + q) / 2, "p_k": p, "q_k": q, "m_k": (p + q) / 2}
    return symbols, row.function(p) if row.function is xc.entropy else row.function(p, q)


STATES = {TWO_CLASSES: two_classes, ONE_OF_MANY: one_of_many, RANKING: ranking, NUMBERS: numbers}
STATES[INFORMATION] = information


@pytest.mark.parametrize(("part", "row"), ROWS, ids=[f"{row.name}-{row.wrt}" for _, row in ROWS])
def test_a_formula_gives_the_value_and_the_gradient_of_xent_core(part, row):
    rng = np.random.default_rng(0)
    for _ in range(30):
        symbols, loss = STATES[part](row, rng)
        np.testing.assert_allclose(computed(row.value, **symbols), loss.value, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(computed(row.grad, **symbols), loss.grad, rtol=1e-9, atol=1e-9)


BOUNDS = {r"0": 0.0, r"1": 1.0, r"2": 2.0, r"\infty": math.inf, r"\ln 2": math.log(2), r"\ln K": math.log(K)}


@pytest.mark.parametrize(("part", "row"), ROWS, ids=[f"{row.name}-{row.wrt}" for _, row in ROWS])
def test_no_value_leaves_its_range(part, row):
    low, high = re.fullmatch(r"\[(.*), (.*)[\])]", row.range).groups()
    rng = np.random.default_rng(1)
    for _ in range(100):
        symbols, loss = STATES[part](row, rng)
        y, y_smooth, p, r = (symbols.get(name) for name in ("y_k", "y_smooth", "p", "r"))
        noisy = {"H(y)": y, "H(y')": y_smooth, "H(p)": p}
        noisy[r"H(\operatorname{softmax}(r))"] = None if r is None else xc.softmax(r)
        least = xc.entropy(noisy[low]).value if low in noisy else BOUNDS[low]
        assert least - 1e-12 <= loss.value <= BOUNDS[high]


def test_ranges_with_an_upper_bound_are_no_wider_than_needed():
    assert xc.sigmoid_squared_error(100.0, 0).value == pytest.approx(1)
    assert xc.softmax_squared_error([100.0, 0.0], [0, 1]).value == pytest.approx(2)
    assert xc.entropy([0.25] * 4).value == pytest.approx(math.log(4))
    assert xc.js_divergence([1.0, 0.0], [0.0, 1.0]).value == pytest.approx(math.log(2))


@pytest.mark.parametrize("row", ACTIVATIONS.rows, ids=lambda row: row.name)
def test_a_step_from_logits_to_probabilities_is_right(row):
    z = 2 * np.random.default_rng(5).normal(size=K)
    if row.function is xc.sigmoid:
        p = xc.sigmoid(z)
        assert computed(row.value, z=z) == pytest.approx(p)
        slopes = [central_difference(xc.sigmoid, np.array(each)) for each in z]
        assert computed(row.grad, p=p) == pytest.approx(np.array(slopes))
        return
    p = xc.softmax(z)
    assert computed(row.value, z=z, z_k=z, z_j=z) == pytest.approx(row.function(z))
    for k in range(K):
        slopes = central_difference(lambda z, k=k: np.atleast_1d(row.function(z))[k % row.function(z).size], z)
        at = {"p_k": p[k], "p_j": p, "j": np.arange(K), "k": k} if row.wrt == "z_j" else {"p_k": p}
        assert computed(row.grad, **at) == pytest.approx(slopes, abs=1e-8)


def test_log_sum_exp_keeps_to_its_range():
    assert xc.logsumexp([1000.0, 0.0]) == 1000
    assert xc.logsumexp([3.0] * K) == pytest.approx(3 + math.log(K))


def test_every_loss_of_xent_core_is_on_the_sheet():
    returning = {
        name
        for name in xc.__all__
        if inspect.isfunction(function := getattr(xc, name))
        and inspect.signature(function).return_annotation is xc.ValueAndGrad
    }
    reductions = {"mean", "total", "constant_prediction_loss"}  # of other losses
    temperature = {"cross_entropy_at_temperature"}  # its gradient is in the temperature
    assert {row.function.__name__ for _, row in ROWS} == returning - reductions - temperature


def test_the_names_in_libraries_exist():
    for _, row in ROWS:
        if row.sklearn:
            assert hasattr(sklearn.metrics, row.sklearn)
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: its names are not checked")
    for _, row in ROWS:
        if row.torch and not row.torch.startswith("torchvision"):
            assert hasattr(torch.nn, row.torch.partition("(")[0]), row.torch
    z = torch.tensor([[1.0, 2.0, 0.0]], dtype=torch.float64)
    for row in ACTIVATIONS.rows:
        ours, named = row.function(z.numpy()), row.torch.removeprefix("torch.")
        theirs = torch.logsumexp(z, dim=-1) if named == "logsumexp" else eval(f"torch.nn.{named}", {"torch": torch})(z)
        assert theirs.numpy() == pytest.approx(ours)


def test_names_in_pytorch_compute_the_formulas():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: its losses are not compared")
    options = {"w": torch.tensor(OPTIONS["w"]), "m": OPTIONS["m"], "δ": OPTIONS["delta"], "ε": OPTIONS["eps"]}
    rng = np.random.default_rng(2)
    weights = rng.uniform(0.5, 2, K)
    for part, row in ROWS:
        if not row.torch or row.torch.startswith("torchvision"):
            continue
        symbols, loss = STATES[part](row, rng)
        s = {name: torch.tensor(np.asarray(each, float)) for name, each in symbols.items()}
        named = dict(options)
        if row.option == "class_weight=w":  # the mean is weighted, so one example gives its loss without a weight
            named["w"] = torch.tensor(weights)
            loss = xc.sparse_softmax_cross_entropy(symbols["z"], T)
        torch_loss = eval(f"torch.nn.{row.torch}", {"torch": torch} | named)
        match row.torch.partition("(")[0]:
            case "BCEWithLogitsLoss":
                got = torch_loss(s["z"], s["y"])
            case "BCELoss":
                got = torch_loss(s["p"], s["y"])
            case "MSELoss" | "L1Loss" | "HuberLoss":
                got = torch_loss(s["f"] if part is NUMBERS else s["p"], s["y"])
            case "CrossEntropyLoss" if row.function is xc.sparse_softmax_cross_entropy:
                got = torch_loss(s["z"][None], torch.tensor([T]))
            case "CrossEntropyLoss":
                got = torch_loss(s["z"][None], s["y_k"][None])
            case "MarginRankingLoss":
                got = torch_loss(s["s_i"], s["s_j"], torch.ones(len(s["s_i"])))
            case "KLDivLoss":
                got = torch_loss(s["q"].log()[None], s["p"][None])
        assert got.item() == pytest.approx(float(loss.value), rel=1e-6), row.torch


@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # of Keras on PyTorch
def test_names_in_keras_compute_the_formulas():
    keras = pytest.importorskip("keras", reason="Keras is not installed: its losses are not compared")
    z = np.array([[1.0, 2.0, 0.0]], "float32")
    for row in ACTIVATIONS.rows:
        room, name = row.keras.split(".")
        axis = {"axis": -1} if name == "logsumexp" else {}
        theirs = keras.ops.convert_to_numpy(getattr(getattr(keras, room), name)(z, **axis))
        assert theirs == pytest.approx(row.function(z), rel=1e-5)
    options = {"α": OPTIONS["alpha"], "δ": OPTIONS["delta"], "ε": OPTIONS["eps"], "γ": OPTIONS["gamma"]}
    rng = np.random.default_rng(3)
    for part, row in ROWS:
        if not row.keras:
            continue
        symbols, loss = STATES[part](row, rng)
        value, s = float(loss.value), {name: np.asarray(each, "float32") for name, each in symbols.items()}
        keras_loss = eval(f"keras.losses.{row.keras}", {"keras": keras} | options)
        if part is ONE_OF_MANY:
            y = np.eye(K, dtype="float32")[T] if row.function is xc.softmax_focal_loss else s["y_k"]
            y = np.array([T]) if row.keras.startswith("Sparse") else y[None]
            got = keras_loss(y, s["p_k" if row.wrt == "p_k" else "z"][None])
        elif part is INFORMATION:
            got = keras_loss(s["p"][None], s["q"][None])
        else:
            prediction = {"Squared error (Brier)": "p"}.get(row.name, row.wrt)
            got = keras_loss(s["y"][None, None], s[prediction][None, None])
        assert float(got) == pytest.approx(value, rel=1e-4), row.keras


def test_the_brier_score_of_scikit_learn_sums_over_the_classes():
    z, labels = np.random.default_rng(4).normal(size=(6, K)), np.array([0, 1, 2, 3, 4, 4])
    ours = xc.mean(xc.softmax_squared_error(z, np.eye(K)[labels])).value
    assert sklearn.metrics.brier_score_loss(labels, xc.softmax(z)) == pytest.approx(float(ours))


@pytest.fixture(scope="module")
def words():
    return "\n".join(element.value for element in open_lesson("formula_sheet").markdown)


class TestThePage:
    def test_every_formula_stands_on_it(self, words):
        for row in [*ACTIVATIONS.rows, *(row for _, row in ROWS)]:
            for formula in (f"${latex(row.value)}$", f"= {latex(row.grad)}$", f"${row.range}$", row.name):
                assert formula in words
            for name in (row.torch, row.keras, row.sklearn, row.function.__name__):
                for part in re.split(r"\(|, ", name.removesuffix(")")):
                    assert not part or f"`{part}`" in words

    def test_the_two_sheets_hold_every_table(self):
        assert [part for parts in SHEETS.values() for part in parts] == [ACTIVATIONS, *PARTS]

    def test_no_cell_breaks_a_table(self, words):
        for line in words.splitlines():
            if line.startswith("|"):
                assert line.count("|") in (4, 6), line

    def test_the_comparison_stands_on_it(self, words):
        assert [aspect for aspect, _, _ in COMPARED] == [
            "task",
            "label",
            "output",
            "activation",
            "loss",
            "range",
            "gradient",
            "its behavior",
        ]
        for row in COMPARED:
            assert f"| {' | '.join(row)} |" in words

    def test_the_numbers_of_the_opening(self, words):
        assert f"−ln 0.05 = {-math.log(0.05):.2f}" in words

    def test_the_gradient_behaves_as_the_comparison_says(self):
        for z, y, size in ((20.0, 1, 0), (-20.0, 1, 1), (20.0, 0, 1), (-20.0, 0, 0)):
            assert abs(xc.binary_cross_entropy_with_logits(z, y).grad) == pytest.approx(size, abs=1e-6)
        wrong = xc.sparse_softmax_cross_entropy([20.0, 0.0, 0.0], 1).grad
        assert wrong.sum() == pytest.approx(0)
        assert wrong[1] == pytest.approx(-1)
        assert xc.binary_cross_entropy(0.5, 1).value == pytest.approx(math.log(2))
        assert xc.softmax_cross_entropy(np.zeros(K), np.eye(K)[T]).value == pytest.approx(math.log(K))


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("-y * log(p) - (1 - y) * log(1 - p)", r"-y\,\ln p-(1-y)\,\ln (1-p)"),
        ("-w * y * log(p)", r"-w\,y\,\ln p"),
        ("-(1 - p_t) ** gamma * log(p_t)", r"-(1-p_t)^{\gamma}\,\ln p_t"),
        ("a - (b - c)", "a-(b-c)"),
        ("a - b - c", "a-b-c"),
        ("a * (b + c)", r"a\,(b+c)"),
        ("-1 / p", r"-\tfrac{1}{p}"),
        ("a - -b", "a-(-b)"),
        ("(a + b) ** 2", "(a+b)^{2}"),
        ("log(p * q)", r"\ln (p\,q)"),
        ("-y * (y * s < 1)", r"-y\,[y\,s< 1]"),
        ("sum_k(a + b)", r"\sum_k (a+b)"),
    ],
)
def test_python_in_latex(expression, wanted):
    assert latex(expression) == wanted


@pytest.mark.parametrize("expression", ["p @ q", "f(x)", "[1]", "a < b < c", "a > b", "p.q"])
def test_what_has_no_latex_is_refused(expression):
    with pytest.raises(ValueError, match="no LaTeX"):
        latex(expression)
