"""The family of losses: each task has its own."""

import numpy as np
import streamlit as st

import xent_core as core
from xent_core.regression import best_constant, constant_prediction_loss
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.course import menu
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures import loss_family as figures
from xent_ui.formulas import loss_family as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import exact_text, text

TASKS = {
    "number": "a number",
    "side": "yes or no",
    "order": "an order",
    "class": "one of many",
    "rare": "a rare class",
    "belief": "a distribution",
}
task = controls.Choice("task", "What do you want to predict?", TASKS, "number")
ELSEWHERE = {
    "class": ("One of many kinds, exactly one of them right", "softmax_cross_entropy"),
    "rare": ("A yes that hardly ever comes", "class_weights", "focal_loss"),
    "belief": ("A whole distribution, or a label that is itself unsure", "cross_entropy", "label_smoothing"),
}
HOUSES = (2.0, 2.4, 3.0, 3.4)  # hundred thousand
castle = controls.Slider("castle", "The castle sold for", 0.5, figures.DEAREST, 10.0, 0.1)
price = controls.Slider("price", "You say, for any house", 0.0, figures.DEAREST, 6.0, 0.01)
error = controls.Choice("error", "Loss", {"squared": "squared", "absolute": "absolute", "Huber": "Huber"}, "squared")
delta = controls.Slider("delta", "Huber's δ", 0.1, 3.0, 1.0, 0.1)
bet = controls.Slider("bet", "Most of the bet is on bin", 0, 11, 4, 1)
margin = controls.Slider("margin", "Score on the right side", -figures.FARTHEST, figures.FARTHEST, 0.5, 0.05)
of_margin = controls.Choice(
    "of_margin", "Loss", {"log loss": "log loss", "hinge": "hinge", "squared hinge": "hinge²"}, "hinge"
)
of_list = controls.Choice("of_list", "Loss", {"pairs": "pairwise hinge", "list": "ListNet"}, "pairs")
NAMES, RELEVANCE = "ABCD", np.array([3.0, 2.0, 1.0, 0.0])
scores = [
    controls.Slider(f"s{name}", f"Score of {name}", -figures.HIGHEST, figures.HIGHEST, start, 0.1)
    for name, start in zip(NAMES, (0.5, 1.2, -1.0, 0.8), strict=True)
]
PRICES, MARGINS, BINS = np.linspace(0, figures.DEAREST, 121), np.linspace(-3, 3, 121), np.arange(12)
TRUE_BIN, MOST = 3, 0.7  # the house sold for 3 to 4; the bet puts 0.7 on one bin and shares the rest
BETS = np.where(np.eye(12) == 1, MOST, (1 - MOST) / 11)

lessons.begin(__file__)
chosen = task()


@live.picture
def one_number() -> None:
    """One price for every house: each loss has its own best, and the castle pulls on them differently."""
    sold, said, name = castle(), price(), error()
    d = delta() if name == "Huber" else delta.default
    prediction = checks.predict(
        "Four houses sold for 2, 2.4, 3 and 3.4 (hundred thousand), a castle for 10. Which one price for all five has "
        "the least squared error?",
        answer=best_constant(core.squared_error, [*HOUSES, 10.0]),
        low=0.0,
        high=12.0,
        step=0.1,
    )
    losses = {
        "squared": (core.squared_error, {}),
        "absolute": (core.absolute_error, {}),
        "Huber": (core.huber_loss, {"delta": d}),
    }
    houses = [*HOUSES, sold]
    best = {each: best_constant(loss, houses, **options) for each, (loss, options) in losses.items()}
    loss, options = losses[name]
    here = constant_prediction_loss(loss, said, houses, **options)
    live.show(
        figures.one_price(
            PRICES,
            constant_prediction_loss(loss, PRICES, houses, **options).value,
            best=best,
            chosen=name,
            houses=houses,
            at=(said, float(here.value), float(here.grad)),
            most=40.0 if name == "squared" else 8.0,
            guess=prediction.at(0),
        ),
        says="Five prices. Which one number stands for them all?"
        if prediction.hidden
        else "Cheapest to say: " + ", ".join(f"{each} {text(p)}" for each, p in best.items()) + ".",
        handle=[price.handle("x", at=0.75), castle.handle("x", at=0.25)],
    )
    live.formula(formulas.one_price(name, said, houses, d, float(here.value), float(here.grad)))
    checks.challenge(
        "Castle at 10: say what costs least under squared error.",
        name="mean",
        solved=name == "squared" and sold == 10 and said == 4.16,
    )
    checks.challenge(
        "Drag the castle until mean and median agree (to 0.01).",
        name="agree",
        solved=abs(best["squared"] - best["absolute"]) < 0.0101,
    )
    checks.impossible(
        "Keep the castle dearer than 3 and make the median move.",
        name="median",
        solved=sold > 3 and abs(best["absolute"] - 3) > 1e-6,
        because="Under absolute error every house pulls with the same force, near or far. While two houses lie on "
        "either side of 3, the pulls cancel there, however dear the castle.",
    )
    functional = {"squared": "mse_loss(", "absolute": "l1_loss(", "Huber": f"huber_loss(delta={d}, "}[name]
    sharing.state(
        loss,
        said,
        np.array(houses),
        **options,
        torch=sharing.torch_backward(
            f"torch.nn.functional.{functional}input=c.expand(5), reduction='none',\n"
            f"    target=torch.tensor({houses}, dtype=c.dtype))",
            c=said,
        ),
    )


