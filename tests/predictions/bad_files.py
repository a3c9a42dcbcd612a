"""Files that cannot be scored: what each is, its bytes, and what the error must say."""

import gzip
import io
import json
import pickle
import zipfile
from typing import NamedTuple

import numpy as np

from xent_ui.predictions.predictions_file import Choice


class Bad(NamedTuple):
    """A bad file: the row and column that the error must name, and a part of its sentence."""

    name: str
    data: bytes
    row: int | None
    column: str | None
    rule: str
    choice: Choice | None = None


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "y,p\n1,0.5\n0,0.5\n")
    return buffer.getvalue()


def array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.eye(2))
    return buffer.getvalue()


ANIMALS = "label,cat,dog,fox\n"
FINE = "cat,0.7,0.2,0.1\n"

BAD = [
    # not a CSV
    Bad("an empty file", b"", None, None, "is empty"),
    Bad("nothing but blank lines", b"\n\n  \n", None, None, "is empty"),
    Bad("a spreadsheet", zipped("xl/workbook.xml"), None, None, "this is a spreadsheet (.xlsx)"),
    Bad("an old spreadsheet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), None, None, "an old spreadsheet"),
    Bad("a gzipped file cut off", gzip.compress(b"y,p\n1,0.5\n0,0.5\n")[:-9], None, None, "damaged or cut off"),
    Bad("a gzipped picture", gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(64)), None, None, "this is a picture"),
    Bad("a small file of 21 MB", gzip.compress(bytes(21 * 2**20)), None, None, "has more when unpacked"),
    Bad("two files in one", zipped("a.csv", "b.csv"), None, None, "this one holds 2 files"),
    Bad("a damaged zip archive", zipped("a.csv")[:40], None, None, "damaged or locked"),
    Bad("JSON", json.dumps([{"y": 1, "p": 0.5}]).encode(), None, None, "this is JSON"),
    Bad("a NumPy array", array(), None, None, "a NumPy array"),
    Bad("a pickle", pickle.dumps({"y": [1]}, protocol=4), None, None, "a pickle"),
    Bad("a picture", b"\x89PNG\r\n\x1a\n" + bytes(64), None, None, "a picture"),
    Bad("a web page", b"<!doctype html><p>404</p>", None, None, "a web page"),
    Bad("a file over the limit", b"y,p\n" + b"1,0.5\n" * 3_500_000, None, None, "at most 20 MB, got 20.0 MB"),
    Bad("noise", bytes(range(128, 256)) * 20, 1, "1", "must be in UTF-8, got byte 0x80"),
    Bad("zero bytes", b"y,p\n1,0.5\n0,0.\x005\n", 3, "p", "must be text, got byte 0x00"),
    # wrong encoding
    Bad("half of UTF-16", "y,p\n1,0.5\n0,0.5\n".encode("utf-16")[:-1], None, None, "begins as UTF-16, and is damaged"),
    Bad("Latin 1 in a row", "label,cat,dog\ncat,1,0\ncafé,0,1\n".encode("latin-1"), 3, "label", "got `café`"),
    # the header
    Bad("no header, yes or no", b"1,0.9\n0,0.2\n", 1, "1", "must name the columns, got a number"),
    Bad("no header, classes", b"cat,0.7,0.3\ndog,0.2,0.8\n", 1, "0.7", "must name the columns, got a number"),
    Bad("an empty header", b",,\ncat,1,0\ndog,0,1\n", 1, None, "it is empty"),
    Bad("one column", b"p\n0.5\n0.4\n", 1, "p", "at least two columns"),
    Bad(
        "a name twice", b"label,cat,dog,cat\ncat,0.5,0.3,0.2\ndog,0.5,0.3,0.2\n", 1, "cat", "two columns have this name"
    ),
    Bad("a name twice but for a blank", b"label,cat, cat\ncat,0.5,0.5\ncat,0.5,0.5\n", 1, "cat", "two columns"),
    Bad("a million columns", ",".join(f"c{i}" for i in range(10**6)).encode() + b"\n1\n", 1, None, "1,000,000 columns"),
    Bad(
        "1,001 classes",
        ("label," + ",".join(f"c{i}" for i in range(1001)) + "\n" + ("c0,1" + ",0" * 1000 + "\n") * 2).encode(),
        1,
        None,
        "at most 1,000 classes can be scored, got 1,001",
    ),
    Bad("no label", b"u,p\n0.4,0.9\n0.7,0.2\n", 1, None, "no column is called label or y"),
    Bad("a quotation mark in the header", b'"label,cat,dog\ncat,1,0\ndog,0,1\n', 1, None, "quotation mark"),
    Bad("a name without end", b'"' + b"a" * 200_000 + b'",p\n1,0.5\n0,0.5\n', 1, None, "quotation mark"),
    # how many rows
    Bad("a header alone", b"y,p\n", 2, None, "at least two rows to score"),
    Bad("one row", b"y,p\n1,0.9\n", 2, None, "at least two rows to score"),
    Bad("200,001 rows", b"y,p\n" + b"1,0.5\n" * 200_001, 200_002, None, "at most 200,000 rows"),
    # the shape of rows
    Bad(
        "a row too long",
        (ANIMALS + FINE + "dog,0.1,0.8,0.1,0.3\n").encode(),
        3,
        "fox",
        "as many cells as the header, 4; this one has",
    ),
    Bad("the first row too long", (ANIMALS + "dog,0.1,0.8,0.1,0.3\n" + FINE).encode(), 2, "fox", "this one has 5"),
    Bad("all rows too long", b"y,p\n1,0,9\n0,0,2\n", 2, "p", "Numbers are written with a point"),
    Bad("a row too short", (ANIMALS + FINE + "dog,0.1,0.9\n").encode(), 3, "fox", "the prediction is missing"),
    Bad("an empty row", (ANIMALS + FINE + "\n" + FINE).encode(), 3, None, "the row is empty"),
    Bad(
        "a quotation mark never closed",
        (ANIMALS + FINE + '"dog,0.1,0.8,0.1\n' + FINE).encode(),
        3,
        None,
        "never closed",
    ),
    # missing values and text
    Bad("a missing label", (ANIMALS + FINE + ",0.1,0.8,0.1\n").encode(), 3, "label", "the label is missing"),
    Bad("a missing prediction", (ANIMALS + FINE + "dog,0.1,,0.1\n").encode(), 3, "dog", "the prediction is missing"),
    Bad("a nan", (ANIMALS + FINE + "dog,0.1,nan,0.1\n").encode(), 3, "dog", "missing: it says `nan`"),
    Bad("an NA", (ANIMALS + FINE + "dog,0.1,NA,0.1\n").encode(), 3, "dog", "missing: it says `NA`"),
    Bad(
        "text for a number", (ANIMALS + FINE + "dog,0.1,high,0.1\n").encode(), 3, "dog", "must be a number, got `high`"
    ),
    Bad("true for a number", b"y,p\n1,True\n0,False\n", 2, "p", "must be a number, got `True`"),
    Bad("a sign for percent in one row", b"y,p\n1,90%\n0,0.2\n", 2, "p", "got `90%`. Write 50\u202f% as 0.5"),
    Bad("a decimal comma in one row", b'y,p\n1,"0,9"\n0,0.2\n1,0.7\n', 2, "p", "Write it with a point"),
    Bad("a formula for a number", b"y,p\n1,0.5\n0,=A1*2\n", 3, "p", "a spreadsheet formula"),
    Bad("a command for a number", b"y,p\n1,0.5\n0,=cmd|' /C calc'!A0\n", 3, "p", "a spreadsheet formula"),
    Bad("an infinity", b"y,p\n1,0.5\n0,inf\n", 3, "p", "must be a finite number, got `inf`"),
    Bad("a number too large", b"y,p\n1,0.5\n0,1e999\n", 3, "p", "must be a finite number"),
    Bad("control characters", b"y,p\n1,0.5\n0,\x07\x1b[31m\n", 3, "p", "got `\\x07\\x1b[31m`"),
    Bad("Markdown", b"y,p\n1,0.5\n0,`:red[x]` <script>\n", 3, "p", "got `':red[x]' <script>`"),
    Bad("a cell of a million letters", b"y,p\n1,0.5\n0," + b"x" * 10**6 + b"\n", 3, "p", "must be a number, got `xxx"),
    # probabilities
    Bad("a probability above 1", b"y,p\n1,0.5\n0,1.2\n0,1.3\n", 3, "p", "must be in [0, 1], got `1.2`. One more row"),
    Bad(
        "a probability below 0",
        (ANIMALS + FINE + "dog,-0.1,1,0.1\n").encode(),
        3,
        "cat",
        "must be in [0, 1], got `-0.1`",
    ),
    Bad("a sum that is not 1", (ANIMALS + FINE + "dog,0.1,0.8,0.2\n").encode(), 3, None, "must sum to 1, got 1.1"),
    Bad("a row of zeros", (ANIMALS + FINE + "dog,0,0,0\n").encode(), 3, None, "must sum to 1, got 0"),
    Bad("logits of no row's class", (ANIMALS + "cat,3.1,-0.2,0.4\n" * 9).encode(), None, "dog", "`dog` and `fox`"),
    Bad("numbers above 1", (ANIMALS + "cat,3.1,0.2,0.4\ndog,1,0,0\nfox,0,1,0\n").encode(), 2, "cat", "got `3.1`"),
    # labels
    Bad(
        "a label that is no column",
        (ANIMALS + FINE + "wolf,0.1,0.8,0.1\n").encode(),
        3,
        "label",
        "(`cat`, `dog`, `fox`), got `wolf`",
    ),
    Bad("labels as numbers", (ANIMALS + "0,0.7,0.2,0.1\n1,0.2,0.7,0.1\n").encode(), 2, "label", "the name of a column"),
    Bad("a label that is not 0 or 1", b"y,p\n1,0.9\n2,0.2\n", 3, "y", "must be 0 or 1, got `2`"),
    Bad("a formula for a label", b"y,p\n1,0.9\n=1+0,0.2\n", 3, "y", "must be 0 or 1, got `=1+0`"),
    # choices that do not fit
    Bad("a column that is not there", b"y,p\n1,0.9\n0,0.2\n", 1, "q", "no such column", Choice("y", ("q",))),
    Bad("no column of predictions", b"y,p\n1,0.9\n0,0.2\n", 1, None, "at least one column", Choice("y", ())),
    Bad("the label as prediction", b"y,p\n1,0.9\n0,0.2\n", 1, "y", "label and prediction at once", Choice("y", ("y",))),
    Bad(
        "a negative number to normalize",
        (ANIMALS + FINE + "dog,-1,2,3\n").encode(),
        3,
        "cat",
        "must not be negative",
        Choice("label", ("cat", "dog", "fox"), normalize=True),
    ),
    Bad(
        "a sum of 0 to normalize",
        (ANIMALS + FINE + "dog,0,0,0\n").encode(),
        3,
        None,
        "a sum above 0, got 0",
        Choice("label", ("cat", "dog", "fox"), normalize=True),
    ),
    Bad(
        "an infinite logit",
        (ANIMALS + FINE + "dog,1,inf,0\n").encode(),
        3,
        "dog",
        "must be a finite number",
        Choice("label", ("cat", "dog", "fox"), "logits"),
    ),
    Bad(
        "a row of masks",
        (ANIMALS + FINE + "dog,-inf,-inf,-inf\n").encode(),
        3,
        None,
        "every class of the row is masked",
        Choice("label", ("cat", "dog", "fox"), "logits"),
    ),
    Bad(
        "nothing left",
        (ANIMALS + "cow,1,0,0\n" * 3).encode(),
        2,
        "label",
        "2 more rows break",
        Choice("label", ("cat", "dog", "fox"), leave_out=True),
    ),
]
