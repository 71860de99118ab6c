"""The residual sweep: every capitalised word and every number that nothing has decided about, most suspicious first.

After all detectors something may be left. This lists it for a person to look through; words that are known to be safe
(English words, the keep list, months, the words of our own trade) do not flood the list.
"""

import re
from collections.abc import Container, Sequence

from deid.fold import fold, fold_word
from deid.model import Dismissal, Doubt, Settled, Span, Transcript
from deid.region import Region, english_words
from deid.resolve.covered import Covered
from deid.resolve.keep import keep_phrases, keep_stretches
from deid.resolve.sentences import opens_sentence
from deid.resolve.word_set import word_set

# A word with a capital, with its hyphens and apostrophes: Kestrel-Vane, O'Hara, MCT.
_CAPITALISED = re.compile(r"[^\W\d_a-zà-öø-ÿ][\w]*(?:['’\-][^\W\d_]+)*")
# A number with its separators: 46/12345/19, 07700 900 001, 14.
_NUMBER = re.compile(r"\d+(?:[ /\-.:]?\d+)*")
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:s|m|ve|d|ll|re))+$", re.IGNORECASE)  # I'd've, Don't
_TIME_OF_DAY = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?")
_SAFE_WORDS = word_set(
    """
    i i'm i've i'd i'll ok okay yeah yes no um uh er erm mm hmm oh ah mr mrs ms dr monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december
    christmas easter ramadan eid english british uk england britain tv dvd cctv pdf gp gps a&e id ids it hr cv nhs
    ngo gcse gcses ofsted facebook instagram snapchat tiktok whatsapp youtube google zoom teams covid interviewer
    participant transcript recording speaker unknown int end laughs laughter pause inaudible unclear crosstalk am an
    as at be by do go he if in is me my of on or so to up us we pc pm dob upn urn cad meeting yep nope
    """
)

UNKNOWN_NAME, KNOWN_WORD_MID_SENTENCE, LONG_NUMBER, SENTENCE_START, SHORT_NUMBER = range(5)
_WHY = {
    UNKNOWN_NAME: "a capitalised word that is no English word",
    LONG_NUMBER: "a number of four digits or more",
    KNOWN_WORD_MID_SENTENCE: "an English word with a capital inside a sentence",
    SENTENCE_START: "an unknown word at the start of a sentence",
    SHORT_NUMBER: "a number",
}


def residual(
    transcript: Transcript, settled: Sequence[Settled], region: Region, dismissed: Sequence[Dismissal] = ()
) -> tuple[Doubt, ...]:
    """What is left of a transcript, each form once, ranked by suspicion and then in reading order."""
    decided: dict[int, list[tuple[int, int]]] = {}
    for span in (*(stretch.span for stretch in settled), *(dismissal.finding.span for dismissal in dismissed)):
        decided.setdefault(span.segment, []).append((span.start, span.end))
    safe = keep_phrases(region)
    english = english_words()
    found: dict[str, tuple[int, Doubt]] = {}
    for index, segment in enumerate(transcript.segments):
        kept = [(start, end) for start, end, _ in keep_stretches(segment.text, safe)]
        covered = Covered([*decided.get(index, ()), *kept])
        for span, rank in _suspects(index, segment.text, english):
            if covered.touches(span.start, span.end):
                continue
            form = fold(segment.text[span.start : span.end])
            if form not in found or rank < found[form][0]:
                found[form] = (rank, Doubt(span, "residual", _WHY[rank]))
    return tuple(doubt for _, doubt in sorted(found.values(), key=lambda pair: (pair[0], pair[1].span)))


def _suspects(index: int, text: str, english: Container[str]) -> list[tuple[Span, int]]:
    found = []
    shouted = text.isupper()
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        folded = fold_word(_CONTRACTED.sub("", word))
        if folded in _SAFE_WORDS or fold(word) in _SAFE_WORDS or word.lower().endswith(("n't", "n’t")):
            continue
        starts = shouted or opens_sentence(text, match.start())
        known = folded in english or all(part in english for part in fold(word).split())
        if known and starts:
            continue
        rank = KNOWN_WORD_MID_SENTENCE if known else SENTENCE_START if starts else UNKNOWN_NAME
        found.append((Span(index, *match.span()), rank))
    for match in _NUMBER.finditer(text):
        if _TIME_OF_DAY.fullmatch(match.group()):
            continue
        digits = sum(letter.isdigit() for letter in match.group())
        found.append((Span(index, *match.span()), LONG_NUMBER if digits >= 4 else SHORT_NUMBER))
    return found
