"""A zip of transcripts is walked: each file is a source of its own; what is not safe is refused and named."""

import io
import zipfile
from pathlib import Path

import pytest

from deid.config import Formats, Settings
from deid.study.archives import read_source
from deid.study.sources import collect

TALK = b"INT: Did you tell anybody?\nP02: No.\n"


def packed(files: dict[str, bytes], **options: int) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return output.getvalue()


def collected(folder: Path, data: bytes, settings: Settings | None = None):
    folder.mkdir(exist_ok=True)
    (folder / "interviews.zip").write_bytes(data)
    return collect([folder], study=folder.parent / "study", settings=settings or Settings())


def test_every_file_inside_is_a_source(tmp_path: Path) -> None:
    data = packed({"b/P03.txt": TALK, "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\nNo.\n", "__MACOSX/._a.srt": b"x",
                   "b/.DS_Store": b"x", "c.mp3": b"ID3"})  # fmt: skip
    found = collected(tmp_path / "in", data)
    assert {source.path.name: source.format for source in found.sources} == {"a.srt": "srt", "P03.txt": "txt"}
    assert not found.refusals
    assert [reason for _, reason in found.passed_over] == ["a recording"]
    for source in found.sources:
        assert "interviews.zip!" in source.path.parts
        assert read_source(source.path) == source.data


def test_a_file_that_is_gone_from_the_archive_is_not_there(tmp_path: Path) -> None:
    source = collected(tmp_path / "in", packed({"a.txt": TALK})).sources[0]
    collected(tmp_path / "in", packed({"b.txt": TALK}))
    with pytest.raises(OSError):
        read_source(source.path)


def test_archives_inside_and_unknown_files_are_refused_by_name(tmp_path: Path) -> None:
    data = packed({"a.txt": TALK, "more.zip": packed({"b.txt": TALK}), "x.exe": b"MZ", "empty.txt": b""})
    found = collected(tmp_path / "in", data)
    assert [source.path.name for source in found.sources] == ["a.txt"]
    assert {refusal.path.name for refusal in found.refusals} == {"more.zip", "x.exe", "empty.txt"}
    assert all(refusal.error.exit_code == 3 for refusal in found.refusals)


@pytest.mark.parametrize(
    "data",
    [
        packed({"../../a.txt": TALK}),
        packed({"/etc/a.txt": TALK}),
        packed({"a.txt": b"0" * 70_000_000}, compression=zipfile.ZIP_DEFLATED),
        packed({"a.txt": TALK, "A.TXT": TALK}),
        packed({"a.txt": TALK})[:-30],
    ],
    ids=["points outside", "absolute", "bomb", "twice", "cut short"],
)
def test_an_archive_that_is_not_safe_is_refused_whole(tmp_path: Path, data: bytes) -> None:
    found = collected(tmp_path / "in", data)
    assert not found.sources
    assert [refusal.path.name for refusal in found.refusals] == ["interviews.zip"]
    assert not list((tmp_path).rglob("a.txt"))


def test_a_file_inside_keeps_to_the_limit_of_files(tmp_path: Path) -> None:
    settings = Settings(formats=Formats(largest_file_mib=1))
    found = collected(tmp_path / "in", packed({"a.txt": b"yes " * 400_000}, compression=zipfile.ZIP_DEFLATED), settings)
    assert not found.sources
    assert "1 MiB" in str(found.refusals[0].error)
