"""What the words around a name say: a person's part in the account, who is spoken to, what another name for them is.

A part comes from a cue or from the roster, never from the name itself.
"""

import re

from deid.resolve.name_forms import title_before


def _any_of(words: str) -> str:
    """A group of alternatives, longer ones first, so that "social worker" is not read as "worker"."""
    found = {" ".join(word.split()) for word in words.replace("\n", ",").split(",")} - {""}
    return f"(?:{'|'.join(sorted(found, key=lambda word: (-len(word), word)))})"


_POSTS = _any_of("""
    social worker, support worker, youth worker, key ?worker, case ?worker, family worker
    residential worker, yot worker
    worker, practitioner, prac, manager, team leader, lead, analyst, nurse, matron, midwife, health visitor, doctor, gp
    consultant, teacher, head ?teacher, head, dsl, governor, caretaker, officer, detective, sergeant, inspector
    constable, superintendent, iro, lado, guardian, solicitor, barrister, judge, magistrate, counsellor, therapist
    psychologist
    psychiatrist, paediatrician, director, co-?ordinator, administrator, councillor, chair, commissioner, owner, driver
    researcher, interviewer, advocate, mentor, coach, chaplain, trustee, chief executive, supervisor, boss, colleague
""")
_RANKS = _any_of("""
    pc, wpc, dc, ds, di, dci, dsu, dcs, det, supt, insp, sgt, pcso, sergeant, inspector, superintendent, constable
""")
_SUSPECTS = _any_of("""
    suspect, offender, perpetrator, perp, groomer, abuser, defendant, ringleader, exploiter, nominal, dealer
""")
_PARENTS = _any_of("""
    mum, mother, mam, dad, father, stepdad, stepmum, step-?father, step-?mother, parents?
    foster carer, foster mum, foster dad, foster mother, foster father
""")
_RELATIVES = _any_of("""
    gran, nan, granny, grandmother, grandma, grandad, grandfather, aunt, auntie, aunty, uncle, brother, sister, cousin
    husband, wife, partner, niece, nephew
""")
_CHILDREN = _any_of("""
    child, girl, boy, lad, lass, young person, young man, young woman, young girl, young lad, young boy, teenager, kid
    pupil, yp, looked[- ]after child
""")
# What may stand between such a word and the name: "a lad called Kaya", "a lad, um, Kaya", "his name's Kaya".
_CALLED = (
    r"(?:,|\bcalled|\bnamed|\bknown as|\b(?:his|her|their) name(?: i|['’])s|\bum\b|\ber\b|[—–-]|\s)*\s*$"
)  # fmt: skip
_A_MAN = r"(?: (?:was|is|being))?(?: an?)?(?: (?:older|local))?(?: (?:man|lad|bloke|guy|fella|male))?"

_BEFORE = (
    ("suspect", rf"\b{_SUSPECTS}{_A_MAN}"),
    ("parent", rf"\b{_PARENTS}"),
    ("relative", rf"\b{_RELATIVES}"),
    ("child", rf"\b{_CHILDREN}(?: of mine| of ours)?"),
    ("professional", rf"\b{_POSTS}"),
)
# "my mother's Mrs Vane", "her dad was a Mr Vane": a relative by title and surname.
_KIN_IS = re.compile(
    rf"\b(?:my|his|her|their|our|the)\s(?:(?P<parent>{_PARENTS})|{_RELATIVES})(?:['’]s|\s(?:is|was))\s(?:an?\s)?"
    r"(?:mr|mrs|ms|miss|dr|professor|prof)\.?\s$",
    re.IGNORECASE,
)
# For text in small letters, several times as fast as a rule that ignores case.
_BEFORE_RULES = tuple((part, re.compile(words + _CALLED)) for part, words in _BEFORE)
# Interviewer: Dr Ann Vane · Participant: Bo Lind
_IN_HEADING = re.compile(
    r"\b(?:(?P<interviewer>interviewer|researcher|moderator|facilitator)|(?P<participant>participant|interviewee|respondent))"
    r"s?\s*[:\t–—-]?\s*(?:[\w.]+\s+)?$",
    re.IGNORECASE,
)
_RANK_BEFORE = re.compile(rf"\b{_RANKS}\.?\s+$")

# An age under eighteen, and no length of time: "he was sixteen when", not "he was ten minutes late".
_YOUNG = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|1[0-7])"
    r"(?![\d:/-]|\s*(?:years? (?:ago|at|in|of)|months|weeks|days|hours|minutes|times|beds|forces|hundred))"
)
_IS = r"(?:\s+(?:he|she|they|who)(?: ?['’]s|s| is| was| were)|\s+(?:is|was)|['’]s)"
_OF_SOMEBODY = r"(?:the|a|an|my|our|his|her|their|your)"
_AFTER_RULES = (
    # Kaya, she was only fourteen · kaya he was sixteen when
    ("child", re.compile(rf"^,?{_IS}\s+(?:only |just |about |like )?{_YOUNG}\b")),
    # Kaya, fifteen, ... · Kaya (15)
    ("child", re.compile(rf"^(?:,\s*|\s*\(){_YOUNG}\b")),
    # Ann Vane, our analyst · Ann Vane, she's our pastoral manager · ann vane he's the detached youth worker
    (
        "professional",
        re.compile(rf"^(?:,{_IS}?|{_IS})\s+{_OF_SOMEBODY}\s+(?:[\w’'&-]+ ){{0,4}}?{_POSTS}\b"),
    ),
)

