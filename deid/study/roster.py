"""The people a study already knows of, read from a CSV into the vault.

Re-importing shows what would change and removes nobody: who is gone from the file stays known, so that their name is
still found.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deid.errors import AskedWrongly
from deid.model import KnownPerson
from deid.study.chosen_names import refuse_colliding
from deid.study.codes import check_code
from deid.study.folder import Study

_NEEDED = ("code", "full_name")
_SEVERAL = ("aliases", "phrases")
_OPTIONAL = ("role", "agency", "base", "consent", "chosen_pseudonym", "tenure", "part")
_CONSENTS = ("", "team", "archive", "public", "none")
_COLUMNS = (*_NEEDED, *_SEVERAL, *_OPTIONAL, "public")
_EDITABLE = tuple(column for column in _COLUMNS if column not in ("code", "consent"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import adds and changes, by participant code and column; never a name."""

    added: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    same: int
    only_in_vault: tuple[str, ...]


def read_roster(path: Path) -> tuple[KnownPerson, ...]:
    """The roster in this file. Raises AskedWrongly naming file, line and column."""
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    _check_columns(path, rows.fieldnames or ())
    people: dict[str, KnownPerson] = {}
    for row in rows:
        where = f"{path.name}, line {rows.line_num}"
        person = _person(row, where)
        if person.code in people:
            raise AskedWrongly(f"the code {person.code} stands here a second time", where=where)
        people[person.code] = person
    if not people:
        raise AskedWrongly("the roster has no rows", where=path.name)
    return tuple(people.values())


def _text(path: Path) -> str:
    """What stands in the file: UTF-8, or what Excel saves as plain CSV. A workbook itself is neither."""
    if not path.exists():
        raise AskedWrongly("there is no such file", where=str(path), hint="copy the path from your file manager")
    try:
        source = path.read_bytes()
    except OSError as error:
        raise AskedWrongly("the roster cannot be read", where=str(path), hint="close it where it is open") from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # a workbook that happens to decode; also UTF-16, which Excel calls Unicode text
            return text
    raise AskedWrongly("the roster is no CSV file", where=path.name, hint="in Excel: Save as, CSV UTF-8")


def compare(before: Sequence[KnownPerson], after: Sequence[KnownPerson]) -> Difference:
    known = {person.code: person for person in before}
    added = tuple(person.code for person in after if person.code not in known)
    changed = {
        person.code: columns
        for person in after
        if person.code in known and (columns := _changed(known[person.code], person))
    }
    gone = tuple(sorted(set(known) - {person.code for person in after}))
    return Difference(added, changed, len(after) - len(added) - len(changed), gone)


def import_roster(study: Study, people: Sequence[KnownPerson], actor: str = "deid") -> Difference:
    """Put these people into the vault; a person who is in the vault already is brought up to date."""
    with study.writing() as contents:
        difference = compare(contents.roster, people)
        if not difference.added and not difference.changed:
            return difference
        refuse_people(study, people)
        merged = _merged(contents.roster, people)
        study.save(replace(contents, roster=tuple(merged[code] for code in sorted(merged))))
        counts = {"people": len(merged), "added": len(difference.added), "changed": len(difference.changed)}
        study.record([("roster_imported", counts), ("vault_saved", {"generation": study.vault.generation})], actor)
    return difference


def refuse_people(study: Study, people: Sequence[KnownPerson]) -> None:
    """Raises AskedWrongly, by code, for rows that the vault cannot take; nothing is written."""
    _refuse_withdrawn(study.contents.suppressed.codes, people)
    refuse_colliding(study.contents, people, study.region)
    merged = _merged(study.contents.roster, people)
    for person in people:
        check_code(person.code, merged.values())


def _merged(before: Sequence[KnownPerson], people: Sequence[KnownPerson]) -> dict[str, KnownPerson]:
    return {person.code: person for person in before} | {person.code: person for person in people}


def edit_person(study: Study, code: str, cells: Mapping[str, str], actor: str = "deid") -> tuple[str, ...]:
    """Other values in a row of the roster; the columns that changed. Consent has its own command and its own event."""
    for column in cells:
        if column not in _EDITABLE:
            hint = "deid roster consent CODE TIER --form REFERENCE" if column == "consent" else ""
            raise AskedWrongly(
                f"{column} cannot be edited", hint=hint or f"the columns are: {', '.join(_EDITABLE)}", where=code
            )
    with study.writing() as contents:
        before = next((person for person in contents.roster if person.code == code), None)
        if before is None:
            raise AskedWrongly(f"the roster has no {code}", hint="deid roster list shows the codes")
        row = {name: _cell(before, name) for name in _COLUMNS}
        after = _person({**row, **cells}, code)
        changed = _changed(before, after)
        if not changed:
            return ()
        refuse_colliding(contents, [after], study.region)
        roster = tuple(after if person.code == code else person for person in contents.roster)
        study.save(replace(contents, roster=roster))
        counts = {"people": len(roster), "added": 0, "changed": 1}
        study.record([("roster_imported", counts), ("vault_saved", {"generation": study.vault.generation})], actor)
    return changed


def _cell(person: KnownPerson, column: str) -> str:
    value = getattr(person, column)
    if isinstance(value, tuple):
        return ";".join(value)
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    for needed in _NEEDED:
        if needed not in columns:
            raise AskedWrongly(
                f"the roster lacks the column {needed}",
                where=f"{path.name}, line 1",
                hint="its first line is: code,full_name,aliases,role,agency,base,consent",
            )
    for column in columns:
        if column not in _COLUMNS:
            raise AskedWrongly(
                f"the roster has a column that deid does not know: column {list(columns).index(column) + 1}",
                where=f"{path.name}, line 1",
                hint=f"the columns are: {', '.join(_COLUMNS)}",
            )


def _person(row: Mapping[str, str | None], where: str) -> KnownPerson:
    if None in row or None in row.values():
        raise AskedWrongly("this line does not have the columns of the first", where=where)
    cells = {name: (cell or "").strip() for name, cell in row.items()}
    for needed in _NEEDED:
        if not cells[needed]:
            raise AskedWrongly(f"{needed} is empty", where=where)
    if cells.get("consent", "") not in _CONSENTS:
        raise AskedWrongly("consent is team, archive, public or none", where=where)
    return KnownPerson(
        code=cells["code"],
        full_name=cells["full_name"],
        aliases=_several(cells.get("aliases", "")),
        phrases=_several(cells.get("phrases", "")),
        public=cells.get("public", "").lower() in ("yes", "true", "1"),
        **{name: cells.get(name, "") for name in _OPTIONAL},
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _changed(before: KnownPerson, after: KnownPerson) -> tuple[str, ...]:
    return tuple(name for name in _COLUMNS if getattr(before, name) != getattr(after, name))


def _refuse_withdrawn(codes: Sequence[str], people: Sequence[KnownPerson]) -> None:
    for person in people:
        if person.code in codes:
            raise AskedWrongly(
                f"{person.code} has withdrawn from the study", hint="take the row out of the roster, and delete the row"
            )
