"""Questions about what is near cross-entropy: other losses, trees, distillation, contrastive learning, KL terms."""

from typing import Final

import numpy as np

from xent_core import (
    Unit,
    absolute_error,
    best_constant,
    binary_cross_entropy_with_logits,
    entropy,
    hinge_loss,
    kl_divergence,
    softmax,
    squared_error,
    surprise,
)
from xent_core.gaussians import BIMODAL
from xent_ui.self_test.questions.interview.information import ON_ONE_HUMP, WIDE
from xent_ui.self_test.questions.interview.question import ENGINEER, LOGITS, RESEARCH, SCREEN, Question, bits, nats, num
from xent_ui.self_test.questions.interview.variants import TEACHER
from xent_ui.self_test.questions.proof import Proof

HOUSES: Final = [2.0, 2.4, 3.0, 3.4, 10.0]
MU = SIGMA = 1.0
CODE_KL = (MU**2 + SIGMA**2 - 1 - np.log(SIGMA**2)) / 2
SAFE = binary_cross_entropy_with_logits(1.5, 1), hinge_loss(1.5, 1)
WARM, HOT = (float(softmax(LOGITS, temperature=T)[1]) for T in (10.0, 20.0))

QUESTIONS: Final = (
    Question(
        "hinge",
        "other_losses",
        ENGINEER,
        "Cross-entropy or hinge loss?",
        "Cross-entropy if you need probabilities, hinge loss if only the side counts. Hinge, $\\max(0, 1-m)$, is 0 "
        "from a margin of 1 on, so only examples near the border shape the model, as in a support vector machine, and "
        "its scores are no probabilities. Log loss $\\ln(1+e^{-m})$ never stops pulling. At a margin of 1.5 hinge is "
        f"{num(SAFE[1].value)} and log loss {nats(SAFE[0].value)}. For large mistakes both "
        "grow in a straight line.",
        Proof("loss_family", "yes_or_no", {"margin": "1.5", "of_margin": "hinge"}, "0.201"),
    ),
    Question(
        "gaussian",
        "other_losses",
        ENGINEER,
        "In what sense is squared error a likelihood?",
        "It is the negative log-likelihood of a Gaussian with fixed spread, up to scale and shift: $-\\ln N(x; \\mu, "
        "\\sigma) = \\frac{(x-\\mu)^2}{2\\sigma^2} + \\ln(\\sigma\\sqrt{2\\pi})$. So minimizing it is maximum "
        "likelihood, as cross-entropy is for classes, and its best constant is the mean. Absolute error belongs to the "
        f"Laplace distribution and to the median. For prices of 2, 2.4, 3, 3.4 and 10, the mean is "
        f"{num(best_constant(squared_error, HOUSES))} and the median {num(best_constant(absolute_error, HOUSES))}; "
        "outliers make the Gaussian a bad assumption.",
        Proof("loss_family", "one_number", {"castle": "10", "price": "4.16", "error": "squared"}, "4.16"),
    ),
    Question(
        "information_gain",
        "trees",
        SCREEN,
        "How does a decision tree use entropy to choose a split?",
        "It takes the split with the largest information gain: the entropy of the labels before the split minus the "
        "weighted mean of their entropies after it. That is the mutual information of split and label. If half of the "
        "examples are positive, and a split sends them into two equal halves with 90 % and 10 % positive, "
        f"{bits(entropy([0.5, 0.5]).value)} falls to {bits(entropy([0.9, 0.1]).value)}: a gain of "
        f"{bits(entropy([0.5, 0.5]).value - entropy([0.9, 0.1]).value)}. On the training data no split "
        "ever loses, so a tree needs a limit on its depth or on the size of its branches.",
        Proof("entropy", "forecast", {"rain": "0.9", "unit": "bits"}, "0.469 bits"),
    ),
    Question(
        "gini",
        "trees",
        RESEARCH,
        "Gini impurity or entropy: how do they differ?",
        "They are the lowest expected values of two proper scores: entropy of log loss, and Gini, $1 - \\sum_k p_k^2$, "
        "of the squared error summed over classes. Gini needs no logarithm; entropy rises infinitely steeply at 0, "
        "so it notices more when a small class disappears. In practice the trees are mostly alike. "
        f"At 80 % positive the entropy is {nats(entropy([0.8, 0.2]).value)} and Gini {num(1 - 0.8**2 - 0.2**2)}.",
        Proof("ce_vs_mse", "honesty", {"yes": "0.8"}, "0.500"),
    ),
    Question(
        "distillation",
        "distillation",
        ENGINEER,
        "What is knowledge distillation, and what is its loss?",
        "A small model learns from the probabilities of a large one instead of from labels alone. Its loss is the "
        "cross-entropy between the teacher's and the student's softmax, both at a temperature T above 1, usually plus "
        "ordinary cross-entropy with the true labels. The teacher's probabilities of wrong classes say which classes "
        f"are alike: in a photo of a cat, dog may be {num(TEACHER[1] / TEACHER[3])} times as likely as truck. A "
        "temperature above 1 makes such small probabilities count.",
        Proof("label_smoothing", "teacher", {"teacher_eps": "0"}, "900"),
    ),
    Question(
        "t_squared",
        "distillation",
        RESEARCH,
        "Why is the soft loss in distillation multiplied by T²?",
        "Because its gradients shrink about as $1/T^2$, and the factor keeps their balance with the hard labels when T "
        "is changed. One $1/T$ comes from the chain rule: the gradient in the student's logits is $(q - p)/T$. The "
        "other comes from the softmaxes, which all approach $1/K$: with logits 1, 2, 0, −1, dog is "
        f"{num(WARM - 0.25)} above ¼ at T = 10 and {num(HOT - 0.25)} at T = 20, where it has {num(HOT)}. So $q - p$ "
        "shrinks like $1/T$, too.",
        Proof("softmax_cross_entropy", "all_at_once", {"temperature": "20"}, "0.269"),
    ),
    Question(
        "info_nce",
        "contrastive",
        RESEARCH,
        "What is InfoNCE, and what does it have to do with cross-entropy?",
        "It is softmax cross-entropy with candidates as classes. The logits are similarities divided by a temperature, "
        "and the right “class” is the positive partner among N − 1 negatives: $-\\ln \\frac{e^{s_+/τ}}{\\sum_j "
        "e^{s_j/τ}}$. A model that knows nothing has a loss of $\\ln N$, for 1,000 candidates "
        f"{nats(surprise(1 / 1000).value)}. On average, $\\ln N$ minus the loss is a lower bound on the mutual "
        "information of the two views, so it never shows more than $\\ln N$; that is one reason for large batches. "
        "CLIP averages it over both directions, image to text and text to image.",
        Proof("softmax_cross_entropy", "formats", {"batch": "1", "ahead": "0", "doubt": "0"}, "6.91"),
    ),
    Question(
        "vae_kl",
        "kl_in_training",
        RESEARCH,
        "What does the KL term in a VAE do, and in which direction is it taken?",
        "$D_{KL}(q(z|x)\\Vert p(z))$ keeps the encoder's codes close to the prior from which you will sample. With the "
        "reconstruction loss it makes up the negative ELBO, an upper bound on $-\\ln p(x)$. The encoder's $q$ comes "
        "first, so it may be narrow, but is penalized for mass where the prior has little. For a Gaussian "
        "encoder and a standard normal prior it is "
        "$\\frac12\\sum(\\mu^2 + \\sigma^2 - 1 - \\ln\\sigma^2)$; at μ = σ = 1 that is "
        f"{nats(CODE_KL)}. If it falls to 0, the code says nothing about $x$. In our picture, a wide $q$ over the "
        f"gap between the humps of $p$ has {bits(kl_divergence(WIDE, BIMODAL).value)}.",
        Proof("cross_entropy", "one_hump", {"center": "0", "width": "2.5"}, "1.35"),
    ),
    Question(
        "rlhf_kl",
        "kl_in_training",
        RESEARCH,
        "Why does RLHF subtract a KL divergence from the reward, and which one?",
        "To keep the model from leaving its reference in order to exploit the faults of the reward model. The "
        "objective is $E[r] - β D_{KL}(π\\Vert π_{ref})$, estimated on the model's own samples as the mean of $\\ln "
        "\\frac{π}{π_{ref}}$. It is the reverse direction, so the model may drop answers that the reference gives, "
        "but can hardly give some that the reference finds nearly impossible. So variety may shrink: a $q$ on one of "
        f"two humps has a reverse KL of only {bits(kl_divergence(ON_ONE_HUMP, BIMODAL).value)}, where the forward one "
        f"is {num(Unit.BITS.of(kl_divergence(BIMODAL, ON_ONE_HUMP).value))}.",
        Proof("cross_entropy", "one_hump", {"center": "-2", "width": "0.7"}, "0.730"),
    ),
)
