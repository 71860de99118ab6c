"""What the lists say of one word: given name, surname, ordinary English, place. Weak evidence, never alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from deid.detect.person_words import MODALS, WORDS_AS_NAMES
from deid.detect.vocabulary import COUNTRIES, MONTHS, MONTHS_SHORT, ORDINALS, PLAIN, STOP, TENS, TITLES, UNITS, WEEKDAYS
from deid.fold import fold
from deid.region import Region, common_words, english_words, given_names, surnames

_PLAIN_ENGLISH = frozenset().union(STOP, PLAIN, TITLES, MONTHS, MONTHS_SHORT, WEEKDAYS, UNITS, TENS, ORDINALS)

# In a list of the world's names nearly every short word occurs. These hold speech together and stay what they are.
_NEVER = (STOP - MODALS) | frozenset(WEEKDAYS)


@dataclass(frozen=True, slots=True)
class NameLists:
    """All words folded. `english` holds words that speech uses without meaning a name; many are names as well."""

    given: frozenset[str] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)
    english: frozenset[str] = field(repr=False)
    common: frozenset[str] = field(repr=False)
    places: frozenset[str] = field(repr=False)
    kept: frozenset[str] = field(repr=False)  # whole phrases of the keep list

    def is_listed(self, low: str) -> bool:
        return low in self.given or low in self.surnames

    def is_english(self, low: str) -> bool:
        if low in self.english or low in _PLAIN_ENGLISH:
            return True
        return low.endswith("s") and low[:-1] in self.english and not self.is_listed(low)  # "referrals"

    def is_everyday(self, low: str) -> bool:
        """A word of everyday speech: "vane" is English and no such word."""
        return low in self.common or low in _PLAIN_ENGLISH or low in WORDS_AS_NAMES

    def is_unknown(self, low: str) -> bool:
        """No English word: a rare name, a foreign one, or a slip of the pen."""
        return len(low) > 2 and low.isalpha() and not self.is_english(low)


def name_lists(region: Region) -> NameLists:
    places, kept = (place.name for place in region.places), (line.words for line in region.keep)
    return _name_lists(tuple(sorted(region.nicknames.items())), tuple(places), tuple(kept))


@lru_cache(maxsize=4)
def _name_lists(
    nicknames: tuple[tuple[str, tuple[str, ...]], ...], places: tuple[str, ...], kept: tuple[str, ...]
) -> NameLists:
    english = english_words()
    listed = _folded(given_names()) - _NEVER
    # "case", "doctor" and "tray" are somewhere in the world given names; here they are words like any surname.
    given = {word for word in listed if word not in english and word not in _PLAIN_ENGLISH} | WORDS_AS_NAMES
    short = {fold(form) for formal, several in nicknames for form in (formal, *several)}
    return NameLists(
        given=frozenset(given | short) - _NEVER,
        surnames=(_folded(surnames()) | (listed - given)) - _NEVER,
        english=english,
        common=common_words(),
        places=frozenset(fold(place) for place in places) | COUNTRIES,
        kept=frozenset(map(fold, kept)),
    )


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold(name).split())
