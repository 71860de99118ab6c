"""Verify a study's log and its files: reads outputs as their formats do, and needs neither key nor vault."""

from pathlib import Path

from deid.audit.verify import Verification, verify
from deid.config import Formats
from deid.errors import AskedWrongly, LogError
from deid.formats import choose
from deid.model import Segment
from deid.study.folder import DRAFTS, LOG

_LARGEST_ANCHOR = 1_000_000


def verify_study(folder: Path, *, anchor: str = "", release: Path | None = None) -> Verification:
    """The study's log with its drafts; or, with `release`, that folder and the public copy of the log in it.

    A release that lies in the study is held against the study's own log, which knows of later withdrawals.
    """
    is_here = release is not None and (folder / LOG).exists() and release.resolve().is_relative_to(folder.resolve())
    if release is not None and (release / LOG).exists() and not is_here:
        log, drafts = release / LOG, None
    else:
        log, drafts = folder / LOG, folder / DRAFTS
    if not log.exists():
        raise AskedWrongly("there is no audit log here", where=str(log), hint="name the study with --study")
    return verify(
        log, anchor=anchor_text(anchor), release=release, drafts=drafts if drafts else None, read_segments=read_segments
    )


def read_segments(path: Path) -> tuple[Segment, ...]:
    data = path.read_bytes()
    return tuple(choose.choose(path.name, data).read(data, Formats()))


def read_parts(path: Path) -> tuple[tuple[str, str], ...]:
    """(name, text) of every part of a file, what no reader shows included."""
    data = path.read_bytes()
    return tuple(choose.choose(path.name, data).parts(data))


def anchor_text(given: str) -> str:
    """An anchor line, or the text of a file that holds one."""
    path = Path(given) if given and len(given) < 1024 else None
    try:
        if path is None or not path.is_file():
            return given
        if path.stat().st_size > _LARGEST_ANCHOR:
            raise AskedWrongly("this is no anchor: the file is too large", where=str(path))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise LogError("the anchor cannot be read", where=given[:80]) from error
