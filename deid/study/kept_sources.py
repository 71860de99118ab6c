"""Sealed copies of the sources beside the vault, for whoever chooses to keep them there rather than in a folder."""

from collections.abc import Iterable
from pathlib import Path

from deid.errors import SourceError
from deid.study.archives import read_source
from deid.study.folder import Study
from deid.study.outputs import sha256, write_whole
from deid.vault.contents import Source
from deid.vault.kept_source import open_source, seal_source

SUFFIX = ".sealed"


def kept_folder(study: Study) -> Path:
    return study.vault.path.with_name(f"{study.vault.path.name}.sources")


def keep_sources(study: Study, actor: str = "deid") -> int:
    """Seal a copy of every source that lies where it lay, as it was. How many; a changed or absent one is an error."""
    with study.writing() as contents:
        copies = {source.code: _data(source) for source in contents.sources}
        for code, data in copies.items():
            sealed = seal_source(data, code, contents.salts[code], study.random)
            write_whole(_path(study, code), sealed, study.random)
        study.record([("sources_kept", {"files": len(copies)})], actor)
    return len(copies)


def kept_source(study: Study, source: Source) -> bytes | None:
    """The sealed copy of this source, None where none was kept or the source has changed since."""
    path = _path(study, source.code)
    if not path.exists() or source.code not in study.contents.salts:
        return None
    data = open_source(path.read_bytes(), source.code, study.contents.salts[source.code])
    return data if sha256(data) == source.sha256 else None


def forget_kept(study: Study, codes: Iterable[str]) -> None:
    for code in codes:
        _path(study, code).unlink(missing_ok=True)


def _path(study: Study, code: str) -> Path:
    return kept_folder(study) / f"{code}{SUFFIX}"


def _data(source: Source) -> bytes:
    try:
        data = read_source(Path(source.path))
    except OSError as error:
        raise SourceError("the source of this transcript is not where it was", where=source.code) from error
    if sha256(data) != source.sha256:
        raise SourceError(
            "the source of this transcript has changed since its last run", where=source.code, hint="deid run it again"
        )
    return data
