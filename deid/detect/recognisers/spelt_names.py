"""Names that somebody spells aloud: "S, I, A, N", "that's G-R-A-C-E", "spelt t i e", "B, double L"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It's Sian, ⟦S, I, A, N⟧, no accent.",
    "That's ⟦Q-U-I-L-L⟧, like the pen.",
    "Spelt ⟦T, double E, L⟧, I think.",
    "her name's spelt ⟦q u i l l⟧ with two ls",
    "Her surname, so ⟦Q U I L L⟧, and his is ⟦M c Q u i l l⟧.",
    "We went A, B, C, D and so on.",
    "the m c e t and the k c c",
    "He got three As, a B and a C.",
)

# Letters in a row with the same mark between: "S, I, A, N", "Q-U-I-L-L", "T, double E, L".
_LETTER = r"(?:(?:double|treble)\s)?[^\W\d_]"
# "L, I think" ends before the I, which is a word again.
_SPELT = re.compile(rf"(?<![\w'’-]){_LETTER}(?:(?:,\s?|\s?[-‐‑–.]\s?)(?![IiAa]\s[a-z]{{2}}){_LETTER}){{2,}}(?![\w'’])")
# Only a space between is enough behind a word for spelling: "spelt q u i l l".
_SPELT_CUE = caseless(
    rf"\b(?:spel(?:t|led|ling|l)|letters)\b[^.?!]{{0,24}}?\s({_LETTER}(?:[\s,.-]+(?![IiAa]\s[a-z]{{2}}){_LETTER}){{2,}})(?![\w'’])",
)
# Only spaces between, beginning with a capital: "Q U I L L", "M c Q u i l l".
_SPACED = re.compile(r"(?<![\w'’.-])[A-Z](?:\s(?![IiAa]\s[a-z]{2})[^\W\d_]){3,}(?![\w'’])")
_CUE = caseless(r"\b(?:spel(?:t|led|ling|l)|letters?|name|called|that's|that’s|it's|it’s|with an?)\b")
_REPEAT = re.compile(r"(double|treble)\s(\w)")


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lines = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        seen: set[tuple[int, int]] = set()
        for match in _SPELT_CUE.finditer(passage.text):
            seen.add(match.span(1))
        for rule in (_SPELT, _SPACED):
            for match in rule.finditer(passage.text):
                if not any(start < match.end() and match.start() < end for start, end in seen):
                    seen.add(match.span())
        for start, end in sorted(seen):
            word = _word(passage.text[start:end])
            if _is_alphabet(word) or lines.read(word):
                continue
            has_cue = bool(_CUE.search(passage.text, max(0, start - 40), start))
            confidence = 0.75 if has_cue else 0.55 if len(word) > 3 else 0.4
            yield Claim(start, end, Category.PERSON, "spelt", confidence, "letters said one by one")

    return as_recogniser("spelt_names", find)


def _word(letters: str) -> str:
    """The word that the letters make: "T, double E, L" is teel."""
    whole = _REPEAT.sub(lambda match: match[2] * (2 if match[1].lower() == "double" else 3), letters)
    return "".join(fold(whole).split())


def _is_alphabet(word: str) -> bool:
    return word in "abcdefghijklmnopqrstuvwxyz" or len(set(word)) == 1
