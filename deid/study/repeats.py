"""The same interview twice, such as the .docx and the .odt of one talk: what is asked of it is asked once.

By the talk itself and not by names: nearly all that is said in one transcript is said in the other, word for word.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from deid.model import Transcript
from deid.risk.released import Released, Talk
from deid.study.folder import Study

SHARED = 0.9  # of the turns of the longer one
_FEWEST_WORDS = 4  # "Yes, that's right." is said in every interview
_FEWEST_TURNS = 3


def repeats_of(study: Study, transcripts: Mapping[str, Transcript]) -> dict[str, str]:
    """Each transcript that repeats another -> the one that it repeats, which has the smaller code.

    Only of the same participants: two people may have been read the same statement.
    """
    whose = {source.code: source.participants for source in study.contents.sources}
    said = {code: _turns(one) for code, one in transcripts.items()}
    codes_of: defaultdict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for code in sorted(said):
        alike = Counter(other for turn in said[code] for other in codes_of[turn] if whose.get(other) == whose.get(code))
        best = min(alike, key=lambda other: (-alike[other], other), default="")
        longer = max(len(said[code]), len(said.get(best, ())))
        if best and longer >= _FEWEST_TURNS and alike[best] >= SHARED * longer:
            found[code] = best
            continue
        for turn in said[code]:
            codes_of[turn].append(code)
    return found


def without_repeats(released: Released, repeats: Mapping[str, str], transcripts: Mapping[str, Transcript]) -> Released:
    """What there is to recognise, told once: a repeated talk has only the turns that the other one lacks."""
    talks = (
        _without(talk, {fold_turn(one) for one in _by_turn(transcripts[repeats[talk.code]]).values()}, transcripts)
        if talk.code in repeats
        else talk
        for talk in released.talks
    )
    return Released(
        released.tier, tuple(talk for talk in talks if talk.turns), released.roster, released.people, released.labels,
        released.trait_words,
    )  # fmt: skip


def fold_turn(text: str) -> str:
    return " ".join(text.casefold().split())


def _without(talk: Talk, said: set[str], transcripts: Mapping[str, Transcript]) -> Talk:
    segments = transcripts[talk.code].segments
    source = {
        id(turn): fold_turn(" ".join(segments[piece.segment].text for piece in turn.pieces)) for turn in talk.turns
    }
    turns = tuple(turn for turn in talk.turns if source[id(turn)] not in said)
    return Talk(talk.code, talk.participants, turns, talk.labels)


def _turns(transcript: Transcript) -> set[str]:
    """The turns that are long enough to be told from others."""
    return {
        text
        for (number, kind), words in _by_turn(transcript).items()
        if number and kind == "speech" and len((text := fold_turn(words)).split()) >= _FEWEST_WORDS
    }


def _by_turn(transcript: Transcript) -> dict[tuple[int, str], str]:
    """(turn, kind) -> words; what stands before the talk, segment by segment."""
    found: dict[tuple[int, str], str] = {}
    for at, segment in enumerate(transcript.segments):
        key = (segment.turn, segment.kind) if segment.turn else (0, str(at))
        found[key] = f"{found[key]} {segment.text}" if key in found else segment.text
    return found
