"""The parts of a person's name, and the short forms of a place's or a body's.

A name is taken apart by its shape alone: titles, order, commas, initials. Whether two names are one person's is not
decided here but in `people`.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from deid.fold import fold
from deid.resolve.word_set import word_set

_MALE = frozenset({"mr", "sir", "lord", "mister"})
_FEMALE = frozenset({"mrs", "ms", "miss", "missus", "dame", "lady"})
_PLAIN = word_set(
    """
    mx dr doctor prof professor rev reverend canon sister matron nurse councillor cllr judge justice hhj recorder
    magistrate constable sergeant sgt inspector superintendent detective commander commissioner officer imam rabbi
    pc wpc dc ds di dci dsu dcs det supt insp pcso psi acc dcc cc captain major colonel lieutenant headteacher head
    """
)
# Speech recognition writes ranks letter by letter: "d c ash ...".
_SPELT = {"d c": "dc", "d i": "di", "d s": "ds", "p c": "pc", "d c i": "dci", "p c s o": "pcso"}
_KIN = {"auntie", "aunty", "aunt", "uncle", "nan", "nanny", "gran", "granny", "grandad", "cousin"}
RANKS = word_set("constable sergeant sgt inspector superintendent pc wpc dc ds di dci dsu dcs supt insp pcso acc dcc")
TITLES = _MALE | _FEMALE | _PLAIN
# "chief", "acting" and the like stand before a rank and never alone before a name.
_BEFORE_TITLES = frozenset(
    {"chief", "deputy", "assistant", "acting", "temporary", "detective", "the", "right", "honour"}
)

_PARTICLES = word_set("de del della da dos das di du van von der den ter ten al el bin ibn abu ap mac mc o st ni")
_SUFFIXES = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "younger", "elder"})

_TWO_LETTER_NAMES = word_set("al bo cy di ed jo mo ty vi xi yu li lu an ng")

# "Grace's", "the James'": what a possessive adds to a name.
_POSSESSIVE = re.compile(r"(?:['’`´]s|(?<=s)['’`´])$", re.IGNORECASE)
# Jonathan “Jonno” Vane, Marianne (Maz) Vane: a nickname in quotes or brackets.
_NICKNAME = re.compile(r"[\"“”‘'(]([^\W\d_][\w’'\-]+)[\"”’')]")
# Vane, Marianne (KCX): how meeting software writes a speaker, with the body in brackets.
_BODY = re.compile(r"\s*\([^()]*\)\s*$")
# J-O-A-N, j o a n: four letters or more are a name spelt out, fewer may be initials.
_SPELT_OUT = re.compile(r"[^\W\d_](?:[\s.-]+[^\W\d_]){3,}\.?")
# A word of a name, with its hyphens, apostrophes and the dot of an initial: Bryn-Jones, O'Hara, C.
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'’\-]*(?:['’\-][^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Parts in folded words. `lone` is a single word that may be a first name or a surname."""

    given: str = field(default="", repr=False)
    middles: tuple[str, ...] = field(default=(), repr=False)
    surname: str = field(default="", repr=False)
    lone: str = field(default="", repr=False)
    initials: str = field(default="", repr=False)
    nickname: str = field(default="", repr=False)
    title: str = ""
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        """Both a whole first name and a whole surname, so that it can introduce a person."""
        return len(self.given) > 1 and len(self.surname) > 1

    @property
    def gender(self) -> str:
        return "m" if self.title in _MALE else "f" if self.title in _FEMALE else ""


@lru_cache(maxsize=16_384)
def parse_person(text: str, title: str = "") -> PersonName:
    """A person's form taken apart. `title` is one that stands before the form and outside it."""
    text = without_possessive(text.strip())
    spelt = _SPELT_OUT.fullmatch(text)
    if spelt or any(letter.isdigit() for letter in text) or not _NAME_WORD.search(text):
        # YP1 and YP2 are two; letters said one by one are a name; what has no letters is only like itself.
        return PersonName(lone=fold(text).replace(" ", "") or text.casefold(), title=title)
    nickname = _NICKNAME.search(text) if len(text.split()) > 1 else None
    if nickname:
        text = text[: nickname.start()] + " " + text[nickname.end() :]
    if "," in (bare := _BODY.sub("", text)):
        surname, _, given = bare.partition(",")
        text = bare if fold(given) in _SUFFIXES else f"{given} {surname}"
    elif bare.strip():
        text = bare
    written = _NAME_WORD.findall(text)
    found, written = _take_title(written)
    title = found or title
    written, suffix = _take_suffix(written)
    name = _shape(written, title, nickname=fold(nickname.group(1)) if nickname else "")
    return PersonName(**name, title=title, suffix=suffix)  # type: ignore[arg-type]


