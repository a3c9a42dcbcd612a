"""Why the logarithm: which rules make it pay to be honest."""

from functools import lru_cache

import numpy as np
import streamlit as st

from xent_core import best_report, expected_loss, one_sided_square_rule, quadratic_rule, spherical_rule, zero_one_rule
from xent_core.scoring import simplex_grid
from xent_ui.controls import controls, expressions
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.why_log import GUESS_AT, STEPS, Prices, line, triangle
from xent_ui.formulas import why_log as formulas
from xent_ui.live import show as live
from xent_ui.style.numbers import percent, text

NAMES = "ABC"
ASKED = np.array([0.6, 0.3, 0.1])
PAYS_MOST = float(best_report(one_sided_square_rule, ASKED)[0])
OTHERS = np.array([[0.5, 0.3, 0.2], [0.15, 0.6, 0.25], [0.3, 0.3, 0.4]])  # honesty is to hold for every belief
LOCAL = {
    name: expressions.parse(rule)
    for name, rule in {"square": "(1 - q)**2", "log": "-log(q)", "linear": "1 - q"}.items()
}
WHOLE = {"Brier": quadratic_rule, "spherical": spherical_rule, "0-1": zero_one_rule}
IN_TORCH = {
    "Brier": "((q - torch.eye(len(q))) ** 2).sum(-1)",
    "spherical": "1 - q / q.norm()",
    "0-1": "(q < q.max()) + 0 * q",
}
Q = np.linspace(0, 1, 201)
PAIRS = np.stack([Q, 1 - Q], axis=-1)

named = controls.Pills("rule", "You pay", {name: name for name in (*LOCAL, *WHOLE, "your own")}, "square")
typed = controls.Typed(
    "f",
    "Your own rule of q, said of what happens",
    "-log(q) + (1 - q)",
    expressions.parse,
    help="Numbers, q, + − * / **, brackets, log, sqrt, exp",
)
ways = controls.Choice("ways", "Outcomes", {3: "3", 2: "2"}, 3)
belief = controls.Distribution("b", tuple(f"You believe {name}" for name in NAMES), (60, 30, 10))


@lru_cache
def honest_everywhere(text: str) -> bool:
    rule = expressions.parse(text)
    return all(np.array_equal(best_report(rule, other), other) for other in OTHERS)


lessons.begin(__file__)


@live.picture
def honesty() -> None:
    """What you believe, and what it pays best to say under a rule."""
    name, k = named(), ways()
    local = typed() if name == "your own" else LOCAL.get(name)
    rule = local or WHOLE[name]
    weights = belief.weights(k)
    b = belief.shares(weights)
    guess = checks.predict(
        "You believe A 60 %, B 30 %, C 10 %, and will pay (1 − q)² for the chance q you gave to what happens. "
        "Which q for A costs you least?",
        answer=PAYS_MOST,
        low=0,
        high=1,
        step=0.01,
    )
    best = best_report(rule, b)
    honest, least = float(expected_loss(rule, b, b)), float(expected_loss(rule, b, best))
    prices = Prices(Q, rule(PAIRS)[:, 0])
    if k == 2:
        losses = expected_loss(rule, b, PAIRS)
        handles = belief.handles(weights, "x", at=Q)
        picture = line(float(b[0]), float(best[0]), losses, (honest, least), reports=Q, prices=prices)
    else:
        reports = simplex_grid(k, STEPS)
        losses = expected_loss(rule, b, reports)
        handles = belief.handles(weights, "y", at=Q)
        asked = name == "square" and np.allclose(b, ASKED)
        picture = triangle(b, best, reports, losses, prices=prices, guess=guess.at(GUESS_AT) if asked else None)
    pays = np.array_equal(best, b)
    alike = int(np.isclose(losses, least, rtol=1e-12, atol=0).sum())
    live.show(
        picture,
        handle=[handle for handle in handles if handle.key == "b1"],
        says="Each point is a report: the nearer to a corner, the surer. Which one costs least?"
        if guess.hidden
        else f"Honesty costs {text(honest)}, and so does any report with the same favorite."
        if pays and alike > 2
        else f"Honesty pays: no report costs less than the {text(honest)} of saying what you believe."
        if pays
        else f"Honesty costs {text(honest)}; saying {percent(float(best[0]), 2)} for A costs only {text(least)}.",
    )
    if local and guess.hidden:
        live.formula(formulas.only_the_rule(local))
    else:
        live.formula(
            formulas.local_rule(local, NAMES[:k], b, (honest, least))
            if local
            else formulas.whole_rule(name, (honest, least))
        )
    everywhere = name == "your own" and honest_everywhere(local.text)
    flat = float(np.ptp(prices.values[1:-1])) == 0
    checks.challenge("Make (1 − q)² honest.", solved=name == "square" and k == 2 and pays, name="honest_square")
    checks.challenge(
        "Write a rule of your own that is honest for any belief in three outcomes.",
        name="own_honest",
        solved=everywhere and not flat,
    )
    checks.impossible(
        "Write one that is not a·log(q) + c.",
        name="not_a_log",
        solved=everywhere and not flat and not expressions.is_affine_in_log(local),
        because="With three outcomes the pulls b·f′(b) must be equal whatever you believe, so q·f′(q) is a constant: "
        "f is a multiple of the logarithm, plus a constant. Brier and spherical escape by looking at all of q.",
    )
    shown = local.code("torch") if local else IN_TORCH[name]
    in_torch = sharing.torch_backward(f"torch.where(b > 0, b * ({shown}), 0).sum()", b=b, q=best)
    sharing.state(expected_loss, rule, b, best, torch=in_torch)


honesty()
st.markdown(
    "You say q, something happens, and you pay for the chance that you gave it. The pulls tell how much it would help "
    "to say a little more for each outcome. While they differ it pays to take from the weak and give to the strong, "
    "away from what you believe."
)
bold, counted = st.columns(2)
with bold:
    checks.misconception(
        "Any loss that falls as q rises rewards honesty.",
        name="falling",
        shows={"rule": "linear", "ways": 3},
        because="1 − q falls too, and its best report is 100 % for the likeliest outcome, whatever you believe. "
        "To fall is not enough: it must fall steeply where q is small.",
    )
with counted:
    checks.misconception(
        "Counting mistakes is enough to get honest probabilities.",
        name="counting",
        shows={"rule": "0-1", "ways": 3},
        because="Counting sees only which outcome you call likeliest: 34 % and 99 % pay the same. "
        "It never punishes honesty, and never rewards it.",
    )
st.subheader("So what")
st.markdown(
    "A network says what its loss makes it pay to say. The logarithm is the only price that looks at nothing but the "
    "probability of what happened and still makes honesty the best policy with three or more classes. Train with it, "
    "and what comes out can be meant as a probability."
)
sharing.code(best_report, expected_loss)
lessons.end(__file__)
