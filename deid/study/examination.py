"""What `deid doctor` looks at: the Python, the models, the region pack, the folders, and that nothing goes online."""

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.config import Settings, read_settings
from deid.detect.models import check_models, model_digests
from deid.errors import DeidError
from deid.region import load_region
from deid.study.folder import SETTINGS, vault_path
from deid.vault.disk import is_open_to_others
from deid.vault.place import refusal_for


@dataclass(frozen=True, slots=True)
class Examined:
    what: str
    is_well: bool
    says: str
    hint: str = ""


def examine(folder: Path, environment: Mapping[str, str]) -> tuple[Examined, ...]:
    settings = read_settings(folder / SETTINGS) if (folder / SETTINGS).exists() else Settings()
    return tuple(_all(folder, settings, environment))


def _all(folder: Path, settings: Settings, environment: Mapping[str, str]) -> Iterator[Examined]:
    yield _python()
    yield _models(settings)
    yield _region(settings)
    yield _vault(folder, settings, environment)
    yield Examined(
        "network", True, "deid opens no connection but its own page's, on this computer; every test blocks sockets"
    )


def _python() -> Examined:
    return Examined("Python", True, platform.python_version())


def _models(settings: Settings) -> Examined:
    try:
        check_models(settings)
    except DeidError as error:
        return Examined("models", False, str(error), error.hint)
    shown = ", ".join(f"{name} {digest[:12]}" for name, digest in sorted(model_digests().items()))
    return Examined("models", True, shown)


def _region(settings: Settings) -> Examined:
    try:
        region = load_region(settings.region.pack)
    except DeidError as error:
        return Examined("region pack", False, str(error), error.hint)
    return Examined("region pack", True, f"{region.name}: {len(region.places)} places, {len(region.agencies)} agencies")


def _vault(folder: Path, settings: Settings, environment: Mapping[str, str]) -> Examined:
    path = vault_path(folder, settings, environment)
    refusal = refusal_for(path, folder, environment)
    if refusal:
        return Examined("vault", False, f"{path}: {refusal.message}", refusal.hint)
    if not path.exists():
        return Examined("vault", True, f"{path}: no study there yet")
    if is_open_to_others(path):
        return Examined("vault", False, f"{path}: other users of this computer can read it", "chmod 600 it")
    return Examined("vault", True, f"{path}: lies well")
