"""The report as one web page: whole, harmless, and the same each time."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from tests.browser.brought import FILES
from tests.predictions.test_predictions_report import multi_label, predicted
from xent_ui.experiments.prediction_scores import Report, sample, scored
from xent_ui.live import assets
from xent_ui.predictions import predictions_report, report_page

EVIL = "</script><script>alert(1)</script><img src=https://evil.test/x onerror=alert(2)>{{ 7 * 7 }}"


class Reader(HTMLParser):
    """Reads a page into its elements and texts; what stands in a script is not read."""

    def __init__(self, page: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        (self.scripts if self.inside == "script" else self.texts).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def evil():
    report = predicted([0, 1, 2] * 9, [[0.5, 0.3, 0.2]] * 27, (EVIL, "=1+1", "</style>"))
    return scored(report, EVIL, reading=(f"Read with `{EVIL}`, and **bold**.", EVIL))


def several_labels():
    given = np.arange(60).reshape(20, 3) % 2
    return scored(Report(multi_label(given, np.linspace(0.1, 0.9, 60).reshape(20, 3))), "tags.csv")


SOURCES = {**FILES, "evil names": evil(), "several labels": several_labels()}


@pytest.fixture(params=sorted(SOURCES))
def source(request):
    return SOURCES[request.param]


def test_a_page_is_whole_and_loads_nothing(source):
    page = report_page.page(source)
    read = Reader(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert len(read.all("title")) == len(read.all("h1")) == len(read.all("main")) == 1
    for tag, attributes in read.elements:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "form", "a"), tag
        for name in attributes:
            assert name not in ("src", "href", "srcset", "action", "style"), name
            assert not name.startswith("on"), name
    style = page[page.index("<style>") : page.index("</style>")]
    assert re.findall(r"url\((.{5})", style) == ["data:"]
    assert "@import" not in style
    policy = next(each["content"] for each in read.all("meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"https?:|\*", policy)


def test_the_script_of_a_page_is_plotly_and_what_draws_the_pictures(source):
    plotly, figures, own = Reader(report_page.page(source)).scripts
    assert plotly == assets.PLOTLY.read_text(encoding="utf-8")
    assert "Plotly.react" in own
    assert not re.search("https?:", own)
    drawn = json.loads(figures, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert [sorted(each) for each in drawn] == [["narrow", "wide"]] * 3
    assert all(each["wide"]["data"] and each["wide"]["layout"]["font"]["color"] == "#1F2430" for each in drawn)


def test_names_with_markup_are_shown_as_text():
    page = report_page.page(evil())
    read = Reader(page)
    texts = "".join(read.texts)
    assert len(read.all("script")) == 3
    for name in (EVIL, "=1+1", "</style>"):
        assert name in texts
    assert "<img" not in page
    assert "<script>alert" not in page
    assert "7 * 7" in texts
    assert len(read.all("style")) == 1
    assert "Read with " in texts
    assert "bold" in texts


def test_a_page_says_the_summary_the_numbers_and_how_the_file_was_read(source):
    read = Reader(report_page.page(source))
    texts = " ".join("".join(read.texts).split())

    def says(words):
        assert " ".join(words.replace("**", "").replace("`", "").split()) in texts, words

    says(predictions_report.summary(source.report, source.name))
    for name, value, meaning in predictions_report.numbers(source.report):
        says(f"{name}: {value}")
        says(meaning[1:])
    says(f"{predictions_report.counts(source.report)}.")
    for sentence in source.reading:
        says(sentence)


def test_rows_that_were_left_out_are_counted():
    report = sample().report
    for n, words in ((0, ""), (1, "<li>1 row left out.</li>"), (1200, "<li>1,200 rows left out.</li>")):
        page = report_page.page(scored(Report(replace(report.predictions, left_out=n)), "x.csv"))
        assert words in page
        assert ("left out" in page[page.index("How the file was read") : page.index("<h2>Pictures")]) == bool(n)


def test_pictures_have_names_descriptions_and_words_below_them():
    read = Reader(report_page.page(sample()))
    names = {attributes["id"] for _, attributes in read.elements if "id" in attributes}
    stages = [each for each in read.all("div") if each.get("role") == "img"]
    assert len(stages) == len(read.all("figcaption")) == 3
    for stage in stages:
        assert {stage["aria-labelledby"], stage["aria-describedby"]} <= names
    texts = "".join(read.texts)
    assert "The median is 0.0975 nats" in texts
    assert "The temperature fitted on 200 other rows is 2.15" in texts
    assert "With a threshold of 0.5, the model calls 83 rows fox" in texts


def test_a_guess_that_is_open_is_not_given_away():
    page = report_page.page(sample(), shown=False)
    assert "The loss of each shows once you have made a guess." in page
    assert "0.0975" not in page[: page.index("<h2>Tables")]
    assert "The median is" not in page


def test_tables_have_captions_and_headers():
    source = sample()
    page = report_page.page(source)
    read = Reader(page)
    assert len(read.all("table")) == len(read.all("caption")) == len(read.all("thead"))
    assert {each["scope"] for each in read.all("th")} == {"row", "col"}
    names = [each["id"] for _, each in read.elements if "id" in each]
    assert len(set(names)) == len(names)
    worst = page[page.index("The 100 rows with the largest loss, the worst first") :]
    assert worst.count("<tr>") == 1 + 100
    first = source.report.predictions.rows[source.report.worst_first[0]]
    assert re.search(r'<th scope="row" class="number">([\d,]+)</th>', worst)[1] == f"{first:,}"


def test_the_class_that_was_chosen_is_the_one_of_the_threshold():
    source = sample()
    for index, name in enumerate(source.report.predictions.classes):
        page = report_page.page(replace(source, class_of_interest=index))
        assert f"rows <code>{name}</code>" in page


def test_the_same_file_gives_the_same_page():
    assert report_page.page(evil()) == report_page.page(evil())


def test_a_probability_below_1_does_not_look_like_1_and_a_share_is_in_percent():
    page = report_page.page(scored(predicted([1, 0, 0], [0.99999, 0.5, 0.99996]), "x.csv"))
    assert '<td class="number">0.99999</td>' in page
    assert "33.3\u202f%" in page
