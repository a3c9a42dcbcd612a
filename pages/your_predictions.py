"""Your predictions: a model's probabilities, scored row by row."""

import streamlit as st

from xent_core import fit_temperature, reliability_curve, sparse_softmax_cross_entropy, surprise
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.exercises import checks
from xent_ui.exercises import code as sharing
from xent_ui.figures.your_predictions import Bill, Strip, bill, cooled, threshold
from xent_ui.formulas.your_predictions import found as found_formula
from xent_ui.formulas.your_predictions import row_of_bill
from xent_ui.live import show as live
from xent_ui.predictions import upload
from xent_ui.predictions.csv_table import quoted
from xent_ui.style.numbers import percent, text

worst_share = controls.Slider("worst", "Look at the worst rows, %", 1, 100, 20, 1)
CLIPS = {0.0: "off", 1e-15: "10⁻¹⁵", 1e-7: "10⁻⁷", 0.001: "0.001", 0.01: "0.01", 0.05: "0.05", 0.1: "0.1"}
clip = controls.Steps("least", "Clip: nothing counts as less likely than", CLIPS, 0.0)
cut_at = controls.Slider("cut", "Say yes from a probability of", 0.0, 1.0, 0.5, 0.01, "%.2f")

lessons.begin(__file__)
source = upload.predictions()
report, sample = source.report, source.is_sample


def share(part: float) -> str:
    return f"{100 * part:.1f} %"


@live.picture
def the_bill() -> None:
    """Every row's loss, worst first: who pays."""
    worst_percent, least = worst_share(), clip()
    guess = (
        checks.predict(
            f"The sample's model is right on {percent(float(report.hits.mean()))} of the photos. "
            "What is its log loss, in "
            f"nats? (Always answering with the class shares costs {text(report.baseline)}.)",
            answer=report.log_loss,
            low=0.0,
            high=2.0,
            step=0.05,
            unit=" nats",
        )
        if sample
        else None
    )
    worst = report.worst(worst_percent)
    dearest = int(report.order[worst - 1])
    losses, log_loss = report.clipped(least)
    shares = report.paid(least)
    here, paid = report.row(dearest, least), float(shares[worst - 1])
    live.show(
        bill(
            Bill(report.loss[report.order], losses, log_loss, report.baseline),
            worst=worst,
            paid=paid,
            guess=guess.at(35) if guess else None,
        ),
        says=f"{report.n:,} rows. Lock in a guess, or move a control, and see what each of them costs."
        if guess and guess.hidden
        else f"The log loss of {quoted(source.name)} is {text(log_loss, 4)} nats, the mean over {report.n:,} rows. "
        f"The worst {worst_percent} % of them pay {percent(paid)} of the bill.",
        handle=worst_share.handle("x"),
    )
    if not (guess and guess.hidden):
        live.formula(
            row_of_bill(
                float(report.right[dearest]),
                least,
                report.n,
                value=float(here.value),
                grad=float(here.grad),
                log_loss=log_loss,
            )
        )
    before = float(shares[report.worst(worst_percent - 1) - 1])
    checks.challenge(
        "Find the smallest share of the rows that pays half of the bill.",
        name="half",
        solved=not least and paid >= 0.5 > before,
    )
    checks.challenge("Clip until no row costs more than 3 nats.", name="clip", solved=least > 0 and losses[0] <= 3)
    sharing.state(
        surprise, float(report.right[dearest]), torch=sharing.torch_backward("-p.log()", p=float(report.right[dearest]))
    )


the_bill()
st.markdown(
    "Each row costs −ln of the probability that the model gave to what was true, and the log loss is their mean. "
    "So a model's bill is mostly paid by the few rows on which it was sure and wrong: look at those first. "
    "Clipping hides them from the mean, and their gradient with them; it mends nothing."
)
upload.tables(report)

st.header("Does it mean what it says?")


