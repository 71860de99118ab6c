"""Who speaks: the speaker labels that transcripts write at the start of a line, in any plain or Word format."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deid.formats._bare_labels import bare_label


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# 0:03   12:31   01:02:03   00:00:08.740   00:00:08,740
TIME = r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
# [00:01:23]   (0:03)   00:01:23   before or after a label
_MARKED_TIME = rf"(?:\[{TIME}\]|\({TIME}\)|{TIME})"
# [Person 12]   [Town 27, East Kent]   what deid itself writes, and a label in brackets; brackets do not nest
_BRACKETS = r"\[(?!\d{1,3}:\d)[^\[\]\n]{1,120}\]"
# ##Person_12##   <seg type="deid">Person 12</seg>   the other styles of a token, beside brackets
_MARKS = r'##[^#\n]{1,120}##|<seg type="deid">[^<>\n]{1,120}</seg>'
_TOKEN = rf"(?:{_BRACKETS}|{_MARKS})"
_OPENS_TOKEN = ("[", "##", "<seg ")
# GURDEEP   P02   Dr   O'Neill   Iwobi-Strand   (a word of a label; a name may have any letters)
_WORD = rf"(?:{_TOKEN}|[^\W_](?:[\w'’.\-/&]{{0,38}}))"
# Dr Pask   Speaker 1   Thackwray, Marianne (Kent Police)   at most five words and a bracketed agency
_NAME = rf"{_WORD}(?:,?[ ]{_WORD}){{0,4}}(?:[ ]\((?!\d{{1,3}}:\d)[^()\n]{{1,120}}\))?"

# **INT:** text   __P02__: text   INT (00:01:23): text   (the bold of Markdown may stand around a label)
_BOLD = r"(?:\*\*|__|\*|_)?"
_COLON = re.compile(
    rf"{_BOLD}(?P<label>{_TOKEN}|{_NAME}){_BOLD}[ \t]*(?P<time>{_MARKED_TIME})?{_BOLD}[ \t]*:{_BOLD}"
    r"(?=\s|$|[^\W\d_])"
)
# [tunde] okay it says recording    (joy) yeah
_BRACKETED = re.compile(r"(?P<label>\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\))(?P<colon>[ \t]*:)?(?=\s|$)")
# P02<tab>yes    MT<tab>yes    [Person 3]<tab>yes
_TABBED = re.compile(rf"(?P<label>{_TOKEN}|[A-Z][A-Za-z]{{0,11}}[ ]?\d{{0,3}})\t+(?=\S)")
# Shapes that ordinary lines have too: they are labels only where they come back.
_MUST_RETURN = frozenset({"tight", "tab"})
# Otter: Joanne Smith  0:03    Teams: Smith, Joanne (KCHFT)   0:09    (a whole line)
_TIMED = re.compile(rf"(?P<label>{_TOKEN}|{_NAME})(?:[ ]{{2,8}}|\t+|[ ](?=[\[(]))(?P<time>{_MARKED_TIME})[ \t]*$")
# - JO: yes     >> JO: yes     > **INT:** text     * INT: text
_BULLET = re.compile(r"(?:>{1,2}|[-–—*+•])[ \t]+")
# [12] INT: yes     (12) INT: yes     numbered turns, where such labels return
_NUMBERED = re.compile(rf"[\[(]\d{{1,4}}[\])][ \t]+(?={_COLON.pattern})")
# What a line must begin with to be read as a label in bare brackets, and in brackets with a colon.
_BARE = re.compile(r"[\[(]")
_BARE_COLON = re.compile(rf"(?:\[[^\]\n]*\]|\([^)\n]*\)|{_MARKS})[ \t]*:")
# Labels with nothing behind them are none where more than one line in twenty has another's shape.
_FEWEST_OTHERS = 20
# One line in six, at least: cues are often two lines, and a speaker goes on over several.
_FEWEST_BRACKETS = 6
# [00:01:23] INT: text
_LEADING_TIME = re.compile(rf"(?P<time>{_MARKED_TIME})[ \t]+")
_ONLY_TIME = re.compile(rf"[ \t]*{_MARKED_TIME}(?:[ \t]*(?:-->|-|–)[ \t]*{_MARKED_TIME})?[ \t]*$")

# Words in brackets that transcribers put for sounds and gaps. They are no one's name.
_NOTATION = re.compile(
    r"""\b(?:laugh\w*|sigh\w*|cough\w*|cr(?:y|ies|ying)|sob\w*|pause\w*|silence|inaudible|unclear|indistinct|crosstalk|
    cross[ -]talk|overlap\w*|interrupt\w*|background|noise|music|applause|phone|recording|tape|redacted|removed|sic|
    whisper\w*|smil\w*|nod\w*|shak\w*|gestur\w*|break|end|start|begins?|ends?|continues|breath\w*|clear\w*|throat|
    sniff\w*|tut\w*|gasp\w*|groan\w*|chuckl\w*|giggl\w*|door|knock\w*|beep\w*|silent|mumbl\w*|foreign|blank_audio)\b
    |^\W*$|\d:\d\d""",
    re.IGNORECASE | re.VERBOSE,
)
# First words of a sentence that happens to have a colon near its start ("And then: ...", "The thing is: ...").
_SENTENCE = _set(
    """a an and as at but because for from he her here his how i if in is it it's its like look my no not now of oh ok
    okay on one or our right she so some that that's their then there these they this those to two we well what
    what's when where which who why with yeah yes you your e.g i.e example question answer quote http https"""
)
# Keys of the lines above an interview. Those in _SPEAKERS name a speaker when they come back later.
_FIELDS = re.compile(
    r"""(?:interview|recording|start|end|finish)?\s*(?:date|time|duration|length|venue|place|location|where|when)
    |title|subject|project|study|topic|file(?:\s?name)?|recording|recorded|version|transcri(?:pt|ber|bed|ption)(?:\s\w+)?|agency|
    organi[sz]ation|employer|role|job(?:\stitle)?|post|position|team|department|(?:also\s)?present|attendees|conventions|key|notes?|language|kind|
    ref(?:erence)?|id|code|participant\s(?:id|code|number|name)|interview(?:\s(?:no\.?|number|id))?|pseudonym|
    name|age|gender|ethnicity|consent|contact|e-?mail|phone|tel|mobile|address|to|from|cc|re|sent|summary|context|background|
    started\stranscription|warning|update|result|todo|nb|ps""",
    re.IGNORECASE | re.VERBOSE,
)
_SPEAKERS = re.compile(
    r"(?:interview(?:er|ee)|participants?|respondent|speaker|moderator|facilitator|researcher|chair|host|guest)s?",
    re.IGNORECASE,
)
_COMMAS_OF_A_LIST = 2
_PARTICLES = _set("de der den di da du dos la le van von bin ibn al el y e of o' ap ab")


