"""The family of losses: each task has its own."""

from xent_core import hinge_loss, huber_loss, listnet_loss, pairwise_hinge_loss, squared_error
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.loss_family import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.loss_family import an_order, in_bins, one_number, yes_or_no

with frame.opening(
    __file__,
    "Four houses sold for 200,000 to 340,000 dollars, and a castle for a million. Which one price should a model "
    "predict for all? Squared error has one answer and absolute error another: it depends on the loss function, the "
    "rule that turns a prediction and the truth into one number. **The loss is chosen by the task: a number, one of "
    "two classes, one of many, several at once, or an order.** The loss decides what a trained model answers.",
    SYMBOLS,
    do="Make your guess, then drag the ring to the lowest point of the curve.",
):
    show(
        one_number,
        tasks,
        saw=linked(
            "Under squared error a house pulls the price harder the farther away it is; under absolute error each "
            "house pulls equally hard, from anywhere. So the castle, an outlier far from the other prices, moves the "
            "best price under squared error a lot, and that under absolute error hardly or not at all. A loss whose "
            "best prediction hardly moves with a few outliers is called robust."
        ),
    )

prose(
    "- Mean squared error, the mean of (prediction − truth)², is for numbers such as house prices. It is sensitive to "
    "outliers, and its best constant is the mean.\n"
    "- Mean absolute error, the mean of |prediction − truth|, is robust to outliers, and its best constant is the "
    "median, the number in the middle.\n"
    "- Huber loss is half the squared error for errors up to δ, and beyond that it grows along a straight line of "
    "slope δ. It is convex, and it is robust, because no house can pull harder than δ."
)

frame.section("Why not treat prices as classes?")
prose(
    "To use cross-entropy, cut the prices into 12 bins, each 100,000 dollars wide, and forecast a probability $p$ for "
    "each bin. The loss is −ln $p$ of the bin in which the house sold, in nats; this one sold in bin 3. The forecast "
    "puts 70 % on one bin and spreads 30 % over the other 11. The lower plot shows the squared error in bins.\n\n"
    "Drag the ring to put the 70 % elsewhere, then choose the bell curve: its standard deviation σ is one bin, and its "
    "$p$ is the height of the curve."
)
show(
    in_bins,
    saw=linked(
        "Cross-entropy does not know which bins are neighbors: with 70 % on one bin, a miss by one bin costs as much "
        "as a miss by eight. The bell curve does know, since it also gives the bins near its middle more probability."
    ),
)
prose(
    "So cross-entropy over classes is not for predicting numbers: use squared or absolute error, or predict a "
    "distribution such as a Gaussian, the bell curve. Minus the logarithm of a Gaussian with a fixed σ around the "
    "prediction $c$ is $(c - y)^2 / (2\\sigma^2)$ plus a constant. So mean squared error is the negative "
    "log-likelihood of a Gaussian, up to scale and shift, as cross-entropy is that of a categorical distribution.\n\n"
    "Cross-entropy over bins can still serve for numbers if the label is soft, too, and gives the bins beside the "
    "right one some probability. Then a near miss costs less than a far one."
)

frame.section("Yes or no, with a margin")
prose(
    "A model says yes if its score $z$ is above 0. The margin $m$ is $z$ if yes is right, and $-z$ if no is right. "
    "So it is positive if the model's answer is right, and its size says how far the score is from 0. Drag the ring "
    "from left to right, and compare how log loss, hinge loss and squared hinge fall."
)
show(
    yes_or_no,
    tasks,
    saw=linked(
        "Hinge loss, $\\max(0, 1 - m)$, is the loss of support vector machines: it wants right answers with a margin "
        "of 1, asks for nothing more beyond it, and gives no probabilities. Squared hinge is its square, so a larger "
        "mistake pulls harder. Log loss, $\\ln(1 + e^{-m})$, is binary cross-entropy with $z$ as the logit: it never "
        "stops asking for more, and in return the sigmoid of $z$ can be read as a probability."
    ),
)

frame.section("An order")
prose(
    "A ranking model gives each item a score and sorts by it. Item A is the most relevant here, with a relevance of 3, "
    "then B with 2, C with 1 and D with 0. Each arrow shows where a step of training moves an item. A line joins two "
    "items if the better one does not yet lead by 1, and a number says how much the least lead falls short of it. "
    "Drag the items until no arrow is left, then choose ListNet."
)
show(
    an_order,
    tasks,
    rows=[("sA", "sB"), ("sC", "sD")],
    saw=linked(
        "For an order, only the differences of scores matter. Pairwise hinge wants the better item of each pair ahead "
        "of the worse one by a margin of 1, and is 0 once all pairs have it. ListNet is the cross-entropy between two "
        "softmaxes, that of the relevances and that of the scores; it looks at the whole list at once, and the items "
        "at its top weigh most."
    ),
)

frame.section("Which loss for which task?")
prose("""
| what you predict | loss | lesson |
|---|---|---|
| a number | squared error, absolute error or Huber loss | this one |
| one of two classes | binary cross-entropy, or hinge loss | [Binary cross-entropy](binary_cross_entropy) |
| one of many classes | categorical cross-entropy | [Softmax cross-entropy](softmax_cross_entropy) |
| several classes at once | a binary cross-entropy for each | [Choose the loss](choose_the_loss) |
| a rare class | class weights or focal loss | [Class weights](class_weights), [Focal loss](focal_loss) |
| a distribution, a soft label | cross-entropy | [Cross-entropy](cross_entropy), [Label smoothing](label_smoothing) |
| an order | pairwise hinge or ListNet | this one |
""")

left, right = frame.cards()
with left:
    misconception(
        "The loss changes how fast a model learns, not what it learns.",
        name="what",
        shows={"castle": 12.0, "price": 4.56, "error": "squared"},
        because="With the castle at 12, the best price is 4.56 under squared error and 3 under absolute error. The "
        "data are the same, and the answers differ.",
    )
with right:
    misconception(
        "Once the order is right, a ranking loss is 0.",
        name="order",
        shows={"of_list": "pairs", "sA": 0.3, "sB": 0.2, "sC": 0.1, "sD": 0.0},
        because="With scores of 0.3, 0.2, 0.1 and 0 the order is A B C D, and still no pair has its lead of 1: the "
        "loss asks for distance, too.",
    )

remember(
    "The loss is chosen by the task, and it decides what a trained model answers: a mean, a median, a side, an order, "
    "or a probability.",
    "The best constant under squared error is the mean, which outliers move; under absolute error it is the median, "
    "which is robust. Huber loss, squared up to δ and straight beyond, is robust, too.",
    "Mean squared error is the negative log-likelihood of a Gaussian, up to scale and shift, as cross-entropy is that "
    "of a categorical distribution.",
    "Hinge loss asks for nothing beyond a margin of 1 and gives no probabilities; log loss always asks for more.",
    "Pairwise hinge compares the items in pairs; ListNet is a cross-entropy over the whole list.",
)
check_yourself(__file__)
show_source(squared_error, huber_loss, hinge_loss, pairwise_hinge_loss, listnet_loss)
frame.end(
    __file__,
    "You know the losses and what each of them asks for. In the training lab, two of them train the same network side "
    "by side, and you see what the choice changes.",
)
