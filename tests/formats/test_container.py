import io
import stat
import zipfile

import pytest

from deid.errors import FormatError
from deid.formats._container import open_container, read_part, text_parts, write_container


def packed(*names: str, data: bytes = b"x", change: object = None) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as container:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if callable(change):
                change(entry)
            container.writestr(entry, data)
    return output.getvalue()


def link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "a/../../b", "C:/a.xml", "..\\a.xml", "\\\\server\\a"])
def test_names_that_leave_the_container_are_refused(name: str) -> None:
    with pytest.raises(FormatError, match="points outside"):
        open_container(packed(name))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a.xml", "a.xml"), ("a.xml", "A.XML")])
def test_a_name_that_comes_twice_is_refused(names: tuple[str, str]) -> None:
    with pytest.raises(FormatError, match="same name"):
        open_container(packed(*names))


def test_links_and_encrypted_parts_are_refused() -> None:
    with pytest.raises(FormatError, match="symbolic link"):
        open_container(packed("a", change=link))
    source = bytearray(packed("a"))
    at = source.index(b"PK\x01\x02")
    source[at + 8] |= 1
    with pytest.raises(FormatError, match="encrypted"):
        open_container(bytes(source))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FormatError, match="bomb"):
        open_container(packed("a", data=bytes(80 * 1024 * 1024)))
    with pytest.raises(FormatError, match="more than"):
        open_container(packed(*(f"{number}" for number in range(20_001)), data=b""))


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    source = bytearray(packed("a", data=b"word" * 999))
    at = source.index(b"PK\x01\x02")
    source[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(FormatError, match="damaged"):
        read_part(open_container(bytes(source)), "a")


@pytest.mark.parametrize("keep", [0, 1, 10, 50, -1, -22])
def test_a_cut_container_is_refused(keep: int) -> None:
    with pytest.raises(FormatError, match="damaged"):
        open_container(packed("a", "b")[:keep])


def test_the_same_parts_give_the_same_bytes_without_time_or_place() -> None:
    parts = {"mimetype": b"word", "a/b.xml": b"<a/>" * 50}
    once = write_container(parts, stored=["mimetype"])
    assert once == write_container(parts, stored=["mimetype"])
    entries = open_container(once).infolist()
    assert [entry.filename for entry in entries] == list(parts)
    assert {(entry.date_time, entry.create_system, entry.external_attr, entry.extra) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o644 << 16, b"")
    }
    assert [entry.compress_type for entry in entries] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
    assert dict(text_parts(once))["a/b.xml"] == "<a/>" * 50