@live.picture
def in_bins() -> None:
    """Cross-entropy over bins of the price: a near miss costs what a far one costs."""
    k = bet()
    costs = core.categorical_cross_entropy(BETS, core.one_hot(TRUE_BIN, 12))
    squares = core.squared_error(BINS, TRUE_BIN)
    live.show(
        figures.bets(BINS, costs.value, squares.value, at=k, true=TRUE_BIN),
        says=f"The house sold in bin {TRUE_BIN}. A bet on bin {k} costs {text(float(costs.value[k]))} nats of "
        f"cross-entropy and {text(float(squares.value[k]))} of squared error.",
        handle=bet.handle("x"),
    )
    live.formula(
        formulas.bet(
            MOST,
            12,
            k,
            TRUE_BIN,
            squared=(float(squares.value[k]), float(squares.grad[k])),
            in_bins=(float(costs.value[k]), float(costs.grad[k, TRUE_BIN])),
        )
    )


@live.picture
def yes_or_no() -> None:
    """Three losses of a margin: how far the score lies on the right side of 0."""
    m, name = margin(), of_margin()
    each = {
        "log loss": core.binary_cross_entropy_with_logits,
        "hinge": core.hinge_loss,
        "squared hinge": core.squared_hinge_loss,
    }
    both = {n: (loss(MARGINS, np.ones(121, int)), loss(m, 1)) for n, loss in each.items()}
    here = both[name][1]
    live.show(
        figures.margins(m, MARGINS, both, chosen=name),
        says=f"A score of {exact_text(m)} on the right side: "
        + ", ".join(f"{n} {text(float(at.value))}" for n, (_, at) in both.items())
        + ".",
        handle=margin.handle("x"),
    )
    live.formula(formulas.of_margin(name, m, float(here.value), float(here.grad)))
    hinge, log = both["hinge"][1].value, both["log loss"][1].value
    checks.challenge(
        "Make the hinge content while log loss still asks for more.",
        name="content",
        solved=bool(hinge == 0 and log > 0),
    )
    checks.challenge("Make the squared hinge cost 4.", name="four", solved=both["squared hinge"][1].value == 4)
    checks.impossible(
        "Make log loss 0.",
        solved=bool(log == 0),
        name="zero",
        because="ln(1 + e⁻ᵐ) is above 0 for every margin m: a probability below 1 is never free. The hinge asks only "
        "for a margin of 1, and then looks away.",
    )
    written = {
        "log loss": "torch.nn.functional.softplus(-m)",
        "hinge": "(1 - m).clamp(min=0)",
        "squared hinge": "(1 - m).clamp(min=0) ** 2",
    }
    sharing.state(each[name], m, 1, torch=sharing.torch_backward(written[name], m=m))


