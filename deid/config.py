"""One TOML file -> one frozen Settings. An unknown key is an error that names the nearest valid key."""

import difflib
import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deid.errors import SettingsError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Detect(_Section):
    """Which models and recognisers read the text, and how sure they must be."""

    models: tuple[Literal["spacy", "rampart"], ...] = ("spacy", "rampart")
    recognisers: tuple[str, ...] = ()  # empty: all of them, in the order of their names
    rampart_cut: float = Field(default=0.2, ge=0.05, le=0.95)
    second_reading: bool = True
    workers: int = Field(default=1, ge=1, le=64)
    cache: bool = True


class Region(_Section):
    """The region pack: a name under configs/regions, or a folder of the user's own."""

    pack: str = "kent-medway"


class Policy(_Section):
    """What each category becomes. A name under configs/policies, or a file of the user's own."""

    tier: Literal["team", "archive", "public"] = "archive"
    file: str = ""
    public_facts: Literal["", "keep", "token"] = ""


class Formats(_Section):
    """What happens to the parts of a file that are not plain speech."""

    tracked_changes: Literal["accept", "refuse", "keep"] = "accept"
    images: Literal["drop", "keep"] = "drop"
    largest_file_mib: int = Field(default=200, ge=1)


class VaultPlace(_Section):
    """Where the vault lies and what one guess at its passphrase costs."""

    path: str = ""
    memory_mib: int = Field(default=256, ge=64, le=2048)
    passes: int = Field(default=3, ge=1, le=16)


class Storage(_Section):
    """Who approved a synchronised folder, if one is used."""

    approved_by: str = ""


class Report(_Section):
    """What the ethics board wants to see on the report's first page."""

    approval_reference: str = ""
    review_by: str = ""
    destroy_key_by: str = ""


class Risk(_Section):
    """How many people hold such a post: `[risk.population]` "named nurse" = 14."""

    population: dict[str, int] = Field(default_factory=dict)


class Settings(_Section):
    detect: Detect = Detect()
    region: Region = Region()
    policy: Policy = Policy()
    formats: Formats = Formats()
    vault: VaultPlace = VaultPlace()
    storage: Storage = Storage()
    report: Report = Report()
    risk: Risk = Risk()


def read_settings(path: Path) -> Settings:
    """Settings from a TOML file. Raises SettingsError naming file, key and the nearest valid key."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("the settings cannot be read", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"this is not valid TOML ({error})", where=str(path)) from error
    return check_settings(values, where=str(path))


def check_settings(values: dict[str, object], *, where: str) -> Settings:
    """Settings from plain values. Raises SettingsError for the first key or value that is wrong."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"there is no setting {key}", where=where, hint=_nearest(key)) from None
        raise SettingsError(f"{key}: {first['msg']}", where=where) from None


def configs() -> Path:
    """The folder of policies and region packs: inside the wheel, or beside the package in a checkout."""
    packaged = Path(str(resources.files("deid"))) / "configs"
    return packaged if packaged.is_dir() else packaged.parent.parent / "configs"


def _nearest(key: str) -> str:
    known = [
        f"{section}.{name}"
        for section, field in Settings.model_fields.items()
        for name in getattr(field.annotation, "model_fields", {})
    ] + list(Settings.model_fields)
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else "docs/reference/settings.md lists every setting"
