"""The formulas of the reference that the formula sheet leaves out: each is computed from its text and compared."""

import math
import re
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest

import xent_core as xc
from tests.core.helpers import central_difference
from tests.pages.test_formula_sheet import FUNCTIONS as OF_THE_SHEET
from xent_core import gaussians, mismatched_losses, naive, precision, reweighting, sampling
from xent_ui.formulas.python_to_latex import latex
from xent_ui.formulas.reference import PARTS, WITHOUT

ROWS = [row for part in PARTS for row in part.rows]
IDS = [f"{row.function.__name__}-{row.name}" for row in ROWS]
K = 5
FUNCTIONS = OF_THE_SHEET | {
    "ceil": np.ceil,
    "log2": np.log2,
    "max_b": np.max,
    "max_k": np.max,
    "mean_b": np.mean,
    "mean_i": np.mean,
    "prod_k": np.prod,
    "softmax_t": lambda p: (np.exp(p) / np.sum(np.exp(p)))[0],  # t = 0
    "sqrt": np.sqrt,
    "sum_ab": np.sum,
    "sum_b": np.sum,
    "sum_h": np.sum,
    "sum_i": np.sum,
    "tanh": np.tanh,
}


def distribution(rng, size=K):
    return rng.dirichlet(np.ones(size))


def computed(expression, symbols):
    with np.errstate(divide="ignore"):  # a probability that is rounded to 0
        return eval(expression, {"__builtins__": {}}, FUNCTIONS | symbols)


# How to try a formula: a function of the row and of random numbers that returns the symbols of the formula and what
# xent_core computes, a value or a value and a gradient.
def of_a_distribution(row, rng):
    p = distribution(rng)
    return {"p": p, "p_k": p}, row.function(p)


def mutual_information(row, rng):
    p = distribution(rng, 12).reshape(3, 4)
    return {"p_ab": p, "p_a": p.sum(1, keepdims=True), "q_b": p.sum(0, keepdims=True)}, row.function(p)


def of_a_number(row, rng):
    x = float(3 * rng.normal())
    return {"x": x}, xc.ValueAndGrad(row.function(x), central_difference(row.function, np.array(x)))


def one_hot(row, rng):
    return {"k": np.arange(K), "t": 3}, row.function(3, K)


def smooth_labels(row, rng):
    y = distribution(rng)
    return {"y_k": y, "eps": 0.2, "K": K}, row.function(y, 0.2)


def class_weights(row, rng):
    labels = np.concatenate([np.arange(K), rng.integers(K, size=30)])
    count = np.bincount(labels)
    if row.function is xc.balanced_class_weight:
        return {"n": 35, "K": K, "n_k": count}, row.function(labels, K)
    u = 1 / (1 - 0.9**count)
    symbols = {"n_k": count, "beta": 0.9, "K": K, "u_k": u, "u_j": u}
    return symbols, u if row.of == "u_k" else row.function(labels, K, beta=0.9)


def reduction(row, rng):
    value, grad, w = rng.exponential(size=K), rng.normal(size=K), rng.exponential(size=K)
    symbols = {"L_i": value, "g_i": grad, "w_i": w, "w_j": w}
    return symbols, row.function(xc.ValueAndGrad(value, grad), weight=w)


def forecasts(rng, n=200):
    p = rng.integers(1, 10, size=n) / 10
    return p, (rng.random(n) < p).astype(int)


def in_bins(row, rng):
    p, y = forecasts(rng)
    curve = xc.reliability_curve(p, y, n_bins=5)
    filled = curve.count > 0
    symbols = {
        "n": len(p),
        "n_b": curve.count[filled],
        "c_b": curve.confidence[filled],
        "f_b": curve.frequency[filled],
        "y_mean": y.mean(),
    }
    if row.function is xc.brier_decomposition:
        return symbols, getattr(row.function(p, y, n_bins=5), row.name.lower())
    return symbols, row.function(p, y, n_bins=5)


def one_bin(row, rng):
    p, y = forecasts(rng)
    inside = (p > 0.2) & (p <= 0.4)
    return {"p_i": p[inside], "y_i": y[inside]}, getattr(xc.reliability_curve(p, y, n_bins=5), row.name.lower())[1]


