"""The kind of a body as the talk says it: "Plover House, which is a children's home", "the hotel is the Sea Mill".

A name alone often tells no more than that it is a house or a body; the words right beside it may. Only words that stand
in a fixed frame with the name are believed, and only where nothing better is known.
"""

import re

# Kinds that a recogniser gives where the name's own words say no more.
VAGUE = frozenset({"", "body", "workplace", "home"})

_KINDS = {
    "children's home": r"(?:private\s)?child(?:ren)?['’]?s['’]?\s(?:care\s)?home",
    "care home": r"care\shome|nursing\shome",
    "hostel": r"hostel|supported\s(?:lodgings|accommodation)",
    "hotel": r"hotel|guest\s?house|b\s?and\s?b",
    "taxi firm": r"(?:taxi|minicab|cab)\s(?:firm|company|office)",
    "firm": r"firm|company|pub|nightclub|takeaway|restaurant|cafe",
    "charity": r"charity|refuge",
    "youth project": r"youth\s(?:club|project|centre)",
    "school": r"school|academy",
    "hospital": r"hospital",
    "surgery": r"surgery|clinic",
    "place of worship": r"church|mosque|gurdwara|temple",
}
_KIND = "|".join(f"(?P<k{number}>{words})" for number, words in enumerate(_KINDS.values()))
# ⟦Plover House⟧, which is a little children's home · ⟦Redstart⟧ is our only hostel · ⟦plover house⟧ the children's home
_BEHIND = re.compile(
    rf",?\s(?:(?:which|that|it|who|they)(?:\sis|\swas|['’]s|\sare|\swere|['’]re)\s|is\s|was\s)?"
    rf"(?:an?|the|our|this|that|my|their)\s(?:[\w-]+\s){{0,2}}?(?:{_KIND})\b",
    re.IGNORECASE,
)
# the hotel is the ⟦Sea Mill Lodge⟧ · a children's home called ⟦Plover House⟧ · a charity, ⟦Lapwing⟧
_BEFORE = re.compile(
    rf"\b(?:{_KIND})(?:,\s(?:the\s)?|\s(?:is|was|(?:is|was|it['’]s|that['’]s)?\s?(?:called|named))\s(?:the\s)?|\s(?:the\s)?)$",
    re.IGNORECASE,
)
_FAR = 60


def said_kind(text: str, start: int, end: int) -> str:
    """What the words beside text[start:end] call it, "" where they say nothing."""
    found = _BEHIND.match(text, end) or _BEFORE.search(text[max(0, start - _FAR) : start])
    if not found:
        return ""
    return next(kind for number, kind in enumerate(_KINDS) if found[f"k{number}"])


def clearer(known: str, said: str) -> str:
    """Of two kinds of one thing the one that says more; the first where both say something."""
    return said if known in VAGUE and said and (said not in VAGUE or not known) else known
