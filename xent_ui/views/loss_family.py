"""The pictures of the lesson on the family of losses."""

from typing import Any, Final

import numpy as np

from xent_core import (
    absolute_error,
    best_constant,
    binary_cross_entropy_with_logits,
    categorical_cross_entropy,
    constant_prediction_loss,
    entropy,
    hinge_loss,
    huber_loss,
    kl_divergence,
    listnet_loss,
    one_hot,
    pairwise_hinge_loss,
    softmax,
    squared_error,
    squared_hinge_loss,
)
from xent_ui.controls.declarations import Choice, Slider, Sliders
from xent_ui.figures import loss_family as figures
from xent_ui.formulas import loss_family as formulas
from xent_ui.style.numbers import counted, exact_text, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

HOUSES: Final = (2.0, 2.4, 3.0, 3.4)  # in hundred thousand
PRICES = np.linspace(0, figures.HIGHEST_PRICE, 121)
EVEN_MARGINS = np.linspace(-figures.HIGHEST_MARGIN, figures.HIGHEST_MARGIN, 121)
MARGINS = np.sort([*EVEN_MARGINS, 1 - 1e-9])  # the extra point makes the jump in the slope of the hinge vertical
BINS, TRUE_BIN, FAVORED = np.arange(12), 3, 0.7  # the favored bin has probability 0.7; the others share the rest
FORECASTS = np.where(np.eye(len(BINS)) == 1, FAVORED, (1 - FAVORED) / (len(BINS) - 1))
NAMES: Final = "ABCD"
RELEVANCE = np.array([3.0, 2.0, 1.0, 0.0])
PAIRS: Final = [(i, j) for i in range(4) for j in range(i + 1, 4)]  # the more relevant item first
MARGIN_LOSSES: Final[dict[str, Any]] = {
    "log loss": binary_cross_entropy_with_logits,
    "hinge": hinge_loss,
    "squared hinge": squared_hinge_loss,
}
TORCH_OF_MARGIN: Final = {
    "log loss": "torch.nn.functional.softplus(-m)",
    "hinge": "(1 - m).clamp(min=0)",
    "squared hinge": "(1 - m).clamp(min=0) ** 2",
}

task = Choice(
    "task",
    "What do you want to predict?",
    {
        "number": "a number",
        "side": "yes or no",
        "order": "an order",
        "class": "one of many",
        "rare": "a rare class",
        "belief": "a distribution",
    },
    "number",
)
castle = Slider("castle", "The castle sold for", 0.5, figures.HIGHEST_PRICE, 10.0, 0.1, "%.1f")
price = Slider("price", "You say, for any house", 0.0, figures.HIGHEST_PRICE, 6.0, 0.01)
error = Choice("error", "Loss", {name: name for name in ("squared", "absolute", "Huber")}, "squared")
delta = Slider("delta", "Huber's δ", 0.1, 3.0, 1.0, 0.1, "%.1f").when(error=["Huber"])
bet = Slider("bet", "Most of the probability is on bin", 0, 11, 4, 1)
margin = Slider("margin", "Score on the right side", -figures.HIGHEST_MARGIN, figures.HIGHEST_MARGIN, 0.5, 0.05)
of_margin = Choice("of_margin", "Loss", {"log loss": "log loss", "hinge": "hinge", "squared hinge": "hinge²"}, "hinge")
of_list = Choice("of_list", "Loss", {"pairs": "pairwise hinge", "list": "ListNet"}, "pairs")
scores = [
    Slider(f"s{name}", f"Score of {name}", -figures.HIGHEST_SCORE, figures.HIGHEST_SCORE, start, 0.1, "%.1f")
    for name, start in zip(NAMES, (0.5, 1.2, -1.0, 0.8), strict=True)
]
best_price = Question(
    "loss_family",
    "Four houses sold for 2, 2.4, 3 and 3.4 (hundred thousand), a castle for 10. Which one price for all five has "
    "the least squared error?",
    answer=lambda: best_constant(squared_error, [*HOUSES, 10.0]),
    low=0.0,
    high=12.0,
    step=0.1,
)


def without_noise(values: Any) -> Any:
    """Return values rounded to 12 decimals, so that a slope of 0 is not shown as 1e-16."""
    return np.round(values, 12) + 0.0


