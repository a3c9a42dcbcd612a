"""The kinds of numeric problems of the interview: the right answer by xent_core, and common wrong ones."""

from typing import Final

import numpy as np

from xent_core import (
    Unit,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    entropy,
    kl_divergence,
    mean,
    one_hot,
    perplexity,
    sigmoid,
    sigmoid_focal_loss,
    smooth_labels,
    softmax,
    sparse_softmax_cross_entropy,
    squared_error,
    surprise,
    total,
)
from xent_core.reweighting import log_odds, reweighted
from xent_ui.self_test.questions.interview import ENGINEER, LOGITS, RESEARCH, SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text, percent, plain, text

MINUS = "That is the forgotten minus: {}."
OTHER_UNIT: Final = {
    Unit.BITS: "That is the answer in nats; asked were bits. A bit is ln 2 nats, so divide by ln 2.",
    Unit.NATS: "That is the answer in bits; asked were nats. Use the natural logarithm.",
}


def _share(rng: np.random.Generator, low: int = 2, high: int = 97) -> float:
    return int(rng.integers(low, high + 1)) / 100


def _unit(rng: np.random.Generator) -> tuple[Unit, Unit]:
    """Return the unit asked for, and the other one."""
    return (Unit.BITS, Unit.NATS) if rng.random() < 0.5 else (Unit.NATS, Unit.BITS)


def _one_surprise(rng: np.random.Generator) -> Draft:
    p, (unit, other) = _share(rng), _unit(rng)
    h = surprise(p).value
    return Draft(
        f"Something had a chance of {percent(p)}, and it happens. How surprising is that, in {unit.symbol}?",
        float(unit.of(h)),
        f"−{unit.log_name} {p:g} = {text(float(unit.of(h)))} {unit.symbol}.",
        (
            Wrong(float(other.of(h)), OTHER_UNIT[unit]),
            Wrong(
                -float(unit.of(h)), MINUS.format("the logarithm of a chance is negative, and surprise is minus that")
            ),
            Wrong(float(unit.of(surprise(1 - p).value)), "That is the surprise had it not happened."),
            Wrong(1 - p, "That is the chance that it does not happen: no logarithm was taken."),
        ),
        "surprise",
        {"p": exact_text(p), "unit": unit.symbol},
        unit,
    )


def _doubt(rng: np.random.Generator) -> Draft:
    p, (unit, other) = _share(rng, 3, 97), _unit(rng)
    h, each = entropy([p, 1 - p]).value, surprise(np.array([p, 1 - p])).value
    return Draft(
        f"A forecast says rain with {percent(p)}, else none. Its entropy, in {unit.symbol}?",
        float(unit.of(h)),
        "The surprise of each outcome, weighted with its chance, and added.",
        (
            Wrong(float(other.of(h)), OTHER_UNIT[unit]),
            Wrong(float(unit.of(each.sum())), "That adds the surprises without their chances: a sum for a mean."),
            Wrong(
                float(unit.of(each[0])), "That is the surprise of rain alone; entropy is the mean over both outcomes."
            ),
            Wrong(-float(unit.of(h)), MINUS.format("entropy is never negative")),
        ),
        "entropy",
        {"rain": f"{p:g}", "unit": unit.symbol},
        unit,
    )


def _one_mail(rng: np.random.Generator) -> Draft:
    p, y, (unit, other) = _share(rng, 3, 97), int(rng.integers(2)), _unit(rng)
    loss, branch = binary_cross_entropy(p, y).value, binary_cross_entropy(p, 1 - y).value
    return Draft(
        f"A model says {percent(p)} spam. The mail {'is' if y else 'is not'} spam. "
        f"Its binary cross-entropy, in {unit.symbol}?",
        float(unit.of(loss)),
        f"Minus the logarithm of what it gave to the truth, {percent(p if y else 1 - p)}.",
        (
            Wrong(
                float(unit.of(branch)), "That is the other branch: what it would cost had the other thing been true."
            ),
            Wrong(float(other.of(loss)), OTHER_UNIT[unit]),
            Wrong(-float(unit.of(loss)), MINUS.format("this loss is never negative")),
            Wrong(float(squared_error(p, float(y)).value), "That is the squared error, (p − y)²."),
        ),
        "binary_cross_entropy",
        {"given": "p", "spam": f"{p:g}", "y": f"y = {y}", "unit": unit.symbol},
        unit,
    )


