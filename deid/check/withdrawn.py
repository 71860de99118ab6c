"""The gate for people who withdrew: a form that is known by its digest alone must not stand in an output."""

from collections.abc import Callable, Collection, Iterable, Sequence

from deid.check.leaks import without_own_words
from deid.digests import meetings
from deid.model import Leak, Segment


def leaks_of_withdrawn(
    segments: Sequence[Segment],
    parts: Iterable[tuple[str, str]],
    *,
    watch: bytes,
    digests: Collection[str],
    longest: int,
    ours: Callable[[int, int, int], bool],
    own_texts: Iterable[str] = (),
) -> tuple[Leak, ...]:
    """What still names a withdrawn participant in a re-read output or its raw parts.

    digests: of the forms that identify by themselves. ours: the stretch lies inside one of our replacements.
    """
    if not digests:
        return ()
    found = [
        Leak(f"segment {index + 1} ({segment.kind})", segment.turn, "a withdrawn participant's name")
        for index, segment in enumerate(segments)
        for start, end, _ in meetings(segment.text, watch, digests, longest)
        if not ours(index, start, end)
    ]
    for name, text in without_own_words(parts, own_texts):
        found += [
            Leak(f"part {name}", 0, "a withdrawn participant's name in the raw file")
            for _ in meetings(text, watch, digests, longest)
        ]
    return tuple(dict.fromkeys(found))
