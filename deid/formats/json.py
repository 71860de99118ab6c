"""Transcripts as JSON, in the shapes of Whisper and Otter and their like: a list of objects with words in them.

Whisper  {"text": "...", "segments": [{"start": 0.0, "text": "...", "tokens": [...], "words": [...]}], "language": "en"}
Otter    {"speakers": [{"id": 1, "name": "..."}], "transcripts": [{"transcript": "...", "speaker_id": 1}]}
others   [{"speaker": "...", "text": "..."}]

Strings are edited where they stand, so that every other byte stays. Words one by one, and the numbers that stand for
them, are dropped: a name that is replaced in the sentence would be left in them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._lens import Piece, Placed, apply, by_segment, confirm, source_edits, splice
from deid.formats._pieces import trim
from deid.formats._text import Decoded, Edit, decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".json",)
SUMMARY = "JSON transcripts (Whisper, Otter, speaker and text): every string and key; word lists and token numbers go"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HINT = "export the transcript as .docx, .txt, .vtt or .srt"
_TOKEN = re.compile(r'[\s,]*(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<string>")|(?P<other>[^\s,:\[\]{}"]+))')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COLON = re.compile(r"\s*:")
# \uD83D\uDE00 (one character, two escapes)   \u00e9   \n
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_LONE = re.compile("[\ud800-\udfff]")
_SPEECH = frozenset({"text", "transcript", "utterance", "content", "sentence", "speech", "caption", "body"})
_SPEAKER = frozenset({"speaker", "speaker_name", "speaker_label", "speakername", "speakerlabel", "name", "participant"})
_TIME = frozenset({"start", "start_time", "starttime", "start_offset", "startoffset", "from", "offset", "timestamp"})
# Lists of single words and of their numbers, as Whisper, WhisperX, Otter, Deepgram and AssemblyAI write them.
_WORD_LISTS = frozenset({"words", "tokens", "word_segments", "chars", "word_alignments", "wordtimestamps", "alignment"})
# A file with more one-word texts than this share was written word by word: no name in it stands in one piece.
_MOST_SINGLE = 0.5
_FEWEST_SINGLE = 12
# avg_logprob   createdAt   (what programs call things; checked as a list so that `"jane"` as a key is read)
_TECHNICAL = _set(
    """id uuid start end from to offset offsets duration confidence temperature avg_logprob compression_ratio seek
    no_speech_prob language language_code transcripts segments utterances results speakers speaker_id speakerid word
    words tokens time timestamps start_time end_time start_offset end_offset starttime endtime startoffset endoffset
    created_at updated_at createdat updatedat metadata title summary channel channels index type status model version
    task participants turns monologues paragraphs sentences score probability chapters notes date email result params
    systeminfo audio multilingual items transcription alternatives key value label word_segments chars alignment"""
) | (_SPEECH | _SPEAKER | _TIME)


@dataclass(frozen=True, slots=True)
class _String:
    """A string of the source. source[start:end] is its inside; `holder` is the number of the object that holds it."""

    start: int
    end: int
    key: str
    holder: int
    is_key: bool
    is_listed: bool  # its object is an item of a list
    text: str = field(repr=False)


@dataclass(slots=True)
class _Scan:
    strings: list[_String] = field(default_factory=list)
    lists: list[tuple[int, int]] = field(default_factory=list)  # of words: the insides of their brackets
    clocks: dict[int, str] = field(default_factory=dict)  # when what an object holds was said


@dataclass(frozen=True, slots=True)
class _Layout:
    placed: list[Placed]
    strings: list[_String]  # of each segment
    scan: _Scan
    joined: _String | None  # repeats all that is said, and is made anew from it
    glue: str


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The strings of a transcript. Raises FormatError where this is not a known shape."""
    return tuple(item.segment for item in _layout(decode(source, settings)).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The transcript with the replacements made in its strings, and its lists of words emptied."""
    decoded = decode(source, settings)
    layout = _layout(decoded)
    is_ascii = decoded.raw.isascii()
    edits = source_edits(layout.placed, replacements, lambda _, words: _escape(words, is_ascii=is_ascii))
    edits += [(start, end, "") for start, end in layout.scan.lists]
    edits += _rejoined(layout, replacements, is_ascii=is_ascii)
    output = edit(decoded, edits)
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in layout.placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Lists of single words and of their numbers are emptied."""
    count = len(_layout(decode(source, settings)).scan.lists)
    return (f"lists of single words or their numbers ({count})",) if count else ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text, and its strings with their escapes undone."""
    decoded = decode(output, Formats(largest_file_mib=1 << 20))
    yield "text", decoded.text
    yield "strings", "\n".join(one.text for one in _scan(decoded.text).strings)


def _layout(decoded: Decoded) -> _Layout:
    text = decoded.text
    _check(text)
    scan = _scan(text)
    if any(_LONE.search(one.text) for one in scan.strings):
        raise FormatError("a string holds half a character", hint=_HINT)
    talk = _talk(scan.strings)
    joined, glue = _joined(scan.strings, talk)
    spoken = {one.holder for one in talk}
    layout = _Layout([], [], scan, joined, glue)
    turns: dict[int, int] = {}
    for one in _in_order(scan.strings, spoken):
        if one.holder in spoken:
            turns.setdefault(one.holder, len(turns) + 1)
        if one is joined or not one.text.strip() or (one.is_key and one.text.casefold() in _TECHNICAL):
            continue
        is_label = not one.is_key and one.key.casefold() in _SPEAKER
        kind = "speech" if one in talk else "speaker" if is_label else "property"
        turn = 0 if kind == "property" else turns.get(one.holder, 0)
        segment = Segment(kind, one.text.strip(), turn, scan.clocks.get(one.holder, "") if turn else "")
        layout.placed.append(Placed(segment, _pieces(one, text), is_escaped=True))
        layout.strings.append(one)
    return layout


def _in_order(strings: Sequence[_String], spoken: set[int]) -> Iterator[_String]:
    """File order, but that in an object with speech the speaker comes first."""
    held: dict[int, list[_String]] = defaultdict(list)
    for one in strings:
        held[one.holder].append(one)
    for one in strings:
        if one.holder not in spoken:
            yield one
        elif one is held[one.holder][0]:
            yield from sorted(held[one.holder], key=lambda other: other.key.casefold() not in _SPEAKER)


def _check(text: str) -> None:
    """Raises FormatError, naming the line, if this is not JSON. Numbers are left as text: a long one costs minutes."""
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise FormatError("this is not valid JSON", where=f"line {error.lineno}", hint=_HINT) from None
    except RecursionError:
        raise FormatError("the file is nested too deeply", hint=_HINT) from None


def _talk(strings: Sequence[_String]) -> set[_String]:
    """The strings that are speech: `text` and the like in objects of a list, or the only `text` of the file."""
    values = [one for one in strings if not one.is_key and one.key.casefold() in _SPEECH and one.text.strip()]
    talk = {one for one in values if one.is_listed} or set(values)
    if not talk:
        raise FormatError("this is not a shape of transcript that deid knows", hint=_HINT)
    single = sum(len(one.text.split()) == 1 for one in talk)
    if len(talk) >= _FEWEST_SINGLE and single > _MOST_SINGLE * len(talk):
        raise FormatError("the words stand one by one in this file", hint=_HINT)
    return talk


def _joined(strings: Sequence[_String], talk: set[_String]) -> tuple[_String | None, str]:
    """The string outside the list that says all of it again, as Whisper's first `text` does."""
    said = [one.text for one in strings if one in talk]
    for one in strings:
        if one not in talk and not one.is_key and one.key.casefold() in _SPEECH and len(said) > 1:
            for glue in ("", " ", "\n"):
                if one.text.strip() == glue.join(said).strip():
                    return one, glue
    return None, ""


def _rejoined(layout: _Layout, replacements: tuple[Replacement, ...], *, is_ascii: bool) -> Iterator[Edit]:
    """The edit of the string that repeats the talk."""
    if layout.joined is None or not replacements:
        return
    wanted = by_segment([item.segment for item in layout.placed], replacements)
    said = []
    for index, one in enumerate(layout.strings):
        if layout.placed[index].segment.kind == "speech":
            words = splice(one.text.strip(), wanted.get(index, ()))
            said.append(one.text.replace(one.text.strip(), words, 1))
    old = layout.joined.text
    new = old[: len(old) - len(old.lstrip())] + layout.glue.join(said).strip() + old[len(old.rstrip()) :]
    yield layout.joined.start, layout.joined.end, _escape(new, is_ascii=is_ascii)


def _pieces(one: _String, source: str) -> tuple[Piece, ...]:
    """The inside of a string without the spaces around its words, escapes apart."""
    inside = source[one.start : one.end]
    pieces, done = [], 0
    for found in _ESCAPE.finditer(inside):
        if found.start() > done:
            pieces.append(Piece(one.start + done, one.start + found.start(), inside[done : found.start()]))
        shown = json.loads(f'"{found[0]}"')
        pieces.append(Piece(one.start + found.start(), one.start + found.end(), shown))
        done = found.end()
    if done < len(inside):
        pieces.append(Piece(one.start + done, one.end, inside[done:]))
    return trim(pieces)


def _escape(words: str, *, is_ascii: bool) -> str:
    return json.dumps(words, ensure_ascii=is_ascii)[1:-1]


@dataclass(slots=True)
class _Frame:
    """A list or object that is open: its number, the key that it stands under, and the key that is being read."""

    is_list: bool
    number: int
    under: str
    key: str = ""
    start: int = 0


def _scan(text: str) -> _Scan:
    """Every string of a file that is known to be valid. Strings in lists of words are passed over."""
    scan, stack, numbers, at, skipped = _Scan(), [_Frame(True, 0, "")], 0, 0, 0
    while found := _TOKEN.match(text, at):
        at, top = found.end(), stack[-1]
        if found["open"]:
            numbers += 1
            is_list = found["open"] == "["
            under = top.under if top.is_list else top.key
            stack.append(_Frame(is_list, numbers, under, start=at))
            skipped += is_list and under.casefold() in _WORD_LISTS
        elif found["close"]:
            stack.pop()
            if top.is_list and top.under.casefold() in _WORD_LISTS:
                skipped -= 1
                if not skipped and text[top.start : at - 1].strip():
                    scan.lists.append((top.start, at - 1))
        elif found["string"]:
            string = _STRING.match(text, at - 1)
            if string is None:  # cannot be: the file is valid
                raise FormatError("this is not valid JSON", hint=_HINT)
            at = string.end()
            words = json.loads(string[0])
            colon = None if top.is_list else _COLON.match(text, at)
            is_key = colon is not None
            if colon:
                top.key, at = words, colon.end()
            if not skipped:
                is_listed = not top.is_list and len(stack) > 2 and stack[-2].is_list
                key = top.under if top.is_list else top.key
                scan.strings.append(_String(*string.span(1), key, top.number, is_key, is_listed, words))
        elif not skipped and top.key.casefold() in _TIME and not top.is_list:
            scan.clocks.setdefault(top.number, found["other"])
    return scan
