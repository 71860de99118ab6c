"""Archives of transcripts: each file inside is a source of its own, called `interviews.zip!/P02.docx`."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from deid.config import Settings
from deid.errors import FormatError
from deid.formats import choose
from deid.formats._container import open_container, read_part

SUFFIX = ".zip"
_INSIDE = "!"
# A study has some dozens of transcripts. Everything inside is held in memory until it is written.
_MOST_FILES = 2_000
_MOST_BYTES = 512 * 1024 * 1024
_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".zst"})


def is_archive(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == SUFFIX and head.startswith(b"PK")


def members(path: Path, data: bytes, settings: Settings) -> Iterator[tuple[Path, bytes | FormatError]]:
    """Every file inside, in the order of their names, or why it cannot be taken.

    Raises FormatError for an archive that is damaged, a bomb, or reaches outside of itself.
    """
    container = open_container(data)
    names = sorted(name for name in container.namelist() if not name.endswith("/") and not _is_clutter(name))
    sizes = {name: container.getinfo(name).file_size for name in names}
    if len(names) > _MOST_FILES or sum(sizes.values()) > _MOST_BYTES:
        raise FormatError(
            f"the archive holds more than {_MOST_FILES:,} files or {_MOST_BYTES // 2**20} MiB",
            hint="unpack it and give deid the folder",
        )
    for name in names:
        inside = member_path(path, name)
        if PurePosixPath(name).suffix.lower() in _ARCHIVES:
            yield inside, FormatError("an archive inside an archive is not opened", hint="unpack it first")
        elif sizes[name] > settings.formats.largest_file_mib * 2**20:
            yield inside, FormatError(f"this file is over {settings.formats.largest_file_mib} MiB", hint="split it")
        else:
            try:
                yield inside, read_part(container, name)
            except FormatError as error:
                yield inside, error


def member_path(archive: Path, name: str) -> Path:
    return archive.with_name(archive.name + _INSIDE) / PurePosixPath(name.replace("\\", "/"))


def read_source(path: Path) -> bytes:
    """The bytes of a source, inside an archive or not. Raises OSError where it is not there any more."""
    for above in path.parents:
        if above.name.lower().endswith(SUFFIX + _INSIDE) and not above.exists():
            archive = above.with_name(above.name.removesuffix(_INSIDE))
            container = open_container(archive.read_bytes())
            wanted = path.relative_to(above).as_posix()
            for name in container.namelist():
                if name.replace("\\", "/") == wanted:
                    return read_part(container, name)
            raise FileNotFoundError(wanted)
    return path.read_bytes()


def _is_clutter(name: str) -> bool:
    """`__MACOSX/._P02.docx` and folders that begin with a dot hold no transcripts."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or part.startswith(".") for part in parts[:-1]) or choose.skippable(name)
