"""Numerics: what floating point does to a formula."""

from xent_core import precision
from xent_core.naive import naive_binary_cross_entropy
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.numerics import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.numerics import (
    PAIRS_OF_LOGITS,
    PLACES,
    clip_or_logits,
    log_sum_exp,
    take_off_the_maximum,
    three_ways,
)

with frame.opening(
    __file__,
    "A network gives two classes the logits 1000 and 0, and the second one is right. The loss is 1000 nats, but the "
    "textbook formula answers nan, “not a number”, because $e^{1000}$ is too large for a computer's floating-point "
    "numbers. **Give the loss logits, not probabilities: the library then computes softmax and logarithm together, "
    "and nothing overflows.** One nan in the loss can turn all weights into nan in a single step of training.",
    SYMBOLS,
    do="Make your guess, then drag the logit from 1000 to the left and compare the nine answers.",
):
    show(
        three_ways,
        tasks,
        presets=PAIRS_OF_LOGITS,
        saw=linked(
            "**Textbook** divides $e^z$ by the sum of the powers: a power that is too large for the format overflows "
            "to ∞, and ∞/∞ is nan. **Max subtracted** first takes the largest logit off both, so nothing overflows. "
            "But if z is large enough, the small probability underflows: it is so close to 0 that it is stored as 0. "
            "If its class is the right one, −ln 0 is ∞, and if not, its term 0 · ln 0 is nan; **in logs** no "
            "probability is ever made."
        ),
    )

frame.section("Log-sum-exp, step by step")
prose(
    "e to the power of a large number overflows; subtracting the maximum first avoids it. On paper the shift c changes "
    "nothing: it makes every power smaller by the same factor, and adding c at the end makes up for that."
)
prose(
    "`log_softmax(z) = z − logsumexp(z)`: the logarithm of a softmax probability is its logit minus the log-sum-exp of "
    "all logits. Press “Subtract the maximum”, then drag the dots away from there. The bar of a format covers the "
    "exponents whose powers of e it can hold; a cross outside stands for a power that it stores as ∞ or as 0."
)
show(
    log_sum_exp,
    tasks,
    presets={"Subtract nothing": {"taken": 0}, "Subtract the maximum": take_off_the_maximum},
    saw=linked(
        "Once the maximum is subtracted, the largest power is $e^0 = 1$, and the sum lies between 1 and the number of "
        "logits. So nothing overflows, and a power that underflows is too small to matter beside a 1. With other "
        "shifts a power may overflow, or only the sum of powers that each fit, as with the logits 11, 11 and 0 and no "
        "shift in float16; or all powers become so small that digits, or everything, is lost."
    ),
)

frame.section("1 − p cancels, and a clip goes flat")
prose(
    "log 0 is −∞, so a program that starts from a probability p often clips it first. The usual clip, which holds p in "
    "[10⁻⁷, 1 − 10⁻⁷], buys a finite loss in float32 and float64; it costs a cap on the loss, −ln 10⁻⁷ = 16.1 nats, "
    "and beyond the cap there is no gradient. Drag the logit to −30 and switch between the loss and its gradient."
)
prose(
    "The lower panel counts errors in ulps: a *unit in the last place* is the gap between a number and the next one "
    "that its format can hold; the error of nan counts as ∞. What libraries do about log 0 differs: PyTorch's "
    "`BCELoss` clamps each logarithm at −100, Keras clips p to [10⁻⁷, 1 − 10⁻⁷], and scikit-learn clips it to [eps, 1 "
    "− eps], where eps is the gap between 1 and the next larger number of the format, 2.2 · 10⁻¹⁶ in float64. The "
    "table is in [In code](in_code)."
)
show(
    clip_or_logits,
    tasks,
    saw=linked(
        "Just below 1, float32 numbers are 6 · 10⁻⁸ apart, so a probability closer to 1 than half of that is stored as "
        "1, and 1 − p is 0: the loss from p becomes ∞ or nan, and its gradient, as automatic differentiation computes "
        "it, nan. Even before that, the closer p is to 1, the fewer digits of 1 − p are right, because p was "
        "rounded.\n\nA clip of 10⁻⁸ is no help there, because 1 − 10⁻⁸ is stored as 1, too; and 1 − 10⁻⁷ is stored as "
        "1 − 1.2 · 10⁻⁷, which makes the cap 15.9 nats for y = 0 in float32. Near 0 the numbers are far denser, and "
        "float32 keeps the digits of p down to 10⁻³⁸; from the logit, every format gets the loss right."
    ),
)

left, right = frame.cards()
with left:
    misconception(
        "float64 has digits enough: it would not happen there.",
        name="double",
        shows={"big": PLACES[800], "wanted": 0},
        because="A wider format moves the edge to z = 710; it does not remove it. In logs, even float16 answers "
        "(800, 0) correctly, with 800 nats.",
    )
with right:
    misconception(
        "Clip p to [10⁻⁷, 1 − 10⁻⁷] and the loss is safe.",
        name="clip",
        shows={"far": -30, "y": 1, "hold": 1e-7, "measure": "slope", "format": "float64"},
        because="It is finite, and flat: the gradient is 0 exactly where the model is most wrong, so the example never "
        "corrects it. The exact gradient there is −1.",
    )

remember(
    "Give the loss logits: the library computes softmax and logarithm together, and no probability is rounded on the "
    "way.",
    "$e^{1000}$ overflows in every format; with the maximum subtracted first, the largest power is $e^0 = 1$.",
    "`log_softmax(z) = z − logsumexp(z)`.",
    "A probability too small for its format underflows to 0, its logarithm is −∞, and 0 · ∞ is nan.",
    "A clip buys a finite loss, and costs the gradient of the worst mistakes.",
)
check_yourself(__file__)
show_source(
    precision.cross_entropy_in_log_space,
    precision.logsumexp_steps,
    precision.exact_binary_cross_entropy,
    naive_binary_cross_entropy,
)
frame.end(
    __file__,
    "You know why a loss wants logits. Which loss wants which logits, and which labels, depends on the question that "
    "the model answers. That is the next lesson.",
)
