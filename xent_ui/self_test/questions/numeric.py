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
    sigmoid,
    sigmoid_focal_loss,
    smooth_labels,
    softmax,
    sparse_softmax_cross_entropy,
    squared_error,
    surprise,
    total,
)
from xent_core.language import Token
from xent_core.reweighting import log_odds, reweighted
from xent_ui.experiments import reading
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.interview import ENGINEER, RESEARCH, SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text, percent, plain, text
from xent_ui.views.cross_entropy import sum_of_cost

OTHER_UNIT: Final = {
    Unit.BITS: "That is the answer in nats, and you were asked for bits. A bit is ln 2 nats, so divide by ln 2.",
    Unit.NATS: "That is the answer in bits, and you were asked for nats. Use the natural logarithm.",
}
LOG: Final = {Unit.BITS: "log₂", Unit.NATS: "ln"}
MINUS: Final = "That is the logarithm without the minus sign: {}."
MINUS_AND_UNIT: Final = "The minus sign is missing, and the unit is the other one."

# What the lesson on perplexity lets a language model read, and the settings of the model.
TEXTS: Final = {"More": "on", "German": "german", "Itself": "itself"}
TOKENS: Final[dict[Token, str]] = {"character": "a character", "word": "a word"}
SMOOTHINGS: Final = (0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0)
MOST_ORDER: Final = 6
LARGEST_PERPLEXITY: Final = 200


def _share(rng: np.random.Generator, low: int = 2, high: int = 97) -> float:
    return int(rng.integers(low, high + 1)) / 100


def _unit(rng: np.random.Generator) -> tuple[Unit, Unit]:
    """Return the unit asked for, and the other one."""
    return (Unit.BITS, Unit.NATS) if rng.random() < 0.5 else (Unit.NATS, Unit.BITS)


def _weights(rng: np.random.Generator, k: int) -> np.ndarray:
    """Return k positive multiples of 5 that add up to 100."""
    cuts = np.sort(rng.choice(np.arange(1, 20), k - 1, replace=False)) * 5
    return np.diff(cuts, prepend=0, append=100)


def _listed(weights: np.ndarray) -> str:
    return ", ".join(f"{each} %" for each in weights)


def _numbers(values: np.ndarray) -> str:
    return ", ".join(exact_text(float(each)) for each in values)


def _beliefs(p: np.ndarray, q: np.ndarray, unit: Unit) -> dict[str, str]:
    """Return the state of the cross-entropy lesson with these shares, in percent."""
    shares = {f"p{i + 1}": str(each) for i, each in enumerate(p)} | {f"q{i + 1}": str(each) for i, each in enumerate(q)}
    return {"sides": str(len(p)), "unit": unit.symbol} | shares


def _source(weights: np.ndarray, unit: Unit) -> dict[str, str]:
    """Return the state of the entropy lesson with these shares, in percent."""
    shares = {f"m{i + 1}": str(each) for i, each in enumerate(weights)}
    return {"outcomes": str(len(weights)), "unit": unit.symbol} | shares


def _one_surprise(rng: np.random.Generator) -> Draft:
    said, happens, (unit, other) = _share(rng, 2, 98), bool(rng.integers(2)), _unit(rng)
    p = said if happens else round(1 - said, 2)
    h, opposite = surprise(p).value, surprise(1 - p).value
    return Draft(
        f"An event has a probability of {percent(said)}, and it {'happens' if happens else 'does not happen'}. "
        f"How surprising is that, in {unit.symbol}?",
        float(unit.of(h)),
        f"−{LOG[unit]} {p:g} = {text(float(unit.of(h)))} {unit.symbol}.",
        (
            Wrong(float(other.of(h)), OTHER_UNIT[unit]),
            Wrong(-float(unit.of(h)), MINUS.format("the logarithm of a probability is negative, and surprise is not")),
            Wrong(-float(other.of(h)), MINUS_AND_UNIT),
            Wrong(float(unit.of(opposite)), "That is the surprise if the opposite had happened."),
            Wrong(1 - p, "That is the probability of the opposite. Take a logarithm of what happened."),
            Wrong(p, "That is the probability of what happened. Surprise is minus its logarithm."),
        ),
        "surprise",
        {"p": exact_text(p), "unit": unit.symbol},
        unit,
    )


