"""How tokens are written and found again: [Person 41], [Town 27, East Kent], [aged 13-15], [spring 2017].

A token is kept bare ("Person 41") and dressed where it is written, in the style of the policy. Brackets never nest:
inside brackets of the transcript a token stands without its own (law 13).
"""

import re
from collections.abc import Iterable
from html import escape

from deid.pseudonymise.labels import LABELS, THEMES

STYLES = ("brackets", "hashes", "tags")

_LABEL = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
_THEME = "|".join(theme.capitalize() for theme in THEMES)
# Person 41 · Coastal town 27, East Kent · origin withheld 4
_NUMBERED = rf"(?:(?:{_THEME}) (?i:{_LABEL})|{_LABEL}) \d{{1,5}}(?:, [A-Z][\w'’&-]*(?: [\w'’&-]+){{0,4}})?"
# aged 13-15 · aged 13 to 15 · 13-15-year-old · aged under 5 · aged 80 or over · aged 13-15 or 16-17
_BAND = r"(?:under \d{1,2}|\d{1,3} or over|\d{1,3}(?:-| to |-to-)\d{1,3})"
_AGE_BAND = rf"(?:[Aa]ged )?{_BAND}(?: or {_BAND})?(?:-year-olds?)?"
# spring 2017 · spring · March 2017 · 2017 · late 2010s · 2010s
_TIME = (
    r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: (?:19|20)\d{2})?|(?:[Ee]arly |[Mm]id-|[Ll]ate )?(?:19|20)\d0s|(?:19|20)\d{2}"
)
_PASSAGE = r"[Pp]assage removed(?: [a-z' ]{3,50})?"
_UNNUMBERED = rf"{_AGE_BAND}|{_TIME}|{_PASSAGE}"

_BRACKETED = re.compile(rf"\[(?:{_NUMBERED}|{_UNNUMBERED})\]")
_HASHED = re.compile(rf"##(?:{_NUMBERED}|{_UNNUMBERED})##".replace(" ", "[ _]"))
_TAGGED = re.compile(r'<seg type="deid">[^<>]*</seg>')
_INSIDE = re.compile(r"\[[^\[\]]*\]")
_BARE = re.compile(rf"\b(?:{_NUMBERED})")
# The label and the number of a whole token: (Person) (41), (Town) (27), East Kent.
_PARTS = re.compile(rf"((?:(?:{_THEME}) (?i:{_LABEL})|{_LABEL})) (\d{{1,5}})(?:, .*)?")


def dress(bare: str, style: str = "brackets") -> str:
    """The token as it is written between other words."""
    if style == "hashes":
        return f"##{bare.replace(' ', '_')}##"
    return f'<seg type="deid">{escape(bare)}</seg>' if style == "tags" else f"[{bare}]"


def token_pattern() -> re.Pattern[str]:
    """A numbered token in any style, which nothing but deid writes: what tells an output from other text."""
    hashed = rf"##(?:{_NUMBERED})##".replace(" ", "[ _]")
    return re.compile(rf"\[(?:{_NUMBERED})\]|{hashed}|{_TAGGED.pattern}")


def number_of(bare: str) -> int:
    """The token's number, 0 where it has none."""
    match = _PARTS.fullmatch(bare)
    return int(match[2]) if match else 0


def label_part(bare: str) -> str:
    """What a token calls its thing: "Person 41" -> "Person"; "" for a token without a number."""
    match = _PARTS.fullmatch(bare)
    return match[1] if match else ""


def find_tokens(text: str, also: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Where our own words stand in a text. `also`: own words of this study, such as descriptions and chosen names."""
    found = {match.span() for rule in (_BRACKETED, _HASHED, _TAGGED) for match in rule.finditer(text)}
    for outer in _INSIDE.finditer(text):
        if outer.span() not in found:
            found |= {
                (outer.start() + inner.start(), outer.start() + inner.end()) for inner in _BARE.finditer(outer.group())
            }
    for words in also:
        if words:
            found |= {match.span() for match in re.finditer(re.escape(words), text)}
    return tuple(sorted(span for span in found if not any(_within(span, other) for other in found)))


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