@dataclass(frozen=True, slots=True)
class Label:
    """line[start:end] names a speaker and what is said begins at `after`."""

    style: str
    start: int
    end: int
    after: int
    timecode: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How one transcript writes its labels, learnt from all of its lines."""

    counts: Counter[str]
    has_bare_brackets: bool

    @property
    def guard(self) -> re.Pattern[str]:
        """What speech must not begin with once names are replaced, lest a token be taken for a label."""
        return _BARE if self.has_bare_brackets else _BARE_COLON


def labels_of(lines: Sequence[str], starts: Iterable[bool] | None = None) -> tuple[list[Label | None], Style]:
    """The speaker label at the start of each line, if any, and the style of the whole transcript.

    `starts` says of each line whether it begins a cue: only there can a name in bare brackets be a label.
    """
    found = [candidate(line) for line in lines]
    if starts is not None:
        pairs = zip(found, starts, strict=True)
        found = [None if one and one.style == "bracket" and not is_start else one for one, is_start in pairs]
    else:
        found = _with_bare(lines, found)
    style = _learn(lines, found)
    return [_judge(line, one, style) if one else None for line, one in zip(lines, found, strict=True)], style


def _with_bare(lines: Sequence[str], found: list[Label | None]) -> list[Label | None]:
    """With the labels that have nothing behind them, in a transcript that writes them so and in no other way."""
    leads = [_LEADING_TIME.match(line) for line in lines]
    starts = [lead.end() if lead else 0 for lead in leads]
    rows = [number for number, line in enumerate(lines) if not found[number] and line[starts[number] :].strip()]
    others = sum(
        one is not None and one.style != "bracket" and not is_field(line)
        for line, one in zip(lines, found, strict=True)
    )
    if others * _FEWEST_OTHERS >= len(rows):
        return found
    label = bare_label([lines[number][starts[number] :] for number in rows], _SENTENCE)
    if label is None:
        return found
    made = list(found)
    for number in rows:
        if at := label.match(lines[number], starts[number]):
            lead = leads[number]
            made[number] = Label("bare", at.start(), at.end(), at.end(), _bare(lead["time"]) if lead else "")
    return made


def _learn(lines: Iterable[str], candidates: Iterable[Label | None]) -> Style:
    counts: Counter[str] = Counter()
    styles: Counter[str] = Counter()
    filled, begins_with_bracket = 0, False
    for line, found in zip(lines, candidates, strict=True):
        filled += not line.isspace() and line != ""
        if found:
            counts[line[found.start : found.end].casefold()] += 1
            styles[found.style] += 1
            begins_with_bracket |= found.style == "bracket" and filled <= 5
    # "[Person 4] said" in a transcript with colons is speech, and so is a single "[joanne leaves]" anywhere: names in
    # bare brackets are labels where they open the transcript, begin many lines, and no other style outnumbers them.
    brackets = styles["bracket"]
    is_common = brackets >= 2 and brackets * _FEWEST_BRACKETS >= filled and brackets >= 4 * (styles.total() - brackets)
    return Style(counts, begins_with_bracket and is_common)


def _judge(line: str, found: Label, style: Style) -> Label | None:
    """A candidate, if the whole transcript's style bears it out."""
    text = line[found.start : found.end]
    is_once = style.counts[text.casefold()] < 2
    if (found.style == "bracket" and not style.has_bare_brackets) or (found.style in _MUST_RETURN and is_once):
        return None
    if found.style not in {"colon", "tight"} or text.startswith(_OPENS_TOKEN):
        return found
    is_other = _is_field_key(text, style) or (is_once and _is_of_a_sentence(text))
    return None if is_other else found


