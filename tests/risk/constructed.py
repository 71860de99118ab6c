"""Two constructed studies of invented people: one with planted ways to recognise somebody, one made safe.

Text is written as it would be released, tokens included; what a token is, is read from the token itself.
"""

from dataclasses import replace
from functools import cache
from hashlib import sha256

from deid.detect.trait_words import FAITHS, LANGUAGES, ORIGINS
from deid.model import Category, Entity, KnownPerson
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.tokens import find_tokens, label_part
from deid.region import Region, load_region
from deid.risk.released import Piece, Released, Talk, Token, Turn
from deid.study.released import labels_of

_CATEGORIES = {
    "Person": Category.PERSON, "Child": Category.PERSON, "Suspect": Category.PERSON, "Professional": Category.PERSON,
    "Participant": Category.PERSON, "Town": Category.PLACE, "Village": Category.PLACE, "Hospital": Category.PLACE,
    "Prison": Category.PLACE, "Coastal town": Category.PLACE, "Operation": Category.CASE,
}  # fmt: skip
_PARTS = {"Child": "child", "Suspect": "suspect", "Professional": "professional", "Participant": "participant"}


@cache
def region() -> Region:
    """The shipped pack with one more public fact: a kind of body of which there is one."""
    pack = load_region("kent-medway")
    counts = pack.public_facts["counts"]
    assert isinstance(counts, dict)
    return replace(pack, public_facts={**pack.public_facts, "counts": {**counts, "secure unit": 1}})


def turn(number: int, speaker: str, text: str) -> Turn:
    tokens = tuple(_token(text, start, end) for start, end in find_tokens(text))
    return Turn(number, speaker, text, tokens, (Piece(number, 0, len(text)),))


def talk(code: str, *texts: str) -> Talk:
    """The interviewer asks in every odd turn, so that texts are turns 2, 4, 6 ..."""
    person = code.partition("-")[0]
    turns = []
    for number, text in enumerate(texts, 1):
        turns += [turn(2 * number - 1, "interviewer", "And then?"), turn(2 * number, person, text)]
    return Talk(code, (person,), tuple(turns))


def released(*talks: Talk, roster: tuple[KnownPerson, ...] = (), tier: str = "archive") -> Released:
    people = {talk.participants[0]: entity_of(f"Participant {talk.participants[0][1:]}") for talk in talks}
    return Released(tier, talks, roster, people, labels_of(region()), ORIGINS | FAITHS | LANGUAGES)


def entity_of(bare: str) -> str:
    """A token's number says which thing it stands for."""
    return sha256(bare.partition(",")[0].encode()).hexdigest()[:16]


def _token(text: str, start: int, end: int) -> Token:
    bare = text[start:end].strip("[]")
    label = label_part(bare)
    area = bare.partition(", ")[2] if label else ""
    if not label:
        category = Category.AGE if "aged" in bare or "year-old" in bare else Category.DATE
        return Token(start, end, entity_of(bare), category, coarse=bare)
    category = _CATEGORIES.get(label, Category.AGENCY)
    return Token(start, end, entity_of(bare), category, label, area, part=_PARTS.get(label, ""))


assert label_of(Entity("", Category.PLACE, "town")) == "Town"  # the labels above are the program's own


ROSTER = tuple(
    KnownPerson(code, name, role=role, agency=agency, base=base, tenure=tenure, phrases=phrases)
    for code, name, role, agency, base, tenure, phrases in (
        ("P01", "Wilhelmina Oddington", "Named nurse", "community health trust", "Ashford", "31 years", ()),
        ("P02", "Leopold Brackwater", "Social worker", "council", "Dover", "4 years", ()),
        ("P03", "Ottoline Ferncastle", "Social worker", "council", "Maidstone", "4 years", ()),
        ("P04", "Barnabas Quillfeather", "Youth worker", "charity", "Dover", "4 years", ("put that on a tea towel",)),
        ("P05", "Persephone Mudgley", "Youth worker", "charity", "Maidstone", "4 years", ()),
        ("P06", "Cornelius Haverstock", "Detective sergeant", "police", "Maidstone", "12 years", ()),
        ("P07", "Thomasina Wraxhall", "Detective sergeant", "police", "Dover", "12 years", ()),
    )
)

