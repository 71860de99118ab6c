"""Where a vault, or anything else that holds originals, may lie.

Never among the files that are given away, and never in version control: nobody takes back a push. In a synchronised
folder only with somebody's name to it: copies there outlive a withdrawal, and the service can read what it stores.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.errors import AskedWrongly

GIVEN_AWAY = ("drafts", "releases")
_VERSION_CONTROL = (".git", ".hg", ".svn", ".jj")

# Folders that a service makes or mounts, by their names: "OneDrive - University of Kent", "GoogleDrive-a@b.example".
_SERVICES = {
    "OneDrive": re.compile(r"onedrive(?:[ -].*)?"),
    "iCloud Drive": re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"),
    "Dropbox": re.compile(r"dropbox(?: \(.*\)|-.*)?"),
    "Google Drive": re.compile(r"google ?drive(?:-.*)?|drivefs"),
    "Nextcloud": re.compile(r"nextcloud|owncloud"),
    "Box": re.compile(r"box sync|box-box"),
    "MEGA": re.compile(r"megasync|mega"),
    "another cloud service": re.compile(r"cloudstorage|pclouddrive|synologydrive|proton ?drive|tresorit"),
}
# What a service leaves at the top of a folder that has another name.
_MARKERS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "OneDrive": (".849C9593-D756-4E56-8D6E-42412F2A707B",),
    "Google Drive": (".tmp.driveupload", ".tmp.drivedownload"),
    "Nextcloud": (".owncloudsync.log", ".nextcloudsync.log"),
    "Syncthing": (".stfolder",),
}
# Windows tells every program where OneDrive is, also when Documents has been redirected into it.
_VARIABLES = {"OneDrive": ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")}


@dataclass(frozen=True, slots=True)
class Refusal:
    """kind: given_away, version_control or synchronised; only the last can be approved."""

    kind: str
    message: str
    hint: str


def check_place(vault: Path, study: Path, *, approved_by: str, environment: Mapping[str, str]) -> None:
    """Raises AskedWrongly where a vault may not lie; in a synchronised folder `approved_by` must name somebody."""
    refusal = refusal_for(vault, study, environment)
    if refusal is None or (refusal.kind == "synchronised" and approved_by.strip()):
        return
    raise AskedWrongly(refusal.message, where=str(vault), hint=refusal.hint)


def refusal_for(path: Path, study: Path, environment: Mapping[str, str]) -> Refusal | None:
    """Why originals must not lie at this path, or None. Looks at the path as given and at where its links lead."""
    for place in dict.fromkeys((path.absolute(), path.resolve())):
        if any(is_under(place, study.resolve() / name) for name in GIVEN_AWAY):
            return Refusal(
                "given_away",
                "the vault cannot lie among drafts or releases: these folders are made to be given away",
                "leave it in the study's folder, or name an encrypted stick with [vault] path or DEID_VAULT",
            )
        if is_version_controlled(place):
            return Refusal(
                "version_control",
                "the vault cannot lie in a folder under version control: what is pushed once cannot be taken back",
                "keep the study outside the repository (--study), or the vault alone ([vault] path or DEID_VAULT)",
            )
        if service := sync_service(place, environment):
            return Refusal(
                "synchronised",
                f"this folder is synchronised by {service}: copies would leave this machine and outlive a withdrawal",
                "choose a folder that is not synchronised, or name who approved it in [storage] approved_by",
            )
    return None


def is_version_controlled(path: Path) -> bool:
    return any((folder / mark).exists() for folder in path.parents for mark in _VERSION_CONTROL)


def sync_service(path: Path, environment: Mapping[str, str]) -> str:
    """The service that synchronises this path, or "" where none is known of."""
    for folder in path.parents:
        for service, name in _SERVICES.items():
            if name.fullmatch(folder.name.casefold()):
                return service
        for service, marks in _MARKERS.items():
            if any((folder / mark).exists() for mark in marks):
                return service
    for service, variables in _VARIABLES.items():
        if any(is_under(path, Path(environment[name])) for name in variables if environment.get(name)):
            return service
    return "iCloud Drive" if _is_desktop_in_icloud(path, environment) else ""


def is_under(path: Path, folder: Path) -> bool:
    """Whether the path lies in the folder, on file systems that tell case from case and on those that do not."""
    parts = tuple(part.casefold() for part in folder.parts)
    return tuple(part.casefold() for part in path.parts[: len(parts)]) == parts


def _is_desktop_in_icloud(path: Path, environment: Mapping[str, str]) -> bool:
    """macOS can keep Desktop and Documents in iCloud under their usual names; iCloud then has folders so named."""
    home = environment.get("HOME")
    if not home:
        return False
    cloud = Path(home) / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    return any(is_under(path, Path(home) / name) and (cloud / name).exists() for name in ("Desktop", "Documents"))
