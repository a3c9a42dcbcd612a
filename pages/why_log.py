"""Why the logarithm: which losses make it best to be honest."""

from xent_core import best_report, expected_loss
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.why_log import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.why_log import belief, honesty, pulls

with frame.opening(
    __file__,
    "You believe A 60 %, B 30 %, C 10 %, and report probabilities q. When one of the three happens, you lose f(q) for "
    "the q that you gave it. **A loss is a proper scoring rule if you cannot expect a smaller loss by reporting "
    "anything but what you believe. Minus the logarithm is one; many other functions are not.** A network reports "
    "whatever makes its mean loss small, so only a proper loss asks for honest probabilities.",
    SYMBOLS,
    do="Make your guess, then try other losses, and see whether a line leads away from what you believe.",
):
    show(
        honesty,
        tasks,
        saw=linked(
            "Each point of the triangle is a report, and its color is the stronger the larger its expected loss is. If "
            "a line leaves your belief, you can expect to lose less by reporting what stands at its end. With −ln q "
            "there is no line, whatever you believe: the expected loss is then the cross-entropy H(p, q), smallest at "
            "q = p. To say 90 % where you believe 70 % costs 0.765 nats instead of 0.611; the difference is "
            "the KL divergence.\n\nOn a wide screen, the curve beside it is the loss for the outcome that happens, by "
            "the q that it got; if a loss looks at all of q, it is drawn for two outcomes."
        ),
        rows=[("b1", "b2", "b3")],
    )

frame.section("Why the logarithm: equal pulls")
prose(
    "If you raise the q of one outcome a little, the expected loss changes by p · f′(q) times that little, where f′ is "
    "the slope of f. At the honest report, where q = p, this factor is p · f′(p). Call it the *pull* of the outcome; "
    "it is negative if a larger q means a smaller loss, and strong if it is far below 0."
)
prose(
    "The q of all outcomes add up to 1, so what you add to one you take from another. If two possible outcomes have "
    "different pulls, moving a little from the weaker one to the stronger one makes the expected loss smaller, so "
    "honesty is not best. Choose a loss, and see whether the dots of A, B and C are level."
)
show(
    pulls,
    saw=linked(
        "Minus the logarithm makes it best to report what you believe: its slope is −1/q, so every pull is −p/p = −1. "
        "With three or more outcomes it is the only smooth loss that looks at nothing but the probability of what "
        "happened and has the honest report as its only best one, up to scale and shift: "
        "−a\u00a0ln\u00a0q\u00a0+\u00a0c with a > 0. Being steep for small q is not enough: with 1/q, the best report "
        "of someone who believes 60 %, 30 % and 10 % gives A only 47 %; with 1 − q it gives A 100 %."
    ),
)
prose(
    "With two outcomes there are others, such as (1 − q)², because one probability decides both. A loss may also look "
    "at all of q. The Brier loss adds up the squared differences between q and what happened (1 for that outcome, 0 "
    "for the others). The spherical loss is ${1 - q_y / \\lVert q \\rVert}$, where y is what happened and "
    "${\\lVert q \\rVert = \\sqrt{\\sum_i q_i^2}}$ is the length of q as a vector. Both are proper for any number of "
    "outcomes."
)

falling, counting = frame.cards()
with falling:
    misconception(
        "Any loss that falls as q rises rewards honesty.",
        name="falling",
        shows={"rule": "linear", "ways": 3, **belief.settings([60, 30, 10])},
        because="1 − q falls too, and its best report is 100 % for the likeliest outcome (if several are likeliest, "
        "any split among them). What counts is the slope: it must be −a/q, as that of the logarithm is.",
    )
with counting:
    misconception(
        "Counting mistakes is enough to get honest probabilities.",
        name="counting",
        shows={"rule": "0-1", "ways": 3, **belief.settings([60, 30, 10])},
        because="Counting sees only which outcome you call the likeliest: 34 % and 99 % for A cost the same, 0.4 on "
        "average. Honesty is never punished, but it is not rewarded over any report with the same favorite; only "
        "another favorite costs more (0.7 for B).",
    )

remember(
    "A loss is a proper scoring rule if no report has a smaller expected loss than the honest one.",
    "$-\\log q$ is proper: its expected value is the cross-entropy, which is smallest at q = p.",
    "With three or more outcomes, it is the only smooth loss, up to scale and shift, that looks at nothing but the "
    "probability of what happened and makes honesty the only best report.",
    "The Brier and the spherical loss look at all of q and are proper too; 1 − q is not, and (1 − q)² only with two "
    "outcomes.",
)
check_yourself(__file__)
show_source(best_report, expected_loss)
frame.end(
    __file__,
    "You now have a loss that asks for honest probabilities. The next part puts it to work, first where the answer is "
    "yes or no.",
)
