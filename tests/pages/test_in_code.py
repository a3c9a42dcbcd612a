"""The page "In code": every program of it is run, and what the page says of libraries is asked of them."""

import math
import os
import re
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from tests.pages.helpers import open_lesson
from xent_ui.course.examples import EXAMPLES, PRINTED, printed, source
from xent_ui.course.library_losses import KERAS, PYTORCH, SKLEARN
from xent_ui.course.table import ROOT

PROGRAMS = [(program, output) for output, programs in PRINTED.items() for program in programs]
PATHS = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
PYTHON = {"env": os.environ | {"PYTHONPATH": PATHS, "KERAS_BACKEND": "torch"}, "cwd": EXAMPLES}


@pytest.fixture(scope="module")
def page():
    return open_lesson("in_code")


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed: what it does is not checked")


def run(program: str) -> subprocess.CompletedProcess:
    command = [sys.executable, f"{program}.py"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, **PYTHON)


@cache
def words() -> str:
    """Return the prose of the page, without the links to the glossary."""
    text = "\n".join(element.value for element in open_lesson("in_code").markdown)
    return re.sub(r'\[([^\]]*)\]\(glossary#[^ ]* "[^"]*"\)', r"\1", text)


def losses(output: str) -> list[float]:
    return [float(line.rsplit(maxsplit=1)[1]) for line in printed(output).splitlines()]


@pytest.mark.parametrize(("program", "output"), PROGRAMS)
def test_a_program_prints_what_the_page_says(program, output):
    for library in ("torch", "keras"):
        if f"import {library}\n" in source(program):
            pytest.importorskip(library, reason=f"{library} is not installed: {program}.py is not run")
    assert run(program).stdout == printed(output)


def test_twins_start_from_the_same_data_and_weights():
    for task in ("binary", "multiclass"):
        made = [
            source(f"{task}_{library}").partition("rng = ")[2].partition("\n\n")[0]
            for library in ("pytorch", "numpy", "keras")
        ]
        assert made[0].endswith("size=(1, 2))" if task == "binary" else "size=(3, 2))")
        assert made[0] == made[1] == made[2]
        assert made[0].startswith(source(f"{task}_sklearn").partition("rng = ")[2].partition("\n\n")[0])


def test_the_page_shows_every_program_and_what_it_prints(page):
    shown = [element.value.strip() for element in page.code]
    assert {path.stem for path in EXAMPLES.glob("*.py")} == {program for program, _ in PROGRAMS}
    assert {path.stem for path in EXAMPLES.glob("*.txt")} == set(PRINTED)
    for program, output in PROGRAMS:
        assert source(program).strip() in shown
        assert printed(output).strip() in shown


def test_the_opening_is_short_and_its_loss_is_right(torch):
    opening = next(part for part in words().split("\n") if part.startswith("A network gives"))
    assert len(opening.split()) <= 80
    assert "the logits 120 for cat and 0 for dog, and it is a dog. The loss is 120 nats." in opening
    assert math.log(1 + math.exp(120)) == 120
    program = source("unstable_pytorch").replace("loss.backward()", "loss.backward()\nz.data -= 0.1 * z.grad")
    variables: dict = {}
    exec(compile(program, "unstable", "exec"), variables)
    assert variables["z"].isnan().all(), "so are the weights after one step"


def test_the_first_loss_is_near_that_of_equal_probabilities():
    assert f"ln 2 = {math.log(2):.3f} nats" in words()
    assert f"ln 3 = {math.log(3):.3f} nats" in words()
    assert losses("binary")[0] == pytest.approx(math.log(2), abs=0.002)
    assert losses("multiclass")[0] == pytest.approx(math.log(3), abs=0.002)


