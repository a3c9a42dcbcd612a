"""Cross-entropy: what a belief costs when the truth is another."""

import numpy as np
import streamlit as st

from xent_core import Unit, cross_entropy, entropy, expected_code_length, huffman_code, kl_divergence
from xent_core import surprise as surprise_of
from xent_core.gaussians import BIMODAL, DIVERGENCES, POINTS, closest_to_bimodal, discrete_gaussian
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.code_tree import code_tree
from xent_ui.figures.cross_entropy import GAUGE_AT, Cost, area, humps, middles
from xent_ui.formulas import cross_entropy as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import percent, text

NAMES = "ABCD"
FAIR, SURE = np.array([0.5, 0.5]), np.array([0.95, 0.05])
BUILT_FOR = np.array([0.5, 0.25, 0.125, 0.125])
sides = controls.Choice("sides", "Outcomes", {2: "2", 3: "3", 4: "4"}, 2)
truth = controls.Distribution("p", tuple(f"Truth: {name}" for name in NAMES), (50, 50, 20, 20))
belief = controls.Distribution("q", tuple(f"Belief: {name}" for name in NAMES), (95, 5, 20, 20))
drift = controls.Slider("drift", "How far the letters have drifted (%)", 0, 100, 40, 1)
center = controls.Slider("center", "Center of your hump", -4.0, 4.0, 1.0, 0.1)
width = controls.Slider("width", "Its width", 0.4, 4.0, 1.0, 0.1)


lessons.begin(__file__)


@live.picture
def cost() -> None:
    """A rectangle for each outcome: as wide as the truth, as high as its surprise under the belief."""
    k, unit = controls.side_by_side(sides, controls.unit)
    pairs = zip(truth.sliders(k), belief.sliders(k), strict=True)
    weights = np.array(controls.side_by_side(*(slider for pair in pairs for slider in pair)), dtype=float)
    p_weights, q_weights = weights[::2], weights[1::2]
    p, q = truth.shares(p_weights), belief.shares(q_weights)
    controls.presets(
        {
            "Swap p and q": {**truth.settings(q_weights), **belief.settings(p_weights)},
            "Believe the truth": belief.settings(p_weights),
        }
    )
    guess = checks.predict(
        "A coin is fair. You believe A comes 95 times in 100. How many bits will a flip cost you, on average?",
        answer=float(Unit.BITS.of(cross_entropy(FAIR, SURE).value)),
        low=0,
        high=5,
        step=0.1,
        unit=" bits",
    )
    here, floor, excess = cross_entropy(p, q), float(entropy(p).value), float(kl_divergence(p, q).value)
    whole, asked = float(here.value), k == 2 and np.array_equal([p, q], [FAIR, SURE])
    believed = surprise_of(q).value
    live.show(
        area(
            NAMES[:k],
            p,
            q,
            unit.of(surprise_of(p).value),
            unit.of(believed),
            cost=Cost(unit.of(floor), unit.of(excess)),
            unit=unit,
            guess=guess.at(GAUGE_AT) if asked and unit is Unit.BITS else None,
        ),
        says="As wide as an outcome is likely, as high as it surprises you: how large is the area?"
        if guess.hidden
        else f"The area is H(p, q) = {text(unit.of(whole))} {unit.symbol}. "
        f"Of it {text(unit.of(floor))} cannot be helped; "
        f"{text(unit.of(excess))} is the price of believing q.",
        handle=belief.handles(q_weights, "y", at=middles(p), place=lambda q: unit.of(surprise_of(q).value)),
    )
    if not guess.hidden:
        live.formula(formulas.cross_entropy(NAMES[:k], p, q, (whole, floor, excess), here.grad, unit))
    checks.challenge("Leave the truth unsure and waste nothing.", solved=excess == 0 and floor > 0, name="no_waste")
    checks.challenge("Hold a belief that costs infinitely much.", solved=whole == np.inf, name="infinite")
    checks.impossible(
        "Find a belief cheaper than the truth itself: H(p, q) below H(p).",
        solved=excess < 0,
        name="below_floor",
        because="The excess KL is never negative: both share out the same 1, so what q saves on one outcome it pays "
        "with interest on the others. It is 0 only when q is p.",
    )
    sharing.state(cross_entropy, p, q, torch=sharing.torch_backward("-torch.special.xlogy(p, q).sum()", p=p, q=q))


