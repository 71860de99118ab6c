"""What a doubt is known by again: its form, its kind and the words around every place of it.

A decision carries over to an edited transcript exactly where none of this has changed.
"""

from deid.fold import fold, words
from deid.model import Doubt, Product, Span, Transcript
from deid.resolve.phrases import find_phrases, index_phrases

_WORDS_AROUND = 3
_NEAR = 80  # characters; three words are nearly always shorter
RESIDUAL = "residual"


def doubt_keys(product: Product) -> tuple[tuple[Doubt, str], ...]:
    """Every doubt with what a decision about it is a fingerprint of. A residual word is asked once for all places."""
    transcript = product.transcript
    everywhere = _places([transcript.text_at(one.span) for one in product.doubts if one.kind == RESIDUAL], transcript)
    found = []
    for doubt in product.doubts:
        form = fold(transcript.text_at(doubt.span))
        places = everywhere.get(form, [doubt.span]) if doubt.kind == RESIDUAL else [doubt.span]
        around = sorted({_around(transcript, span) for span in places})
        found.append((doubt, "\n".join(["doubt", doubt.kind, form, *around])))
    return tuple(found)


def _places(forms: list[str], transcript: Transcript) -> dict[str, list[Span]]:
    phrases = index_phrases((form, fold(form)) for form in forms)
    places: dict[str, list[Span]] = {}
    for index, segment in enumerate(transcript.segments if forms else ()):
        for start, end, form in find_phrases(segment.text, phrases):
            places.setdefault(form, []).append(Span(index, start, end))
    return places


def _around(transcript: Transcript, span: Span) -> str:
    text = transcript.segments[span.segment].text
    before = [word for _, _, word in words(text[max(0, span.start - _NEAR) : span.start])][-_WORDS_AROUND:]
    after = [word for _, _, word in words(text[span.end : span.end + _NEAR])][:_WORDS_AROUND]
    return f"{' '.join(before)}|{' '.join(after)}"