def test_scikit_learn_finds_the_least_loss_and_the_others_come_close_to_it():
    for task in ("binary", "multiclass"):
        (least,), steps = losses(f"{task}_minimum"), losses(task)
        assert steps == sorted(steps, reverse=True)
        assert least < steps[-1] < least + 0.0003
    assert "0.3697 nats" in words()
    assert losses("binary_minimum") == [0.3697]
    assert "Keras prints the same five lines" in words()
    assert len(losses("binary")) == 5


def test_the_unstable_program_warns_three_times():
    assert "The unstable program warns three times" in words()
    assert run("unstable_numpy").stderr.count("RuntimeWarning") == 3
    assert run("stable_numpy").stderr == ""


def test_the_size_of_the_probability_that_becomes_0():
    assert "about 8 · 10⁻⁵³" in words()
    assert f"{math.exp(-120):.0e}" == "8e-53"
    assert "about 1.4 · 10⁻⁴⁵" in words()
    assert f"{float(np.finfo(np.float32).smallest_subnormal):.1e}" == "1.4e-45"
    assert math.log(np.finfo(np.float64).max) < 1000


def test_what_each_library_does_about_log_0(torch):
    certain, wrong = torch.tensor([0.0]), torch.tensor([1.0])
    assert torch.nn.BCELoss()(certain, wrong).item() == 100
    assert torch.nn.BCEWithLogitsLoss()(torch.tensor([-1000.0]), wrong).item() == 1000
    assert torch.nn.NLLLoss()(torch.tensor([[0.0, -math.inf]]), torch.tensor([1])).item() == math.inf
    for label, prob in ((1, 0.0), (0, 1.0)):
        assert log_loss([label], [prob], labels=[0, 1]) == pytest.approx(-math.log(2.0**-52))
    assert f"{-math.log(2.0**-52):.1f}" == "36.0"
    assert f"{2.0**-52:.1e}" == "2.2e-16"
    assert f"{-math.log(1e-7):.0f}" == "16"
    assert "costs 100 nats with `BCELoss`, about 16 nats in Keras and 36.0 nats in scikit-learn with float64" in words()


def test_what_keras_does_about_log_0():
    keras = pytest.importorskip("keras", reason="Keras is not installed: what it does is not checked")
    known, certain = np.array([[0.0, 1.0]], "float32"), np.array([[1.0, 0.0]], "float32")
    assert keras.losses.BinaryCrossentropy()(known[:, 1:], certain[:, 1:]) == pytest.approx(-math.log(1e-7), abs=0.01)
    assert keras.losses.BinaryCrossentropy()(known[:, :1], certain[:, :1]) == pytest.approx(-math.log(1e-7), abs=0.2)
    for loss, target in (("Categorical", known), ("SparseCategorical", np.array([1]))):
        called = getattr(keras.losses, f"{loss}Crossentropy")
        assert called()(target, certain) == pytest.approx(-math.log(1e-7), abs=0.01)
        assert called(from_logits=True)(target, np.array([[50.0, 0.0]], "float32")) == pytest.approx(50)
    assert keras.losses.BinaryCrossentropy(from_logits=True)(known[:, 1:], -50 * known[:, 1:]) == pytest.approx(50)


def test_a_softmax_before_cross_entropy_loss_has_a_floor(torch):
    floor = math.log(1 + 2 / math.e)
    assert f"cannot fall below ln(1 + 2/e) = {floor:.3f} nats" in words()
    best = torch.softmax(torch.tensor([[1000.0, 0.0, 0.0]]), dim=1)
    assert torch.nn.CrossEntropyLoss()(best, torch.tensor([0])).item() == pytest.approx(floor)