def brier_score(row, rng):
    p, y = forecasts(rng)
    return {"p_i": p, "y_i": y}, row.function(p, y)


def wilson_interval(row, rng):
    n = int(rng.integers(1, 50))
    k = int(rng.integers(0, n + 1))
    symbols = {"k": k, "n": n, "c": NormalDist().inv_cdf((1 + 0.9) / 2)}
    return symbols, row.function(k, n, level=0.9)[row.name.startswith("Upper")]


def at_temperature(row, rng):
    z, y, t = 2 * rng.normal(size=K), rng.integers(2, size=K), float(rng.uniform(0.5, 3))
    return {"z_i": z, "y_i": y, "T": t, "p_i": FUNCTIONS["sigmoid"](z / t)}, row.function(z, y, t)


def rule(row, rng):
    q, y = distribution(rng), int(rng.integers(K))
    return {"q_k": q, "q_y": q[y], "k": np.arange(K), "y": y}, row.function(q)[y]


def expected(row, rng):
    p, q = distribution(rng), distribution(rng)
    return {"p_k": p, "L_k": xc.spherical_rule(q)}, row.function(xc.spherical_rule, p, q)


def code_lengths(row, rng):
    p, lengths = distribution(rng), rng.integers(1, 9, size=K)
    given = (p,) if row.function is xc.shannon_code_lengths else (p, lengths)
    return {"p_k": p, "l_k": lengths}, row.function(*given)


def n_grams(row, rng):
    model = xc.fit_language_model("abracadabra", order=2, smoothing=0.5)
    symbols = {"n": 2, "N": 4, "s": 0.5, "V": 5}  # another letter follows a four times, b two times
    return symbols, math.exp(-model.score("ab").nats[1])


def models(row, rng):
    x = rng.normal(size=2)
    model = xc.LinearModel() if row.function is xc.LinearModel else xc.HiddenLayerModel(3)
    w = rng.normal(size=model.init(0).shape)
    symbols = {"x_1": x[0], "x_2": x[1], "b": w[-1], "w_1": w[0], "w_2": w[1]}
    if row.function is xc.HiddenLayerModel:
        symbols |= {"W_h1": w[0:6:2], "W_h2": w[1:6:2], "c_h": w[6:9], "v_h": w[9:12]}
    return symbols, model.forward(w, x[None])[0]


def descent(row, rng):
    w, g = rng.normal(size=(2, K))
    return {"w": w, "g": g, "eta": 0.3}, xc.GradientDescent(0.3).step(w, g, None)[0]


def momentum(row, rng):
    w, g, v = rng.normal(size=(3, K))
    new, velocity = xc.Momentum(0.3, 0.8).step(w, g, v)
    return {"w": w, "g": g, "v": v, "v_new": velocity, "eta": 0.3, "mu": 0.8}, velocity if row.of == "v'" else new


def adam(row, rng):
    w, first, g = rng.normal(size=(3, K))
    optimizer = xc.Adam(0.3, 0.8, 0.9, 1e-3)
    _, before = optimizer.step(w, first, optimizer.init(w))
    new, after = optimizer.step(w, g, before)
    unbiased = {"m_hat": after.mean / (1 - 0.8**2), "v_hat": after.mean_square / (1 - 0.9**2)}
    symbols = {"w": w, "g": g, "m": before.mean, "v": before.mean_square, "t": 2} | unbiased
    symbols |= {"eta": 0.3, "beta_1": 0.8, "beta_2": 0.9, "eps": 1e-3}
    return symbols, {r"\hat m": unbiased["m_hat"], r"\hat v": unbiased["v_hat"], "w'": new}[row.of]


def run(row, rng):
    setup, w = xc.TrainingSetup(xc.make_dataset("moons", 40)), rng.normal(size=3)
    logits = xc.LinearModel().forward(w, setup.dataset.points)
    losses = xc.binary_cross_entropy_with_logits(logits, setup.dataset.labels)
    if row.function is xc.measure:
        return {"L_i": losses.value}, xc.measure(setup.model, w, setup.dataset, setup.loss).loss
    return {"L_i": losses.value}, xc.loss_surface(setup, w, (0, 1), w[:1], w[1:2])[0, 0]


