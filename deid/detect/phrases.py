"""Every phrase list in one pass over a passage: the region pack's places, agencies and roles.

An Aho-Corasick automaton reads the passage's folded words with one space between, so case, accents, hyphens, curly
apostrophes and line ends make no difference, and a phrase only ever matches whole words. A second automaton reads the
words without spaces, to find a name that speech recognition has cut in two or written in one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from deid.detect.words import Word, joins, words_of
from deid.fold import fold
from deid.region import Agency, Place, Region, Role, english_words

# A name shorter than this is too often part of other words when spaces are ignored ("as h" is not Ash).
_SHORTEST_JOINED = 6
_INITIALS = re.compile(r"[A-Z]{3,6}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form of one entry of a list.

    needs_cue: the form is also a word or a name of something else. is_words: it is made of ordinary words only.
    """

    listed: str = field(repr=False)
    source: str
    row: int
    needs_cue: bool = False
    is_spelt: bool = False
    is_words: bool = False

    @property
    def is_initials(self) -> bool:
        return bool(_INITIALS.fullmatch(self.listed))


@dataclass(frozen=True, slots=True)
class Hit:
    """text[start:end], which is words[first:stop], reads like `phrase`. `is_recut`: only when spaces are ignored."""

    start: int
    end: int
    first: int
    stop: int
    phrase: Phrase
    is_recut: bool = False


class Lexicon:
    """The automata over one region's lists. Holds compiled data only; `read` remembers the last few passages."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        spaced: dict[str, list[Phrase]] = {}
        joined: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for form in _spellings(phrase):
                spaced.setdefault(f" {form} ", []).append(phrase)
            name = fold(phrase.listed).replace(" ", "")
            if phrase.source == "place" and not phrase.needs_cue and len(name) >= _SHORTEST_JOINED and name.isalpha():
                joined.setdefault(name, []).append(phrase)
        self._spaced, self._spaced_phrases = _automaton(spaced)
        self._joined, self._joined_phrases = _automaton(joined)
        self.read = lru_cache(maxsize=8)(self._read)

    def _read(self, text: str) -> tuple[Hit, ...]:
        words = words_of(text)
        hits = {*self._whole_words(text, words)}
        taken = {(hit.first, hit.stop) for hit in hits}
        hits |= {hit for hit in self._cut_words(text, words) if (hit.first, hit.stop) not in taken}
        return tuple(sorted(hits, key=lambda hit: (hit.first, -hit.stop, hit.phrase.source, hit.phrase.row)))

    def _whole_words(self, text: str, words: tuple[Word, ...]) -> Iterator[Hit]:
        line = " ".join(["", *(word.low for word in words), ""])
        matches = self._spaced.find_matches_as_indexes(line, overlapping=True)
        starts = _starts(words, 1) if matches else []
        for number, start, end in matches:
            first, stop = bisect_left(starts, start + 1), bisect_left(starts, end)
            if all(joins(text, words[at], words[at + 1]) for at in range(first, stop - 1)):
                for phrase in self._spaced_phrases[number]:
                    yield Hit(words[first].start, words[stop - 1].end, first, stop, phrase)

    def _cut_words(self, text: str, words: tuple[Word, ...]) -> Iterator[Hit]:
        line = "".join([word.low for word in words])
        matches = self._joined.find_matches_as_indexes(line, overlapping=True)
        starts = _starts(words, 0) if matches else []
        for number, start, end in matches:
            first, stop = bisect_left(starts, start), bisect_left(starts, end)
            if starts[first] != start or starts[stop] != end:
                continue
            if all(joins(text, words[at], words[at + 1]) for at in range(first, stop - 1)):
                for phrase in self._joined_phrases[number]:
                    yield Hit(words[first].start, words[stop - 1].end, first, stop, phrase, is_recut=True)


def lexicon(region: Region) -> Lexicon:
    """The lexicon of a region; built once for all recognisers that read it."""
    return _lexicon(region.places, region.agencies, region.roles)


def widest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits of one list without those that lie inside a wider one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.stop)):
        if not kept or hit.stop > kept[-1].stop or (hit.first, hit.stop) == (kept[-1].first, kept[-1].stop):
            kept.append(hit)
    return tuple(kept)


@lru_cache(maxsize=4)
def _lexicon(places: tuple[Place, ...], agencies: tuple[Agency, ...], roles: tuple[Role, ...]) -> Lexicon:
    return Lexicon((*_places(places), *_agencies(agencies), *_roles(roles)))


def _places(places: tuple[Place, ...]) -> Iterator[Phrase]:
    for row, place in enumerate(places):
        for form in (place.name, *place.aliases):
            # "the Island", "TW": a short or descriptive by-name says little without a cue.
            is_weak = len(form) < 4 or form.lower().startswith("the ") or fold(form) in english_words()
            is_flagged = place.cue and (" " not in form or form == place.name)
            yield Phrase(form, "place", row, needs_cue=is_weak or is_flagged, is_words=_is_words(form))


def _agencies(agencies: tuple[Agency, ...]) -> Iterator[Phrase]:
    for row, agency in enumerate(agencies):
        for form in (agency.name, *agency.aliases):
            yield Phrase(form, "agency", row, is_words=_is_words(form))
        for form in agency.cue_aliases:
            yield Phrase(form, "agency", row, needs_cue=True, is_words=_is_words(form))
        for form in (*agency.aliases, *agency.cue_aliases):
            if _INITIALS.fullmatch(form):
                yield Phrase(form, "agency", row, is_spelt=True)


def _roles(roles: tuple[Role, ...]) -> Iterator[Phrase]:
    for row, role in enumerate(roles):
        yield Phrase(role.role, "role", row)


def _is_words(form: str) -> bool:
    return all(word in english_words() or len(word) < 3 for word in fold(form).split())


def _spellings(phrase: Phrase) -> Iterator[str]:
    folded = fold(phrase.listed)
    if phrase.is_spelt:
        yield " ".join(folded)  # "Q C C", "q.c.c."
        return
    forms = {fold(phrase.listed.replace("&", " and "))}
    if any(len(word) > 1 for word in folded.split()):  # "B&C" without its sign is two letters side by side
        forms.add(folded)
    forms |= {form.replace(" and ", " ") for form in forms}  # "Tonbridge & Malling": a sign is no word
    forms |= {form.replace(" s ", "s ").removesuffix(" s") + ("s" if form.endswith(" s") else "") for form in forms}
    forms |= {f"saint {form.removeprefix('st ')}" for form in forms if form.startswith("st ")}
    forms |= {form.replace(" saint ", " st ") for form in forms}
    yield from sorted(form for form in forms if form)


def _automaton(table: dict[str, list[Phrase]]) -> tuple[AhoCorasick, tuple[tuple[Phrase, ...], ...]]:
    return AhoCorasick(list(table)), tuple(tuple(phrases) for phrases in table.values())


def _starts(words: tuple[Word, ...], space: int) -> list[int]:
    """Where each folded word starts in a line that begins with a space of that width, and where one more would."""
    return list(accumulate([len(word.low) + space for word in words], initial=space))
