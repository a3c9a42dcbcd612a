"""Files as spreadsheets and databases save them: separators, decimal commas, encodings, archives, Parquet."""

import csv
import gzip
import io
import zipfile

import pandas as pd

from tests.predictions.tool_files_values import (
    BINARY_LOSS,
    CLASSES,
    LABELS,
    LOSS,
    NAMES,
    PROBS,
    TRUTH,
    P,
    Read,
    Refused,
    ToolFile,
    bce,
    nll,
    table,
    written,
)

HEADER = "label,cat,dog,fox"
SHEET = written(HEADER, NAMES, PROBS)
EUROPEAN = written(HEADER, NAMES, PROBS, delimiter=";", comma=True, lineterminator="\r\n")
UNICODE_TEXT = written(HEADER, NAMES, PROBS, delimiter="\t", lineterminator="\r\n")
GERMAN = ("Kuh", "Bär", "Füchsin")
UMLAUTS = written(["Klasse", *GERMAN], [GERMAN[label] for label in LABELS], PROBS, delimiter=";", comma=True)
PERCENT = [f"{100 * p:.2f}%" for p in P]
PERCENT_OF_CLASSES = [[f"{100 * p:.2f}%".replace(".", ",") for p in row] for row in PROBS]


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame({"label": NAMES}).join(pd.DataFrame(PROBS, columns=CLASSES)).assign(**columns)


def saved(method: str, data: pd.DataFrame, **arguments) -> bytes:
    """Return what pandas saves."""
    buffer = io.BytesIO()
    getattr(data, method)(buffer, **arguments)
    return buffer.getvalue()


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return an archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


