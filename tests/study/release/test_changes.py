"""What a later release says of an earlier one: right turn by turn, and without what slipped through before."""

import csv
import io
from pathlib import Path

import pytest

from deid.study.release.changes import BLOT, GONE, blotted, write_changes

PLAIN = frozenset(
    "i rang and she was there on the fourteenth of april with her of course naturally a home yes no".split()
)
OLD = "INT: Who came?\n\nP01: I rang [Person 4].\n\nINT: And then?\n\nP01: She was there, of course.\n"


def table(before: str, after: str, folder: Path) -> list[list[str]]:
    for number, text in (("1", before), ("2", after)):
        (folder / "team" / number).mkdir(parents=True)
        (folder / "team" / number / "P01-1_team.txt").write_text(text, encoding="utf-8")
    files = ("P01-1_team.txt",)
    write_changes(folder / "team" / "1", folder / "team" / "2", files, is_plain=PLAIN.__contains__)
    text = (folder / "team" / "2" / "changes.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_each_changed_turn_has_its_own_row(tmp_path: Path) -> None:
    new = OLD.replace("rang", "rang her and").replace("And then", "Then").replace("of course", "naturally")
    rows = table(OLD, new, tmp_path)
    assert [row[1] for row in rows] == ["2", "3", "4"]
    assert all(row[2] != row[3] for row in rows)
    assert "of course" in rows[2][2] and "naturally" in rows[2][3]


def test_nothing_changed_is_no_row(tmp_path: Path) -> None:
    assert table(OLD, OLD, tmp_path) == []


def test_a_file_that_is_gone_is_named_without_its_text(tmp_path: Path) -> None:
    (tmp_path / "team" / "1").mkdir(parents=True)
    (tmp_path / "team" / "2").mkdir()
    (tmp_path / "team" / "1" / "P02-1_team.txt").write_text(OLD, encoding="utf-8")
    write_changes(tmp_path / "team" / "1", tmp_path / "team" / "2", (), is_plain=PLAIN.__contains__)
    text = (tmp_path / "team" / "2" / "changes.csv").read_text(encoding="utf-8-sig")
    assert f"P02-1_team.txt,0,,{GONE}" in text and "rang" not in text


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        # A name that slipped through the first time.
        ("I rang Quill and she was.", "I rang [Person 7] and she was.", f"I rang {BLOT} and she was."),
        # Ordinary words that are somebody's trait, or a day: they are tokens now.
        ("She was there on the fourteenth of April.", "She was there in [spring].",
         f"She was there {BLOT} {BLOT} {BLOT} {BLOT} {BLOT}."),
        # A name that the source was corrected to say no longer, with no token in its place.
        ("I rang Quill and she was there.", "I rang and she was there.", f"I rang {BLOT} and she was there."),
        ("I rang 0770090.", "I rang.", f"I rang {BLOT}."),
        # Nothing to hide: an ordinary word, a short number, a token of ours.
        ("She was there, of course.", "She was there, naturally.", "She was there, of course."),
        ("I rang [Person 4] and her, 14 yes.", "I rang [Person 9] and her, no.", "I rang [Person 4] and her, 14 yes."),
    ],
)  # fmt: skip
def test_what_is_a_token_now_is_blotted_out_of_the_old_text(old: str, new: str, shown: str) -> None:
    assert blotted(old, new, PLAIN.__contains__) == shown
