"""The formulas of xent_core that do not stand on the formula sheet, of the same kind, for the page "Reference".

A test computes each from its text and compares the numbers with the function. A function without a formula says why.
"""

from typing import Final

import xent_core as xc
from xent_core import gaussians, mismatched_losses, naive, precision, reweighting, sampling
from xent_ui.formulas.formula_sheet import Part, Row

ANY: Final = r"(-\infty, \infty)"
FROM_0: Final = r"[0, \infty]"

_OUTCOMES: Final = Part(
    "Parts of a distribution",
    r"$p_k$ are the probabilities of the outcomes, $K$ their number, and $H(p) = -\sum_k p_k \ln p_k$.",
    (
        Row("Terms", xc.entropy_terms, "-p_k * log(p_k)", "", r"[0, \tfrac{1}{e}]", of="h_k"),
        Row("Perplexity", xc.perplexity, "exp(H(p))", "", "[1, K]", of=r"\mathrm{PP}"),
    ),
)
_JOINT: Final = Part(
    "Two variables",
    r"$p_{ab}$ is the probability that the first variable is $a$ and the second is $b$; $p_a = \sum_b p_{ab}$, and "
    r"$q_b = \sum_a p_{ab}$.",
    (
        Row(
            "Mutual information",
            xc.mutual_information,
            "sum_ab(p_ab * log(p_ab / (p_a * q_b)))",
            "",
            r"[0, \ln \min(A, B)]",
            of="I",
        ),
    ),
)
_NUMBERS: Final = Part(
    "Functions of a number",
    r"$\sigma(x) = \tfrac{1}{1 + e^{-x}}$.",
    (
        Row(
            "Softplus",
            xc.softplus,
            "log(1 + exp(x))",
            "sigmoid(x)",
            r"(0, \infty)",
            of=r"\operatorname{softplus}(x)",
            wrt="x",
        ),
        Row(
            "Log-sigmoid",
            xc.log_sigmoid,
            "-log(1 + exp(-x))",
            "1 - sigmoid(x)",
            r"(-\infty, 0)",
            of=r"\ln \sigma(x)",
            wrt="x",
        ),
    ),
)
_ONE_HOT: Final = Part(
    "One-hot targets",
    "$t$ is the label; $[k = t]$ is 1 for $k = t$, otherwise 0.",
    (Row("One-hot", xc.one_hot, "k == t", "", "[0, 1]", of="y_k"),),
)
_SMOOTHED: Final = Part(
    "Smoothed targets",
    r"$y_k$ is the target, $K$ the number of classes, and $\varepsilon$ is `label_smoothing`.",
    (Row("Smoothed", xc.smooth_labels, "(1 - eps) * y_k + eps / K", "", "[0, 1]", of="y'_k"),),
)
_WEIGHTS: Final = Part(
    "Class weights",
    r"$n_k$ is the number of examples of class $k$, $n$ that of all, $K$ the number of classes.",
    (Row("Balanced", xc.balanced_class_weight, "n / (K * n_k)", "", r"(0, \infty)", of="w_k"),),
)
_EFFECTIVE: Final = Part(
    "Effective numbers",
    r"$n_k$ is the number of examples of class $k$, $K$ the number of classes, $\beta$ is `beta`, and $u_k$ is "
    "proportional to the inverse effective number.",
    (
        Row("Inverse", xc.effective_number_class_weight, "1 / (1 - beta ** n_k)", "", r"[1, \infty)", of="u_k"),
        Row("Weight", xc.effective_number_class_weight, "K * u_k / sum_j(u_j)", "", "(0, K]", of="w_k"),
    ),
)
_REDUCED: Final = Part(
    "Reductions",
    "$L_i$ is the loss of example $i$, $g_i$ its derivative in the model's argument $x_i$, and $w_i$ its weight, 1 if "
    "there are none.",
    (
        Row("Mean", xc.mean, "sum_i(w_i * L_i) / sum_i(w_i)", "w_i / sum_j(w_j) * g_i", ANY, wrt="x_i"),
        Row("Sum", xc.total, "sum_i(w_i * L_i)", "w_i * g_i", ANY, wrt="x_i"),
    ),
)
_BINS: Final = Part(
    "Calibration",
    r"$p_i$ are the $n$ forecasts and $y_i$ their outcomes, 0 or 1, $\bar y$ is the mean outcome. In bin or group $b$ "
    r"are $n_b$ forecasts; $c_b$ is their mean and $f_b$ the share of outcomes 1.",
    (
        Row("Confidence", xc.reliability_curve, "mean_b(p_i)", "", "[0, 1]", of="c_b"),
        Row("Frequency", xc.reliability_curve, "mean_b(y_i)", "", "[0, 1]", of="f_b"),
        Row(
            "Expected error",
            xc.expected_calibration_error,
            "sum_b(n_b / n * abs(c_b - f_b))",
            "",
            "[0, 1]",
            of=r"\mathrm{ECE}",
        ),
        Row("Maximum error", xc.maximum_calibration_error, "max_b(abs(c_b - f_b))", "", "[0, 1]", of=r"\mathrm{MCE}"),
        Row("Brier score", xc.brier_score, "mean_i((p_i - y_i) ** 2)", "", "[0, 1]", of=r"\mathrm{BS}"),
        Row(
            "Reliability",
            xc.brier_decomposition,
            "sum_b(n_b / n * (c_b - f_b) ** 2)",
            "",
            "[0, 1]",
            of=r"\text{reliability}",
        ),
        Row(
            "Resolution",
            xc.brier_decomposition,
            "sum_b(n_b / n * (f_b - y_mean) ** 2)",
            "",
            r"[0, \tfrac{1}{4}]",
            of=r"\text{resolution}",
        ),
        Row(
            "Uncertainty",
            xc.brier_decomposition,
            "y_mean * (1 - y_mean)",
            "",
            r"[0, \tfrac{1}{4}]",
            of=r"\text{uncertainty}",
        ),
    ),
)
_INTERVAL: Final = Part(
    "Wilson's interval",
    r"$k$ is the number of successes among $n > 0$, and $c$ the quantile of the normal distribution at (1 + level)/2, "
    "1.96 for a level of 0.95.",
    (
        Row(
            "Lower end",
            xc.wilson_interval,
            "(k + c ** 2 / 2 - c * sqrt(k * (n - k) / n + c ** 2 / 4)) / (n + c ** 2)",
            "",
            "[0, 1]",
            of=r"\text{low}",
        ),
        Row(
            "Upper end",
            xc.wilson_interval,
            "(k + c ** 2 / 2 + c * sqrt(k * (n - k) / n + c ** 2 / 4)) / (n + c ** 2)",
            "",
            "[0, 1]",
            of=r"\text{high}",
        ),
    ),
)
_TEMPERATURE: Final = Part(
    "A temperature",
    r"$z_i$ are the logits, $y_i$ the labels, $T$ is the temperature, and $p_i = \sigma(z_i / T)$.",
    (
        Row(
            "Mean cross-entropy",
            xc.cross_entropy_at_temperature,
            "mean_i(-y_i * log(p_i) - (1 - y_i) * log(1 - p_i))",
            "mean_i(-z_i / T ** 2 * (p_i - y_i))",
            r"[0, \infty)",
            wrt="T",
        ),
    ),
)
_RULES: Final = Part(
    "Rules",
    r"$q_k$ are the reported probabilities, $q_y$ that of the outcome $y$ that occurred, and $[\ldots]$ is 1 if what "
    "it holds is true, otherwise 0.",
    (
        Row("Logarithmic", xc.log_rule, "-log(q_y)", "", FROM_0),
        Row("Quadratic", xc.quadratic_rule, "sum_k((q_k - (k == y)) ** 2)", "", "[0, 2]"),
        Row("Spherical", xc.spherical_rule, "1 - q_y / sqrt(sum_k(q_k ** 2))", "", "[0, 1]"),
        Row("Linear", xc.linear_rule, "1 - q_y", "", "[0, 1]"),
        Row("Zero-one", xc.zero_one_rule, "1 - (q_y == max_k(q_k)) / sum_k(q_k == max_k(q_k))", "", "[0, 1]"),
        Row("One-sided square", xc.one_sided_square_rule, "(1 - q_y) ** 2", "", "[0, 1]"),
    ),
)
_EXPECTED: Final = Part(
    "Expected losses",
    "$p_k$ is the true probability of outcome $k$, and $L_k$ the loss of the report if $k$ occurs.",
    (
        Row("Loss", xc.expected_loss, "sum_k(p_k * L_k)", "", ANY, of=r"\text{loss}"),
        Row("Score", xc.expected_score, "-sum_k(p_k * L_k)", "", ANY, of=r"\text{score}"),
    ),
)
_CODES: Final = Part(
    "Codes",
    "$p_k$ are the probabilities of the outcomes, and $l_k$ the lengths of their words in bits.",
    (
        Row("Shannon's lengths", xc.shannon_code_lengths, "ceil(-log2(p_k))", "", r"[0, \infty)", of="l_k"),
        Row("Mean length", xc.expected_code_length, "sum_k(p_k * l_k)", "", FROM_0, of="l"),
    ),
)
_GRAMS: Final = Part(
    "n-grams",
    "$n$ is how often the token follows the context, $N$ how often the context occurs, $s$ is the smoothing, and $V$ "
    "the size of the vocabulary.",
    (
        Row(
            "Probability",
            xc.NGramModel,
            "(n + s) / (N + s * (V + 1))",
            "",
            "[0, 1]",
            of=r"P(\text{token} \mid \text{context})",
        ),
    ),
)
_MODELS: Final = Part(
    "Models",
    r"$x_1$ and $x_2$ are the coordinates of a point; the other symbols are parameters, and $h$ counts hidden units.",
    (
        Row("Linear", xc.LinearModel, "w_1 * x_1 + w_2 * x_2 + b", "", ANY, of="z"),
        Row(
            "Hidden layer", xc.HiddenLayerModel, "sum_h(v_h * tanh(W_h1 * x_1 + W_h2 * x_2 + c_h)) + b", "", ANY, of="z"
        ),
    ),
)
_STEP: Final = (
    r"$w$ are the parameters before the step and $w'$ after it, $g$ is the gradient, $\eta$ the learning rate"
)
_DESCENT: Final = Part(
    "Gradient descent", f"{_STEP}.", (Row("Parameters", xc.GradientDescent, "w - eta * g", "", ANY, of="w'"),)
)
_MOMENTUM: Final = Part(
    "Momentum",
    rf"{_STEP}, $\mu$ the momentum, and $v$ the velocity before the step.",
    (
        Row("Velocity", xc.Momentum, "mu * v + g", "", ANY, of="v'"),
        Row("Parameters", xc.Momentum, "w - eta * v_new", "", ANY, of="w'"),
    ),
)
_ADAM: Final = Part(
    "Adam",
    rf"{_STEP}, and $t$ the number of the step. Before the step, $m$ and $v$ are the means of the gradient and of its "
    r"square, with the decays $\beta_1$ and $\beta_2$; $\hat m$ and $\hat v$ are those after it, corrected for their "
    r"start at 0; $\varepsilon$ is epsilon.",
    (
        Row("Mean of $g$", xc.Adam, "(beta_1 * m + (1 - beta_1) * g) / (1 - beta_1 ** t)", "", ANY, of=r"\hat m"),
        Row(
            "Mean of $g^2$",
            xc.Adam,
            "(beta_2 * v + (1 - beta_2) * g ** 2) / (1 - beta_2 ** t)",
            "",
            r"[0, \infty)",
            of=r"\hat v",
        ),
        Row("Parameters", xc.Adam, "w - eta * m_hat / (sqrt(v_hat) + eps)", "", ANY, of="w'"),
    ),
)
_RUNS: Final = Part(
    "Training",
    "$L_i$ is the loss of example $i$.",
    (
        Row("Loss", xc.measure, "mean_i(L_i)", "", r"[0, \infty)", of=r"\text{loss}"),
        Row("Height", xc.loss_surface, "mean_i(L_i)", "", r"[0, \infty)", of=r"\text{loss}"),
    ),
)
_PATH: Final = Part(
    "A path of logits",
    r"$z$ is a logit, $z'$ the logit after one more step, $g$ the gradient of the loss at $z$, and $\eta$ the learning "
    "rate of gradient descent.",
    (Row("A step", xc.descend, "z - eta * g", "", ANY, of="z'"),),
)
_CONSTANTS: Final = Part(
    "One number for all targets",
    r"$L_i$ is the loss of the constant $c$ at target $i$, and $g_i$ its derivative in $c$.",
    (Row("Mean loss", xc.constant_prediction_loss, "mean_i(L_i)", "mean_i(g_i)", r"[0, \infty)", wrt="c"),),
)
_UNITS: Final = Part(
    "Units",
    r"$h$ is an amount of information in nats.",
    (Row("Bits", xc.Unit, "h / log(2)", "", ANY, of=r"h_{\text{bits}}"),),
)

