"""Class weights: when one class is rare."""

from xent_core import balanced_class_weight, effective_number_class_weight
from xent_core.reweighting import reweighted
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.class_weights import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.class_weights import what_it_says, where_the_line_is

with frame.opening(
    __file__,
    "In a screening, there are 100 healthy people for each ill one. A model that always says “healthy” is right for "
    "99 % of the people, yet its recall, the share of the ill that it finds, is 0. **Without weights, a rare class "
    "has little say in the mean loss, and cross-entropy does not by itself give rare classes more weight.** Class "
    "weights do. The price is precision, the share of the ill among all those called ill.",
    SYMBOLS,
    do="Make your guess, then choose the weights “inverse”, which make each ill person count 100 times, and watch the "
    "line. Then drag it.",
):
    show(
        where_the_line_is,
        tasks,
        saw=linked(
            "Before the test, the probability of illness is the prior: here the base rate, the share of ill people "
            "among all. A test result multiplies the odds of the prior by how much more common it is among the ill, "
            "and the line stands where they reach 1 to 1, a probability of ½. Up-weighting the ill multiplies the "
            "odds once more, as if there were more ill people, so the line moves toward the healthy."
        ),
    )
prose(
    "The picture shows 1,000 people. The test results of each group follow a bell curve with a standard deviation of "
    "1, centered at 0 for the healthy and at d for the ill. The area of a dot is the weight of the person: with "
    "inverse weights, both groups cover about the same area. People beyond the line are called ill. A healthy one "
    "among them is a false alarm and has a ring; an ill person who is missed is an empty dot."
)
prose(
    "Every mistake costs the weight of the person. With N healthy people for each ill one, and a weight of w on the "
    "ill, the weighted odds are 1 to 1 at the result $d/2 + \\ln(N/w)/d$: there is the line of the least cost. The "
    "dots are few, so the percentages and costs below the picture are those of very many people."
)
prose(
    "The line is the place where the model's probability crosses the threshold, above which it says “ill”: ½, unless "
    "you choose another. For another threshold τ, $\\ln \\frac{\\tau}{1-\\tau} / d$ is added to the result. When a "
    "weight on the ill moves the line toward the healthy, the model finds more of the ill, so recall rises; but a "
    "larger share of those whom it calls ill are healthy, so precision falls."
)

frame.section("How large should a weight be?")
prose(
    "Class weights multiply each class's term of the loss: $L = -\\sum_k w_k\\, y_k \\ln p_k$. To up-weight a class "
    "is to give it a weight above that of the others."
)
prose(
    "Inverse-frequency weights are $w_k = n / (K n_k)$, where $n$ is the number of examples, $K$ the number of "
    "classes, and $n_k$ the number of examples of class $k$. So all the examples of a class together have the same "
    'weight as those of any other class. In scikit-learn, `class_weight="balanced"` means these weights.'
)
prose(
    "The effective number of examples, $(1 - \\beta^{n_k}) / (1 - \\beta)$, counts each further example of a class for "
    "β times as much as the one before. With β = 0.999, the 1,001st example counts for 0.37 of the first. One over the "
    "effective number, as a weight, favors rare classes less than inverse frequency does. In the picture above, there "
    "are 10 ill people, and the ratio of the two weights is all that matters for the line."
)

frame.section("What the weight does to the probabilities")
prose(
    "Suppose the true probability of illness is t, and your model says p. The loss of the ill has the weight w, that "
    "of the healthy 1. Drag the ring up and down, and find the report with the smallest expected loss."
)
show(
    what_it_says,
    tasks,
    saw=linked(
        "Weighted training shifts the probabilities: it multiplies the odds by the weight, and dividing the odds by "
        "the weight gives the true probabilities back. The best report is wt / (wt + 1 − t). It is the odds that you "
        "divide, not the probability."
    ),
)
prose(
    "This is exact for a model that can make the best report for every input. If a model is too simple for that, the "
    "weights also decide for which inputs it is least wrong, and dividing the odds does not undo that."
)
prose(
    "In PyTorch, `CrossEntropyLoss(weight=…)` takes one weight for each class, and "
    "`BCEWithLogitsLoss(pos_weight=…)` takes the weight of the positive class, where the negative class has 1. The "
    "argument `weight=` of `BCELoss` is something else: a weight for each example, not for each class. With weights, "
    "the mean of `CrossEntropyLoss` divides by the sum of the weights of the examples, not by their number. Weights "
    "for classes stand in the order of the class numbers, so the first is that of class 0."
)
prose(
    "A weight expresses what mistakes cost you, not a fact about the world: w is the right weight if missing an ill "
    "person is w times as bad as alarming a healthy one. If you only need a decision, you can leave out the weights "
    "and move the threshold from ½ to 1/(1 + w): in the picture of the two groups, that draws the same line. If you "
    "need probabilities, train without weights, or undo them."
)

left, right = frame.cards()
with left:
    misconception(
        "The weighted model says 50 %, so it is one in two.",
        name="fifty",
        shows={"chance": 0.1, "pos_weight": 9, "says": 0.5, "undo": False},
        because="With w = 9, a report of 50 % has the smallest expected loss where the true probability is 10 %: odds "
        "of 1 to 9 have become odds of 1 to 1.",
    )
with right:
    misconception(
        "Weights teach the model to tell the classes apart.",
        name="apart",
        shows={"imbalance": 1000, "scheme": "inverse", "gap": 2.0, "threshold": 0.5},
        because="Recall is 84.1 % now, but 15.9 % of the healthy are alarmed, too: 159 healthy people for each ill "
        "person there is. The groups overlap as before, and only the line between them has moved.",
    )

remember(
    "A class weight multiplies the loss of every example of its class; without it, a rare class hardly counts in the "
    "mean.",
    "Inverse-frequency weights, $n / (K n_k)$, give all classes the same total weight.",
    "A larger weight on the rare class moves the line: more recall, less precision. The groups overlap as before.",
    "A weight w on the positive class multiplies the odds by w. Divide the odds by w to get probabilities back.",
    "If you only need a decision, and the probabilities are right, moving the threshold does the same as a weight.",
)
check_yourself(__file__)
show_source(balanced_class_weight, effective_number_class_weight, reweighted)
frame.end(
    __file__,
    "A class weight treats all examples of a class alike, the easy ones and the hard ones. Focal loss looks at each "
    "example instead, and lets those count less that the model already gets right.",
)