def title_before(text: str, start: int) -> str:
    """The title or rank that stands right before text[start:], folded; kin ("my sister") is none."""
    return _title_at_end(text[max(0, start - 40) : start])


@lru_cache(maxsize=16_384)
def _title_at_end(before: str) -> str:
    match = re.search(r"((?:[^\W\d_]+\.?[ \n]+){1,4})$", before)
    if not match:
        return ""
    near = [fold(word) for word in match.group(1).split()]
    for length in (4, 3, 2):
        if spelt := _SPELT.get(" ".join(near[-length:])):
            return spelt
    if near[-1] not in TITLES:
        return near[-1] if near[-1] in _KIN else ""
    is_kin = near[-1] == "sister" and len(near) > 1 and near[-2] in {"my", "his", "her", "their", "our", "your", "s"}
    return "" if is_kin else near[-1]


def without_possessive(text: str) -> str:
    return _POSSESSIVE.sub("", text)


def initials_of(name: PersonName) -> frozenset[str]:
    """How a full name may be abbreviated: gp, gip (double-barrelled), gmp (with a middle name)."""
    if not name.is_full:
        return frozenset()
    first, last = name.given[0], name.surname[0]
    surnames = "".join(word[0] for word in name.surname.split())
    middles = "".join(word[0] for word in name.middles)
    return frozenset({first + last, first + surnames, first + middles + last, first + middles + surnames})


def _take_title(written: list[str]) -> tuple[str, list[str]]:
    folded = [fold(word) for word in written]
    for length in (4, 3, 2):
        if (spelt := _SPELT.get(" ".join(folded[:length]))) and len(written) > length:
            return spelt, written[length:]
    title = ""
    while len(folded) > 1 and (folded[0] in TITLES or folded[0] in _BEFORE_TITLES or folded[0] in _KIN):
        title = folded[0] if folded[0] not in _BEFORE_TITLES else title or folded[0]
        folded, written = folded[1:], written[1:]
    return (title if title in TITLES or title in _KIN else ""), written


def _take_suffix(written: list[str]) -> tuple[list[str], str]:
    if len(written) > 1 and (last := fold(written[-1])) in _SUFFIXES:
        rest = written[:-1]
        return (rest[:-1] if len(rest) > 1 and fold(rest[-1]) == "the" else rest), last[:2]
    return written, ""


def _shape(written: list[str], title: str, *, nickname: str) -> dict[str, object]:
    words = [fold(word) for word in written if fold(word)]
    if not words:
        return {"nickname": nickname}
    if _are_initials(written):
        return {"initials": "".join(words).replace(" ", ""), "nickname": nickname}
    if len(words) == 1:
        if title and title not in _KIN:
            return {"surname": words[0], "nickname": nickname}
        return {"lone": words[0], "nickname": nickname}
    first = 1
    while first < len(words) - 1 and words[first] not in _PARTICLES:
        first += 1
    return {
        "given": words[0],
        "middles": tuple(words[1:first]),
        "surname": " ".join(words[first:]),
        "nickname": nickname,
    }


def _are_initials(written: list[str]) -> bool:
    """RP, R.P. or R P; a single capital too. "JO" and "JOY" are names in capitals."""
    if all(len(word.rstrip(".")) == 1 for word in written):
        return True
    if len(written) != 1 or not written[0].isupper() or fold(written[0]) in _TWO_LETTER_NAMES:
        return False
    return len(written[0]) == 2 or (len(written[0]) == 3 and not set(fold(written[0])) & set("aeiouy"))
