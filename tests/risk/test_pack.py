"""What an intruder is given: what was found first, the heading where it tells, and nothing of who is who."""

from deid.risk.pack import pack
from deid.risk.released import Risk, Talk
from tests.risk.constructed import region, released, talk, turn


def _text(*risks: Risk) -> str:
    plain = talk("P01-1", *(f"This is answer number {number}." for number in range(1, 20)))
    heading = (turn(0, "", "TRANSCRIPT 02"), turn(0, "", "Agency: [Council 12]"))
    files, letters = pack(released(Talk(plain.code, ("P01",), (*heading, *plain.turns))), region(), risks, "a lot")
    assert letters == {"A": "P01-1"}
    return files["excerpts.txt"]


def test_turns_with_findings_come_first() -> None:
    text = _text(Risk("claim", "P01-1", 20, "A reason.", "A step."))
    assert "answer number 10." in text and text.count("This is answer") == 6


def test_a_heading_that_tells_is_part_of_it_and_its_numbers_are_not() -> None:
    finding = Risk("combination", "P01-1", 0, "A reason.", "A step.")
    assert "Agency: [Council 12]" in _text(finding) and "TRANSCRIPT" not in _text(finding)
    assert "Agency" not in _text()


def test_the_public_facts_are_a_page() -> None:
    files, _ = pack(released(talk("P01-1", "Yes.")), region(), (), "a lot")
    assert "Kent and Medway" in files["public_facts.md"] and "P01" not in "".join(files.values())
