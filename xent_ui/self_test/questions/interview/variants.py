"""Questions about variants: label smoothing, focal loss, class weights, wrong labels."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, entropy, one_hot, sigmoid_focal_loss, smooth_labels, surprise
from xent_core.reweighting import best_focal_report, log_odds, reweighted
from xent_ui.self_test.questions.interview.information import SMOOTHED
from xent_ui.self_test.questions.interview.question import ENGINEER, RESEARCH, SCREEN, Question, bits, nats, num
from xent_ui.self_test.questions.proof import Proof
from xent_ui.style.numbers import percent, plain

FOCAL, PLAIN = (sigmoid_focal_loss(log_odds(0.1), 1, gamma=gamma) for gamma in (2.0, 0.0))
OBJECT, BACKGROUND = (sigmoid_focal_loss(log_odds(p), 1, gamma=2.0).value for p in (0.2, 0.99))
TEACHER = np.array([0.9, 0.09, 0.0099, 0.0001])  # of a photo of a cat: cat, dog, fox, truck
FLOODED = smooth_labels(TEACHER, 0.3)
MAILS = binary_cross_entropy(np.array([0.97, 0.9, 0.02, 0.35, 0.99]), np.array([1, 1, 0, 0, 0])).value

QUESTIONS: Final = (
    Question(
        "point_nine",
        "smoothing",
        SCREEN,
        "With label smoothing of ε = 0.1, what is the target of the right class?",
        "$1 - ε + ε/K$, not $1 - ε$, in the usual convention: ε is spread evenly over all K classes, and the right one "
        f"gets its share. So it is {plain(float(smooth_labels(one_hot(0, 2), 0.1)[0]))} for two classes and "
        f"{plain(float(SMOOTHED[0]))} for ten. Where ε goes to the other classes only, it is 0.9; say which convention "
        "you mean.",
        Proof("label_smoothing", "one_answer", {"eps": "0.1", "classes": "2", "gap": "3"}, "right class 0.95"),
    ),
    Question(
        "smoothing_optimum",
        "smoothing",
        ENGINEER,
        "What does label smoothing change about the best logits?",
        "It makes them finite. The gradient becomes $p - y_{smooth}$, so the pull ends when the right class leads by "
        "$\\ln\\frac{1-ε+ε/K}{ε/K}$, which is "
        f"{num(surprise(SMOOTHED[1]).value - surprise(SMOOTHED[0]).value)} for ε = 0.1 and ten classes. The loss no "
        f"longer reaches 0: its floor is $H(y_{{smooth}})$ = {nats(entropy(SMOOTHED).value)}.",
        Proof("label_smoothing", "one_answer", {"eps": "0.1", "classes": "10", "gap": "4.5"}, "4.51"),
    ),
    Question(
        "smoothing_harms",
        "smoothing",
        RESEARCH,
        "When does label smoothing do harm?",
        "Mainly when the model is to teach another. Smoothing makes the wrong classes alike, and their differences are "
        "what a student learns from. Smooth a teacher's targets with ε = 0.3, and dog, once "
        f"{num(TEACHER[1] / TEACHER[3])} times as likely as truck, is {num(FLOODED[1] / FLOODED[3])} times as likely. "
        "The paper that found this (Müller, Kornblith and Hinton, 2019) also found better calibration of the smoothed "
        "model itself; but too large an ε makes a model less sure than it should be.",
        Proof("label_smoothing", "teacher", {"teacher_eps": "0.3"}, "1.84"),
    ),
    Question(
        "focal_gradient",
        "focal",
        ENGINEER,
        "Does focal loss only shrink gradients?",
        "No. It shrinks every loss, but for hard examples its slope in the logit, $(1-p)^γ(γ p \\ln p + p - 1)$, is "
        f"steeper than that of cross-entropy. At $p$ = 0.1 and γ = 2 it pulls with {num(-FOCAL.grad)}, where "
        f"cross-entropy pulls with {num(-PLAIN.grad)}. The reason: as $p$ rises, $-\\ln p$ and the factor "
        "$(1-p)^γ$ both fall, and the fall of the factor adds to the slope.",
        Proof("focal_loss", "one_example", {"pt": "0.1", "gamma": "2"}, "1.10"),
    ),
    Question(
        "focal_probabilities",
        "focal",
        RESEARCH,
        "Are the outputs of a model trained with focal loss probabilities?",
        "Not as they are: focal loss is not a proper score, and its best report is nearer to ½ than the truth. Where "
        f"80 % are positive, γ = 2 makes {num(best_focal_report(0.8, gamma=2.0))} the cheapest report. The shift is "
        "known, so the outputs can be mapped back, as far as training has reached its optimum.",
        Proof("focal_loss", "honesty", {"truth": "0.8", "bend": "2", "report": "0.627"}, "0.627"),
    ),
    Question(
        "which_does_what",
        "alpha_gamma",
        ENGINEER,
        "In focal loss, what is α for and what is γ for?",
        "α balances the classes, however hard their examples are; γ down-weights easy examples, whatever their class. "
        "They are chosen together. With γ = 2 and α = ½, one object at $p$ = 0.2 against 1,000 background windows that "
        f"are 99 % sure already holds {percent(float(OBJECT / (OBJECT + 1000 * BACKGROUND)))} of the loss, so the rare "
        "class may need less weight, not more: the paper uses α = 0.25 for objects with γ = 2 (Lin et al., 2017).",
        Proof(
            "focal_loss",
            "detector",
            {"windows": "1,000", "easy": "0.99", "focus": "2", "alpha": "0.5", "ink": "the loss"},
            "99.9 %",
        ),
    ),
    Question(
        "weight_nine",
        "weights",
        ENGINEER,
        "You train with weight 9 on the positive class. What does the output mean?",
        "It is no longer the probability: at the optimum its odds are 9 times the true odds. The weighted loss is "
        "least at $wp/(wp + 1 - p)$. Where the true probability is 10 %, the odds 1 to 9 become 1 to 1, and the model "
        f"says {percent(float(reweighted(0.1, 9.0)))}.",
        Proof("class_weights", "what_it_says", {"chance": "0.1", "pos_weight": "9", "undo": "false"}, "50 %"),
    ),
    Question(
        "undo_weight",
        "weights",
        RESEARCH,
        "How do you get probabilities back from a model trained with class weights?",
        "Divide its odds by the weight $w$ of the positive class, or subtract $\\ln w$ from its logit. That is exact "
        "where the model has reached its optimum; in practice, fit the shift on held-out data. With $w = 9$, an output "
        f"of {percent(float(reweighted(0.1, 9.0)))} means {percent(float(reweighted(reweighted(0.1, 9.0), 1 / 9)))}. "
        "If you need only the verdict, move the threshold from ½ to $w/(1+w)$.",
        Proof("class_weights", "what_it_says", {"chance": "0.1", "pos_weight": "9", "undo": "true"}, "10 %"),
    ),
    Question(
        "one_bad_label",
        "noisy",
        RESEARCH,
        "Why is cross-entropy fragile when some labels are wrong?",
        "Because it is unbounded: one wrong label where the model is rightly sure can outweigh many right ones, and "
        "the model bends to it. Take five mails. Four are judged well and cost "
        f"{bits(MAILS[:4].sum())} together; the fifth is spam, called 99 % spam, but labeled as not spam, and costs "
        f"{num(Unit.BITS.of(MAILS[4]))} bits alone. Clean the labels, smooth them, model the noise, or use a loss with "
        "an upper bound.",
        Proof("binary_cross_entropy", "batch", {"mail4": "0.99", "unit": "bits"}, "6.64"),
    ),
)
