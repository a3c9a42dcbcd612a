"""Softmax cross-entropy: many classes, one gradient."""

from xent_core import softmax, softmax_cross_entropy
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.softmax_cross_entropy import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.softmax_cross_entropy import N_CLASSES, all_at_once, formats, loss_of_equal_logits, one_example

with frame.opening(
    __file__,
    "A model sees a photo of a cat and computes a raw score, a logit, for each class: cat 1, dog 2, fox 0, cow −1. "
    "**Softmax turns the logits into probabilities that add up to 1; the loss is −ln of the probability of the right "
    "class; and its slope in each logit is p − y.** The list of these slopes is the gradient, and training steps "
    "against it. Most neural networks that classify are trained this way.",
    SYMBOLS,
    do="Make your guess, then drag the dog's bar up and watch the slopes below.",
):
    show(
        one_example,
        tasks,
        rows=[("z1", "z2"), ("z3", "z4"), ("z5", "z6")],
        saw=linked(
            "The gradient of softmax cross-entropy in the logits is p − y, and so is that of the sigmoid with binary "
            "cross-entropy: it is the error itself, so it does not vanish when the model is wrong. Training steps "
            "against it, as the arrows show: it raises the logit of the right class and lowers all others, the "
            "likeliest wrong class most."
        ),
    )

frame.section("Why the slope is p − y")
prose(
    "**A one-hot label is 1 for the true class and 0 for all others, so only −ln p of the true class is left of the "
    "sum.** The loss $-\\sum_k y_k \\ln p_k$ is called categorical cross-entropy, and binary cross-entropy is its case "
    "of two classes: softmax of the logits z and 0 gives σ(z) and 1 − σ(z)."
)
prose(
    "The wrong classes still matter: softmax makes all classes share a total of 1, so each wrong logit has a gradient, "
    "which is the probability of its class. Softmax fits if exactly one class is right; if several can be right at "
    "once, each gets its own sigmoid. Because the logarithm of a fraction is a difference, the loss is $L = \\ln "
    "\\sum_j e^{z_j} - z_{\\text{right}}$. The slope of the first part in $z_k$ is $e^{z_k} / \\sum_j e^{z_j} = p_k$; "
    "the second part subtracts 1 for the right class and 0 for every other one, which is $y_k$."
)

frame.section("All logits at once")
prose(
    "**Softmax turns K logits into K probabilities: it raises e to each logit and divides by the sum of these powers, "
    "so they add up to 1; adding a constant to all logits changes nothing.** A temperature T divides all logits before "
    "that. Move both controls, and watch which of them moves the lower bars."
)
show(
    all_at_once,
    tasks,
    saw=linked(
        "A constant multiplies every power of e by the same factor, which cancels, so only differences between logits "
        "count. A temperature changes these differences: below 1 it makes the model surer, and above 1 it brings the "
        "probabilities closer together. The order of the classes stays the same."
    ),
)

frame.section("Three ways to write the label")
prose(
    "A label can be the number of the class, a one-hot row, or a soft label, which gives every class a probability. "
    "Sparse categorical cross-entropy takes the class number instead of a one-hot row: the value is the same, but a "
    "label takes one number instead of K, which counts with 1,000 classes and more."
)
prose(
    f"Each row below is one example, written in all three ways. The model starts with all {N_CLASSES:,} logits equal. "
    "Raise the logit of the right class, and then let the soft label spread a share of its probability over all "
    "classes."
)
show(
    formats,
    tasks,
    saw=linked(
        "A model that knows nothing gives each class 1/K and pays ln K, whatever the format; a loss far above ln K at "
        "the start, or a loss that stays at ln K, is a sign that something is wrong. "
        f"For {N_CLASSES:,} classes, ln K is {loss_of_equal_logits()} nats. Class number and one-hot row always agree, "
        "and only the soft label can express doubt, so a model that is too sure pays for it there."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "Wrong classes cost nothing, because their label is 0.",
        name="wrong_classes",
        shows={"right": 0, "logits": 4, "z1": 1.0, "z2": 5.0, "z3": 0.0, "z4": -1.0},
        because="The sum −Σ y ln p has only one term, but what a wrong class takes, the right one lacks. When the "
        "dog's logit rises from 2 to 5, the loss of the cat rises from 1.44 to 4.03 nats.",
    )
with right:
    misconception(
        "Larger logits mean a surer model.",
        name="larger",
        shows={"shift": 10.0, "temperature": 1.0},
        because="Add 10 to every logit, and no probability changes. How sure the model is depends on the differences "
        "between logits. A temperature below 1 makes these larger.",
    )

remember(
    "Softmax raises e to each logit and divides by the sum, so only differences between logits count.",
    "With a one-hot label, the loss is −ln of the probability of the true class.",
    "The gradient in the logits is p − y: the error itself, between −1 and 1 for each class, and 0 in total.",
    "A model that knows nothing pays ln K, so compare the first loss of a training run with ln K.",
    "A class number and a one-hot row give the same loss; the class number takes less memory.",
)
check_yourself(__file__)
show_source(softmax, softmax_cross_entropy)
frame.end(
    __file__,
    "The gradient p − y looks almost too simple. The next lesson shows what happens with squared error instead, whose "
    "gradient has one more factor, and why a confident mistake then takes so long to correct.",
)
