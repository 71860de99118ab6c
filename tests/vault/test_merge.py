"""Two copies of one vault, put together: nothing lost, nothing chosen in silence."""

import secrets
from dataclasses import replace

import pytest

from deid.errors import AskedWrongly
from deid.model import Category, Entity, KeyEntry
from deid.vault.codec import decode, encode
from deid.vault.contents import Contents, Source, Suppressed, new_keys
from deid.vault.merge import merge
from tests.vault.test_withdraw import a_study, person

BASE = a_study()


def grown(code: str, entry: KeyEntry, *said: str, base: Contents = BASE) -> Contents:
    """The study after one more transcript that speaks of one more thing."""
    source = Source(code, f"raw/{code}.docx", code.encode().hex().ljust(64, "0"), (code.partition("-")[0],))
    bound = {f"{entry.entity.category}:{form.lower()}": entry.entity.id for form in said}
    return replace(
        base,
        entries=(*base.entries, entry),
        sources=(*base.sources, source),
        bindings={**base.bindings, code: bound},
        salts={**base.salts, code: code.encode().ljust(32, b"0")},
    )


PIP = person("pip", "Pip Larkspur")
MEL = person("mel", "Mel Thornycroft")


def test_what_only_one_side_has_is_taken() -> None:
    ours, theirs = grown("P03-1", PIP, "Pip Larkspur"), grown("P04-1", MEL, "Mel Thornycroft")
    one, other = merge(ours, theirs, {}), merge(theirs, ours, {})
    assert not one.conflicts and not other.conflicts
    for merged in (one.contents, other.contents):
        assert {entry.entity.id for entry in merged.entries} == {entry.entity.id for entry in BASE.entries} | {
            "pip",
            "mel",
        }
        assert {source.code for source in merged.sources} >= {"P03-1", "P04-1"}
        assert set(merged.bindings) == set(BASE.bindings) | {"P03-1", "P04-1"}
        assert decode(encode(merged)) == merged


def test_a_vault_merged_with_itself_or_its_own_past_is_itself() -> None:
    ours = grown("P03-1", PIP, "Pip Larkspur")
    for theirs in (ours, BASE):
        assert merge(ours, theirs, {}) == merge(ours, ours, {})
        assert encode(merge(ours, theirs, {}).contents) == encode(merge(ours, ours, {}).contents)


def test_one_thing_met_on_both_sides_is_a_persons_choice() -> None:
    ours = grown("P03-1", PIP, "Pip Larkspur")
    theirs = grown("P04-1", person("larkspur", "Pip Larkspur", "Pippa"), "Pip Larkspur", "Pippa")
    (conflict,) = merge(ours, theirs, {}).conflicts
    assert conflict.choices == ("ours", "theirs", "both") and "Larkspur" not in conflict.key + repr(conflict)
    joined = merge(ours, theirs, {conflict.key: "ours"})
    entry = next(entry for entry in joined.contents.entries if entry.entity.id == "pip")
    assert not joined.conflicts and entry.entity.forms == ("Pip Larkspur", "Pippa")
    assert entry.tokens == {"archive": "[Person pip]"}
    assert set(joined.contents.bindings["P04-1"].values()) == {"pip"}
    assert set(merge(ours, theirs, {conflict.key: "theirs"}).contents.bindings["P03-1"].values()) == {"larkspur"}
    apart = merge(ours, theirs, {conflict.key: "both"})
    assert {"pip", "larkspur"} <= {entry.entity.id for entry in apart.contents.entries} and not apart.conflicts


def test_one_id_that_both_sides_gave_to_somebody_new_is_two() -> None:
    """Ids come from the study's own key, so both copies drew the same next one."""
    ours = grown("P03-1", person("e17", "Pip Larkspur"), "Pip Larkspur")
    theirs = grown("P04-1", person("e17", "Mel Thornycroft"), "Mel Thornycroft")
    merged = merge(ours, theirs, {})
    (conflict,) = merged.conflicts
    assert conflict.kind == "one pseudonym for two"
    by_forms = {entry.entity.forms: entry for entry in merged.contents.entries}
    pip, mel = by_forms[("Pip Larkspur",)], by_forms[("Mel Thornycroft",)]
    assert pip.entity.id == "e17" != mel.entity.id
    assert set(merged.contents.bindings["P04-1"].values()) == {mel.entity.id}
    settled = merge(ours, theirs, {conflict.key: "ours"})
    tokens = {entry.entity.forms: entry.tokens for entry in settled.contents.entries}
    assert not settled.conflicts
    assert tokens["Pip Larkspur",] == {"archive": "[Person e17]"} and tokens["Mel Thornycroft",] == {}


