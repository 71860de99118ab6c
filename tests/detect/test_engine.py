"""The detector: what it reads, when, and that nothing but the text changes its findings."""

import pytest

from deid.config import Settings, check_settings
from deid.detect.cache import Cache
from deid.detect.engine import Detector
from deid.errors import SettingsError
from deid.model import REPLACED, Finding, KnownPerson, Segment, Transcript
from deid.region import Region
from tests.detect.fake_reader import FakeReader

REGION = Region("nowhere")
PEOPLE = check_settings({"detect": {"recognisers": ("people", "speakers", "roster", "echoes", "titles")}}, where="test")


def transcript(*lines: str, code: str = "P01") -> Transcript:
    segments: list[Segment] = []
    for turn, line in enumerate(lines, 1):
        label, _, text = line.rpartition(": ")
        segments += [Segment("speaker", label, turn)] if label else []
        segments.append(Segment("speech", text, turn))
    return Transcript(code, tuple(segments))


def marked(one: Transcript, findings: tuple[Finding, ...]) -> set[str]:
    return {one.segments[f.span.segment].text[f.span.start : f.span.end] for f in findings}


def test_findings_of_several_transcripts_come_by_code_in_the_order_of_their_places() -> None:
    first, second = transcript("Then Zora came, and Zora went."), transcript("Zora again.", "Zora.", code="P02")
    found = Detector(PEOPLE, REGION, readers=[FakeReader("Zora")]).detect([first, second])
    assert list(found) == ["P01", "P02"]
    assert all([f.span for f in several] == sorted(f.span for f in several) for several in found.values())
    assert marked(second, found["P02"]) == {"Zora"}


def test_who_speaks_in_one_transcript_is_found_in_the_others() -> None:
    first, second = transcript("Zora Quillon: Hello."), transcript("It was zora who rang quillon.", code="P02")
    found = Detector(PEOPLE, REGION, readers=[]).detect([first, second])
    assert marked(second, found["P02"]) == {"zora", "quillon"}


def test_who_is_in_the_roster_is_found() -> None:
    one = transcript("so zora rang")
    found = Detector(PEOPLE, REGION, readers=[]).detect([one], [KnownPerson("P09", "Zora Quill")])
    assert marked(one, found["P01"]) == {"zora"}


def test_a_name_that_is_sure_once_is_found_wherever_its_parts_stand() -> None:
    one = transcript("We met Mrs Zora Quill there.", "and quill said so")
    assert marked(one, Detector(PEOPLE, REGION, readers=[]).detect([one])["P01"]) == {"Zora Quill", "quill"}


def test_a_text_is_read_once_however_often_it_stands_there() -> None:
    reader = FakeReader("Zora")
    Detector(PEOPLE, REGION, readers=[reader]).detect([transcript("Yes, Zora.", "Yes, Zora.", "No.")])
    assert sorted(reader.texts) == ["No.", "Yes, Zora."]


@pytest.mark.parametrize("text", ["so i rang zora quill about it", "SO I RANG ZORA QUILL ABOUT IT"])
def test_a_text_in_one_case_is_read_a_second_time_with_capitals(text: str) -> None:
    one, reader = transcript(text), FakeReader("Zora Quill", reads_case=True)
    found = Detector(PEOPLE, REGION, readers=[reader]).detect([one])["P01"]
    assert len(reader.texts) == 2
    assert {name.lower() for name in marked(one, found)} == {"zora quill"}


def test_the_second_reading_can_be_switched_off() -> None:
    settings = Settings.model_validate({"detect": {"second_reading": False, "recognisers": ("people",)}})
    reader = FakeReader("Zora Quill", reads_case=True)
    Detector(settings, REGION, readers=[reader]).detect([transcript("so i rang zora quill")])
    assert len(reader.texts) == 1


def test_what_the_cache_knows_is_not_read_again_and_the_findings_are_the_same() -> None:
    one = transcript("Then Zora came.", "i rang zora")
    first, cache = FakeReader("Zora", reads_case=True), Cache(b"k" * 32)
    found = Detector(PEOPLE, REGION, readers=[first], cache=cache).detect([one])
    second = FakeReader("Zora", reads_case=True)
    again = Detector(PEOPLE, REGION, readers=[second], cache=Cache(b"k" * 32, cache.dump())).detect([one])
    assert first.texts
    assert second.texts == []
    assert again == found


def test_another_model_does_not_believe_the_cache() -> None:
    cache = Cache(b"k" * 32)
    Detector(PEOPLE, REGION, readers=[FakeReader("Zora")], cache=cache).detect([transcript("Zora.")])
    other = FakeReader("Quill")
    Detector(PEOPLE, REGION, readers=[other], cache=Cache(b"k" * 32, cache.dump())).detect([transcript("Zora.")])
    assert other.texts == ["Zora."]


def test_progress_counts_up_to_all_readings() -> None:
    told: list[tuple[int, int]] = []
    reader = FakeReader("Zora")
    Detector(PEOPLE, REGION, readers=[reader]).detect([transcript("a", "b", "c")], progress=lambda *at: told.append(at))
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)


@pytest.mark.parametrize(("name", "is_replaced"), [("rampart", False), ("spacy", True)])
def test_a_guess_needs_a_second_where_the_tagger_reads_along(name: str, is_replaced: bool) -> None:
    reader = FakeReader("Zora Quill", name=name)
    found = Detector(PEOPLE, REGION, readers=[reader]).detect([transcript("I met Zora Quill there.")])["P01"]
    assert any(finding.confidence >= REPLACED for finding in found if finding.recogniser == "people") is is_replaced


def test_nothing_to_read_is_no_error() -> None:
    assert Detector(PEOPLE, REGION, readers=[]).detect([Transcript("P01", ())]) == {"P01": ()}
    assert Detector(PEOPLE, REGION, readers=[]).detect([transcript(" \n ")]) == {"P01": ()}


def test_an_unknown_recogniser_is_named_with_the_nearest() -> None:
    settings = Settings.model_validate({"detect": {"recognisers": ("poeple",)}})
    with pytest.raises(SettingsError) as raised:
        Detector(settings, REGION, readers=[])
    assert raised.value.hint == "did you mean people?"


def test_findings_say_why_without_the_text() -> None:
    one = transcript("Zora Quill: We met Mrs Okonjo there, Zora said.")
    for finding in Detector(PEOPLE, REGION, readers=[FakeReader("Zora")]).detect([one])["P01"]:
        assert finding.why
        assert not any(name in finding.why for name in ("Zora", "Quill", "Okonjo"))
