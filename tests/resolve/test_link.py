"""Laws of linking: one mention a stretch, ids in canonical order, nothing that depends on the order of things."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.model import Category, Entity, Finding, KeyEntry, Segment, Span, Transcript
from deid.region import Agency, Place, Region
from deid.resolve.link import Linked, link
from deid.resolve.overlap import settle

REGION = Region(
    "test",
    places=(Place("Oxmoor", "town", district="Oxmoor"), Place("Ash", "village", district="Oxmoor", cue=True)),
    agencies=(Agency("Oxmoor Council", "council"),),
    nicknames={"Gary": ("Gaz",)},
)
FORMS = {
    Category.PERSON: (
        "Grace Vane",
        "Grace Lind",
        "Grace",
        "Vane",
        "Gary Lind",
        "Gaz",
        "RP",
        "Ash",
        "C. Vane",
        "Mrs Vane",
    ),
    Category.PLACE: ("Oxmoor", "Ash", "High Street", "Tannery Road", "the Arches"),
    Category.AGENCY: ("Oxmoor Council", "Great Oaks Academy", "Great Oaks", "GOA"),
    Category.CASE: ("46/087431/19", "Operation Wren", "Wren"),
    Category.DATE: ("2018", "May", "3 May 2019"),
    Category.AGE: ("fourteen", "15"),
    Category.CONTACT: ("07700 900123", "ann@oxmoor.example"),
    Category.IDENTIFIER: ("999 000 0018",),
    Category.ROLE: ("team manager",),
    Category.TRAIT: ("Zambian",),
}
MENTIONS = st.sampled_from([(category, form) for category, forms in FORMS.items() for form in forms])
SENTENCES = st.lists(st.lists(MENTIONS, min_size=1, max_size=4), min_size=1, max_size=4)
CORPORA = st.lists(SENTENCES, min_size=1, max_size=3)


def build(
    corpus: list[list[list[tuple[Category, str]]]],
) -> tuple[dict[str, Transcript], dict[str, tuple[Finding, ...]]]:
    transcripts, findings = {}, {}
    for number, sentences in enumerate(corpus, 1):
        segments: list[Segment] = []
        found: list[Finding] = []
        for turn, mentions in enumerate(sentences, 1):
            text = ""
            for category, form in mentions:
                text += "and " if text else ""
                found.append(
                    Finding(
                        Span(len(segments), len(text), len(text) + len(form)), category, "", 0.95, "test", "because"
                    )
                )
                text += f"{form} "
            segments.append(Segment("speech", text, turn))
        code = f"P{number:02}-1"
        transcripts[code], findings[code] = Transcript(code, tuple(segments)), tuple(found)
    return transcripts, findings


def run(
    transcripts: dict[str, Transcript], findings: dict[str, tuple[Finding, ...]], before: Linked | None = None
) -> Linked:
    known = before.entities if before else ()
    numbers = count(len(known))
    return link(
        transcripts,
        {code: settle(own) for code, own in findings.items()},
        [KeyEntry(entity) for entity in known],
        (),
        before.bindings if before else {},
        REGION,
        lambda: f"e{next(numbers):03}",
    )


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_every_stretch_has_one_mention_of_one_entity_of_its_category(
    corpus: list[list[list[tuple[Category, str]]]],
) -> None:
    transcripts, findings = build(corpus)
    linked = run(transcripts, findings)
    entities = {entity.id: entity for entity in linked.entities}
    assert len(entities) == len(linked.entities)
    for code, own in findings.items():
        assert [mention.span for mention in linked.mentions[code]] == sorted(finding.span for finding in own)
        categories = {finding.span: finding.category for finding in own}
        assert all(entities[m.entity].category is categories[m.span] for m in linked.mentions[code])


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_ids_are_given_in_the_order_of_first_mention(corpus: list[list[list[tuple[Category, str]]]]) -> None:
    linked = run(*build(corpus))
    order = [mention.entity for code in sorted(linked.mentions) for mention in linked.mentions[code]]
    first = list(dict.fromkeys(order))
    assert first == sorted(first)


@settings(max_examples=100, deadline=None)
@given(CORPORA)
def test_the_order_of_transcripts_and_findings_does_not_matter(corpus: list[list[list[tuple[Category, str]]]]) -> None:
    transcripts, findings = build(corpus)
    turned = run(dict(reversed(transcripts.items())), {code: own[::-1] for code, own in reversed(findings.items())})
    linked = run(transcripts, findings)
    assert {code: turned.mentions[code] for code in linked.mentions} == dict(linked.mentions)


@settings(max_examples=100, deadline=None)
@given(CORPORA)
def test_a_second_run_changes_nothing(corpus: list[list[list[tuple[Category, str]]]]) -> None:
    transcripts, findings = build(corpus)
    first = run(transcripts, findings)
    again = run(transcripts, findings, first)
    assert again.mentions == first.mentions
    assert again.bindings == first.bindings
    assert {one.id: one for one in again.entities} == {one.id: one for one in first.entities}


@settings(max_examples=100, deadline=None)
@given(CORPORA, SENTENCES)
def test_one_more_interview_changes_no_earlier_mention(
    corpus: list[list[list[tuple[Category, str]]]], more: list[list[tuple[Category, str]]]
) -> None:
    earlier = run(*build(corpus))
    later = run(*build([*corpus, more]), earlier)
    assert {code: later.mentions[code] for code in earlier.mentions} == dict(earlier.mentions)


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_two_different_full_names_are_never_one_person(corpus: list[list[list[tuple[Category, str]]]]) -> None:
    transcripts, findings = build(corpus)
    linked = run(transcripts, findings)
    for entity in linked.entities:
        assert not {"Grace Vane", "Grace Lind"} <= set(entity.forms)
        assert not {"Grace Vane", "Gary Lind"} <= set(entity.forms)


def test_forms_of_an_entity_gather_and_the_vaults_own_come_first() -> None:
    transcripts, findings = build([[[(Category.PERSON, "Grace Vane"), (Category.PERSON, "Grace")]]])
    known = KeyEntry(Entity("k1", Category.PERSON, "", "child", ("Grace Vane",)))
    linked = link(transcripts, {"P01-1": settle(findings["P01-1"])}, [known], (), {}, REGION, lambda: "new")
    assert [(one.id, one.part, one.forms) for one in linked.entities] == [("k1", "child", ("Grace Vane", "Grace"))]
