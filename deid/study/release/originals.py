"""The anonymisation log with what stood there before: a bulk reveal, under the rules of one.

The log holds no original, so the sources are read again and pseudonymised as they were. Only where that gives the very
bytes that the log tells of does a replacement's place say what it replaced; nothing is guessed from the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from deid.audit.export import Row, rows_from_log
from deid.audit.facts import OutputFacts
from deid.audit.tally import facts_from_log
from deid.errors import AskedWrongly, SourceError
from deid.model import AuditEvent
from deid.spans import Shift
from deid.study.folder import Study
from deid.study.outputs import sha256
from deid.study.private import check_private, write_owner_only
from deid.study.render import Rendered, tier_code
from deid.study.vault.reveal import check_reason

Write: TypeAlias = Callable[[Sequence[Row]], bytes]
_Place: TypeAlias = tuple[str, int, int]  # output, segment, start


def tier_of(study: Study, place: str) -> str:
    """The tier in which a place's outputs were written. Raises AskedWrongly for a place without outputs."""
    outputs = _outputs(study, place)
    if not outputs:
        raise AskedWrongly("the log tells of no output there", where=place, hint="a release is named as archive/1")
    return outputs[-1].tier


def export_with_originals(
    study: Study,
    rendered: Rendered,
    place: str,
    write: Write,
    path: Path,
    reason: str,
    environment: Mapping[str, str],
    actor: str = "deid",
) -> int:
    """Write every replacement with its original into a file that only its owner can read; how many rows.

    Call it under `study.writing()`, with the study rendered for `tier_of(place)`. The log is told first.
    """
    reason = check_reason(study, reason)
    check_private(path, study.folder, environment)
    found = _originals(study, rendered, place)
    rows = rows_from_log(study.log.events(), place, lambda event: found[_place_of(event)])
    study.record([("reveal_intent", {"scope": "export", "count": len(rows), "reason": reason})], actor)
    write_owner_only(path, write(rows))
    study.record([("reveal_done", {"scope": "export", "count": len(rows)})], actor)
    return len(rows)


def _originals(study: Study, rendered: Rendered, place: str) -> dict[_Place, str]:
    """What every replacement of a place replaced. Raises SourceError where a transcript is not as it was written."""
    codes = {_code_in(study, code, place, rendered.tier): code for code in rendered.gated}
    found: dict[_Place, str] = {}
    for output in _outputs(study, place):
        code = codes.get(output.code)
        if code is None or sha256(rendered.gated[code].output) != output.sha256:
            raise SourceError(
                "this transcript would not come out today as it was written: its source, a decision, the settings or"
                " the program changed since",
                where=output.code,
                hint="deid run it again, or make a new release, and export that",
            )
        name = f"{output.place}/{output.name}"
        found |= {(name, *at): words for at, words in _replaced(rendered, code)}
    return found


def _replaced(rendered: Rendered, code: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Segment and start of each replacement in the output, and the words of the source that it replaced."""
    product = rendered.outcome.products[code]
    shift = Shift(product.replacements)
    for replacement in product.replacements:
        span, new = replacement.span, shift.new_text(replacement)
        if new is not None:
            yield (new.segment, new.start), product.transcript.text_at(span)


def _outputs(study: Study, place: str) -> tuple[OutputFacts, ...]:
    return facts_from_log(study.log.events()).at(place)


def _code_in(study: Study, code: str, place: str, tier: str) -> str:
    return code if place == "drafts" else tier_code(study.contents, code, tier)


def _place_of(event: AuditEvent) -> _Place:
    detail = event.detail or {}
    return str(detail["output"]), int(str(detail["segment"])), int(str(detail["start"]))
