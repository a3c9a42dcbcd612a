"""Files uploaded to the lesson "Your predictions"."""

import numpy as np
import pytest
from starlette.formparsers import MultiPartParser

from tests.pages.helpers import is_solved, open_lesson, says
from tests.predictions.bad_files import BAD
from xent_ui.predictions.file_text import MOST_MEGABYTES

NAME = "your_predictions"


def uploaded(data, name="mine.csv", **address):
    page = open_lesson(NAME, **address)
    page.file_uploader(key="predictions_csv").set_value((name, data, "text/csv")).run()
    assert not page.exception, page.exception[0].message
    return page


def set_widget(page, kind, label, value):
    next(each for each in getattr(page, kind) if each.label == label).set_value(value).run()
    assert not page.exception


def press(page, words):
    next(button for button in page.button if button.label == words).click().run()
    assert not page.exception


@pytest.fixture(scope="module")
def page_of_bad_files():
    return open_lesson(NAME)


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.choice is None], ids=lambda bad: bad.name)
def test_the_page_says_what_is_wrong_with_a_bad_file(bad, page_of_bad_files):
    page = page_of_bad_files
    page.file_uploader(key="predictions_csv").set_value(("mine.csv", bad.data, "text/csv")).run()
    assert not page.exception, page.exception[0].message
    (error,) = (element.value for element in page.error)
    assert error.startswith("`mine.csv` cannot be scored. ")
    assert bad.rule in error
    assert says(page, "the sample is scored meanwhile")


def test_a_file_is_scored_and_asks_for_no_guess():
    page = uploaded(b"y,p\n1,0.5\n0,0.5\n1,0.25\n0,0.75\n")
    assert says(page, "**Scored: `mine.csv`**, 4 rows. The label is `y`, and `p` is the probability of `1`.")
    assert says(page, "The log loss of `mine.csv` is **1.04 nats**")
    assert says(page, "The log loss of `mine.csv` is 1.040 nats, the mean over 4 rows.")
    assert not [slider for slider in page.slider if slider.key == f"guess_{NAME}"]
    assert not says(page, "87 foxes")


def test_a_file_is_still_there_after_visiting_another_lesson_until_it_is_removed():
    page = uploaded(b"y,p\n1,0.5\n0,0.5\n1,0.25\n0,0.75\n")
    page.switch_page("pages/entropy.py").run()
    page.switch_page("pages/your_predictions.py").run()
    assert says(page, "**Scored: `mine.csv`**, 4 rows")
    page.button(key="forget_predictions").click().run()
    assert not says(page, "**Scored:")
    assert says(page, "you see a sample")


def test_removing_the_file_from_its_field_shows_the_sample():
    page = uploaded(b"y,p\n1,0.5\n0,0.5\n")
    page.file_uploader(key="predictions_csv").set_value(None).run()
    assert not page.exception
    assert not says(page, "**Scored:")


def test_columns_can_be_chosen_and_left_out():
    page = uploaded(b"id,said,other,truth\n7,0.5,0.1,1\n8,0.5,0.2,0\n")
    assert (
        "several columns hold numbers: `said` and `other`. Choose “Columns with the predictions”."
        in page.error[0].value
    )
    set_widget(page, "multiselect", "Columns with the predictions", ["said"])
    assert not page.error
    assert says(page, "is 0.6931 nats")
    assert says(page, "Left out: `id` (row numbers)")
    set_widget(page, "selectbox", "Column with the true label", "id")
    assert "the labels are `7` and `8`. Say which of them it is about." in page.error[0].value
    set_widget(page, "selectbox", "Column with the true label", None)
    assert says(page, "is 0.6931 nats")


def test_an_offer_reads_the_file_and_can_be_taken_back():
    page = uploaded(b"label,cat,dog\ncat,2,2.5\ndog,1,1\ndog,,1\n")
    for words in ("Score the other rows", "Divide each row by its sum"):
        assert page.error
        press(page, words)
    assert says(page, "**Scored: `mine.csv`**, 2 rows; 1 row left out. The label is `label`, and the 2 classes are")
    press(page, "Read it anew, as found")
    assert "the prediction is missing" in page.error[0].value


