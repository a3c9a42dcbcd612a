"""The section "The report" of the lesson "Your predictions", for the sample and for files."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.helpers import open_lesson, plain, says, visible_elements
from xent_ui.experiments.prediction_scores import sample
from xent_ui.predictions import predictions_report, report_page

SAMPLE = sample()


def several_labels():
    """Draw the report of a file with several labels, and the choice of one of them."""
    from tests.browser.brought import FILES
    from xent_ui.course import prose
    from xent_ui.live import show
    from xent_ui.predictions import report

    show.start_page("your_predictions")
    prose.start_prose()
    report.show(FILES["several labels"])
    report.download_at_threshold(FILES["several labels"].report)
    report.with_class_of_interest(FILES["several labels"])


def place(words, texts):
    return next(i for i, text in enumerate(texts) if plain(text).startswith(words))


def test_the_report_comes_after_the_first_picture_summary_first_then_the_numbers():
    texts = [element.value for element in visible_elements(open_lesson("your_predictions"))]
    summary = predictions_report.summary(SAMPLE.report, SAMPLE.name)
    assert sum(plain(summary) == plain(text) for text in texts) == 1
    places = [place(words, texts) for words in ("What you just saw.", "The report", plain(summary), "- Normalized")]
    assert places == sorted(places)
    assert places[1] < place("Are the probabilities as sure", texts)


def test_each_number_stands_with_its_meaning():
    page = open_lesson("your_predictions")
    numbers = predictions_report.numbers(SAMPLE.report)
    assert [number.name for number in numbers] == ["Normalized entropy", "Brier score", "Accuracy", "ECE"]
    for name, value, meaning in numbers:
        assert says(page, f"{name} {value}: {meaning}")


def test_tables_show_the_classes_and_the_worst_rows_in_percent_where_they_are_shares():
    classes, worst = (each.value for each in open_lesson("your_predictions").dataframe)
    assert classes["class"].tolist()[0] == SAMPLE.report.predictions.classes[SAMPLE.report.by_class.classes[0]]
    assert classes["share of the loss"].sum() == pytest.approx(100)
    assert len(worst) == 100
    assert worst["loss (nats)"].is_monotonic_decreasing


def test_the_web_page_is_made_only_when_its_button_is_pressed(monkeypatch):
    monkeypatch.setattr(report_page, "page", lambda source, **_: pytest.fail("nobody has pressed the button"))
    keys = [button.key for button in open_lesson("your_predictions").get("download_button")]
    assert {"down_page", "down_classes", "down_rows", "down_threshold"} <= set(keys)


@pytest.mark.parametrize(("address", "shown"), [({}, True), ({"hide": "answers"}, False)])
def test_the_web_page_of_the_sample_shows_no_answer_that_the_address_hides(address, shown, monkeypatch):
    files = []
    monkeypatch.setattr(st, "download_button", lambda label, data, *_, key="", **__: files.append((key, data)))
    monkeypatch.setattr(report_page, "page", lambda source, *, shown: f"{source.name} {shown}")
    open_lesson("your_predictions", **address)
    assert dict(files)["down_page"]() == f"the sample {shown}".encode()


def test_a_report_of_several_labels_speaks_of_labels():
    page = AppTest.from_function(several_labels, default_timeout=60).run()
    assert not page.exception, page.exception[0].message
    labels, worst = (each.value for each in page.dataframe)
    assert sorted(labels["label"]) == ["rain & snow all day long", "sunny", "wind"]
    assert labels["base rate"].tolist() == pytest.approx((100 * labels["ones"] / labels["predictions"]).tolist())
    assert worst.columns.tolist() == ["row", "label", "given", "probability of label", "loss (nats)"]
    assert [each.label for each in page.get("download_button")] == [
        "Every label as CSV",
        "Every prediction as CSV",
        "The report as a web page",
        "All labels at this threshold as CSV",
    ]
    assert page.selectbox(key="of").label == "The label to look for"
    assert says(page, "always saying the base rate of each label costs")
