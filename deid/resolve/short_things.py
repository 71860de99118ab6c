"""Short forms of places and agencies: MCT for Missing Children Team, Great Oaks for Great Oaks Academy.

As with people: the transcript's own long form first, then the only one of the corpus; two that fit are never guessed.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from deid.model import Category
from deid.resolve.gazetteer import bare, tight
from deid.resolve.kind_words import KIND_WORDS
from deid.resolve.things import Thing

_SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "at", "on", "s", "to"})
_COMPASS = frozenset({"north", "south", "east", "west", "mid", "central"})
_SHORTEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class _Long:
    key: str
    form: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    acronyms: frozenset[str] = field(repr=False)
    codes: frozenset[str]


def join_short(
    found: Sequence[Thing], known: Mapping[str, Sequence[str]], listed: Container[str]
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], tuple[str, ...]]]:
    """(code, key) -> the key it is short for; and the doubtful ones with their candidates.

    `known`: key -> forms of earlier runs. `listed`: keys from the region pack, which are nobody's short form.
    """
    joined: dict[tuple[str, str], str] = {}
    doubts: dict[tuple[str, str], tuple[str, ...]] = {}
    for category in (Category.AGENCY, Category.PLACE):
        own = [thing for thing in found if thing.category is category and ":here:" not in thing.key]
        longs = _longs(own, {key: forms for key, forms in known.items() if key.startswith(f"{category}:")})
        for thing in own:
            place = (thing.code, thing.key)
            if thing.key in listed or place in joined or place in doubts:
                continue
            fits = [long for long in longs if long.key != thing.key and _is_short_for(thing.form, long)]
            if thing.form_is_place:
                # "Gravesham rang back" is the council of just that name, and not every body with the place in it.
                fits = [long for long in fits if "council" in long.words and _is_named(thing.form, long)]
            # The Oaks -> Great Oaks -> Great Oaks Academy: only the longest counts.
            fits = [long for long in fits if not any(_is_short_for(long.form, other) for other in fits)]
            here = [long for long in fits if thing.code in long.codes]
            keys = tuple(sorted({long.key for long in here or fits}))
            if len(keys) == 1:
                joined[place] = keys[0]
            elif keys:
                doubts[place] = keys
    return joined, doubts


def _longs(found: Sequence[Thing], known: Mapping[str, Sequence[str]]) -> list[_Long]:
    forms: dict[str, dict[str, set[str]]] = {}
    for thing in found:
        forms.setdefault(thing.key, {}).setdefault(thing.form, set()).add(thing.code)
    for key, texts in known.items():
        for text in texts:
            forms.setdefault(key, {}).setdefault(text, set())
    return [
        _Long(key, text, tuple(bare(text).split()), _acronyms(text), frozenset(set().union(*texts.values())))
        for key, texts in sorted(forms.items())
        for text in texts
        if len(bare(text).split()) > 1
    ]


def _is_short_for(form: str, long: _Long) -> bool:
    words = bare(form).split()
    if tight(form) in long.acronyms and len(tight(form)) >= _SHORTEST_ACRONYM:
        return True
    telling = [word for word in words if word not in KIND_WORDS]
    # Every word of the short form stands in the long one, in its order, and at least one of them tells.
    if not telling or len(words) >= len(long.words) or len("".join(telling)) < 4:
        return False
    if long.key.startswith(Category.PLACE) and (_COMPASS | {"and"}) & set(long.words) - set(words):
        return False  # Essex is more than North East Essex, and no short name of "Suffolk and Essex"
    rest = iter(long.words)
    return all(word in rest for word in words)


def _is_named(form: str, long: _Long) -> bool:
    """Whether nothing but the form and kinds of body are in the long name: Tonbridge is not Tonbridge and Malling."""
    return set(long.words) - KIND_WORDS == set(bare(form).split())


def _acronyms(form: str) -> frozenset[str]:
    words = bare(form).split()
    first = "".join(word[0] for word in words if word not in _SMALL_WORDS)
    return frozenset({first, "".join(word[0] for word in words)})
