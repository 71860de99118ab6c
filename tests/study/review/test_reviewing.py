"""Acts and what comes of them: decisions go in, the same pipeline runs again, and every one can be taken back."""

import json
from pathlib import Path

import pytest

from deid.errors import AskedWrongly, LogError
from deid.model import KnownPerson, Span
from deid.study.decisions import decision_fingerprint, read_lines
from deid.study.folder import Study
from deid.study.review.asked import Asked
from deid.study.review.cards import Card
from deid.study.review.contexts import doubt_keys
from deid.study.review.reviewing import Reviewing
from deid.study.roster import import_roster
from deid.study.run import run
from deid.study.sources import collect
from tests.invented import again, fake_detector, new_study, two_sources

THIRD = """\
INT: And who else?

P03: Barnabas Quillfeather again, and Snapchattery Vane was loud. Some Zephyrine thing was odd. It lives near the sea.
Zephyrine did it. We all liked zephyrine then. That was in 2014, I had just started.
"""


DETECTOR = fake_detector()


def read(study: Study, sources: Path) -> None:
    run(study, collect([sources], study=study.folder, settings=study.settings), DETECTOR)


def study_of_three(folder: Path) -> Study:
    """A study beside its sources, all of them read."""
    made = new_study(folder / "study")
    sources = two_sources(folder / "sources")
    (sources / "third.txt").write_text(THIRD, encoding="utf-8")
    read(made, sources)
    return made


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return study_of_three(tmp_path)


@pytest.fixture
def review(study: Study) -> Reviewing:
    return Reviewing(study, DETECTOR)


def text(review: Reviewing, code: str = "") -> str:
    """What will be read, of one transcript or of all."""
    codes = [code] if code else sorted(review.readings)
    return "\n".join(review.rendered.gated[code].output.decode() for code in codes)


def entity(review: Reviewing, form: str) -> str:
    return next(id for id, one in review.rendered.outcome.entries.items() if form in one.entity.forms)


def token(review: Reviewing, form: str) -> str:
    return review.rendered.outcome.entries[entity(review, form)].tokens[review.tier]


def find(review: Reviewing, words: str) -> list[tuple[str, Span]]:
    """Where these words stand in the sources."""
    found = []
    for code, product in review.rendered.outcome.products.items():
        for number, segment in enumerate(product.transcript.segments):
            at = segment.text.find(words)
            while at >= 0:
                found.append((code, Span(number, at, at + len(words))))
                at = segment.text.find(words, at + 1)
    return found


def do(review: Reviewing, act: str, **values: object) -> None:
    review.act(Asked(act, "R1", **values), review.revision)  # type: ignore[arg-type]


def decide_all(review: Reviewing, code: str) -> None:
    """Whatever is open on a transcript is answered as the program proposes it."""
    while left := [card for card in review.cards() if not card.answered and code in card.codes]:
        card = left[0]
        act = {"list": "close", "gate": "replace"}.get(card.kind, "confirm")
        list_of = card.title if card.kind == "list" else ""
        do(review, act, entity=card.entity, doubts=card.doubts, places=card.at, category=card.category, list=list_of)


def state(review: Reviewing) -> tuple[object, ...]:
    contents = review.study.contents
    by_form = {
        one.entity.id: (one.entity.category, one.entity.part, one.entity.forms)
        for one in contents.entries
        if one.entity.forms
    }
    return text(review), by_form, contents.bindings


def test_a_missed_name_is_found_in_every_place(review: Reviewing) -> None:
    assert text(review).count("Zephyrine") == 2
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON")
    assert "Zephyrine" not in text(review)


def test_a_missed_name_can_be_somebody_known(review: Reviewing) -> None:
    known = entity(review, "Barnabas Quillfeather")
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON", other=known)
    assert f"Some [{token(review, 'Barnabas Quillfeather')}] thing" in text(review)
    assert review.undo("R1", review.revision) == "add"
    assert "Some Zephyrine thing" in text(review)


def test_merge_and_undo_and_redo(review: Reviewing) -> None:
    one, other = entity(review, "Barnabas Quillfeather"), entity(review, "Snapchattery Vane")
    before, kept = state(review), token(review, "Barnabas Quillfeather")
    do(review, "merge", entity=other, other=one)
    assert f"[{kept}] was loud" in text(review), "what has more mentions keeps its token"
    merged = state(review)
    review.undo("R1", review.revision)
    assert state(review)[0] == before[0]
    review.redo("R1", review.revision)
    assert state(review) == merged