cost()
st.markdown(
    "The truth decides how *often* you pay, your belief decides how *much*. Pull the top of a rectangle: q moves, "
    "p stays pinned. Under the solid lines lies the floor, H(p); what is hatched above them, less what is missing "
    "below, is KL(p‖q)."
)

st.header("Bits wasted by the wrong code")


@live.picture
def code() -> None:
    """A code built for one source and used on another: words stay as they are, and the mean grows."""
    share = drift()
    p = controls.Distribution.shares((100 - share) * BUILT_FOR + share * BUILT_FOR[::-1])
    built = huffman_code(BUILT_FOR)
    mean, floor = float(expected_code_length(p, built.lengths)), float(Unit.BITS.of(entropy(p).value))
    waste = float(Unit.BITS.of(kl_divergence(p, BUILT_FOR).value))
    live.show(
        code_tree(
            NAMES, p, built, Unit.BITS.of(surprise_of(BUILT_FOR).value), mean=mean, floor=floor, floor_words="H(p)"
        ),
        says=f"The words still fit A at 50 %, and A now comes {percent(float(p[0]))} of the time: "
        f"{text(mean)} bits a letter where {text(floor)} would do. {text(waste)} are wasted: KL, to the last digit.",
    )
    live.formula(formulas.wasted(built.lengths, p, (mean, floor, waste)))
    checks.challenge("Make this code waste more than half a bit a letter.", solved=waste > 0.5, name="half_a_bit")


code()

st.header("One hump for two")


@live.picture
def fit() -> None:
    """A model with one hump on a truth with two: each divergence wants another."""
    unit = controls.unit.shared()
    middle, spread = center(), width()
    best = {f"Least {name}": closest_to_bimodal(name) for name in DIVERGENCES}
    controls.presets({name: {"center": at, "width": wide} for name, (at, wide) in best.items()})
    q = discrete_gaussian(POINTS, middle, spread)
    far = {name: float(unit.of(divergence(BIMODAL, q).value)) for name, divergence in DIVERGENCES.items()}
    live.show(
        humps(POINTS, BIMODAL, q, far, unit=unit),
        says=", ".join(f"{name} = {text(value)}" for name, value in far.items()) + f" {unit.symbol}.",
        handle=center.handle("x"),
    )
    live.formula(formulas.divergences(far, unit))
    checks.challenge(
        "Find a hump that KL(q‖p) likes and KL(p‖q) hates: below 1, above 6.",
        name="seeks_a_mode",
        solved=far["KL(q‖p)"] < 1 and far["KL(p‖q)"] > 6,
    )
    checks.impossible(
        "Bring KL(p‖q) to 0 with one hump.",
        solved=far["KL(p‖q)"] == 0,
        name="one_for_two",
        because="KL is 0 only where q equals p everywhere, and no single hump has two peaks. A model that cannot be "
        "the truth has a floor of its own above H(p).",
    )


fit()
st.markdown(
    "KL(p‖q) asks at each place the *truth* visits whether q expected it, so the best hump covers both and believes "
    "in the empty middle. KL(q‖p) asks only where *q* goes, so the best one hides in a single hump. JS takes both "
    "sides by comparing each with their average, and is never more than 1 bit."
)
distance, zero = st.columns(2)
with distance:
    checks.misconception(
        "KL is the distance between two distributions.",
        name="distance",
        shows={"sides": 2, **truth.settings([95, 5]), **belief.settings([50, 50])},
        because="Swap p and q and the excess changes: 1.20 bits for believing 95 : 5 of a fair coin, 0.714 for "
        "believing a fair coin of 95 : 5. A distance is the same in both directions.",
    )
with zero:
    checks.misconception(
        "The best possible cross-entropy is 0.",
        name="best_is_zero",
        shows={"sides": 2, **truth.settings([50, 50]), **belief.settings([50, 50])},
        because="The best is H(p), reached at q = p: 1 bit for a fair coin. It is 0 only where the truth is certain, "
        "as with one-hot labels.",
    )
st.subheader("So what")
st.markdown(
    "A classifier is trained on the whole area, but the floor does not depend on it: pushing down cross-entropy and "
    "pushing down KL(p‖q) are the same. So a loss curve that has stopped falling may have reached its floor, and "
    "the model you get is the one that covers all the truth visits."
)
sharing.code(cross_entropy, kl_divergence)
lessons.end(__file__)