@view(
    sold=castle,
    c=price,
    name=error,
    delta=delta,
    guess=best_price,
    tasks=[
        Task("mean", "Castle at 10: say what costs least under squared error."),
        Task("agree", "Drag the castle until mean and median agree (to 0.01)."),
        impossible(
            "median",
            "Keep the castle above 3 and make the median move.",
            because="Under absolute error every house pulls with the same force, near or far. While two houses lie on "
            "either side of 3, the pulls cancel there, however expensive the castle.",
        ),
    ],
)
def one_number(sold: float, c: float, name: str, delta: float, guess: Guess) -> View:
    """One price for all houses, and the best price under each loss, on which the castle pulls differently."""
    losses: dict[str, tuple[Any, dict[str, Any], str]] = {
        "squared": (squared_error, {}, "mse_loss"),
        "absolute": (absolute_error, {}, "l1_loss"),
        "Huber": (huber_loss, {"delta": delta}, "huber_loss"),
    }
    loss, options, in_torch = losses[name]
    houses = [*HOUSES, sold]
    best = {each: best_constant(of, houses, **given) for each, (of, given, _) in losses.items()}
    value, slope = (float(without_noise(part)) for part in constant_prediction_loss(loss, c, houses, **options))
    arguments = f"c.expand(5), torch.tensor({houses}, dtype=c.dtype)" + "".join(
        f", {k}={v}" for k, v in options.items()
    )
    return View(
        figures.one_price(
            PRICES,
            constant_prediction_loss(loss, PRICES, houses, **options).value,
            best=best,
            chosen=name,
            houses=houses,
            at=(c, value, slope),
            most=40.0 if name == "squared" else 8.0,
            guess=guess.at(0),
        ),
        caption="Five prices. Which one number stands for them all?"
        if guess.hidden
        else f"Best price under each loss: {', '.join(f'{each} {text(p)}' for each, p in best.items())}.",
        formula=formulas.one_price(name, c, houses, delta, value, slope),
        solved={
            "mean": name == "squared" and sold == 10 and c == 4.16,
            "agree": abs(best["squared"] - best["absolute"]) < 0.0101,
            "median": sold > 3 and abs(best["absolute"] - 3) > 1e-6,
        },
        handles=[price.handle("x", at=0.75), castle.handle("x", at=0.25)],
        code=call(
            constant_prediction_loss,
            loss,
            c,
            np.array(houses),
            torch=backward(f"torch.nn.functional.{in_torch}({arguments})", c=c),
            **options,
        ),
    )


@view(k=bet)
def in_bins(k: int) -> View:
    """Cross-entropy over bins of the price, for which a near miss costs as much as a far one."""
    in_nats = categorical_cross_entropy(FORECASTS, one_hot(TRUE_BIN, len(BINS)))
    squares = squared_error(BINS, TRUE_BIN)
    return View(
        figures.bets(BINS, in_nats.value, squares.value, at=k, true=TRUE_BIN),
        caption=f"The house sold in bin {TRUE_BIN}. A forecast that favors bin {k} has a cross-entropy of "
        f"{text(float(in_nats.value[k]))} nats and a squared error of {text(float(squares.value[k]))}.",
        formula=formulas.bet(
            FAVORED,
            len(BINS),
            k,
            TRUE_BIN,
            squared=(float(squares.value[k]), float(squares.grad[k])),
            in_bins=(float(in_nats.value[k]), float(in_nats.grad[k, TRUE_BIN])),
        ),
        handles=[bet.handle("x")],
    )


@view(
    m=margin,
    name=of_margin,
    tasks=[
        Task("content", "Bring the hinge to 0 while log loss still asks for more."),
        Task("four", "Make the squared hinge cost 4."),
        impossible(
            "zero",
            "Make log loss 0.",
            because="ln(1 + e⁻ᵐ) is above 0 for every margin m: a probability below 1 is never free. The hinge asks "
            "only for a margin of 1, and then looks away.",
        ),
    ],
)
def yes_or_no(m: float, name: str) -> View:
    """Three losses of the margin, which is the distance of the score from 0 on the right side."""
    losses = {each: (loss(MARGINS, np.ones(len(MARGINS), int)), loss(m, 1)) for each, loss in MARGIN_LOSSES.items()}
    value = {each: float(at_m.value) for each, (_, at_m) in losses.items()}
    return View(
        figures.margins(m, MARGINS, losses, chosen=name),
        caption=f"A score of {exact_text(m)} on the right side: "
        f"{', '.join(f'{each} {text(loss)}' for each, loss in value.items())}.",
        formula=formulas.of_margin(name, m, value[name], float(losses[name][1].grad)),
        solved={
            "content": value["hinge"] == 0 and value["log loss"] > 0,
            "four": value["squared hinge"] == 4,
            "zero": value["log loss"] == 0,
        },
        handles=[margin.handle("x")],
        code=call(
            MARGIN_LOSSES[name],
            m,
            1,
            torch=backward(TORCH_OF_MARGIN[name], m=m),
            differs="A margin of exactly 1 is the kink of the hinge, where any slope from −1 to 0 is right. xent_core "
            "takes 0, and PyTorch's `clamp` takes −1."
            if name == "hinge" and m == 1
            else "",
        ),
    )


