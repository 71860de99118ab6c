"""The gate for withdrawn people: text, raw parts, and not our own replacements."""

from deid.check.withdrawn import leaks_of_withdrawn
from deid.digests import form_digest
from deid.model import Leak, Segment

WATCH = bytes(32)
DIGESTS = {form_digest(WATCH, ["fennimore"])}


def leaks(text: str, part: str = "", own: str = "", *, is_ours: bool = False) -> tuple[Leak, ...]:
    return leaks_of_withdrawn(
        (Segment("speech", text, 3),),
        (("docProps/core.xml", part),),
        watch=WATCH,
        digests=DIGESTS,
        longest=1,
        ours=lambda *_: is_ours,
        own_texts=(own,) if own else (),
    )


def test_a_withdrawn_name_blocks_in_text_and_in_raw_parts() -> None:
    assert [(leak.where, leak.turn) for leak in leaks("Fennimore's car")] == [("segment 1 (speech)", 3)]
    assert [leak.where for leak in leaks("", "<dc:creator>Fennimore</dc:creator>")] == ["part docProps/core.xml"]
    assert leaks("", "Fennim&#111;re") and not leaks("nobody", "nobody")


def test_our_own_replacements_do_not_block() -> None:
    assert not leaks("[Fennimore]", "[Fennimore]", "[Fennimore]", is_ours=True)