def _one_logit(rng: np.random.Generator) -> Draft:
    z, y = int(rng.integers(-40, 41)) / 10, int(rng.integers(2))
    loss, p = binary_cross_entropy_with_logits(z, y).value, sigmoid(z)
    return Draft(
        f"A model gives the logit z = {text(z, 2)}; the truth is y = {y}. The loss, in nats?",
        float(loss),
        f"σ(z) = {text(float(p))} is the chance of 1; the loss is minus the logarithm of what y got.",
        (
            Wrong(
                float(binary_cross_entropy_with_logits(float(p), y).value),
                "That takes p for the logit: a probability was handed to a loss that applies the sigmoid itself.",
            ),
            Wrong(float(p), "That is p = σ(z), the probability, not what it costs."),
            Wrong(float(binary_cross_entropy_with_logits(z, 1 - y).value), "That is the loss if the other were true."),
            Wrong(float(Unit.BITS.of(loss)), OTHER_UNIT[Unit.NATS]),
        ),
        "binary_cross_entropy",
        {"given": "z", "z": f"{z:g}", "y": f"y = {y}", "unit": "nats"},
        Unit.NATS,
    )


def _batch(rng: np.random.Generator) -> Draft:
    p, (unit, other) = np.array([_share(rng, 3, 97) for _ in range(5)]), _unit(rng)
    y = np.array([1, 1, 0, 0, 0])
    losses = binary_cross_entropy(p, y)
    given = np.where(y == 1, p, 1 - p)
    whole = mean(losses).value
    said = ", ".join(percent(each) for each in p)
    return Draft(
        f"Five mails; the first two are spam, the others not. A model says spam with {said}. "
        f"The loss of the batch, its mean binary cross-entropy, in {unit.symbol}?",
        float(unit.of(whole)),
        "The mean of the five surprises at what was true.",
        (
            Wrong(float(unit.of(total(losses).value)), "That is the sum over the five; asked was the mean."),
            Wrong(
                float(unit.of(surprise(given.mean()).value)),
                "That is the logarithm of the mean chance; asked was the mean of the logarithms.",
            ),
            Wrong(float(other.of(whole)), OTHER_UNIT[unit]),
            Wrong(
                float(unit.of(mean(surprise(p)).value)), "That takes every mail for spam: where y = 0, 1 − p counts."
            ),
        ),
        "binary_cross_entropy",
        {f"mail{i}": f"{each:g}" for i, each in enumerate(p)} | {"unit": unit.symbol},
        unit,
    )


def _wrong_belief(rng: np.random.Generator) -> Draft:
    p, q = (_weights(rng, 3) for _ in range(2))
    unit, other = _unit(rng)
    value = cross_entropy(p / 100, q / 100).value
    return Draft(
        f"Three outcomes come with {_listed(p)}; you believe {_listed(q)}. What does each cost you on average, "
        f"in {unit.symbol}?",
        float(unit.of(value)),
        "−Σ p log q: how often it comes, times how it surprises a believer of q.",
        (
            Wrong(
                float(unit.of(cross_entropy(q / 100, p / 100).value)), "That is H(q, p): truth and belief are swapped."
            ),
            Wrong(float(unit.of(entropy(p / 100).value)), "That is the entropy H(p), what an honest belief would pay."),
            Wrong(float(unit.of(kl_divergence(p / 100, q / 100).value)), "That is KL, the excess alone; add H(p)."),
            Wrong(float(other.of(value)), OTHER_UNIT[unit]),
        ),
        "cross_entropy",
        _beliefs(p, q, unit),
        unit,
    )


def _excess(rng: np.random.Generator) -> Draft:
    p, q = (_weights(rng, 2) for _ in range(2))
    unit, other = _unit(rng)
    value = kl_divergence(p / 100, q / 100).value
    return Draft(
        f"A comes with {p[0]:g} %, B with {p[1]:g} %; you believe {q[0]:g} % and {q[1]:g} %. "
        f"KL(p‖q), in {unit.symbol}?",
        float(unit.of(value)),
        "Σ p log(p/q): what you pay above the entropy, because you believe q.",
        (
            Wrong(float(unit.of(kl_divergence(q / 100, p / 100).value)), "That is KL(q‖p): it is not symmetric."),
            Wrong(float(unit.of(cross_entropy(p / 100, q / 100).value)), "That is the cross-entropy; take H(p) off."),
            Wrong(float(other.of(value)), OTHER_UNIT[unit]),
            Wrong(-float(unit.of(value)), MINUS.format("KL is never negative; the fraction stands upside down")),
        ),
        "cross_entropy",
        _beliefs(p, q, unit),
        unit,
    )


