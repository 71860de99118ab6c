"""Sentences that single somebody out by themselves: "the only one in Kent who", "I set up the"."""

import re
from collections.abc import Iterator

from deid.risk.reading import sentence_at
from deid.risk.released import Released, Risk

# I'm the only one in the county | we were the first team to | I'm the longest-serving
_ONLY = re.compile(
    r"\b(?:I|I['’]m|I['’]ve|we|we['’]re|she['’]?s?|he['’]?s?|there['’]s|it['’]s)\b[^.?!,]{0,35}?"
    r"\b(?:the|our|their) (?:only|first|sole|longest[- ]serving|youngest|oldest)"
    r"(?! (?:thing|time|way|problem|reason|question|point|step|place|part|bit|few|lot|one to admit|call|sign|session))"
    r"(?: [\w'’-]+){0,2}? (?:one|person|woman|man|female|male|nurse|officer|worker|team|unit|teacher|detective|manager"
    r"|specialist|lead|project|service|home|school|hospital|black|asian|polish|doctor|paediatrician|analyst)\b",
    re.IGNORECASE,
)
# nobody else in the county does | no one else in Kent has
_NOBODY = re.compile(
    r"\b(?:nobody|no[- ]one|no other \w+) (?:else )?in (?:the (?:county|country|region|force|south[- ]east)"
    r"|kent|medway)\b",
    re.IGNORECASE,
)
# they put that the school was on an island. There's only one.
_ONE = re.compile(
    r"\bthere(?:['’]s| is| was) only (?:the )?one(?: (?:of (?:them|those)|in the county|round here))?[.!,;]", re.I
)
# I set the project up | I founded | I wrote the protocol | I gave evidence
_NO_WORK = r"(?:a|the|another) (?:\w+ )?(?:call|meeting|appointment|visit|room|session|date)"
_MADE = re.compile(
    r"\bI (?:set up|founded|started up|wrote (?:the|our|that)|launched|chaired|gave evidence"
    r"|was on the (?:news|telly|radio)|was in the (?:paper|papers|news))\b"
    rf"(?! (?:{_NO_WORK}|to|it down|him|her|them|an? email|back|my|up\b))",
    re.IGNORECASE,
)
_RULES = (
    (_ONLY, "says that there is only one such person or body"),
    (_ONE, "says that there is only one of its kind"),
    (_NOBODY, "says that nobody else in the region is or does this"),
    (_MADE, "names something that is known by whoever did it"),
)


def claims(released: Released) -> Iterator[Risk]:
    for talk in released.talks:
        for turn in talk.own():
            told: set[tuple[int, int]] = set()
            for rule, why in _RULES:
                for match in rule.finditer(turn.text):
                    sentence = sentence_at(turn.text, match.start())
                    if sentence in told:
                        continue
                    told.add(sentence)
                    yield Risk(
                        "claim", talk.code, turn.number,
                        f"A sentence {why}: whoever knows the field knows who that is.",
                        "describe: say it without the claim to be the only or the first one, or remove the passage",
                        key=f"{turn.number} {match.group().lower()}",
                    )  # fmt: skip
