"""How far two tiers can be laid side by side: the sentences around the tokens are the same, whatever the tokens say.

Numbers, codes and file names of two tiers share nothing. That does not keep anybody who holds both from pairing them by
their sentences, and so from reading the finer tier's place beside the coarser one's. The share is measured and told.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deid.fold import words
from deid.model import Segment
from deid.pseudonymise.tokens import find_tokens

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_FEWEST_WORDS = 3  # "Yes." and "I see." pair with nothing in particular


@dataclass(frozen=True, slots=True)
class Alignment:
    """sentences: of the one text, long enough to be known again. paired: those that stand as often in the other."""

    sentences: int
    paired: int

    @property
    def share(self) -> float:
        return self.paired / self.sentences if self.sentences else 0.0


def align(one: Iterable[Segment], other: Iterable[Segment]) -> Alignment:
    """Pair sentences by the words outside their tokens, as somebody with a text editor would.

    What stands as often in both is paired in its order: an interview that is there in two formats hides nothing.
    """
    left, right = Counter(_skeletons(one)), Counter(_skeletons(other))
    paired = sum(times for skeleton, times in left.items() if right[skeleton] == times)
    return Alignment(left.total(), paired)


def _skeletons(segments: Iterable[Segment]) -> Iterator[str]:
    for segment in segments:
        if segment.kind != "speech":
            continue
        text = segment.text
        for start, end in reversed(find_tokens(text)):
            text = f"{text[:start]} {text[end:]}"
        for sentence in _SENTENCE_END.split(text):
            said = [word for _, _, word in words(sentence)]
            if len(said) >= _FEWEST_WORDS:
                yield " ".join(said)
