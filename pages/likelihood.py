"""Likelihood: the same number as cross-entropy, under an older name."""

from xent_core import Unit, binary_cross_entropy
from xent_core.sampling import likelihood
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.likelihood import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.likelihood import long_series, one_series

with frame.opening(
    __file__,
    "You flip a bent coin ten times and see 7 heads and 3 tails. How likely are heads with this coin? **The likelihood "
    "of a coin is the probability that it gives to just these flips, in this order, and maximum likelihood picks the "
    "coin for which it is largest.** Minus its logarithm, divided by the number of flips, is the loss of the last "
    "lesson. So training with cross-entropy looks for the model that makes the data most probable.",
    SYMBOLS,
    do="Make your guess, then drag the dot toward 0.7 and watch both curves.",
):
    show(
        one_series,
        tasks,
        rows=[("came", "missed")],
        saw=linked(
            "The likelihood is largest exactly where the loss is smallest. Minus the logarithm reverses the ranking "
            "of the coins, and dividing by the number of flips keeps it. The best coin gives heads the probability ȳ, "
            "the observed share of heads."
        ),
    )

frame.section("Two names for one number")
prose(
    "Each head costs −log p and each tail −log(1 − p). Of all flips, the share ȳ are heads and the share 1 − ȳ are "
    "tails, so the mean loss per flip is −[ȳ log p + (1 − ȳ) log(1 − p)]. That is the cross-entropy H(ȳ, p) between "
    "the observed shares and the coin's probabilities, which is smallest where the two are the same, at p = ȳ. With "
    "few flips that can be far from the truth: after 3 heads in 3 flips the best coin gives tails a probability of 0, "
    "and the first tail costs infinitely much."
)
prose(
    "The same holds if each example has a probability of its own, as each mail had, and for more than two classes. "
    "**The negative log-likelihood of a model that gives each class a probability (Bernoulli for two classes, "
    "categorical for more), divided by the number of examples, is its cross-entropy on the labels; so minimizing "
    "cross-entropy maximizes the likelihood of the data.**"
)

frame.section("Why not the likelihood itself?")
prose(
    "The likelihood of independent examples is a product with one factor per example. **Products of many probabilities "
    "underflow, which means that they become so small that a computer stores 0; sums of their logarithms do not.** "
    "Drag the number of flips to the right until the likelihood, in the upper panel, falls into the gray band."
)
show(
    long_series,
    tasks,
    saw=linked(
        "The usual format of numbers, float64, has no positive number below 4.9 × 10⁻³²⁴, so it cannot store the "
        "likelihood of 1,075 fair flips: there the upper line ends. Where it stores 0 for every coin, it cannot tell "
        "which one is best. The −ln of the likelihood is no problem: the lower line climbs on by 0.693 nats per flip, "
        "so its mean per flip stays at 0.693. Such a mean is the loss that a training log shows."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "Which coin is best depends on whether you count in bits or in nats.",
        name="unit",
        shows={"came": 7, "missed": 3, "theta": 0.7, "unit": Unit.NATS},
        because="Another unit multiplies the whole lower curve by a constant, so its lowest point stays where it is: "
        "at the observed share of heads. In nats the least loss is 0.611, in bits 0.881, both at p = 0.7.",
    )
with right:
    misconception(
        "The likelihood is the probability of each coin.",
        name="belief",
        shows={"came": 1, "missed": 0, "theta": 0.5},
        because="It is the probability of the flips if the coin is given. After a single head it is p itself: a "
        "straight line from 0 to 1. The area below it is ½, but the probabilities of all coins must add up to 1. To "
        "say how probable each coin is, you also need a prior: how probable it was before the flips.",
    )

remember(
    "The likelihood of a model is the probability that it gives to the data, not the probability that it is right.",
    "For independent examples the likelihood is a product, so its −log is a sum with one loss per example.",
    "Negative log-likelihood divided by the number of examples is cross-entropy: minimizing it is maximum likelihood.",
    "The best coin has p equal to the observed share of heads, and its loss is the entropy of that share, which is 0 "
    "only if all flips are the same.",
    "Programs add logarithms, because long products of probabilities underflow to 0.",
)
check_yourself(__file__)
show_source(likelihood, binary_cross_entropy)
frame.end(
    __file__,
    "A coin has two sides, so one probability was enough. With many classes a model computes one logit per class, and "
    "softmax turns them into probabilities that add up to 1. The next lesson shows what the loss then does to each "
    "logit.",
)