def _doubt(rng: np.random.Generator) -> Draft:
    (unit, other), sky = _unit(rng), ("sun", "rain", "snow")
    rain = _share(rng, 3, 97)
    weights = _weights(rng, 3) if rng.random() < 0.5 else None
    p = np.array([rain, 1 - rain]) if weights is None else weights / 100
    h, each = entropy(p).value, surprise(p).value
    forecast = (
        f"rain with a probability of {percent(rain)}, and no rain otherwise"
        if weights is None
        else ", ".join(f"{name} {share} %" for name, share in zip(sky, weights, strict=True))
    )
    return Draft(
        f"A weather forecast says: {forecast}. What is its entropy, in {unit.symbol}?",
        float(unit.of(h)),
        "It is the mean surprise: the surprise of each outcome, weighted with its probability.",
        (
            Wrong(float(other.of(h)), OTHER_UNIT[unit]),
            Wrong(float(unit.of(each.sum())), "That is the sum of the surprises. Weight each with its probability."),
            Wrong(float(unit.of(each[0])), "That is the surprise of the first outcome alone. Entropy is the mean."),
            Wrong(-float(unit.of(h)), MINUS.format("entropy is never negative")),
            Wrong(-float(other.of(h)), MINUS_AND_UNIT),
        ),
        "entropy",
        {"rain": f"{rain:g}", "unit": unit.symbol} if weights is None else _source(weights, unit),
        unit,
    )


