"""What the lists say of one word: given name, surname, ordinary English, place. Weak evidence, never alone."""

from dataclasses import dataclass, field
from functools import lru_cache

from deid import region as region_packs
from deid.detect.person_words import MODALS, WORDS_AS_NAMES
from deid.detect.vocabulary import COUNTRIES, MONTHS, MONTHS_SHORT, ORDINALS, PLAIN, STOP, TENS, TITLES, UNITS, WEEKDAYS
from deid.fold import fold
from deid.region import Region

_PLAIN_ENGLISH = frozenset().union(STOP, PLAIN, TITLES, MONTHS, MONTHS_SHORT, WEEKDAYS, UNITS, TENS, ORDINALS)

# In a list of the world's names nearly every short word occurs. These hold speech together and stay what they are.
_NEVER = STOP - MODALS


@dataclass(frozen=True, slots=True)
class NameLists:
    """All words folded. `english` holds words that speech uses without meaning a name; many are names as well."""

    given: frozenset[str] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)
    english: frozenset[str] = field(repr=False)
    places: frozenset[str] = field(repr=False)

    def is_listed(self, low: str) -> bool:
        return low in self.given or low in self.surnames

    def is_english(self, low: str) -> bool:
        return low in self.english or low in _PLAIN_ENGLISH

    def is_unknown(self, low: str) -> bool:
        """No English word: a rare name, a foreign one, or a slip of the pen."""
        return len(low) > 2 and low.isalpha() and not self.is_english(low)


def name_lists(region: Region) -> NameLists:
    return _name_lists(tuple(sorted(region.nicknames.items())), tuple(place.name for place in region.places))


@lru_cache(maxsize=4)
def _name_lists(nicknames: tuple[tuple[str, tuple[str, ...]], ...], places: tuple[str, ...]) -> NameLists:
    short = {fold(form) for formal, several in nicknames for form in (formal, *several)}
    return NameLists(
        given=(_folded("given_names") | short | WORDS_AS_NAMES) - _NEVER,
        surnames=_folded("surnames") - _NEVER,
        english=_folded("english_words"),
        places=frozenset(fold(place) for place in places) | COUNTRIES,
    )


def _folded(name: str) -> frozenset[str]:
    # The lists are a part of the region module's data; a pack without them still finds names by cue and model.
    read = getattr(region_packs, name, frozenset)
    return frozenset(word for listed in read() for word in fold(listed).split())
