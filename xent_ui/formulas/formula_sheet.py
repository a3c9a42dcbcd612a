"""The formula sheet as data: each loss of xent_core with its value, gradient and range, and its names in libraries.

Values and gradients are Python expressions. The page shows them in LaTeX; a test computes them and compares the numbers
with xent_core.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import xent_core as xc
from xent_ui.formulas.python_to_latex import latex
from xent_ui.style import markdown


class Row(NamedTuple):
    """One loss, or one function that a loss is made of.

    function  of xent_core, which computes it
    value     its value for one example, in nats where it has a logarithm
    grad      the derivative of ``of`` in ``wrt``
    range     LaTeX
    option    the option of xent_core that it needs
    torch     its name in torch.nn, or its full name; empty if PyTorch has none
    keras     its name in keras.losses, or below keras
    sklearn   its name in sklearn.metrics
    """

    name: str
    function: Callable[..., Any]
    value: str
    grad: str
    range: str
    of: str = "L"
    wrt: str = "z"
    option: str = ""
    torch: str = ""
    keras: str = ""
    sklearn: str = ""


class Part(NamedTuple):
    """Losses that share their symbols; ``where`` is Markdown that says what these mean."""

    title: str
    where: str
    rows: tuple[Row, ...]


ACTIVATIONS: Final = Part(
    "From logits to probabilities",
    r"$z$ or $z_k$ are logits; $[j = k]$ is 1 for $j = k$, otherwise 0.",
    (
        Row(
            "Sigmoid",
            xc.sigmoid,
            "1 / (1 + exp(-z))",
            "p * (1 - p)",
            "(0, 1)",
            of="p",
            torch="Sigmoid()",
            keras="activations.sigmoid",
        ),
        Row(
            "Softmax",
            xc.softmax,
            "exp(z_k) / sum_j(exp(z_j))",
            "p_k * ((j == k) - p_j)",
            "(0, 1)",
            of="p_k",
            wrt="z_j",
            torch="Softmax(dim=-1)",
            keras="activations.softmax",
        ),
        Row(
            "Log-sum-exp",
            xc.logsumexp,
            "log(sum_k(exp(z_k)))",
            "p_k",
            r"(\max z_k, \max z_k + \ln K]",
            of=r"\operatorname{logsumexp}",
            wrt="z_k",
            torch="torch.logsumexp",
            keras="ops.logsumexp",
        ),
        Row(
            "Log-softmax",
            xc.log_softmax,
            "z_k - logsumexp(z)",
            "(j == k) - p_j",
            r"(-\infty, 0)",
            of=r"\ln p_k",
            wrt="z_j",
            torch="LogSoftmax(dim=-1)",
            keras="activations.log_softmax",
        ),
    ),
)

TWO_CLASSES: Final = Part(
    "Two classes",
    r"$z$ is the logit, $p = \sigma(z)$ the probability of class 1, and $y$ the label, 0 or 1. Hinge losses take a "
    r"score $s$ and a label $y = \pm 1$; $[\ldots]$ is 1 if what it holds is true, otherwise 0.",
    (
        Row(
            "Binary cross-entropy",
            xc.binary_cross_entropy_with_logits,
            "-y * log(p) - (1 - y) * log(1 - p)",
            "p - y",
            r"[0, \infty)",
            torch="BCEWithLogitsLoss()",
            keras="BinaryCrossentropy(from_logits=True)",
        ),
        Row(
            "The same, stable in $z$",
            xc.binary_cross_entropy_with_logits,
            "max(z, 0) - y * z + log(1 + exp(-abs(z)))",
            "sigmoid(z) - y",
            r"[0, \infty)",
        ),
        Row(
            "The same, given $p$",
            xc.binary_cross_entropy,
            "-y * log(p) - (1 - y) * log(1 - p)",
            "(p - y) / (p * (1 - p))",
            r"[0, \infty]",
            wrt="p",
            torch="BCELoss()",
            keras="BinaryCrossentropy()",
            sklearn="log_loss",
        ),
        Row(
            "Weight $w$ of class 1",
            xc.binary_cross_entropy_with_logits,
            "-w * y * log(p) - (1 - y) * log(1 - p)",
            "(1 - y) * p - w * y * (1 - p)",
            r"[0, \infty)",
            option="pos_weight=w",
            torch="BCEWithLogitsLoss(pos_weight=w)",
        ),
        Row(
            "Focal loss, for $y = 1$",
            xc.sigmoid_focal_loss,
            "-alpha * (1 - p) ** gamma * log(p)",
            "alpha * (1 - p) ** gamma * (gamma * p * log(p) + p - 1)",
            r"[0, \infty)",
            option="alpha=α, gamma=γ",
            torch="torchvision.ops.sigmoid_focal_loss",
            keras="BinaryFocalCrossentropy(from_logits=True, apply_class_balancing=True, alpha=α, gamma=γ)",
        ),
        Row(
            "Focal loss, for $y = 0$",
            xc.sigmoid_focal_loss,
            "-(1 - alpha) * p ** gamma * log(1 - p)",
            "(1 - alpha) * p ** gamma * (p - gamma * (1 - p) * log(1 - p))",
            r"[0, \infty)",
            option="alpha=α, gamma=γ",
            torch="torchvision.ops.sigmoid_focal_loss",
            keras="BinaryFocalCrossentropy(from_logits=True, apply_class_balancing=True, alpha=α, gamma=γ)",
        ),
        Row(
            "Squared error (Brier)",
            xc.sigmoid_squared_error,
            "(p - y) ** 2",
            "2 * (p - y) * p * (1 - p)",
            "[0, 1]",
            torch="MSELoss()",
            keras="MeanSquaredError()",
            sklearn="brier_score_loss",
        ),
        Row(
            "Hinge",
            xc.hinge_loss,
            "max(0, 1 - y * s)",
            "-y * (y * s < 1)",
            r"[0, \infty)",
            wrt="s",
            keras="Hinge()",
            sklearn="hinge_loss",
        ),
        Row(
            "Squared hinge",
            xc.squared_hinge_loss,
            "max(0, 1 - y * s) ** 2",
            "-2 * y * max(0, 1 - y * s)",
            r"[0, \infty)",
            wrt="s",
            keras="SquaredHinge()",
        ),
    ),
)

ONE_OF_MANY: Final = Part(
    "One of K classes",
    r"$z_k$ are the logits, $p_k = \operatorname{softmax}(z)_k$, $y_k$ the label as a one-hot row or a distribution, "
    r"$t$ the number of the true class, and $[k = t]$ its one-hot row. Hinge takes scores $s_k$; $s_j$ is the highest "
    "wrong one.",
    (
        Row(
            "Categorical cross-entropy",
            xc.softmax_cross_entropy,
            "-sum_k(y_k * log(p_k))",
            "p_k - y_k",
            r"[H(y), \infty)",
            wrt="z_k",
            torch="CrossEntropyLoss()",
            keras="CategoricalCrossentropy(from_logits=True)",
        ),
        Row(
            "The same, given $p$",
            xc.categorical_cross_entropy,
            "-sum_k(y_k * log(p_k))",
            "-y_k / p_k",
            r"[H(y), \infty]",
            wrt="p_k",
            keras="CategoricalCrossentropy()",
            sklearn="log_loss",
        ),
        Row(
            "Sparse: the class number",
            xc.sparse_softmax_cross_entropy,
            "logsumexp(z) - z_t",
            "p_k - (k == t)",
            r"[0, \infty)",
            wrt="z_k",
            torch="CrossEntropyLoss()",
            keras="SparseCategoricalCrossentropy(from_logits=True)",
        ),
        Row(
            "Class weights $w_k$",
            xc.sparse_softmax_cross_entropy,
            "-w_t * log(p_t)",
            "w_t * (p_k - (k == t))",
            r"[0, \infty)",
            wrt="z_k",
            option="class_weight=w",
            torch="CrossEntropyLoss(weight=w)",
        ),
        Row(
            r"Label smoothing, $y'_k = (1 - \varepsilon)\,y_k + \varepsilon / K$",
            xc.softmax_cross_entropy,
            "-sum_k(y_smooth * log(p_k))",
            "p_k - y_smooth",
            r"[H(y'), \infty)",
            wrt="z_k",
            option="label_smoothing=ε",
            torch="CrossEntropyLoss(label_smoothing=ε)",
            keras="CategoricalCrossentropy(from_logits=True, label_smoothing=ε)",
        ),
        Row(
            "Focal loss",
            xc.softmax_focal_loss,
            "-(1 - p_t) ** gamma * log(p_t)",
            "(1 - p_t) ** gamma * (1 - gamma * p_t * log(p_t) / (1 - p_t)) * (p_k - (k == t))",
            r"[0, \infty)",
            wrt="z_k",
            option="gamma=γ",
            keras="CategoricalFocalCrossentropy(from_logits=True, alpha=1, gamma=γ)",
        ),
        Row(
            "Squared error (Brier)",
            xc.softmax_squared_error,
            "sum_k((p_k - y_k) ** 2)",
            "2 * p_k * (p_k - y_k - sum_j(p_j * (p_j - y_j)))",
            "[0, 2]",
            wrt="z_k",
            sklearn="brier_score_loss",
        ),
        Row(
            "Hinge (Crammer–Singer)",
            xc.multiclass_hinge_loss,
            "max(0, 1 + s_j - s_t)",
            "-(s_t - s_j < 1)",
            r"[0, \infty)",
            wrt="s_t",
            sklearn="hinge_loss",
        ),
    ),
)

RANKING: Final = Part(
    "An order",
    r"$s_k$ are the scores of the items of a list and $r_k$ their relevances; $i \succ j$ are the $n$ pairs in which "
    "item $i$ is the more relevant.",
    (
        Row(
            "Pairwise hinge, margin $m$",
            xc.pairwise_hinge_loss,
            "mean_ij(max(0, m - (s_i - s_j)))",
            "-1 / n * (s_i - s_j < m)",
            r"[0, \infty)",
            wrt="s_i",
            option="margin=m",
            torch="MarginRankingLoss(margin=m)",
        ),
        Row(
            "ListNet",
            xc.listnet_loss,
            "-sum_k(softmax_k(r) * log(softmax_k(s)))",
            "softmax_k(s) - softmax_k(r)",
            r"[H(\operatorname{softmax}(r)), \infty)",
            wrt="s_k",
        ),
    ),
)

NUMBERS: Final = Part(
    "A number",
    "$f$ is the prediction, $y$ the true number.",
    (
        Row(
            "Squared error",
            xc.squared_error,
            "(f - y) ** 2",
            "2 * (f - y)",
            r"[0, \infty)",
            wrt="f",
            torch="MSELoss()",
            keras="MeanSquaredError()",
            sklearn="mean_squared_error",
        ),
        Row(
            "Absolute error",
            xc.absolute_error,
            "abs(f - y)",
            "sign(f - y)",
            r"[0, \infty)",
            wrt="f",
            torch="L1Loss()",
            keras="MeanAbsoluteError()",
            sklearn="mean_absolute_error",
        ),
        Row(
            "Huber",
            xc.huber_loss,
            "where(abs(f - y) <= delta, (f - y) ** 2 / 2, delta * (abs(f - y) - delta / 2))",
            "max(-delta, min(delta, f - y))",
            r"[0, \infty)",
            wrt="f",
            option="delta=δ",
            torch="HuberLoss(delta=δ)",
            keras="Huber(delta=δ)",
        ),
    ),
)

INFORMATION: Final = Part(
    "Information",
    "$p$ is the truth, $q$ the model, and $m$ the mean of the two. In bits, divide by ln 2: that is, take $\\log_2$.",
    (
        Row("Surprise of an event", xc.surprise, "-log(p)", "-1 / p", r"[0, \infty]", wrt="p"),
        Row("Entropy $H(p)$", xc.entropy, "-sum_k(p_k * log(p_k))", "-log(p_k) - 1", r"[0, \ln K]", wrt="p_k"),
        Row(
            "Cross-entropy $H(p, q)$",
            xc.cross_entropy,
            "-sum_k(p_k * log(q_k))",
            "-p_k / q_k",
            r"[H(p), \infty]",
            wrt="q_k",
        ),
        Row(
            "Kullback–Leibler $D_{\\mathrm{KL}}(p\\,\\Vert\\,q)$",
            xc.kl_divergence,
            "sum_k(p_k * log(p_k / q_k))",
            "-p_k / q_k",
            r"[0, \infty]",
            wrt="q_k",
            torch="KLDivLoss(reduction='batchmean')",
            keras="KLDivergence()",
        ),
        Row(
            "Jensen–Shannon",
            xc.js_divergence,
            "1 / 2 * KL(p, m) + 1 / 2 * KL(q, m)",
            "1 / 2 * log(q_k / m_k)",
            r"[0, \ln 2]",
            wrt="q_k",
        ),
    ),
)

PARTS: Final = (TWO_CLASSES, ONE_OF_MANY, RANKING, NUMBERS, INFORMATION)  # of losses
# What stands on the two sheets of paper on which the page is printed, by the key of a container of it.
SHEETS: Final = {
    "first_sheet": (ACTIVATIONS, TWO_CLASSES),
    "second_sheet": (ONE_OF_MANY, RANKING, NUMBERS, INFORMATION),
}

# Binary against categorical: what is compared, of two classes, of K classes.
COMPARED: Final = (
    ("task", "one question, yes or no", "exactly one of K classes"),
    ("label", "0 or 1, shape (N,)", "a class number, shape (N,), or a one-hot row, shape (N, K)"),
    ("output", "one logit $z$", "K logits $z_k$"),
    ("activation", r"sigmoid: $p = \sigma(z) = \frac{1}{1 + e^{-z}}$", r"softmax: $p_k = e^{z_k} / \sum_j e^{z_j}$"),
    ("loss", f"${latex(TWO_CLASSES.rows[0].value)}$", f"${latex(ONE_OF_MANY.rows[0].value)}$"),
    ("range", r"$[0, \infty)$; ln 2 for $p = \tfrac{1}{2}$", r"$[0, \infty)$ for a one-hot row; ln K for equal $p_k$"),
    ("gradient", f"${latex(TWO_CLASSES.rows[0].grad)}$ in $z$", f"${latex(ONE_OF_MANY.rows[0].grad)}$ in each $z_k$"),
    (
        "its behavior",
        "between −1 and 1; near 0 if the model is confident and right, near 1 in size if it is confident and wrong",
        "each between −1 and 1, in sum 0; near −1 for the true class if the model is confident and wrong",
    ),
)


def comparison() -> str:
    """Return binary and categorical cross-entropy side by side, as a table in Markdown."""
    return markdown.table(["property", "binary cross-entropy", "categorical cross-entropy"], COMPARED)


def table(part: Part) -> str:
    """Return the losses of a part as a table in Markdown."""
    return markdown.table(["name", "value", "gradient", "range", "library names"], map(_cells, part.rows))


def _cells(row: Row) -> list[str]:
    derivative = rf"\tfrac{{\partial {row.of}}}{{\partial {row.wrt}}} = {latex(row.grad)}"
    return [row.name, f"${latex(row.value)}$", f"${derivative}$", f"${row.range}$", _names(row)]


def _names(row: Row) -> str:
    options = f" with {_options(row.option)}" if row.option else ""
    ours = f"xent_core {markdown.in_reference(row.function.__name__)}{options}"
    named = {"PyTorch": row.torch, "Keras": row.keras, "scikit-learn": row.sklearn}
    return ", ".join([ours, *(f"{library} {_name(call)}" for library, call in named.items() if call)])


def _name(call: str) -> str:
    """Return a call as Markdown, its options apart from its name, so that a line can end between them.

    >>> _name("Loss(delta=δ, gamma=γ)"), _name("log_loss")
    ('`Loss` with `delta=δ`, `gamma=γ`', '`log_loss`')
    """
    name, _, options = call.removesuffix(")").partition("(")
    return f"`{name}` with {_options(options)}" if options else f"`{name}`"


def _options(options: str) -> str:
    return ", ".join(f"`{option}`" for option in options.split(", "))
