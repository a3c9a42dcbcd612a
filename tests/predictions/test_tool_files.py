"""Files as tools write them are read without editing, asked about, or refused; no button leads to a wrong number."""

import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from math import isclose, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.predictions.tool_files import ASKED, READ, REFUSED, TOOL_FILES
from tests.predictions.tool_files_columns import EXAMPLE
from tests.predictions.tool_files_python import SEVERAL, of_classes
from tests.predictions.tool_files_values import CLASSES, LABELS, LOGITS, NAMES, nll, nll_of_logits
from xent_ui.experiments.prediction_scores import Report
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.predictions_file import Choice, Reading, understand

ROOT = Path(__file__).parents[2]
PRECISION = 1e-12
AS_IT_COMES = Choice()
MOST_BUTTONS = 3  # pressed one after the other


def parametrized(files):
    return pytest.mark.parametrize("file", files, ids=[f"{file.tool}: {file.name}" for file in files])


def score(reading: Reading) -> float:
    return Report(reading.predictions).log_loss


def misses(patterns: tuple[str, ...], text: str) -> list[str]:
    return [pattern for pattern in patterns if not re.search(pattern, text, re.IGNORECASE)]


def among(value: float, losses: tuple[float, ...]) -> bool:
    return any(isclose(value, loss, rel_tol=PRECISION) for loss in losses)


def behind_buttons(
    data: bytes, error: BadFile, choice: Choice = AS_IT_COMES, pressed: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield which buttons lead to a score, and the score. Leaving rows out is no other reading of the rest."""
    for offer in error.offers:
        assert offer.words.strip(), "a button has no words"
        if offer.changes.get("leave_out"):
            continue
        try:
            reading = understand(data, choice._replace(**offer.changes))
        except BadFile as next_error:
            if len(pressed) + 1 < MOST_BUTTONS:
                next_choice = choice._replace(**offer.changes)
                yield from behind_buttons(data, next_error, next_choice, (*pressed, offer.words))
        else:
            yield (*pressed, offer.words), score(reading)


def scores_behind_buttons(file, error: BadFile, allowed: tuple[float, ...]) -> list[float]:
    """Return all scores that the buttons lead to, none of which may be wrong."""
    found = list(behind_buttons(file.data, error))
    assert not [(buttons, value) for buttons, value in found if not among(value, allowed)], f"may be {allowed}; {error}"
    return [value for _, value in found]


@parametrized(READ)
def test_a_clear_file_is_read_as_it_is(file):
    reading = understand(file.data)
    assert isclose(score(reading), file.log_loss, rel_tol=PRECISION)
    assert reading.sentences
    assert misses(file.says, " ".join(reading.sentences)) == []
    assert [name for name in file.left_out if not reading.left_out.get(name, "").strip()] == []
    assert set(reading.columns).isdisjoint(file.left_out)
    assert reading.label
    assert reading.label not in reading.columns


@parametrized(ASKED)
def test_a_file_with_two_readings_is_asked_about_and_a_button_leads_to_each(file):
    with pytest.raises(BadFile) as caught:
        understand(file.data)
    assert misses(file.says, " ".join([str(caught.value), *(offer.words for offer in caught.value.offers)])) == []
    found = scores_behind_buttons(file, caught.value, file.losses + file.also)
    assert [loss for loss in file.losses if not among(loss, tuple(found))] == []


@parametrized(REFUSED)
def test_a_file_that_cannot_be_scored_says_why_and_no_button_gives_a_number(file):
    with pytest.raises(BadFile) as caught:
        understand(file.data)
    assert misses(file.says, str(caught.value)) == []
    scores_behind_buttons(file, caught.value, file.also)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(header=False),
        Choice(numbering=0),
        Choice(positive="1"),
        Choice(columns=("cat", "dog")),
        Choice(columns=()),
        Choice(scale="logits"),
        Choice(label="cat", scale="percent", normalize=True, leave_out=True),
        Choice(label="column 1", header=False, numbering=1),
    ],
)
def test_whatever_is_chosen_a_file_is_read_or_refused_in_words(choice):
    for file in (*ASKED, *REFUSED, *READ[::4]):
        with suppress(BadFile):
            assert score(understand(file.data, choice)) >= 0, file.name


@pytest.mark.parametrize("choice", [Choice(normalize=True), Choice(scale="probabilities")])
def test_dividing_rows_by_their_sum_counts_no_other_column(choice):
    plain = [file for file in READ if not re.search("logit|log|percent|several|sum", " ".join(file.says))]
    assert len(plain) > 200
    for file in plain:
        try:
            reading = understand(file.data, choice)
        except BadFile:
            continue
        tolerance = 1e-3 if "round" in file.says else 1e-6  # of sums that are 1 but for rounding
        assert isclose(score(reading), file.log_loss, rel_tol=tolerance), file.name


SCORES = """
from tests.predictions.tool_files_matching import FILES
from xent_ui.experiments.prediction_scores import Report
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.predictions_file import understand

for file in FILES:
    try:
        print(file.name, Report(understand(file.data).predictions).log_loss)
    except BadFile as error:
        print(file.name, error, error.offers)
"""


def test_a_file_is_read_in_the_same_way_by_every_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", SCORES],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
            cwd=ROOT,
        ).stdout
        for seed in ("0", "2", "5")
    }
    assert len(said) == 1


def test_the_table_is_long_and_repeats_nothing():
    assert len(TOOL_FILES) >= 100
    assert len({file.tool for file in TOOL_FILES}) >= 40
    assert [name for name, count in Counter((file.tool, file.name) for file in TOOL_FILES).items() if count > 1] == []
    assert [data for data, count in Counter(file.data for file in TOOL_FILES).items() if count > 1] == []


def test_the_id_of_the_example_changes_nothing():
    (example,) = (file for file in READ if file.name == "an id that is a number")
    assert round(example.log_loss, 3) == 0.299
    with_id = -sum(log(p / (row + 1)) for row, p in enumerate((0.9, 0.8, 0.7, 0.6), 1)) / 4
    assert round(with_id, 3) == 1.496  # were the id a class, and each row divided by its sum
    as_it_comes, divided = understand(example.data), understand(example.data, Choice(normalize=True))
    assert as_it_comes.columns == divided.columns == ("cat", "dog")
    assert isclose(score(divided), example.log_loss, rel_tol=PRECISION)
    as_logits = score(understand(example.data, Choice(scale="logits")))
    assert isclose(as_logits, nll_of_logits(EXAMPLE, (0, 1, 0, 1)), rel_tol=PRECISION)


def test_softmax_of_torch():
    torch = pytest.importorskip("torch")
    logits = torch.tensor(LOGITS, dtype=torch.float32)
    probs = torch.softmax(logits, dim=1).numpy()
    columns = {"label": NAMES} | of_classes(CLASSES, probs)
    text = pd.DataFrame(columns).to_csv(index=False)
    in_the_file = pd.read_csv(io.StringIO(text))[list(CLASSES)].to_numpy().tolist()
    assert isclose(score(understand(text.encode())), nll(in_the_file), rel_tol=PRECISION)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(LABELS))
    assert isclose(nll(in_the_file), float(loss), rel_tol=1e-6)  # float32


def test_the_fitted_example_of_several_labels_has_rows_with_several():
    assert set(np.unique(SEVERAL.sum(axis=1))) >= {0, 1, 2}
