"""Your predictions: a model's probabilities, scored row by row."""

from xent_core import fit_temperature, reliability_curve, sparse_softmax_cross_entropy, surprise
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.your_predictions import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.predictions import report, upload
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.base import Picture, View
from xent_ui.views.your_predictions import decision_threshold, losses_of_rows, temperature_scaling


def tasks_and_table(picture: Picture, view: View, *, counts: bool) -> None:
    if source.is_sample:
        tasks(picture, view, counts=counts)
    report.download_at_threshold(source.report)


with frame.opening(
    __file__,
    "A classifier is right on 73 of 100 photos. On about one in nine of its mistakes it was more than 97 % sure. "
    "**The log loss, the mean of −ln p of the true class over all rows, scores its probabilities and not only its "
    "verdicts.** A few rows on which a model was sure and wrong can make up much of it, and they teach the most: a "
    "wrong label, a new kind of photo, or overconfidence.",
    SYMBOLS,
    do="Make your guess about the sample, or bring a file; then drag the line and see how few rows make up half the "
    "loss.",
):
    source = upload.predictions()
    show(
        losses_of_rows,
        tasks,
        data=source,
        ask=source.is_sample,
        saw=linked(
            "The rows are sorted by their loss, and the shaded area is their total. If most of it stands at the left, "
            "look at these rows before you change the model. The median is the loss in the middle: half of the rows "
            "cost no more than that. The dashed line, the class shares, is the log loss of always answering with the "
            "shares of the classes. Clipping the probabilities hides the largest losses from the mean, and their "
            "gradient with them; the model's mistakes stay as they are."
        ),
    )

frame.section("The report")
prose(
    "The log loss says what the predictions cost, but not why. Four more numbers ask other things of the same "
    "probabilities, and the tables say where the loss comes from: in which classes, and in which rows."
)
report.show(source)

frame.section("Are the probabilities as sure as they should be?")
prose(
    "Calibration compares confidence with what came true: of the rows called 90 % sure, about 90 % should be right. "
    "A dot below the diagonal came true less often than forecast, a dot above it more often. The expected calibration "
    "error, or ECE, is the mean distance of the dots from the diagonal, weighted by rows; here it is measured on "
    "held-out rows."
)
prose(
    "Divide all logits by a temperature T and watch the dots move toward the diagonal. Where a file holds "
    "probabilities, their logarithms serve as logits, because softmax turns these into the same probabilities again."
)
show(
    temperature_scaling,
    tasks,
    data=source,
    saw=linked(
        "One number, fitted on half of the rows, changes how sure the model is everywhere, and never which class it "
        "predicts. It is judged on the other half, the held-out rows, because a number always suits the rows that it "
        "was fitted on. On the sample it takes away more than half of the expected calibration error, the ECE, not "
        "all of it."
    ),
)

frame.section("From a probability to a decision")
prose(
    "Suppose that one class matters, such as the foxes of the sample: its rows are the positive ones. A decision needs "
    "a threshold, the probability from which on you call a row positive. Bars pointing up are positive rows, bars "
    "pointing down are the others, each drawn to a scale of its own. Drag the threshold."
)
show(
    decision_threshold,
    tasks_and_table,
    data=report.with_class_of_interest(source),
    saw=linked(
        "Recall is the share of the positive rows that you find, precision the share of the rows you call positive "
        "that are positive. A lower threshold never lowers recall, and it usually costs precision. Choose it last, by "
        "what a miss and a false positive cost you: it is a decision, not a loss."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "To lower the log loss, a model must be right more often.",
        name="right_more_often",
        shows={"cool": 2.0},
        because="Dividing the logits of the sample by 2 lowers its log loss on the held-out rows by 13 %, and no "
        "prediction changes. The model is right as often as before; it was too sure.",
    )
with right:
    misconception(
        "A handful of bad rows cannot matter among hundreds.",
        name="handful",
        shows={"worst": 9},
        because="A few rows can make up most of the loss: in the sample 35 of the 400 rows have a greater total loss "
        "than the other 365. The logarithm punishes a confident mistake without limit.",
    )

remember(
    "The log loss is the mean of −ln of the probability that the model gave to the true class.",
    "Compare it with the log loss of always answering with the shares of the classes: above that, the model is worse "
    "than no model.",
    "Look at the rows with the largest losses first; a few of them often make up most of the total.",
    "Temperature scaling fits one number on held-out data, and the most likely class of each row stays the same.",
    "A threshold trades recall for precision; it is chosen by what the mistakes cost.",
)
check_yourself(__file__)
show_source(surprise, sparse_softmax_cross_entropy, fit_temperature, reliability_curve)
frame.end(
    __file__,
    "You have scored a model. The next lesson scores you: twelve statements, a probability for each, and what it "
    "costs.",
)
