"""Questions about information: surprise, entropy, cross-entropy, KL divergence, likelihood, perplexity."""

from typing import Final

import numpy as np

from xent_core import (
    Unit,
    best_report,
    cross_entropy,
    entropy,
    kl_divergence,
    one_hot,
    one_sided_square_rule,
    perplexity,
    smooth_labels,
    softmax,
    surprise,
)
from xent_core.gaussians import BIMODAL, POINTS, discrete_gaussian
from xent_ui.self_test.questions.interview.question import ENGINEER, LOGITS, RESEARCH, SCREEN, Question, bits, nats, num
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import percent

FAIR, SURE = [0.5, 0.5], [0.95, 0.05]
SMOOTHED = smooth_labels(one_hot(0, 10), 0.1)
BELIEF = np.array([0.6, 0.3, 0.1])
DISHONEST = best_report(one_sided_square_rule, BELIEF)
PULLS = BELIEF * 2 * (1 - BELIEF)  # p times the slope of the square
WIDE, ON_ONE_HUMP = discrete_gaussian(POINTS, 0, 2.5), discrete_gaussian(POINTS, -2, 0.7)

QUESTIONS: Final = (
    Question(
        "what_is_it",
        "expected_surprise",
        SCREEN,
        "What is cross-entropy, in one sentence and one formula?",
        "It is the average surprise when outcomes come from $p$ and you predict them with $q$: "
        "$H(p,q) = -\\sum_k p_k \\log q_k$. In coding, it is the average number of bits per symbol with an ideal code "
        "made for $q$. If you believe that a fair coin shows heads 95 % of the time, each flip costs you "
        f"{bits(cross_entropy(FAIR, SURE).value)} on average; with the true belief it would cost "
        f"{bits(entropy(FAIR).value)}.",
        Proof("cross_entropy", "cost", {"p1": "50", "p2": "50", "q1": "95", "q2": "5"}, "2.20 bits"),
    ),
    Question(
        "bits_or_nats",
        "expected_surprise",
        SCREEN,
        "What changes when you count in bits instead of nats?",
        f"Only the unit: 1 bit is $\\ln 2$ = {nats(surprise(0.5).value)}. Every loss and every gradient is multiplied "
        "by the same constant, so the best model and all rankings stay. Plain gradient descent does notice: in bits "
        f"its steps are {num(Unit.BITS.of(1.0))} times as long, until you divide the learning rate by that. Adam "
        "divides each gradient by its own recent size, so for Adam the unit hardly matters.",
        Proof("surprise", "one_event", {"p": "0.5", "unit": "nats"}, "0.693 nats"),
    ),
    Question(
        "source_or_outcome",
        "expected_surprise",
        SCREEN,
        "Entropy or surprise: which belongs to a single outcome?",
        "Surprise, $-\\log p$, belongs to one outcome. Entropy is the mean surprise over all outcomes, so it belongs "
        f"to the whole distribution. A forecast of 90 % rain has an entropy of {bits(entropy([0.9, 0.1]).value)}; if "
        f"it then stays dry, that one outcome carries {bits(surprise(0.1).value)} of surprise.",
        Proof("entropy", "forecast", {"rain": "0.9", "unit": "bits"}, "0.469 bits"),
    ),
    Question(
        "three_relatives",
        "floor",
        SCREEN,
        "How are entropy, cross-entropy and KL divergence related?",
        "Cross-entropy is entropy plus KL divergence: $H(p,q) = H(p) + D_{KL}(p\\Vert q)$. The first part is the "
        "uncertainty of the world itself, which no model can remove; the second is what the wrong belief adds. "
        f"For a fair coin that you believe in at 95 %: {num(Unit.BITS.of(cross_entropy(FAIR, SURE).value))} = "
        f"{num(Unit.BITS.of(entropy(FAIR).value))} + {bits(kl_divergence(FAIR, SURE).value)}.",
        Proof("cross_entropy", "cost", {"p1": "50", "p2": "50", "q1": "95", "q2": "5"}, "KL 1.20"),
    ),
    Question(
        "same_minimum",
        "floor",
        ENGINEER,
        "We want a small KL divergence. Why do we minimize cross-entropy?",
        "Because they differ only by $H(p)$, which does not depend on the model. So both have the same gradient and "
        "the same best $q$, and cross-entropy can be estimated from samples of $p$ without knowing the entropy of "
        "$p$. The lowest possible loss is $H(p)$, which need not be 0: with smoothed labels (ε = 0.1, ten classes) it "
        f"is {nats(entropy(SMOOTHED).value)}.",
        Proof("label_smoothing", "one_answer", {"eps": "0.1", "classes": "10", "gap": "4.5"}, "H 0.500"),
    ),
    Question(
        "two_directions",
        "directions",
        ENGINEER,
        "Forward or reverse KL: what is the difference when you fit a model?",
        "Forward KL, $D_{KL}(p\\Vert q)$, covers all of $p$, because it is large wherever $p$ has mass and $q$ has "
        "none. Reverse KL, $D_{KL}(q\\Vert p)$, settles on one mode, because it is large wherever $q$ has mass and "
        "$p$ has none. Maximum likelihood minimizes the forward one. For a truth with two humps, a wide bell over "
        f"both has forward {num(Unit.BITS.of(kl_divergence(BIMODAL, WIDE).value))} and reverse "
        f"{bits(kl_divergence(WIDE, BIMODAL).value)}; a narrow one on the left hump has forward "
        f"{num(Unit.BITS.of(kl_divergence(BIMODAL, ON_ONE_HUMP).value))} and reverse "
        f"{bits(kl_divergence(ON_ONE_HUMP, BIMODAL).value)}.",
        Proof("cross_entropy", "one_hump", {"center": "0", "width": "2.5"}, "0.648"),
    ),
    Question(
        "no_distance",
        "directions",
        RESEARCH,
        "Why is KL divergence not a distance?",
        "It is not symmetric, and it breaks the triangle inequality. A fair coin believed in at 95 % gives "
        f"{bits(kl_divergence(FAIR, SURE).value)}; a 95 % coin believed to be fair gives "
        f"{bits(kl_divergence(SURE, FAIR).value)}. The square root of the Jensen–Shannon divergence is a distance.",
        Proof("cross_entropy", "cost", {"p1": "95", "p2": "5", "q1": "50", "q2": "50"}, "KL 0.714"),
    ),
    Question(
        "max_likelihood",
        "likelihood",
        SCREEN,
        "Why is minimizing cross-entropy the same as maximizing likelihood?",
        "Because the mean of $-\\ln q(x_i)$ over the data is minus the log-likelihood divided by $n$. When the "
        "likelihood rises, this mean falls, so the lowest loss and the highest likelihood belong to the same model. "
        "After 7 heads in 10 flips, both say that the best coin shows heads 70 % of the time, and its mean surprise is "
        f"{bits(cross_entropy([0.7, 0.3], [0.7, 0.3]).value)} per flip.",
        Proof("likelihood", "one_series", {"came": "7", "missed": "3", "theta": "0.7", "unit": "bits"}, "0.881"),
    ),
    Question(
        "sum_not_product",
        "likelihood",
        ENGINEER,
        "Why do programs add logarithms instead of multiplying probabilities?",
        "Because a product of many probabilities underflows to 0. The likelihood of 1,200 fair flips is $2^{-1200}$, "
        "less than the smallest float64, so it is stored as 0 and its logarithm as −∞. The sum of the logarithms has "
        f"no such problem: it is −{nats(1200 * surprise(0.5).value)}, or −{num(surprise(0.5).value)} per flip.",
        Proof("likelihood", "long_series", {"series": "1200"}, "832"),
    ),
    Question(
        "additive",
        "why_log",
        SCREEN,
        "Why the logarithm, of all functions?",
        "Because probabilities of independent events multiply and their surprises should add. Only multiples of "
        "$-\\log p$ do that, if rarer events are never to carry less. Independent events of probability ½ and ¼ both "
        f"happen with probability ⅛: {num(Unit.BITS.of(surprise(0.5).value))} + "
        f"{num(Unit.BITS.of(surprise(0.25).value))} = {bits(surprise(0.125).value)}.",
        Proof("surprise", "two_events", {"a": "0.5", "b": "0.25", "unit": "bits"}, "3.00 bits"),
    ),
    Question(
        "only_local",
        "why_log",
        RESEARCH,
        "In what sense is log loss the only honest loss?",
        "It is the only proper one among smooth losses that look at nothing but the probability given to what "
        "happened, for three or more outcomes. Proper means that your true belief has the least expected loss. Such a "
        "loss must be $-a\\ln q_k + c_k$ with $a > 0$; the constants, one per outcome, change nothing. With two "
        "outcomes there are others, since one probability gives the other; and the Brier score is proper but looks at "
        "all probabilities. With the belief (0.6, 0.3, 0.1), honesty has the least expected log loss: "
        f"{nats(entropy(BELIEF).value)}.",
        Proof("why_log", "honesty", {"rule": "log", "ways": "3", "b1": "60", "b2": "30", "b3": "10"}, "0.898"),
    ),
    Question(
        "square_of_true_class",
        "why_log",
        RESEARCH,
        "Why not use $(1-q_y)^2$, the square of what the true class lacks?",
        "With three or more classes it rewards lying. At the honest report, raising any one probability must lower "
        "the expected loss equally fast, or it would help to move probability. So $p_k f'(p_k)$ must be the same for "
        "all classes at every belief, and only a slope of $-a/q$, that of the logarithm, does that. "
        "The square's pulls at the belief "
        f"(0.6, 0.3, 0.1) are {', '.join(num(pull) for pull in PULLS)}, so the best report is "
        f"{', '.join(percent(float(q), 2) for q in DISHONEST)}. With two classes it is the Brier score, up to a "
        "factor, and honest.",
        Proof("why_log", "honesty", {"rule": "square", "ways": "3", "b1": "60", "b2": "30", "b3": "10"}, "67 %"),
    ),
    Question(
        "perplexity",
        "perplexity",
        SCREEN,
        "What is perplexity?",
        "It is $e$ to the cross-entropy in nats, or 2 to the cross-entropy in bits: the number of equally likely "
        "choices that would be as hard to predict. A language model with 3 bits per token has perplexity $2^3 = 8$. "
        f"The probabilities softmax(1, 2, 0, −1) have an entropy of {nats(entropy(softmax(LOGITS)).value)}, as much as "
        f"{num(perplexity(softmax(LOGITS)))} equally likely classes.",
        Proof("softmax_cross_entropy", "all_at_once", {"shift": "0", "temperature": "1"}, "2.58"),
    ),
    Question(
        "compare_perplexity",
        "perplexity",
        ENGINEER,
        "Two language models have different tokens. Can you compare their perplexities?",
        "No. Perplexity is per token, and a longer token has more in it to predict. Compare the total surprise on the "
        "same text, as bits per character. On the text of our lesson, a model of words has perplexity 57.7 and one of "
        "characters 5.02; yet 128 words of 5.85 bits make about 749 bits, and 489 characters of 2.33 bits about "
        "1,140 bits. To be fair, the word model must also spell the words it does not know.",
        Proof("perplexity", "token_by_token", {"token": "a word"}, "57.7"),
    ),
)
