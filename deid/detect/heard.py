"""Which names the recognisers are sure of, so that their parts can be looked for in every other passage."""

from collections.abc import Iterable, Sequence

from deid.detect.passage import Claim, Passage
from deid.detect.person_words import RANKS, TITLES
from deid.fold import fold, words
from deid.model import Category

_SURE = 0.8
# One word alone is carried on only if nobody can take it for another word: it was given as somebody's name.
_NAMING = frozenset(("names_by_cue", "titles", "roster", "speakers"))
# Without capitals nobody is as sure. "dc church", "they called him ghost": from here on such a word is looked for too,
# and is somebody only where its neighbours say so.
_SURE_UNCASED = {"titles": 0.5, "street_names": 0.5, "tagged": 0.6}
_TITLES = TITLES | RANKS


def heard_in(read: Iterable[tuple[Passage, Sequence[tuple[str, Claim]]]]) -> tuple[str, ...]:
    """The sure names of all passages, folded and in order."""
    heard = {
        " ".join(low for _, _, low in words(passage.text[claim.start : claim.end]))
        for passage, claims in read
        for recogniser, claim in claims
        if claim.category is Category.PERSON and claim.kind == "name" and _is_sure(passage, recogniser, claim)
    }
    return tuple(sorted(heard))


def _is_sure(passage: Passage, recogniser: str, claim: Claim) -> bool:
    name = fold(passage.text[claim.start : claim.end]).split()
    if passage.is_lower and recogniser in _SURE_UNCASED:
        has_title = len(name) > 1 and name[0] in _TITLES  # "dc church", as the tagger reads it
        return has_title or claim.confidence >= _SURE_UNCASED[recogniser]
    return claim.confidence >= _SURE and (recogniser in _NAMING or len(name) > 1)
