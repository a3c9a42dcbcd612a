"""The training lab: two runs on the same data from the same start, and why a lower loss is not a higher accuracy."""

import streamlit as st

from xent_core import binary_cross_entropy, first_state, next_state
from xent_ui.controls.declarations import Control
from xent_ui.controls.shared import random_seed
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.live.widgets import draw
from xent_ui.views import training_lab as lab

WORKBENCH: dict[str, list[list[Control]]] = {  # what is changed now and then, row by row
    "How they learn": [[lab.opt_a, lab.opt_b], [lab.rate_a, lab.rate_b], [lab.batch]],
    "What learns": [[lab.units], [lab.start]],
    "The data": [[lab.shape, lab.imbalance], [lab.noise, random_seed]],
    "What is measured": [[lab.measured_on], [lab.loss_shown]],
}


def draw_workbench() -> None:
    """Draw these controls outside the picture, so that a picture that plays need not draw them again."""
    with st.container(horizontal=True, gap="small"):
        for name, rows in WORKBENCH.items():
            with st.popover(name):
                for row in rows:
                    with st.container(key=f"pairs_{row[0].key}"):
                        columns = st.columns(len(row))
                    for column, control in zip(columns, row, strict=True):
                        with column:
                            draw(control)


frame.begin(__file__)

draw_workbench()
show(lab.two_runs, tasks, rows=[("made", "speed")], tall=True)
st.markdown(
    "Each point is an example, a circle or a diamond; the ground shows which of the two the model expects there, the "
    "line where it hesitates. Both runs see the same examples in the same order from the same start. Drag the loss "
    "curves to go back in time, change anything, and play it again."
)

st.header("A lower loss is not a higher accuracy")
show(lab.five_forecasts, tasks, rows=[("f1", "f2"), ("f3", "f4")], presets={"Before": lab.BEFORE, "After": lab.AFTER})
st.markdown(
    "Accuracy asks which side of ½ a forecast is on. Cross-entropy asks how far it is from the truth. "
    "One forecast that moves from 0.4 to 0.001 changes no verdict, and costs more than the other four together."
)

left, right = st.columns(2)
with left:
    misconception(
        "The loss went down, so more answers are right.",
        name="lower_loss",
        shows=lab.AFTER,
        because="Here the loss nearly triples, from 0.673 to 1.92, while accuracy rises from 60 to 80 %: one forecast "
        "crossed ½, and another became confidently wrong. Read backwards, the loss falls and accuracy with it.",
    )
with right:
    misconception(
        "On unseen data, loss and accuracy cannot both rise.",
        name="both_rise",
        shows=lab.BOTH_RISE | {"made": 220},
        because="Run A, a network on noisy spirals: from step 20 to step 220 its loss on unseen examples rises from "
        "0.417 to 0.497, its accuracy from 81.5 to 83.4 %. It gets a few more right, and is ever surer of the rest.",
    )
st.subheader("So what")
st.markdown(
    "A loss is a teacher: it decides which mistakes pull hardest. Watch more than one number while a model learns, and "
    "when loss and accuracy disagree, look for the few answers that are sure and wrong."
)
show_source(first_state, next_state, binary_cross_entropy)
frame.end(__file__)
