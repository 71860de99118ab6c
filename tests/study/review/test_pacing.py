"""A table whose reader waits before each row, and is otherwise the table."""

from deid.study.review.pacing import Paced


def test_it_is_the_table_and_waits_before_each_row() -> None:
    waits: list[int] = []
    rows = Paced({"P01-1": "one", "P02-1": "two"}, lambda: waits.append(len(waits)))
    assert dict(rows.items()) == {"P01-1": "one", "P02-1": "two"}
    assert len(waits) == 2
    assert rows["P02-1"] == "two" and len(waits) == 3
    assert list(rows) == ["P01-1", "P02-1"] and len(rows) == 2 and len(waits) == 3
