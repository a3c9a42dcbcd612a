"""Interview questions about cross-entropy, by theme and level, each with a model answer and a state that proves it.

Numbers in an answer are computed in place. Formulas are LaTeX between dollars.
"""

from typing import Final, NamedTuple

import numpy as np

from xent_core import (
    Unit,
    best_report,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    entropy,
    kl_divergence,
    mean,
    one_hot,
    one_sided_square_rule,
    perplexity,
    sigmoid,
    sigmoid_focal_loss,
    sigmoid_squared_error,
    smooth_labels,
    softmax,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_core.naive import clipped_binary_cross_entropy
from xent_core.reweighting import best_focal_report, log_odds, reweighted
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import percent, plain, text

SCREEN, ENGINEER, RESEARCH = "screen", "engineer", "research"
LEVELS: Final = {
    SCREEN: "a first call: say what it is",
    ENGINEER: "you will work with it",
    RESEARCH: "say why, and where it fails",
}
SECONDS: Final = {SCREEN: 60, ENGINEER: 120, RESEARCH: 180}  # to think before one looks

THEMES: Final = {
    "expected_surprise": "Expected surprise",
    "floor": "Entropy plus KL",
    "likelihood": "Likelihood",
    "why_log": "Why the logarithm",
    "one_hot": "One-hot labels",
    "gradient": "The gradient p − y",
    "hessian": "Convexity",
    "sigmoid_mse": "Squared error after a sigmoid",
    "brier": "Brier's score",
    "two_classes": "Sigmoid and softmax",
    "multi_label": "Several labels",
    "untrained": "The first loss",
    "range": "How large, how small",
    "stability": "Stable logits",
    "clipping": "Clipping",
    "perplexity": "Perplexity",
    "directions": "Two directions of KL",
    "smoothing": "Label smoothing",
    "focal": "Focal loss",
    "alpha_gamma": "α against γ",
    "weights": "Class weights",
    "both_rise": "Loss and accuracy both rise",
    "temperature": "Temperature",
    "separable": "Separable data",
    "noisy": "Noisy labels",
}


class Question(NamedTuple):
    """One question of an interview, with a model answer and where it can be seen."""

    id: str
    theme: str
    level: str
    asks: str
    answer: str
    proof: Proof


def bits(nats: object) -> str:
    """Return a value in nats as text in bits, with its unit."""
    return f"{text(float(Unit.BITS.of(nats)))} bits"


def nats(value: object) -> str:
    """Return a value in nats as text, with its unit."""
    return f"{text(float(value))} nats"  # type: ignore[arg-type]


FAIR, SURE = [0.5, 0.5], [0.95, 0.05]
WRONG = binary_cross_entropy_with_logits(-6.0, 1)
SQUARED = sigmoid_squared_error(-6.0, 1)
TEN = smooth_labels(one_hot(0, 10), 0.1)
BEFORE, AFTER = (mean(surprise(np.array(p))).value for p in ([0.6] * 3 + [0.4] * 2, [0.51] * 4 + [0.001]))
FOCAL, PLAIN = (sigmoid_focal_loss(log_odds(0.1), 1, gamma=gamma) for gamma in (2.0, 0.0))
LOGITS = np.array([1.0, 2.0, 0.0, -1.0])
CLIPPED = clipped_binary_cross_entropy(-50.0, 1, clip=1e-7)
LIE = best_report(one_sided_square_rule, [0.6, 0.3, 0.1])
TEACHER = np.array([0.9, 0.09, 0.0099, 0.0001])  # of a cat: cat, dog, fox, lorry, as on the lesson's page
FLOODED = smooth_labels(TEACHER, 0.3)
CAT = sparse_softmax_cross_entropy(LOGITS, 0)

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "what_is_it",
        "expected_surprise",
        SCREEN,
        "What is cross-entropy, in one sentence and one formula?",
        "The surprise you must expect when the truth is $p$ and you believe $q$: $H(p,q) = -\\sum_k p_k \\log q_k$. "
        "Of a fair coin that you believe to fall heads 95 % of the time, each flip costs "
        f"{bits(cross_entropy(FAIR, SURE).value)}; an honest belief would pay {bits(entropy(FAIR).value)}.",
        Proof("cross_entropy", {"p1": "50", "p2": "50", "q1": "95", "q2": "5"}, "H(p, q) = 2.20 bits"),
    ),
    Question(
        "bits_or_nats",
        "expected_surprise",
        SCREEN,
        "What changes when you count in bits instead of nats?",
        f"Only the unit: 1 bit is $\\ln 2$ = {nats(surprise(0.5).value)}. Every loss and every gradient is divided by "
        "the same constant, so minima and rankings stay; a learning rate tuned in one unit must be rescaled for the "
        "other.",
        Proof("surprise", {"p": "0.5", "unit": "nats"}, "carries 0.693 nats"),
    ),
    Question(
        "source_or_outcome",
        "expected_surprise",
        SCREEN,
        "Entropy or surprise: which belongs to an outcome?",
        "Surprise, $-\\log p$, belongs to one outcome. Entropy is its mean over all outcomes and belongs to the "
        f"source. A forecast of 90 % rain leaves {bits(entropy([0.9, 0.1]).value)} of doubt, but when it stays dry "
        f"you are surprised by {bits(surprise(0.1).value)}.",
        Proof("entropy", {"rain": "0.9", "unit": "bits"}, "leaves 0.469 bits of doubt"),
    ),
    Question(
        "three_relatives",
        "floor",
        SCREEN,
        "How do entropy, cross-entropy and KL divergence hang together?",
        "$H(p,q) = H(p) + \\mathrm{KL}(p\\Vert q)$: what cannot be helped plus the price of a wrong belief. Believe a "
        f"fair coin at 95 %: {text(float(Unit.BITS.of(cross_entropy(FAIR, SURE).value)))} = "
        f"{text(float(Unit.BITS.of(entropy(FAIR).value)))} + {bits(kl_divergence(FAIR, SURE).value)}.",
        Proof("cross_entropy", {"p1": "50", "p2": "50", "q1": "95", "q2": "5"}, "1.20 is the price of believing q"),
    ),
    Question(
        "same_minimum",
        "floor",
        ENGINEER,
        "We want a small KL divergence. Why do we minimize cross-entropy?",
        "They differ by $H(p)$, which does not contain the model. So both have the same gradient and the same best "
        "$q$, and cross-entropy needs only samples of $p$, not its entropy. The lowest loss is $H(p)$, not 0: with "
        f"soft targets (ε = 0.1, ten classes) it is {nats(entropy(TEN).value)}.",
        Proof("label_smoothing", {"eps": "0.1", "classes": "10", "gap": "4.5"}, "a floor of 0.500"),
    ),
    Question(
        "max_likelihood",
        "likelihood",
        SCREEN,
        "Why is minimizing cross-entropy the same as maximizing likelihood?",
        "The mean of $-\\log q(x_i)$ over the data is minus the log-likelihood divided by $n$: a falling function of "
        "the likelihood, so its bottom is the likelihood's top. With 7 heads in 10 flips both say 0.7, where a flip "
        f"costs {bits(cross_entropy([0.7, 0.3], [0.7, 0.3]).value)}.",
        Proof("likelihood", {"came": "7", "missed": "3", "theta": "0.7", "unit": "bits"}, "surprised by 0.881 bits"),
    ),
    Question(
        "sum_not_product",
        "likelihood",
        ENGINEER,
        "Why do programs add logarithms and never multiply probabilities?",
        "A product of many chances underflows: 1,200 fair flips have a likelihood of $2^{-1200}$, less than the "
        "smallest float64, so it is stored as 0 and its logarithm is lost. The mean of the logarithms stays "
        f"{nats(surprise(0.5).value)} a flip however long the series.",
        Proof("likelihood", {"series": "1200"}, "a likelihood of 0, a surprise of 832 nats, 0.693 per flip"),
    ),
    Question(
        "additive",
        "why_log",
        SCREEN,
        "Why the logarithm, of all functions?",
        "Because surprises should add when chances multiply. Two independent events of chance ½ and ¼ have ⅛ "
        f"together: {bits(surprise(0.5).value)} + {bits(surprise(0.25).value)} = {bits(surprise(0.125).value)}. Only "
        "multiples of $-\\log p$ do that, if they are to be smooth.",
        Proof("surprise", {"a": "0.5", "b": "0.25", "unit": "bits"}, "1.00 + 2.00 = 3.00 bits"),
    ),
    Question(
        "only_local",
        "why_log",
        RESEARCH,
        "In what sense is log loss the only honest loss?",
        "A rule is proper when the true belief costs least. Among rules that look only at the chance given to what "
        "happened (local ones), for three or more outcomes only $-a\\log q + c$ with $a>0$ is strictly proper. With "
        "two outcomes others are, for the second chance is known; and Brier's rule is proper but not local.",
        Proof(
            "why_log",
            {"rule": "log", "ways": "3", "b1": "60", "b2": "30", "b3": "10"},
            "Honesty pays: no report costs less than the 0.898",
        ),
    ),
    Question(
        "square_of_true_class",
        "why_log",
        RESEARCH,
        "Why not pay $(1-q_y)^2$, the square of what the true class lacks?",
        "With two classes it is Brier's score and honest. With three it pays to lie: at truth (.6, .3, .1) the "
        f"cheapest report is {', '.join(plain(float(q), 2) for q in LIE)}, because the rule looks only at the true "
        "class and does not see where the rest of your belief went.",
        Proof(
            "why_log",
            {"rule": "square", "ways": "3", "b1": "60", "b2": "30", "b3": "10"},
            "saying 67 % for A costs only 0.300",
        ),
    ),
    Question(
        "one_term",
        "one_hot",
        SCREEN,
        "With one-hot labels, what is left of $-\\sum_k y_k \\log p_k$?",
        f"One term, $-\\log p_y$ of the right class. If softmax gives the cat {text(float(softmax(LOGITS)[0]))}, the "
        f"loss is {nats(CAT.value)}. The other classes still matter: softmax shares out one whole, so what they take, "
        "the cat lacks.",
        Proof(
            "softmax_cross_entropy",
            {"z1": "1", "z2": "2", "z3": "0", "z4": "-1", "logits": "4", "right": "cat"},
            "the loss is 1.44 nats",
        ),
    ),
    Question(
        "wrong_entries",
        "one_hot",
        ENGINEER,
        "The zeros of a one-hot label cost nothing. Do wrong logits get a gradient?",
        "Yes. Their term of the sum is 0, yet the right class's probability contains them all in its denominator. The "
        "gradient of a wrong logit is its own probability: training pushes the likeliest wrong class down most.",
        Proof("softmax_cross_entropy", {"z2": "5", "right": "cat", "logits": "4"}, "It is a cat, which gets 0.0178"),
    ),
    Question(
        "p_minus_y",
        "gradient",
        SCREEN,
        "What is the gradient of softmax cross-entropy in the logits?",
        f"$p - y$: what the model says minus what is so. A right class with $p$ = {text(1 + float(CAT.grad[0]))} is "
        f"pulled up by {text(-float(CAT.grad[0]))}.",
        Proof(
            "softmax_cross_entropy",
            {"z1": "1", "z2": "2", "z3": "0", "z4": "-1", "logits": "4", "right": "cat"},
            "Its logit is pulled up by 0.763",
        ),
    ),
    Question(
        "sums_to_zero",
        "gradient",
        ENGINEER,
        "Why do the gradients of one example's logits sum to 0?",
        "$p$ sums to 1 and so does $y$. It is the other face of a symmetry: adding one constant to every logit "
        "changes no probability and no loss, so the loss has slope 0 in that direction.",
        Proof("softmax_cross_entropy", {"shift": "10"}, "Dog gets 0.644"),
    ),
    Question(
        "derive_bce",
        "gradient",
        ENGINEER,
        "Derive the gradient of binary cross-entropy in the logit.",
        "$-y\\ln\\sigma(z) - (1-y)\\ln(1-\\sigma(z))$. With $\\sigma' = \\sigma(1-\\sigma)$ the first term gives "
        "$-y(1-\\sigma)$, the second $(1-y)\\sigma$; together $\\sigma(z) - y$. At $z=-6$, $y=1$ that is "
        f"{text(float(WRONG.grad))}.",
        Proof("ce_vs_mse", {"z": "-6", "y": "y = 1", "wrt": "z"}, "the slope in z of cross-entropy is −0.998"),
    ),
    Question(
        "hessian",
        "hessian",
        RESEARCH,
        "Show that softmax cross-entropy is convex in the logits.",
        "The Hessian is $\\mathrm{diag}(p) - pp^\\top$. For any $v$, $v^\\top(\\mathrm{diag}(p) - pp^\\top)v = \\sum "
        "p_k v_k^2 - (\\sum p_k v_k)^2$: the variance of $v$ under $p$, never negative. It is 0 along the constant "
        "vector: convex, not strictly. In the weights of a deep network convexity is gone.",
        Proof("ce_vs_mse", {"surface": "cross-entropy", "w2": "-2", "from": "-1", "to": "4"}, "below it, as in a bowl"),
    ),
    Question(
        "why_not_mse",
        "sigmoid_mse",
        ENGINEER,
        "Why does squared error after a sigmoid learn slowly?",
        "Its slope carries a factor $p(1-p)$ from the sigmoid, which vanishes where the model is sure, right or "
        f"wrong. At $z=-6$, $y=1$: {text(float(SQUARED.grad))} against cross-entropy's {text(float(WRONG.grad))}. The "
        "surest mistake gets the least correction.",
        Proof("ce_vs_mse", {"z": "-6", "y": "y = 1", "wrt": "z"}, "that of squared error −0.00492"),
    ),
    Question(
        "every_vanishing",
        "sigmoid_mse",
        ENGINEER,
        "Does cross-entropy cure vanishing gradients?",
        "Only that of the output layer: its logarithm undoes the sigmoid there. The sigmoids of hidden layers still "
        f"multiply their own $p(1-p)$, at most ¼, layer by layer. At the output, $z=-6$, {text(float(SQUARED.grad))} "
        f"becomes {text(float(WRONG.grad))}.",
        Proof("ce_vs_mse", {"z": "-6", "y": "y = 1", "wrt": "z"}, "−0.998, that of squared error"),
    ),
    Question(
        "mse_surface",
        "sigmoid_mse",
        RESEARCH,
        "Is squared error after a sigmoid convex in the logit?",
        "No. It is flat where the model is sure and wrong, steep in between and flat again: it must bend both ways. "
        "For $y=1$ its second derivative is $2p(1-p)^2(3p-1)$, negative below $p = 1/3$. Cross-entropy's slope, "
        "$p-y$, only rises.",
        Proof(
            "ce_vs_mse",
            {"surface": "squared error", "w2": "-2", "from": "-8", "to": "2"},
            "the surface bulges above it, so it is no bowl",
        ),
    ),
    Question(
        "brier_proper",
        "brier",
        ENGINEER,
        "Can one train a classifier with squared error at all?",
        "Yes: as a score of probabilities it is Brier's, and proper. If yes is right 80 % of the time, both squared "
        "error and cross-entropy are least at 0.8. What is lost is speed, and convexity in the logit, not honesty.",
        Proof("ce_vs_mse", {"yes": "0.8"}, "squared error at q = 80 %: both reward honesty"),
    ),
    Question(
        "two_class_softmax",
        "two_classes",
        SCREEN,
        "Two classes: softmax with two outputs or one sigmoid?",
        "The same model: $\\mathrm{softmax}(z, 0)_1 = \\sigma(z)$, and the losses agree. Two outputs only add a "
        f"direction (both logits up) in which nothing changes. At $z=2$ either says {text(float(sigmoid(2.0)))}.",
        Proof("choose_the_loss", {"question": "yes / no", "cat": "2"}, "one sigmoid says cat 0.881"),
    ),
    Question(
        "any_of_three",
        "multi_label",
        SCREEN,
        "A photo may show several things. Which output, which loss?",
        "One sigmoid a label and binary cross-entropy summed or averaged over labels: each is a question of its own. "
        "Their probabilities need not sum to 1.",
        Proof("choose_the_loss", {"question": "any of 3", "cat": "2", "dog": "1", "fox": "-1"}, "together 1.88"),
    ),
    Question(
        "softmax_multi",
        "multi_label",
        ENGINEER,
        "What goes wrong with softmax when two labels are true?",
        "The two compete for one whole: neither can pass ½ while the other has as much. The loss summed over both "
        f"cannot fall below $2\\ln 2$ = {nats(2 * surprise(0.5).value)}, however good the network.",
        Proof("choose_the_loss", {"pairing": "softmax, two right", "of": "4", "lead": "3"}, "it costs 1.39"),
    ),
    Question(
        "first_loss",
        "untrained",
        SCREEN,
        "Ten balanced classes: what should the loss be before training?",
        f"$\\ln 10$ = {nats(surprise(0.1).value)}: a model that knows nothing gives each class a tenth.",
        Proof("choose_the_loss", {"pairing": "softmax twice", "of": "10", "lead": "0"}, "where 2.30 would be right"),
    ),
    Question(
        "too_high",
        "untrained",
        ENGINEER,
        "Ten classes, and the first loss is 5 instead of 2.3. What do you look at?",
        "A mean above $\\ln K$ is worse than knowing nothing: the model is confidently wrong. Logits too large at the "
        "start (weights, unscaled inputs), a sum where a mean was meant, labels off by one. Being sure of the wrong "
        "class by a logit of 5 among ten costs "
        f"{nats(sparse_softmax_cross_entropy(np.array([-5.0] + [0.0] * 9), 0).value)}.",
        Proof("choose_the_loss", {"pairing": "softmax twice", "of": "10", "lead": "-5"}, "where 7.20 would be right"),
    ),
    Question(
        "how_large",
        "range",
        SCREEN,
        "What values can the cross-entropy of one labeled example take?",
        "From 0 (certain and right) without bound: certain and wrong costs ∞. Half and half always costs "
        f"{bits(binary_cross_entropy(0.5, 1).value)}.",
        Proof("binary_cross_entropy", {"given": "p", "spam": "1", "y": "y = 0"}, "that costs ∞"),
    ),
    Question(
        "negative_nll",
        "range",
        RESEARCH,
        "My negative log-likelihood is negative. Is that a bug?",
        "Not if it is that of a density: densities exceed 1 (a narrow normal one does), and then $-\\log$ is "
        "negative. It also changes with the unit of $x$. For classes or tokens, whose probabilities are at most 1, it "
        "would be a bug: the least surprise is 0.",
        Proof("surprise", {"p": "1"}, "An event of probability 100 % carries 0 bits"),
    ),
    Question(
        "from_logits",
        "stability",
        ENGINEER,
        "Why do libraries want logits and not probabilities?",
        "So that softmax and logarithm can be done in one: $-\\log p_y = \\mathrm{LSE}(z) - z_y$, with the maximum "
        "taken off before any power. Written out by the textbook, softmax of (1000, 0) is ∞/∞, nan in float64 too; "
        "the true loss is 1000.",
        Proof("numerics", {"big": "1000", "wanted": "the other"}, "float16 nan, float32 nan, float64 nan"),
    ),
    Question(
        "softmax_twice",
        "stability",
        ENGINEER,
        "Someone puts a softmax before a loss that applies one. What happens?",
        "It trains, slowly, and looks plausible. The loss then sees “logits” between 0 and 1, and at best "
        "$(1,0,0,0)$: for four classes it stops at "
        f"{nats(sparse_softmax_cross_entropy(np.array([1.0, 0, 0, 0]), 0).value)} with tiny gradients. A floor well "
        "above 0 is the sign.",
        Proof("choose_the_loss", {"pairing": "softmax twice", "of": "4", "lead": "10"}, "it costs 0.744"),
    ),
    Question(
        "what_clip_does",
        "clipping",
        ENGINEER,
        "What does holding p in [1e-7, 1 − 1e-7] do to training?",
        f"It caps the loss at {nats(CLIPPED.value)}, and where the cap bites the slope is 0: the worst mistakes stop "
        f"teaching. Exact, at logit −20, the loss is {nats(binary_cross_entropy_with_logits(-20.0, 1).value)} and the "
        f"slope {text(float(binary_cross_entropy_with_logits(-20.0, 1).grad))}.",
        Proof("binary_cross_entropy", {"deep": "-20", "clip": "10⁻⁷"}, "it is 16.1 with slope 0"),
    ),
    Question(
        "one_minus_p",
        "clipping",
        RESEARCH,
        "Clipping looks harmless in float64. Where does it bite in float32?",
        "At the upper end too: $1 - p$ cancels there. Between 1 and its neighbor in float32 lie 6 × 10⁻⁸, so a logit "
        "beyond about 17 is stored as $p = 1$. At logit −50 the exact loss is "
        f"{text(float(binary_cross_entropy_with_logits(-50.0, 1).value))}, the clipped one "
        f"{text(float(CLIPPED.value))}, wrong by millions of ulps.",
        Proof("numerics", {"far": "-50", "y": "y = 1", "format": "float32", "hold": "10⁻⁷"}, "from a clipped p 16.1"),
    ),
    Question(
        "perplexity",
        "perplexity",
        SCREEN,
        "What is perplexity?",
        "$e$ to the cross-entropy in nats, or 2 to that in bits: among how many equally likely tokens the model might "
        "as well have hesitated. Four classes at softmax(1, 2, 0, −1) are as uncertain as "
        f"{text(float(perplexity(softmax(LOGITS))))} equal ones.",
        Proof("softmax_cross_entropy", {"shift": "0", "temperature": "1"}, "as uncertain as 2.58 equally likely ones"),
    ),
    Question(
        "compare_perplexity",
        "perplexity",
        ENGINEER,
        "Two language models with different tokens: whose perplexity is better?",
        "Perplexity is per token, so longer tokens look worse. Compare total surprise on the same text, in bits per "
        "character. Heat alone moves it too: at temperature 20 four classes approach perplexity "
        f"{text(float(perplexity(softmax(LOGITS, temperature=20.0))))} whatever was learned.",
        Proof("softmax_cross_entropy", {"temperature": "20"}, "as uncertain as 3.99 equally likely ones"),
    ),
    Question(
        "two_directions",
        "directions",
        ENGINEER,
        "Forward or reverse KL: what is the difference when you fit?",
        "$\\mathrm{KL}(p\\Vert q)$ makes $q$ pay wherever $p$ is and $q$ is not: it covers the mass. "
        "$\\mathrm{KL}(q\\Vert p)$ pays where $q$ is and $p$ is not: it seeks one mode. Maximum likelihood is the "
        "forward one.",
        Proof("cross_entropy", {"center": "0", "width": "2.5"}, "KL(p‖q) = 0.648, KL(q‖p) = 1.35"),
    ),
    Question(
        "no_distance",
        "directions",
        RESEARCH,
        "Why is KL no distance?",
        "It is not symmetric and breaks the triangle inequality. Fair truth believed at 95 %: "
        f"{bits(kl_divergence(FAIR, SURE).value)}; the other way round {bits(kl_divergence(SURE, FAIR).value)}. The "
        "square root of Jensen–Shannon is one.",
        Proof("cross_entropy", {"p1": "95", "p2": "5", "q1": "50", "q2": "50"}, "0.714 is the price of believing q"),
    ),
    Question(
        "point_nine",
        "smoothing",
        SCREEN,
        "Smoothing with ε = 0.1: what is the target of the right class?",
        "$1 - ε + ε/K$, because ε is dealt out to all classes, the right one too: "
        f"{plain(float(smooth_labels(one_hot(0, 2), 0.1)[0]))} for two classes, {plain(float(TEN[0]))} for ten.",
        Proof("label_smoothing", {"eps": "0.1", "classes": "2", "gap": "3"}, "the target asks for 0.95"),
    ),
    Question(
        "smoothing_optimum",
        "smoothing",
        ENGINEER,
        "What does label smoothing change about the best logits?",
        "The gradient becomes $p - y_{smooth}$, so the best logits are finite: the gap is $\\ln\\frac{1-ε+ε/K}{ε/K}$, "
        f"{text(float(np.diff(surprise(TEN).value)[0]))} for ε = 0.1 and ten classes. The loss ends at "
        f"$H(y_{{smooth}})$ = {nats(entropy(TEN).value)}.",
        Proof("label_smoothing", {"eps": "0.1", "classes": "10", "gap": "4.5"}, "The best gap is 4.51"),
    ),
    Question(
        "smoothing_harms",
        "smoothing",
        RESEARCH,
        "When does label smoothing do harm?",
        "When the probabilities are the product, and in a teacher for distillation: it floods the differences among "
        f"wrong classes. A teacher that called dog {text(float(TEACHER[1] / TEACHER[3]))} times as likely as lorry "
        f"says {text(float(FLOODED[1] / FLOODED[3]))} times after ε = 0.3 (Müller, Kornblith, Hinton 2019).",
        Proof(
            "label_smoothing", {"teacher_eps": "0.3"}, "dog 1.84 times as likely as lorry; without smoothing, 900 times"
        ),
    ),
    Question(
        "focal_gradient",
        "focal",
        ENGINEER,
        "Does focal loss only shrink gradients?",
        "No. It shrinks every loss, but its slope in the logit, $(1-p)^γ(γ p \\ln p + p - 1)$, is steeper than "
        f"cross-entropy's for hard examples: at $p$ = 0.1, γ = 2 it pulls with {text(-float(FOCAL.grad))} for "
        f"{text(-float(PLAIN.grad))}.",
        Proof("focal_loss", {"pt": "0.1", "gamma": "2"}, "pulls with 1.10 against 0.900"),
    ),
    Question(
        "focal_probabilities",
        "focal",
        RESEARCH,
        "Are a focal model's outputs probabilities?",
        "Not as they stand: the loss is not proper. Where 80 % come true, γ = 2 is cheapest at "
        f"{text(best_focal_report(0.8, gamma=2.0))}. It is underconfident in a known way, so it can be mapped back.",
        Proof("focal_loss", {"truth": "0.8", "bend": "2", "report": "0.627"}, "the cheapest report is 0.627"),
    ),
    Question(
        "which_does_what",
        "alpha_gamma",
        ENGINEER,
        "In focal loss, what is α for and what is γ for?",
        "α balances classes, whatever their difficulty; γ discounts what is easy, whatever its class. With γ high the "
        "common class may already count too little, so a good α for the rare class can be *below* one half: 0.25 at γ "
        "= 2 in the paper (Lin et al. 2017).",
        Proof("focal_loss", {"windows": "1,000", "easy": "0.99", "focus": "2", "alpha": "0.5"}, "holds 99.9 %"),
    ),
    Question(
        "weight_nine",
        "weights",
        ENGINEER,
        "You train with weight 9 on the positives. What does the output mean?",
        "Not the probability: the optimum is $wp/(wp + 1 - p)$, the odds times $w$. A true 10 % is reported as "
        f"{percent(float(reweighted(0.1, 9.0)))}.",
        Proof(
            "class_weights", {"chance": "0.1", "pos_weight": "9"}, "True 10 %, weight 9: the weighted model says 50 %"
        ),
    ),
    Question(
        "undo_weight",
        "weights",
        RESEARCH,
        "How do you get probabilities back from a model trained with class weights?",
        "Divide the odds by $w$, or take $\\ln w$ off the logit: exact where the model reached its optimum. In "
        "practice fit the shift on held-out data. A threshold moved from ½ to $w/(1+w)$ decides the same.",
        Proof(
            "class_weights", {"chance": "0.1", "pos_weight": "9", "undo": "true"}, "divided by the weight again 10 %"
        ),
    ),
    Question(
        "val_both",
        "both_rise",
        ENGINEER,
        "Validation loss and validation accuracy both rise. How can that be?",
        "Accuracy counts sides, loss counts confidence. A few examples that are confidently wrong can outweigh more "
        "right ones: (.6, .6, .6, .4, .4) to (.51 ×4, .001) takes accuracy from 60 to 80 % and the loss from "
        f"{text(float(BEFORE))} to {nats(AFTER)}. Look at the worst losses, then calibrate or stop earlier.",
        Proof(
            "training_lab",
            {"f1": "0.51", "f2": "0.51", "f3": "0.51", "f4": "0.51", "f5": "0.001"},
            "Now 80 % are right, at 1.92 nats on average; before, 60 % were, at 0.673",
        ),
    ),
    Question(
        "temperature_argmax",
        "temperature",
        SCREEN,
        "Does temperature scaling change accuracy?",
        "No. Dividing all logits of a row by one $T>0$ keeps their order, so the argmax stays. Loss and calibration "
        "change.",
        Proof("your_predictions", {"cool": "2"}, "At T = 2 the log loss is 0.501 nats"),
    ),
    Question(
        "fit_temperature",
        "temperature",
        ENGINEER,
        "How do you fit a temperature, and on what?",
        "Minimize the cross-entropy of $z/T$ on held-out data: one number, and convex in $1/T$. On training data an "
        "overfitted model would look calibrated.",
        Proof("your_predictions", {"cool": "2"}, "The temperature fitted on 200 rows is 2.00"),
    ),
    Question(
        "diverge",
        "separable",
        ENGINEER,
        "Logistic regression on separable data: what happens to the weights?",
        "They grow without end. Once all examples are right, scaling the weights up lowers every loss, and 0 is never "
        "reached: $\\ln(1+e^{-m}) > 0$ for every margin. Regularize, or stop early.",
        Proof("loss_family", {"task": "yes or no", "margin": "3"}, "log loss 0.0486, hinge 0"),
    ),
    Question(
        "one_bad_label",
        "noisy",
        RESEARCH,
        "Why is cross-entropy fragile when labels are wrong?",
        "It is unbounded: a model that is rightly sure pays without limit for a wrong label, and will bend to it. The "
        "overfitted model is then surer than it is right. Bounded losses, smoothing or a noise model limit what one "
        "label can pay.",
        Proof(
            "label_smoothing",
            {"wrong": "0.4", "trained": "80", "seed": "1"},
            "the first run is 77 % sure and 58 % right",
        ),
    ),
)
