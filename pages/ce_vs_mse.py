"""Cross-entropy against squared error: two slopes, a race, a surface, and what speaks for squared error."""

from xent_core import binary_cross_entropy_with_logits, descend, sigmoid_squared_error
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.ce_vs_mse import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.ce_vs_mse import CE, SE, accuracy_after_200_steps, chord, honesty, race, slopes

with frame.opening(
    __file__,
    "A filter gives a mail that is spam a probability of 0.25 %. It should learn a lot from such a mistake. "
    "Squared error, the mean of (p − y)² over the examples, is the usual loss for predicted numbers. **For a "
    "probability that comes out of a sigmoid, it corrects confident mistakes only weakly; cross-entropy corrects them "
    "with full strength.** This is why classifiers are usually trained with cross-entropy.",
    SYMBOLS,
    do="Make your guess. Then drag the dot from left to right and compare the two slopes.",
):
    show(
        slopes,
        tasks,
        rows=[("y", "wrt")],
        saw=linked(
            "The gradient of squared error after a sigmoid has the extra factor p(1 − p), which is tiny where the "
            "model is confidently wrong. This factor is the slope of the sigmoid, which saturates: far from z = 0 it "
            "is almost flat, so p hardly changes when z does. Cross-entropy's slope in p is (p − y) / (p(1 − p)), "
            "so exactly this factor cancels, and p − y is left."
        ),
    )

frame.section("A race from a confident mistake")
prose(
    "Training by gradient descent takes steps against the gradient: w ← w − η ∇L, where w stands for the parameters, "
    "∇L for the gradient of the loss, and the learning rate η sets how far a step goes. Here the only parameter is the "
    "logit z, and the label is y = 1. Press Play and count the steps that each loss needs to get above 50 %. The third "
    "runner is focal loss, a variant of cross-entropy that has a lesson of its own."
)
show(
    race,
    tasks,
    saw=linked(
        "From the same confidently wrong start, cross-entropy reaches the right answer in far fewer steps than "
        "squared error. From z = −6 with a learning rate of 1, cross-entropy needs 7 steps and squared error 214. A "
        "larger learning rate helps squared error here, but all examples share one learning rate, so the steps for "
        "all others get longer, too."
    ),
)

frame.section("One bowl, or hills and shelves")
prose(
    "A chord is a straight line between two points of a graph. A function is convex if no chord lies below its graph "
    "anywhere, as in a bowl: then a valley can only be at the lowest value of all."
)
prose(
    "Here a linear model with two weights divides twelve points into two classes; three of the labels are wrong. The "
    "small panel is a map of its mean loss: each line joins weights of equal loss, its number is that loss, and a "
    "darker color means a higher one. The large panel is a cut through the surface, with a chord. Wherever the surface "
    "lies above its chord, it is hatched. Choose squared error, then move the chord."
)
show(
    chord,
    tasks,
    saw=linked(
        "Cross-entropy is convex in the logits, and so in the weights of a linear model; squared error after a sigmoid "
        "is convex in neither. It has shelves that are almost flat: from the weights (−6.6, −1.6), 500 steps with a "
        "learning rate of 1 get no lower than 0.53, though 0.22 can be reached."
    ),
)

frame.section("In fairness to squared error")
prose(
    "Suppose yes is right with a true probability t. Drag the line of the truth, and watch which p each loss makes "
    "best: the one with the smallest expected loss."
)
show(
    honesty,
    saw=linked(
        "Both losses are smallest at p = t, so neither rewards exaggeration. Squared error is nevertheless a proper "
        "score of probabilities, known as the Brier score, and it can train a classifier. It is also bounded: one "
        "wrong label never costs more than 1."
    ),
)
prose(
    "A linear model trained on 200 points shows it: after 200 steps, cross-entropy gets "
    f"{accuracy_after_200_steps(CE)} of these points right and squared error {accuracy_after_200_steps(SE)}. What "
    "squared error handles badly is a confident mistake behind a sigmoid. A model that predicts a price needs no "
    "sigmoid, and there squared error does not have this weakness."
)

left, right = frame.cards()
with left:
    misconception(
        "Squared error cannot train a classifier.",
        name="cannot",
        shows={"z0": -2.0, "eta": 1.0, "step": 20},
        because="It can, and it does well from a start that is not confidently wrong. From p = 11.92 %, after 20 "
        "steps, squared error is at 81.96 % and cross-entropy at 94.36 %: slower, but right.",
    )
with right:
    misconception(
        "Cross-entropy cures vanishing gradients.",
        name="sigmoid",
        shows={"z": -6.0, "y": 1, "wrt": "p"},
        because="It cancels the factor of one sigmoid, the last. In p, before that factor comes in, squared error is "
        "steep, too: −2.00 at z = −6. A sigmoid in a hidden layer multiplies the gradient by its own p(1 − p), which "
        "is at most ¼, and nothing cancels that.",
    )

remember(
    "The gradient of cross-entropy in the logit is p − y: proportional to the error.",
    "Squared error after a sigmoid has the extra factor p(1 − p), which is almost 0 where the sigmoid saturates, even "
    "if the model is wrong there.",
    "So from a confident mistake, squared error needs many more steps of gradient descent, w ← w − η ∇L.",
    "Cross-entropy is convex in the logits; squared error after a sigmoid is not.",
    "Squared error is still a proper score, the Brier score, and can train a classifier.",
)
check_yourself(__file__)
show_source(binary_cross_entropy_with_logits, sigmoid_squared_error, descend)
frame.end(
    __file__,
    "Both losses of this lesson treat all examples alike. In practice, one class is often rare, and its few examples "
    "hardly count in the mean loss. Class weights change that, at a price.",
)