def path(row, rng):
    z = float(rng.normal())
    loss = xc.binary_cross_entropy_with_logits
    after = row.function(loss, z, 1, steps=1, optimizer=xc.GradientDescent(0.4))[1]
    return {"z": z, "g": loss(z, 1).grad, "eta": 0.4}, after


def constant(row, rng):
    c, y = rng.normal(), rng.normal(size=K)
    losses = xc.huber_loss(np.full(K, c), y)
    return {"L_i": losses.value, "g_i": losses.grad}, row.function(xc.huber_loss, c, y)


def bits(row, rng):
    h = float(rng.exponential())
    return {"h": h}, xc.Unit.BITS.of(h)


def gaussian(row, rng):
    x, c, w = rng.normal(size=K), float(rng.normal()), float(rng.uniform(0.5, 2))
    return {"x_k": x, "x_j": x, "c": c, "w": w}, row.function(x, c, w)


def mismatch(row, rng):
    z, t = 2 * rng.normal(size=K), 0
    p, y = xc.softmax(z), np.eye(K)[t]
    given = t
    if row.function is mismatched_losses.one_hot_as_labels:
        given = y
    if row.function is mismatched_losses.softmax_for_many_labels:
        given = y = np.array([1, 0, 1, 0, 0])
    symbols = {"z_k": z, "p": p, "p_k": p, "p_0": p[0], "p_1": p[1], "y_k": y, "y_j": y, "K": K, "r_t": p.round(2)[t]}
    loss = row.function(z, given)
    return symbols, xc.ValueAndGrad(loss.value, loss.grad) if row.grad else loss.value


def textbook(row, rng):
    z, y = 2 * rng.normal(size=K), distribution(rng)
    m, p = z.max(), FUNCTIONS["sigmoid"](z)
    if row.function is naive.naive_kl_divergence:
        return {"p_k": y, "q_k": xc.softmax(z)}, row.function(y, xc.softmax(z))
    if row.grad:
        options = {"clip": 0.2} if row.function is naive.clipped_binary_cross_entropy else {}
        return {"y": y, "p": p, "p_clipped": np.clip(p, 0.2, 0.8)}, row.function(z, y, **options)
    return {"z": z, "z_k": z, "z_j": z, "m": m}, row.function(z)


def floating_point(row, rng):
    z, y = 2 * rng.normal(size=K), distribution(rng)
    symbols = {"z_k": z, "z_j": z, "m": z.max(), "y_k": y, "p_k": xc.softmax(z), "c": 1.5}
    match row.function.__name__:
        case "naive_cross_entropy":
            return symbols, row.function(symbols["p_k"], y)
        case "cross_entropy_in_log_space":
            return symbols, row.function(z, y)
        case "logsumexp_steps":
            return symbols, row.function(z, 1.5).value
        case "exact_exp":
            return {"x": z[0]}, float(row.function(z[0]))
        case "exact_logsumexp":
            return symbols, row.function(z)
        case "exact_binary_cross_entropy":
            loss = row.function(z, 0.3)
            p = FUNCTIONS["sigmoid"](z)
            return {"y": 0.3, "p": p}, xc.ValueAndGrad(loss.value.astype(float), loss.grad.astype(float))
    x, t = float(1 + rng.random() / 1000), 1.0
    return {"x": x, "t": t}, row.function(x, precision.Decimal(t))


def weighted(row, rng):
    p, t, x = rng.random(3)
    match row.function.__name__:
        case "log_odds":
            return {"p": p}, row.function(p)
        case "expected_focal_loss":
            return {"p": p, "t": t, "gamma": 1.7}, row.function(reweighting.log_odds(p), t, gamma=1.7).value
        case "reweighted":
            return {"t": t, "w": 3.0}, row.function(t, 3.0)
    return {"d": 1.5, "rho": 4.0, "x": x}, reweighting.TwoGaussians(1.5, 4.0).probability(x)


def samples(row, rng):
    p, counts, x = distribution(rng), rng.integers(4, size=K), rng.normal(size=7)
    if row.function is sampling.likelihood:
        return {"p_k": p, "n_k": counts}, row.function(p, counts)
    return {"x_i": x, "n": 7}, row.function(np.append(x, 9.0))[6]


