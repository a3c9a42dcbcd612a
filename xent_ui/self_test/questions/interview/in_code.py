"""Questions about losses in programs: range, stability, clipping, code to write, library functions, tokens."""

from typing import Final

import numpy as np

from xent_core import binary_cross_entropy, binary_cross_entropy_with_logits, sparse_softmax_cross_entropy
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.self_test.questions.interview.question import ENGINEER, RESEARCH, SCREEN, Question, bits, nats, num
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import plain

CLIPPED = clipped_binary_cross_entropy(-20.0, 1, clip=1e-7)
EXACT = binary_cross_entropy_with_logits(-20.0, 1)
IN_FLOAT32 = clipped_binary_cross_entropy(np.float32(50), np.float32(0), clip=1e-7)
PHOTO = np.array([2.0, 1.0, -1.0])
PHOTO_LOSS = sparse_softmax_cross_entropy(PHOTO, 0)
THOUSAND = sparse_softmax_cross_entropy(np.array([1000.0, 0.0]), 1)
CONFIDENT_AND_WRONG = binary_cross_entropy_with_logits(50.0, 0)
BYTES = np.dtype(np.int64).itemsize, 1000 * np.dtype(np.float64).itemsize  # of a class number and of a one-hot row
NARROW = 0.1

SOFTMAX_CODE: Final = '''\
import numpy as np

def softmax_cross_entropy(logits, labels):
    """Logits (n, K) and class numbers (n,): the mean loss in nats, and its gradient in the logits."""
    n = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[n, labels].mean()
    grad = np.exp(log_p)
    grad[n, labels] -= 1
    return loss, grad / len(labels)
'''
SIGMOID_CODE: Final = '''\
import numpy as np

def binary_cross_entropy(z, y):
    """Logits and labels of one shape: the losses in nats, and their gradients in the logits."""
    e = np.exp(-np.abs(z))
    loss = np.maximum(z, 0) - z * y + np.log1p(e)
    p = np.where(z >= 0, 1, e) / (1 + e)
    return loss, p - y
'''