_GAUSSIANS: Final = Part(
    "Gaussians",
    r"$x_k$ are the points, $c$ is the center and $w$ the width.",
    (
        Row(
            "Discretized",
            gaussians.discrete_gaussian,
            "exp(-(x_k - c) ** 2 / (2 * w ** 2)) / sum_j(exp(-(x_j - c) ** 2 / (2 * w ** 2)))",
            "",
            "[0, 1]",
            of="p_k",
        ),
    ),
)
_MISMATCHED: Final = Part(
    "Mismatches",
    r"$z_k$ are the logits of $K$ classes, $p = \operatorname{softmax}(z)$, $y_k$ is 1 for a true class and 0 for "
    r"others, $t$ is the only true class, and $r_t$ is $p_t$ rounded.",
    (
        Row("Softmax twice", mismatched_losses.softmax_twice, "-log(softmax_t(p))", "", FROM_0),
        Row(
            "K sigmoids",
            mismatched_losses.sigmoids_for_one_class,
            "-sum_k(y_k * log(sigmoid(z_k)) + (1 - y_k) * log(1 - sigmoid(z_k)))",
            "sigmoid(z_k) - y_k",
            FROM_0,
            wrt="z_k",
        ),
        Row(
            "One softmax",
            mismatched_losses.softmax_for_many_labels,
            "-sum_k(y_k * log(p_k))",
            "sum_j(y_j) * p_k - y_k",
            FROM_0,
            wrt="z_k",
        ),
        Row("Labels 0 and 1", mismatched_losses.one_hot_as_labels, "-((K - 1) * log(p_0) + log(p_1)) / K", "", FROM_0),
        Row("Rounded", mismatched_losses.log_of_rounded_probs, "-log(r_t)", "0", FROM_0, wrt="z_k"),
    ),
)
_NAIVE_SOFTMAX: Final = Part(
    "Softmax as in a textbook",
    r"$z_k$ are the logits, and $m$ is the largest of them.",
    (
        Row("Softmax", naive.naive_softmax, "exp(z_k) / sum_j(exp(z_j))", "", "[0, 1]", of="p_k"),
        Row("Shifted", naive.shifted_softmax, "exp(z_k - m) / sum_j(exp(z_j - m))", "", "[0, 1]", of="p_k"),
        Row(
            "Logarithm",
            naive.log_after_softmax,
            "log(exp(z_k - m) / sum_j(exp(z_j - m)))",
            "",
            r"[-\infty, 0]",
            of=r"\ln p_k",
        ),
    ),
)
_NAIVE_SIGMOID: Final = Part(
    "Sigmoid as in a textbook",
    r"$z$ is the logit, $p = \sigma(z)$, and $y$ the target.",
    (
        Row("Sigmoid", naive.naive_sigmoid, "1 / (1 + exp(-z))", "", "[0, 1]", of="p"),
        Row(
            "Cross-entropy",
            naive.naive_binary_cross_entropy,
            "-y * log(p) - (1 - y) * log(1 - p)",
            "((1 - y) / (1 - p) - y / p) * (p * (1 - p))",
            FROM_0,
        ),
    ),
)
_CLIPPED: Final = Part(
    "Clipping",
    r"$p = \sigma(z)$, $\tilde p$ is the number in $[c, 1 - c]$ that is nearest to it, $c$ is `clip`, and $y$ the "
    r"target; $[\ldots]$ is 1 if what it holds is true, otherwise 0.",
    (
        Row(
            "Clipped",
            naive.clipped_binary_cross_entropy,
            "-y * log(p_clipped) - (1 - y) * log(1 - p_clipped)",
            "((1 - y) / (1 - p) - y / p) * (p * (1 - p)) * (p_clipped == p)",
            FROM_0,
        ),
    ),
)
_NAIVE_KL: Final = Part(
    "Divergence as in a textbook",
    "$p_k$ are the true probabilities, and $q_k$ those of the model.",
    (Row("KL divergence", naive.naive_kl_divergence, "sum_k(p_k * log(p_k / q_k))", "", ANY, of="D"),),
)
_IN_A_FORMAT: Final = Part(
    "Cross-entropy in a format",
    "$y_k$ is the target, $p_k$ the probabilities, $z_k$ the logits, and $m$ is the largest of them.",
    (
        Row("Cross-entropy", precision.naive_cross_entropy, "-sum_k(y_k * log(p_k))", "", FROM_0),
        Row(
            "In log space",
            precision.cross_entropy_in_log_space,
            "sum_k(y_k * (log(sum_j(exp(z_j - m))) - (z_k - m)))",
            "",
            FROM_0,
        ),
    ),
)
_LOGSUMEXP: Final = Part(
    "Log-sum-exp",
    "$z_k$ are the logits, $v$ is the value, and $c$ the shift, if there is one.",
    (
        Row("Shifted", precision.logsumexp_steps, "c + log(sum_k(exp(z_k - c)))", "", r"[-\infty, \infty]", of="v"),
        Row("Exact", precision.exact_logsumexp, "log(sum_k(exp(z_k)))", "", ANY, of="v"),
    ),
)
_EXACT: Final = Part(
    "Exact values",
    r"$x$ is the exponent, $z$ the logit, $p = \sigma(z)$, and $y$ the target.",
    (
        Row("Exponential", precision.exact_exp, "exp(x)", "", r"(0, \infty)", of="v"),
        Row(
            "Cross-entropy",
            precision.exact_binary_cross_entropy,
            "-y * log(p) - (1 - y) * log(1 - p)",
            "p - y",
            r"(0, \infty)",
        ),
    ),
)
_BITS: Final = Part(
    "Correct bits",
    "$x$ is the computed number, and $t$ the exact one; the result is cut at 0 and at the digits of the format.",
    (Row("Correct bits", precision.correct_bits, "-log2(abs(x - t) / abs(t))", "", "[0, 53]", of=r"\text{bits}"),),
)
_LOG_ODDS: Final = Part(
    "Log-odds",
    "$p$ is a probability.",
    (Row("Log-odds", reweighting.log_odds, "log(p / (1 - p))", "", r"[-\infty, \infty]", of="z"),),
)
_FOCAL: Final = Part(
    "Expected focal loss",
    r"$p = \sigma(z)$ is the predicted and $t$ the true probability of class 1, and $\gamma$ is `gamma`.",
    (
        Row(
            "Expected focal loss",
            reweighting.expected_focal_loss,
            "-t * (1 - p) ** gamma * log(p) - (1 - t) * p ** gamma * log(1 - p)",
            "",
            r"[0, \infty)",
        ),
    ),
)
_REWEIGHTED: Final = Part(
    "Reweighted",
    "$t$ is the true probability of class 1, $p$ the predicted one, and $w$ the weight of class 1.",
    (Row("Prediction", reweighting.reweighted, "w * t / (w * t + 1 - t)", "", "[0, 1]", of="p"),),
)
_TWO_GAUSSIANS: Final = Part(
    "Two Gaussians",
    r"$x$ is the measurement, $d$ the gap between the means, and $\rho$ the imbalance; $p(x)$ is the probability of "
    "class 1.",
    (Row("Probability", reweighting.TwoGaussians, "sigmoid(d * (x - d / 2) - log(rho))", "", "[0, 1]", of="p(x)"),),
)
_MEANS: Final = Part(
    "Running means",
    "$x_i$ are the first $n$ values.",
    (Row("Running mean", sampling.running_mean, "sum_i(x_i) / n", "", ANY, of=r"\bar x_n"),),
)
_LIKELIHOOD: Final = Part(
    "Likelihood",
    "$p_k$ are the probabilities of the outcomes, and $n_k$ says how often each occurred.",
    (Row("Likelihood", sampling.likelihood, "prod_k(p_k ** n_k)", "", "[0, 1]", of="P"),),
)

