"""A token in its sentence: a or an, doubled nouns, sentence starts, brackets that were there before.

Only small words right beside a mention are ever touched, and only together with it.
"""

import re
from dataclasses import dataclass, field

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
_FAMILY = re.compile(r"[^\W\d_]{3,}s$")
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
# Read with another sound than they are written with: a University, an [NHS number 7], an 18-24-year-old.
_A_BEFORE = re.compile(r"(?:uni|use|uk|one|eu)", re.IGNORECASE)
_AN_BEFORE = re.compile(r"(?:NHS\b|8|11\b|18\b|hour)")


@dataclass(frozen=True, slots=True)
class Fitted:
    """text[start:end] becomes `words`; the stretch is the mention, at times with the small word before it."""

    start: int
    end: int
    words: str = field(repr=False)


def fit(text: str, start: int, end: int, bare: str, *, style: str = "brackets") -> Fitted:
    """The token for the mention text[start:end], as it reads in that sentence."""
    mention = text[start:end]
    tail = _tail(mention)
    bare = _in_place_of_age(bare, text[:start])
    start = _over_doubled_noun(text, start, bare)
    if not number_of(bare) and _SENTENCE_END.search(text[:start]) and bare[:1].islower():
        bare = bare[:1].upper() + bare[1:]
    words = (bare if _inside_brackets(text, start, end) else dress(bare, style)) + tail
    return _with_article(text, start, end, bare, words)


def _tail(mention: str) -> str:
    """The possessive that a mention ends in stays: Grace's -> [Person 9]'s."""
    possessive = _POSSESSIVE.search(mention)
    if not possessive:
        return ""
    mark = possessive.group(1)
    return mark if len(mark) > 1 else f"{mark}s"


def _in_place_of_age(bare: str, before: str) -> str:
    """aged [13-15], a lad of [16-17], a [13-15-year-old]: what stands before says already that it is an age."""
    if not bare.startswith("aged "):
        return bare
    band = bare.removeprefix("aged ")
    if _ARTICLE.search(before) and "under" not in band and " or " not in band:
        return f"{band}-year-old"
    return band if _AGED.search(before) else bare


def _over_doubled_noun(text: str, start: int, bare: str) -> int:
    """Operation [Operation 4] reads twice, so the replaced stretch takes in the word before."""
    label = label_part(bare)
    nouns = {label, *_SHORT.get(label, ())} if label in LABELS else set()
    for noun in sorted(nouns, key=len, reverse=True):
        if match := re.search(rf"\b{re.escape(noun)}\s+$", text[:start], re.IGNORECASE):
            return match.start()
    return start


_SHORT = {"Operation": ("Op",), "Crime reference": ("crime ref", "crime reference number"), "E-mail": ("email",)}


def _inside_brackets(text: str, start: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    return (
        text.rfind("[", line_start, start) > text.rfind("]", line_start, start) and "]" in text[end:].partition("\n")[0]
    )


def _with_article(text: str, start: int, end: int, bare: str, words: str) -> Fitted:
    article = _ARTICLE.search(text[:start])
    if not article:
        return Fitted(start, end, words)
    right = "an" if _sounds_like_vowel(bare) else "a"
    if article.group(1).lower() == right:
        return Fitted(start, end, words)
    right = right.capitalize() if article.group(1)[0].isupper() else right
    return Fitted(article.start(), end, f"{right}{article.group(2)}{words}")


def _sounds_like_vowel(bare: str) -> bool:
    if _AN_BEFORE.match(bare):
        return True
    return bool(_VOWEL.match(bare)) and not _A_BEFORE.match(bare)
