"""Tells written prose (a judgment, a report, minutes) from talk: in prose, capitals name offices and papers."""

import re

from deid.detect.passage import Passage

_SHORT = 20  # shorter passages are too short to tell
# What people say and reports do not: I (also as speech recognition writes it), we, you, yeah; don't, she'll; that's.
_TALK = re.compile(
    r"\bI\b|(?<!\()\bi\b(?![.)])|\b(?:[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us|[Yy]eah|[Ee]rm?|[Uu]m)\b"
    r"|n['’]t\b|['’](?:ve|re|ll|d|m)\b"
    r"|\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]here|[Ww]hat|[Ww]ho)['’]s\b"
)


def is_written_prose(text: str) -> bool:
    """Whether the passage is long enough to tell and nobody speaks in it."""
    return len(text.split()) >= _SHORT and not _TALK.search(text)


def is_talk(passage: Passage) -> bool:
    """Whether somebody says this: what stands behind a speaker's label, and what does not read like prose."""
    return passage.kind == "speech" and (bool(passage.speaker) or not is_written_prose(passage.text))