# What is planted: a name -> the kind of finding, transcript and turn where it has to be found.
PLANTED = {
    "unique role": ("combination", "P01-1", 2),
    "unique role and place together": ("combination", "P02-1", 2),
    "tenure": ("combination", "P03-1", 4),
    "age": ("combination", "P05-1", 2),
    "trait": ("combination", "P06-1", 4),
    "told by another participant": ("combination", "P02-1", 6),
    "the only one": ("claim", "P04-1", 4),
    "a young person by cluster": ("cluster", "P05-1", 4),
    "a case told by two": ("linkage", "P08-1", 4),
    "a participant named by another": ("linkage", "P02-1", 6),
    "a token that a map turns back": ("inversion", "P06-1", 6),
    "a kind of body of which there is one": ("inversion", "P03-1", 6),
    "a case that was in the news": ("public_case", "P06-1", 8),
    "a catchword": ("wording", "P04-1", 6),
}


def with_planted() -> Released:
    return released(
        talk(
            "P01-1",
            "I'm the named nurse here, so everything comes to me in the end.",
            "We meet every month and look at the list together.",
        ),
        talk(
            "P02-1",
            "I'm a social worker, and I'm based in [Town 41, East Kent].",
            "It takes a long time to be trusted.",
            "[Participant 07], she's a great help, she knows everybody.",
        ),
        talk(
            "P03-1",
            "I'm a social worker, and I'm based in [Town 55, West Kent].",
            "I've been doing this work for twenty-seven years now.",
            "They took him to the secure unit in the end.",
        ),
        talk(
            "P04-1",
            "I'm a youth worker, and I'm based in [Town 41, East Kent].",
            "I'm the only male worker in the whole service.",
            "You know what I always say, put that on a tea towel.",
        ),
        talk(
            "P05-1",
            "I'm a youth worker, and I'm fifty-eight. I'm based in [Town 55, West Kent].",
            "There was one girl, a fourteen-year-old, in year nine, placed at [Home 12].",
            "Her twin sister rang us in March 2019 from [Town 41, East Kent]. He got nine years for it.",
        ),
        talk(
            "P06-1",
            "I'm a detective sergeant, mostly at a desk these days.",
            "I'm Welsh, as you can hear.",
            "They moved him to [Prison 81, Mid Kent] after that.",
            "It was all over the papers at the time, so we had to be quick.",
        ),
        talk(
            "P07-1",
            "I'm a detective sergeant. People ask for [Participant 07], and they mean me.",
            "For me it was [Child 31] who changed how we think about it.",
        ),
        talk("P08-1", "I mostly listen.", "[Child 31] told us all of it, bit by bit, over a summer."),
        roster=ROSTER,
    )


def made_safe() -> Released:
    """The same people after coarsening, describing and removing what the first study showed."""
    lines = {
        "P01-1": ("I work in health, so a lot comes to me in the end.", "We meet every month and look at the list."),
        "P02-1": (
            "I'm a social worker, and I like it.",
            "It takes a long time to be trusted.",
            "A colleague helps us.",
        ),
        "P03-1": (
            "I'm a social worker, that's all.",
            "I've done this for some years.",
            "They took him somewhere safe.",
        ),
        "P04-1": ("I'm a youth worker, in an office.", "We are a small team.", "You know what I always say."),
        "P05-1": (
            "I'm a youth worker, with some years behind me.",
            "One case was hard for all of us.",
            "We did learn.",
        ),
        "P06-1": (
            "I'm a detective, mostly at a desk.",
            "I came here later.",
            "They moved him away.",
            "We had to be quick.",
        ),
        "P07-1": ("I'm a detective, and I like the work.", "One case changed how we think about it."),
        "P08-1": ("I mostly listen.", "A young person told us all of it, bit by bit."),
    }
    return released(*(talk(code, *texts) for code, texts in lines.items()), roster=ROSTER)