# the other Grace, another Grace, a different Mr Vane, a nurse who is also called Grace
_OTHER = re.compile(r"\b(?:other|another|different|also (?:called|named))\s+$", re.IGNORECASE)
# "Thanks, Ann." "Ann, could you": a name between commas or at an end is called out to somebody.
_CALL_BEFORE = re.compile(
    r"(?:^|[,.!?…—–]\s*|\b(?:thanks|thank you|hi|hello|sorry|okay|cheers|bye|well)\s+)$", re.IGNORECASE
)
_CALL_AFTER = re.compile(r"\s*(?:[,.!?…—–]|$)")

_PEOPLE = _any_of("""
    everyone, everybody, people, they, we, we all, friends, colleagues, the kids, the lads, he, she, most people
""")
_CALL = _any_of("""
    call, calls, called, goes by, know, knows
""")
_ALSO_KNOWN = _any_of("""
    nobody says that, nobody calls (?:me|him|her|them) that, known as, locally known as
    known locally as, otherwise known as
    also known as, a\\.?k\\.?a\\.?, goes by, or just, nicknamed?, for short
""")
# Ann Vane, everyone calls me Annie · Ann Vane, but nobody says that, Annie · Ann Vane, known as Annie
_ALSO = re.compile(
    r"^[\s,.;:()“”\"‘’'—–-]*(?:(?:sorry|um|er|well|but|and|or|so)[,\s]+)*"
    rf"(?:{_PEOPLE}\s+(?:(?:at|in|on|round)\s(?:\w+\s){{1,2}})?(?:all |just |always )?"
    rf"{_CALL}\s+(?:me|him|her|them|it)?|{_ALSO_KNOWN})"
    r"[\s,(“”\"‘’']*$",
    re.IGNORECASE,
)
# Ann Vane (“Annie”) · Ann "Annie"
_BRACKETED = re.compile(r"^\s*[(\[]?[“\"‘'(]\s*$")
# I'm Ann Vane · my name is Ann Vane · yes, Ann Vane · this is Ann Vane
_SELF = re.compile(
    r"\b(?:i['’]?m|i am|i['’]m called|my name(?:['’]s| is)|this is|it['’]?s|yes,?|speaking to)\s+(?:[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
# I'm Ann, Ann Vane: the first name once more, in full.
_SELF_TWICE = re.compile(
    r"\b(?:i['’]?m|i am|my name(?:['’]s| is)|this is)\s+(?P<given>[^\W\d_]+),?\s+(?:(?:um|er|yeah)\s+)?$", re.IGNORECASE
)
# Bo. Bosie, we called him · bosie they call him
_CALLED_SO = re.compile(
    rf"^,?\s*{_PEOPLE}\s+(?:all |just |always )?(?:call|called|calls)\s+(?:me|him|her|them)\b", re.IGNORECASE
)
# "Yeah, Ann Vane, I'm the ...": nothing but an opening stands before the name, and nothing told of anybody behind it.
_OPENING = re.compile(r"^\W*(?:(?:yes|yeah|yep|ok|okay|hello|hi|hiya|um|er|erm|sure|course)\b\W*)*$", re.IGNORECASE)
_AND_MORE = re.compile(r"^\W*(?:$|(?:yes|yeah|yep|and i|i['’]?m|i am|i work|that['’]?s me|here)\b)", re.IGNORECASE)

_NEAR = 60  # characters to either side in which such words stand

# The Vanes, the Sturrock-Bainses: several people of one name.
_FAMILY = re.compile(r"\b[Tt]he\s+[^\W\d_a-z][\w’'-]*[^s’'\W]s$")


def part_of(text: str, start: int, end: int) -> str:
    """child, professional, parent, suspect, relative, family, or "" where no cue stands beside text[start:end]."""
    before, after = text[max(0, start - _NEAR) : start].lower(), text[end : end + _NEAR].lower()
    if _FAMILY.search(text[max(0, start - 8) : end]):
        return "family"
    if title_before(text, start) in ("sister", "father", "mother"):
        return ""
    if _RANK_BEFORE.search(before):
        return "professional"
    if kin := _KIN_IS.search(before):
        return "parent" if kin["parent"] else "relative"
    for part, rule in _BEFORE_RULES:
        if rule.search(before):
            return part
    return next((part for part, rule in _AFTER_RULES if rule.search(after)), "")


def part_in_heading(text: str, start: int) -> str:
    """interviewer or participant, where a heading says so right before the name."""
    match = _IN_HEADING.search(text[max(0, start - _NEAR) : start])
    return (match.lastgroup or "") if match else ""


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the speaker calls the name out to somebody. After an opening quote it is reported speech, and no call."""
    before = text[max(0, start - 12) : start]
    return bool(_CALL_BEFORE.search(before) and _CALL_AFTER.match(text, end))


def is_the_other(text: str, start: int) -> bool:
    """Whether the talk itself says that this is another one of the name: "the other Grace", "a different Callum"."""
    return bool(_OTHER.search(text, max(0, start - 16), start))


def is_another_name(between: str) -> bool:
    """Whether the words between two forms say that the second is another name of the first."""
    return bool(_ALSO.match(between) or _BRACKETED.match(between))


def is_called_so(behind: str) -> bool:
    """Whether the words behind a name say that people call somebody so, who was named right before."""
    return bool(_CALLED_SO.match(behind))


def introduces_self(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start]
    if _SELF.search(before):
        return True
    twice = _SELF_TWICE.search(before)
    return twice is not None and text[start : start + _NEAR].lower().startswith(twice["given"].lower())


def opens_talk(before: str, behind: str) -> bool:
    """Whether a name is all that the opening of a turn says, but for "Yeah," before it and "I'm ..." behind it."""
    return bool(_OPENING.match(before) and _AND_MORE.match(behind))
