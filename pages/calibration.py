"""Calibration: does 80 % come true eight times in ten? A diagram, a temperature, and the Brier score in three parts."""

from xent_core import brier_decomposition, cross_entropy_at_temperature, fit_temperature, reliability_curve
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.calibration import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.calibration import fit_one_number, reliability, three_parts

with frame.opening(
    __file__,
    "Of the days for which a forecaster said 80 % rain, only 60 % were rainy: the forecaster was too sure. **A model "
    "is calibrated if, of all the cases to which it gives a probability of 80 %, 80 % come true, and likewise for "
    "every other probability.** Whoever acts on a classifier's probabilities relies on that. A low loss does not mean "
    "calibrated probabilities: check them with a reliability diagram and the ECE.",
    SYMBOLS,
    do="Make your guess, then drag the temperature up to 2.8 and watch the dots.",
):
    show(
        reliability,
        tasks,
        rows=[("practice", "bins")],
        saw=linked(
            "Each dot is a bin of examples; on the diagonal, what was said and what came true agree, and the largest "
            "gap to it is the MCE. A model's confidence is the probability of the answer that it considers more "
            "likely, so both ends of the axis are confident. Right of ½, a dot below the diagonal is overconfidence; "
            "left of ½, a dot above it is. At T = 1, the network shows both after 300 steps, because it has fitted the "
            "noise of its training examples."
        ),
    )

frame.section("Temperature scaling: mend it with one number")
prose(
    "Temperature scaling divides all logits by one number, the temperature T, which is fitted on held-out data: "
    "examples that the model was not trained on. It never changes which answer is the most likely, so the accuracy "
    "stays the same. A temperature above 1 makes all probabilities less extreme."
)
prose(
    "Here 4,000 examples are held out. The temperature is fitted on one half of them and judged on the other half, "
    "whose loss is the solid curve, so its lowest point can lie a little beside the fitted temperature. Switch to "
    "training data and see which temperature fits there."
)
show(
    fit_one_number,
    saw=linked(
        "On its own training examples the network is right so often that a temperature below 1 fits best after 300 "
        "steps, which makes it surer still. Held-out examples ask for T = 2.79, and that takes the ECE from 10.5 % to "
        "4.96 %. About half of the error stays, because one number cannot move every dot to the diagonal."
    ),
)

frame.section("A score, and the three parts it is made of")
prose(
    "The Brier score is the mean squared difference between the probability and what happened, which counts as 1 if "
    "the answer is yes and 0 if it is no. It is a sum of three parts: uncertainty − resolution + reliability. (They "
    "add up exactly over groups of equal probabilities, so those of the network are rounded to tenths here.) Drag "
    "“The other always says” to 0.33, and compare a forecaster who knows only the base rate, the share of a yes among "
    "all examples, with the network."
)
show(
    three_parts,
    tasks,
    saw=linked(
        "*Uncertainty* is b (1 − b) for a base rate b, which is the score of always saying b. *Resolution* is what a "
        "model gains by telling cases apart: higher is better. *Reliability* is the mean squared gap between what was "
        "said and what came true: in spite of its name, lower is better. It is the part that can be mended without a "
        "better model."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "A well calibrated model is a good model.",
        name="calibrated",
        shows={"always": 0.33, "cool": 1.0, "practice": 300},
        because="Always saying 33 % is calibrated to within 0.35 percentage points, because 33.4 % are a yes. But it "
        "tells no case from another, and its Brier score is 0.222. The network has an ECE of 10.5 %, but even with "
        "its probabilities rounded to tenths its Brier score is 0.136, which is far better.",
    )
with right:
    misconception(
        "Bolder is better: be sure, you are mostly right.",
        name="bolder",
        shows={"cool": 0.5, "practice": 300},
        because="At T = 0.5 every probability is more extreme, and the network is right exactly as often. Its log loss "
        "nearly doubles, from 0.662 to 1.21 nats, and more than nine tenths of that come from the 16 % of its answers "
        "that are wrong.",
    )

remember(
    "A model is calibrated if, of all the cases to which it gives a probability of 80 %, 80 % come true, and likewise "
    "for every other probability.",
    "A reliability diagram shows the share that came true against the probability, bin by bin; the ECE is the mean gap "
    "to the diagonal.",
    "An overconfident model's probabilities are too close to 0 and 1, often because it has fitted noise.",
    "Temperature scaling fits one number on held-out data; it mends part of the calibration error and leaves the "
    "accuracy as it is.",
    "Calibrated is not yet good: always saying the base rate is calibrated and tells no case from another.",
)
check_yourself(__file__)
show_source(reliability_curve, fit_temperature, cross_entropy_at_temperature, brier_decomposition)
frame.end(
    __file__,
    "Logits became probabilities here, and the loss was computed without a question about how. A computer has only so "
    "many digits, and the next lesson shows where the formulas of this course break in them.",
)