@live.picture
def an_order() -> None:
    """Four items to be ranked A, B, C, D: by pairs, or as a distribution of who comes first."""
    kind = of_list()
    s = np.array(controls.side_by_side(*scores))
    pairwise, listwise = core.pairwise_hinge_loss(s, RELEVANCE), core.listnet_loss(s, RELEVANCE)
    first, truth = core.softmax(s), core.softmax(RELEVANCE)
    floor, excess = float(core.entropy(truth).value), float(core.kl_divergence(truth, first).value)
    lacks = [(i, j, float(core.hinge_loss(s[i] - s[j], 1).value)) for i in range(4) for j in range(i + 1, 4)]
    short = [pair for pair in lacks if pair[2] > 0]
    shown = (
        f"{len(short)} of 6 pairs lack a lead of 1: pairwise hinge {text(float(pairwise.value))}."
        if kind == "pairs"
        else "Beside each item its chance of coming first. "
        f"ListNet {text(float(listwise.value))} nats: floor {text(floor)}, excess {text(excess)}."
    )
    order = " ".join(sorted(NAMES, key=lambda name: -s[NAMES.index(name)]))
    items = figures.Items(NAMES, s, -(pairwise if kind == "pairs" else listwise).grad)
    live.show(
        figures.ranking(items, missing=short)
        if kind == "pairs"
        else figures.ranking(items, first=first, parts=(floor, excess)),
        says=f"By score the order is {order}. {shown}",
        handle=[slider.handle("x", at=3 - i) for i, slider in enumerate(scores)],
    )
    live.formula(
        formulas.pairs(s.tolist(), float(pairwise.value), pairwise.grad.tolist())
        if kind == "pairs"
        else formulas.list_net(s.tolist(), RELEVANCE.tolist(), float(listwise.value), float(listwise.grad[0]))
    )
    checks.challenge("Bring the pairwise hinge to 0.", solved=bool(pairwise.value == 0), name="no_pair")
    checks.challenge("Bring ListNet within 0.001 of its floor.", solved=excess < 0.001, name="to_the_floor")
    checks.impossible(
        "Bring ListNet below 0.9 nats.",
        solved=bool(listwise.value < 0.9),
        name="below",
        because="ListNet is the cross-entropy of a soft target, softmax(3, 2, 1, 0). Its floor is that target's "
        "entropy: the best scores repeat the target, and the excess above the floor is KL.",
    )
    torch_loss = (
        "torch.nn.functional.margin_ranking_loss(\n"
        "    s[[0, 0, 0, 1, 1, 2]], s[[1, 2, 3, 2, 3, 3]], torch.ones(6), margin=1.0)"
        if kind == "pairs"
        else "torch.nn.functional.cross_entropy(s, torch.tensor([3, 2, 1, 0], dtype=s.dtype).softmax(0))"
    )
    sharing.state(
        core.pairwise_hinge_loss if kind == "pairs" else core.listnet_loss,
        s,
        RELEVANCE,
        torch=sharing.torch_backward(torch_loss, s=s),
    )


if chosen == "number":
    one_number()
    st.markdown(
        "Squared error pulls like a rubber band, the harder the farther: its best price is the mean. Absolute error "
        "pulls equally from anywhere: the median. Huber is a band that stops stretching at δ."
    )
    st.header("Why not cross-entropy for a price?")
    in_bins()
    st.markdown(
        "Bins have no neighbors: one off or eight off, the price of being wrong is the same. Say a bell curve of "
        "fixed width instead, and −log of it *is* squared error, halved, plus a constant: a close family after all."
    )
elif chosen == "side":
    yes_or_no()
    st.markdown(
        "All three punish the wrong side. The hinges stop at a margin of 1, so only hard examples move the line; log "
        "loss never stops, and in return its score can be read as a probability."
    )
elif chosen == "order":
    an_order()
    st.markdown(
        "For an order only differences of scores count; an arrow shows where the loss moves each item. Pairs are "
        "compared two by two; ListNet looks at the whole list at once, and cares most about the top."
    )
else:
    described, *pages = ELSEWHERE[chosen]
    st.markdown(f"{described}: these losses have lessons of their own.")
    for page in pages:
        lesson = lessons.named(page)
        menu.link(lesson.path, f"**{lesson.title}** · {lesson.promise}", icon=":material/arrow_forward:")

left, right = st.columns(2)
with left:
    checks.misconception(
        "The loss changes how fast you learn, not what.",
        name="what",
        shows={"task": "number", "castle": 12.0, "price": 4.56, "error": "squared"},
        because="With the castle at 12, squared error ends at 4.56 and absolute error at 3. Same data, another answer.",
    )
with right:
    checks.misconception(
        "Once the order is right, a ranking loss is 0.",
        name="order",
        shows={"task": "order", "of_list": "pairs", "sA": 0.3, "sB": 0.2, "sC": 0.1, "sD": 0.0},
        because="The order is A B C D, and all six pairs still lack their lead of 1: the loss asks for distance too.",
    )
st.subheader("So what")
st.markdown(
    "Choose the loss by what you need back: a mean, a median, a side, an order, or a probability. "
    "Cross-entropy is the one for probabilities."
)
sharing.code(core.squared_error, core.huber_loss, core.hinge_loss, core.pairwise_hinge_loss, core.listnet_loss)
lessons.end(__file__)
