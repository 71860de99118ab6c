"""Names that tell no body apart: generic words, kinds in the plural, and names made of what is public throughout."""

import re
from collections.abc import Sequence

from deid.fold import fold
from deid.model import Category, Finding
from deid.region import Keep, english_words
from deid.resolve.kind_words import KIND_WORDS
from deid.resolve.national import BODY
from deid.resolve.word_set import word_set

Part = tuple[int, int, Keep]
"""A stretch of the text that stays, and why."""

# What a model can name too widely; a job ("pastoral manager") or a fact ("gran ran the shop") holds kept words rightly.
NAMED_BY_MODELS = frozenset({Category.PERSON, Category.PLACE, Category.AGENCY})

# Kinds of body that say nothing of which one, alone or after an article: "the police", "my school", "the Inquiry".
_GENERIC = word_set(
    """
    police school schools college colleges university hospital hospitals court courts home homes team teams unit
    units council councils office surgery clinic prison nursery church charity charities court ward station custody
    agency agencies company firm hotel hotels service services panel board academy academies placement hostel
    shelter gp mosque temple
    inquiry inquest hearing tribunal committee committees commission department ministry government trust trusts boards
    """
)
# Where people are heard; what belongs to one of these is as little a name: "the Inquiry team".
_PROCEEDINGS = word_set("inquiry inquest hearing tribunal committee commission court")
_DETERMINERS = word_set("the a an our my your their his her this that these those any every some each no other")
_SMALL_WORDS = _DETERMINERS | word_set("and of for in s")
# PCTs, ICBs: many of a kind, and not the one that somebody works for. What the region pack lists is one.
_PLURAL_INITIALS = re.compile(r"[A-Z][A-Z&]{1,5}s")
_FROM_THE_PACK = frozenset({"agencies", "places"})
# "Ofsted review", "IOPC inquiry": by whom, and of no child.
_REVIEW = re.compile(r"\s(?:review|inquiry|report)$", re.IGNORECASE)
_PUBLIC = frozenset(
    {BODY, "national scheme or operation", "national report or inquiry", "framework", "statutory or national guidance",
     "statute or order", "public service", "police or court word"}
)  # fmt: skip
_BY_CAPITALS_ALONE = frozenset({"model_agencies", "capital_names", "spread"})
_LONG_NAME = 4


def kind_of_body(finding: Finding, text: str) -> str:
    """Why words that somebody took for a name are a kind of body and none of them, or ""."""
    start, end = finding.span.start, finding.span.end
    if finding.recogniser not in _FROM_THE_PACK and _PLURAL_INITIALS.fullmatch(text, start, end):
        return "a kind of body, in the plural"
    if finding.category is Category.AGENCY and _is_generic(text[start:end]):
        return "generic words"
    return ""


def only_kept(text: str, parts: Sequence[Part], finding: Finding) -> Keep | None:
    """A model's "ring 101" says no more than the kept "101", nor does one national body "and the" next."""
    if finding.category not in NAMED_BY_MODELS:
        return None
    start, end = finding.span.start, finding.span.end
    for first, last, line in parts:
        if start <= first and last <= end and _is_plain(text[start:first] + " " + text[last:end]):
            return line
    public = [part for part in parts if part[2].reason in _PUBLIC]
    if not public or finding.category is Category.PERSON:
        return None
    if finding.recogniser in _BY_CAPITALS_ALONE and _is_public_throughout(text[start:end]):
        return public[0][2]
    return public[0][2] if _is_plain(_without(text, start, end, public)) else None


def is_review_by(finding: Finding, text: str, first: int, last: int, lines: Sequence[Keep]) -> bool:
    """Whether all that names a review is a national body at text[first:last]: "the Ofsted review"."""
    start, end = finding.span.start, finding.span.end
    if finding.recogniser != "reviews" or lines[0].reason != BODY:
        return False
    review = _REVIEW.search(text, start, end)
    return review is not None and first <= start and review.start() <= last


def _without(text: str, start: int, end: int, parts: Sequence[Part]) -> str:
    around, at = [], start
    for first, last, _ in sorted(parts, key=lambda part: part[:2]):
        around.append(text[at : max(at, first)])
        at = max(at, last)
    return " ".join((*around, text[at:end]))


def _is_public_throughout(name: str) -> bool:
    """A long name of English words around what is kept ("Home Office Immigration Enforcement"), and no local kind."""
    told = [word for word in fold(name).split() if word != "s"]
    return len(told) >= _LONG_NAME and told[-1] not in KIND_WORDS and all(word in english_words() for word in told)


def _is_plain(text: str) -> bool:
    """Whether only small words of no place and no body are here."""
    plain = not any(letter.isupper() or letter.isdigit() for letter in text)
    return plain and not any(word in KIND_WORDS and word not in _SMALL_WORDS for word in fold(text).split())


def _is_generic(text: str) -> bool:
    rest = [word for word in fold(text).split() if word not in _DETERMINERS and word != "s"]
    return bool(rest) and rest[0] in _GENERIC and (len(rest) == 1 or (rest[0] in _PROCEEDINGS and rest[1:] == ["team"]))
