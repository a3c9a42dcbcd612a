"""The training lab: two runs on the same data from the same start, and why a lower loss is not a higher accuracy."""

import numpy as np
import streamlit as st

from xent_core import binary_cross_entropy, mean
from xent_core.datasets import SHAPES
from xent_core.training import LOSSES, first_state, next_state
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.five_forecasts import five_forecasts
from xent_ui.figures.plane import PLANE
from xent_ui.figures.training_lab import SIDES, Watched, two_runs
from xent_ui.formulas.base import lines
from xent_ui.formulas.training_lab import RULE, mean_of_five, next_step
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, percent, text
from xent_ui.views.training_runs import EXAMPLES, OPTIMIZERS, Run, Settings, Task, examples, run

LAST, STRIDE, ASKED = 400, 8, 200
RATES = {rate: exact_text(rate) for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)}
NAMES, METHODS = {name: name for name in LOSSES}, {name: name for name in OPTIMIZERS}

losses = [
    controls.Menu(f"loss_{which.lower()}", f"Loss of {which}", NAMES, name)
    for which, name in (("A", "cross-entropy"), ("B", "squared error"))
]
methods = [controls.Menu(f"opt_{which.lower()}", f"Optimizer of {which}", METHODS, "descent") for which in "AB"]
rates = [controls.Steps(f"rate_{which.lower()}", f"Rate of {which}", RATES, 1.0) for which in "AB"]
units = controls.Steps("units", "Hidden units", {0: "none: a line"} | {n: str(n) for n in range(1, 17)}, 8)
begin = controls.Choice("start", "Both start", {"wrong": "taught wrong", "fresh": "fresh"}, "wrong")
batch = controls.Steps("per_step", "Examples a step", {1: "1", 4: "4", 16: "16", 50: "50", EXAMPLES: "all"}, EXAMPLES)
shape = controls.Menu("shape", "Shape", {name: name for name in SHAPES}, "moons")
noise = controls.Slider("noise", "Noise", 0.0, 0.6, 0.2, 0.05, "%.2f")
imbalance = controls.Steps("rare", "Diamonds to one circle", {n: str(n) for n in (1, 2, 5, 10, 30)}, 1)
where = controls.Choice("on", "Measured on", {"seen": "its examples", "unseen": "1,000 unseen"}, "seen")
SHOWN = {"cross-entropy": "cross-entropy", "own": "each its own"}
yardstick = controls.Choice("by", "Loss shown", SHOWN, "cross-entropy")
speed = controls.Steps("speed", "Steps a picture", {n: str(n) for n in (1, 2, 5, 10, 20)}, 5)
moment = controls.Slider("made", "Steps made", 0, LAST, 0, 1)
FIVE = (0.6, 0.6, 0.6, 0.4, 0.4)
forecasts = [controls.Slider(f"f{i}", f"Example {i}", 0.001, 0.999, p, 0.001, "%.3f") for i, p in enumerate(FIVE, 1)]
KEYS = [forecast.key for forecast in forecasts]
AFTER = dict(zip(KEYS, (0.51, 0.51, 0.51, 0.51, 0.001), strict=True))

lessons.begin(__file__)


def workbench() -> None:
    """What is changed now and then: drawn outside the picture, so that a picture that plays need not carry it."""
    with st.container(horizontal=True, gap="small"):
        with st.popover("How they learn"):
            controls.side_by_side(*methods, *rates)
            batch()
        with st.popover("What learns"):
            units(), begin()
        with st.popover("The data"):
            controls.side_by_side(shape, imbalance, noise, controls.seed)
        with st.popover("What is measured"):
            where(), yardstick()


def the_two() -> list[Settings]:
    """Settings of both runs."""
    task = Task(
        shape.shared(),
        noise.shared(),
        imbalance.shared(),
        int(controls.seed.shared()),
        units.shared(),
        begin.shared() == "wrong",
    )
    return [
        Settings(task, loss(), method.shared(), rate.shared(), batch.shared())
        for loss, method, rate in zip(losses, methods, rates, strict=True)
    ]


def watched(of: Run, settings: Settings, made: int, *, on: str, by: str) -> Watched:
    """A run at one moment, as the picture wants it."""
    yard = settings.loss if by == "own" else by
    tracks = of.tracks([*range(0, made + 1, STRIDE), made], on=on, by=yard)
    return Watched(settings.loss, of.setup.model.forward(of.params(made), PLANE), tracks)


