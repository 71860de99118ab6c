"""The layers of `deid check` that have to be asked for: a region's pack, and the models. They are slow to load."""

from collections.abc import Callable, Iterator

from deid.check.findings import Hit
from deid.model import SURE

_QUIET = frozenset(
    {"county", "city", "town", "district", "unitary", "region", "country", "postcode_district"}
)  # every paper names them
_MANY_WORDS = 2
# Web addresses, handles, dates and ages stand in every repository; numbers are the patterns' business.
_NAMES = frozenset({"PERSON", "PLACE", "AGENCY", "CASE"})


def region_layer(pack: str) -> Callable[[str], Iterator[Hit]]:
    """The pack's local bodies, and its places below a town; a single word only where it is no English word."""
    from deid.fold import words
    from deid.region import english_words, load_region

    region = load_region(pack)
    names: dict[tuple[str, ...], str] = {}

    def add(form: str, kind: str) -> None:
        key = tuple(word for _, _, word in words(form))
        if len(key) >= _MANY_WORDS or (key and len(key[0]) > 3 and key[0] not in english_words()):
            names.setdefault(key, kind)

    for place in region.places:
        if place.type not in _QUIET and not place.cue:
            for form in (place.name, *place.aliases):
                add(form, "place")
    for agency in region.agencies:
        if agency.scope == "local":
            for form in (agency.name, *agency.aliases):
                add(form, "agency")
    longest = max(map(len, names), default=0)
    begins = {key[0] for key in names}

    def find(text: str) -> Iterator[Hit]:
        tokens = list(words(text))
        for first, (start, _, word) in enumerate(tokens):
            if word not in begins or not text[start].isupper():
                continue
            key: tuple[str, ...] = ()
            best = None
            for _, end, part in tokens[first : first + longest]:
                key += (part,)
                if key in names:
                    best = Hit(start, end, names[key], " ".join(key), "a local name of the region pack")
            if best:
                yield best

    return find


def model_layer(pack: str) -> Callable[[str], Iterator[Hit]]:
    """The detector of `deid run`, for prose; only names, and only those it is sure of."""
    from deid.config import Settings
    from deid.detect.engine import Detector
    from deid.model import Segment, Transcript
    from deid.region import load_region

    settings = Settings()
    detector = Detector(settings, load_region(pack or settings.region.pack))

    def find(text: str) -> Iterator[Hit]:
        starts, place, segments = [], 0, []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                starts.append(place)
                segments.append(Segment("speech", line, number))
            place += len(line) + 1
        found = detector.detect([Transcript("check", tuple(segments))], ())["check"] if segments else ()
        for each in found:
            if each.confidence >= SURE and each.category.value in _NAMES:
                start = starts[each.span.segment]
                value = segments[each.span.segment].text[each.span.start : each.span.end].casefold()
                kind = each.kind or each.category.value.lower()
                yield Hit(start + each.span.start, start + each.span.end, kind, value, f"the detector: {each.why}")

    return find
