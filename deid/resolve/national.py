"""Bodies of a whole country, told by the shape of their names: "Department of Health", "Royal College of Nursing".

No list holds all of them. The words of such a name have to be ordinary English, so that nothing local hides inside one;
and like the keep list's own national bodies they stay as a public reference, not as somebody's place of work.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from deid.fold import fold, words
from deid.model import Category
from deid.region import Keep, common_words, english_words
from deid.resolve.word_set import word_set

Stretch = tuple[int, int, tuple[Keep, ...]]

_NAME = r"[A-Z][\w’'-]*"
_AND = r"(?:,\s|,?\sand\s|\s&\s|\s)"
# What ministers are for; a "Department of Coffee" is a café.
_SUBJECT = (
    r"(?:Health|Education|Justice|Defence|Transport|Work|Pensions|Social|Care|Business|Trade|Industry|Energy|Net|Zero|"
    r"Environment|Food|Rural|Affairs|International|Development|Communities|Local|Government|Levelling|Up|Housing|"
    r"Culture|Media|Sport|Digital|Science|Innovation|Technology|Finance|Infrastructure|Economy|Agriculture|Home|"
    r"Foreign|Commonwealth|Labour|Employment|Skills|Children|Schools|Families|Constitutional|National|Statistics|"
    r"Students|Standards|Testing|Payments|Border|Funding|Training|Licensing|Medicines|Security|Women|Equalities|Public|Safety|Budget|Responsibility|Welfare|Interior|State)"
)
# What stands before a body of a profession or of the state, and not before a town's: "Deal Society of Arts".
_WIDE = (
    r"(?:National|British|Royal|Chartered|Joint|Select|Advisory|Standing|International|Equality|Law|Independent|"
    r"Education|Home|Public|Children[’']s|Parliamentary|General|European|World|UK)"
)
_OF_A_COUNTRY = r"(?:National|International|World|European|British|UK|United Kingdom)"
_UNION = (
    r"(?:Association|Society|Council|Federation|Institute|Union|Agency|Commission|Authority|Inspectorate|Congress|"
    r"Confederation|Organi[sz]ation)"
)
_NATION = r"(?:Northern Ireland|Northern Irish|Scottish|Welsh|Irish|UK|British)"

_BODIES = tuple(
    re.compile(pattern)
    for pattern in (
        # Department of Education, Ministry of Justice, Office for Students
        rf"\b(?:(?:Department|Ministry)\s(?:of|for)|Office\sfor)\s(?:the\s)?{_SUBJECT}(?:{_AND}{_SUBJECT})*\b",
        # His Majesty's Prison and Probation Service; but HMP Northfield and the coroner are somewhere
        rf"\b(?:His|Her)\sMajesty[’']s\s(?!Coroner|Prison\s(?!and|Service)|Young)"
        rf"{_NAME}(?:(?:\sand\s|\sof\s|\s&\s|\s){_NAME}){{0,5}}",
        rf"\bHM\s(?!Coroner|Prison\s(?!and|Service)|Young){_NAME}(?:(?:\sand\s|\sof\s|\s&\s|\s){_NAME}){{0,5}}",
        # Royal College of Paediatrics and Child Health
        rf"\bRoyal\s(?:College|Society|Institute|Institution|Commission)\s(?:of|for|on)\s(?:the\s)?"
        rf"{_NAME}(?:{_AND}{_NAME}){{0,4}}",
        # International Association for Suicide Prevention, National Fire Chiefs Council
        rf"\b{_OF_A_COUNTRY}\s(?:{_NAME}\s(?:and\s)?){{0,4}}{_UNION}\b"
        rf"(?:\s(?:of|for|on|against)\s(?:the\s)?{_NAME}(?:{_AND}{_NAME}){{0,3}})?",
        rf"\bNational\s(?:{_NAME}\s(?:and\s)?){{1,4}}(?:Service|Panel|Board|Programme|Framework|Strategy|Network|"
        r"Register|Database|Helpline|Archives)\b",
        # Association of Directors of Children's Services, Commissioner for Children and Young People
        rf"(?:\b{_WIDE}\s){{0,2}}\b(?:Association|Society|Institute|Faculty|Council|Commission|Commissioner|Committee|"
        rf"Federation|Confederation|Congress|Inspectorate|Union)\s(?:of|for|on|against)\s(?:the\s)?"
        rf"{_NAME}(?:(?:{_AND}|\sof\s){_NAME}){{0,5}}",
        # Secretary of State for Health, Minister of Education
        rf"\b(?:Secretary\sof\sState|Minister)\s(?:of|for)\s{_SUBJECT}(?:{_AND}{_SUBJECT})*\b",
        rf"\bUK\s(?:{_NAME}\s){{0,2}}Council\sfor\s{_NAME}(?:{_AND}{_NAME}){{0,3}}",
        # Parliamentary and Health Service Ombudsman
        rf"(?:\b{_NAME},?\s(?:(?:and|for|&)\s)?){{1,6}}Ombudsman\b",
        r"\bNHS\s(?:England|Scotland|Wales|Digital|Improvement|Commissioning\sBoard|Resolution|Confederation|Providers|"
        r"Employers|Executive|Business\sServices\sAuthority|Blood\sand\sTransplant|Property\sServices|"
        r"Counter\sFraud\sAuthority|Test\sand\sTrace|Constitution|Long\sTerm\sPlan)\b",
        # Northern Ireland Executive, Scottish Prison Service
        rf"\b{_NATION}\s(?:{_NAME}\s(?:and\s)?){{0,3}}(?:Executive|Government|Parliament|Assembly|Office|Service|"
        rf"Authority|Agency|Commission|Inspectorate|Department|Association|Council|Ministers)\b",
    )
)
# The Standards and Testing Agency, the Health Security Agency: "Blue Sky Fostering Agency" is a firm.
_AGENCY = re.compile(rf"\b{_SUBJECT}(?:{_AND}{_SUBJECT})+\sAgency\b")
# The Trades Union Congress, the Youth Justice Authority: two everyday words or more in front.
_BY_EVERYDAY_WORDS = re.compile(
    rf"\b(?P<name>{_NAME}(?:\s(?:and\s|of\s)?{_NAME}){{1,4}})\s(?:Authority|Commission|Inspectorate|Congress|"
    r"Secretariat|Executive|Regulator)\b"
)
# Human Fertilisation and Embryology Authority, Health and Care Professions Council: three English words or more.
_BY_ENGLISH_WORDS = re.compile(
    rf"\b(?P<name>{_NAME}(?:,?\s(?:and\s|of\s|for\s)?{_NAME}){{2,6}})\s(?:Authority|Commission|Council|"
    r"Advisory\s(?:Group|Committee|Council)|Select\sCommittee)\b"
)
# the Crime and Policing Bill, the Schools Bill: never Uncle Bill, who has no article.
_BILL = re.compile(
    rf"\b(?:[Tt]h(?:e|is|at)|[Aa]|new|draft|’s|'s)\s(?P<bill>{_NAME}(?:{_AND}(?:\([^)]*\)\s)?{_NAME}){{0,6}}\sBill)\b"
)
# Seni's Law, Martha's Rule: public laws bear the names of those who were failed.
_NAMED_LAW = re.compile(r"\b[A-Z][\w-]+['’]s\s(?:Law|Rule)\b")
# Without one of these no pattern can match.
_TELLING = (
    "Department", "Ministry", "Office for", "Majesty", "HM ", "Royal", "National",
    "International", "World", "European", "British", "UK", "United Kingdom", "Ombudsman", "NHS ", "Northern Ir",
    "Association", "Society", "Institute", "Faculty", "Council", "Committee", "Federation", "Confederation", "Union",
    "Congress", "Secretariat", "Executive", "Regulator", "Secretary of State", "Minister", "Advisory",
    "Scottish", "Welsh", "Irish", "Agency", "Authority", "Commission", "Inspectorate", " Bill",
    "s Law", "s Rule",
)  # fmt: skip
_CAPITAL_BEFORE = re.compile(r"(?P<word>[A-Z]\w+)\s$")
_OPENERS = word_set("the and but so of for at in to from then our my when now if we is was former acting deputy")
_SMALL = word_set("s the and of for")
_TOWNS = word_set("town parish borough city district county village school")  # Sandwich Town Council
# "Child Sparrow Inquiry": the review of one child, whose by-name may be an everyday word.
OF_A_CHILD = word_set("child baby family young adult boy girl person operation op")
BODY = "national body"
_LAW = "statute or order"
_INITIALS = re.compile(
    r"[’']?,?\s(?:\((?:the\s|or\s)?|(?:or|known as|that is|abbreviated to)\s(?:the\s)?)[\"“‘']?"
    r"(?P<initials>[A-Z][A-Za-z&-]{0,7}[A-Z])s?\b|,\s(?P<short>[A-Z]{3,8})\sfor\sshort"
)


@lru_cache(maxsize=20_000)
def national_stretches(text: str) -> tuple[Stretch, ...]:
    """Where names of national bodies and bills stand, in the form of the keep list's own stretches."""
    if not any(word in text for word in _TELLING):
        return ()
    return tuple(_bodies(text)) + tuple(_bills(text))