TRIED_BY = {
    of_a_distribution: [xc.entropy_terms, xc.perplexity],
    mutual_information: [xc.mutual_information],
    of_a_number: [xc.softplus, xc.log_sigmoid],
    one_hot: [xc.one_hot],
    smooth_labels: [xc.smooth_labels],
    class_weights: [xc.balanced_class_weight, xc.effective_number_class_weight],
    reduction: [xc.mean, xc.total],
    in_bins: [xc.expected_calibration_error, xc.maximum_calibration_error, xc.brier_decomposition],
    one_bin: [xc.reliability_curve],
    brier_score: [xc.brier_score],
    wilson_interval: [xc.wilson_interval],
    at_temperature: [xc.cross_entropy_at_temperature],
    rule: [
        xc.log_rule,
        xc.quadratic_rule,
        xc.spherical_rule,
        xc.linear_rule,
        xc.zero_one_rule,
        xc.one_sided_square_rule,
    ],
    expected: [xc.expected_loss, xc.expected_score],
    code_lengths: [xc.shannon_code_lengths, xc.expected_code_length],
    n_grams: [xc.NGramModel],
    models: [xc.LinearModel, xc.HiddenLayerModel],
    descent: [xc.GradientDescent],
    momentum: [xc.Momentum],
    adam: [xc.Adam],
    run: [xc.measure, xc.loss_surface],
    path: [xc.descend],
    constant: [xc.constant_prediction_loss],
    bits: [xc.Unit],
    gaussian: [gaussians.discrete_gaussian],
}
BY_MODULE = {
    "xent_core.mismatched_losses": mismatch,
    "xent_core.naive": textbook,
    "xent_core.precision": floating_point,
    "xent_core.reweighting": weighted,
    "xent_core.sampling": samples,
}
TRIALS = {function: trial for trial, functions in TRIED_BY.items() for function in functions}


def tried(row, rng):
    trial = TRIALS.get(row.function) or BY_MODULE[row.function.__module__]
    return trial(row, rng)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_formula_gives_what_xent_core_computes(row):
    rng = np.random.default_rng(0)
    for _ in range(20):
        symbols, result = tried(row, rng)
        is_pair = isinstance(result, xc.ValueAndGrad)
        value = result.value if is_pair else result
        np.testing.assert_allclose(computed(row.value, symbols), value, rtol=1e-9, atol=1e-9)
        if row.grad:
            assert is_pair
            np.testing.assert_allclose(computed(row.grad, symbols), result.grad, rtol=1e-6, atol=1e-8)


NUMBERS = {
    "K": K,
    "-\\infty": -math.inf,
    "\\infty": math.inf,
    "\\ln \\min(A, B)": math.log(3),
    "\\tfrac{1}{e}": 1 / math.e,
}


def bound(text):
    fraction = re.fullmatch(r"\\tfrac\{(\d)\}\{(\d)\}", text)
    return NUMBERS[text] if text in NUMBERS else float(Fraction(*map(int, fraction.groups())) if fraction else text)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_no_value_leaves_its_range(row):
    opens, low, high, closes = re.fullmatch(r"([\[(])(.+?), (.+)([\])])", row.range).groups()
    rng = np.random.default_rng(1)
    for _ in range(40):
        _, result = tried(row, rng)
        value = np.asarray(result.value if isinstance(result, xc.ValueAndGrad) else result, float)
        assert np.all(value >= bound(low) - 1e-12 if opens == "[" else value > bound(low))
        assert np.all(value <= bound(high) + 1e-12 if closes == "]" else value < bound(high))


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_formula_has_its_latex(row):
    for expression in filter(None, (row.value, row.grad)):
        assert "_" not in re.sub(r"_(\{[^}]*\}|\w(?!\w))", "", latex(expression)), "an index of several letters"


def test_what_has_no_formula_says_so_in_one_sentence_and_nothing_is_listed_twice():
    named = {row.function.__name__ for row in ROWS}
    assert not named & WITHOUT.keys()
    assert list(WITHOUT) == sorted(WITHOUT)
    assert all(re.fullmatch(r"It [^.]+\.", reason) for reason in WITHOUT.values())