@live.picture
def lab() -> None:
    """Two runs, step by step."""
    settings, on, by = the_two(), where.shared(), yardstick.shared()
    task = settings[0].task
    made, pace = controls.side_by_side(moment, speed)
    rival = run(Settings(Task(), "squared error", "descent", 1.0)).measures(ASKED, on="seen", by="cross-entropy")
    guess = checks.predict(
        "Both networks were first taught every label the wrong way round. After 200 steps cross-entropy gets 99\u00a0% "
        "right. And squared error?",
        answer=round(100 * rival.accuracy),
        low=0,
        high=100,
        step=1,
        unit="\u00a0%",
    )
    runs = [run(each) for each in settings]
    seen = [watched(each, its, made, on=on, by=by) for each, its in zip(runs, settings, strict=True)]
    live.show(
        two_runs(seen, examples(task), made=made, last=LAST, stride=STRIDE, guess=guess.at(ASKED, scale=0.01)),
        says=f"Step {made} of {LAST}. "
        + " ".join(
            f"{name}, {each.name}: {percent(each.now['accuracy'])} right, "
            f"{'its loss' if by == 'own' else by} {text(each.now['loss'])}, "
            f"calibration error {text(each.now['calibration'], 2)}."
            for name, each in zip("AB", seen, strict=True)
        ),
        handle=moment.handle("x"),
        tall=True,
        play=live.Play(moment.key, (*range(0, LAST, pace), LAST), every=80, single=1),
    )
    live.formula(
        lines(
            [
                RULE["descent"],
                *(
                    row
                    for name, role, each, its in zip("AB", SIDES, runs, settings, strict=True)
                    for row in next_step(
                        name,
                        role,
                        optimizer=its.optimizer,
                        rate=its.rate,
                        grad_norm=each.grad_norm(made),
                        loss=each.measures(made, on="seen", by=its.loss).loss,
                    )
                ),
            ]
        )
    )
    a, b = (each.now for each in seen)
    best = {each.name: each.now["accuracy"] for each in seen}
    even_circles = task.shape == "circles" and task.imbalance == 1 and task.units == 0
    checks.challenge(
        "Taught wrong, get squared error past 95 % of the moons within 400 steps.",
        name="rescue",
        solved=task.taught_wrong and task.shape == "moons" and best.get("squared error", 0) > 0.95,
    )
    checks.challenge(
        "Find a moment when one run has the lower loss and the other the higher accuracy.",
        name="crossed",
        solved=by != "own" and (a["loss"] - b["loss"]) * (a["accuracy"] - b["accuracy"]) > 0,
    )
    checks.impossible(
        "With a line, get 90 % of the circles right, with as many circles as diamonds.",
        name="line",
        solved=even_circles and max(best.values()) > 0.9,
        because="A line puts all of one answer on one side. The side that holds the inner ring holds most of the outer "
        "one, too, so a line ends near 70 %. No loss helps where the model cannot say it.",
    )


workbench()
lab()
st.markdown(
    "Each point is an example, a circle or a diamond; the ground shows which of the two the model expects there, the "
    "line where it hesitates. Both runs see the same examples in the same order from the same start. Drag the loss "
    "curves to go back in time, change anything, and play it again."
)

st.header("A lower loss is not a higher accuracy")


@live.picture
def five() -> None:
    """Five forecasts: how many are right, and what they cost."""
    controls.presets({"Before": dict(zip(KEYS, FIVE, strict=True)), "After": AFTER})
    probs = np.array(controls.side_by_side(*forecasts))
    states = [np.array(FIVE), probs]
    each = [binary_cross_entropy(p, np.ones(5)) for p in states]
    before, now = (float(mean(loss).value) for loss in each)
    right = [float(np.mean(p > 0.5)) for p in states]
    live.show(
        five_forecasts(probs, each[1].value, states[0], accuracy=(right[0], right[1]), loss=(before, now)),
        says=f"Now {percent(right[1])} are right, at {text(now)} nats on average; before, {percent(right[0])} were, "
        f"at {text(before)}.",
        handle=[slider.handle("y", at=i + 1) for i, slider in enumerate(forecasts)],
    )
    live.formula(mean_of_five(probs.tolist(), now, mean(each[1]).grad.tolist()))
    checks.challenge(
        "Get all five right, and still pay more than before.", name="all_right", solved=right[1] == 1 and now > before
    )
    checks.challenge(
        "Pay less than half, with no more right than before.",
        name="cheap",
        solved=2 * now < before and right[1] <= right[0],
    )
    checks.impossible(
        "Get all five right and pay more than 0.7 nats.",
        solved=right[1] == 1 and now > 0.7,
        name="dear",
        because="An answer that is right has more than ½ and costs less than ln 2 = 0.693. Only wrong answers can be "
        "dear, and a single one can be as dear as you like.",
    )
    sharing.state(binary_cross_entropy, probs, np.ones(5), torch=sharing.torch_backward("-p.log()", p=probs))


five()
st.markdown(
    "Accuracy asks which side of ½ a forecast is on. Cross-entropy asks how far it is from the truth. "
    "One forecast that moves from 0.4 to 0.001 changes no verdict, and costs more than the other four together."
)

one, other = st.columns(2)
with one:
    checks.misconception(
        "The loss went down, so more answers are right.",
        name="lower_loss",
        shows=AFTER,
        because="Here the loss nearly triples, from 0.673 to 1.92, while accuracy rises from 60 to 80 %: one forecast "
        "crossed ½, and another became confidently wrong. Read backwards, the loss falls and accuracy with it.",
    )
with other:
    checks.misconception(
        "On unseen data, loss and accuracy cannot both rise.",
        name="both_rise",
        shows={
            "loss_a": "cross-entropy",
            "opt_a": "Adam",
            "rate_a": 0.1,
            "per_step": EXAMPLES,
            "shape": "spirals",
            "rare": 1,
            "noise": 0.3,
            "seed": 1,
            "units": 16,
            "start": "fresh",
            "on": "unseen",
            "by": "cross-entropy",
            "made": 220,
        },
        because="Run A, a network on noisy spirals: from step 20 to step 220 its loss on unseen examples rises from "
        "0.417 to 0.497, its accuracy from 81.5 to 83.4 %. It gets a few more right, and is ever surer of the rest.",
    )
st.subheader("So what")
st.markdown(
    "A loss is a teacher: it decides which mistakes pull hardest. Watch more than one number while a model learns, and "
    "when loss and accuracy disagree, look for the few answers that are sure and wrong."
)
sharing.code(first_state, next_state, binary_cross_entropy)
lessons.end(__file__)