def _is_of_a_sentence(text: str) -> bool:
    """Whether what stands once before a colon names no speaker: "Interviewees", "the rest", "Oxmoor, Ashby, Wick"."""
    return bool(_SPEAKERS.fullmatch(text)) or not _is_capitalised(text) or text.count(",") >= _COMMAS_OF_A_LIST


def is_field(line: str) -> bool:
    """Whether a line such as `Date: 4 May` or `Participant: ...` above the talk describes the interview."""
    key = _key(line)
    return bool(_FIELDS.fullmatch(key) or _SPEAKERS.fullmatch(key))


def is_strict_field(line: str, style: Style) -> bool:
    """The same, for keys that no speaker goes by."""
    return _is_field_key(_key(line), style)


def _is_field_key(key: str, style: Style) -> bool:
    """`CC:` twice or more is somebody's initials, not the line of an e-mail."""
    is_initials = key.isupper() and len(key) <= 3 and style.counts[key.casefold()] >= 2
    return not is_initials and _FIELDS.fullmatch(key) is not None


def _key(line: str) -> str:
    key, colon, _ = line[:80].partition(":")
    return key.strip(" \t*_#-") if colon else ""


def is_time(line: str) -> bool:
    """Whether a line holds a time code and nothing else."""
    return len(line) <= 60 and _ONLY_TIME.match(line) is not None


def candidate(line: str) -> Label | None:
    """Whatever has the shape of a label at the start of a line."""
    head = line[:400]
    if ":" not in head and "[" not in head and "(" not in head and "\t" not in head:
        return None
    indent = len(head) - len(head.lstrip(" \t"))
    bullet = _BULLET.match(head, indent)
    indent = bullet.end() if bullet else indent
    number = _NUMBERED.match(head, indent)
    indent = number.end() if number else indent
    lead = _LEADING_TIME.match(head, indent)
    start = lead.end() if lead else indent
    timecode = _bare(lead["time"]) if lead else ""
    # A space before a bracket says that it is no label: so does deid where a token begins a line of speech.
    if start == indent > 0 and not bullet and not number and head.startswith(("(", *_OPENS_TOKEN), start):
        return None
    if len(line) <= 200 and (found := _TIMED.match(head, start)) and _is_name(found["label"]):
        return Label("time", found.start("label"), found.end("label"), len(line), _bare(found["time"]))
    if (found := _BRACKETED.match(head, start)) and not _NOTATION.search(found["label"]):
        style = "bracket_colon" if found["colon"] else "bracket"
        return Label(style, found.start("label"), found.end("label"), found.end(), timecode)
    if (found := _COLON.match(head, start)) and _is_name(found["label"]):
        own = _bare(found["time"]) if found["time"] else timecode
        style = "tight" if number or head[found.end() : found.end() + 1].isalpha() else "colon"
        return Label(style, found.start("label"), found.end("label"), found.end(), own)
    if found := _TABBED.match(head, start):
        return Label("tab", found.start("label"), found.end("label"), found.end(), timecode)
    return None


def _bare(time: str) -> str:
    return time.strip("[]()")


def _is_name(text: str) -> bool:
    """Not a notation, a bare number or the start of an ordinary sentence."""
    words = text.split()
    if len(text) <= 2 and text.isupper():
        return True  # Q: and A:, I: for the interviewer
    if not any(map(str.isalpha, text)) or words[0].casefold().strip("'’.") in _SENTENCE:
        return False
    return not (text.startswith("[") and _NOTATION.search(text))


def _is_capitalised(text: str) -> bool:
    words = re.sub(_TOKEN, "X", text).replace("(", "").split()
    return all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)
