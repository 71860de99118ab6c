"""Link targets: read with their percent escapes undone, so that `Jo%20Smith` is found; written so that any fit."""

import re
from urllib.parse import quote

from deid.formats._lens import Piece

# %20   %C3%A9   one character, however many bytes it has
_ESCAPE = re.compile(
    r"%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}"
    r"|%[Ff][0-7](?:%[89ABab][0-9A-Fa-f]){3}"
)


def link_pieces(target: str, start: int = 0) -> tuple[Piece, ...]:
    """A target as pieces whose texts are what a person would read."""
    pieces, done = [], 0
    for found in _ESCAPE.finditer(target):
        try:
            shown = bytes.fromhex(found[0].replace("%", "")).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if found.start() > done:
            pieces.append(Piece(start + done, start + found.start(), target[done : found.start()]))
        pieces.append(Piece(start + found.start(), start + found.end(), shown))
        done = found.end()
    if done < len(target):
        pieces.append(Piece(start + done, start + len(target), target[done:]))
    return tuple(pieces)


def escape_link(words: str) -> str:
    """Words as a part of a target: brackets, spaces and letters outside ASCII are escaped."""
    return quote(words, safe="/:@!$&'*+,;=~")
