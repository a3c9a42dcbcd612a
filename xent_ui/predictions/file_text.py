"""The text in the bytes of a file: unpacked, if it is compressed, and decoded.

A file that holds no text raises ``BadFile``. Parquet is left to pandas, because it holds a table and no text.
"""

import codecs
import gzip
import io
import unicodedata
import zipfile
import zlib
from typing import Final, NamedTuple

import charset_normalizer

from xent_ui.predictions.bad_file import BadFile
from xent_ui.style.numbers import counted

MOST_MEGABYTES: Final = 20
MOST_BYTES: Final = MOST_MEGABYTES * 2**20
GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")  # the second begins an empty one
NOT_CSV: Final = {
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x93NUMPY": "a NumPy array (.npy)",
    b"\x89HDF": "an HDF5 file",
    b"ARROW1": "an Arrow or Feather file",
    b"\x80\x04": "a pickle",
    b"\x80\x05": "a pickle",
    b"{": "JSON",
    b"[{": "JSON",
    b"<": "a web page or XML",
    b"@relation": "an ARFF file",
}
SPREADSHEETS: Final = ("xl/", "[Content_Types].xml", "content.xml")
BYTE_ORDER_MARKS: Final = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 with a byte order mark"),
    codecs.BOM_UTF32_LE: ("utf-32", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
LOOKED_AT: Final = 50_000  # bytes to guess an encoding from
# Those in which spreadsheets and databases save text. In most files a guess among all would rest on one or two letters.
ENCODINGS: Final = ["cp1252", "cp1250", "cp1251", "cp932", "gb18030", "big5", "cp949"]
FEW_LETTERS: Final = 12
ASCII: Final = bytes(range(128))
C1: Final = bytes(range(128, 160))  # control characters in Latin-1, quotation marks and dashes in Windows-1252
CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x07\x0b\x0c\x1b\0")


class FileText(NamedTuple):
    """What is in a file.

    text      its text, with every line ended by "\\n"; empty for Parquet
    parquet   the bytes of a Parquet file; empty for text
    packing   how it was compressed, in words; empty if it was not
    encoding  the name of the encoding, if it is not plain UTF-8
    """

    text: str = ""
    parquet: bytes = b""
    packing: str = ""
    encoding: str = ""


def read_text(data: bytes) -> FileText:
    """Return what is in the bytes of a file.

    Raises  BadFile  the file is empty, too large, not text, or compressed in a way that cannot be read
    """
    data, packing = _unpacked(data)
    if not data.strip():
        raise BadFile("The file is empty. It must have a header and at least two rows.")
    if data.startswith(PARQUET):
        return FileText(parquet=data, packing=packing)
    for start, kind in NOT_CSV.items():
        if data[: len(start)].lower() == start.lower():
            raise BadFile(f"The file must be CSV; this is {kind}. Export it as CSV.")
    text, encoding = _decoded(data)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # an accent may be a letter of its own in one tool and not in another
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return FileText(text, packing=packing, encoding=encoding)


def _unpacked(data: bytes) -> tuple[bytes, str]:
    """Return the bytes of the file, or of the only file in it, and how it was packed."""
    packing = ""
    if data.startswith(GZIP):
        data, packing = _from_gzip(data), "unpacked with gzip"
    elif data.startswith(ZIP):
        data, packing = _from_zip(data), "unpacked from a zip archive"
    if len(data) > MOST_BYTES:
        size = f"got {len(data) / 2**20:.1f} MB" if not packing else "and this one has more when unpacked"
        raise BadFile(f"The file must have at most {MOST_MEGABYTES} MB, {size}.")
    return data, packing


def _from_gzip(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise BadFile("The file is compressed (.gz), and it is damaged or cut off. Save it again.") from None


def _from_zip(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            if any(name.startswith(SPREADSHEETS) for name in names):
                raise BadFile("The file must be CSV; this is a spreadsheet (.xlsx). Export it as CSV.")
            files = [name for name in names if not name.startswith("__MACOSX/") and not name.endswith(".DS_Store")]
            if not files:
                raise BadFile("The zip archive is empty. It must hold one file to score.")
            if len(files) > 1:
                raise BadFile(
                    f"A zip archive must hold one file to score; this one holds {counted(len(files), 'file')}."
                )
            with archive.open(files[0]) as file:
                return file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):  # damaged, or with a password
        raise BadFile("The zip archive is damaged or locked with a password. Save it again.") from None


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file, and the name of its encoding if it is not plain UTF-8."""
    for mark, (encoding, name) in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding), name
            except UnicodeDecodeError:
                raise BadFile(f"The file begins as {name}, and is damaged. Save it as CSV in UTF-8.") from None
    half = len(data) // 2 * 2
    for encoding, zeros in (("utf-16-le", data[1:1000:2]), ("utf-16-be", data[0:1000:2])):
        if zeros and zeros.count(0) > 0.9 * len(zeros):  # Latin letters and digits have a zero byte there
            return data[:half].decode(encoding, errors="replace"), "UTF-16"
    if b"\0" in data:
        raise _bad_byte(data, data.index(b"\0"), "the file must be text, got byte {byte}.")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)


def _guessed(data: bytes, first: int) -> tuple[str, str]:
    """Return the text of a file in an older encoding, and its name: charset-normalizer guesses it.

    first  where the first byte stands that is not UTF-8
    """
    if CONTROL.isdisjoint(data) and not data.isascii():
        start = max(0, first - LOOKED_AT // 2)
        sample = data[start : start + LOOKED_AT]
        foreign = len(sample.translate(None, ASCII))
        if foreign < 0.9 * len(sample):  # else it is noise
            guess = charset_normalizer.from_bytes(sample, cp_isolation=ENCODINGS).best()
            encodings = ["cp1252"] if guess is None else [guess.encoding, "cp1252"]
            # A few letters do not tell one encoding from another, so the commonest one comes first.
            for encoding in encodings if foreign >= FEW_LETTERS else ["cp1252", *encodings]:
                try:
                    return data.decode(encoding), _called(encoding, data)
                except UnicodeDecodeError:
                    continue
    raise _bad_byte(data, first, "the file must be in UTF-8, got byte {byte}. Save it as CSV in UTF-8.")


def _called(encoding: str, data: bytes) -> str:
    """Return the name of an encoding in words."""
    if encoding != "cp1252":
        return encoding.replace("cp125", "Windows-125").replace("cp932", "Shift JIS").replace("cp949", "EUC-KR")
    return "Latin-1" if data.translate(None, C1) == data else "Windows-1252"


def _bad_byte(data: bytes, position: int, rule: str) -> BadFile:
    """Return the error for a byte that cannot be read, with the row and the column in which it stands."""
    before = data[:position]
    row, commas = before.count(b"\n") + 1, before[before.rfind(b"\n") + 1 :].count(b",")
    names = data.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").split(",")
    column = names[commas].strip() if row > 1 and commas < len(names) else str(commas + 1)
    return BadFile(rule.replace("{byte}", f"0x{data[position]:02x}"), row=row, column=column)
