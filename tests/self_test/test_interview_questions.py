"""The bank of interview questions: it is complete, its answers can be said aloud, and their code runs."""

import re
from collections import Counter

import numpy as np
import pytest

from xent_core import binary_cross_entropy_with_logits, mean, sparse_softmax_cross_entropy
from xent_ui.self_test.questions.interview import ENGINEER, LEVELS, QUESTIONS, RESEARCH, SCREEN, SECONDS, THEMES

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
ANSWER = {question.id: question.answer for question in QUESTIONS}
SPOKEN = {name: CODE.sub("", answer) for name, answer in ANSWER.items()}
EXTREME = [0.0, 1.0, -1.0, 30.0, -30.0, 1000.0, -1000.0]


def function_in(name: str):
    """Run the code in an answer and return the function that it defines."""
    (code,) = CODE.findall(ANSWER[name])
    defined: dict = {}
    exec(code, defined)
    (function,) = [each for key, each in defined.items() if callable(each) and not key.startswith("_")]
    return function


def test_every_theme_and_level_has_questions():
    assert len(QUESTIONS) >= 65
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.asks for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.theme for question in QUESTIONS} == set(THEMES)
    levels = Counter(question.level for question in QUESTIONS)
    assert set(levels) == set(LEVELS) == set(SECONDS) == {SCREEN, ENGINEER, RESEARCH}
    assert min(levels.values()) >= 15


@pytest.mark.parametrize("question", QUESTIONS, ids=list(ANSWER))
def test_an_answer_begins_with_the_truth_in_one_line_and_is_said_in_less_than_two_minutes(question):
    spoken = SPOKEN[question.id]
    assert question.asks.endswith(("?", "."))
    assert len(re.split(r"(?<=[.:])\s", spoken)[0]) <= 140
    assert 100 <= len(spoken) <= 700  # 700 characters are about 120 words, and one minute
    assert spoken.count("$") % 2 == 0
    assert "{" not in re.sub(r"\$[^$]*\$", "", spoken), "a number was not filled in"


def test_no_words_from_the_list_of_words_to_avoid():
    avoid = re.compile(r"\b(lorry|dear|pays?|paid|without end|chances?|a flip|surest|content)\b|…")
    assert {name: found[0] for name, spoken in SPOKEN.items() if (found := avoid.search(spoken))} == {}


def test_american_spelling():
    british = re.compile(r"(metre|colour|neighbour|centre|grey|favour|behaviour)s?\b|(ise|ised|ising)\b")
    allowed = {"noise", "otherwise", "raise", "raised", "raising", "rise", "precise", "surprise", "rising"}
    texts = [text for question in QUESTIONS for text in (question.asks, SPOKEN[question.id])]
    words = {word for text in texts for word in re.findall(r"[a-z]+", text.lower())} - allowed
    assert not {word for word in words if british.search(word)}


def test_the_stable_softmax_cross_entropy_agrees_with_the_core():
    written = function_in("code_softmax")
    rng = np.random.default_rng(0)
    for logits in (rng.normal(0, 3, (20, 5)), rng.choice(EXTREME, (20, 5))):
        labels = rng.integers(0, 5, 20)
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            loss, grad = written(logits, labels)
        expected = mean(sparse_softmax_cross_entropy(logits, labels))
        np.testing.assert_allclose(loss, expected.value, rtol=1e-13)
        np.testing.assert_allclose(grad, expected.grad, rtol=0, atol=1e-16)
    assert written(np.array([[1000.0, 0.0]]), np.array([1]))[0] == 1000


def test_the_stable_binary_cross_entropy_agrees_with_the_core():
    written = function_in("code_sigmoid")
    z, y = (each.ravel() for each in np.meshgrid([*EXTREME, -45.0, 45.0, 0.3], [0.0, 0.25, 1.0]))
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        loss, grad = written(z, y)
    expected = binary_cross_entropy_with_logits(z, y)
    np.testing.assert_allclose(loss, expected.value, rtol=1e-13, atol=1e-300)
    np.testing.assert_allclose(grad, expected.grad, rtol=0, atol=2e-16)


def test_the_loss_functions_of_pytorch_take_what_the_answer_says():
    torch = pytest.importorskip("torch")
    from torch.nn import functional

    logits, label = torch.tensor([[2.0, 1.0, -1.0]], dtype=torch.float64), torch.tensor([0])
    row = torch.tensor([[1.0, 0.0, 0.0]], dtype=torch.float64)
    loss = functional.cross_entropy(logits, label)
    torch.testing.assert_close(functional.nll_loss(functional.log_softmax(logits, dim=1), label), loss)
    torch.testing.assert_close(functional.cross_entropy(logits, row), loss)
    assert f"{loss:.3f} nats" in ANSWER["which_function"]
    assert f"gives −{-functional.nll_loss(logits, label):.2f}" in ANSWER["which_function"]
    torch.testing.assert_close(
        functional.binary_cross_entropy(logits.sigmoid(), row), functional.binary_cross_entropy_with_logits(logits, row)
    )
    with pytest.raises((RuntimeError, ValueError)):
        functional.nll_loss(logits, row)


def test_pytorch_skips_padding_and_divides_by_the_other_tokens():
    torch = pytest.importorskip("torch")
    from torch.nn import functional

    logits = torch.zeros((8, 5))
    labels = torch.tensor([0, 1, 2] + [-100] * 5)
    torch.testing.assert_close(functional.cross_entropy(logits, labels), torch.tensor(5.0).log())


def test_numbers_that_answers_put_in_words():
    assert np.float32(1) - np.float32(1e-8) == 1
    assert 1 - float(np.float32(1) - np.float32(1e-7)) == pytest.approx(1.19e-7, rel=2e-3)
    assert float(np.spacing(np.nextafter(np.float32(1), np.float32(0)))) == pytest.approx(6e-8, rel=0.01)
    assert 1 / (1 + np.exp(np.float32(-17))) == 1 > 1 / (1 + np.exp(np.float32(-16)))
    assert 2.0**-1200 == 0 < 2.0**-1074
    z = np.linspace(-6, 6, 121)
    prob = 1 / (1 + np.exp(-z))
    bent = np.gradient(np.gradient((1 - prob) ** 2, z), z)[2:-2]
    assert np.array_equal(bent < 0, (2 * prob * (1 - prob) ** 2 * (3 * prob - 1))[2:-2] < 0)
