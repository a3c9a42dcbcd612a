"""What the cross-entropies of PyTorch, Keras and scikit-learn take and return, as tables in Markdown."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from xent_ui.style import markdown


class LibraryLoss(NamedTuple):
    """One function of a library."""

    name: str
    takes: str
    labels: str
    returns: str
    at_log_0: str


PYTORCH: Final = (
    LibraryLoss(
        "BCELoss",
        "probabilities, any shape",
        "floats in [0, 1], shaped like the probabilities",
        "the mean over all entries",
        "clamps each logarithm at −100",
    ),
    LibraryLoss(
        "BCEWithLogitsLoss",
        "logits, any shape",
        "floats in [0, 1], shaped like the logits",
        "the mean over all entries",
        "uses the logit, so log 0 does not arise",
    ),
    LibraryLoss(
        "CrossEntropyLoss",
        "logits, (N, K)",
        "class numbers (int64), (N,); or rows of probabilities (floats), (N, K)",
        "the mean over the examples, weighted if `weight` is given",
        "uses log_softmax, so log 0 does not arise",
    ),
    LibraryLoss(
        "NLLLoss",
        "log-probabilities, (N, K)",
        "class numbers (int64), (N,)",
        "the mean over the examples, weighted if `weight` is given",
        "takes no logarithm: −∞ in, ∞ out",
    ),
)
KERAS: Final = (
    LibraryLoss(
        "BinaryCrossentropy",
        "probabilities, or logits with `from_logits=True`",
        "0 or 1, shaped like the predictions: (N, 1) after `Dense(1)`",
        "the mean over all entries",
        "clips p to [10⁻⁷, 1 − 10⁻⁷]; with logits, log 0 does not arise",
    ),
    LibraryLoss(
        "CategoricalCrossentropy",
        "probabilities (N, K), or logits with `from_logits=True`",
        "one-hot rows, (N, K)",
        "the mean over the examples",
        "clips p to [10⁻⁷, 1 − 10⁻⁷]; with logits, log 0 does not arise",
    ),
    LibraryLoss(
        "SparseCategoricalCrossentropy",
        "probabilities (N, K), or logits with `from_logits=True`",
        "class numbers (integers), (N,)",
        "the mean over the examples",
        "clips p to [10⁻⁷, 1 − 10⁻⁷]; with logits, log 0 does not arise",
    ),
)
SKLEARN: Final = (
    LibraryLoss(
        "log_loss",
        "probabilities: of class 1, (N,), or of all classes, (N, K)",
        "class numbers or names, (N,)",
        "the mean over the examples",
        "clips p by the eps of its number format: 2.2 · 10⁻¹⁶ in float64",
    ),
    LibraryLoss(
        "LogisticRegression",
        "features, (N, D): it computes the logits itself",
        "class numbers or names, (N,)",
        "a fitted model; it minimizes the sum of the losses plus a penalty on large weights, unless `C=np.inf`",
        "uses the logits, so log 0 does not arise",
    ),
)


def table(losses: Sequence[LibraryLoss]) -> str:
    """Return functions of a library as a table in Markdown."""
    return markdown.table(
        ["function", "takes", "labels", "returns", "what it does about log 0"],
        ([f"`{each.name}`", each.takes, each.labels, each.returns, each.at_log_0] for each in losses),
    )
