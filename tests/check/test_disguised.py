"""A name of the watchlist in disguise: other encodings, signs without width, markup, identifiers, files in files."""

import base64
import gzip
import io
import json
import sqlite3
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from deid.check.findings import Report
from deid.cli.check import written_as
from deid.study.check.checking import check
from deid.study.check.gathering import Request
from tests.check import invented

WHOLE, LAST, ACCENTED = "Marianne Thackwray", "Thackwray", "Bl\u00e1thnaid Scullion"
TALK = f"It was {WHOLE} who rang.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
CODE = base64.b64encode(TALK.encode()).decode()


def packed(name: str, data: bytes, comment: str = "") -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.comment, entry.compress_type = comment.encode(), zipfile.ZIP_DEFLATED
        archive.writestr(entry, data)
    return output.getvalue()


def gzipped(name: str) -> bytes:
    output = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=output) as file:
        file.write(b"x")
    return output.getvalue()


def workbook(sheet: str) -> bytes:
    import openpyxl

    output = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.save(output)
    return output.getvalue()


def notebook(**data: object) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "outputs": [{"data": data}]}], "metadata": {}}).encode()


TEXTS = {
    "UTF-16": TALK.encode("utf-16"),
    "UTF-16 without a mark": TALK.encode("utf-16-le"),
    "UTF-32": TALK.encode("utf-32"),
    "UTF-16 the other way round": TALK.encode("utf-16-be"),
    "UTF-32 without a mark": TALK.encode("utf-32-le"),
    "UTF-16 behind UTF-8": b"plain words\n" * 900 + TALK.encode("utf-16-le"),
    "Windows": ACCENTED.encode("cp1252"),
    "taken apart accents": unicodedata.normalize("NFD", ACCENTED).encode(),
    "no-break space": WHOLE.replace(" ", "\xa0").encode(),
    "soft hyphen": "Thack\xadwray".encode(),
    "no width": "Thack\u200bwray".encode(),
    "direction": "Thack\u202ewray".encode(),
    "Cyrillic": "Th\u0430ckwray".encode(),
    "wide": "\uff34\uff48\uff41\uff43\uff4b\uff57\uff52\uff41\uff59".encode(),
    "emphasis": b"**Thack**wray",
    "two emphases": b"*Marianne* __Thackwray__",
    "HTML": b"<b>Thack</b>wray",
    "end of line": b"Thack-\nwray",
    "mail": b"Thack=\nwray",
    "TeX": b"Thack\\-wray",
    "terminal": b"\x1b[31mThack\x1b[0mwray",
    "address": b"?who=Marianne%20Thackwray",
    "address twice": b"?who=Marianne%2520Thackwray",
    "spelt": b"T-H-A-C-K-W-R-A-Y",
    "JSON": b'"\\u0054hackwray"',
    "Python": b'"\\x54hackwray"',
    "entity": b"&#X54;hackwray",
    "RTF": b"{\\b Thack}{\\i wray}",
    "camel": b"getThackwrayData()",
    "snake": b"MARIANNE_THACKWRAY",
    "figure": b"thackwray2",
    "base64": CODE.encode(),
    "data URI": f'<a href="data:text/plain;base64,{CODE}">'.encode(),
    "long line": b"word " * 400_000 + TALK.encode(),
}
FILES = {
    "notesThackwrayFinal.txt": b"x",
    "thackwray_2.csv": b"x",
    "Marianne%20Thackwray.md": b"x",
    "sheet.xlsx": workbook(WHOLE),
    "a.png": TALK.encode(),
    "b.png": PNG + TALK.encode(),
    "c.png": invented.docx(TALK.strip()),
    "d.png": PNG + packed("a.txt", TALK.encode() * 9),
    "e.zip": packed("b.zip", packed("a.txt", TALK.encode())),
    "f.zip": packed("a.txt", b"x", comment=WHOLE),
    "g.gz": gzipped(f"{WHOLE}.csv"),
    "h.ipynb": notebook(**{WHOLE: 1}),
    "i.ipynb": notebook(**{"image/png": base64.b64encode(PNG + TALK.encode()).decode()}),
    "j.ipynb": notebook(**{"application/octet-stream": CODE}),
    "k.eml": base64.encodebytes(TALK.encode() * 9),
}


def look(folder: Path) -> Report:
    return check(Request((Path(),)), folder=folder, environment=invented.ENVIRONMENT, today=date(2026, 3, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    invented.put(tmp_path, {".deid-watchlist": invented.examples_list().text})
    return tmp_path


@pytest.mark.parametrize("name", TEXTS)
def test_a_disguised_name_is_found(folder: Path, name: str) -> None:
    (folder / "a.txt").write_bytes(TEXTS[name])
    assert "person" in [one.kind for one in look(folder).findings]


@pytest.mark.parametrize("name", FILES)
def test_a_name_in_or_on_a_file_is_found_and_never_told(folder: Path, name: str) -> None:
    (folder / name).write_bytes(FILES[name])
    report = look(folder)
    assert "person" in [one.kind for one in report.findings]
    told = "".join(written_as(report, form) for form in ("text", "json", "sarif", "github", "gitlab", "junit"))
    assert LAST.casefold() not in (told + repr(report)).casefold()


def test_a_name_in_a_database_is_found(folder: Path) -> None:
    with sqlite3.connect(folder / "a.db") as base:
        base.execute("create table people (name)")
        base.execute("insert into people values (?)", (WHOLE,))
    base.close()
    assert "person" in [one.kind for one in look(folder).findings]


def test_archives_deeper_than_four_shut_the_gate(folder: Path) -> None:
    data = TALK.encode()
    for name in ("a.txt", "b.zip", "c.zip", "d.zip", "e.zip"):
        data = packed(name, data)
    (folder / "deep.zip").write_bytes(data)
    assert look(folder).exit_code == 3
