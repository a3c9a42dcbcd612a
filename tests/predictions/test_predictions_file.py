import csv
import io

import numpy as np
import pandas as pd
import pytest

from tests.make_sample_predictions import content
from tests.predictions.bad_files import ANIMALS, BAD, FINE
from xent_ui.experiments.prediction_scores import SAMPLE, sample
from xent_ui.predictions import csv_table
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.predictions_file import Choice, read, understand
from xent_ui.predictions.safe_csv import to_csv
from xent_ui.style.words import visible

ALL = Choice("label", ("cat", "dog", "fox"))


def table(*rows, header=ANIMALS):
    return (header + "".join(f"{row}\n" for row in rows)).encode()


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_the_error_of_a_bad_file_names_row_column_and_rule(bad):
    with pytest.raises(BadFile) as caught:
        read(bad.data, bad.choice)
    error = caught.value
    assert bad.rule in str(error)
    assert (error.row, error.column and visible(error.column)) == (bad.row, bad.column)
    if bad.row is not None:
        assert str(error).startswith(f"Row {bad.row:,}")
    if bad.column is not None:
        assert f"column `{bad.column}`" in str(error).replace("Column", "column")
    assert len(str(error)) < 400
    assert str(error).replace("\u202f%", "%").isprintable()  # Python calls no space but the plain one printable


def test_there_are_at_least_forty_bad_files():
    assert len({bad.name for bad in BAD}) == len(BAD) >= 40


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_what_could_be_read_of_a_bad_file_is_shown(bad):
    seen = csv_table.preview(bad.data, bad.row)
    assert isinstance(seen, pd.DataFrame)
    assert seen.shape[0] <= 5
    assert seen.shape[1] <= 12
    assert seen.columns.is_unique


def test_the_rows_shown_are_those_around_the_error():
    data = b"y,p\n" + b"1,0.5\n" * 9000 + b"1,=now()\n" + b"0,0.5\n" * 9
    seen = csv_table.preview(data, 9002)
    assert seen.index.tolist() == [9000, 9001, 9002, 9003, 9004]
    assert seen.loc[9002, "p"] == "'=now()"


def test_a_column_of_labels_and_one_of_probabilities():
    got = read(b"y,p\n1,0.9\n0,0.25\n1.0,1\n")
    assert got.classes == ("0", "1")
    np.testing.assert_array_equal(got.labels, [1, 0, 1])
    np.testing.assert_array_equal(got.scores, [0.9, 0.25, 1])
    np.testing.assert_array_equal(got.rows, [2, 3, 4])


