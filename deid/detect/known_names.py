"""The forms under which known people may be named: whole names, by-names, single parts, initials."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.detect.labels import label_names
from deid.detect.name_lists import NameLists
from deid.detect.passage import Cast
from deid.detect.person_words import NOT_INITIALS, PARTICLES, RANKS, TITLES, WORD_TITLES
from deid.detect.vocabulary import STOP
from deid.detect.words import Word, words_of

_TITLES = TITLES | RANKS | WORD_TITLES
Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """First folded word -> (form, kind), longest form first."""

    by_first: Mapping[str, tuple[tuple[Form, str], ...]] = field(repr=False)
    firsts: frozenset[str] = field(repr=False)

    def longest(self, words: Sequence[Word], at: int, is_joined: Callable[[int], bool]) -> tuple[int, str]:
        """(stop, kind) of the longest form that starts at words[at]; the stop is `at` where there is none."""
        for form, kind in self.by_first.get(words[at].low, ()):
            stop = at + len(form)
            if tuple(word.low for word in words[at:stop]) == form and all(map(is_joined, range(at + 1, stop))):
                return stop, kind
        return at, ""


def known_names(cast: Cast, lists: NameLists) -> KnownNames:
    return _by_first(_forms(cast, lists))


def heard_names(cast: Cast) -> KnownNames:
    """The names that other passages are sure of, and their parts."""
    return _by_first(form for name in cast.heard for form in _of_full_name(_name_words(name)) if form[1] == "name")


def _by_first(found: Iterable[tuple[Form, str]]) -> KnownNames:
    forms = {form: kind for form, kind in sorted(found) if form}
    by_first: dict[str, list[tuple[Form, str]]] = {}
    for form, kind in sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first.setdefault(form[0], []).append((form, kind))
    return KnownNames({first: tuple(several) for first, several in by_first.items()}, frozenset(by_first))


def _forms(cast: Cast, lists: NameLists) -> Iterator[tuple[Form, str]]:
    for person in cast.known:
        yield from _of_full_name(_name_words(person.full_name))
        for alias in person.aliases:
            yield from _of_by_name(_name_words(alias))
    yield from (((letters,), "initials") for letters in cast.letters)
    for label in cast.labels:
        for name in label_names(label, lists):
            text = label[name.start : name.end]
            if name.is_initials:
                letters = "".join(word.low for word in words_of(text))
                if len(letters) > 1 and letters not in NOT_INITIALS:
                    yield (letters,), "initials"
                continue
            last, comma, given = text.partition(",")
            yield from _of_full_name(_name_words(f"{given} {last}" if comma else text))


def _name_words(name: str) -> tuple[Word, ...]:
    """The words of a name from behind its titles on: Thomas of "Dr Thomas", Judge of "Judge"."""
    words = words_of(name)
    first = next((at for at, word in enumerate(words) if word.low not in _TITLES), max(len(words) - 1, 0))
    return words[first:]


def _of_full_name(words: tuple[Word, ...]) -> Iterator[tuple[Form, str]]:
    lows = tuple(word.low for word in words)
    if len("".join(lows)) > 1:
        yield lows, "name"
    if len(lows) < 2:
        return
    yield (lows[0], lows[-1]), "name"
    for low in lows:
        if len(low) > 1 and low not in PARTICLES and (low not in STOP or low == lows[0]):
            yield (low,), "name"
        if len(low) > 3 and low not in STOP and not low.endswith("s"):
            yield (f"{low}s",), "name"  # "the Quills", and "quills mum" where the apostrophe was not heard
    for several in (lows, (lows[0], lows[-1])):
        initials = "".join(low[0] for low in several)
        if len(initials) > 1 and initials not in NOT_INITIALS:
            yield (initials,), "initials"


def _of_by_name(words: tuple[Word, ...]) -> Iterator[tuple[Form, str]]:
    lows = tuple(word.low for word in words)
    is_initials = len(words) == 1 and words[0].is_acronym and len(lows[0]) <= 3
    yield lows, "initials" if is_initials else "name"
    if len(words) > 1:
        for word in words:
            if len(word.low) > 2 and word.low not in PARTICLES:
                yield (word.low,), "name"
