"""What the cross-entropies of PyTorch, Keras and scikit-learn take and return, as tables in Markdown."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from xent_ui.formulas import formula_sheet
from xent_ui.live import address
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


def in_xent_core(losses: Sequence[LibraryLoss]) -> str:
    """Return which functions of xent_core compute these for one example, by the formula sheet, as Markdown."""
    named = {each.name: _same_in_xent_core(each.name) for each in losses}
    parts = [f"`{name}` by {' and '.join(map(markdown.in_reference, ours))}" for name, ours in named.items() if ours]
    return f"xent_core computes them without the mean: {', '.join(parts)}."


def _same_in_xent_core(name: str) -> list[str]:
    """Return the functions whose formula stands on the formula sheet with this name of a library, each once."""
    rows = (row for part in formula_sheet.PARTS for row in part.rows)
    same = (row for row in rows if name in {call.partition("(")[0] for call in (row.torch, row.keras, row.sklearn)})
    return list(dict.fromkeys(row.function.__name__ for row in same))


def table(losses: Sequence[LibraryLoss]) -> str:
    """Return functions of a library as a table in Markdown, with links to those of xent_core below it.

    A lesson that is shown by itself has no links to other pages.
    """
    below = "" if address.mode() == "lesson" else f"\n\n{in_xent_core(losses)}"
    drawn = markdown.table(
        ["function", "takes", "labels", "returns", "what it does about log 0"],
        ([f"`{each.name}`", each.takes, each.labels, each.returns, each.at_log_0] for each in losses),
    )
    return drawn + below
