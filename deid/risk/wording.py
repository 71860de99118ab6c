"""Ways of speaking that a colleague would know: catchwords of the roster, dialect, words that only one person uses.

A hint only. Nobody is recognised for certain by "me duck", and nothing is changed because of it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from deid.fold import fold
from deid.region import english_words
from deid.risk.released import Released, Risk, Talk

_OFTEN = 4  # so often said by one and never by another, it is their phrase
_LENGTH = 4
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
# Words of Scots, Irish, northern, Welsh and West Country speech; in Kent they mark their speaker.
_DIALECT = frozenset(
    "aye wee bairn bairns owt nowt summat youse craic canny lass lassie ken dinnae cannae didnae wouldnae tae eejit "
    "jumper ginnel mardy mither gert lush tidy cwtch butty hinny pet duck bab chuck nae wain feck yous".split()
)  # fmt: skip
_DIALECT_PHRASES = ("you're grand", "our kid", "me duck", "my lover", "so it is", "so I am", "the wee", "god bless her")
_TWO_SENSES = frozenset("jumper pet duck tidy lush chuck butty ken lass tae".split())
_SUGGESTION = "accept as a hint, or describe: quote this participant in other words"


def wordings(released: Released) -> Iterator[Risk]:
    """At most one finding a participant and kind of hint."""
    said = {person: _text(released, person) for person in released.participants}
    folded = {person: f" {fold(text)} " for person, text in said.items()}
    for person in released.participants:
        for talk in (talk for talk in released.talks if person in talk.participants):
            hits = [*_catchwords(released, person, folded), *_dialect(folded, person), *_own_phrases(folded, person)]
            for words_, why in hits:
                number = _turn_of(talk, person, words_)
                if number:
                    yield Risk("wording", talk.code, number, f"{why}: “{words_}”.", _SUGGESTION, key=words_)
            break


def _catchwords(released: Released, person: str, folded: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for known in released.roster:
        for phrase in known.phrases:
            if known.code == person and fold(phrase) and f" {fold(phrase)} " in folded[person]:
                yield phrase, "A colleague would know this participant by a usual phrase"


def _dialect(folded: Mapping[str, str], person: str) -> Iterator[tuple[str, str]]:
    own = Counter(folded[person].split())
    marks = [word for word in own if word in _DIALECT - _TWO_SENSES and own[word] >= 2]
    others_say = " ".join(text for other, text in folded.items() if other != person)
    for phrase in _DIALECT_PHRASES:
        if f" {fold(phrase)} " in folded[person] and f" {fold(phrase)} " not in others_say:
            yield phrase, "A turn of dialect that no other participant uses"
            return
    marks = [word for word in marks if f" {word} " not in others_say]
    if marks:
        yield max(marks, key=lambda word: (own[word], word)), "A word of dialect that no other participant uses"


def _own_phrases(folded: Mapping[str, str], person: str) -> Iterator[tuple[str, str]]:
    """The phrase of four words that this participant says again and again and nobody else says."""
    if len(folded) < 2:
        return
    own = folded[person].split()
    counts = Counter(" ".join(own[at : at + _LENGTH]) for at in range(len(own) - _LENGTH + 1))
    rare = [phrase for phrase, count in counts.items() if count >= _OFTEN and _is_own(phrase, person, folded)]
    if rare:
        yield (
            max(rare, key=lambda phrase: (counts[phrase], phrase)),
            "A phrase that this participant alone says again and again",
        )


def _is_own(phrase: str, person: str, folded: Mapping[str, str]) -> bool:
    """Said by nobody else, and with a word that is more than grammar."""
    if not all(part in english_words() for part in phrase.split() if not part.isdigit()):
        return False
    if sum(len(part) > 4 for part in phrase.split()) < 2 or any(part.isdigit() for part in phrase.split()):
        return False
    return not any(f" {phrase} " in text for other, text in folded.items() if other != person)


def _text(released: Released, person: str) -> str:
    """A participant's own words without our tokens."""
    turns = (turn for talk in released.talks for turn in talk.turns if turn.speaker == person)
    return "\n".join(_BRACKETS.sub(" | ", turn.text) for turn in turns)


def _turn_of(talk: Talk, person: str, phrase: str) -> int:
    wanted = f" {fold(phrase)} "
    return next((turn.number for turn in talk.turns if turn.speaker == person and wanted in f" {fold(turn.text)} "), 0)
