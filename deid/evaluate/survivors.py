"""End to end: what of a gold text is still there in an output file's text. Faults of formats and rewriting count too.

Gold text and output text are aligned by words. A gold word without a partner was hidden, and what stands at its place
is its replacement. Words that deid wrote, inside a replacement, are never taken for survivors: they are those in
brackets (or another style of tokens) that the gold text does not have. A name that was not aligned but stands among
the output's remaining words, in an order the alignment did not follow, survived all the same.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from deid.evaluate.gold import Gold, Marked
from deid.evaluate.masked import Masked
from deid.fold import fold, words

# The styles of tokens: [Person 9], ##Person_9##, <seg type="person">Person 9</seg>.
_TOKEN = re.compile(r"\[[^\[\]]*\]|##[^#]+##|<seg\b[^>]*>[^<]*</seg>")
_OURS = "[]"
# 0:03, 00:47:55, 01:02:03.500: a reader of files may keep it beside the text, so only a marked one is looked for.
_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?![\d:])")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the output, or a whole token, whose `form` no word has."""

    form: str = field(repr=False)
    text: str = field(repr=False)


def survivors(golds: Sequence[Gold], outputs: Mapping[str, str]) -> dict[str, tuple[Masked, ...]]:
    """For each gold text what was hidden in its output (the segments' texts joined by line ends), ready to `score`."""
    return {gold.id: _hidden(gold, outputs[gold.id]) for gold in golds}


def hidden_left(gold: Gold, parts: Iterable[str]) -> int:
    """How many of the gold's hidden strings still stand in any part of the output, its name included."""
    everything = "\n".join(f" {fold(part)} " for part in parts)
    return sum(f" {fold(hidden)} " in everything for hidden in gold.hidden)


def _hidden(gold: Gold, output: str) -> tuple[Masked, ...]:
    marked_times, plain_text = _without_times(gold)
    before = list(words(plain_text))
    after = list(_words_and_tokens(gold.text, _TIME.sub(lambda time: _blank(time, marked_times), output)))
    matcher = SequenceMatcher(a=[_form(word) for _, _, word in before], b=[word.form for word in after], autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    loose = "\n".join(f" {' '.join(word.form for word in after[start:stop])} " for *_, start, stop in steps)
    masks: list[tuple[Marked | None, Masked]] = []
    for _, first, last, start, stop in steps:
        groups = _by_span(gold, [(begin, end) for begin, end, _ in before[first:last]])
        masks += _masks(groups, [word.text for word in after[start:stop]])
    return tuple(mask for span, mask in masks if not (span and _is_in(gold.text[span.start : span.end], loose)))


def _without_times(gold: Gold) -> tuple[set[str], str]:
    """The time codes inside marks, and the text with all others blanked."""
    marks = [(span.start, span.end) for span in gold.spans] + [(keep.start, keep.end) for keep in gold.keep]
    times = list(_TIME.finditer(gold.text))
    marked = {time.group() for time in times if any(start < time.end() and time.start() < end for start, end in marks)}
    return marked, _TIME.sub(lambda time: _blank(time, marked), gold.text)


def _blank(time: re.Match[str], marked: Container[str]) -> str:
    return time.group() if time.group() in marked else " " * len(time.group())


def _words_and_tokens(text: str, output: str) -> Iterator[_Word]:
    """The output in words; a token that the gold text does not have is one item that equals no word."""
    noted = {word for match in _TOKEN.finditer(text) for _, _, word in words(match.group())}
    done = 0
    for match in _TOKEN.finditer(output):
        yield from _plain(output[done : match.start()])
        # [Person 9 laughs] is notation of the source with a token in it; [Person 9] is all ours.
        if noted.intersection(word for _, _, word in words(match.group())):
            yield from _plain(match.group())
        else:
            yield _Word(_OURS, match.group())
        done = match.end()
    yield from _plain(output[done:])


def _plain(text: str) -> Iterator[_Word]:
    return (_Word(_form(word), text[start:end]) for start, end, word in words(text))


def _form(word: str) -> str:
    return "a" if word == "an" else word  # "a taxi driver" may become "an [Agency 3] driver"


def _by_span(gold: Gold, places: Sequence[tuple[int, int]]) -> list[tuple[Marked | None, int, int]]:
    """Neighbouring words of one gold span, or of none, as one stretch each."""
    owners = [_owner(gold, start, end) for start, end in places]
    groups = groupby(zip(owners, places, strict=True), key=lambda pair: pair[0])
    stretches = [(span, [place for _, place in pairs]) for span, pairs in groups]
    return [(span, several[0][0], several[-1][1]) for span, several in stretches]


def _owner(gold: Gold, start: int, end: int) -> Marked | None:
    return next((span for span in gold.spans if span.start < end and start < span.end), None)


def _masks(
    groups: Sequence[tuple[Marked | None, int, int]], instead: Sequence[str]
) -> Iterator[tuple[Marked | None, Masked]]:
    """One mask a stretch. What stands there now is its entity too, for one thing should be one token everywhere.

    Where there are as many replacements as marked stretches they belong together in order; otherwise nobody can say.
    """
    marked = [span for span, _, _ in groups if span]
    texts = iter(instead if len(instead) == len(marked) else [" ".join(instead)] * len(marked))
    is_sure = len(instead) == len(marked) or len(marked) == 1
    for span, start, end in groups:
        text = next(texts) if span else " ".join(instead)
        yield span, Masked(start, end, text if span and is_sure else "", span.category if span else "", "", text)


def _is_in(name: str, runs: str) -> bool:
    return f" {fold(name)} " in runs
