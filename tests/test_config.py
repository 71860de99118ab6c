import re
import tomllib
from pathlib import Path

import pytest

from deid.config import Settings, check_settings, read_settings
from deid.errors import SettingsError

PAGE = Path(__file__).parent.parent / "docs/reference/settings.md"


def test_the_documented_file_is_the_defaults() -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    documented = tomllib.loads(block[1])
    assert check_settings(documented, where="docs") == Settings()
    defaults = Settings().model_dump(mode="json")
    assert {(section, key) for section, keys in documented.items() for key in keys} == {
        (section, key) for section, keys in defaults.items() for key in keys
    }


@pytest.mark.parametrize(
    ("values", "said", "hint"),
    [
        ({"detect": {"model": ["spacy"]}}, "there is no setting detect.model", "detect.models"),
        ({"polcy": {}}, "there is no setting polcy", "policy"),
        ({"detect": {"workers": 0}}, "detect.workers", ""),
        ({"policy": {"tier": "everybody"}}, "policy.tier", ""),
    ],
)
def test_a_wrong_key_or_value_is_named(values: dict[str, object], said: str, hint: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)) as caught:
        check_settings(values, where="deid.toml")
    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("content", [b"[detect\n", b"\xff\xfe", b"a = = 1"])
def test_a_file_that_is_no_toml_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deid.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert str(path) in str(caught.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().detect.workers = 3  # type: ignore[misc]
