"""Label smoothing: a target that is never quite sure, and the floor that comes with it."""

from itertools import islice

import numpy as np
import streamlit as st

from xent_core import (
    binary_cross_entropy_with_logits,
    entropy,
    kl_divergence,
    one_hot,
    sigmoid,
    smooth_labels,
    softmax,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_core.calibration import reliability_curve
from xent_core.datasets import make_dataset
from xent_core.models import HiddenLayerModel
from xent_core.optimizers import Adam
from xent_core.training import TrainingSetup, train
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.label_smoothing import Floor, Run, confidence_runs, loss_against_gap
from xent_ui.figures.label_smoothing import teacher as teacher_figure
from xent_ui.formulas.label_smoothing import flooded, smoothed_loss
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, plain, text

CLASSES = (2, 3, 4, 5, 10, 20, 50, 100, 1000)
gap_control = controls.Slider("gap", "Logit of the right class, above the rest", 0.0, 12.0, 8.0, 0.1, "%.1f")
smoothing = controls.Slider("eps", "Smoothing, *ε*", 0.0, 1.0, 0.1, 0.01, "%.2f")
classes = controls.Steps("classes", "Classes, *K*", {k: str(k) for k in CLASSES}, 10)
GAPS = np.linspace(0, 12, 61)

STEPS = 80
step_control = controls.Slider("trained", "Training steps", 0, STEPS, STEPS, 2)
run_smoothing = controls.Slider("run_eps", "Smoothing in the second run, *ε*", 0.0, 0.4, 0.1, 0.05, "%.2f")
wrong_labels = controls.Slider("wrong", "Wrong labels among the 60", 0.0, 0.4, 0.2, 0.1, "percent")

teacher_smoothing = controls.Slider("teacher_eps", "The teacher's smoothing, *ε*", 0.0, 0.5, 0.1, 0.01, "%.2f")
NAMES = ("cat", "dog", "fox", "lorry")
SEEN = np.array([0.9, 0.09, 0.0099, 0.0001])

lessons.begin(__file__)


def ahead(gap: np.ndarray | float, k: int) -> np.ndarray:
    """Logits of k classes: the first is gap above the others."""
    z = np.zeros((*np.shape(gap), k))
    z[..., 0] = gap
    return z


@live.picture
def one_answer() -> None:
    """One answer against a smoothed target: the loss has a floor, and a best logit gap."""
    gap, eps, k = gap_control(), smoothing(), classes()
    asked = smooth_labels(one_hot(0, 10), 0.1)
    guess = checks.predict(
        "Ten classes, ε = 0.1. What is the least loss that even a perfect model pays, in nats?",
        answer=float(entropy(asked).value),
        low=0,
        high=2,
        step=0.05,
        unit=" nats",
    )
    target = smooth_labels(one_hot(0, k), eps)
    z = ahead(gap, k)
    probs, here = softmax(z), sparse_softmax_cross_entropy(z, 0, label_smoothing=eps)
    value, height = float(here.value), surprise(target).value
    floor = Floor(float(entropy(target).value), float(kl_divergence(target, probs).value), float(height[1] - height[0]))
    curves = [sparse_softmax_cross_entropy(ahead(GAPS, k), 0, label_smoothing=e).value for e in (eps, 0)]
    share = f"The model gives the right class {text(probs[0])}, the target asks for {plain(target[0])}."
    cost = (
        f"The loss is {text(value)} nats: a floor of {text(floor.entropy)} and {text(floor.excess)} too much. "
        f"The best gap is {text(floor.best_gap)}."
    )
    live.show(
        loss_against_gap(
            GAPS, (curves[0], curves[1]), at=(gap, value), floor=floor, target=target, probs=probs, guess=guess.at(4.5)
        ),
        says=share if guess.hidden else f"{share} {cost}",
        handle=gap_control.handle("x"),
    )
    if not guess.hidden:
        live.formula(
            smoothed_loss(
                eps,
                k,
                gap,
                target=float(target[0]),
                value=value,
                grad=float(here.grad[0]),
                floor=floor.entropy,
                best=floor.best_gap,
            )
        )
    checks.challenge(
        "With ε = 0.1 and ten classes, bring the loss down to its floor.",
        name="floor",
        solved=eps == 0.1 and k == 10 and floor.excess < 1e-4,
    )
    checks.challenge(
        "Ask for at least 0.9 on the right class, and still lift the floor above 1 nat.",
        name="high_floor",
        solved=target[0] >= 0.9 and floor.entropy > 1,
    )
    checks.impossible(
        "With ε = 0.2 and two classes, find a gap whose loss is below the floor.",
        name="below",
        solved=eps == 0.2 and k == 2 and value < floor.entropy,
        because="The loss is H(y) + KL(y‖q), and KL is never negative. The best a model can do is to say exactly what "
        "the target says; then it pays what the target itself is unsure of.",
    )
    sharing.state(
        sparse_softmax_cross_entropy,
        z,
        0,
        label_smoothing=eps,
        torch=sharing.torch_backward(
            f"torch.nn.functional.cross_entropy(z, torch.tensor(0), label_smoothing={eps:g})", z=z
        ),
    )


one_answer()
st.markdown(
    "A hard label says: be certain. No finite logit obeys, so training pushes the right logit up for ever. "
    "A smoothed label takes a share ε from the right class and deals it out to *all* K classes, the right one too. "
    "Now there is a best gap: go past it and the gradient, *q − y*, turns round."
)
left, right = st.columns(2)
with left:
    checks.misconception(
        "With ε = 0.1 the right class's target is 0.9.",
        name="point_nine",
        shows={"eps": 0.1, "classes": 2},
        because="The right class gets its share of ε back: 1 − ε + ε/K. With two classes that is 0.95, with ten 0.91; "
        "only with ever more classes does it approach 0.9.",
    )
with right:
    checks.misconception(
        "A perfect model has a cross-entropy of 0.",
        name="zero",
        shows={"eps": 0.1, "classes": 10, "gap": 4.5},
        because="Only against a hard label. Against a soft target the least is the target's own entropy: here 0.500 "
        "nats. A training loss that stops there is finished, not stuck.",
    )

st.header("Sure, and right? Two runs on the same data")


@st.cache_data(max_entries=400, show_spinner=False)
def run(eps: float, wrong: float, seed: int) -> Run:
    """Train a small network on 60 points of two moons; how sure and how right it is on 1,000 clean ones."""
    data = make_dataset("moons", 60, noise=0.3, label_noise=wrong, seed=seed)
    unseen = make_dataset("moons", 1000, noise=0.3, seed=100)
    model = HiddenLayerModel(16)
    setup = TrainingSetup(
        data,
        model,
        lambda z, y: binary_cross_entropy_with_logits(z, smooth_labels(one_hot(y, 2), eps)[..., 1]),
        Adam(0.2),
        seed=seed,
    )
    history = []
    for state in islice(train(setup), 0, STEPS + 1, 2):
        logits = model.forward(state.params, unseen.points)
        right = ((logits > 0) == unseen.labels).astype(int)
        all_in_one = reliability_curve(sigmoid(np.abs(logits)), right, n_bins=1)
        history.append((state.step, all_in_one.confidence[0], all_in_one.frequency[0]))
    return Run(*np.array(history).T)


@live.picture
def two_runs() -> None:
    """The same network, data and start; hard labels above, smoothed ones below."""
    step, eps, wrong, seed = step_control(), run_smoothing(), wrong_labels(), controls.seed()
    hard, smooth = run(0.0, wrong, seed), run(eps, wrong, seed)
    now = [(float(r.confidence[r.step <= step][-1]), float(r.accuracy[r.step <= step][-1])) for r in (hard, smooth)]
    live.show(
        confidence_runs([("hard labels", hard), (f"smoothed, ε = {exact_text(eps)}", smooth)], at=step, most=STEPS),
        says="On 1,000 new points with clean labels: "
        + " and ".join(
            f"{name} run is {sure:.0%} sure and {ok:.0%} right".replace("%", " %")
            for name, (sure, ok) in zip(("the first", "the second"), now, strict=True)
        )
        + ".",
        handle=step_control.handle("x"),
        play=live.Play("trained", tuple(range(0, STEPS + 1, 2)), every=80),
    )
    (hard_sure, hard_right), (soft_sure, soft_right) = now
    checks.challenge(
        "Make the first run at least 20 points surer than it is right.",
        name="overconfident",
        solved=hard_sure - hard_right >= 0.2,
    )
    checks.challenge(
        "Make the second run too modest: at least 5 points less sure than right, fully trained.",
        name="modest",
        solved=step == STEPS and soft_right - soft_sure >= 0.05,
    )


two_runs()
st.markdown(
    "Both networks see the same 60 points, some with a wrong label. Against hard labels the network is paid to be sure "
    "even of the wrong ones. Smoothing caps that pay: the second is less sure, and about as often right."
)

st.header("A teacher that forgets")


@live.picture
def teacher() -> None:
    """What a perfect teacher tells a student about a cat that looks a little like a dog."""
    eps = teacher_smoothing()
    told = smooth_labels(SEEN, eps)
    ratio = float(told[1] / told[3])
    live.show(
        teacher_figure(NAMES, SEEN, told, waterline=eps / len(SEEN)),
        says=f"The teacher calls dog {text(ratio)} times as likely as lorry; without smoothing, "
        f"{text(float(SEEN[1] / SEEN[3]))} times.",
    )
    live.formula(flooded(eps, len(SEEN), SEEN[1], SEEN[3], ratio))
    checks.challenge("Smooth until dog is less than 3 times as likely as lorry.", name="flooded", solved=ratio < 3)


teacher()
st.markdown(
    "In distillation a small student learns from the probabilities of a large teacher, wrong classes and all: this cat "
    "is rather like a dog, hardly like a lorry. Smoothing floods that low ground. Müller, Kornblith and Hinton (2019) "
    "saw it happen: teachers trained with smoothing were more accurate, and their students worse."
)
checks.misconception(
    "Smoothing always helps.",
    name="always",
    shows={"teacher_eps": 0.3},
    because="It trades. It caps certainty whether or not that is earned: with clean labels and a large ε the network "
    "becomes too modest, and a teacher forgets which wrong answers are nearly right.",
)
st.subheader("So what")
st.markdown(
    "Label smoothing is cross-entropy against a target that admits doubt. Expect a training loss that ends at "
    "H(y), not at 0; logits that stay finite; and compare runs of different ε by a loss without smoothing. "
    "Leave it out where the probabilities themselves are the product."
)
sharing.code(smooth_labels, sparse_softmax_cross_entropy)
lessons.end(__file__)