def initials_behind(text: str, end: int) -> str:
    """SAGE, where the text goes on "(SAGE)" behind the name of a body, or "SAGE for short"."""
    match = _INITIALS.match(text, end)
    return (match["initials"] or match["short"]) if match else ""


def _bodies(text: str) -> Iterator[Stretch]:
    for pattern in _BODIES:
        for match in pattern.finditer(text):
            end = _english_until(text, *match.span())
            if end > match.start() and not _is_end_of_longer(text, match.start()):
                yield match.start(), end, _lines(text[match.start() : end], BODY)
    for match in _AGENCY.finditer(text):
        yield *match.span(), _lines(match[0], BODY)
    for match in _BY_EVERYDAY_WORDS.finditer(text):
        if _is_told(match["name"], 2, _is_everyday):
            yield *match.span(), _lines(match[0], BODY)
    for match in _BY_ENGLISH_WORDS.finditer(text):
        if _is_told(match["name"], 3, english_words().__contains__):
            yield *match.span(), _lines(match[0], BODY)


def _is_told(name: str, fewest: int, is_plain: Callable[[str], bool]) -> bool:
    """Whether so many plain words tell what the body is for; a child's name or a town's does not."""
    told = [word for _, _, word in words(name) if word not in _SMALL]
    return len(told) >= fewest and told[0] not in OF_A_CHILD and not _TOWNS & set(told) and all(map(is_plain, told))


