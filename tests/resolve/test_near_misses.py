import pytest

from deid.resolve.near_misses import is_near, sound_of


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("thackray", "thackwray"),
        ("philips", "phillips"),
        ("fillips", "phillips"),
        ("okonjo", "okonja"),
        ("quillfeathers", "quillfeather"),
        ("rosalynd", "rosalind"),
        ("venkatragavan", "venkataraghavan"),
    ],
)
def test_one_slip_is_near(word: str, name: str) -> None:
    assert is_near(word, name)


@pytest.mark.parametrize(
    ("word", "name"),
    [("thornton", "thackwray"), ("darren", "warren"), ("marian", "gillian"), ("anna", "anne"), ("vane", "vane")],
)
def test_another_name_is_not(word: str, name: str) -> None:
    assert not is_near(word, name)


def test_what_sounds_alike_has_one_key() -> None:
    assert sound_of("knight") == sound_of("night")
    assert sound_of("phillips") == sound_of("filips")
    assert sound_of("wray") == sound_of("ray")
    assert sound_of("stephen") == sound_of("steven")
    assert sound_of("vane") != sound_of("bane")