def _slope(rng: np.random.Generator) -> Draft:
    z, y = rng.integers(-12, 13, 3) / 4, int(rng.integers(3))
    names = ("cat", "dog", "fox")
    loss = sparse_softmax_cross_entropy(z, y)
    p = softmax(z)[y]
    return Draft(
        f"Softmax over cat, dog and fox, with the logits {_numbers(z)}. It is a {names[y]}. "
        f"The slope of cross-entropy in the {names[y]}'s logit?",
        float(loss.grad[y]),
        f"p − y = {text(float(p))} − 1.",
        (
            Wrong(float(p), "That is p; the label has not been taken off."),
            Wrong(-float(loss.grad[y]), "That is 1 − p, the pull upwards; the slope is p − y. The minus is forgotten."),
            Wrong(-float(1 / p), "That is −1/p, the slope in the probability, not in the logit."),
            Wrong(float(loss.value), "That is the loss itself, not its slope."),
        ),
        "softmax_cross_entropy",
        {"logits": "3", "right": names[y]} | {f"z{i + 1}": f"{each:g}" for i, each in enumerate(z)},
        seen=text(-float(loss.grad[y])),
    )


def _smoothed(rng: np.random.Generator) -> Draft:
    eps, k = int(rng.integers(5, 61)) / 100, int(rng.choice([2, 3, 4, 5, 10]))
    target = smooth_labels(one_hot(0, k), eps)
    return Draft(
        f"Label smoothing with ε = {eps:g} over {k} classes. What is the target of the right class?",
        float(target[0]),
        f"1 − ε + ε/K: it gets its share of ε back, {text(float(target[1]))}.",
        (
            Wrong(1 - eps, "That is 1 − ε: ε is dealt out to all classes, the right one too."),
            Wrong(float(target[1]), "That is ε/K, the target of a wrong class."),
            Wrong(1 - float(target[1]), "That takes only ε/K away; ε goes, ε/K comes back."),
            Wrong(eps, "That is ε, what is dealt out."),
        ),
        "label_smoothing",
        {"eps": f"{eps:g}", "classes": str(k)},
        seen=plain(float(target[0])),
    )


def _untrained(rng: np.random.Generator) -> Draft:
    k = int(rng.integers(3, 21))
    value = float(surprise(1 / k).value)
    return Draft(
        f"{k} balanced classes, and a model that gives each the same rng. Its cross-entropy, in nats?",
        value,
        f"ln {k}: each class gets 1/{k}.",
        (
            Wrong(float(Unit.BITS.of(value)), OTHER_UNIT[Unit.NATS]),
            Wrong(1 / k, "That is the chance each class gets; no logarithm was taken."),
            Wrong(-value, MINUS.format("ln(1/K) is negative, the loss is minus that")),
            Wrong(value / k, "That divides by K; only the right class has a term, so there is no mean over classes."),
        ),
        "choose_the_loss",
        {"pairing": "softmax twice", "of": str(k), "lead": "0"},
        Unit.NATS,
    )


def _weighted(rng: np.random.Generator) -> Draft:
    p, w = _share(rng, 2, 60), float(rng.choice([2, 4, 9, 24]))
    value = float(reweighted(p, w))
    return Draft(
        f"Of cases like this {percent(p)} are positive. A model was trained with weight {w:g} on positives, to its "
        "optimum. What probability does it report?",
        value,
        "wp / (wp + 1 − p): the weight multiplies the odds.",
        (
            Wrong(p, "That is the truth; the weight moves the optimum away from it."),
            Wrong(w * p / (1 - p), "Those are the weighted odds, not yet a probability."),
            Wrong(float(reweighted(p, 1 / w)), "That divides the odds by the weight; training multiplies them."),
            Wrong(1 - value, "That is what it reports for the negatives."),
        ),
        "class_weights",
        {"chance": f"{p:g}", "pos_weight": f"{w:g}"},
        seen=percent(value),
    )


