"""One short line for the board's minutes, which fixes what the log held on a day."""

import hashlib
import re
from dataclasses import dataclass

from deid.audit.chain import Checkpoint
from deid.errors import AskedWrongly

NAME = "deid-anchor-1"
# deid-anchor-1 <fingerprint> <size> <root> 2026-03-02 <check>; a retyped line may be broken or in capitals.
_ANCHOR = re.compile(
    r"deid-anchor-1\s+([0-9a-f]{32})\s+([0-9]{1,15})\s+([0-9a-f\s]{64,80}?)\s+([0-9]{4}-[0-9]{2}-[0-9]{2})\s+([0-9a-f]{4})\b",
    re.IGNORECASE,
)


# 7076-64c7-0e11-... as it stands on the ethics form, or the same without its hyphens.
_FINGERPRINT = re.compile(r"\b(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    fingerprint: str
    size: int
    root: str
    date: str


def anchor_line(checkpoint: Checkpoint) -> str:
    """The line that a board copies into its minutes."""
    return write_anchor(Anchor(checkpoint.origin, checkpoint.size, checkpoint.root, checkpoint.time[:10]))


def write_anchor(anchor: Anchor) -> str:
    """The anchor as one line that `read_anchors` takes back."""
    body = f"{NAME} {anchor.fingerprint} {anchor.size} {anchor.root} {anchor.date}"
    return f"{body} {_check(body)}"


def read_anchors(text: str) -> tuple[Anchor, ...]:
    """Every anchor in a text, with other words around them or not. Raises AskedWrongly when there is none."""
    found = tuple(_read(match) for match in _ANCHOR.finditer(text))
    if len(found) < len(re.findall(NAME, text, re.IGNORECASE)) or not found:
        raise AskedWrongly(
            "there is no whole anchor here",
            hint=f"an anchor is one line that begins with {NAME}; a fingerprint has eight groups of four signs",
        )
    return found


def read_given(text: str) -> tuple[tuple[Anchor, ...], tuple[str, ...]]:
    """Every anchor and every fingerprint in a text: either may be what a board has kept."""
    prints = tuple(match[0].replace("-", "").lower() for match in _FINGERPRINT.finditer(_ANCHOR.sub(" ", text)))
    if prints and NAME not in text.lower():
        return (), prints
    return read_anchors(text), prints


def _read(match: re.Match[str]) -> Anchor:
    fingerprint, size, root, date, check = (part.lower() for part in match.groups())
    root = re.sub(r"\s", "", root)
    anchor = Anchor(fingerprint, int(size), root, date)
    if not write_anchor(anchor).endswith(f" {check}"):
        raise AskedWrongly("the anchor has a slip of the pen in it", hint="compare it with the minutes, digit by digit")
    return anchor


def _check(body: str) -> str:
    return hashlib.sha256(body.encode("ascii")).hexdigest()[:4]