def test_two_people_of_the_roster_are_never_merged(study: Study, tmp_path: Path) -> None:
    import_roster(study, (KnownPerson("P07", "Barnabas Quillfeather"), KnownPerson("P08", "Snapchattery Vane")))
    read(study, tmp_path / "sources")
    review = Reviewing(study, DETECTOR)
    one, other = entity(review, "Barnabas Quillfeather"), entity(review, "Snapchattery Vane")
    with pytest.raises(AskedWrongly, match="two people of the roster"):
        do(review, "merge", entity=one, other=other)
    assert not review.lines()


def test_split_takes_the_chosen_mentions_only(review: Reviewing) -> None:
    whole, before = entity(review, "Barnabas Quillfeather"), token(review, "Barnabas Quillfeather")
    lone = [
        at
        for at in find(review, "Barnabas")
        if at not in [(c, Span(s.segment, s.start, s.start + 8)) for c, s in find(review, "Barnabas Quillfeather")]
    ]
    assert len(lone) == 1
    do(review, "split", entity=whole, places=tuple(lone))
    assert f"Mostly [{before}]" in text(review) and f"[{before}] rings" not in text(review)
    assert "Barnabas" not in text(review)
    review.undo("R1", review.revision)
    assert f"[{before}] rings" in text(review)
    all_of = review.look.mentions_of(whole)
    with pytest.raises(AskedWrongly, match="not all of them"):
        do(review, "split", entity=whole, places=all_of)


def test_a_merge_and_a_split_hold_in_the_next_run(review: Reviewing, tmp_path: Path) -> None:
    do(review, "merge", entity=entity(review, "Barnabas Quillfeather"), other=entity(review, "Snapchattery Vane"))
    after = text(review)
    study = again(tmp_path / "study")
    read(study, tmp_path / "sources")
    assert text(Reviewing(study, DETECTOR)) == after


def test_a_false_find_stays_readable_and_the_gate_agrees(review: Reviewing) -> None:
    place = find(review, "Snapchattery Vane")
    do(review, "keep", places=tuple(place), reason="not a name")
    assert "Snapchattery Vane was loud" in text(review)
    assert not any(gated.leaks for gated in review.rendered.gated.values())
    review.undo("R1", review.revision)
    assert "Snapchattery" not in text(review)


def test_a_keep_unmasks_nobody_of_the_same_name(review: Reviewing) -> None:
    first, *others = find(review, "Barnabas Quillfeather")
    do(review, "keep", places=(first,), reason="not a name")
    readable = [
        code for code, gated in review.rendered.gated.items() if gated.output.decode().count("Barnabas Quillfeather")
    ]
    assert readable == [first[0]] and len(others) == 2
    assert review.rendered.gated[first[0]].leaks, "a name that is replaced elsewhere is not let out by one keep"


def test_category_and_part(review: Reviewing) -> None:
    do(review, "category", entity=entity(review, "Snapchattery Vane"), category="AGENCY")
    assert "Snapchattery" not in text(review)
    assert review.rendered.outcome.entries[entity(review, "Snapchattery Vane")].entity.category == "AGENCY"
    number = token(review, "Barnabas Quillfeather").split()[-1]
    do(review, "part", entity=entity(review, "Barnabas Quillfeather"), part="child")
    assert f"Mostly [Child {number}]" in text(review)
    review.undo("R1", review.revision)
    assert f"Mostly [Person {number}]" in text(review)


def test_a_chosen_name_is_nobodys(review: Reviewing) -> None:
    who = entity(review, "Barnabas Quillfeather")
    for words in ("Wilhelmina", "Mr Quillfeather", ""):
        with pytest.raises(AskedWrongly):
            do(review, "pseudonym", entity=who, words=words)
    do(review, "pseudonym", entity=who, words="Rowan Birch")
    assert "Mostly [Rowan Birch]. [Rowan] rings" in text(review)
    review.undo("R1", review.revision)
    assert "Rowan" not in text(review)


