"""The releases that a tier has had: the next number, and whether the last one lies as it was written."""

from pathlib import Path

from deid.errors import Held
from deid.study.folder import RELEASES, Study
from deid.study.outputs import sha256


def next_folder(study: Study, tier: str) -> Path:
    tiers = study.folder / RELEASES / tier
    taken = [int(path.name) for path in tiers.iterdir() if path.name.isdigit()] if tiers.is_dir() else []
    return tiers / str(max(taken, default=0) + 1)


def latest(study: Study, tier: str) -> Path | None:
    folder = next_folder(study, tier)
    before = folder.with_name(str(int(folder.name) - 1))
    return before if before.is_dir() else None


def refuse_edited(study: Study, tier: str) -> None:
    """Raises Held where a file of the last release is not as the log says: what changed could not be told rightly.

    A file that is gone is no edit: a withdrawal takes it away.
    """
    before = latest(study, tier)
    if before is None:
        return
    name = f"{tier}/{before.name}"
    for file, digest in sorted(_written(study, name).items()):
        path = before / file
        if path.is_file() and sha256(path.read_bytes()) != digest:
            raise Held(
                "a file of the last release was changed by hand, so what is new in the next one cannot be told",
                where=f"{RELEASES}/{name}/{file}",
                hint="put back the file that was released (a copy, or the .zip that was sent), then release again",
            )


def _written(study: Study, name: str) -> dict[str, str]:
    """The files of a release with their digests, as the log has them."""
    intents = [event.detail for event in study.log.events() if event.action == "release_intent" and event.detail]
    files = next((detail["files"] for detail in reversed(intents) if detail["release"] == name), None)
    return {str(file): str(digest) for file, digest in files.items()} if isinstance(files, dict) else {}