FILES: list[ToolFile] = [
    # spreadsheets
    Read("CSV in Europe", "Excel", EUROPEAN.encode("cp1252"), LOSS, ("semicolon", "decimal comma")),
    Read("CSV UTF-8 in Europe", "Excel", EUROPEAN.encode("utf-8-sig"), LOSS, ("semicolon", "decimal comma")),
    Read("CSV UTF-8", "Excel", SHEET.encode("utf-8-sig"), LOSS),
    Read("Unicode text", "Excel", UNICODE_TEXT.encode("utf-16"), LOSS, ("tab", "UTF-16")),
    Read(
        "Unicode text in Europe",
        "Excel",
        written(HEADER, NAMES, PROBS, delimiter="\t", comma=True, lineterminator="\r\n").encode("utf-16"),
        LOSS,
        ("tab", "decimal comma", "UTF-16"),
    ),
    Read("sep=; in the first line", "Excel", f"sep=;\r\n{EUROPEAN}".encode(), LOSS, ("semicolon", "decimal comma")),
    Read("sep=; after a byte order mark", "C#", f"sep=;\r\n{EUROPEAN}".encode("utf-8-sig"), LOSS, ("semicolon",)),
    Read("sep=, in the first line", "Excel", f"sep=,\r\n{SHEET}".encode(), LOSS),
    Read("sep= and a tab", "Excel", b"\xff\xfe" + f"sep=\t\r\n{UNICODE_TEXT}".encode("utf-16-le"), LOSS, ("tab",)),
    Read("a formatted empty column", "Excel", SHEET.replace("\n", ",\r\n").encode(), LOSS),
    Read("formatted empty rows at the end", "Excel", (SHEET + ",,,\n" * 3).replace("\n", "\r\n").encode(), LOSS),
    Read("formatted empty columns and rows", "Excel", (SHEET + ",,,\n" * 2).replace("\n", ",,\n").encode(), LOSS),
    Read("CSV (Macintosh)", "Excel", SHEET.replace("\n", "\r").encode(), LOSS),
    Read(
        "CSV (Macintosh) with umlauts",
        "Excel",
        UMLAUTS.replace("\n", "\r").encode("mac-roman"),
        LOSS,
        ("semicolon", "decimal comma"),
    ),
    Read("CSV (MS-DOS) with umlauts", "Excel", UMLAUTS.encode("cp850"), LOSS, ("semicolon", "decimal comma")),
    Read("CSV with umlauts", "Excel", UMLAUTS.encode("latin-1"), LOSS, ("semicolon", "Latin-1|Windows-1252|cp1252")),
    Read("percentages of two classes", "Excel", table("y,p", TRUTH, PERCENT), BINARY_LOSS, ("percent",)),
    Read(
        "percentages of three classes in Europe",
        "Excel",
        table(HEADER, NAMES, PERCENT_OF_CLASSES, delimiter=";"),
        LOSS,
        ("semicolon", "decimal comma", "percent"),
    ),
    Read(
        "percentages with a blank before the sign",
        "Excel, French",
        table("y,p", TRUTH, [cell.replace(".", ",").replace("%", "\u00a0%") for cell in PERCENT], delimiter=";"),
        BINARY_LOSS,
        ("decimal comma", "percent"),
    ),
    Read(
        "percentages all below 1",
        "Excel",
        table("y,p", (0, 1, 0, 0), ("0.91%", "0.37%", "0.12%", "0.66%")),
        bce((0.0091, 0.0037, 0.0012, 0.0066), (0, 1, 0, 0)),
        ("percent",),
    ),
    Read(
        "a German locale",
        "Google Sheets",
        table(HEADER, NAMES, PROBS, comma=True, lineterminator="\r\n"),
        LOSS,
        ("decimal comma",),
    ),
    Read("quoted text", "LibreOffice", table(HEADER, NAMES, PROBS, quoting=csv.QUOTE_NONNUMERIC), LOSS),
    Read("all quoted", "LibreOffice", table(HEADER, NAMES, PROBS, quoting=csv.QUOTE_ALL), LOSS),
    Read("semicolons and points", "Numbers", table(HEADER, NAMES, PROBS, delimiter=";"), LOSS, ("semicolon",)),
    # encodings and separators of other programs
    Read("UTF-16 without a mark", "SQL Server bcp -w", UNICODE_TEXT.encode("utf-16-le"), LOSS, ("UTF-16", "tab")),
    Read("UTF-16, big end first", "Java", b"\xfe\xff" + SHEET.encode("utf-16-be"), LOSS, ("UTF-16",)),
    Read("UTF-16BE without a mark", "Java", SHEET.encode("utf-16-be"), LOSS, ("UTF-16",)),
    Read("UTF-16 with decimal commas", "PowerShell", EUROPEAN.encode("utf-16"), LOSS, ("semicolon", "UTF-16")),
    Read("Windows lines", "Python's csv", table(HEADER, NAMES, PROBS, lineterminator="\r\n"), LOSS),
    Read("bars", "pandas, sep='|'", saved("to_csv", frame(), sep="|", index=False), LOSS),
    Read("tabs", "pandas, sep='\\t'", saved("to_csv", frame(), sep="\t", index=False), LOSS, ("tab",)),
    Read("decimal=','", "pandas", saved("to_csv", frame(), sep=";", decimal=",", index=False), LOSS, ("semicolon",)),
    Read("a blank after each comma", "printf", SHEET.replace(",", ", ").encode(), LOSS),
    # archives
    Read("gzip", "pandas", saved("to_csv", frame(), index=False, compression="gzip"), LOSS, ("gzip",)),
    Read("gzip of UTF-16", "gzip", gzip.compress(UNICODE_TEXT.encode("utf-16")), LOSS, ("gzip", "UTF-16")),
    Read("zip", "pandas", saved("to_csv", frame(), index=False, compression="zip"), LOSS, ("zip",)),
    Read(
        "zip with its twin",
        "macOS",
        zipped({"predictions.csv": SHEET, "__MACOSX/._predictions.csv": b"\0\5\x16\7\0\2\0\0Mac OS X" + bytes(99)}),
        LOSS,
        ("zip",),
    ),
    Read(
        "zip of a folder",
        "macOS",
        zipped({"run 3/": b"", "run 3/.DS_Store": b"\0\0\0\1Bud1" + bytes(50), "run 3/test.csv": EUROPEAN.encode()}),
        LOSS,
        ("zip", "semicolon"),
    ),
    Refused("zip with two files", "zip", zipped({"a.csv": SHEET, "b.csv": SHEET}), ("two|2",)),
    Refused("zip with nothing", "zip", zipped({}), ("empty|no file|nothing",)),
    Refused("a spreadsheet", "Excel", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ("spreadsheet",)),
    # Parquet
    Read("Parquet", "pandas", saved("to_parquet", frame(), index=False), LOSS, ("Parquet",)),
    Read(
        "Parquet with an index, categories and float32",
        "pandas",
        saved(
            "to_parquet",
            frame(label=pd.Categorical(NAMES)).astype(dict.fromkeys(CLASSES, "float32")).set_axis(range(7, 14)),
        ),
        nll(pd.DataFrame(PROBS).astype("float32").astype(float).to_numpy().tolist()),
        ("Parquet",),
    ),
    Read(
        "Parquet of truth values",
        "pandas",
        saved("to_parquet", pd.DataFrame({"y_true": [bool(y) for y in TRUTH], "y_prob": P})),
        BINARY_LOSS,
        ("Parquet",),
    ),
]