def test_a_passage_is_removed_or_described(review: Reviewing) -> None:
    do(
        review,
        "remove",
        places=tuple(find(review, "Barnabas rings me on 07700 900123 most days")),
        reason="to protect a child",
    )
    assert "[Passage removed to protect a child]" in text(review)
    do(review, "describe", places=tuple(find(review, "lives near the sea")), words="says where they live")
    assert "[says where they live]" in text(review)
    with pytest.raises(AskedWrongly, match="identifies"):
        do(review, "describe", places=tuple(find(review, "was loud")), words="as Barnabas Quillfeather said")
    review.undo("R1", review.revision)
    review.undo("R1", review.revision)
    assert "Passage removed" not in text(review) and "lives near the sea" in text(review)


def open_cards(review: Reviewing) -> list[Card]:
    return [card for card in review.cards() if not card.answered]


def answer_all(review: Reviewing) -> int:
    count = 0
    while cards := open_cards(review):
        card = cards[0]
        if card.kind == "list":
            do(review, "close", list=card.title, doubts=card.doubts)
        else:
            places = tuple((one.code, one.span) for one in card.places)
            do(review, "confirm", entity=card.entity, places=places, doubts=card.doubts)
        count += 1
    return count


def test_an_answered_queue_stays_answered(review: Reviewing, tmp_path: Path) -> None:
    assert answer_all(review) == len(review.cards()) > 0
    assert not open_cards(Reviewing(again(tmp_path / "study"), DETECTOR))
    review.undo("R1", review.revision)
    assert len(open_cards(review)) == 1


def test_two_windows_do_not_overwrite_each_other(review: Reviewing) -> None:
    revision = review.revision
    do(review, "note", words="read twice")
    with pytest.raises(AskedWrongly, match="another window"):
        review.act(Asked("note", "R1", words="read again"), revision)


def test_a_second_reviewer_changes_nothing(review: Reviewing, tmp_path: Path) -> None:
    answer_all(review)
    second = Reviewing(again(tmp_path / "study"), DETECTOR, second=True)
    card = next(card for card in open_cards(second) if card.kind != "list")
    before = text(second)
    do(second, "second", reason="keep", doubts=card.doubts)
    assert text(second) == before
    with pytest.raises(AskedWrongly):
        do(second, "keep", places=(), reason="not a name")


def test_a_second_reviewer_looks_through_the_lists_too(review: Reviewing, tmp_path: Path) -> None:
    assert any(card.kind == "list" for card in review.cards())
    answer_all(review)
    second = Reviewing(again(tmp_path / "study"), DETECTOR, second=True)
    assert len(open_cards(second)) == len(second.cards()), "no answer of the first is theirs"
    while left := open_cards(second):
        do(second, "second", reason="confirm", doubts=left[0].doubts)
        assert len(open_cards(second)) < len(left)
    assert not open_cards(Reviewing(again(tmp_path / "study"), DETECTOR)), "nor theirs the first's"


def test_no_original_is_in_the_decisions_or_the_log(review: Reviewing, tmp_path: Path) -> None:
    test_a_passage_is_removed_or_described(review)
    do(review, "merge", entity=entity(review, "Barnabas Quillfeather"), other=entity(review, "Snapchattery Vane"))
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON")
    do(review, "keep", places=tuple(find(review, "Snapchattery Vane")), reason="not a name")
    answer_all(review)
    for name in ("decisions.jsonl", "audit.jsonl"):
        written = (tmp_path / "study" / name).read_text(encoding="ascii").lower()
        for form in ("quillfeather", "zephyrine", "snapchattery", "900123", "near the sea", "oddington"):
            assert form not in written, (name, form)


def test_an_edited_or_injected_line_is_refused(review: Reviewing, tmp_path: Path) -> None:
    do(review, "note", words="read twice")
    do(review, "keep", places=tuple(find(review, "Snapchattery Vane")), reason="not a name")
    path = tmp_path / "study" / "decisions.jsonl"
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    edited = json.loads(lines[1]) | {"verdict": "dismiss", "code": "P01-1"}
    for wrong in ([lines[0], json.dumps(edited) + "\n"], [*lines, lines[1]], lines[1:], [lines[0], "{}\n"]):
        path.write_text("".join(wrong), encoding="ascii")
        with pytest.raises(LogError, match="line"):
            read_lines(again(tmp_path / "study"))


