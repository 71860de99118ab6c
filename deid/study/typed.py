"""What people type is text too (design, law 12): reasons, notes and names of recipients are searched before they are
written anywhere.

Known forms of the study block wherever they stand; so do shapes that identify whoever they belong to. What is refused
is said again without the name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from deid.check.gate import GateWords, gate_words
from deid.check.leaks import hits
from deid.digests import meetings
from deid.fold import fold, folded_words
from deid.model import Category, Entity
from deid.region import Region, given_names
from deid.vault.contents import Contents

# Shapes that identify whoever they belong to, known to the study or not.
_SHAPES = (
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),  # w.oddington@kent.example
    re.compile(r"\d(?:[ \-/.]?\d){6,}"),  # 07700 900123, 999 041 7288
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),  # ME14 9ZZ
    re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|PC|DC|DS|DI|Sgt)\.? [A-Z][a-z]+"),  # Mrs Oddington
)
# Two capitalised words in a row that may be a name: Wilhelmina Oddington.
_PAIR = re.compile(r"\b([A-Z][\w'’-]+) ([A-Z][\w'’-]+)")
# A day, which a form's reference often bears and which is no telephone number: 2026-03-02.
_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")


def is_clean(text: str, contents: Contents, region: Region) -> bool:
    """Whether nothing in these words identifies anybody, as far as forms and shapes can tell."""
    words = gate_words(region)
    if any(shape.search(_DAY.sub("", text)) for shape in _SHAPES):
        return False
    if any(_is_name(pair[1], pair[2], words) for pair in _PAIR.finditer(text)):
        return False
    if any(distinctive for _, _, _, distinctive in hits(text, words.forms(_things(contents, _may_stand_in(text))))):
        return False
    gone = {form.digest for form in contents.suppressed.forms if form.alone}
    longest = max((form.words for form in contents.suppressed.forms), default=1)
    return not any(meetings(text, contents.keys.watch, gone, longest))


def _is_name(first: str, second: str, words: GateWords) -> bool:
    """A given name that is no English word, or two words that neither English nor the region's map knows."""
    plain = [fold(word) in words.plain or fold(word) in words.public for word in (first, second)]
    return given_names().get(fold(first)) is False or not any(plain)


def _may_stand_in(text: str) -> Callable[[str], bool]:
    """Which forms are worth looking for in these words: of thousands, those that share a word or a number with it.

    It is asked at every act, for the code of who acts.
    """
    own = {word for _, _, word in folded_words(text)}
    has_digits = any(letter.isdigit() for letter in text)

    def may(form: str) -> bool:
        folded = fold(form)
        if not own.isdisjoint(folded.split()) or folded.replace(" ", "") in own:
            return True
        return has_digits and any(letter.isdigit() for letter in form)

    return may


def _things(contents: Contents, is_wanted: Callable[[str], bool]) -> Iterator[Entity]:
    """What the study knows by forms that are wanted, its people also by each single word of their names."""
    for entry in contents.entries:
        one = entry.entity
        forms = tuple(filter(is_wanted, one.forms))
        if forms:
            yield replace(one, forms=forms)
            if one.category is Category.PERSON:
                yield _by_words(one.id, forms)
    for person in contents.roster:
        yield _by_words(f"roster {person.code}", filter(is_wanted, (person.full_name, *person.aliases)))


def _by_words(id: str, forms: Iterable[str]) -> Entity:
    return Entity(id, Category.PERSON, "person", "", tuple(word for form in forms for word in (form, *form.split())))