PARTS: Final = (
    _OUTCOMES,
    _JOINT,
    _NUMBERS,
    _ONE_HOT,
    _SMOOTHED,
    _WEIGHTS,
    _EFFECTIVE,
    _REDUCED,
    _BINS,
    _INTERVAL,
    _TEMPERATURE,
    _RULES,
    _EXPECTED,
    _CODES,
    _GRAMS,
    _MODELS,
    _DESCENT,
    _MOMENTUM,
    _ADAM,
    _RUNS,
    _PATH,
    _CONSTANTS,
    _UNITS,
    _GAUSSIANS,
    _MISMATCHED,
    _NAIVE_SOFTMAX,
    _NAIVE_SIGMOID,
    _CLIPPED,
    _NAIVE_KL,
    _IN_A_FORMAT,
    _LOGSUMEXP,
    _EXACT,
    _BITS,
    _LOG_ODDS,
    _FOCAL,
    _REWEIGHTED,
    _TWO_GAUSSIANS,
    _MEANS,
    _LIKELIHOOD,
)

# What has no formula, and why.
WITHOUT: Final = {
    "BrierDecomposition": "It holds what brier_decomposition returns.",
    "Code": "It holds what huffman_code returns.",
    "Dataset": "It holds points and their labels.",
    "LogSumExpSteps": "It holds what logsumexp_steps returns.",
    "ReliabilityCurve": "It holds what reliability_curve returns.",
    "TrainingSetup": "It holds what determines a training run.",
    "TrainingState": "It holds what a training run has reached.",
    "ValueAndGrad": "It holds what a loss returns.",
    "best_constant": "It searches for the constant at which the derivative of constant_prediction_loss changes sign.",
    "best_focal_report": "It searches for the probability at which the derivative of expected_focal_loss is 0.",
    "best_report": "It searches for the report with the smallest expected_loss.",
    "closest_gaussian": "It tries all given centers and widths.",
    "closest_to_bimodal": "It tries all centers and widths on a grid.",
    "cross_entropy_three_ways": "It computes one number by three other functions.",
    "draw": "It draws random numbers.",
    "exponent_range": "It looks up the limits of a number format.",
    "first_state": "It evaluates the model before the first step.",
    "fit_language_model": "It counts; NGramModel has the formula.",
    "fit_temperature": "It searches for the temperature at which the derivative of the loss is 0.",
    "huffman_code": "It merges groups, step by step.",
    "make_dataset": "It draws random points.",
    "next_state": "It makes one step of an optimizer, whose formula stands there.",
    "simplex_grid": "It lists points.",
    "tokenize": "It cuts a text into pieces.",
    "train": "It makes one step of an optimizer after the other.",
    "ulp_error": "It looks up the distance between neighboring numbers of a format.",
}
