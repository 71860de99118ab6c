"""Reads the EXAMPLES of a recogniser.

    they rang ⟦Jane Doe⟧ twice               the recogniser must claim exactly this part
    ‹PERSON|Jane Doe›                        a model has put this label on this part (score 0.9)
    {speaker} ⟦Jane⟧                         the segment's kind; without it, speech
    {known: Jane Doe; Janey} with ⟦Janey⟧    a row of the roster: full name; aliases
    {label: Jane} so ⟦Jane⟧ said             a speaker label somewhere in the transcripts
    {heard: Jane Doe} so ⟦Jane⟧ said         a name that another recogniser is sure of somewhere

Several {...} may stand before the text, in any order.
"""

import re
from dataclasses import replace

from deid.detect.passage import Cast, ModelSpan, Passage, make_passage
from deid.model import KnownPerson

HEADER = re.compile(r"\{([^{}]*)\}\s*")
MARK = re.compile(r"[⟦⟧›]|‹([A-Z_]+)\|")


def read_example(example: str) -> tuple[Passage, set[tuple[int, int]]]:
    """The passage, and the (start, end) of each part that must be claimed."""
    kind, known, labels, heard = "speech", [], [], []
    while header := HEADER.match(example):
        example = example[header.end() :]
        name, _, value = header[1].partition(":")
        if name == "known":
            full_name, *aliases = (form.strip() for form in value.split(";"))
            known.append(KnownPerson(f"K{len(known) + 1}", full_name, tuple(aliases)))
        elif name == "label":
            labels.append(value.strip())
        elif name == "heard":
            heard.append(value.strip())
        else:
            kind = name
    text, wanted, spans = _marks(example)
    passage = make_passage(text, kind=kind, turn=1, cast=Cast(tuple(known), tuple(labels), tuple(heard)))
    return replace(passage, spans=tuple(spans)), wanted


def _marks(example: str) -> tuple[str, set[tuple[int, int]], list[ModelSpan]]:
    text, done = "", 0
    wanted: set[tuple[int, int]] = set()
    spans: list[ModelSpan] = []
    wanted_from: list[int] = []
    label_from: list[tuple[str, int]] = []
    for mark in MARK.finditer(example):
        text += example[done : mark.start()]
        done = mark.end()
        if mark[0] == "⟦":
            wanted_from.append(len(text))
        elif mark[0] == "⟧":
            wanted.add((wanted_from.pop(), len(text)))
        elif mark[0] == "›":
            label, start = label_from.pop()
            spans.append(ModelSpan(start, len(text), label, 0.9, "example"))
        else:
            label_from.append((mark[1], len(text)))
    if wanted_from or label_from:
        raise ValueError(f"a mark is left open in {example!r}")
    return text + example[done:], wanted, spans