def test_a_file_without_a_header_is_asked_about():
    page = uploaded(b"1,0.5\n0,0.5\n")
    press(page, "The first row is data")
    assert says(page, "Read as comma-separated, without a header.")
    assert says(page, "is 0.6931 nats")


def test_what_the_columns_are_is_said_first_and_can_be_chosen():
    page = uploaded(b"id;true_label;p_cat;p_dog;y_pred\n1;cat;0,5;0,5;cat\n2;dog;0,5;0,5;cat\n")
    said = next(each.value for each in page.markdown if "**Scored:" in each.value)
    for part in (
        "2 rows. The label is `true_label`, and the 2 classes are `cat` and `dog` in the columns `p_cat` and `p_dog`.",
        "Read as semicolon-separated with decimal commas.",
        "Left out: `id` (row numbers), `y_pred` (what the model decided).",
        "The numbers are probabilities: each row sums to 1.",
        "choose it under “How it is read”",
    ):
        assert part in said
    label = next(each for each in page.selectbox if each.label == "Column with the true label")
    assert label.placeholder == "true_label (found)"
    set_widget(page, "selectbox", "What their numbers are", "logits")
    assert says(page, "is 0.6931 nats")


def test_markup_in_names_is_shown_as_it_is():
    page = uploaded(b"label,<b>x</b>,:red[y]\n<b>x</b>,0.5,0.5\n:red[y],0.5,0.5\n", "`# evil`.csv")
    assert says(page, "**Scored: `'# evil'.csv`**")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"label,a,b\na,0,1\na,0.5,0.5\na,1,0\n", "Left out here: 1 that gave 0 to what was true."),
        (b"y,p\n1,0\n0,1\n", "No temperature can be fitted and judged: every row gave 0 to what was true."),
    ],
)
def test_infinite_losses_are_shown(data, sentence):
    page = uploaded(data)
    assert says(page, "is ∞ nats")
    assert says(page, sentence)


def test_the_class_of_interest_is_chosen_on_the_page():
    page = open_lesson(NAME)
    assert says(page, "With a threshold of 0.5, the model calls 83 rows `fox`.")
    page.selectbox(key="of").set_value("cat").run()
    assert says(page, "rows `cat`.")
    page.slider(key="cut").set_value(0.3).run()
    assert says(page, "With a threshold of 0.3")
    assert not is_solved(page, "87 foxes")
    page.selectbox(key="of").set_value("fox").run()
    assert is_solved(page, "87 foxes")


def test_a_large_file_is_scored():
    rng = np.random.default_rng(0)
    probs = rng.dirichlet(np.ones(10), 100_000)
    labels = rng.integers(0, 10, 100_000).tolist()
    rows = (f"c{label}," + ",".join(f"{p:.6f}" for p in row) for label, row in zip(labels, probs.tolist(), strict=True))
    data = "\n".join(["label," + ",".join(f"c{i}" for i in range(10)), *rows]).encode()
    page = open_lesson(NAME)
    page.file_uploader(key="predictions_csv").set_value(("mine.csv", data, "text/csv"))
    page.run()
    assert not page.exception
    assert says(page, "100,000 rows. The label is `label`, and the 10 classes are")


def test_an_upload_stays_in_memory():
    open_lesson(NAME)
    assert MultiPartParser.spool_max_size > MOST_MEGABYTES * 2**20


def test_two_learners_see_only_their_own_rows():
    mine = uploaded(b"label,cat,dog\ncat,0.25,0.75\ndog,0.5,0.5\n", "mine.csv")
    yours = uploaded(b"label,cat,dog\ncat,0.125,0.875\ndog,1,0\n", "yours.csv")
    mine.slider(key="worst").set_value(50).run()
    assert says(mine, "The log loss of `mine.csv`")
    assert says(yours, "The log loss of `yours.csv`")
    for page, others_name, own, others in ((mine, "yours.csv", 0.25, 0.125), (yours, "mine.csv", 0.125, 0.25)):
        assert not says(page, others_name)
        values = page.dataframe[1].value["probability of label"].tolist()
        assert own in values
        assert others not in values
    assert says(open_lesson(NAME), "400 rows")
    mine.file_uploader(key="predictions_csv").set_value(None).run()
    assert "kept_report" not in mine.session_state
