"""The gate: known forms that are still in an output (design, law 6).

A form is distinctive unless it is made of English words, is a keep-list word, is under four letters, or is a public
place or body. Distinctive forms block anywhere in the output: in its text, in every raw part, in a name. Any other
form blocks too, unless its place was considered: settled as something else, or dismissed for a named reason.
Text inside our own replacements is skipped.
"""

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from deid.fold import begins_a_negation, fold, folded_words
from deid.model import Category, Entity, Leak, Segment

# Dates, ages, roles and traits identify where they stand and not by their words: "fourteen" is no secret.
_BY_FORM = frozenset(
    {Category.PERSON, Category.PLACE, Category.AGENCY, Category.CASE, Category.CONTACT, Category.IDENTIFIER}
)
_SHORTEST_DISTINCTIVE = 4
_FEWEST_DIGITS = 5
# Digits with the separators people write between them, as in "999 041 7288" or "07700-900123".
_DIGITS = re.compile(r"\d(?:[ \-/.]?\d)+")


@dataclass(frozen=True, slots=True)
class Forms:
    """Known forms by their folded words, ready to be looked up. Build with `known_forms`."""

    by_words: dict[tuple[str, ...], tuple[str, bool]] = field(repr=False)
    by_digits: dict[str, str] = field(repr=False)
    joined: dict[str, str] = field(repr=False)
    categories: dict[str, Category]
    longest: dict[str, int] = field(default_factory=dict, repr=False)  # for a first word, its longest form's words


def known_forms(entities: Iterable[Entity], *, plain: Container[str], public: Container[str]) -> Forms:
    """Index the forms of entities. `plain` holds folded English and keep-list words, `public` folded public names."""
    by_words: dict[tuple[str, ...], tuple[str, bool]] = {}
    by_digits: dict[str, str] = {}
    joined: dict[str, str] = {}
    categories: dict[str, Category] = {}
    for entity in entities:
        if entity.category not in _BY_FORM:
            continue
        categories[entity.id] = entity.category
        for form in entity.forms:
            key = tuple(fold(form).split())
            if not key:
                continue
            distinctive = _is_distinctive(key, plain, public)
            by_words[key] = (entity.id, distinctive or by_words.get(key, ("", False))[1])
            digits = "".join(letter for letter in form if letter.isdigit())
            if len(digits) >= _FEWEST_DIGITS and entity.category not in (Category.PERSON, Category.PLACE):
                by_digits[digits] = entity.id
            if distinctive and len(key) > 1 and len("".join(key)) >= 2 * _SHORTEST_DISTINCTIVE:
                joined["".join(key)] = entity.id
    longest: dict[str, int] = {}
    for key in by_words:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Forms(by_words, by_digits, joined, categories, longest)


def leaks(
    segments: Sequence[Segment],
    parts: Iterable[tuple[str, str]],
    *,
    forms: Forms,
    ours: Callable[[int, int, int], bool],
    considered: Callable[[int, int, int], bool],
    own_texts: Iterable[str] = (),
) -> tuple[Leak, ...]:
    """Everything in a re-read output and its raw parts that blocks it.

    ours(segment, start, end): the stretch lies inside one of our replacements. considered(segment, start, end): the
    stretch maps back to a source stretch that was settled as something else or dismissed. Both in output coordinates.
    """
    found = []
    for index, segment in enumerate(segments):
        for start, end, entity, distinctive in hits(segment.text, forms):
            if ours(index, start, end) or (not distinctive and considered(index, start, end)):
                continue
            why = "a distinctive form" if distinctive else "a known form that nobody considered here"
            found.append(Leak(f"segment {index + 1} ({segment.kind})", segment.turn, why, entity))
    for name, text in without_own_words(parts, own_texts):
        found += [
            Leak(f"part {name}", 0, "a distinctive form in the raw file", entity)
            for _, _, entity, distinctive in hits(text, forms)
            if distinctive
        ]
    return tuple(dict.fromkeys(found))


def without_own_words(parts: Iterable[tuple[str, str]], own_texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The raw parts as a search reads them, with a blank for whatever we wrote ourselves."""
    # A name that a caption's end cuts leaves "" in its second place, and a blank for "" would part all letters.
    blanks = sorted(set(own_texts) - {""}, key=len, reverse=True)
    for name, text in parts:
        text = html.unescape(text)
        for own in blanks:
            text = text.replace(own, " ")
        yield name, text


def hits(text: str, forms: Forms) -> Iterator[tuple[int, int, str, bool]]:
    """Every known form in a text, longest first at each word: (start, end, entity, distinctive)."""
    tokens = folded_words(text)
    for first, (start, end, word) in enumerate(tokens):
        if word in forms.joined and not begins_a_negation(text, start, end):
            yield start, end, forms.joined[word], True
        if word not in forms.longest:
            continue
        key: tuple[str, ...] = ()
        best = None
        for _, end, following in tokens[first : first + forms.longest[word]]:
            key += (following,)
            if key in forms.by_words:
                best = (start, end, *forms.by_words[key])
        if best and not begins_a_negation(text, *best[:2]):
            yield best
    if forms.by_digits:
        for match in _DIGITS.finditer(text):
            digits = "".join(letter for letter in match.group() if letter.isdigit())
            if digits in forms.by_digits:
                yield match.start(), match.end(), forms.by_digits[digits], True


def _is_distinctive(key: tuple[str, ...], plain: Container[str], public: Container[str]) -> bool:
    """Whether folded words can be nothing but this entity's name."""
    if " ".join(key) in public or " ".join(key) in plain:
        return False
    letters = sum(len(word) for word in key if not word.isdigit())
    digits = sum(len(word) for word in key if word.isdigit())
    if letters < _SHORTEST_DISTINCTIVE and digits < _FEWEST_DIGITS:
        return False
    return any(len(word) >= _SHORTEST_DISTINCTIVE - 1 and word not in plain and word not in public for word in key)