def test_values_that_many_share_are_no_conflict() -> None:
    spring = {"archive": "[spring 2017]"}
    ours = grown("P03-1", KeyEntry(Entity("d1", Category.DATE, "date", "", ("4 March 2017",)), spring), "4 march 2017")
    theirs = grown("P04-1", KeyEntry(Entity("d2", Category.DATE, "date", "", ("9 May 2017",)), spring), "9 may 2017")
    assert not merge(ours, theirs, {}).conflicts


def test_what_both_sides_changed_is_a_conflict_each() -> None:
    theirs = replace(
        BASE,
        entries=(replace(BASE.entries[0], entity=replace(BASE.entries[0].entity, part="relative")), *BASE.entries[1:]),
        roster=(replace(BASE.roster[0], agency="Quenby Council"), BASE.roster[1]),
        options={"scheme": "names"},
        bindings={**BASE.bindings, "P02-1": {**BASE.bindings["P02-1"], "PERSON:fen": "bram"}},
    )
    ours = replace(BASE, options={"scheme": "numbers"})
    merged = merge(ours, theirs, {})
    assert sorted(conflict.kind for conflict in merged.conflicts) == ["option", "part", "roster", "whom a form means"]
    shown = "".join(conflict.key for conflict in merged.conflicts) + repr(merged)
    assert not any(word in shown.lower() for word in ("fen", "orla", "quenby"))
    chosen = merge(ours, theirs, {conflict.key: "theirs" for conflict in merged.conflicts})
    assert not chosen.conflicts and chosen.contents.options == {"scheme": "names"}
    assert chosen.contents.bindings["P02-1"]["PERSON:fen"] == "bram" and chosen.contents.roster == theirs.roster


def test_one_file_under_two_codes_and_two_files_under_one() -> None:
    ours, theirs = grown("P03-1", PIP, "Pip Larkspur"), grown("P04-1", MEL, "Mel Thornycroft")
    same = replace(theirs, sources=(*BASE.sources, replace(ours.sources[-1], code="P04-1")))
    (conflict,) = merge(ours, same, {}).conflicts
    assert conflict.kind == "one file, two codes"
    assert "P04-1" not in merge(ours, same, {conflict.key: "ours"}).contents.bindings
    clash = grown("P03-1", MEL, "Mel Thornycroft")
    clash = replace(clash, sources=(*BASE.sources, replace(clash.sources[-1], sha256="99" * 32)))
    conflicts = merge(ours, clash, {}).conflicts
    assert [conflict.kind for conflict in conflicts] == ["one code, two files"]
    merged = merge(ours, clash, {conflicts[0].key: "theirs"})
    assert merged.contents.bindings["P03-1"] == clash.bindings["P03-1"] and not merged.conflicts


def test_counts_of_what_was_made_are_nobodys_choice() -> None:
    merged = merge(replace(BASE, options={"entities_made": "9"}), replace(BASE, options={"entities_made": "12"}), {})
    assert merged.contents.options == {"entities_made": "12"} and not merged.conflicts


def test_what_cannot_be_merged_is_refused() -> None:
    with pytest.raises(AskedWrongly, match="two studies"):
        merge(BASE, replace(BASE, keys=new_keys(secrets.token_bytes)), {})
    with pytest.raises(AskedWrongly, match="withdrawn"):
        merge(BASE, replace(BASE, suppressed=Suppressed(codes=("P01",))), {})
    with pytest.raises(AskedWrongly, match="no choice"):
        merge(BASE, BASE, {"entity e1": "mine"})
