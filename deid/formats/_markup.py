"""XML as tags and words with their places in the source: for formats in which every other byte should stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.errors import FormatError
from deid.formats._lens import Piece
from deid.formats._pieces import trim
from deid.formats._text import Decoded
from deid.formats._xml import parse

# <!-- ... -->   <?xml ... ?>   <![CDATA[ ... ]]>   </A>   <A b="c" d='e'/>
_TAG = re.compile(
    r"<!--.*?-->|<\?.*?\?>|(?P<cdata><!\[CDATA\[)|</(?P<close>[^\s>]+)\s*>"
    r"|<(?P<open>[^\s/>!?]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# &amp;   &#233;   &#xE9;
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# \ufffe and control characters: nothing that XML could hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, or a remark. kind: open, empty, close, remark. `attributes`: where each value stands."""

    kind: str
    name: str
    start: int
    end: int
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)


def tags(decoded: Decoded, where: str) -> Iterator[Tag]:
    """Every tag of a file, in order. Raises FormatError unless it is plain, well-formed XML."""
    parse(decoded.bom + decoded.raw.encode(decoded.encoding), where)
    text, at = decoded.text, 0
    while (start := text.find("<", at)) >= 0:
        found = _TAG.match(text, start)
        if found is None or found["cdata"]:
            line = text.count("\n", 0, start) + 1
            raise FormatError("this stretch of XML is not of a kind that deid edits", where=f"{where}, line {line}")
        at = found.end()
        if found["open"]:
            first = found.start("attributes")
            values = {
                one[1]: (first + one.start(2 if one[2] is not None else 3), first + one.end() - 1)
                for one in _ATTRIBUTE.finditer(found["attributes"])
            }
            yield Tag("empty" if found["empty"] else "open", found["open"], start, at, values)
        else:
            yield Tag("close" if found["close"] else "remark", found["close"] or found[0][:5], start, at)


def shown(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """source[start:end] as pieces whose texts are what a reader sees, without the spaces around them."""
    pieces, done = [], start
    for found in _ENTITY.finditer(text, start, end):
        if found.start() > done:
            pieces.append(Piece(done, found.start(), text[done : found.start()]))
        number = int(found[2]) if found[2] else int(found[3] or "0", 16)
        pieces.append(Piece(*found.span(), _NAMED[found[1]] if found[1] else chr(number)))
        done = found.end()
    if done < end:
        pieces.append(Piece(done, end, text[done:end]))
    return trim(pieces)


def escape(words: str) -> str:
    """Words as XML spells them, in text and in attributes. Raises FormatError for what XML cannot hold."""
    if _NOT_XML.search(words):
        raise FormatError("a replacement holds a control character", hint="choose a pseudonym of letters and digits")
    for name, character in _NAMED.items():
        words = words.replace(character, f"&{name};") if name != "apos" else words.replace("'", "&apos;")
    return words
