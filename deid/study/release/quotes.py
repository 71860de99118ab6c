"""`deid quotes`: every quotation of a paper against the released text, and original forms that must not be in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from deid.digests import form_digest, meetings
from deid.fold import fold, words
from deid.model import Product, Span
from deid.risk.assess import assess
from deid.risk.quotations import find_quotations
from deid.risk.quoting import ABSENT, CHANGED, Quoted, Stretch, Together, check_quotations, together, unmarked
from deid.risk.released import Piece, Released
from deid.spans import Shift
from deid.study.codes import is_interviewer
from deid.study.folder import Study
from deid.study.forms import rules_of_forms
from deid.study.released import put, released_of
from deid.study.render import Rendered


@dataclass(frozen=True, slots=True)
class Original:
    """A form of the study that stands in the paper: where, and its keyed digest; never what it says.

    paragraph: 0 for what tracked changes have deleted.
    """

    paragraph: int
    digest: str


@dataclass(frozen=True, slots=True)
class Checked:
    """quoted: each quotation; becomes: how it has to read in the target tier, where one was asked for."""

    quoted: tuple[Quoted, ...] = field(repr=False)
    becomes: tuple[str, ...] = field(repr=False)
    originals: tuple[Original, ...]
    together: tuple[Together, ...]

    @property
    def exit_code(self) -> int:
        """1 where something original stands in the paper: the one finding that nobody may overlook."""
        return 1 if self.originals else 0


def check_paper(
    study: Study,
    paragraphs: Sequence[str],
    rendered: Rendered,
    target: Rendered | None = None,
    deleted: Sequence[str] = (),
) -> Checked:
    """rendered: the tier that the paper quotes; target: the tier that its readers may see.

    deleted: what tracked changes have taken off the page; no quotations, but the file still holds it.
    """
    released = released_of(study, rendered)
    assessment = assess(released, study.region, study.settings.risk.population)
    marked = find_quotations(paragraphs)
    every = sorted((*marked, *unmarked(paragraphs, marked, released)), key=lambda one: one.paragraph)
    quoted = check_quotations(every, released)
    return Checked(
        quoted,
        tuple(_becomes(one, released, rendered, target) if target else "" for one in quoted),
        (*originals(study, paragraphs), *(replace(one, paragraph=0) for one in originals(study, deleted))),
        tuple(together(quoted, released, assessment.facts, assessment.rows, study.region)),
    )


def originals(study: Study, paragraphs: Sequence[str]) -> Iterator[Original]:
    """Forms that identify by themselves, known by keyed digests: of people who withdrew as well."""
    contents, rules = study.contents, rules_of_forms(study.region)
    watch = contents.keys.watch
    # Interviewers are often the paper's authors; public persons may be cited.
    entities = [entry.entity for entry in contents.entries if entry.entity.part != "interviewer"]
    people = [person for person in contents.roster if not (person.public or is_interviewer(person))]
    forms = {form for entity in entities for form in entity.forms}
    forms |= {form for person in people for form in (person.full_name, *person.aliases)}
    telling = [form for form in forms if rules.is_distinctive(form) and not rules.is_public(form)]
    folded = [[word for _, _, word in words(form)] for form in telling]
    known = {form_digest(watch, parts): len(parts) for parts in folded if parts}
    known |= {form.digest: form.words for form in contents.suppressed.forms if form.alone}
    for number, paragraph in enumerate(paragraphs, 1):
        for _, _, digest in meetings(paragraph, watch, known, max(known.values(), default=1)):
            yield Original(number, digest)


def as_values(checked: Checked) -> dict[str, object]:
    """For --json: paragraphs, codes and turns; the quotations themselves are in the paper already."""
    return {
        "quotations": [
            {
                "paragraph": one.quotation.paragraph,
                "state": one.state,
                "code": one.code,
                "turn": one.turn,
                **({"becomes": becomes} if becomes else {}),
            }
            for one, becomes in zip(checked.quoted, checked.becomes, strict=True)
        ],
        "originals": [{"paragraph": one.paragraph, "fingerprint": one.digest[:16]} for one in checked.originals],
        "together": [
            {"participant": one.who, "paragraphs": list(one.paragraphs), "tells": one.tells} for one in checked.together
        ],
    }


def stands(one: Quoted, becomes: str) -> bool:
    """Whether a quotation reads in the target tier as it does in the paper."""
    return fold(one.quotation.text).split() == fold(becomes).split()


def summary(checked: Checked) -> str:
    states = [one.state for one in checked.quoted]
    return (
        f"{len(states)} quotations: {states.count('found')} found, {states.count(CHANGED)} {CHANGED},"
        f" {states.count(ABSENT)} {ABSENT}; {len(checked.originals)} original forms in the paper"
    )


def _becomes(one: Quoted, released: Released, rendered: Rendered, target: Rendered | None) -> str:
    """The same stretches of the source as the target tier has them, with the paper's omissions between."""
    if target is None or not one.stretches:
        return ""
    talk = next(talk for talk in released.talks if talk.code == one.code)
    before, after = (each.outcome.products[one.code] for each in (rendered, target))
    parts: list[str] = []
    for last, stretch in zip((None, *one.stretches), one.stretches, strict=False):
        text = " ".join(_carried(stretch, talk.turns[stretch.turn].pieces, before, after))
        is_gap = last is not None and last.turn == stretch.turn and stretch.start - last.end > 1
        parts += ["…", text] if is_gap else [text]
    return " ".join(part for part in parts if part)


def _carried(stretch: Stretch, pieces: Sequence[Piece], before: Product, after: Product) -> Iterator[str]:
    """From one tier's text back to the source, and from there to the other tier's."""
    old, new = Shift(before.replacements), Shift(after.replacements)
    for piece in pieces:
        start, end = max(stretch.start, piece.start), min(stretch.end, piece.start + piece.length)
        if start >= end:
            continue
        first, last = old.back(piece.segment, start - piece.start, end - piece.start)
        text = after.transcript.segments[piece.segment].text
        own = sorted((r for r in after.replacements if r.span.segment == piece.segment), key=lambda r: r.span)
        # A replacement that the stretch cuts into comes whole.
        for r in own:
            if r.span.start < last and first < r.span.end:
                first, last = min(first, r.span.start), max(last, r.span.end)
        yield put(text, own)[_place(new, piece.segment, first) : _place(new, piece.segment, last, is_end=True)]


def _place(shift: Shift, segment: int, place: int, *, is_end: bool = False) -> int:
    span = Span(segment, max(place - 1, 0), place) if is_end else Span(segment, place, place + 1)
    moved = shift.forward(span)
    if moved is None:
        return place
    return moved.end if is_end else moved.start
