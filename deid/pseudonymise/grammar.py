"""A token in its sentence: a or an, doubled nouns, sentence starts, brackets that were there before.

Only small words right beside a mention are ever touched, and only together with it.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from deid.pseudonymise.labels import LABELS
from deid.pseudonymise.tokens import dress, label_part, number_of

_ARTICLE = re.compile(r"\b(an?)( +)$", re.IGNORECASE)
# Words that a band of ages repeats: aged [aged 13-15], age of [aged 13-15].
_AGED = re.compile(
    r"\b(?:aged?(?: of)?|turned|a (?:lad|girl|boy|child|kid|man|woman) of|was only|turning|nearly|almost)\s+$",
    re.IGNORECASE,
)
_AGED_ITSELF = re.compile(r"\baged?\s+$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:^|[.!?…][\"'”’)]?\s+|[\n:]\s*[\"'“‘]?)$")
_POSSESSIVE = re.compile(r"(['’`´]s|(?<=s)['’`´])$", re.IGNORECASE)
# St Anselm's is the name of a place, a school or a church, with nothing that it owns behind it.
_SAINT = re.compile(r"(?:st|saint)\.?\s[\w-]+['’]s", re.IGNORECASE)
_FAMILY = re.compile(r"[^\W\d_]{3,}s$")
# on 14 April · on the eighth of June
_ON = re.compile(r"\bon\s+(?:the\s+)?$", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?:spring|summer|autumn|winter|[A-Z][a-z]+) )?(?:19|20)\d{2}|spring|summer|autumn|winter", re.IGNORECASE
)
# since [early 2000s], in early [late 2010s]: a part of a decade takes the article, and no other part before it.
_DECADE = re.compile(r"(?:early |mid-|late )?(?:19|20)\d0s", re.IGNORECASE)
_TAKES_THE = re.compile(
    r"\b(?:in|since|from|until|till|til|by|after|before|during|around|about|of|was|to|and|or|between)\s+$",
    re.IGNORECASE,
)
_A_PART = re.compile(r"\b(?:early|late|mid|about|around)[\s-]+$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
# Read with another sound than they are written with: a University, an [NHS number 7], an 18-24-year-old.
_A_BEFORE = re.compile(r"(?:uni|use|uk|one|eu)", re.IGNORECASE)
_AN_BEFORE = re.compile(r"(?:NHS\b|8|11\b|18\b|hour)")


_WINDOW = 80  # what stands further before a mention never changes how its token reads


@dataclass(frozen=True, slots=True)
class Fitted:
    """text[start:end] becomes `words`; the stretch is the mention, at times with the small word before it."""

    start: int
    end: int
    words: str = field(repr=False)


@lru_cache(maxsize=16_384)
def fit(text: str, start: int, end: int, bare: str, *, style: str = "brackets") -> Fitted:
    """The token for the mention text[start:end], as it reads in that sentence."""
    left = max(0, start - _WINDOW)
    before = text[left:start]
    bare = _in_place_of_age(bare, before)
    before = before[: _doubled_noun(before, bare)]
    if not number_of(bare) and _SENTENCE_END.search(before) and bare[:1].islower():
        bare = bare[:1].upper() + bare[1:]
    words = (bare if _inside_brackets(text, start, end) else dress(bare, style)) + _tail(text[start:end])
    before, words = _with_article(before, bare, words)
    before, words = _in_time(before, bare, words)
    before, words = _in_decade(before, bare, words)
    return Fitted(left + len(before), end, words)


def _tail(mention: str) -> str:
    """The possessive that a mention ends in stays: Grace's -> [Person 9]'s."""
    possessive = _POSSESSIVE.search(mention)
    if not possessive or _SAINT.fullmatch(mention):
        return ""
    mark = possessive.group(1)
    return mark if len(mark) > 1 else f"{mark}s"


def _in_place_of_age(bare: str, before: str) -> str:
    """aged [13-15], a lad of [16-17], a [13-15-year-old]: what stands before says already that it is an age."""
    if not bare.startswith("aged "):
        return bare
    band = bare.removeprefix("aged ")
    if _ARTICLE.search(before) and "under" not in band and " or " not in band:
        return f"{band.replace(' ', '-')}-year-old"
    return band if _AGED.search(before) else bare


def _doubled_noun(before: str, bare: str) -> int:
    """Where the noun begins that the token says again: "Operation [Operation 4]" reads twice."""
    label = label_part(bare)
    nouns = {label, *_SHORT.get(label, ()), *_last_noun(label)} if label in LABELS else set()
    for noun in sorted(nouns, key=len, reverse=True):
        if match := _at_the_end(noun).search(before):
            return match.start()
    return len(before)


@lru_cache(maxsize=256)
def _at_the_end(noun: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(noun)}\s+$", re.IGNORECASE)


def _last_noun(label: str) -> tuple[str, ...]:
    """The bare noun of a label that two words make: "flat number [House number 8]", "ref [Crime reference 18]"."""
    noun = label.rpartition(" ")[2]
    return _REPEATED.get(noun, ())


_REPEATED = {"number": ("number",), "reference": ("reference", "ref")}
_SHORT = {
    "Operation": ("Op",),
    "Crime reference": ("crime ref", "crime ref number", "crime reference number"),
    "E-mail": ("email",),
}


def _inside_brackets(text: str, start: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    return (
        text.rfind("[", line_start, start) > text.rfind("]", line_start, start) and "]" in text[end:].partition("\n")[0]
    )


def _with_article(before: str, bare: str, words: str) -> tuple[str, str]:
    """An article that does not fit the token goes into the replaced stretch and comes back right."""
    article = _ARTICLE.search(before)
    if not article:
        return before, words
    right = "an" if _sounds_like_vowel(bare) else "a"
    if article.group(1).lower() == right:
        return before, words
    right = right.capitalize() if article.group(1)[0].isupper() else right
    return before[: article.start()], f"{right}{article.group(2)}{words}"


def _in_time(before: str, bare: str, words: str) -> tuple[str, str]:
    """On a day, but in a season: "on [spring 2019]" becomes "in [spring 2019]"."""
    on = _ON.search(before) if _TIME.fullmatch(bare) else None
    return (before[: on.start()], f"{'In' if on.group()[0] == 'O' else 'in'} {words}") if on else (before, words)


def _in_decade(before: str, bare: str, words: str) -> tuple[str, str]:
    """Since 2004 becomes "since the [early 2000s]", and early 2017 loses its own "early"."""
    if not _DECADE.fullmatch(bare):
        return before, words
    if (part := _A_PART.search(before)) and _TAKES_THE.search(before[: part.start()]):
        before = before[: part.start()]
    return before, f"the {words}" if _TAKES_THE.search(before) else words


def _sounds_like_vowel(bare: str) -> bool:
    if _AN_BEFORE.match(bare):
        return True
    return bool(_VOWEL.match(bare)) and not _A_BEFORE.match(bare)
