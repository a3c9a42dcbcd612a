import time

import numpy as np
import pytest
from starlette.formparsers import MultiPartParser

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from tests.ui.bad_files import BAD
from xent_ui.predictions import csv_table
from xent_ui.predictions.predictions_file import SAMPLE, read
from xent_ui.predictions.predictions_report import Report

NAME = "your_predictions"


def uploaded(data, name="mine.csv", **address):
    page = open_lesson(NAME, **address)
    page.file_uploader(key="predictions_csv").set_value((name, data, "text/csv")).run()
    assert not page.exception, page.exception[0].message
    return page


def set_by(page, kind, ending, value):
    control = next(c for c in getattr(page, kind) if c.key and c.key.startswith("read_") and ending in c.key)
    control.set_value(value).run()
    assert not page.exception


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        NAME,
        {
            "Find the smallest share of the rows that pays half of the bill.": {"worst": 6},
            "Clip until no row costs more than 3 nats.": {"least": "0.05"},
            "Cool too far": {"cool": 4.5},
            "Find at least 45 of the 64 foxes with fewer than 40 false alarms.": {"cut": 0.3},
        },
    )


def test_no_temperature_makes_a_row_right():
    page = open_lesson(NAME, cool=2)
    assert not is_solved(page, "one more row is right")
    page.toggle(key=f"forbidden_{NAME}_argmax").set_value(True).run()
    assert is_solved(page, "one more row is right")


def test_what_the_page_says_of_the_sample_is_so():
    report = Report(read(SAMPLE.read_bytes()))
    # "of the sample's 400 rows the worst 24 pay as much as the other 376", and "they can be most of the bill"
    assert report.n == 400
    assert 0.5 <= report.paid()[23] < 0.52
    # "Dividing the sample's logits by 2 lowers its log loss by a fifth, and not one answer changes."
    assert report.cooled_log_loss(2) / report.cooled_log_loss(1) == pytest.approx(0.8, abs=0.005)
    assert says(open_lesson(NAME, worst=6), "The worst 6 % of them pay 51.2 % of the bill")
    assert says(
        open_lesson(NAME),
        "The temperature fitted on 200 rows is 2.00: on 200 others it takes the log loss "
        "from 0.629 to 0.501, the calibration error from 9.4 % to 0.0 %",
    )
    assert np.sum(report.predictions.labels == report.predictions.classes.index("fox")) == 64


def test_the_answer_is_not_given_away_before_the_guess():
    page = open_lesson(NAME)
    assert not says(page, "The log loss of")
    assert not any("ell" in formula.value for formula in page.latex)
    assert says(open_lesson(NAME, **{f"lock_{NAME}": "true"}), "The log loss of `the sample` is 0.6290 nats")


@pytest.fixture(scope="module")
def waiting():
    return open_lesson(NAME)


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.choice is None], ids=lambda bad: bad.name)
def test_a_bad_file_is_told_on_the_page(bad, waiting):
    waiting.file_uploader(key="predictions_csv").set_value(("mine.csv", bad.data, "text/csv")).run()
    assert not waiting.exception, waiting.exception[0].message
    (error,) = (element.value for element in waiting.error)
    assert error.startswith("`mine.csv` cannot be scored. ")
    assert bad.rule in error
    assert says(waiting, "the sample is scored meanwhile")


def test_a_file_is_scored_and_needs_no_guess():
    page = uploaded(b"y,p\n1,0.5\n0,0.5\n1,0.25\n0,0.75\n")
    assert says(page, "**Scored: `mine.csv`**, 4 rows, the probability of class 1")
    assert says(page, "The log loss of `mine.csv` is 1.040 nats, the mean over 4 rows.")
    assert not [slider for slider in page.slider if slider.key == f"guess_{NAME}"]


def test_columns_may_be_chosen_and_left_out():
    page = uploaded(b"id,said,truth\n7,0.5,1\n8,0.5,0\n")
    assert "no column is called label or y" in page.error[0].value
    set_by(page, "selectbox", "_label", "truth")
    assert "column `truth`: the label must be the name of a column (`id`, `said`), got `1`" in page.error[0].value
    set_by(page, "multiselect", "_ignored", ["id"])
    assert not page.error
    assert says(page, "is 0.6931 nats")


def test_what_is_offered_mends_the_file():
    page = uploaded(b"label,p_cat,p_dog\ncat,2,2\ndog,1,1\ndog,,1\n")
    for offer in ("leave_out", "drop_prefix", "normalize"):
        assert page.error
        next(button for button in page.button if (button.key or "").endswith(f"offer_{offer}")).click().run()
        assert not page.exception
    assert says(page, "**Scored: `mine.csv`**, 2 rows, 2 classes; 1 row left out")
    page = uploaded(b"label,cat,dog\ncat,3,1\ndog,-1,1\n")
    next(button for button in page.button if (button.key or "").endswith("offer_logits")).click().run()
    assert says(page, "**Scored: `mine.csv`**, 2 rows, 2 classes.")


def test_markup_in_names_is_shown_as_it_is():
    page = uploaded(b"label,<b>x</b>,:red[y]\n<b>x</b>,0.5,0.5\n:red[y],0.5,0.5\n", "`# evil`.csv")
    assert says(page, "**Scored: `'# evil'.csv`**")


def test_one_class_only_and_infinite_loss_are_shown():
    page = uploaded(b"label,a,b\na,0,1\na,0.5,0.5\na,1,0\n")
    assert says(page, "is ∞ nats")
    assert says(page, "Left out here: 1 that gave 0 to what was true.")


def test_a_large_file_is_scored_in_time():
    chance = np.random.default_rng(0)
    probs = chance.dirichlet(np.ones(10), 100_000)
    labels = chance.integers(0, 10, 100_000).tolist()
    body = "\n".join(
        f"c{label}," + ",".join(f"{p:.6f}" for p in row) for label, row in zip(labels, probs.tolist(), strict=True)
    )
    page = open_lesson(NAME)
    page.file_uploader(key="predictions_csv").set_value(
        ("mine.csv", ("label," + ",".join(f"c{i}" for i in range(10)) + "\n" + body).encode(), "text/csv")
    )
    start = time.perf_counter()
    page.run()
    assert not page.exception
    assert says(page, "100,000 rows, 10 classes")
    assert time.perf_counter() - start < 20  # the whole page, on a busy machine; its first picture takes a tenth


def test_an_upload_stays_in_memory():
    assert MultiPartParser.spool_max_size > csv_table.MOST_MEGABYTES * 2**20


def test_two_learners_see_only_their_own():
    mine, yours = uploaded(b"y,p\n1,0.5\n0,0.5\n"), open_lesson(NAME)
    assert says(mine, "**Scored: `mine.csv`**")
    assert not says(yours, "mine.csv")
    mine.file_uploader(key="predictions_csv").set_value(None).run()
    assert "kept_report" not in mine.session_state
