"""Questions about outputs and labels: logits, sigmoid, softmax, one-hot rows, several labels."""

from typing import Final

import numpy as np

from xent_core import sigmoid, softmax, sparse_softmax_cross_entropy, surprise
from xent_ui.self_test.questions.interview.question import ENGINEER, LOGITS, SCREEN, Question, nats, num
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import percent

PROBS = softmax(LOGITS)
CAT = sparse_softmax_cross_entropy(LOGITS, 0)
FOOLED = sparse_softmax_cross_entropy(np.array([1.0, 5.0, 0.0, -1.0]), 0)
TOO_HIGH = sparse_softmax_cross_entropy(np.array([0.0, 5.0] + [0.0] * 8), 0)
TOO_HIGH_OF_FOUR = sparse_softmax_cross_entropy(np.array([0.0, 5.0, 0.0, 0.0]), 0)
CAT_BY_DEFAULT = {"z1": "1", "z2": "2", "z3": "0", "z4": "-1", "logits": "4", "right": "cat"}

QUESTIONS: Final = (
    Question(
        "what_is_a_logit",
        "logits",
        SCREEN,
        "What is a logit?",
        "A logit is a model's raw score before it becomes a probability. For two classes it is the log-odds, "
        "$z = \\ln\\frac{p}{1-p}$, and the sigmoid $\\sigma(z) = 1/(1+e^{-z})$ turns it back into $p$. A network can "
        "output any number, and evidence adds up in log-odds, so it works with logits. A logit of 0 means 50 %; a "
        f"logit of 2 means odds of {num(np.exp(2.0))} to 1, which is {percent(float(sigmoid(2.0)))}.",
        Proof("binary_cross_entropy", "one_mail", {"given": "z", "z": "2"}, "88.1 %"),
    ),
    Question(
        "what_is_softmax",
        "logits",
        SCREEN,
        "What does softmax do?",
        "It turns K scores into K probabilities: exponentiate each score, then divide by the sum. Differences of "
        "logits become ratios of probabilities, so one more logit means $e$ times the probability, and adding a "
        "constant to all logits changes nothing. From cat 1, dog 2, fox 0, cow −1 it makes dog "
        f"{num(PROBS[1])}, which is {num(np.e)} times the {num(PROBS[0])} of cat.",
        Proof("softmax_cross_entropy", "all_at_once", {"shift": "0", "temperature": "1"}, "0.644"),
    ),
    Question(
        "one_term",
        "one_hot",
        SCREEN,
        "With one-hot labels, what is left of $-\\sum_k y_k \\ln p_k$?",
        "One term: $-\\ln p_y$, of the right class. The other classes still matter, because softmax makes all of them "
        f"share a total of 1: what they take, the right class lacks. If softmax gives the cat {num(PROBS[0])} and it "
        f"is a cat, the loss is {nats(CAT.value)}.",
        Proof("softmax_cross_entropy", "one_example", CAT_BY_DEFAULT, "1.44 nats"),
    ),
    Question(
        "wrong_entries",
        "one_hot",
        ENGINEER,
        "The zeros of a one-hot label add nothing to the loss. Do wrong logits get a gradient?",
        "Yes. The probability of the right class has every logit in its denominator, so every logit moves the loss. "
        "The gradient of a wrong logit is that class's own probability: training pushes the likeliest wrong class "
        f"down hardest. If it is a cat and dog leads with a logit of 5, dog's gradient is +{num(FOOLED.grad[1])} and "
        f"fox's only +{num(FOOLED.grad[2])}.",
        Proof("softmax_cross_entropy", "one_example", CAT_BY_DEFAULT | {"z2": "5"}, "0.973"),
    ),
    Question(
        "two_class_softmax",
        "two_classes",
        SCREEN,
        "For two classes, softmax with two outputs or one sigmoid?",
        "They are the same model: $\\mathrm{softmax}(z, 0)_1 = \\sigma(z)$, and the losses agree. Two outputs only "
        "add a direction in which nothing changes, that of raising both logits together. At $z = 2$ both say "
        f"{num(sigmoid(2.0))}.",
        Proof("choose_the_loss", "one_photo", {"question": "yes / no", "cat": "2"}, "0.881"),
    ),
    Question(
        "any_of_three",
        "multi_label",
        SCREEN,
        "A photo may show several things at once. Which output and which loss?",
        "A sigmoid per label, with binary cross-entropy summed or averaged over the labels. Each label is a "
        "yes-or-no question of its own, so the probabilities need not add up to 1: logits of 2, 1 and −1 give "
        f"{', '.join(num(p) for p in sigmoid(np.array([2.0, 1.0, -1.0])))}, together "
        f"{num(sigmoid(np.array([2.0, 1.0, -1.0])).sum())}.",
        Proof("choose_the_loss", "one_photo", {"question": "any of 3", "cat": "2", "dog": "1", "fox": "-1"}, "1.88"),
    ),
    Question(
        "softmax_multi",
        "multi_label",
        ENGINEER,
        "What goes wrong with softmax when two labels are true?",
        "The two labels share a total of 1, so they cannot both pass ½. The best a network can do is to give each "
        f"0.500, which costs {nats(surprise(0.5).value)} per label, so the loss summed over both never falls below "
        f"$2\\ln 2$ = {nats(2 * surprise(0.5).value)}. And at most one of them can exceed a threshold of ½. Use a "
        "sigmoid per label instead.",
        Proof("choose_the_loss", "one_photo", {"question": "one of 3", "cat": "6", "dog": "6", "fox": "-6"}, "0.500"),
    ),
    Question(
        "first_loss",
        "untrained",
        SCREEN,
        "There are ten balanced classes. What should the loss be before training?",
        f"About $\\ln 10$ = {nats(surprise(0.1).value)}. A model that knows nothing gives each class a probability of "
        "one tenth, and $-\\ln 0.1$ is what each example then costs, whatever its label. Check this first: it takes "
        "one forward pass and finds many bugs.",
        Proof("label_smoothing", "one_answer", {"eps": "0", "classes": "10", "gap": "0"}, "2.30 nats"),
    ),
    Question(
        "too_high",
        "untrained",
        ENGINEER,
        "There are ten classes, and the first loss is 5 instead of 2.3. What do you look at?",
        "The size of the logits, and how the loss is reduced. A mean above $\\ln K$ is worse than knowing nothing, so "
        "the untrained model must be confident: initial weights or inputs are too large. Or it is no mean over "
        "examples, but a sum over something. Wrong labels cannot be the cause: as long as all logits are equal, every "
        f"label costs $\\ln K$. One wrong class that leads by 5 costs {nats(TOO_HIGH.value)} among ten classes, and "
        f"{num(TOO_HIGH_OF_FOUR.value)} among four.",
        Proof(
            "softmax_cross_entropy",
            "one_example",
            {"z1": "0", "z2": "5", "z3": "0", "z4": "0", "logits": "4", "right": "cat"},
            "5.02 nats",
        ),
    ),
)
