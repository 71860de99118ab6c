"""Claims that need a second: what a rule makes of words in which the tagger, who read them too, sees nothing.

The rules here guess: by the shape of a name, by a word that posts are called, by a list. Where they err is where the
tagger's chance is next to nothing. Such a claim is not dropped: it falls below what is replaced, and is listed for
review. What is certain of itself (a number, an address, a roster's name, a name that a title introduces) needs nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.passage import Claim, Passage
from deid.detect.tagger import SEEN
from deid.detect.written import is_talk
from deid.model import LISTED

_GUESSING = frozenset(
    "acronyms agency_openings agency_patterns bodies_somewhere far_places former_posts led_bodies life_facts "
    "model_agencies model_places names_by_cue names_by_list people reviews roles shop_names streets unique "
    "workplaces".split()
)
_WHY = "; the tagger sees nothing there"

Named = tuple[str, Claim]
"""A recogniser's name, and what it claims."""


def seconded(passage: Passage, claims: Iterable[Named]) -> tuple[Named, ...]:
    """The claims, those that guess weaker where nobody seconds them. The tagger must have read the passage."""
    if not is_talk(passage):
        return tuple(claims)  # the tagger was taught on talk
    return tuple(_weighed(claims, [(span.start, span.end) for span in passage.spans if span.label == SEEN]))


def _weighed(claims: Iterable[Named], seen: list[tuple[int, int]]) -> Iterator[Named]:
    for name, claim in claims:
        is_alone = name in _GUESSING and not any(start < claim.end and claim.start < end for start, end in seen)
        if is_alone and claim.confidence > LISTED:
            claim = replace(claim, confidence=LISTED, why=claim.why + _WHY)
        yield name, claim
