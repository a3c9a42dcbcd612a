"""Questions about gradients: p − y, convexity, squared error after a sigmoid, separable data."""

from typing import Final

from xent_core import binary_cross_entropy_with_logits, sigmoid_squared_error, softmax
from xent_ui.self_test.questions.interview.outputs import CAT, CAT_BY_DEFAULT
from xent_ui.self_test.questions.interview.question import ENGINEER, LOGITS, RESEARCH, SCREEN, Question, nats, num
from xent_ui.self_test.questions.proof import Proof

CONFIDENT_MISTAKE = {"z": "-6", "y": "y = 1", "wrt": "z"}
WRONG = binary_cross_entropy_with_logits(-6.0, 1)
SQUARED = sigmoid_squared_error(-6.0, 1)
HALFWAY = binary_cross_entropy_with_logits(0.0, 1)
FAR_RIGHT = binary_cross_entropy_with_logits(3.0, 1)

QUESTIONS: Final = (
    Question(
        "p_minus_y",
        "gradient",
        SCREEN,
        "What is the gradient of softmax cross-entropy in the logits?",
        "It is $p - y$: what the model says minus what is true. The logit of the right class is pulled up by what its "
        "probability lacks, and every other logit is pushed down by its own probability. A right class with $p$ = "
        f"{num(softmax(LOGITS)[0])} is pulled up by {num(-CAT.grad[0])}.",
        Proof("softmax_cross_entropy", "one_example", CAT_BY_DEFAULT, "0.763"),
    ),
    Question(
        "sums_to_zero",
        "gradient",
        ENGINEER,
        "Why do the gradients of one example's logits sum to 0?",
        "Because $p$ sums to 1 and so does $y$. There is a deeper reason: adding one constant to every logit changes "
        "no probability and no loss, so in that direction the loss is flat, and the sum of the gradients is its slope "
        f"in that direction. Add 10 to all four logits, and dog stays at {num(softmax(LOGITS)[1])}.",
        Proof("softmax_cross_entropy", "all_at_once", {"shift": "10"}, "0.644"),
    ),
    Question(
        "derive_bce",
        "gradient",
        ENGINEER,
        "Derive the gradient of binary cross-entropy in the logit.",
        "It is $\\sigma(z) - y$. The loss is $-y\\ln\\sigma(z) - (1-y)\\ln(1-\\sigma(z))$. Since $\\sigma' = "
        "\\sigma(1-\\sigma)$, the first term has the derivative $-y(1-\\sigma)$ and the second $(1-y)\\sigma$; "
        f"together they are $\\sigma - y$. At $z = -6$, $y = 1$ that is {num(WRONG.grad)}.",
        Proof("ce_vs_mse", "slopes", CONFIDENT_MISTAKE, "−0.998"),
    ),
    Question(
        "hessian",
        "hessian",
        RESEARCH,
        "Show that softmax cross-entropy is convex in the logits.",
        "Its Hessian is $\\mathrm{diag}(p) - pp^\\top$, and that is never negative in any direction: "
        "$v^\\top(\\mathrm{diag}(p) - pp^\\top)v = \\sum p_k v_k^2 - (\\sum p_k v_k)^2$ is the variance of $v$ under "
        "$p$. It is 0 when all $v_k$ are equal, so the loss is convex but not strictly. With two classes you can see "
        "it: the slope $p - y$ only rises with $z$. For $y = 1$ it rises from −1 to 0, and at $z = 0$ it is "
        f"{num(HALFWAY.grad)}. In the weights of a network with hidden layers, convexity is lost.",
        Proof("ce_vs_mse", "slopes", {"z": "0", "y": "y = 1", "wrt": "z"}, "−0.500"),
    ),
    Question(
        "why_not_mse",
        "sigmoid_mse",
        ENGINEER,
        "Why does squared error after a sigmoid learn slowly?",
        "Because its slope has the factor $p(1-p)$ from the sigmoid, which is near 0 wherever the model is sure, even "
        "if it is wrong. Cross-entropy's logarithm cancels that factor and leaves $p - y$. At $z = -6$, $y = 1$ "
        f"squared error has the slope {num(SQUARED.grad)}, and cross-entropy {num(WRONG.grad)}. Once $p$ is below "
        "⅓, a worse mistake gets a smaller correction.",
        Proof("ce_vs_mse", "slopes", CONFIDENT_MISTAKE, "−0.00492"),
    ),
    Question(
        "every_vanishing",
        "sigmoid_mse",
        ENGINEER,
        "Does cross-entropy cure vanishing gradients?",
        "Only at the output layer, where its logarithm cancels the slope of the last sigmoid. A hidden sigmoid still "
        "multiplies the gradient by its own $p(1-p)$, which is at most ¼, in every layer. There, other activations, "
        "residual connections and normalization help. At the output, with $z = -6$ and $y = 1$, the slope "
        f"{num(SQUARED.grad)} of squared error becomes {num(WRONG.grad)}.",
        Proof("ce_vs_mse", "slopes", CONFIDENT_MISTAKE, "−0.998"),
    ),
    Question(
        "mse_surface",
        "sigmoid_mse",
        RESEARCH,
        "Is squared error after a sigmoid convex in the logit?",
        "No. It is flat where the model is sure and wrong, steep in between, and flat again where it is right, so it "
        "must bend both ways. For $y = 1$ its second derivative is $2p(1-p)^2(3p-1)$, which is negative while $p$ "
        "is below ⅓. A single chord below the graph shows it, too: in our picture, the loss halfway along a chord is "
        "0.543, and the chord is at 0.393. The slope of cross-entropy, $p - y$, only rises.",
        Proof("ce_vs_mse", "chord", {"surface": "squared error", "w2": "-2", "from": "-8", "to": "2"}, "0.543"),
    ),
    Question(
        "brier_proper",
        "brier",
        ENGINEER,
        "Can you train a classifier with squared error at all?",
        "Yes. As a score of probabilities, squared error is the Brier score, and it is proper: its expected value is "
        "least at the true probability. If yes is right 80 % of the time, both squared error and cross-entropy are "
        "least at 80 %. What you lose is speed after confident mistakes, and convexity in the logit.",
        Proof("ce_vs_mse", "honesty", {"yes": "0.8"}, "squared error at p = 80 %"),
    ),
    Question(
        "diverge",
        "separable",
        ENGINEER,
        "What happens to the weights of logistic regression on separable data?",
        "They grow without bound. Once every example is on its right side, making all weights larger lowers every "
        "example's loss, and no finite weights are best, because $\\ln(1+e^{-m})$ still falls at every margin $m$. At "
        f"a margin of 3 the loss is {nats(FAR_RIGHT.value)} and its slope {num(FAR_RIGHT.grad)}, still not 0. Training "
        "turns to the direction of the largest margin, ever more slowly. Weight decay or early stopping keeps the "
        "weights finite.",
        Proof("loss_family", "yes_or_no", {"margin": "3", "of_margin": "log loss"}, "−0.0474"),
    ),
)
