"""What was missed and what was lost, each with its context. This is identifying text: it goes only into a file that
the user names, and never into a study or a git tree, where it would be kept and shared."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from deid.errors import AskedWrongly
from deid.evaluate.gold import Gold
from deid.evaluate.linking import mixed
from deid.evaluate.masked import Masked
from deid.evaluate.score import hidden_characters, lost_characters, words_in, words_outside

_CONTEXT = 60
_WHERE_NOT = {".git": "a git tree", "vault.deid": "a study", "deid.toml": "a study"}


@dataclass(frozen=True, slots=True)
class Slip:
    """kind: missed (a mention stayed), lost (words outside all spans went), keep_lost (words that had to stay went),
    merged (a mention whose `entity`, in the system's eyes, is several things)."""

    id: str
    kind: str
    category: str
    direct: bool
    recogniser: str
    text: str = field(repr=False)
    context: str = field(repr=False)
    entity: str = ""


def slips(golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]]) -> Iterator[Slip]:
    """Every slip in the order of the texts; what was wrongly merged comes last, entity by entity."""
    for gold in golds:
        hidden = hidden_characters(gold.text, masked[gold.id])
        for span in gold.spans:
            is_hidden = all(all(hidden[start:end]) for start, end in words_in(gold.text, span.start, span.end))
            if not span.optional and not is_hidden:
                yield _slip(gold, "missed", span.start, span.end, span.category, span.direct)
        outside = words_outside(gold)
        for mask in masked[gold.id]:
            gone = lost_characters(gold.text, [mask])
            lost = [(start, end) for start, end in outside if any(gone[start:end])]
            if lost:
                start, end = lost[0][0], lost[-1][1]
                kept = any(keep.start < end and start < keep.end for keep in gold.keep)
                yield _slip(gold, "keep_lost" if kept else "lost", start, end, mask.category, False, mask.recogniser)
    for gold, mention, found in sorted(mixed(golds, masked), key=lambda each: each[2].entity):
        slip = _slip(gold, "merged", mention.start, mention.end, mention.category, mention.direct, found.recogniser)
        yield replace(slip, entity=found.entity)


def write_slips(path: Path, found: Iterator[Slip]) -> int:
    """One JSON object a line; how many. Raises AskedWrongly where the file would be kept or shared."""
    refuse_shared(path)
    lines = [json.dumps(asdict(slip), ensure_ascii=False) + "\n" for slip in found]
    try:
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError:
        raise AskedWrongly("this file cannot be written", where=str(path)) from None
    return len(lines)


def refuse_shared(path: Path) -> None:
    """Raises AskedWrongly if the file would lie inside a study or a git tree, through any symbolic link."""
    for folder in path.resolve().parents:
        for name, what in _WHERE_NOT.items():
            if (folder / name).exists():
                hint = "name a file outside: it will hold names that were missed"
                raise AskedWrongly(f"this file would lie inside {what}", where=str(path), hint=hint)


def _slip(gold: Gold, kind: str, start: int, end: int, category: str, direct: bool, recogniser: str = "") -> Slip:
    context = f"{gold.text[max(0, start - _CONTEXT) : start]}⟨{gold.text[start:end]}⟩{gold.text[end : end + _CONTEXT]}"
    return Slip(gold.id, kind, str(category), direct, recogniser, gold.text[start:end], context)
