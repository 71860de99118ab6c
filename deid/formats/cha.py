"""CHAT transcripts (CLAN, TalkBank), edited line by line. Time marks stay; tiers that are aligned word by word go.

A name of three words that becomes one token would leave %mor, %gra and %wor out of step with the main line, and they
repeat the name: so they are dropped, always, and CLAN can make them anew (`mor`, `megrasp`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._lens import Piece, Placed, apply, confirm, source_edits
from deid.formats._pieces import trim
from deid.formats._text import Edit, decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".cha",)
SUMMARY = "CHAT transcripts: lines, comments, headers; time marks stay; aligned tiers, birth dates and media names go"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HINT = "run CHECK in CLAN, mend the line and save it again"
# *P02:<tab>   %com:<tab>   @Participants:<tab>   @Begin   (a line that goes on starts with a tab)
_LINE = re.compile(r"(?P<mark>[*%@])(?P<name>[^:\t\n]*)(?::(?P<gap>[\t ]*)|(?=\n|$))")
# 0x15 123_456 0x15      older files: 0x15 %snd:"jane_01"_123_456 0x15
_BULLET = re.compile(r"\x15(?P<media>%\w+:\"[^\"\x15]*\"_?)?(?P<from>\d+)_(?P<to>\d+)(?P<more>-?)\x15")
_ALIGNED = _set(
    """mor gra wor trn grt tra grn mod pho phoaln phosyll modsyll xphoaln xmodsyll xphosyll xphoint umor ugra pos
    syn sin cnl xcnl"""
)
_DROPPED_HEADERS = {
    "birth of": "dates of birth",
    "media": "names of media, which would have to be the file's own",
    "pid": "record numbers",
    "window": "window settings",
    "font": "window settings",
    "color words": "window settings",
}
# P02   INV   SP01   CHI: codes by which the manual calls people, and numbered ones
_PLAIN_CODE = re.compile(r"[A-Z]{1,4}\d{1,4}|\d{1,4}")
_ROLE_CODES = _set(
    """CHI MOT FAT PAR INV EXP OBS INT INTERVIEWER SIS BRO TEA STU ADU ENV SPE UNC AUN GRM GRF THE CLI DOC NUR NAR LEA
    MOD MED ATT AUD HOS GUE RES SUB TEX TOY OTH UNI JUD WIT GRA FRI PLA REL LEN CAR PART"""
)
_INVESTIGATORS = frozenset({"INV", "INT", "EXP", "OBS", "INTERVIEWER"})
# eng   eng, cym
_LANGUAGES = re.compile(r"[a-z]{3}(?:[ ,]+[a-z]{3})*")
_CODE = re.compile(r"[^\s|:,]+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A line and those that go on from it. `begin` is where its words begin."""

    start: int
    begin: int
    end: int
    mark: str
    name: str
    number: int
    text: str = field(repr=False)  # the words


@dataclass(slots=True)
class _Layout:
    placed: list[Placed] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, what: str, start: int, end: int, new: str = "") -> None:
        self.edits.append((start, end, new))
        self.dropped[what] = self.dropped.get(what, 0) + 1


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The lines of a transcript. Raises FormatError, naming the line, where its marks or times are broken."""
    return tuple(item.segment for item in _layout(decode(source, settings).text).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The transcript with the replacements made, and without what the rules drop."""
    decoded = decode(source, settings)
    layout = _layout(decoded.text)
    if any("\n" in item.text or "\x15" in item.text for item in replacements):
        raise FormatError("a replacement holds a line break", hint="choose a pseudonym of letters and digits")
    if any(layout.placed[item.span.segment].segment.kind == "speaker" for item in replacements):
        raise FormatError("a speaker's code cannot be replaced", hint="give the speaker another code in CLAN")
    output = edit(decoded, [*source_edits(layout.placed, replacements), *layout.edits])
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in layout.placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this transcript, with counts."""
    found = _layout(decode(source, settings).text).dropped
    return tuple(f"{what} ({count})" for what, count in sorted(found.items()))


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _layout(text: str) -> _Layout:
    blocks = list(_blocks(text))
    names = {block.name.casefold() for block in blocks if block.mark == "@"}
    if not {"begin", "end"} <= names:
        raise FormatError("@Begin or @End is missing: the file is cut short or is no CHAT", where="line 1", hint=_HINT)
    codes = _codes(blocks)
    layout, turn, clock = _Layout(), 0, ""
    speaker = ""
    for block in blocks:
        if block.mark == "*":
            if block.name not in codes:
                raise FormatError("this speaker is not among @Participants", where=f"line {block.number}", hint=_HINT)
            turn += 1
            speaker = codes[block.name]
            clock = _time(block) or clock
            _recode(layout, block.start + 1, block.name, codes)
            if shown := _shown_as(speaker):
                label = Piece(block.start + 1, block.start + 1 + len(block.name), shown)
                layout.placed.append(Placed(Segment("speaker", shown, turn, clock), (label,)))
            layout.placed += _words(layout, block, "speech", turn, clock)
        elif block.mark == "%":
            _tier(layout, block, has_main=bool(speaker))
        else:
            _header(layout, block, codes)
    if not turn:
        raise FormatError("nobody speaks in this transcript", hint=_HINT)
    return layout


def _blocks(text: str) -> Iterator[_Block]:
    start, lines = 0, text.split("\n")
    first = None
    blocks: list[tuple[int, int, int]] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("\t") and first is not None:
            blocks[-1] = (blocks[-1][0], start + len(line), blocks[-1][2])
        elif line.strip():
            first = number
            blocks.append((start, start + len(line), number))
        start += len(line) + 1
    for begin, end, number in blocks:
        found = _LINE.match(text, begin, end)
        if not found:
            raise FormatError("this line starts with none of * % @", where=f"line {number}", hint=_HINT)
        yield _Block(begin, found.end(), end, found["mark"], found["name"].strip(), number, text[found.end() : end])


def _codes(blocks: list[_Block]) -> dict[str, str]:
    """Every speaker's code and the one that it will have: a code made of a name becomes S01, S02 ..."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.mark == "@" and block.name.casefold() == "participants":
            for person in block.text.split(","):
                if first := _CODE.search(person):
                    found.setdefault(first[0], "")
    number = 0
    for code in found:
        is_plain = _PLAIN_CODE.fullmatch(code) or code in _ROLE_CODES
        while not is_plain:
            number += 1
            if f"S{number:02}" not in found:
                break
        found[code] = code if is_plain else f"S{number:02}"
    return found


