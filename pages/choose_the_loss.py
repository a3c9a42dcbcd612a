"""Choose the loss: activation, labels and loss that belong together."""

from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.choose_the_loss import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.choose_the_loss import WRONG_PAIRINGS, one_photo, wrong_pairings

with frame.opening(
    __file__,
    "A photo shows a cat, and a dog behind it. Is it a cat, yes or no? Which animal is in front? Which animals are "
    "there? **Two classes: one sigmoid with binary cross-entropy. Exclusive classes: softmax with categorical "
    "cross-entropy. Several true at once: a sigmoid and a binary cross-entropy for each class.** Cross-entropy needs "
    "probabilities: outputs must go through sigmoid or softmax, or the loss must be given logits. A wrong pairing "
    "often raises no error.",
    SYMBOLS,
    do="Make your guess, then switch between the three questions and compare the bars.",
):
    show(
        one_photo,
        tasks,
        presets={"Untrained": {"cat": 0.0, "dog": 0.0, "fox": 0.0}, "Both seen": {"cat": 5.0, "dog": 5.0, "fox": -5.0}},
        saw=linked(
            "The activation, softmax or sigmoid, says what can be true at the same time. Exclusive answers share one "
            "softmax, whose probabilities sum to 1: what one class gains, the others lose. Answers that may be true "
            "together have a sigmoid each, and their losses are added. In every case the gradient in a logit is p − "
            "y. “One of 3” asks which animal is in front, “any of 3” which ones are there; below is what each library "
            "calls the pairing."
        ),
    )

frame.section("Wrong pairings: a loss that falls, and is wrong")
prose(
    "Applying softmax before PyTorch's `CrossEntropyLoss` applies it twice: the loss cannot come near 0. At best the "
    "first softmax gives 1, 0, 0, 0, and from these the second makes e/(e + 3) = 0.475 for the right one of four "
    "classes: a loss of 0.744 nats."
)
prose(
    "One-hot rows and class numbers need different functions: categorical cross-entropy takes rows, and sparse "
    "categorical cross-entropy takes the number of the right class, with the same result. Mixed up, most programs stop "
    "with an error. But the integers 0 and 1 of a one-hot row are also valid class numbers, and in NumPy "
    "`-np.log(p[y])` takes them for class numbers without an error."
)
prose(
    "Choose a pairing and drag the lead: how far the logit of the right answer lies above the others, which are equal "
    "here. All logits may move up or down together, and at each lead the curves show the least that either loss can "
    "then be. The dotted line is the least that the wrong loss can be with any logits at all."
)
show(
    wrong_pairings,
    tasks,
    saw=linked(
        "Two numbers uncover most wrong pairings before a long training. With all logits 0, the loss should be ln K "
        "for exclusive classes, and ln 2 per label for labels that may be true together. And on a small batch that "
        "the model may learn by heart, it should come as close to 0 as you like: “softmax twice”, “softmax, two "
        "right” and “one-hot as integers” have a floor above 0, and “log of zero” learns nothing, because its slope "
        "is 0. “Sigmoids, one right” does come close to 0: only its start gives it away, K ln 2 instead of ln K."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "Softmax before a cross-entropy loss is harmless: the order of the classes stays.",
        name="twice",
        shows={"pairing": "twice", "lead": 10.0, "of": 4},
        because="The order stays, but the loss does not: at a lead of 10 it should be 0.000136 nats and is 0.744. At a "
        "lead of −10, where the slope should be −1.00, it is −0.0000163, so the model hardly learns from its worst "
        "mistakes.",
    )
with right:
    misconception(
        "If the labels had the wrong format, there would be an error.",
        name="format",
        shows={"pairing": "read", "lead": 5.0, "of": 4},
        because="Often there is one. But rows of zeros and ones are integers too, and `-np.log(p[y])` takes them for "
        "class numbers without a word. With class 2 right and a lead of 5, the slope is 0.980 and not −0.0198: "
        "training pushes the right answer down.",
    )

remember(
    "Ask what can be true at the same time: exclusive classes share a softmax, labels that may be true together have a "
    "sigmoid each.",
    "Binary cross-entropy belongs to sigmoid, and categorical cross-entropy to softmax.",
    "Class numbers go to sparse categorical cross-entropy, one-hot rows to categorical cross-entropy.",
    "A loss that applies softmax itself must be given logits; softmax twice cannot come near 0.",
    "Before training, the loss should be ln K, or ln 2 per label; on one small batch it should come close to 0.",
)
check_yourself(__file__)
show_source(*(pairing.function for pairing in WRONG_PAIRINGS.values()))
frame.end(
    __file__,
    "You know which activation, labels and loss belong together. The next lesson has the functions of each library and "
    "complete programs that you can copy and run.",
)