def test_one_column_per_class_with_a_byte_order_mark_and_windows_lines():
    got = read(table(FINE.strip(), "fox,0.1,0.1,0.8").replace(b"\n", b"\r\n").join([b"\xef\xbb\xbf", b"\r\n\r\n"]))
    assert got.classes == ("cat", "dog", "fox")
    np.testing.assert_array_equal(got.labels, [0, 2])
    np.testing.assert_array_equal(got.scores, [[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])


def test_blanks_quotation_marks_commas_and_line_breaks_in_names():
    got = read(b'label ,"big, cat","a\nb"\n"big, cat",0.5,0.5\n"a\nb" , 0.25 ,0.75\n')
    assert got.classes == ("big, cat", "a\nb")
    np.testing.assert_array_equal(got.labels, [0, 1])


def test_classes_called_like_numbers_truths_and_formulas():
    assert read(b"label,0,1,2\n2,0,0,1\n0,1,0,0\n").classes == ("0", "1", "2")
    got = read(b"label,True,False,01,=1+1\nTrue,0.7,0.1,0.2,0\n01,0,0,1,0\n=1+1,0,0,0,1\n")
    np.testing.assert_array_equal(got.labels, [0, 2, 3])


def test_any_columns_may_be_chosen():
    got = read(b"id,said,truth\n7,0.5,1\n8,0.25,0\n", Choice("truth", ("said",)))
    np.testing.assert_array_equal(got.scores, [0.5, 0.25])


def test_logits_are_taken_as_they_are():
    got = read(table("cat,30,-2,1e-3", "dog,1,2,3"), ALL._replace(scale="logits"))
    np.testing.assert_array_equal(got.scores, [[30, -2, 1e-3], [1, 2, 3]])


def test_normalizing_divides_each_row_by_its_sum():
    got = read(table("cat,70,20,10", "dog,1,2,1"), ALL._replace(normalize=True))
    np.testing.assert_allclose(got.scores, [[0.7, 0.2, 0.1], [0.25, 0.5, 0.25]], rtol=1e-15)


def test_bad_rows_may_be_left_out_and_are_counted():
    bad = "wolf,0.7,0.2,0.1", "dog,,0.5,0.5", ",0,1,0", "", "dog,0.5,x,0.5", "fox,2,0,-1"
    data = table("cat,0.7,0.2,0.1", *bad, "fox,0,0,1")
    got = read(data, ALL._replace(leave_out=True))
    np.testing.assert_array_equal(got.rows, [2, 9])
    assert got.left_out == 6


@pytest.mark.parametrize(
    ("data", "offers"),
    [
        (b"y,p\n1,0.5\n0,1.2\n", ["These are logits", "These are percentages"]),
        (table("cat,2,1,1.5", "dog,1,1,2"), ["These are logits", "Divide each row by its sum"]),
        (table("cat,.5,.5,.5", "dog,1,0,0", "fox,0,0,1"), ["Divide each row by its sum", "Score the other rows"]),
        (table("wolf,1,0,0", "dog,1,0,0", "cat,1,0,0"), ["Score the other rows"]),
        (table("0,1,0,0", "1,1,0,0"), ["The labels number the columns: 0 is cat"]),
        (b"y,p\ncat,.5\ndog,.25\n", ["It is the probability of cat", "It is the probability of dog"]),
        (b"1,.5\n0,.25\n", ["The first row is data"]),
        (b"y,uncertainty\n1,.5\n0,.25\n", ["It is the probability of 1", "It is the probability of 0"]),
        (b"y,prob_1,prob_2\n1,.5,.6\n0,.25,.1\n", ["prob_1 is the prediction", "prob_2 is the prediction"]),
        (b"label,class_0,class_1,class_2\n1,.5,.3,.2\n2,.25,.7,.05\n", ["1 is class_1", "1 is class_0"]),
    ],
)
def test_what_can_be_chosen_instead_is_offered(data, offers):
    with pytest.raises(BadFile) as caught:
        read(data)
    assert [offer.words for offer in caught.value.offers] == offers


def test_what_was_understood_is_said():
    reading = understand("id;Truth;P (cat);P (dog);Fold\n7;cat;70,5;29,5;1\n9;dog;20;80;2\n".encode("utf-16"))
    assert reading.label == "Truth"
    assert reading.columns == ("P (cat)", "P (dog)")
    assert reading.left_out == {"id": "whole numbers", "Fold": "row numbers"}
    assert reading.sentences == (
        "Read as semicolon-separated with decimal commas, UTF-16.",
        "Left out: `id` (whole numbers), `Fold` (row numbers).",
        "The numbers are percentages: each row sums to 100.",
    )
    np.testing.assert_allclose(reading.predictions.scores, [[0.705, 0.295], [0.2, 0.8]], rtol=1e-15)


@pytest.mark.parametrize("above", [b"Results of the forest\n", b"# made by a tool\n# version 2\n", b"Results,,,\n\n"])
def test_words_above_the_header_are_left_out(above):
    reading = understand(above + table(FINE.strip(), "fox,0.1,0.1,0.8"))
    assert reading.sentences[0] == "What stands above the header is left out."
    assert reading.predictions.rows.tolist() == [above.count(b"\n") + 2, above.count(b"\n") + 3]


def test_logarithms_of_the_probability_of_class_1_are_no_logits():
    reading = understand(b"label,log_prob\n1,-0.1\n0,-1.6\n")
    np.testing.assert_allclose(reading.predictions.scores, np.exp([-0.1, -1.6]), rtol=1e-15)
    assert "The numbers are logarithms of probabilities: the column's name says so." in reading.sentences


def test_an_accent_may_be_written_in_two_ways():
    reading = understand("label,e\u0301te\u0301,x\n\u00e9t\u00e9,0.9,0.1\nx,0.2,0.8\n".encode())
    np.testing.assert_array_equal(reading.predictions.labels, [0, 1])


def test_rounding_is_accepted_and_said():
    reading = understand(table("cat,1.0000000000000002,-1e-17,0", "dog,0.3333333,0.3333333,0.3333333"))
    np.testing.assert_array_equal(reading.predictions.scores[0], [1, 0, 0])
    assert "2 numbers are below 0 or above 1 by rounding and are taken as 0 or 1." in reading.sentences
    assert "Some rows sum to 1 only up to 1e-07, which is rounding; they are taken as they are." in reading.sentences


def test_numbers_are_read_to_the_last_bit():
    probs = np.random.default_rng(0).random(1000)
    text = "y,p\n" + "".join(f"1,{p!r}\n" for p in probs.tolist())
    np.testing.assert_array_equal(read(text.encode()).scores, probs)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|x", "%0A=1"])
def test_no_downloaded_cell_starts_a_formula(cell):
    downloaded = to_csv(pd.DataFrame({cell: [cell, "fine"], "n": [1.5, -2]})).decode()
    header, first, second = csv.reader(io.StringIO(downloaded, newline=""))
    assert (header, first, second) == (["'" + cell, "n"], ["'" + cell, "1.5"], ["fine", "-2.0"])
    assert downloaded.startswith("\"'")  # in quotation marks, so that a semicolon or a tab does not begin a new cell


def test_the_sample_is_what_its_script_makes():
    assert SAMPLE.read_text(encoding="utf-8") == content()


def test_the_sample_is_read_like_any_other_file():
    ours, theirs = sample().report.predictions, read(SAMPLE.read_bytes())
    assert (ours.classes, ours.scale, ours.left_out) == (theirs.classes, theirs.scale, theirs.left_out)
    for name in ("rows", "labels", "scores"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
