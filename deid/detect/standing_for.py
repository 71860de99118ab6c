"""Whether the name of a place stands for the body that works there: "he's Oxmoor", "Bo at Harrowside rang"."""

import re

# "he's Dover", "they're Swale, not us", "she isn't even Thanet": people are no towns, they work for one.
_THEY_ARE = re.compile(
    r"\b(?:he|she|they|we|you|who)(?:['’](?:s|re)|\s(?:is|are|was|were|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t))"
    r"(?:\s(?:not|even|still|all|now|both|only|just|really))*\s$",
    re.IGNORECASE,
)
# "he's Dover born and bred", "they're Margate lads", "she's Dover based": told of the place after all.
_OF_THE_PLACE = re.compile(
    r"[\s-](?:born|bred|based|through|way|bound|born-and-bred|lads?|girls?|boys?|kids?|people|based)\b", re.IGNORECASE
)
# "Bo at Oxmoor rang": nobody is "at" a district, which has no streets of its own name.
_AT = re.compile(r"\bat\s$", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:['’]s)?\s[A-Z]")


def stands_for_a_body(text: str, start: int, end: int, *, is_district: bool) -> bool:
    """Whether text[start:end], the name of a place, means people who work for it."""
    before = text[max(0, start - 40) : start]
    if _THEY_ARE.search(before):
        return not _OF_THE_PLACE.match(text, end)
    return is_district and bool(_AT.search(before)) and not _GOES_ON.match(text, end)
