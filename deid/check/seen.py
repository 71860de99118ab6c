"""A text as its reader sees it: escapes as their characters, a word that markup or a line's end cuts as one word.

Every character keeps its place: what vanishes becomes as many signs without width, which folding takes out. Letters of
other alphabets inside a Latin word, which look the same, become Latin. `parted` takes identifiers apart.
"""

import html
import re
from collections.abc import Iterator

_NO_WIDTH = "\u200b"

# "\n", "\u00e9", "\x41", "\u{41}", "\'e1" of RTF, "\'{e}" of TeX, "%20", "%2520", "&eacute;" are letters or spaces.
_ESCAPE = re.compile(
    r"\\[nrt]|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}"
    r"|\\'(?=[0-9a-f]?[0-9])[0-9a-f]{2}|\\['`^\"~](?:[A-Za-z]|\{\\?[A-Za-z]\})"
    r"|(?:%(?:25)?[0-9A-Fa-f]{2})+|&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});"
)

# What stands inside a word and is not seen: **Thack**wray, <b>Th</b>ack, Thack\-wray, a comment, the colours of a
# terminal, {\b Th}{\i ack} of RTF, and the end of a line in typeset text ("Thack-", "wray") and mail ("Thack=").
_CUT = re.compile(
    r"\*\*?\*?|~~|<!--[^<>]{0,80}-->"
    r"|</?(?:a|abbr|b|code|em|font|i|mark|s|small|span|strong|sub|sup|tspan|u|wbr)(?:\s[^<>]{0,200})?/?>"
    r"|\\-|\x1b\[[0-9;]{0,20}m|\}\{(?:\\[a-z]{1,20}-?\d{0,6} ?){1,6}|=\r?\n|-\r?\n[ \t]{0,20}(?=[a-z])"
)
# T-h-a-c-k, T H A C K: four letters and more, each by itself.
_SPELT = re.compile(r"(?<![^\W_])[A-Za-z]([ .-])[A-Za-z](?:\1[A-Za-z]){2,40}(?![^\W_])")
_MAY_BE_SPELT = re.compile(r"[ .-][A-Za-z][ .-][A-Za-z][ .-][A-Za-z]")
_PARTER = re.compile(r"[ .-]")

_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕһԁԛԝкмтвнΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρυκ", "ABESIJKMHOPCTYXaeijopcyxshdqwkmtbhABEZHIKMNOPTYXaoivpuk"
)  # fmt: skip

# marianneThackwray, MarianneThackwray2, P01Thackwray: where a hump, or a figure beside a letter, parts words.
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=[0-9])|(?<=[0-9])(?=[^\W\d_])")
# The same, told quickly: it begins with one class of signs, which prose has few of.
_HAS_HUMP = re.compile(r"[A-Z0-9](?:(?<=[^\W\d_A-Z].)|(?<=[A-Z][0-9])|(?=[A-Z][a-z])|(?<=[0-9])(?=[^\W\d_]))")
_IDENTIFIER = re.compile(r"[^\W_]+")
_FEWEST, _MOST = 5, 64  # letters and figures; what is longer is packed data


def seen(text: str) -> str:
    """The text itself where nothing in it is hidden."""
    if "\\" in text or "%" in text or "&" in text:
        text = _ESCAPE.sub(_character, text)
    if not text.isascii() and _OTHER_SCRIPT.search(text):
        text = _WORD.sub(_latin, text)
    text = _CUT.sub(_vanished, text)
    return _SPELT.sub(_joined, text) if _MAY_BE_SPELT.search(text) else text


def parted(text: str) -> Iterator[tuple[str, str]]:
    """(identifier, its words with spaces between), each once: ("getOddington2", "get Oddington 2")."""
    if _HAS_HUMP.search(text):
        for word in set(_IDENTIFIER.findall(text)):
            if _FEWEST <= len(word) <= _MOST and (words := _HUMP.sub(" ", word)) != word:
                yield word, words


def _character(match: "re.Match[str]") -> str:
    written = match[0]
    if written[0] == "%":
        shown = bytes.fromhex(written.replace("%25", "%").replace("%", "")).decode("utf-8", "replace")
    elif written[0] == "&":
        shown = html.unescape(written)
    elif written[1] in "nrt":
        shown = " "
    elif written[1] in "uUx":
        point = int(written[2:].strip("{}"), 16)
        shown = chr(point) if point < 0x110000 else written
    elif written[2:].isalnum() and len(written) == 4:
        shown = bytes.fromhex(written[2:]).decode("cp1252", "replace")
    else:
        shown = (_NO_WIDTH * len(written) + written.rstrip("}")[-1])[-len(written) :]
    if len(shown) > len(written) or not shown.replace(_NO_WIDTH, "").isprintable():
        return written
    return shown + (" " if shown.isspace() else _NO_WIDTH) * (len(written) - len(shown))


def _latin(match: "re.Match[str]") -> str:
    word = match[0]
    return word.translate(_LOOKALIKES) if _LATIN.search(word) and _OTHER_SCRIPT.search(word) else word


def _vanished(match: "re.Match[str]") -> str:
    """Only between letters: elsewhere it parts words as any sign does."""
    whole, start, end = match.string, match.start(), match.end()
    if 0 < start and end < len(whole) and whole[start - 1].isalnum() and whole[end].isalnum():
        return _NO_WIDTH * (end - start)
    return " " * (end - start) if match[0][0] == "\x1b" else match[0]  # its last letter is none of the next word's


def _joined(match: "re.Match[str]") -> str:
    return _PARTER.sub(_NO_WIDTH, match[0])
