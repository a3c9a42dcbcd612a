"""Focal loss: let easy examples count for less."""

from xent_core import sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, expected_focal_loss
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.focal_loss import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.focal_loss import detector, honesty, one_example

with frame.opening(
    __file__,
    "A detector judges a thousand windows, small parts of an image, and nearly all show only background. Each easy "
    "one, of which it is rightly sure, costs almost nothing, but together they outweigh the one object that it nearly "
    "missed. **Focal loss multiplies "
    "cross-entropy by $(1-p)^\\gamma$, where p is the probability given to the right answer. This shrinks what easy "
    "examples contribute; γ = 0 is cross-entropy, and γ = 2 is usual.** It was made for a detector, RetinaNet.",
    SYMBOLS,
    do="Make your guess, then drag the dot to the left, from an easy example to a hard one.",
):
    show(
        one_example,
        tasks,
        presets={"Easy": {"pt": 0.95}, "Undecided": {"pt": 0.5}, "Wrong": {"pt": 0.15}},
        saw=linked(
            "For every γ above 0, the factor $(1-p)^\\gamma$ falls from 1 at p = 0 to 0 at p = 1. With γ = 2, an easy "
            "example of p = 0.9 keeps 1 % of the loss and 2.9 % of the pull that it has with cross-entropy, and a hard "
            "one of p = 0.1 keeps 81 % of the loss. The pull is not simply multiplied by the factor: as p rises, the "
            "factor falls, and that adds to the slope."
        ),
    )

frame.section("A thousand easy windows, one object")
prose(
    "The dots are the windows of one image, and the area of each is its share of the total loss, or of the total pull "
    "if you choose that. The object is the dot in the middle; the detector gives it p = 0.2. A second parameter, α, "
    "balances the two classes: it multiplies the loss of the rare class, the object, and the background gets 1 − α. "
    "Drag γ to the right and watch the object."
)
show(
    detector,
    tasks,
    presets={"Cross-entropy": {"focus": 0.0, "alpha": 0.5}, "Focal, as published": {"focus": 2.0, "alpha": 0.25}},
    saw=linked(
        "With cross-entropy, a thousand tiny losses outweigh the one mistake that matters; focusing takes the weight "
        "from them. This works as long as the background is easy: windows of which the model is unsure keep far "
        "more of their weight. The published α = 0.25 was chosen together with γ = 2: it is below ½ because focusing "
        "alone already favors the object."
    ),
)

frame.section("The price: less sure than it should be")
prose(
    "Suppose the right answer is “yes” with the true probability t and “no” otherwise. Here p is the probability that "
    "the model gives to “yes”, right or wrong. Drag the ring to the lowest point of the curve, which is the report "
    "with the smallest expected loss."
)
show(
    honesty,
    tasks,
    saw=linked(
        "Focal loss is not a proper score: with γ above 0, the smallest expected loss belongs to a report that is "
        "closer to ½ than the true probability, unless that is 0, ½ or 1. With γ = 2, a model that should say 80 % "
        "learns to say 62.7 %. The order of its answers stays right, so they can be calibrated on held-out data."
    ),
)
prose(
    "That is what focal loss aims at. A large network that has learned its training examples by heart is often too "
    "sure of new ones. Focal loss can then bring its probabilities closer to the truth, so measure the calibration of "
    "yours before you correct it."
)

left, right = frame.cards()
with left:
    misconception(
        "Focal loss only shrinks gradients.",
        name="shrinks",
        shows={"pt": 0.2, "gamma": 2.0},
        because="At p = 0.2 and γ = 2 it pulls with 0.924 where cross-entropy pulls with 0.800: 16 % harder. With "
        "γ = 2, it pulls less only where p is above about 0.30.",
    )
    misconception(
        "What focal loss trains are probabilities.",
        name="probabilities",
        shows={"truth": 0.9, "report": 0.9, "bend": 2.0},
        because="The ring is at the true probability, and it is not at the lowest point of the curve. That point is at "
        "0.694, so this is what training aims at.",
    )
with right:
    misconception(
        "α is there to give the common class more weight.",
        name="alpha",
        shows={"windows": 1000, "easy": 0.99, "alpha": 0.9, "focus": 0.0, "ink": "loss"},
        because="α multiplies the loss of the *rare* class. With α = 0.9 and no focusing, the object has 59 % of the "
        "loss, where it had 13.8 % with α = 0.5.",
    )

remember(
    "Focal loss is cross-entropy times $(1-p)^\\gamma$, so examples that are already predicted well count for less; "
    "with γ = 0 it is cross-entropy.",
    "It was made for detectors, where thousands of easy background windows drown the few objects.",
    "It makes no loss larger, but it can pull harder on badly predicted examples than cross-entropy does.",
    "γ acts on easy examples, α on the rare class, and the two are chosen together: α = 0.25 with γ = 2 in the paper.",
    "It is not a proper score: its best report is less sure than the truth, so do not take its answers for "
    "probabilities before you have calibrated them.",
)
check_yourself(__file__)
show_source(sigmoid_focal_loss, expected_focal_loss, best_focal_report)
frame.end(
    __file__,
    "Focal loss makes a model less sure as a side effect. Label smoothing does that on purpose, with labels that are a "
    "little less certain.",
)
