"""Texts of every kind of file; places that escapes do not move."""

import bz2
import gzip
import io
import tarfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.check import patterns
from deid.check.findings import Text
from deid.check.texts import decoded, texts
from tests.check import invented

PHONE = "07700 900123"


def read(name: str, data: bytes) -> str:
    return "\n".join(one.text for one in texts(name, data) if isinstance(one, Text))


def tar(words: str) -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as archive:
        entry = tarfile.TarInfo("inside.txt")
        entry.size = len(words)
        archive.addfile(entry, io.BytesIO(words.encode()))
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PHONE.encode()), ("a.txt", PHONE.encode("utf-16")), ("a.txt", PHONE.encode("utf-16-le")),
        ("a.gz", gzip.compress(PHONE.encode(), mtime=0)), ("a.bz2", bz2.compress(PHONE.encode())),
        ("a.tar", tar(PHONE)), ("a.tar.gz", gzip.compress(tar(PHONE), mtime=0)), ("a.docx", invented.docx(PHONE)),
        ("a.zip", invented.archive({"b/c.txt": PHONE})), ("a.ipynb", invented.notebook(PHONE).encode()),
        ("a.bin", b"\x00\x01\x02" + PHONE.encode() + b"\x00"), ("a.xml", b"<a><b>077</b>00 900123</a>"),
    ],
)  # fmt: skip
def test_every_kind_of_file_is_read(name: str, data: bytes) -> None:
    assert PHONE in read(name, data).replace("\x00", "")


@given(st.binary())
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(decoded(data), str)


@pytest.mark.parametrize(
    "text",
    [
        "0123456789", "p = 0.20794601234567", "icon@2x.png", "object@meta.data", "git@github.com:a/b", "1566312345",
        "2019-04-01 10:41:12", "an M1 8GB", "ISBN 0-306-40615-2", "[Police 218], [Case 41]", "user@example.com",
        "0x07700900123", "v07700900123", "sha 07700900123abcdef", "+0000", "@@ -1,2 +3,4 @@", "a University, CT1 1QU",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_identifier(text: str) -> None:
    assert [hit.kind for hit in patterns.find(text)] == []


@given(st.text(alphabet="0123456789 -+()./@abNHS:\n", max_size=80))
def test_patterns_stay_in_the_text_and_never_overlap(text: str) -> None:
    hits = sorted(patterns.find(text), key=lambda hit: hit.start)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_a_long_line_is_read_in_linear_time() -> None:
    import time

    def seconds(size: int) -> float:
        line = "a1." * size + "@" + " 07700 90012" * size + "(0" * size
        start = time.process_time()
        list(patterns.find(line))
        return time.process_time() - start

    assert seconds(40_000) < 20 * max(seconds(4_000), 0.01)


def test_the_examples_are_read(tmp_path: Path) -> None:
    for path in (invented.EXAMPLES / "files").iterdir():
        assert len(read(path.name, path.read_bytes())) > 1000