class TestTheTables:
    """Each cell of the tables, asked of the library."""

    def test_the_page_shows_them(self, page):
        shown = [element.value for element in page.markdown]
        for losses in (PYTORCH, KERAS, SKLEARN):
            assert any(all(f"`{each.name}`" in text for each in losses) and text.startswith("|") for text in shown)

    def test_bce_loss_takes_probabilities_and_floats(self, torch):
        loss, half = torch.nn.BCELoss(), torch.full((2, 3), 0.5)
        assert loss(half, torch.zeros(2, 3)).item() == pytest.approx(math.log(2))
        with pytest.raises(RuntimeError, match="between 0 and 1"):
            loss(torch.tensor([1.5]), torch.zeros(1))

    def test_bce_with_logits_loss_takes_logits_and_floats_of_their_shape(self, torch):
        loss, logits = torch.nn.BCEWithLogitsLoss(), torch.tensor([[0.0, 2.0], [0.0, 0.0]])
        mean = (3 * math.log(2) + math.log(1 + math.exp(2))) / 4
        assert loss(logits, torch.zeros(2, 2)).item() == pytest.approx(mean)
        with pytest.raises(RuntimeError):
            loss(torch.zeros(2), torch.tensor([0, 1]))
        with pytest.raises(ValueError, match="size"):
            loss(torch.zeros(2, 1), torch.zeros(2))

    def test_cross_entropy_loss_tells_class_numbers_from_rows_by_their_type(self, torch):
        loss, logits = torch.nn.CrossEntropyLoss(), torch.tensor([[2.0, 1.0, 0.0], [0.0, 0.0, 3.0]])
        numbers = torch.tensor([0, 2])
        rows = torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        assert loss(logits, numbers).item() == pytest.approx(loss(logits, rows).item())
        nll = torch.nn.NLLLoss()(torch.log_softmax(logits, dim=1), numbers)
        assert loss(logits, numbers).item() == pytest.approx(nll.item()), "log_softmax and NLLLoss in one"
        for mixed_up in (numbers.float(), rows.long()):
            with pytest.raises(RuntimeError, match="type"):
                loss(logits, mixed_up)

    def test_weights_make_a_weighted_mean(self, torch):
        weight, logits, numbers = torch.tensor([1.0, 3.0]), torch.tensor([[2.0, 0.0], [1.0, 0.0]]), torch.tensor([0, 1])
        wanted = (1 * math.log(1 + math.exp(-2)) + 3 * math.log(1 + math.exp(1))) / (1 + 3)
        assert torch.nn.CrossEntropyLoss(weight=weight)(logits, numbers).item() == pytest.approx(wanted)
        log_probs = torch.log_softmax(logits, dim=1)
        assert torch.nn.NLLLoss(weight=weight)(log_probs, numbers).item() == pytest.approx(wanted)

    def test_scikit_learn_takes_names_and_penalizes_large_weights_unless_told_not_to(self):
        names = ["cat", "dog", "cat", "dog"]
        assert log_loss(names, [0.5] * 4) == pytest.approx(math.log(2))
        assert log_loss(names, [[0.5, 0.5]] * 4) == pytest.approx(math.log(2))
        features = np.array([[0.0], [1.0], [2.0], [3.0]])
        penalized, free = (LogisticRegression(**options).fit(features, names) for options in ({}, {"C": np.inf}))
        assert abs(penalized.coef_[0, 0]) < abs(free.coef_[0, 0])

    def test_keras_wants_the_labels_that_the_table_says(self):
        keras = pytest.importorskip("keras", reason="Keras is not installed: what it does is not checked")
        probs = np.array([[0.2, 0.3, 0.5], [0.2, 0.3, 0.5]], "float32")
        rows, numbers = np.array([[0, 0, 1], [0, 1, 0]], "float32"), np.array([2, 1])
        wanted = -(math.log(0.5) + math.log(0.3)) / 2
        assert keras.losses.CategoricalCrossentropy()(rows, probs) == pytest.approx(wanted, rel=1e-5)
        assert keras.losses.SparseCategoricalCrossentropy()(numbers, probs) == pytest.approx(wanted, rel=1e-5)
        for wrong, mixed_up in (("Categorical", numbers), ("SparseCategorical", rows)):
            with pytest.raises(ValueError, match="shape"):
                getattr(keras.losses, f"{wrong}Crossentropy")()(mixed_up, probs)