def retranscribed(sources: Path) -> list[str]:
    """Some words of one turn in twenty are other words now; which turns."""
    path = sources / "long.txt"
    turns = path.read_text(encoding="utf-8").split("\n\n")
    changed = turns[10::20]
    for turn in changed:
        turns[turns.index(turn)] = turn.replace("and then", "and afterwards we")
    path.write_text("\n\n".join(turns), encoding="utf-8")
    return changed


def long_talk() -> str:
    """Sixty turns with a year, a missed word and a false find each, all in words of their own."""
    numbers = "oak ash elm fir yew bay may sea sky sun rye hay jam tea pie egg ham fig nut bun".split()
    turns = ["INT: Go on?"]
    for n in range(60):
        word = f"{numbers[n % 20]} {numbers[n // 20]} {numbers[(n * 7) % 20]}"
        name = f"Vorn{'abcdefghij'[n % 10]}ax"
        turns.append(f"P04: The {word} was in {1980 + n % 40} and then {name} met Isolde Fenwright by the {word}.")
    return "\n\n".join(turns) + "\n"


def test_after_a_retranscription_only_what_is_new_is_asked(study: Study, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    (sources / "long.txt").write_text(long_talk(), encoding="utf-8")
    read(study, sources)
    review = Reviewing(study, DETECTOR)
    asked_at_first = review.cards()
    assert sum(len(card.doubts) for card in asked_at_first) >= 40
    answer_all(review)
    changed = retranscribed(sources)
    assert len(changed) == 3
    read(study, sources)
    after = Reviewing(study, DETECTOR)
    answers = after.answers()
    asked, carried = set(), 0
    for product in after.rendered.outcome.products.values():
        for doubt, key in doubt_keys(product):
            is_open = decision_fingerprint(study.contents, key) not in answers
            if doubt.kind != "residual":
                text = product.transcript.segments[doubt.span.segment].text
                is_near = "and afterwards we" in text
                assert is_open is is_near, "unchanged contexts carry over, changed ones do not"
                asked |= {text} if is_open else set()
                carried += not is_open
    assert asked and carried >= 37


def test_a_kept_name_is_masked_again_in_a_new_context(study: Study, tmp_path: Path) -> None:
    review = Reviewing(study, DETECTOR)
    do(review, "keep", places=tuple(find(review, "Snapchattery Vane")), reason="not a name")
    assert "Snapchattery Vane was loud" in text(review)
    path = tmp_path / "sources" / "second.txt"
    path.write_text(
        path.read_text(encoding="utf-8") + "\nP02: I rang Snapchattery Vane that night.\n", encoding="utf-8"
    )
    read(study, tmp_path / "sources")
    after = Reviewing(study, DETECTOR)
    assert "rang Snapchattery" not in "".join(
        gated.output.decode() for gated in after.rendered.gated.values() if not gated.leaks
    )


def test_what_was_checked_is_not_checked_again_and_a_change_of_it_is_seen(review: Reviewing, tmp_path: Path) -> None:
    do(review, "note", words="read twice")
    do(review, "note", words="read again")
    assert len(review.lines()) == 2
    path = tmp_path / "study" / "decisions.jsonl"
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    path.write_text("".join([lines[0].replace("R1", "R2"), lines[1]]), encoding="ascii")
    with pytest.raises(LogError, match="line 1"):
        review.lines()


def test_a_stale_draft_is_written_anew_with_its_sign_off(review: Reviewing, tmp_path: Path) -> None:
    draft = tmp_path / "study" / "drafts" / "P03-1_draft.txt"
    before = draft.read_bytes()
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON")
    assert draft.read_bytes() == before and b"Zephyrine" in before
    with pytest.raises(AskedWrongly, match="still to be decided"):
        review.sign_off("P03-1", "R1")
    assert draft.read_bytes() == before, "what is refused writes nothing"
    decide_all(review, "P03-1")
    line = review.sign_off("P03-1", "R1")
    review.write_drafts()
    assert line.code == "P03-1" and b"Zephyrine" not in draft.read_bytes()
    assert draft.read_bytes() == review.rendered.gated["P03-1"].output