@view(
    kind=of_list,
    s=Sliders(tuple(scores)),
    tasks=[
        Task("no_pair", "Bring the pairwise hinge to 0."),
        Task("to_the_floor", "Bring ListNet within 0.001 of its floor."),
        impossible(
            "below",
            "Bring ListNet below 0.9 nats.",
            because="ListNet is the cross-entropy of a soft target, softmax(3, 2, 1, 0). Its floor is that target's "
            "entropy: the best scores repeat the target, and the excess above the floor is KL.",
        ),
    ],
)
def an_order(kind: str, s: np.ndarray) -> View:
    """The ranking of four items, by a pairwise loss or by a loss of the probability of coming first."""
    tenths = np.round(10 * s)  # as whole numbers, a lead of exactly 1 is exact; in binary, 2.3 - 1.3 is not 1
    pairwise = pairwise_hinge_loss(tenths, RELEVANCE, margin=10)
    in_pairs, listwise = float(pairwise.value) / 10, listnet_loss(s, RELEVANCE)
    first, truth = softmax(s), softmax(RELEVANCE)
    floor, excess = float(entropy(truth).value), float(without_noise(kl_divergence(truth, first).value))
    slopes = without_noise(pairwise.grad if kind == "pairs" else listwise.grad)
    leads = np.array([tenths[i] - tenths[j] for i, j in PAIRS]) / 10
    short = [(*pair, lack) for pair, lack in zip(PAIRS, hinge_loss(leads, 1).value.tolist(), strict=True) if lack > 0]
    items = figures.Items(NAMES, s, -slopes)
    if kind == "pairs":
        figure = figures.ranking(items, missing=short)
        shown = f"{counted(len(short), 'pair')} of 6 {'lacks' if len(short) == 1 else 'lack'} a lead of 1: "
        shown += f"pairwise hinge {text(in_pairs)}."
        formula = formulas.pairs(s.tolist(), in_pairs, slopes.tolist())
        code = _code_of_pairs(s, in_pairs, slopes, kink=1 in leads)
    else:
        figure = figures.ranking(items, first=first, parts=(floor, excess))
        shown = f"Beside each item is its probability of coming first. ListNet {text(float(listwise.value))} nats: "
        shown += f"floor {text(floor)}, excess {text(excess)}."
        formula = formulas.list_net(s.tolist(), RELEVANCE.tolist(), float(listwise.value), float(slopes[0]))
        target = "torch.tensor([3, 2, 1, 0], dtype=s.dtype).softmax(0)"
        torch = backward(f"torch.nn.functional.cross_entropy(s, {target})", s=s)
        code = call(listnet_loss, s, RELEVANCE, torch=torch)
    order = " ".join(NAMES[i] for i in np.argsort(-s, kind="stable"))
    return View(
        figure,
        caption=f"By score the order is {order}. {shown}",
        formula=formula,
        solved={"no_pair": in_pairs == 0, "to_the_floor": excess < 0.001, "below": bool(listwise.value < 0.9)},
        handles=[slider.handle("x", at=3 - i) for i, slider in enumerate(scores)],
        code=code,
    )


def _code_of_pairs(s: np.ndarray, value: float, grad: np.ndarray, *, kink: bool) -> Code:
    """Return the code of the pairwise hinge, computed in tenths of a score so that a lead of 1 is exact.

    kink  whether a lead is exactly 1
    """
    better, worse = ([pair[side] for pair in PAIRS] for side in (0, 1))
    return Code(
        numpy="\n".join(
            [
                "import numpy as np",
                "",
                "from xent_core import pairwise_hinge_loss",
                "",
                f"s = {written(s)}",
                "tenths = np.round(10 * s)  # whole numbers: in binary, 2.3 - 1.3 is not exactly 1",
                f"value, grad = pairwise_hinge_loss(tenths, {written(RELEVANCE)}, margin=10)",
                "value = value / 10  # grad is the same for scores and for tenths of them",
                "print(value, grad)",
            ]
        ),
        torch=backward(
            "torch.nn.functional.margin_ranking_loss(\n"
            f"    10 * s[{better}], 10 * s[{worse}], torch.ones(6), margin=10) / 10",
            s=s,
        ),
        value=np.asarray(value),
        grad=grad,
        differs="A lead of exactly 1 is the kink of the hinge. There xent_core takes the slope 0, and PyTorch's "
        "`margin_ranking_loss` the slope of a lead that is too small."
        if kink
        else "",
    )