def _bills(text: str) -> Iterator[Stretch]:
    for match in _BILL.finditer(text):
        if all(word in english_words() or word == "s" for _, _, word in words(match["bill"])):
            lines = (Keep(match["bill"], Category.PERSON, _LAW), Keep(match["bill"], Category.AGENCY, _LAW))
            yield *match.span("bill"), lines
    for match in _NAMED_LAW.finditer(text):
        lines = (Keep(match[0], Category.PERSON, _LAW), Keep(match[0], Category.AGENCY, _LAW))
        yield *match.span(), lines


def _english_until(text: str, start: int, end: int) -> int:
    """The end of the name as far as its words are English: an inspector's own name is none of it."""
    last = start
    for _, stop, word in words(text[start:end]):
        if word not in english_words() and word not in _TELLING_WORDS:
            break
        last = start + stop
    return last if len(fold(text[start:last]).split()) > 1 else start


def _is_end_of_longer(text: str, start: int) -> bool:
    """Whether a capital right before the name belongs to it: "Deal Society of Arts"."""
    before = _CAPITAL_BEFORE.search(text, max(0, start - 30), start)
    return before is not None and before["word"].lower() not in _OPENERS


def _is_everyday(word: str) -> bool:
    return word in common_words() or word in _TELLING_WORDS


def _lines(name: str, reason: str) -> tuple[Keep, ...]:
    return tuple(
        Keep(name, scope, reason) for scope in (Category.AGENCY, Category.PLACE, Category.CASE, Category.TRAIT)
    )


_TELLING_WORDS = word_set(
    "england scotland europe nhs hm uk ireland irish northern wales scottish welsh british european majesty s ombudsman"
)
