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
from xent_ui.style.numbers import counted, digits_that_add, exact_text, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

HOUSES: Final = (2.0, 2.4, 3.0, 3.4)  # in hundred thousand
PRICES = np.linspace(0, figures.HIGHEST_PRICE, 121)
EVEN_MARGINS = np.linspace(-figures.HIGHEST_MARGIN, figures.HIGHEST_MARGIN, 121)
MARGINS = np.sort([*EVEN_MARGINS, 1 - 1e-9])  # the extra point makes the jump in the slope of the hinge vertical
BINS, TRUE_BIN, FAVORED = np.arange(12), 3, 0.7  # the favored bin has probability 0.7; the others share the rest
KNOWN_PRICES: Final = PRICES[PRICES >= 6]  # where the curve is shown while the guess at its lowest point is open
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

castle = Slider("castle", "Price of the castle", 0.5, figures.HIGHEST_PRICE, 10.0, 0.1, "%.1f")
price = Slider("price", "Your price for all five", 0.0, figures.HIGHEST_PRICE, 6.0, 0.01)
error = Choice("error", "Loss", {name: name for name in ("squared", "absolute", "Huber")}, "squared")
delta = Slider("delta", "Huber's δ", 0.1, 3.0, 1.0, 0.1, "%.1f").when(error=["Huber"])
bet = Slider("bet", "The forecast favors bin", 0, 11, 4, 1)
forecast = Choice("forecast", "Forecast", {"bins": "70 % on one bin", "bell": "a bell curve"}, "bins")
margin = Slider("margin", "Margin, *m*", -figures.HIGHEST_MARGIN, figures.HIGHEST_MARGIN, 0.5, 0.05)
of_margin = Choice("of_margin", "Loss", {"log loss": "log loss", "hinge": "hinge", "squared hinge": "hinge²"}, "hinge")
of_list = Choice("of_list", "Loss", {"pairs": "pairwise hinge", "list": "ListNet"}, "pairs")
scores = [
    Slider(f"s{name}", f"Score of {name}", -figures.HIGHEST_SCORE, figures.HIGHEST_SCORE, start, 0.1, "%.1f")
    for name, start in zip(NAMES, (0.5, 1.2, -1.0, 0.8), strict=True)
]
best_price = Question(
    "loss_family",
    "The houses sold for 2, 2.4, 3 and 3.4 hundred thousand dollars, the castle for 10. Which one price for all five "
    "has the lowest mean squared error?",
    answer=lambda: best_constant(squared_error, [*HOUSES, 10.0]),
    low=0.0,
    high=12.0,
    step=0.1,
    unit=" hundred thousand dollars",
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
        Task("mean", "With the castle at 10, find the price with the lowest squared error."),
        Task("agree", "Move the castle until the best prices under squared and absolute error differ by 0.01 or less."),
        impossible(
            "median",
            "With a castle that costs more than 3, move the best price under absolute error away from 3.",
            because="Under absolute error every house pulls with the same force, however far away it is. While the "
            "castle is above 3, two houses pull up and two pull down, and at 3 the pulls cancel.",
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
    shown = KNOWN_PRICES if guess.hidden else PRICES
    named = {each: f"Huber (δ = {exact_text(delta)})" if each == "Huber" else each for each in best}
    return View(
        figures.one_price(
            shown,
            constant_prediction_loss(loss, shown, houses, **options).value,
            best=best,
            chosen=name,
            houses=houses,
            at=(c, value, slope),
            most=40.0 if name == "squared" else 8.0,
            guess=guess.at(0),
        ),
        caption=f"The mean {name} {'loss' if name == 'Huber' else 'error'} is drawn for prices of 6 and more. At which "
        "price is the mean squared error lowest if the castle costs 10? Make a guess."
        if guess.hidden
        else "Best price in hundred thousand dollars: "
        f"{', '.join(f'{named[each]} {text(p)}' for each, p in best.items())}.",
        formula="" if guess.hidden else formulas.one_price(name, c, houses, delta, value, slope),
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


@view(k=bet, kind=forecast)
def in_bins(k: int, kind: str) -> View:
    """The cost of a forecast over bins of the price, for which a near miss costs as much as a far one; or of a bell."""
    squares = squared_error(BINS, TRUE_BIN).value
    if kind == "bins":
        nats = categorical_cross_entropy(FORECASTS, one_hot(TRUE_BIN, len(BINS))).value
        told = f"A forecast with 70 % on bin {k} and 30 % spread over the other 11 costs {text(float(nats[k]))} nats"
        formula = formulas.bet(FAVORED, len(BINS), k, TRUE_BIN, value=float(nats[k]), squared=float(squares[k]))
    else:
        nats = squares / 2 + np.log(2 * np.pi) / 2
        told = f"A bell curve with σ = 1 around bin {k} costs {text(float(nats[k]))} nats"
        formula = formulas.bell(k, TRUE_BIN, value=float(nats[k]), squared=float(squares[k]))
    return View(
        figures.bets(BINS, nats, squares, at=k, true=TRUE_BIN, ticks=(0, 2, 4, 6) if kind == "bins" else (0, 20, 40)),
        caption=f"The house sold in bin {TRUE_BIN}, for 300,000 to 400,000 dollars. {told}; its squared error is "
        f"{text(float(squares[k]))}.",
        formula=formula,
        handles=[bet.handle("x")],
    )


@view(
    m=margin,
    name=of_margin,
    tasks=[
        Task("content", "Find a margin with a hinge loss of 0 and a log loss above 0."),
        Task("four", "Find a margin with a squared hinge of exactly 4."),
        impossible(
            "zero",
            "Find a margin with a log loss of exactly 0.",
            because="ln(1 + e⁻ᵐ) is above 0 for every margin m, so log loss always rewards a larger one. Hinge loss "
            "asks for a margin of 1 and for nothing more.",
        ),
    ],
)
def yes_or_no(m: float, name: str) -> View:
    """Three losses of the margin, which is the score with its sign turned if no is right."""
    losses = {each: (loss(MARGINS, np.ones(len(MARGINS), int)), loss(m, 1)) for each, loss in MARGIN_LOSSES.items()}
    value = {each: float(at_m.value) for each, (_, at_m) in losses.items()}
    return View(
        figures.margins(m, MARGINS, losses, chosen=name),
        caption=f"At a margin of {exact_text(m)}, where {_answer(m)}: "
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


def _answer(m: float) -> str:
    return "the answer is right" if m > 0 else "the answer is wrong" if m < 0 else "yes and no are tied"


@view(
    kind=of_list,
    s=Sliders(tuple(scores)),
    tasks=[
        Task("no_pair", "Bring the pairwise hinge to 0."),
        Task("to_the_floor", "Bring ListNet to within 0.001 nats of its floor."),
        impossible(
            "below",
            "Bring ListNet below 0.9 nats.",
            because="ListNet is a cross-entropy with the soft label softmax(3, 2, 1, 0), whose entropy is 0.948 nats. "
            "That is its floor, and what is above it is a KL divergence, which is never negative.",
        ),
    ],
)
def an_order(kind: str, s: np.ndarray) -> View:
    """Four items whose right order is A, B, C, D, ranked by their scores, with a pairwise loss or ListNet."""
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
        digits = digits_that_add(floor, excess)
        shown = "Above each item is the model's probability that it comes first. ListNet is "
        shown += f"{text(float(listwise.value), digits)} nats: the floor H {text(floor, digits)} plus an excess of "
        shown += f"{text(excess, digits)}."
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
