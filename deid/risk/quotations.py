"""Quotations in a paper, found by their marks: “ ”, ‘ ’, " ", block quotations, and an attribution behind them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FEWEST_WORDS = 4  # shorter ones are single words held up with tongs

# “When I started, …”
_DOUBLE_CURLY = re.compile(r"“([^”“]+)”")
# "When I started"
_DOUBLE_STRAIGHT = re.compile(r'(?<![\w"])"([^"“”\n]+)"(?!\w)')
# ‘When I started’, with apostrophes inside; a closing mark has no letter behind it
_SINGLE_CURLY = re.compile(r"(?<!\w)‘((?:[^‘’]|’(?=\w)|‘[^‘’]*’)+)’(?!\w)")
_SINGLE_STRAIGHT = re.compile(r"(?<!\w)'((?:[^'\n]|'(?=\w))+)'(?!\w)")
_RULES = (_DOUBLE_CURLY, _DOUBLE_STRAIGHT, _SINGLE_CURLY, _SINGLE_STRAIGHT)
# > a block of Markdown
_BLOCK = re.compile(r"^\s*>\s?(.+)$", re.DOTALL)
# ... (P03) | ... – P03 | (R412, archive) | (Participant 12) at the end of a paragraph
_ATTRIBUTION = re.compile(
    r"\s*(?:[(\[](?:interview )?(?:P|R|T)\d{1,4}(?:-\d+)?\b[^)\]]{0,40}[)\]]"
    r"|[-–—]\s*(?:P|R|T)\d{1,4}(?:-\d+)?|\(Participant \d+\))\s*\.?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """paragraph: counted from 1, so that it can be found in the paper."""

    paragraph: int
    text: str = field(repr=False)


def find_quotations(paragraphs: Iterable[str]) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(number, text.strip())
        for number, paragraph in enumerate(paragraphs, 1)
        for text in _in_paragraph(paragraph)
        if len(text.split()) >= FEWEST_WORDS
    )


def _in_paragraph(paragraph: str) -> Iterator[str]:
    block = _BLOCK.match(paragraph)
    body = re.sub(r"\n\s*>\s?", "\n", block[1]) if block else paragraph
    attribution = _ATTRIBUTION.search(body)
    plain = body[: attribution.start()] if attribution else body
    found = list(_marked(plain))
    if (block or attribution) and not found:
        yield plain
        return
    yield from found


def _marked(text: str) -> Iterator[str]:
    """Quotations by their marks, the outer ones only, in their order."""
    spans: list[tuple[int, int, str]] = []
    for rule in _RULES:
        for match in rule.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((match.start(), match.end(), match[1]))
    yield from (words for _, _, words in sorted(spans))