def _one_mail(rng: np.random.Generator) -> Draft:
    p, y, (unit, other) = _share(rng, 3, 97), int(rng.integers(2)), _unit(rng)
    loss, branch = binary_cross_entropy(p, y).value, binary_cross_entropy(p, 1 - y).value
    return Draft(
        f"A model says that a mail is spam with a probability of {percent(p)}. The mail {'is' if y else 'is not'} "
        f"spam. What is the binary cross-entropy, in {unit.symbol}?",
        float(unit.of(loss)),
        f"It is minus the logarithm of the probability that the model gave to the truth, {percent(p if y else 1 - p)}.",
        (
            Wrong(float(unit.of(branch)), "That is the loss if the opposite were true."),
            Wrong(float(other.of(loss)), OTHER_UNIT[unit]),
            Wrong(-float(unit.of(loss)), MINUS.format("this loss is never negative")),
            Wrong(-float(unit.of(branch)), "That is the loss if the opposite were true, and without its minus sign."),
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
        f"A model's logit is z = {text(z, 2)}, and the label is y = {y}. What is the loss, in nats?",
        float(loss),
        f"The probability of class 1 is σ(z) = {text(float(p))}. The loss is −ln of the probability of class {y}.",
        (
            Wrong(
                float(binary_cross_entropy_with_logits(float(p), y).value),
                "That is the loss with p in place of z: the loss applies the sigmoid itself and must be given logits.",
            ),
            Wrong(float(p), "That is the probability σ(z). Take minus the logarithm of what the label's class got."),
            Wrong(float(binary_cross_entropy_with_logits(z, 1 - y).value), "That is the loss for the other label."),
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
        f"Of five mails, the first two are spam and the others are not. A model gives them these probabilities of "
        f"spam: {said}. What is the mean binary cross-entropy of this batch, in {unit.symbol}?",
        float(unit.of(whole)),
        "It is the mean of five surprises, each of what was true of a mail.",
        (
            Wrong(float(unit.of(total(losses).value)), "That is the sum over the five mails. Divide by 5."),
            Wrong(
                float(unit.of(surprise(given.mean()).value)),
                "That is minus the logarithm of the mean probability. Take the mean of the logarithms.",
            ),
            Wrong(float(other.of(whole)), OTHER_UNIT[unit]),
            Wrong(
                float(unit.of(mean(surprise(p)).value)),
                "That treats every mail as spam. Where the label is 0, the loss is −log(1 − p).",
            ),
        ),
        "binary_cross_entropy",
        {f"mail{i}": f"{each:g}" for i, each in enumerate(p)} | {"unit": unit.symbol},
        unit,
    )


def _as_shown(value: float, p: np.ndarray, q: np.ndarray, unit: Unit) -> str:
    """Return a cost of a belief as the lesson writes it: with the digits at which its parts add up."""
    return text(value, sum_of_cost(p / 100, q / 100, unit).digits)


def _wrong_belief(rng: np.random.Generator) -> Draft:
    p, q = (_weights(rng, 3) for _ in range(2))
    unit, other = _unit(rng)
    value = cross_entropy(p / 100, q / 100).value
    return Draft(
        f"Three outcomes have the probabilities p = {_listed(p)}. A model says q = {_listed(q)}. "
        f"What is the cross-entropy H(p, q), in {unit.symbol}?",
        float(unit.of(value)),
        "It is −Σ p log q: the surprise of each outcome under q, weighted with its probability p.",
        (
            Wrong(float(unit.of(cross_entropy(q / 100, p / 100).value)), "That is H(q, p). You swapped p and q."),
            Wrong(float(unit.of(entropy(p / 100).value)), "That is the entropy H(p), the cost if q were equal to p."),
            Wrong(float(unit.of(kl_divergence(p / 100, q / 100).value)), "That is KL(p‖q). Add the entropy H(p)."),
            Wrong(float(other.of(value)), OTHER_UNIT[unit]),
        ),
        "cross_entropy",
        _beliefs(p, q, unit),
        unit,
        seen=_as_shown(float(unit.of(value)), p, q, unit),
    )


def _excess(rng: np.random.Generator) -> Draft:
    p, q = (_weights(rng, 2) for _ in range(2))
    unit, other = _unit(rng)
    value, swapped = (kl_divergence(*pair).value for pair in ((p / 100, q / 100), (q / 100, p / 100)))
    return Draft(
        f"Two outcomes have the probabilities p = {_listed(p)}. A model says q = {_listed(q)}. "
        f"What is KL(p‖q), in {unit.symbol}?",
        float(unit.of(value)),
        "It is Σ p log(p/q): the part of the cross-entropy H(p, q) that is above the entropy H(p).",
        (
            Wrong(float(unit.of(swapped)), "That is KL(q‖p). The two directions differ."),
            Wrong(float(unit.of(cross_entropy(p / 100, q / 100).value)), "That is H(p, q). Subtract the entropy H(p)."),
            Wrong(float(other.of(value)), OTHER_UNIT[unit]),
            Wrong(-float(unit.of(value)), "KL is never negative. The fraction in the logarithm is p/q, not q/p."),
            Wrong(-float(unit.of(swapped)), "KL is never negative, and you swapped p and q."),
        ),
        "cross_entropy",
        _beliefs(p, q, unit),
        unit,
        seen=_as_shown(float(unit.of(value)), p, q, unit),
    )


def _slope(rng: np.random.Generator) -> Draft:
    z, y = rng.integers(-12, 13, 3) / 4, int(rng.integers(3))
    names = ("cat", "dog", "fox")
    loss = sparse_softmax_cross_entropy(z, y)
    p = softmax(z)[y]
    return Draft(
        f"The logits of cat, dog and fox are {_numbers(z)}, and the animal is a {names[y]}. "
        f"What is the derivative of softmax cross-entropy, in nats, with respect to the {names[y]}'s logit?",
        float(loss.grad[y]),
        f"It is p − y = {text(float(p))} − 1.",
        (
            Wrong(float(p), "That is p. Subtract the label: the derivative is p − y."),
            Wrong(
                -float(loss.grad[y]),
                "That is y − p, the direction of a step of gradient descent. It has the other sign.",
            ),
            Wrong(-float(1 / p), "That is −1/p, the derivative with respect to the probability, not the logit."),
            Wrong(float(loss.value), "That is the loss itself, not its derivative."),
        ),
        "softmax_cross_entropy",
        {"logits": "3", "right": names[y]} | {f"z{i + 1}": f"{each:g}" for i, each in enumerate(z)},
        seen=text(-float(loss.grad[y])),
    )


def _smoothed(rng: np.random.Generator) -> Draft:
    eps, k = int(rng.integers(5, 61)) / 100, int(rng.choice([2, 3, 4, 5, 10]))
    target = smooth_labels(one_hot(0, k), eps)
    return Draft(
        f"Labels of {k} classes are smoothed with ε = {eps:g}, which is shared by all classes. What is the target of "
        "the right class?",
        float(target[0]),
        f"It is 1 − ε + ε/{k}: the right class gets its share of ε back, {text(float(target[1]))}.",
        (
            Wrong(1 - eps, "That is 1 − ε. The right class gets its share of ε back."),
            Wrong(float(target[1]), f"That is ε/{k}, the target of a wrong class."),
            Wrong(1 - float(target[1]), f"That is 1 − ε/{k}. The right class gives ε away and gets ε/{k} back."),
            Wrong(eps, "That is ε, the amount that is shared by all classes."),
        ),
        "label_smoothing",
        {"eps": f"{eps:g}", "classes": str(k)},
        seen=plain(float(target[0])),
    )


def _untrained(rng: np.random.Generator) -> Draft:
    return _uniform(rng) if rng.random() < 0.25 else _only_shares(rng)


def _uniform(rng: np.random.Generator) -> Draft:
    """Draw a model that knows nothing."""
    k = int(rng.integers(3, 21))
    value = float(surprise(1 / k).value)
    return Draft(
        f"A model has not been trained yet: it gives each of {k} classes the same probability. What is its "
        "cross-entropy, in nats?",
        value,
        f"It is ln {k}, because the right class has a probability of 1/{k}, whichever it is.",
        (
            Wrong(float(Unit.BITS.of(value)), OTHER_UNIT[Unit.NATS]),
            Wrong(1 / k, "That is the probability of each class. Take minus its logarithm."),
            Wrong(-value, MINUS.format("this loss is never negative")),
            Wrong(-float(Unit.BITS.of(value)), MINUS_AND_UNIT),
            Wrong(
                value / k, f"That is divided by {k}. Only the right class has a term, so there is no mean over classes."
            ),
        ),
        "choose_the_loss",
        {"pairing": "softmax twice", "of": str(k), "lead": "0"},
        Unit.NATS,
    )


def _only_shares(rng: np.random.Generator) -> Draft:
    """Draw a model that knows how frequent each class is, and nothing of the examples."""
    k, (unit, other) = int(rng.integers(3, 6)), _unit(rng)
    weights = _weights(rng, k)
    p = weights / 100
    value, largest = float(entropy(p).value), float(surprise(p.max()).value)
    return Draft(
        f"The classes of a data set have the shares {_listed(weights)}. A model has learned only these shares and "
        f"predicts them for every example. What is its mean cross-entropy, in {unit.symbol}?",
        float(unit.of(value)),
        "It is the entropy of the shares. A model that looks at the examples should do better.",
        (
            Wrong(
                float(unit.of(surprise(1 / k).value)),
                f"That is the loss of equal probabilities, {LOG[unit]} {k}. This model knows the shares.",
            ),
            Wrong(float(other.of(value)), OTHER_UNIT[unit]),
            Wrong(
                float(unit.of(largest)),
                "That is the loss of an example of the largest class. Average over all classes.",
            ),
            Wrong(-float(unit.of(value)), MINUS.format("this loss is never negative")),
            Wrong(-float(other.of(value)), MINUS_AND_UNIT),
            Wrong(
                float(unit.of(surprise(p).value.mean())),
                "That weights all classes equally. Weight each with its share.",
            ),
        ),
        "entropy",
        _source(weights, unit),
        unit,
    )


def _weighted(rng: np.random.Generator) -> Draft:
    p, w = _share(rng, 2, 60), float(rng.choice([2, 4, 9, 24]))
    value = float(reweighted(p, w))
    return Draft(
        f"Of cases like this one, {percent(p)} are positive. A model is trained to its optimum with a weight of {w:g} "
        "on the positives. What probability of *positive* does it give?",
        value,
        "It is wp / (wp + 1 − p), because the weight multiplies the odds.",
        (
            Wrong(p, "That is the true probability. The weight moves the optimum away from it."),
            Wrong(w * p / (1 - p), "Those are the weighted odds. Turn them into a probability."),
            Wrong(float(reweighted(p, 1 / w)), "That divides the odds by the weight. Training multiplies them."),
            Wrong(1 - value, "That is the probability that the model gives *negative*."),
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
        f"A model gives the right answer a probability of {percent(p)}. What is the focal loss with γ = {gamma:g} and "
        "without α, in nats?",
        float(value),
        f"It is (1 − p)^γ times −ln p: {text(factor)} × {text(float(plain))}.",
        (
            Wrong(float(plain), "That is cross-entropy. Multiply it by (1 − p)^γ."),
            Wrong(p**gamma * float(plain), "That has the factor p^γ, which would discount the hard examples."),
            Wrong(factor, "That is the factor (1 − p)^γ alone. Multiply it by −ln p."),
            Wrong(float(Unit.BITS.of(value)), OTHER_UNIT[Unit.NATS]),
        ),
        "focal_loss",
        {"pt": f"{p:g}", "gamma": f"{gamma:g}"},
        Unit.NATS,
    )


def _perplexity(rng: np.random.Generator) -> Draft:
    name, token = str(rng.choice(list(TEXTS))), list(TOKENS)[rng.integers(len(TOKENS))]
    order, smoothing = int(rng.integers(1, MOST_ORDER + 1)), float(rng.choice(SMOOTHINGS))
    score = reading.sample(TEXTS[name]).reading(token, order, smoothing).scored
    if score.perplexity > LARGEST_PERPLEXITY:
        return _perplexity(rng)
    values = {"read": name, "token": TOKENS[token], "order": str(order), "smooth": f"{smoothing:g}"}
    draw = _perplexity_of_loss if rng.random() < 0.7 else _loss_of_perplexity
    return draw(rng, token, score.bits_per_token, values)


def _perplexity_of_loss(rng: np.random.Generator, token: Token, bits: float, values: dict[str, str]) -> Draft:
    unit, other = _unit(rng)
    nats = bits * Unit.BITS.nats_per_unit
    h, value = float(unit.of(nats)), float(np.exp(nats))
    base, wrong_base = ("2", "e") if unit is Unit.BITS else ("e", "2")
    mixed = float(np.exp(h)) if unit is Unit.BITS else float(2**h)
    return Draft(
        f"A language model reads a text with a mean cross-entropy of {h:.4g} {unit.symbol} per {token}. What is its "
        "perplexity?",
        value,
        f"It is {base} to the power of the mean cross-entropy, so many equally likely {token}s.",
        (
            Wrong(
                mixed, f"That is {wrong_base} to the power of the cross-entropy. In {unit.symbol} the base is {base}."
            ),
            Wrong(h, f"That is the cross-entropy itself. Perplexity is {base} to the power of it."),
            Wrong(float(other.of(nats)), "That only changes the unit of the cross-entropy."),
            Wrong(1 / value, f"That is 1 divided by the perplexity: the geometric mean of a {token}'s probability."),
            Wrong(h**2, f"That is the square of the cross-entropy. Perplexity is {base} to the power of it."),
        ),
        "perplexity",
        values,
    )


def _loss_of_perplexity(rng: np.random.Generator, token: Token, bits: float, values: dict[str, str]) -> Draft:
    given = 2**bits
    return Draft(
        f"A language model reads a text with a perplexity of {given:.4g} per {token}. What is its mean cross-entropy, "
        f"in bits per {token}?",
        bits,
        "It is log₂ of the perplexity: the bits that tell so many equally likely tokens apart.",
        (
            Wrong(float(np.log(given)), OTHER_UNIT[Unit.BITS]),
            Wrong(float(np.log10(given)), "That is the logarithm to base 10. Bits need base 2."),
            Wrong(-bits, "That is log₂ of 1 divided by the perplexity. Cross-entropy is not negative."),
            Wrong(-float(np.log(given)), MINUS_AND_UNIT),
            Wrong(float(np.sqrt(given)), "That is the square root of the perplexity. Take log₂ of it."),
        ),
        "perplexity",
        values,
        Unit.BITS,
    )


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
    "perplexity": Kind("Perplexity", "perplexity", SCREEN, _perplexity),
} | check.kinds()
