"""Focal loss: look away from what is easy."""

import streamlit as st

from xent_core import sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, expected_focal_loss
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.focal_loss import detector, honesty, one_example

frame.begin(__file__)

show(one_example, tasks, presets={"Easy": {"pt": 0.95}, "Undecided": {"pt": 0.5}, "Wrong": {"pt": 0.1}})
st.markdown(
    r"Focal loss multiplies cross-entropy by $(1-p)^\gamma$: the surer the right answer, the less it counts. "
    "It was made for detectors, which look at thousands of windows of an image, nearly all of them empty."
)

st.header("A thousand easy windows, one object")
show(
    detector,
    tasks,
    presets={"Cross-entropy": {"focus": 0.0, "alpha": 0.5}, "Focal, as published": {"focus": 2.0, "alpha": 0.25}},
)
st.markdown(
    "Each window of background costs next to nothing, but a thousand nothings outweigh the one mistake that matters. "
    "Focusing works as long as the crowd is *easy*: windows the model is unsure about keep their say."
)

st.header("The price: it no longer pays to be honest")
show(honesty, tasks)
st.markdown(
    "A score that is cheapest at the truth is called *proper*; focal loss is not. Trained with γ = 2, a model that "
    "should say 80 % says 62.7 %: the order of its answers is right, the numbers are not, until you recalibrate them."
)

left, middle, right = st.columns(3)
with left:
    misconception(
        "Focal loss only shrinks gradients.",
        name="shrinks",
        shows={"pt": 0.1, "gamma": 2.0},
        because="At p = 0.1 and γ = 2 it pulls with 1.10 where cross-entropy pulls with 0.90: 22 % harder. Only above "
        "about p = 0.30 does it pull less.",
    )
with middle:
    misconception(
        "α is there to weigh up the common class.",
        name="alpha",
        shows={"alpha": 0.9, "focus": 0.0},
        because="α multiplies the *rare* class, the object; the background gets 1 − α. Published with γ = 2 it is "
        "0.25, less than a half, because focusing has already silenced the crowd.",
    )
with right:
    misconception(
        "What focal loss trains are probabilities.",
        name="probabilities",
        shows={"truth": 0.9, "report": 0.9, "bend": 2.0},
        because="The dot is the honest report, and it does not lie at the bottom. What comes out is drawn towards ½.",
    )
st.subheader("So what")
st.markdown(
    "Use focal loss when a crowd of easy examples drowns the few that matter, and tune γ first, α after it. "
    "Do not read its outputs as probabilities; if you need those, calibrate on held-out data."
)
show_source(sigmoid_focal_loss, expected_focal_loss, best_focal_report)
frame.end(__file__)
