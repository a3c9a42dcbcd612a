"""Binary cross-entropy: both branches, logit and sigmoid, a batch of mails and its mean, and clipping as a choice."""

from xent_core import binary_cross_entropy, binary_cross_entropy_with_logits, sigmoid
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.binary_cross_entropy import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.binary_cross_entropy import batch, clipping, from_logit, one_mail

with frame.opening(
    __file__,
    "A mail filter says “90 % spam”, but the mail is an invitation. **A mail called 90 % spam that is not spam costs "
    "−ln 0.1 = 2.30 nats: the surprise of what turned out to be true.** In bits, that is 3.32. A loss function turns a "
    "prediction and the truth into one number, and training makes the mean of that number over many examples small. "
    "For yes-or-no questions, the usual loss is binary cross-entropy.",
    SYMBOLS,
    do="Make your guess. Then choose y = 0, drag the dot to the right, and watch the cost of a surer mistake.",
):
    show(
        one_mail,
        tasks,
        saw=linked(
            "The binary cross-entropy of one example is L = −[y ln p + (1 − y) ln(1 − p)]; it is also called log loss "
            "or logistic loss. It is the cross-entropy H(p, q) of the earlier lessons, where the truth gives spam the "
            "probability y and the model gives it p. With y = 1 only −ln p is left, which grows without bound as p "
            "goes to 0; with y = 0 only −ln(1 − p) is left, which grows without bound as p goes to 1. With a label of "
            "0 or 1 the loss is never negative and has no upper limit, and it is 0 only for a certain right answer."
        ),
    )

frame.section("Where p comes from")
prose(
    "Most models compute one raw score first, which may be any number. **A logit z is a model's raw score before it is "
    "turned into a probability; for two classes it is the log-odds ln(p / (1 − p)).** Odds of 9 to 1, for example, are "
    "a probability of 90 %, and their natural logarithm is a logit of 2.20."
)
prose(
    "The sigmoid σ(z) = 1 / (1 + e^−z) is the way back: it turns a logit into a probability between 0 and 1. Drag z "
    "from one end to the other."
)
show(
    from_logit,
    tasks,
    saw=linked(
        "A logit of 0 is a probability of ½, and a positive logit means that yes is more likely than no. Each step of "
        "1 in the logit multiplies the odds by e ≈ 2.72. The probability comes as close to 0 and 1 as you like, but "
        "never gets there."
    ),
)
prose(
    "How steep is the loss? Training changes a model step by step against the slope of its loss, so the slope says how "
    "hard an example pulls. In p, the slope is −1/p for y = 1 and 1/(1 − p) for y = 0, in nats per unit of p: it grows "
    "without bound as the model becomes sure of the wrong answer, and its size is still 1 where it is completely sure "
    "of the right one."
)
prose(
    "In the logit, the slope is simply p − y, in nats per unit of z, because the slope in p is multiplied by that of "
    "the sigmoid, p(1 − p): for y = 1, −1/p times p(1 − p) is p − 1. It is almost 0 where a sure answer is right, and "
    "almost 1 in size where a sure answer is wrong. Choose “z” in the first picture to compare."
)

frame.section("The mean over many mails")
prose(
    "Training looks at a batch of examples at a time. **Over a batch, the loss is the mean over its examples.** Each "
    "mail below has a ring at the model's p and a square at its label y. Drag a ring away from its square, and watch "
    "the dashed line, which is the mean."
)
show(
    batch,
    tasks,
    rows=[(f"mail{i}", f"is_spam{i}") for i in range(5)],
    saw=linked(
        "At the start, “Exam results” costs more than the other four mails together. Cross-entropy rewards confidence "
        "that is right and punishes confidence that is wrong without limit, so one wrong label can dominate the mean. "
        "If the label of “Exam results” was a mistake, correcting it to spam lowers the mean from 0.834 to 0.200 bits."
    ),
)

frame.section("What if p is exactly 0?")
prose(
    "If p were exactly 0 for a spam mail, its loss would be infinite. So some programs clip p: they replace every p "
    "below 10⁻⁷ by 10⁻⁷, and every p above 1 − 10⁻⁷ by 1 − 10⁻⁷. The mail below is spam, and its loss is in nats. Drag "
    "the logit to the left until the dashed line, with the clip, leaves the solid one, without it."
)
show(
    clipping,
    tasks,
    saw=linked(
        "Where p is clipped, the loss is flat: its slope is 0, so training learns nothing from the worst mistakes. "
        "No clip is needed if the loss is computed from the logit, because it is finite for every logit, and for a "
        "confident mistake its slope is almost −1."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "If y is 0, then y · log p is 0, so a mail that is not spam costs nothing.",
        name="zero",
        shows={"given": "p", "spam": 0.9, "y": 0},
        because="The other term counts: (1 − y) · log(1 − p). Calling a mail 90 % spam that is not costs 3.32 bits.",
    )
with right:
    misconception(
        "Clipping only keeps out infinity; it changes nothing else.",
        name="harmless",
        shows={"deep": -20.0, "clip": 1e-7},
        because="It also changes what training can learn from. At logit −20 the exact loss is 20.0 nats with slope −1; "
        "the clipped loss is 16.1 nats with slope 0.",
    )

remember(
    "Binary cross-entropy is minus the logarithm of the probability that the model gave to what is true: −ln p if "
    "y = 1, and −ln(1 − p) if y = 0.",
    "A logit is a raw score, and for two classes it is the log-odds; the sigmoid turns it into a probability.",
    "With labels of 0 or 1, the loss lies between 0 and ∞, and it is 0 only if the model is completely sure and right.",
    "The loss of a batch is the mean over its examples, and one confident mistake can dominate it. A model that says "
    "50 % each time pays ln 2 = 0.693 nats, or 1 bit, for every example.",
    "In the logit, the slope is p − y, so it is nearly 1 in size where a confident answer is wrong.",
)
check_yourself(__file__)
show_source(binary_cross_entropy, binary_cross_entropy_with_logits, sigmoid, clipped_binary_cross_entropy)
frame.end(
    __file__,
    "Surprise is one reason to train with this loss. There is another, older one: the model with the smallest mean "
    "loss is the one that makes the data most probable. Looking for that model is called maximum likelihood.",
)
