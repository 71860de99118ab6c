import csv
import io

import pytest

from deid.cells import inert, write_csv


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@SUM(A1)", "\tx", "\r=1"])
def test_a_formula_is_made_inert(cell: str):
    assert inert(cell) == f"'{cell}"


def test_words_stay():
    assert inert("[Person 4] = she") == "[Person 4] = she" and inert("") == ""


def test_a_table_is_read_back():
    rows = [["file", "words"], ["P01-1", 'said "yes",\nthen left']]
    data = write_csv(rows)
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == rows
