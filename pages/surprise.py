"""Surprise: how much information an event carries when it happens."""

from xent_core import surprise
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.surprise import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.surprise import LOTTERY, long_run, one_event, two_events

with frame.opening(
    __file__,
    "A model calls a scan 70 % benign, and the tumor is malignant: what happened had probability 30 %. **The surprise "
    "of an event is minus the logarithm of its probability. The less likely the event, the more information it "
    "carries; an event sure to happen carries none.** Its loss, the number that training makes small, is this "
    "surprise: −log₂ 0.3 = 1.74 bits. Cross-entropy comes from information theory: the same quantity counts a code's "
    "bits and a model's loss.",
    SYMBOLS,
    do="Make your guess, then drag the dot to the left and watch the surprise of a rare event.",
):
    show(
        one_event,
        tasks,
        saw=linked(
            "Whenever the probability halves, the surprise grows by one bit, so an event of h bits is as surprising "
            "as h fair coin flips that all come up heads. An ideal code, which writes events in 0s and 1s, spends "
            "that many bits on it. Only the probability of what did happen counts; how the rest was shared among "
            "other events makes no difference."
        ),
        presets={
            "A coin": {"p": 0.5},
            "A six": {"p": 1 / 6},
            "The tumor was malignant": {"p": 0.3},
            "Lottery": {"p": LOTTERY},
        },
    )

frame.section("Surprises of independent events add")
prose(
    "Two events are independent if one tells you nothing about the other, such as a coin in Rome and a die in Lima. "
    "The probability of both is the product of their probabilities. Set both sliders and compare the two bars below "
    "the square. If one event tells you something about the other, surprises need not add: two looks at the same coin "
    "carry 1 bit, not 2."
)
show(
    two_events,
    tasks,
    saw=linked(
        "Surprises of independent events add, because their probabilities multiply. That is what singles out the "
        "logarithm: of all continuous ways to measure surprise, only logarithms add whenever the probabilities "
        "multiply. What is left to choose is the base, which is the unit: base 2 gives bits, base e gives nats. The "
        "unit changes all numbers by the same factor, so it never changes which of two models is better."
    ),
)

frame.section("In the long run: the mean surprise")
prose(
    "Flip a biased coin again and again. Where heads are likely, they carry little surprise, and tails, which are "
    "rare, carry more. Drag “Flips so far” to the right and follow the mean of all surprises so far. The flat line is "
    "the entropy of the coin: the surprise that you must expect per flip."
)
show(
    long_run,
    saw=linked(
        "The mean wanders at first and then settles near the entropy of the coin, because in a long run each side "
        "comes up about as often as its probability says. (For a fair coin it does not wander: each flip carries 1 "
        "bit.) Another random seed gives other flips, but their mean settles near the same line."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "Half as likely is twice as surprising.",
        name="twice",
        shows={"p": 0.125},
        because="Halving a probability adds 1 bit, whatever the probability was: 1/2 carries 1 bit, 1/4 carries 2, and "
        "1/8 carries 3. Only from 1/2 to 1/4 is adding 1 bit the same as doubling.",
    )
with right:
    misconception(
        "Entropy measures how surprising one outcome is.",
        name="one_outcome",
        shows={"heads": 0.98, "n": 300},
        because="Entropy belongs to the whole coin: it is the mean surprise over all that can happen. With 98 % heads "
        "it is 0.141 bits, but a single heads carries 0.029 bits and a single tails 5.64.",
    )

remember(
    "The surprise of an event is minus the logarithm of its probability, $h(x) = -\\log P(x)$.",
    "An event that is sure to happen carries 0 bits, heads of a fair coin 1 bit, and each halving of the probability "
    "adds 1 bit.",
    "Surprises of independent events add, because their probabilities multiply.",
    "Base 2 gives bits and base e gives nats; 1 nat is 1.4427 bits.",
    "The loss of a classifier on one example is the surprise of the true class under the model.",
)
check_yourself(__file__)
show_source(surprise)
frame.end(
    __file__,
    "You can now say what a single event costs. A source sends many events, and what you have to expect per event is "
    "the mean of their surprises. That mean is entropy.",
)
