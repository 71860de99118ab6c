"""Tells written prose (a judgment, a report, minutes) from talk: in prose, capitals name offices and papers."""

import re

_SHORT = 20  # shorter passages are too short to tell
# What people say and reports do not: I, we, you, yeah; don't, we've, she'll; it's, that's.
_TALK = re.compile(
    r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us|[Yy]eah|[Ee]rm?|[Uu]m)\b"
    r"|n['’]t\b|['’](?:ve|re|ll|d|m)\b"
    r"|\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]here|[Ww]hat|[Ww]ho)['’]s\b"
)


def is_written_prose(text: str) -> bool:
    """Whether the passage is long enough to tell and nobody speaks in it."""
    return len(text.split()) >= _SHORT and not _TALK.search(text)
