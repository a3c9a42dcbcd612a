"""Cross-entropy: what a belief costs when the truth is another."""

from xent_core import cross_entropy, kl_divergence
from xent_ui.course import frame
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.cross_entropy import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views.cross_entropy import (
    CLOSEST_HUMPS,
    belief,
    believing_the_truth,
    cost,
    one_hump,
    same_input,
    swapped,
    truth,
    wrong_code,
)

with frame.opening(
    __file__,
    "A coin is fair, but you believe that it shows A 95 times in 100. Then A hardly surprises you, and B surprises you "
    "a lot. **Cross-entropy is the average surprise of someone who believes q while the outcomes follow p. Entropy is "
    "its smallest value; the rest is the price of the wrong belief.** In machine learning, p is the truth in the data, "
    "q is what the model says, and cross-entropy is the loss.",
    SYMBOLS,
    do="Make your guess, then drag the dashed top of a column: your belief q changes, and the truth p does not.",
):
    show(
        cost,
        tasks,
        saw=linked(
            "For a given truth p, cross-entropy is smallest where q = p, and there it equals the entropy H(p), which "
            "is not 0 unless one outcome is certain. The excess is the Kullback–Leibler divergence, KL(p‖q) = H(p, q) "
            "− H(p) = Σ p log(p/q): the bits wasted by believing q. It is never negative, and 0 only where q = p. In "
            "the picture, the blue columns are H(p). You overpay where a dashed top is above its column and save where "
            "it is within, and KL is all that is overpaid minus all that is saved."
        ),
        rows=[("sides", "unit"), ("p1", "q1"), ("p2", "q2"), ("p3", "q3"), ("p4", "q4")],
        presets={"Swap p and q": swapped, "Believe the truth": believing_the_truth},
    )

frame.section("What training makes small")
prose(
    "In a classifier, p is the distribution of the label (one-hot for a hard label: 1 for the right class and 0 for "
    "the others), and q is what the model says. Averaged over data, the loss cannot fall below the conditional "
    "entropy H(Y|X), the noise in the labels: how uncertain the label Y still is when the input X is known."
)
prose(
    "Here ten inputs look the same to the model, so it gives all of them the same q, but their labels differ. The loss "
    "of one input is −log of what the model gave to its label. Drag the dot to where the mean loss is lowest."
)
show(
    same_input,
    tasks,
    saw=linked(
        "H(p) does not depend on the model, so minimizing cross-entropy is minimizing KL: it makes q match p, as far "
        "as the model can. Here p is the share of each label, and the best a model can do is to report these shares. "
        "The lowest loss is 0 only if equal inputs always have equal labels."
    ),
)

frame.section("Bits wasted by a code for another source")
prose(
    "An ideal code for q spends −log₂ q bits on a letter. So cross-entropy, H(p, q) = −Σ p log q, is the average "
    "number of bits per letter for letters that come from p, with a code made for q. The code below was made for A "
    "with probability ½, B with ¼, and C and D with ⅛ each. Move the slider to change how often each letter comes; at "
    "100 %, A and D have swapped probabilities, and so have B and C."
)
show(
    wrong_code,
    tasks,
    saw=linked(
        "The words stay the same, and letters that were rare, with long words, become common. Each word is exactly "
        "−log₂ q bits long, so the mean length is H(p, q), and what it has above the entropy is KL(p‖q). A new code "
        "may come closer to the entropy. Often no code for single letters reaches it, but codes for long blocks come "
        "as close as you like."
    ),
)

frame.section("One hump for two: KL has a direction")
prose(
    "KL is not a distance: swapping p and q usually changes it. The Jensen–Shannon divergence (JS) is symmetric and at "
    "most 1 bit; it is the mean KL of p and of q from the midpoint of both. Here the truth has two humps and the model "
    "only one. Find the best hump for each direction, by hand or with the buttons."
)
show(
    one_hump,
    tasks,
    presets=CLOSEST_HUMPS,
    saw=linked(
        "KL(p‖q) is large if outcomes that are common in truth get almost no probability, so the best hump covers "
        "both, and the empty middle too. KL(q‖p) is large if the model goes where the truth almost never is, so its "
        "best hump keeps to one. Training with cross-entropy makes the first one small."
    ),
)

distance, zero = frame.cards()
with distance:
    misconception(
        "KL is the distance between two distributions.",
        name="distance",
        shows={"sides": 2, **truth.settings([90, 10]), **belief.settings([50, 50])},
        because="A distance is the same in both directions. Believing that a fair coin is 90 : 10 wastes 0.737 bits "
        "per flip; believing that a 90 : 10 coin is fair wastes 0.531. (In the picture, press “Swap p and q”.)",
    )
with zero:
    misconception(
        "The best possible cross-entropy is 0.",
        name="best_is_zero",
        shows={"sides": 2, **truth.settings([50, 50]), **belief.settings([50, 50])},
        because="The best is H(p), reached at q = p: 1 bit for a fair coin. It is 0 only if one outcome is certain, as "
        "with one-hot labels that equal inputs always share.",
    )

remember(
    "Cross-entropy, $H(p,q) = -\\sum_x p(x) \\log q(x)$, is the average surprise of someone who believes q when "
    "the outcomes follow p.",
    "It is entropy plus KL divergence; only the second part depends on the model, so training makes q match p. It is "
    "infinite if q is 0 for an outcome that can happen.",
    "Its lowest value is H(p), for a classifier H(Y|X), the noise in the labels: 0 only if nothing is uncertain.",
    "KL is never negative, is 0 only for q = p, and is no distance, because it has a direction.",
    "In coding, it is the average number of bits per letter for letters from p, with an ideal code made for q.",
)
check_yourself(__file__)
show_source(cross_entropy, kl_divergence)
frame.end(
    __file__,
    "Cross-entropy is smallest where the model says what is true. Would another function in place of the logarithm do "
    "that as well? The next lesson tries some.",
)
