"""Which participant code a transcript gets: from `files.csv`, the roster or the speaker labels; otherwise a free one.

A code is never guessed: a file whose participant nobody names becomes T01-1, T02-1 ..., and keeps that code for ever.
Two participants of one transcript stand as P03+P04-1; a participant's second transcript is P03-2.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from deid.errors import AskedWrongly
from deid.fold import fold, words
from deid.model import KnownPerson, Segment

# A speaker label that is a participant's code already: "P2", "P02".
_CODE_LABEL = re.compile(r"P\d{1,3}")
# What a code in files.csv may look like: it becomes part of a file name on every platform, and is never a name.
_ONE = r"[A-Za-z]{1,6}[0-9]{1,4}"
_CODE = re.compile(rf"{_ONE}(?:\+{_ONE})*")
_PARTICIPANT = re.compile(_ONE)


def participants(
    path: Path, segments: Sequence[Segment], roster: Sequence[KnownPerson], listed: Mapping[str, str]
) -> str:
    """The participants of one transcript, as `P03` or `P03+P04`; "" where nobody says."""
    if path.name in listed:
        return listed[path.name]
    interviewees = [person for person in roster if not is_interviewer(person)]
    labels = {segment.text.strip() for segment in segments if segment.kind == "speaker"}
    by_label = {person.code for label in labels for person in interviewees if _names(label, person)}
    if not by_label:
        by_label = {label.upper() for label in labels if _CODE_LABEL.fullmatch(label.upper())}
    if not by_label:
        in_name = {word for _, _, word in words(path.stem)}
        by_label = {
            person.code
            for person in interviewees
            if fold(person.code) in in_name or set(fold(person.full_name).split()) <= in_name
        }
    return "+".join(sorted(by_label))


def next_code(who: str, taken: Collection[str]) -> str:
    """The next free code for these participants, or for nobody known."""
    if not who:
        number = 1
        while any(code.split("-")[0] == f"T{number:02}" for code in taken):
            number += 1
        return f"T{number:02}-1"
    number = 1
    while f"{who}-{number}" in taken:
        number += 1
    return f"{who}-{number}"


def check_code(code: str, people: Iterable[KnownPerson]) -> None:
    """Raises AskedWrongly for a code that is none or holds somebody's name: it goes into file names and the log."""
    letters = fold(code.rstrip("0123456789"))
    is_name = any(letters in fold(form).split() for one in people for form in (one.full_name, *one.aliases))
    if not _PARTICIPANT.fullmatch(code) or (is_name and len(letters) > 2):
        raise AskedWrongly("a code is a few letters and a number that say nothing of a person, such as P03")


def is_interviewer(person: KnownPerson) -> bool:
    return person.part == "interviewer" or "interviewer" in person.role.casefold()


def read_listed(paths: Iterable[Path]) -> dict[str, str]:
    """`files.csv` beside the transcripts: columns file, code. Raises AskedWrongly naming the line."""
    listed: dict[str, str] = {}
    for path in paths:
        rows = csv.DictReader(io.StringIO(_text(path)))
        if not {"file", "code"} <= set(rows.fieldnames or ()):
            raise AskedWrongly("this needs the columns file and code", where=path.name)
        for row in rows:
            if not _CODE.fullmatch(row["code"] or ""):
                raise AskedWrongly(
                    "a code is letters and digits, such as P03", where=f"{path.name}, line {rows.line_num}"
                )
            listed[row["file"]] = row["code"]
    return listed


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # as Excel writes it


def _names(label: str, person: KnownPerson) -> bool:
    """Whether a speaker label names this person: code, full name in any order, or one alias in full."""
    said = fold(label).split()
    if " ".join(said) in {fold(form) for form in (person.code, person.full_name, *person.aliases)}:
        return True
    full = fold(person.full_name).split()
    return bool(full) and set(full) <= set(said)
