"""A transcript as it will read, as one HTML file: replacements coloured and lettered, nothing of what stood there."""

from pathlib import Path

from deid.review.page import render_page
from deid.study.render import Rendered
from deid.study.review.pieces import Pieces


def preview_page(rendered: Rendered, code: str) -> str:
    """Pseudonymised text only: no original, no place in a source and no id of a thing is in it."""
    outcome = rendered.outcome
    product = outcome.products[code]
    pieces = Pieces(product, outcome.entries)
    segments = [
        (segment.kind, segment.turn, [(one.text, one.category) for one in pieces.of(number)])
        for number, segment in enumerate(product.transcript.segments)
        if segment.text.strip() and segment.kind not in ("property", "file_name")
    ]
    style = (Path(__file__).parent / "review.css").read_text(encoding="utf-8")
    return render_page("preview", {"code": code, "tier": rendered.tier, "segments": segments, "style": style})
