"""What the words around a name say: a person's part in the account, who is spoken to, what another name for them is.

A part comes from a cue or from the roster, never from the name itself.
"""

import re

from deid.resolve.name_forms import title_before

_ROLE_NOUNS = (
    r"(?:social worker|support worker|youth worker|key ?worker|case ?worker|family worker|residential worker|yot worker|worker"
    r"|practitioner|prac|manager|team leader|lead|analyst|nurse|matron|midwife|health visitor|doctor|gp|consultant|teacher"
    r"|head ?teacher|head|dsl|governor|caretaker|officer|detective|sergeant|inspector|constable|superintendent|iro|lado"
    r"|guardian|solicitor|barrister|judge|magistrate|counsellor|therapist|psychologist|psychiatrist|paediatrician"
    r"|director|coordinator|co-ordinator|administrator|councillor|chair|commissioner|owner|driver|researcher|interviewer"
    r"|advocate|mentor|coach|chaplain|trustee|chief executive|supervisor|boss|colleague)"
)
_RANKS = r"(?:pc|wpc|dc|ds|di|dci|dsu|dcs|det|supt|insp|sgt|pcso|sergeant|inspector|superintendent|constable|commander)"
_CALLED = r"(?:,|\bcalled|\bnamed|\bknown as|\b(?:his|her|their) name(?: i|['’])s|\bum\b|\ber\b|[—–-]|\s)*\s*$"

_BEFORE = (
    ("suspect", r"\b(?:suspect|offender|perpetrator|perp|groomer|abuser|defendant|ringleader|exploiter|nominal|dealer)"
                r"(?: (?:was|is|being))?(?: an?)?(?: (?:older|local))?(?: (?:man|lad|bloke|guy|fella|male))?"),
    ("parent", r"\b(?:mum|mother|mam|dad|father|stepdad|stepmum|step-?father|step-?mother|foster (?:carer|mum|dad|mother"
               r"|father)|parents?)"),
    ("relative", r"\b(?:gran|nan|granny|grandmother|grandma|grandad|grandfather|aunt|auntie|aunty|uncle|brother|sister"
                 r"|cousin|husband|wife|partner|niece|nephew)"),
    ("child", r"\b(?:child|girl|boy|lad|lass|young (?:person|man|woman|girl|lad|boy)|teenager|kid|pupil|yp|looked[- ]after"
              r" child)(?: of mine| of ours)?"),
    ("professional", rf"\b{_ROLE_NOUNS}"),
)  # fmt: skip
_BEFORE_RULES = tuple((part, re.compile(words + _CALLED, re.IGNORECASE)) for part, words in _BEFORE)
_RANK_BEFORE = re.compile(rf"\b{_RANKS}\.?\s+$", re.IGNORECASE)

_YOUNG = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|1[0-7])(?![\d:/-]|\s*(?:years? (?:ago|at|in|of)|months"
    r"|weeks|days|hours|minutes|times|beds|forces|hundred))"
)
_PRONOUN_IS = r"(?:\s+(?:he|she|they|who)(?: ?['’]s|s| is| was| were)|\s+(?:is|was)|['’]s)"
_AFTER_RULES = (
    # Kaya, she was only fourteen · kaya he was sixteen when
    ("child", re.compile(rf"^,?{_PRONOUN_IS}\s+(?:only |just |about |like )?{_YOUNG}\b", re.IGNORECASE)),
    # Kaya, fifteen, ... · Kaya (15)
    ("child", re.compile(rf"^(?:,\s*|\s*\(){_YOUNG}\b", re.IGNORECASE)),
    # Ann Vane, our analyst · Ann Vane, she's our pastoral manager · ann vane he's the detached youth worker
    ("professional", re.compile(
        rf"^(?:,{_PRONOUN_IS}?|{_PRONOUN_IS})\s+(?:the|a|an|my|our|his|her|their|your)\s+(?:[\w’'&-]+ ){{0,4}}?{_ROLE_NOUNS}\b",
        re.IGNORECASE)),
)  # fmt: skip

# "Thanks, Ann." "Ann, could you": a name between commas or at an end is called out to somebody.
_CALL_BEFORE = re.compile(
    r"(?:^|[,.!?…—–]\s*|\b(?:thanks|thank you|hi|hello|sorry|okay|cheers|bye|well)\s+)$", re.IGNORECASE
)
_CALL_AFTER = re.compile(r"^\s*(?:[,.!?…—–]|$)")

# Ann Vane (“Annie”) · Ann Vane, everyone calls me Annie · Ann Vane, known as Annie · ann vane or annie
_ALSO = re.compile(
    r"^[\s,.;:()“”\"‘’'—–-]*(?:(?:sorry|um|er|well)[,\s]+)*(?:(?:but |and |or |so )?(?:everyone|everybody|people|they|we(?: all)?|friends|colleagues|the kids"
    r"|the lads|he|she|most people)\s+(?:all |just |always )?(?:calls?|call|called|goes by|know|knows)\s+(?:me|him|her|them|it)?"
    r"|nobody (?:says|calls (?:me|him|her|them)) that|known (?:locally )?as|otherwise known as|a\.?k\.?a\.?|also known as|goes by|or just|nickname(?:d)?|for short)?"
    r"[\s,(“”\"‘’']*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^\s*[(\[]?[“\"‘'(]\s*$")
_SELF = re.compile(
    r"\b(?:i['’]?m|i am|my name(?:['’]s| is)|this is|it['’]?s|yes,?|speaking to|i['’]m called)\s+(?:[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)


def part_of(text: str, start: int, end: int) -> str:
    """child, professional, parent, suspect, relative, or "" where no cue stands beside text[start:end]."""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if title_before(text, start) in ("sister", "father", "mother"):
        return ""
    if _RANK_BEFORE.search(before):
        return "professional"
    for part, rule in _BEFORE_RULES:
        if rule.search(before):
            return part
    return next((part for part, rule in _AFTER_RULES if rule.search(after)), "")


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the speaker calls out the name to somebody. Reported speech (an opening quote before it) does not count."""
    before = text[max(0, start - 12) : start]
    return bool(_CALL_BEFORE.search(before) and _CALL_AFTER.search(text[end:]))


def is_another_name(between: str) -> bool:
    """Whether the words between two forms say that the second is another name of the first."""
    says_so = _ALSO.match(between) and re.search(r"\w", between)
    return bool(says_so or _BRACKETED.match(between))


def introduces_self(text: str, start: int) -> bool:
    return bool(_SELF.search(text[max(0, start - 40) : start]))
