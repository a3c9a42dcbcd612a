"""Entropy: the surprise to expect, and what it says about codes."""

from xent_core import Unit, entropy, huffman_code
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.entropy import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.entropy import blocks, forecast, source, weights

with frame.opening(
    __file__,
    "A source sends letters: A half of the time, B a quarter, C and D one time in eight each. **Entropy is the "
    "surprise to expect: the surprise of each outcome, weighted by its probability, and added up. It measures the "
    "uncertainty of a whole distribution, not of one outcome.** The loss of a model is a mean surprise "
    "too, and the entropy of the source is the lowest that a model can expect.",
    SYMBOLS,
    do="Make your guess, then drag the weight of A to the right and watch the strip at the bottom. A letter's "
    "probability is its share of all weights.",
):
    show(
        source,
        tasks,
        saw=linked(
            "Each block of the strip is a probability times a surprise: a common letter comes often but carries "
            "little, and a rare one carries much but hardly ever comes. The uniform distribution, in which all K "
            "outcomes are equally likely, has the largest entropy: log K. A letter that never comes adds nothing: 0 · "
            "log 0 counts as 0, because p log p goes to 0 as p does: −p log₂ p is 0.066 at p = 0.01 and 0.010 at p = "
            "0.001."
        ),
        rows=[("outcomes", "unit"), ("m1", "m2"), ("m3", "m4"), ("m5", "m6"), ("m7", "m8")],
        presets={
            "All alike": weights.settings([12] * 8),
            "Only A": weights.settings([12] + [0] * 7),
            "A horse race": {"outcomes": 8, **weights.settings([64, 32, 16, 8, 2, 2, 2, 2])},
        },
    )

frame.section("Two outcomes: most uncertain at one half")
prose(
    "A weather forecast gives rain a probability p, and no rain the rest, 1 − p. Drag the dot along the curve, and "
    "find out where the forecast tells you least about tomorrow."
)
show(
    forecast,
    tasks,
    saw=linked(
        "The curve is highest at ½ and falls to 0 at both ends. A fair coin has 1 bit of entropy; a coin that always "
        "shows heads has 0 bits, because you know what will come."
    ),
)

frame.section("How short can a code be?")
prose(
    "A code gives each letter a word of 0s and 1s. In a prefix code no word is the beginning of another, so a message "
    "needs no separators between its words. Of all prefix codes, Huffman's is the shortest on average: it gives common "
    "letters short words. To see it as a tree, choose “Code” under “Look at” in the first picture."
)
prose(
    "One word may also stand for a whole block of letters, such as AAB. Here a source sends only A and B, and each "
    "letter is independent of the others. Raise the number of letters per block and watch the bits per letter."
)
show(
    blocks,
    tasks,
    saw=linked(
        "No code that can be read without separators spends fewer bits per letter on average than the entropy. "
        "Huffman's code needs less than one bit more, and coding blocks of letters comes as close as you like: with n "
        "letters per block, that one bit is shared by n letters. (In the formula, ℓ̄ₙ is the mean length of the words "
        "for such blocks.)"
    ),
)

more, units = frame.cards()
with more:
    misconception(
        "More outcomes mean more entropy.",
        name="more_outcomes",
        shows={"view": "cost", "outcomes": 8, **weights.settings([100] + [1] * 7)},
        because="Eight letters *can* carry 3 bits, but these eight carry less than one flip of a fair coin, because A "
        "comes 93 times in 100. What counts is how evenly the probability is spread, not how many outcomes have a "
        "name.",
    )
with units:
    misconception(
        "Measuring in nats moves the maximum.",
        name="units",
        shows={"unit": Unit.NATS, "rain": 0.5},
        because="A nat is 1.4427 bits, so in nats every height on the curve is divided by 1.4427, and the peak stays "
        "at ½. Which source, code or model is best never depends on the unit.",
    )

remember(
    "Entropy is the expected surprise, $H(p) = -\\sum_x p(x) \\log p(x)$; it belongs to a distribution, not to an "
    "outcome.",
    "It is 0 if one outcome is certain, and largest, log K, if all K outcomes are equally likely.",
    "A fair coin has 1 bit of entropy.",
    "No code without separators needs fewer bits per letter than the entropy, and blocks come as close as you like.",
)
check_yourself(__file__)
show_source(entropy, huffman_code)
frame.end(
    __file__,
    "Entropy is the mean surprise of someone who knows the true probabilities. A model has to make do with what it "
    "believes, and what that costs is cross-entropy.",
)
