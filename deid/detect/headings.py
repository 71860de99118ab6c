"""Labels that name nobody: "Training: places on the course" in notes, where other labels return.

Who speaks comes back. A label of everyday English words that stands once, in a transcript whose other labels return,
heads what follows; it is read like a heading, in which a name would still be found.
"""

from collections import Counter
from dataclasses import replace

from deid.detect.labels import DOUBTFUL, label_names
from deid.detect.name_lists import NameLists
from deid.fold import fold
from deid.model import Segment, Transcript

_FEWEST_RETURNING = 2


def with_headings(transcript: Transcript, lists: NameLists) -> Transcript:
    """The transcript with such labels as headings."""
    counts = Counter(fold(segment.text) for segment in transcript.segments if segment.kind == "speaker")
    if sum(count > 1 for count in counts.values()) < _FEWEST_RETURNING:
        return transcript

    def read(segment: Segment) -> Segment:
        is_label = segment.kind == "speaker" and counts[fold(segment.text)] == 1
        return replace(segment, kind="heading") if is_label and _heads(segment.text, lists) else segment

    return replace(transcript, segments=tuple(map(read, transcript.segments)))


def _heads(label: str, lists: NameLists) -> bool:
    names = list(label_names(label, lists))
    if not names or label[: names[0].start].strip(" [("):  # "PC Steel"
        return False
    return all(name.confidence == DOUBTFUL for name in names)
