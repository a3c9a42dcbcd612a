"""Cross-entropy and its relatives: values and gradients in plain NumPy.

A loss returns a ValueAndGrad: the value in nats, one per example, and its derivative in the model's argument.
Arguments are arrays, numbers, or lists. A result is float32 if every floating array given is float32 or float16, and
otherwise float64: float16 has too few digits to compute with, and longdouble is computed and returned as float64. A
distribution may miss a sum of 1 by 1e-4, and by 2^-8 if it is given in float16. Labels are integers, booleans, or whole
numbers in a floating array. Every function raises ValueError for what is not an array of real numbers, and for a masked
array, whose mask would be lost.

The way from a function to its arithmetic is short: it is in the function's own file, or in kernels.py or
divergence_terms.py, which call no other file. blocks.py only cuts arrays into blocks, validation.py checks arguments.

Every name in `__all__` is part of the public interface. The modules gaussians, mismatched_losses, naive, precision,
reweighting, and sampling serve single lessons of the course and are imported by name.
"""

from xent_core.binary import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    sigmoid_focal_loss,
    sigmoid_squared_error,
)
from xent_core.calibration import (
    BrierDecomposition,
    ReliabilityCurve,
    brier_decomposition,
    brier_score,
    cross_entropy_at_temperature,
    expected_calibration_error,
    fit_temperature,
    maximum_calibration_error,
    reliability_curve,
    wilson_interval,
)
from xent_core.coding import Code, expected_code_length, huffman_code, shannon_code_lengths
from xent_core.datasets import Dataset, make_dataset
from xent_core.information import (
    cross_entropy,
    entropy,
    entropy_terms,
    js_divergence,
    kl_divergence,
    mutual_information,
    perplexity,
    surprise,
)
from xent_core.language import NGramModel, fit_language_model, tokenize
from xent_core.margin import hinge_loss, multiclass_hinge_loss, squared_hinge_loss
from xent_core.models import HiddenLayerModel, LinearModel
from xent_core.multiclass import (
    categorical_cross_entropy,
    softmax_cross_entropy,
    softmax_focal_loss,
    softmax_squared_error,
    sparse_softmax_cross_entropy,
)
from xent_core.optimizers import Adam, GradientDescent, Momentum
from xent_core.ranking import listnet_loss, pairwise_hinge_loss
from xent_core.reduction import mean, total
from xent_core.regression import absolute_error, best_constant, constant_prediction_loss, huber_loss, squared_error
from xent_core.result import ValueAndGrad
from xent_core.scoring import (
    best_report,
    expected_loss,
    expected_score,
    linear_rule,
    log_rule,
    one_sided_square_rule,
    quadratic_rule,
    simplex_grid,
    spherical_rule,
    zero_one_rule,
)
from xent_core.stable import log_sigmoid, log_softmax, logsumexp, sigmoid, softmax, softplus
from xent_core.targets import balanced_class_weight, effective_number_class_weight, one_hot, smooth_labels
from xent_core.training import (
    TrainingSetup,
    TrainingState,
    descend,
    first_state,
    loss_surface,
    measure,
    next_state,
    train,
)
from xent_core.units import Unit

__version__ = "0.1.0"

__all__ = [
    "Adam",
    "BrierDecomposition",
    "Code",
    "Dataset",
    "GradientDescent",
    "HiddenLayerModel",
    "LinearModel",
    "Momentum",
    "NGramModel",
    "ReliabilityCurve",
    "TrainingSetup",
    "TrainingState",
    "Unit",
    "ValueAndGrad",
    "absolute_error",
    "balanced_class_weight",
    "best_constant",
    "best_report",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "brier_decomposition",
    "brier_score",
    "categorical_cross_entropy",
    "constant_prediction_loss",
    "cross_entropy",
    "cross_entropy_at_temperature",
    "descend",
    "effective_number_class_weight",
    "entropy",
    "entropy_terms",
    "expected_calibration_error",
    "expected_code_length",
    "expected_loss",
    "expected_score",
    "first_state",
    "fit_language_model",
    "fit_temperature",
    "hinge_loss",
    "huber_loss",
    "huffman_code",
    "js_divergence",
    "kl_divergence",
    "linear_rule",
    "listnet_loss",
    "log_rule",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "loss_surface",
    "make_dataset",
    "maximum_calibration_error",
    "mean",
    "measure",
    "multiclass_hinge_loss",
    "mutual_information",
    "next_state",
    "one_hot",
    "one_sided_square_rule",
    "pairwise_hinge_loss",
    "perplexity",
    "quadratic_rule",
    "reliability_curve",
    "shannon_code_lengths",
    "sigmoid",
    "sigmoid_focal_loss",
    "sigmoid_squared_error",
    "simplex_grid",
    "smooth_labels",
    "softmax",
    "softmax_cross_entropy",
    "softmax_focal_loss",
    "softmax_squared_error",
    "softplus",
    "sparse_softmax_cross_entropy",
    "spherical_rule",
    "squared_error",
    "squared_hinge_loss",
    "surprise",
    "tokenize",
    "total",
    "train",
    "wilson_interval",
    "zero_one_rule",
]