QUESTIONS: Final = (
    Question(
        "how_large",
        "range",
        SCREEN,
        "What values can the cross-entropy of one labeled example take?",
        "Anything from 0 to ∞. It is 0 only if the model is certain and right, and it grows without bound as the "
        "probability of what is true falls to 0: certain and wrong costs ∞. Saying 50 % always costs "
        f"{bits(binary_cross_entropy(0.5, 1).value)}, or {nats(binary_cross_entropy(0.5, 1).value)}.",
        Proof("binary_cross_entropy", "one_mail", {"given": "p", "spam": "1", "y": "y = 0"}, "∞ bits"),
    ),
    Question(
        "negative_nll",
        "range",
        RESEARCH,
        "My negative log-likelihood is negative. Is that a bug?",
        "For classes or tokens yes, for a density no. A probability is at most 1, so the least surprise, that of a "
        "certain event, is 0 bits, and no mean of surprises is below it. A density may exceed 1: that of a normal "
        f"distribution with σ = {NARROW} is {num(1 / (NARROW * np.sqrt(2 * np.pi)))} at its center, so $-\\ln$ of it "
        f"is {nats(np.log(NARROW * np.sqrt(2 * np.pi)))}. It also changes with the unit in which $x$ is measured, so "
        "its sign means nothing.",
        Proof("surprise", "one_event", {"p": "1", "unit": "bits"}, "0 bits"),
    ),
    Question(
        "from_logits",
        "stability",
        ENGINEER,
        "Why do libraries want logits instead of probabilities?",
        "So that they can compute softmax and logarithm together: $-\\ln p_y = \\mathrm{LSE}(z) - z_y$, with the "
        "largest logit subtracted before anything is exponentiated. Computed one after the other, $e^{1000}$ "
        "overflows, and softmax of (1000, 0) is ∞/∞, which is nan even in float64. In truth the loss is "
        f"{plain(float(THOUSAND.value))} nats if the second class is right, and practically 0 if the first is.",
        Proof("numerics", "three_ways", {"big": "1000", "wanted": "the other"}, "✓ 1000"),
    ),
    Question(
        "softmax_twice",
        "stability",
        ENGINEER,
        "Someone applies softmax before a loss that applies softmax itself. What happens?",
        "Training works, but badly, and nothing crashes. The loss takes the probabilities for logits; they lie "
        "between 0 and 1, so the second softmax can never be sure. With four classes the best “logits” are (1, 0, 0, "
        f"0), and the loss stops at {nats(sparse_softmax_cross_entropy(np.array([1.0, 0, 0, 0]), 0).value)}. Its "
        "gradients vanish where the model is sure, even if it is wrong. A loss that stays well above 0 on training "
        "data that is classified correctly is the sign.",
        Proof("choose_the_loss", "wrong_pairings", {"pairing": "softmax twice", "of": "4", "lead": "6"}, "0.744"),
    ),
    Question(
        "what_clip_does",
        "clipping",
        ENGINEER,
        "What does clipping p to [1e-7, 1 − 1e-7] do to training?",
        f"It avoids ln 0, but it caps the loss at {nats(CLIPPED.value)}, and beyond the cap the gradient is 0. So the "
        "worst mistakes no longer teach the model anything. At logit −20 with label 1, the exact loss is "
        f"{nats(EXACT.value)} with slope {num(EXACT.grad)}; the clipped one has slope {num(CLIPPED.grad)}. Computing "
        "the loss from the logit needs no clip.",
        Proof("binary_cross_entropy", "clipping", {"deep": "-20", "clip": "10⁻⁷"}, "16.1"),
    ),
    Question(
        "one_minus_p",
        "clipping",
        RESEARCH,
        "Clipping p to [1e-8, 1 − 1e-8] is safe in float64. Where does it fail in float32?",
        "At the upper end: in float32, 1 − 1e-8 is exactly 1, so nothing is clipped there, and a confident mistake "
        "with label 0 costs −ln(1 − 1) = ∞. The float32 numbers just below 1 are 6 × 10⁻⁸ apart, so from a logit of "
        "about 17 on, the probability itself is stored as 1. With 1e-7 the upper limit becomes 1 − 1.19 × 10⁻⁷, and "
        f"the cap {plain(float(IN_FLOAT32.value))} instead of {plain(float(CLIPPED.value))} nats. Near 0 floats are "
        "dense, so the lower end has no such problem.",
        Proof(
            "numerics",
            "clip_or_logits",
            {"far": "50", "y": "y = 0", "format": "float32", "hold": "10⁻⁸"},
            "clipped p ∞",
        ),
    ),
    Question(
        "code_softmax",
        "code",
        ENGINEER,
        "Write a numerically stable softmax cross-entropy and its backward pass in NumPy.",
        "Subtract the row's maximum, stay in logarithms, and the gradient is $p - y$ over the batch size.\n\n"
        f"```python\n{SOFTMAX_CODE}```\n\n"
        "After the shift the largest exponent is 0, so nothing overflows, and the sum is at least 1, so its logarithm "
        "is finite. The logarithm is never taken of a rounded probability. For logits (1000, 0) and label 1 it returns "
        f"{plain(float(THOUSAND.value))}, where the textbook formula returns nan.",
        Proof("numerics", "three_ways", {"big": "1000", "wanted": "the other"}, "✓ 1000"),
    ),
    Question(
        "code_sigmoid",
        "code",
        ENGINEER,
        "Write a numerically stable binary cross-entropy from logits, and its gradient, in NumPy.",
        "Rewrite the loss as $\\max(z, 0) - zy + \\ln(1 + e^{-|z|})$; its gradient is $\\sigma(z) - y$.\n\n"
        f"```python\n{SIGMOID_CODE}```\n\n"
        "The exponent is never positive, so nothing overflows, and `log1p` keeps what `log(1 + e)` would round away. "
        f"For $z = 50$, $y = 0$ it returns {num(CONFIDENT_AND_WRONG.value)}. By way of $p$, even float64 would say ∞.",
        Proof("numerics", "clip_or_logits", {"far": "50", "y": "y = 0", "format": "float32"}, "from z 50.0"),
    ),
    Question(
        "which_function",
        "libraries",
        ENGINEER,
        "PyTorch's CrossEntropyLoss, NLLLoss, BCELoss and BCEWithLogitsLoss: which takes what?",
        "`CrossEntropyLoss` takes logits and is `log_softmax` plus `NLLLoss`, which takes log-probabilities. "
        "`BCEWithLogitsLoss` takes logits and is a sigmoid plus `BCELoss`, which takes probabilities. The first two "
        "want class numbers (`CrossEntropyLoss` also takes rows of probabilities), the other two floats shaped like "
        f"the output. For logits (2, 1, −1) and class 0, `CrossEntropyLoss` gives {nats(PHOTO_LOSS.value)}; `NLLLoss` "
        f"given the same logits raises no error and gives {num(-PHOTO[0])}, and a loss below 0 shows the mistake.",
        Proof(
            "choose_the_loss", "one_photo", {"question": "one of 3", "cat": "2", "dog": "1", "fox": "-1"}, "0.349 nats"
        ),
    ),
    Question(
        "sparse_or_categorical",
        "libraries",
        SCREEN,
        "Sparse or plain categorical cross-entropy: what is the difference?",
        "Only the format of the labels: sparse takes a class number, plain a row of K probabilities. For one-hot rows "
        "the loss is the same. Class numbers need less memory: 128 labels among 1,000 classes take "
        f"{128 * BYTES[0]:,} bytes as 64-bit integers and {128 * BYTES[1]:,} bytes as rows of float64. Rows are needed "
        "for soft labels, as from label smoothing or a teacher.",
        Proof("softmax_cross_entropy", "formats", {"batch": "128", "ahead": "0", "doubt": "0"}, "1,024 bytes"),
    ),
    Question(
        "lm_loss",
        "language_models",
        ENGINEER,
        "How is the training loss of a language model computed?",
        "It is the mean cross-entropy per token, with each position predicting the next one. So outputs and labels "
        "are shifted against each other: `logits[:, :-1]` is compared with `tokens[:, 1:]`. If you forget the shift, "
        "the model may copy its input, and the loss falls near 0 without learning anything. Some libraries shift "
        "inside, and then you must not do it again. The small model of our lesson has a loss of 2.33 bits per "
        "character; perplexity is 2 to that number, or $e$ to a loss in nats.",
        Proof("perplexity", "token_by_token", {}, "2.33 bits"),
    ),
    Question(
        "lm_padding",
        "language_models",
        ENGINEER,
        "A batch of texts is padded to one length. What must the loss do about that?",
        "Skip the padding, and divide by the number of tokens that are left. In PyTorch you give padding (and a prompt "
        "that should not count) the label −100, which is `ignore_index`, and the mean runs over the other tokens. "
        "If three tokens cost 2 nats each and five are padding, the mean is 2 nats; divided by all eight it would be "
        f"{plain(3 * 2 / 8)} and would change with the padding. With gradient accumulation, divide the total by the "
        "tokens of all parts, since a mean of means weights short parts too much. The loss of our lesson's text is "
        "the mean over its 489 characters.",
        Proof("perplexity", "token_by_token", {}, "489"),
    ),
)
