"""Cross-entropy: what a belief costs when the truth is another."""

import streamlit as st

from xent_core import cross_entropy, kl_divergence
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.cross_entropy import (
    CLOSEST_HUMPS,
    belief,
    believing_the_truth,
    cost,
    one_hump,
    swapped,
    truth,
    wrong_code,
)

frame.begin(__file__)

show(
    cost,
    tasks,
    rows=[("sides", "unit"), ("p1", "q1"), ("p2", "q2"), ("p3", "q3"), ("p4", "q4")],
    presets={"Swap p and q": swapped, "Believe the truth": believing_the_truth},
)
st.markdown(
    "The truth decides how *often* you pay, your belief decides how *much*. Pull the top of a rectangle: q moves, "
    "p stays pinned. Under the solid lines lies the floor, H(p); what is hatched above them, less what is missing "
    "below, is KL(p‖q)."
)

st.header("Bits wasted by the wrong code")
show(wrong_code, tasks)

st.header("One hump for two")
show(one_hump, tasks, presets=CLOSEST_HUMPS)
st.markdown(
    "KL(p‖q) asks at each place the *truth* visits whether q expected it, so the best hump covers both and believes "
    "in the empty middle. KL(q‖p) asks only where *q* goes, so the best one hides in a single hump. JS takes both "
    "sides by comparing each with their average, and is never more than 1 bit."
)
distance, zero = st.columns(2)
with distance:
    misconception(
        "KL is the distance between two distributions.",
        name="distance",
        shows={"sides": 2, **truth.settings([95, 5]), **belief.settings([50, 50])},
        because="Swap p and q and the excess changes: 1.20 bits for believing 95 : 5 of a fair coin, 0.714 for "
        "believing a fair coin of 95 : 5. A distance is the same in both directions.",
    )
with zero:
    misconception(
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
show_source(cross_entropy, kl_divergence)
frame.end(__file__)
