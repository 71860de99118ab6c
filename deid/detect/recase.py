"""The second reading: text without case gets the capitals that a model of written English looks for."""

import re

from deid.detect.vocabulary import STOP
from deid.fold import fold_word

_WORD = re.compile(r"[^\W\d_]+")


def title_case(text: str) -> str:
    """Each word with one capital and the rest small, but words that hold a sentence together all small.

    The result is as long as the text, so that places carry over.
    """
    return _WORD.sub(lambda match: _title(match.group()), text)


def _title(word: str) -> str:
    lower = word.lower()
    changed = lower if fold_word(word) in STOP else lower[:1].upper() + lower[1:]
    return changed if len(changed) == len(word) else word  # "İ" and "ß" change their length: left alone
