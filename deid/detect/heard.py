"""Which names the recognisers are sure of, so that their parts can be looked for in every other passage."""

from collections.abc import Iterable, Sequence

from deid.detect.passage import Claim, Passage
from deid.fold import words
from deid.model import Category

_SURE = 0.8
# One word alone is carried on only if nobody can take it for another word: it was given as somebody's name.
_NAMING = frozenset(("names_by_cue", "titles", "roster", "speakers"))


def heard_in(read: Iterable[tuple[Passage, Sequence[tuple[str, Claim]]]]) -> tuple[str, ...]:
    """The sure names of all passages, folded and in order."""
    heard = {
        " ".join(low for _, _, low in words(passage.text[claim.start : claim.end]))
        for passage, claims in read
        for recogniser, claim in claims
        if claim.category is Category.PERSON and claim.kind == "name" and claim.confidence >= _SURE
        if recogniser in _NAMING or " " in passage.text[claim.start : claim.end].strip()
    }
    return tuple(sorted(heard))