@live.picture
def the_temperature() -> None:
    """The judged half at a temperature: its reliability above, its log loss below."""
    chosen = controls.temperature()
    with live.side():
        st.caption("A dot below the dashed line is a promise not kept: of the rows called 90 % sure, fewer came true.")
    now, plain, best = (report.cooled(T, bins=10) for T in (chosen, 1.0, report.temperature))
    live.show(
        cooled(
            now.curve,
            Strip(*report.strip, plain.log_loss, report.temperature, best.log_loss),
            at=(chosen, now.log_loss),
        ),
        says=f"At T = {chosen:g} the log loss is {text(now.log_loss)} nats, the calibration error "
        f"{share(now.calibration_error)}. The temperature fitted on {report.fitted_on:,} rows is "
        f"{text(report.temperature)}: on {report.judged_on:,} others it takes the log loss from "
        f"{text(plain.log_loss)} to {text(best.log_loss)}, the calibration error from "
        f"{share(plain.calibration_error)} to {share(best.calibration_error)}."
        + (f" Left out here: {report.hopeless:,} that gave 0 to what was true." if report.hopeless else ""),
        handle=controls.temperature.handle("x"),
        tall=True,
    )
    checks.challenge(
        "Cool too far: make the log loss as bad as it was at T = 1, to the second decimal.",
        name="modest",
        solved=chosen > 1.2 and f"{now.log_loss:.2f}" == f"{plain.log_loss:.2f}",
    )
    checks.impossible(
        "Find a temperature at which one more row is right.",
        solved=now.right > plain.right,
        name="argmax",
        because="Dividing all logits of a row by the same T keeps their order, so the class called likeliest stays. "
        "A temperature changes how sure the model is, never what it says.",
    )


the_temperature()
st.markdown(
    "One number, fitted on half of the rows, can mend a whole model. It is judged on the other half, "
    "because a number always suits the rows that it was fitted on."
)

st.header("Yes or no?")


@live.picture
def the_threshold() -> None:
    """One class against the rest, cut at a threshold."""
    of_class = upload.class_of_interest(report)
    cut = cut_at()
    with live.side():
        st.caption("Up: rows that are of the class. Down: the others, to a scale of their own.")
    counts = report.confusion(of_class, cut)
    name = report.predictions.classes[of_class]
    live.show(
        threshold(*report.spread(of_class, bins=40), cut=cut, counts=counts, name=name),
        says=f"Saying {quoted(name)} from a probability of {cut:g} on finds {counts.found:,} and misses "
        f"{counts.missed:,}; {counts.false_alarms:,} others are called {quoted(name)} too.",
        handle=cut_at.handle("x"),
    )
    live.formula(found_formula(*counts[:3]))
    if sample:
        checks.challenge(
            "Find at least 45 of the 64 foxes with fewer than 40 false alarms.",
            name="foxes",
            solved=name == "fox" and counts.found >= 45 and counts.false_alarms < 40,
        )
    with live.tasks():
        upload.download("All classes at this threshold as CSV", lambda: report.at_threshold(cut), "threshold")


the_threshold()

left, right = st.columns(2)
with left:
    checks.misconception(
        "To lower the log loss, a model must be right more often.",
        name="right_more_often",
        shows={"cool": 2.0},
        because="Dividing the sample's logits by 2 lowers its log loss by a fifth, and not one answer changes. "
        "It was right often enough and far too sure.",
    )
with right:
    checks.misconception(
        "A handful of bad rows cannot matter among hundreds.",
        name="handful",
        shows={"worst": 6},
        because="They can be most of the bill: of the sample's 400 rows the worst 24 pay as much as the other 376. "
        "A mean of logarithms has no mercy on the confidently wrong.",
    )
st.subheader("So what")
st.markdown(
    "Score probabilities, not only answers; read the worst rows before you change the model; fit a temperature on "
    "rows you keep for it. Choose a threshold last, for what a miss and a false alarm cost you: it is a decision, not "
    "a loss."
)
sharing.code(surprise, sparse_softmax_cross_entropy, fit_temperature, reliability_curve)
lessons.end(__file__)
