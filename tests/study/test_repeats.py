"""The same interview in two files: its questions are asked once, answers hold in both, and what differs is asked."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from deid.model import KnownPerson, Segment, Transcript
from deid.study.folder import Study
from deid.study.repeats import repeats_of
from deid.study.review.asked import KEEP
from deid.study.review.cards import LINK, RISK, Card
from deid.study.review.reviewing import Reviewing
from deid.study.risk.risk import assess_study
from deid.study.roster import import_roster
from tests.invented import fake_detector, new_study, run_on
from tests.study.review.test_reviewing import do, find

TALK = """\
INT: Could you say who you are?

P01: I'm Wilhelmina Oddington, I'm the named nurse, and I've been doing this work for twenty-seven years.

INT: And who do you work with?

P01: Sarah rings me on most days about it. It was all over the papers at the time.

INT: What else do you remember of that year?

P01: We all liked zephyrine then. Snapchattery Vane was loud, and that was it.

INT: How did you all get on with it after that?

P01: Well enough, as far as anybody could tell from outside.

INT: Would you do the same again, if you were asked?

P01: I think so. There was not much else that we could do.
"""
AGAIN = f"Written out a second time\n\n{TALK}"
ROSTER = (
    KnownPerson("P01", "Wilhelmina Oddington", role="Named nurse", base="Maidstone", tenure="27 years"),
    KnownPerson("P02", "Sarah Quillfeather", role="Social worker", base="Dover"),
    KnownPerson("P03", "Sarah Brackwater", role="Police officer", base="Deal"),
)
OTHER = "INT: Hello.\n\nP02: Sarah Quillfeather and Sarah Brackwater like it here by the sea.\n"
LATER = (
    "\nINT: One more?\n\nP01: Ottoline Marchbanks rang me, and you could find it in five minutes if you googled it.\n"
)


def review_of(tmp_path: Path, texts: Mapping[str, str]) -> Reviewing:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in texts.items():
        (sources / name).write_text(text, encoding="utf-8")
    run_on(study, sources)
    made = Reviewing(study, fake_detector(), tier="team")
    made.assess()
    return made


@pytest.fixture
def twice(tmp_path: Path) -> Reviewing:
    return review_of(tmp_path, {"one.md": TALK, "other.txt": AGAIN, "third.txt": OTHER})


def open_cards(review: Reviewing) -> list[Card]:
    return [card for card in review.cards() if not card.answered]


def text(review: Reviewing, code: str) -> str:
    return review.rendered.gated[code].output.decode()


def said(review: Reviewing) -> set[str]:
    """The ambiguous sentence as it reads in either file."""
    lines = [line for code in ("P01-1", "P01-2") for line in text(review, code).splitlines() if "rings me" in line]
    assert len(lines) == 2
    return set(lines)


def test_nothing_is_asked_twice(twice: Reviewing, tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    once = review_of(tmp_path / "once", {"one.md": TALK, "third.txt": OTHER})
    assert {"P01-1", "P01-2"} < set(twice.readings) and "P01-2" not in once.readings
    assert [(card.kind, card.about, len(card.doubts)) for card in open_cards(twice)] == [
        (card.kind, card.about, len(card.doubts)) for card in open_cards(once)
    ]
    assert any("P01-2 has the words of P01-1" in note for note in twice.assess().assessment.notes)
    asked = [card for card in open_cards(twice) if card.kind != RISK and "P01-1" in card.codes]
    assert asked and all("P01-2" in card.codes for card in asked), "neither is signed off before they are answered"


def test_who_is_meant_is_answered_for_both(twice: Reviewing) -> None:
    (card,) = [card for card in open_cards(twice) if card.kind == LINK]
    assert len(card.candidates) == 2 and len(card.twins) == 1
    before = {code: text(twice, code) for code in twice.readings}
    do(twice, "merge", entity=card.entity, other=card.candidates[0], doubts=card.doubts)
    meant = {twice.look.entity_at(*at) for at in card.at}
    assert len(meant) == 1 and len(said(twice)) == 1
    assert meant <= {one.entity for one in twice.rendered.outcome.products["P02-1"].mentions}
    assert not [one for one in open_cards(twice) if one.kind == LINK]
    twice.undo("R1", twice.revision)
    assert [one.kind for one in open_cards(twice)].count(LINK) == 1
    assert {code: text(twice, code) for code in twice.readings} == before


def test_somebody_of_their_own_is_one_person_in_both(twice: Reviewing) -> None:
    (card,) = [card for card in open_cards(twice) if card.kind == LINK]
    do(twice, "confirm", entity=card.entity, places=card.at, doubts=card.doubts)
    assert len(said(twice)) == 1


def test_what_is_kept_is_kept_in_both_and_holds_no_file_back(twice: Reviewing) -> None:
    places = tuple(at for at in find(twice, "Snapchattery Vane") if at[0] == "P01-1")
    do(twice, "keep", places=places, reason=next(iter(KEEP)))
    assert all("Snapchattery Vane was loud" in text(twice, code) for code in ("P01-1", "P01-2"))
    assert not any(one.is_blocked for one in twice.rendered.gated.values())


def test_what_one_of_them_lacks_is_asked_of_the_other(tmp_path: Path) -> None:
    made = review_of(tmp_path, {"one.md": TALK, "other.txt": AGAIN + LATER, "third.txt": OTHER})
    longer = next(code for code in ("P01-1", "P01-2") if "if you googled it" in text(made, code))
    found = assess_study(made.study, made.rendered)
    publics = [(one.risk.code, one.risk.turn) for one in found.findings if one.risk.kind == "public_case"]
    assert len(publics) == 2 and ("P01-1", 4) in publics and publics[1][0] == longer


def test_one_statement_of_two_people_is_no_repetition(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    turns = tuple(Segment("speech", f"I said the same {word} to all of them.", n) for n, word in enumerate("abcd", 1))
    same = {code: Transcript(code, turns) for code in ("P01-1", "P01-2", "P02-1", "P01-3")}
    assert repeats_of(_told_by(study), same) == {"P01-2": "P01-1", "P01-3": "P01-1"}
    short = {code: Transcript(code, turns[:2]) for code in ("P01-1", "P01-2")}
    assert repeats_of(_told_by(study), short) == {}, "too little to tell"
    other = {**same, "P01-2": Transcript("P01-2", (*turns[:3], Segment("speech", "That is quite another thing.", 4)))}
    assert "P01-2" not in repeats_of(_told_by(study), other)


def _told_by(study: Study) -> Study:
    """A study whose transcripts are told by whom their codes name."""

    class Told:
        def __init__(self, code: str) -> None:
            self.code, self.participants = code, (code.partition("-")[0],)

    class Contents:
        sources = tuple(map(Told, ("P01-1", "P01-2", "P01-3", "P02-1")))

    class Stand:
        contents = Contents()

    return Stand()  # type: ignore[return-value]
