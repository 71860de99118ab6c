"""Names of people in the names of files: "File: Quillbox_B_15-02-23.m4a"."""

import re
from collections.abc import Iterator

from deid.detect.vocabulary import MONTHS, WEEKDAYS, word_set
from deid.region import english_words

_FILE = re.compile(r"(?<!\S)[^\s/\\]+\.(?:m4a|mp3|wav|wma|aac|mp4|m4v|mov|docx?|pdf|txt|rtf|vtt|srt)\b", re.IGNORECASE)
# A surname may have an initial behind it.
_PART = re.compile(r"(?<![^\W\d_])(?P<name>[A-Z][a-z]{2,})(?P<initial>[_-][A-Z](?![^\W\d_]))?(?![^\W\d_])")
_OF_FILES = word_set(
    "interview participant audio recording record transcript file final draft zoom teams meeting note notes voice memo "
    "copy version part track session group site pilot clean raw edited study phase"
)
_NO_NAME = _OF_FILES | frozenset((*MONTHS, *WEEKDAYS))


def people_in_file_names(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand: what is no English word, or has an initial."""
    for file in _FILE.finditer(text):
        for part in _PART.finditer(text, *file.span()):
            word = part["name"].lower()
            if word not in _NO_NAME and (part["initial"] or word not in english_words()):
                yield part.span()
