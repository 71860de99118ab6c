"""What the words beside a phrase of the keep list make of it: where somebody lives or works, a system, a post."""

import re
from collections.abc import Iterable

from deid.model import Category, Finding
from deid.region import Keep

# "placed in Rotherham", "moved to Telford", "he's from Rochdale": where somebody is, and no case.
_LIVED = re.compile(
    r"\b(?:(?:placed|moved|move|lives?|lived|living|born|housed|based|sent|brought|taken|settled|adopted|fostered|"
    r"found|ran|bailed|picked up|grew up|placement|carers?|flat|hostel|family|mum|dad|nan|gran|sister|brother)"
    r"(?:\s(?:away|back|over|up|down|out|him|her|them|me|us|there|here))?\s(?:in|to|from|near|at|out of)|"
    r"(?:he|she|i|who|girl|boy|lad|child|kid|one|came|come|train)(?:['’]?[sm]|\s(?:is|was|am))?\s(?:over\s|up\s|"
    r"down\s)?"
    r"(?:originally\s)?from)\s$",
    re.IGNORECASE,
)
_ORIGINALLY = re.compile(r"\s(?:originally|born|way)\b", re.IGNORECASE)
# "I used to work for Barnardo's", "my friend's at the NSPCC".
_WORKED = re.compile(
    r"\b(?:(?:work|works|worked|working|job|volunteer|volunteers|volunteered|seconded|employed|manager|worker|"
    r"colleague|"
    r"trained|started|career|came|moved|went)\s(?:over\s|on\s|there\s)?(?:for|at|with|from|to)|"
    r"(?:i|he|she|who|friend|sister|brother|mum|dad|wife|husband)(?:['’](?:m|s|d been)|\s(?:was|is|am|were))\s"
    r"(?:at|with)|"
    # "a guardian with ...", "Ann Vane, from ...": who somebody is with.
    r"(?:guardian|officer|advis[eo]r|practitioner|nurse|counsellor|advocate|lawyer|solicitor|analyst|clinician|lead)\s"
    r"(?:for|at|with|from)|(?-i:[A-Z][\w’'-]+\s[A-Z][\w’'-]+),\s(?:at|with|from))"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
# "Participant: Ann Vane, guardian, ...": what a heading says of who takes part, and where.
_TAKES_PART = re.compile(
    r"\b(?:participant|interviewee|respondent|organisation|employer|where|place|venue)\s?:[^\n]*$", re.I
)
_ITS_OFFICE = re.compile(r"\s(?:office|offices|building|canteen|car\spark)\b", re.IGNORECASE)
_OF_THE_BODY = re.compile(
    r"(?:['’]s)?\s(?:model|report|training|guidance|campaign|research|leaflets?|checklist|definition|toolkit)",
    re.IGNORECASE,
)
NATIONAL_BODY = "national body"
# "On Good Friday she ran": the day of something. "Every Halloween", "at Halloween" and "Valentine's is bad" are none.
_FESTIVAL = "festival or national event"
_ON_THE_DAY = re.compile(r"(?:\bon|\bwas|['’]s)\s$", re.IGNORECASE)
_BY_CAPITALS = frozenset({"capital_teams"})
# Who these find is told by a kind of post: "twelve years as a custody sergeant", "her dad was a police officer".
_OF_ONE_PERSON = frozenset({"former_posts", "public_offices", "family_facts", "life_facts", "body_and_kin"})
# "It goes on Athena", "I open Athena", "RiO number": a system, though people bear its name. "We've got Athena",
# "information on Athena" and "Athena doesn't talk to ..." may be a child.
_ALSO_A_NAME = "acronym or system that is also a name"
_INTO_A_SYSTEM = re.compile(
    r"\b(?:goes|go|put|puts|stick|stuck|bunged|typed|logged|recorded|entered|uploaded)\s(?:(?:it|that|them|this|straight|all)\s)?"
    r"(?:on|onto|into|in)\s$|\bopen(?:ed|ing)?\s$|\bentr(?:y|ies)\son\s$",
    re.IGNORECASE,
)
# "Athena doesn't talk to Mosaic", "we've got Athena, they've Mosaic", "theirs is Athena, ours is Mosaic", "Athena and
# Mosaic": another system says what it is.
_SYSTEM = "tool or system"
_BETWEEN_SYSTEMS = re.compile(
    r"\s(?:does\snot|doesn['’]t|don['’]t|can['’]t|won['’]t|never)\s(?:talk|speak|link)\sto\s|"
    r"(?:,|\sand)\s(?:[\w’']+\s){1,4}got\s|(?:,|\sand)\s(?:we|they|you|i)['’]ve\s|\s(?:and|or)\s|"
    r"(?:,|\sand)\s(?:ours|theirs|yours|[\w’']+s)\s(?:is|was)\s",
    re.IGNORECASE,
)
_OF_A_SYSTEM = re.compile(r"\s(?:number|system|record|records|entry|entries|login|log-in|search|database)\b|\s\d{5}")
# "Before that I was a social worker": a function that many hold, of which the speaker says no more.
_FUNCTION = "function (a single holder is ROLE)"
_I_AM_A = re.compile(r"\b(?:i['’]?m|i\sam|i\swas|i['’]ve\sbeen)\s(?:(?:just|still|also|only)\s)?an?\s$", re.IGNORECASE)
_FOR_WHOM = re.compile(r"\s(?:at|with|for|on)\s", re.IGNORECASE)
_SURE_POST = 0.6


def is_system(line: Keep, finding: Finding, text: str, stretches: Iterable[tuple[int, int, tuple[Keep, ...]]]) -> bool:
    """Whether the words beside it say that Athena is where things are recorded, and nobody. `stretches`: where the
    text has phrases of the keep list."""
    start, end = finding.span.start, finding.span.end
    if line.reason != _ALSO_A_NAME:
        return False
    if text[start:end] == line.words and not (line.words.istitle() or line.words.isupper() or line.words.islower()):
        return True  # RiO: nobody writes their name so
    if _INTO_A_SYSTEM.search(text, max(0, start - 40), start) or _OF_A_SYSTEM.match(text, end):
        return True
    return any(
        _BETWEEN_SYSTEMS.fullmatch(text, end, first) or _BETWEEN_SYSTEMS.fullmatch(text, last, start)
        for first, last, lines in stretches
        if any(other.reason == _SYSTEM for other in lines)
    )


def is_held_by_many(line: Keep, finding: Finding, text: str, first: int, last: int) -> bool:
    if finding.category is not Category.ROLE or line.reason != _FUNCTION or finding.confidence >= _SURE_POST:
        return False
    is_all = finding.span.end == last and not _FOR_WHOM.match(text, last)
    return is_all and bool(_I_AM_A.search(text, max(0, first - 30), first))


def is_meant_here(line: Keep, finding: Finding, text: str) -> bool:
    """A town of a public case where somebody lives, a national body where somebody works, a team in capitals, a post
    that somebody had."""
    before, behind = text[max(0, finding.span.start - 50) : finding.span.start], text[finding.span.end :]
    if line.reason == "public case" and finding.category is Category.PLACE:
        return bool(_LIVED.search(before) or _ORIGINALLY.match(behind))
    if line.reason == NATIONAL_BODY and finding.category is Category.AGENCY:
        is_theirs = _WORKED.search(before) or _ITS_OFFICE.match(behind) or _TAKES_PART.search(before)
        return bool(is_theirs) and not _OF_THE_BODY.match(behind)
    if line.reason == _FESTIVAL and finding.category is Category.DATE:
        return bool(_ON_THE_DAY.search(before))
    if finding.category is Category.AGE:
        return not any(map(str.isalpha, line.words))  # "16+" is a team, "Tia, 16," is an age
    return finding.recogniser in _OF_ONE_PERSON or (finding.recogniser in _BY_CAPITALS and line.words.islower())
