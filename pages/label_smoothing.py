"""Label smoothing: labels that are never quite certain, and the floor under the loss that comes with them."""

from xent_core import smooth_labels, sparse_softmax_cross_entropy
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.label_smoothing import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.label_smoothing import one_answer, teacher, two_runs

with frame.opening(
    __file__,
    "A photo is labeled “cat”. With this hard label the loss keeps falling as the network becomes surer, so training "
    "raises the logit of “cat” without limit. **Label smoothing lets the right class keep a share 1 − ε of the label "
    "and spreads the rest, ε (epsilon), evenly over all K classes, the right one included.** The result is a soft "
    "label, which gives each class a probability. It is a common remedy for networks that are too sure.",
    SYMBOLS,
    do="Make your guess, then drag the dot to the right until the loss rises again.",
):
    show(
        one_answer,
        tasks,
        saw=linked(
            "The logit gap is the lead of the right class's logit over the others, which are equal here; with a hard "
            "label a larger one always costs less. With a smoothed one the loss is lowest where the model's "
            "probabilities equal the label; beyond that gap the gradient in the logits, $p - y^{\\text{smooth}}$, "
            "changes its sign. So label smoothing keeps the best logits finite: it works against overconfidence, can "
            "improve calibration, and can help with wrong labels, because being certain of them no longer lowers the "
            "loss."
        ),
    )

prose(
    "With label smoothing the loss cannot reach 0: its floor is $H(y^{\\text{smooth}})$, the entropy of the smoothed "
    "label. If the training loss stops there, training is finished, not stuck. To compare runs with different ε, "
    "measure all of them by the loss without smoothing."
)
prose(
    "Hard labels do not promise a loss of 0 either. If equal examples can have different labels, the lowest possible "
    "mean loss on new examples is the conditional entropy $H(Y \\mid X)$: the doubt about the label $Y$ that remains "
    "when the example $X$ is known."
)
prose(
    "PyTorch and Keras give the right class its share of ε back, as this page does, so its target is 1 − ε + ε/K. Some "
    "texts spread ε over the other K − 1 classes only; then the target is 1 − ε. Say which convention you mean. Many "
    "people use ε = 0.1; it is better chosen by the loss without smoothing on held-out data."
)

frame.section("Two training runs on the same examples")
prose(
    "Label smoothing is a kind of regularization: it keeps a network from fitting its examples too closely. Here two "
    "networks start alike and learn from the same 60 points, of which 20 % have a wrong label at first. A network's "
    "confidence is the probability that it gives to its own answer, here the mean over new points. Press Play, and "
    "compare the confidence of each network with its accuracy, the share of its answers that is right."
)
show(
    two_runs,
    tasks,
    saw=linked(
        "Hard labels reward certainty, even about the wrong ones, and smoothing limits that reward. With ε = 0.1 and "
        "20 % wrong labels, the smoothed network ends with the lower confidence for 18 of the 20 random seeds, and on "
        "average its confidence is 7 points from its accuracy instead of 10. Which of the two is right more often "
        "depends on the seed."
    ),
)

frame.section("When the model is to teach another")
prose(
    "In distillation a small model, the student, learns from the probabilities that a large one, the teacher, gives to "
    "all classes. In this photo of a cat, the wrong classes tell it something, too: the cat looks a little like a dog "
    "and hardly like a truck. A perfect teacher that was trained on smoothed labels gives each class 1 − ε times its "
    "probability, plus ε/K. Drag ε to the right and watch the wrong classes become alike."
)
show(
    teacher,
    tasks,
    saw=linked(
        "Label smoothing can hurt when the model is to teach another: it makes the wrong classes more alike, and their "
        "differences are what a student learns from. A student with exact numbers could undo the formula, but real "
        "networks are not exact. Müller, Kornblith and Hinton (2019) found that teachers trained with smoothing were "
        "more accurate and better calibrated, but that their students were less accurate."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "With ε = 0.1 the target of the right class is 0.9.",
        name="point_nine",
        shows={"eps": 0.1, "classes": 2},
        because="The right class gets its share of ε back. With two classes its target is 0.95, with ten 0.91, and "
        "only with ever more classes does it approach 0.9. It is 0.9 where ε goes to the other classes alone.",
    )
    misconception(
        "Label smoothing always helps.",
        name="always",
        shows={"teacher_eps": 0.3},
        because="It asks for less confidence whether or not the confidence is earned. And a perfect teacher, for "
        "which dog is 900 times as likely as truck, tells its student 1.84 times after smoothing with ε = 0.3.",
    )
with right:
    misconception(
        "A perfect model has a training loss of 0.",
        name="zero",
        shows={"eps": 0.1, "classes": 10, "gap": 4.5},
        because="Only if each label is hard and the example leaves no doubt about it. With smoothed labels, the model "
        "in the picture is as good as any can be, and its loss is the entropy of the label.",
    )

remember(
    "Label smoothing trains on $y^{\\text{smooth}} = (1-\\varepsilon)\\,y + \\varepsilon/K$, so the target of the "
    "right class is 1 − ε + ε/K.",
    "The gradient becomes $p - y^{\\text{smooth}}$. So the best logits are finite: the right class leads by the "
    "logarithm of the ratio of its target to that of another class.",
    "The loss cannot fall below the entropy of the smoothed label, so it never reaches 0.",
    "It works against overconfidence and can improve calibration, but too large an ε makes a model less sure than it "
    "should be.",
    "It can hurt a model that is to teach another, because it makes the wrong classes alike.",
)
check_yourself(__file__)
show_source(smooth_labels, sparse_softmax_cross_entropy)
frame.end(
    __file__,
    "So far, the answer was always a class. Some tasks ask for a price, a side or an order instead. The next lesson "
    "shows the losses that they need, and where cross-entropy belongs among them.",
)