def _shown_as(code: str) -> str:
    """How a speaker's code is read: P02 as itself, an investigator as INT; role codes (MOT) say nothing to deid."""
    if code in _INVESTIGATORS:
        return "INT"
    return code if _PLAIN_CODE.fullmatch(code) else ""


def _recode(layout: _Layout, start: int, code: str, codes: dict[str, str]) -> None:
    if codes.get(code, code) != code:
        layout.drop("speaker codes made of names", start, start + len(code), codes[code])


def _time(block: _Block) -> str:
    found = _BULLET.search(block.text)
    return found["from"] if found else ""


def _plain(kind: str, text: str, start: int, turn: int = 0, clock: str = "") -> Placed:
    return Placed(Segment(kind, text, turn, clock), (Piece(start, start + len(text), text),))


def _words(layout: _Layout, block: _Block, kind: str, turn: int = 0, clock: str = "") -> list[Placed]:
    """The words of a line up to each time mark; a line that goes on reads as one with spaces."""
    found: list[Placed] = []
    done = 0
    for bullet in [*_BULLET.finditer(block.text), None]:
        end = bullet.start() if bullet else len(block.text)
        if pieces := _stretch(block.text[done:end], block.begin + done):
            text = "".join(piece.text for piece in pieces)
            found.append(Placed(Segment(kind, text, turn, clock), pieces))
        if bullet:
            _check_bullet(block, bullet)
            if bullet["media"]:
                start = block.begin + bullet.start("media")
                layout.drop("media names in time marks", start, start + len(bullet["media"]))
            done = bullet.end()
    if "\x15" in _BULLET.sub("", block.text):
        raise FormatError("a time mark is broken", where=f"line {block.number}", hint=_HINT)
    return found


def _check_bullet(block: _Block, bullet: re.Match[str]) -> None:
    if max(len(bullet["from"]), len(bullet["to"])) > 12 or int(bullet["from"]) > int(bullet["to"]):
        raise FormatError("a time mark ends before it begins", where=f"line {block.number}", hint=_HINT)


def _stretch(text: str, start: int) -> tuple[Piece, ...]:
    pieces = []
    for part in re.split(r"(\n\t+)", text):
        if part:
            pieces.append(Piece(start, start + len(part), " " if part.startswith("\n") else part))
        start += len(part)
    return trim(pieces)


def _tier(layout: _Layout, block: _Block, *, has_main: bool) -> None:
    if not has_main:
        raise FormatError("this tier stands before any speaker's line", where=f"line {block.number}", hint=_HINT)
    if block.name.casefold().removeprefix("x") in _ALIGNED or block.name.casefold() in _ALIGNED:
        layout.drop("aligned tiers (%mor, %gra, %wor and the like)", block.start, block.end + 1)
    else:
        layout.placed += _words(layout, block, "comment")


def _header(layout: _Layout, block: _Block, codes: dict[str, str]) -> None:
    name = block.name.casefold()
    what = next((what for start, what in _DROPPED_HEADERS.items() if name.startswith(start)), "")
    if what:
        layout.drop(what, block.start, block.end + 1)
    elif name == "participants":
        _participants(layout, block, codes)
    elif name == "id":
        _id(layout, block, codes)
    else:
        for found in _CODE.finditer(block.name):
            _recode(layout, block.start + 1 + found.start(), found[0], codes)
        if not (name == "languages" and _LANGUAGES.fullmatch(block.text.strip())):
            layout.placed += _words(layout, block, "field")


def _participants(layout: _Layout, block: _Block, codes: dict[str, str]) -> None:
    """P02 Jane_Smith Participant: the name between code and role goes."""
    start = block.begin
    for person in block.text.split(","):
        words = list(_CODE.finditer(person))
        if not 1 <= len(words) <= 3:
            raise FormatError("a participant is not code, name and role", where=f"line {block.number}", hint=_HINT)
        _recode(layout, start + words[0].start(), words[0][0], codes)
        if len(words) == 3:
            layout.drop("names of participants", start + words[1].start(), start + words[2].start())
        start += len(person) + 1


def _id(layout: _Layout, block: _Block, codes: dict[str, str]) -> None:
    """eng|corpus|P02|34;|female|group|SES|Participant|education|custom|"""
    start = block.begin
    for number, value in enumerate(block.text.split("|")):
        lead = len(value) - len(value.lstrip())
        if number == 2:
            _recode(layout, start + lead, value.strip(), codes)
        elif number not in {0, 7} and value.strip():
            layout.placed.append(_plain("field", value.strip(), start + lead))
        start += len(value) + 1