def _focal(rng: np.random.Generator) -> Draft:
    p, gamma = _share(rng, 5, 75), int(rng.integers(5, 31)) / 10
    z = log_odds(p)
    value, plain = (sigmoid_focal_loss(z, 1, gamma=g).value for g in (gamma, 0.0))
    factor = (1 - p) ** gamma
    return Draft(
        f"Focal loss with γ = {gamma:g} (no α). The right answer got {percent(p)}. The loss, in nats?",
        float(value),
        f"(1 − p)^γ times −ln p: {text(factor)} × {text(float(plain))}.",
        (
            Wrong(float(plain), "That is cross-entropy; the factor (1 − p)^γ is missing."),
            Wrong(p**gamma * float(plain), "That takes p^γ for the factor: it would discount what is hard."),
            Wrong(factor, "That is the factor alone."),
            Wrong(float(Unit.BITS.of(value)), OTHER_UNIT[Unit.NATS]),
        ),
        "focal_loss",
        {"pt": f"{p:g}", "gamma": f"{gamma:g}"},
        Unit.NATS,
    )


def _hesitation(rng: np.random.Generator) -> Draft:
    t, (unit, other) = float(rng.choice([0.5, 0.7, 1, 1.5, 2, 3, 5])), _unit(rng)
    probs = softmax(LOGITS, temperature=t)
    h, value = entropy(probs).value, float(perplexity(probs))
    mixed = float(np.exp(unit.of(h))) if unit is Unit.BITS else float(2**h)
    return Draft(
        f"A model's next-class distribution has an entropy of {float(unit.of(h)):.4g} {unit.symbol}, over 4 classes. "
        "Its perplexity?",
        value,
        f"{'2' if unit is Unit.BITS else 'e'} to the power of that: so many equally likely classes.",
        (
            Wrong(mixed, f"That takes the wrong base: {unit.symbol} go with {'2' if unit is Unit.BITS else 'e'}."),
            Wrong(float(unit.of(h)), "That is the entropy itself; perplexity is its power."),
            Wrong(4.0, "That is the number of classes: the perplexity only of one who knows nothing."),
            Wrong(float(other.of(h)), "That only changes the unit of the entropy."),
        ),
        "softmax_cross_entropy",
        {"temperature": f"{t:g}", "shift": "0"},
    )


def _weights(rng: np.random.Generator, k: int) -> np.ndarray:
    """Return k positive multiples of 5 that add up to 100."""
    cuts = np.sort(rng.choice(np.arange(1, 20), k - 1, replace=False)) * 5
    return np.diff(cuts, prepend=0, append=100)


def _listed(weights: np.ndarray) -> str:
    return ", ".join(f"{each} %" for each in weights)


def _numbers(values: np.ndarray) -> str:
    return ", ".join(exact_text(float(each)) for each in values)


def _beliefs(p: np.ndarray, q: np.ndarray, unit: Unit) -> dict[str, str]:
    """Return the state of the cross-entropy lesson with these shares, in percent."""
    shares = {f"p{i + 1}": str(each) for i, each in enumerate(p)} | {f"q{i + 1}": str(each) for i, each in enumerate(q)}
    return {"sides": str(len(p)), "unit": unit.symbol} | shares


KINDS: Final[dict[str, Kind]] = {
    "surprise": Kind("Surprise", "expected_surprise", SCREEN, _one_surprise),
    "entropy": Kind("Entropy", "expected_surprise", SCREEN, _doubt),
    "bce": Kind("Binary cross-entropy", "range", SCREEN, _one_mail),
    "logit": Kind("Loss of a logit", "two_classes", ENGINEER, _one_logit),
    "batch": Kind("Loss of a batch", "likelihood", ENGINEER, _batch),
    "belief": Kind("Cross-entropy", "floor", SCREEN, _wrong_belief),
    "kl": Kind("KL divergence", "directions", ENGINEER, _excess),
    "slope": Kind("Gradient", "gradient", ENGINEER, _slope),
    "smoothing": Kind("Smoothed target", "smoothing", SCREEN, _smoothed),
    "untrained": Kind("Untrained loss", "untrained", SCREEN, _untrained),
    "weighted": Kind("Class weight", "weights", ENGINEER, _weighted),
    "focal": Kind("Focal loss", "focal", RESEARCH, _focal),
    "perplexity": Kind("Perplexity", "perplexity", SCREEN, _hesitation),
}
