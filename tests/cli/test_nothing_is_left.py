"""Planted names, searched byte by byte in everything that a study's whole life leaves behind it.

Nothing is left out: the vault, its sealed copies and the backup are searched too, for they are sealed.
"""

import tempfile
from pathlib import Path

import pytest

from deid.study.folder import Study
from tests.cli.test_vault import OTHER, Deid
from tests.cli.test_vault import deid as deid  # the fixtures
from tests.cli.test_vault import study as study
from tests.study.vault.test_withdrawal import token_of

PLANTED = ("Quillfeather", "Oddington", "Wilhelmina", "Pargeter", "900123")
# One command a line; FOLDER is a stick.
LIFE = """\
vault recipients add --sheet FOLDER/sheet
vault recipients add orla
vault passphrase --recipient orla
vault rotate
vault keep-sources
vault watchlist --out FOLDER/list
backup --to FOLDER
audit verify
audit report --out FOLDER/report.html
roster consent P02 archive
vault reveal TOKEN --reason no
vault withdraw P01 --yes
vault withdraw P01 --confirm first
vault status --json
audit verify --json
audit export --out FOLDER/log.csv
vault watchlist --out FOLDER/list --no-quotations
backup --to FOLDER
vault destroy --yes --fingerprint FINGERPRINT
vault status
"""


def test_no_planted_name_is_left_anywhere(
    deid: Deid, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEID_NEW_PASSPHRASE", OTHER)
    for folder in ("temporary", "stick"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    words = {"TOKEN": token_of(study, "Barnabas Quillfeather"), "FINGERPRINT": study.log.fingerprint}
    said = b""
    for line in LIFE.splitlines():
        parts = [words.get(part, part.replace("FOLDER", str(tmp_path / "stick"))) for part in line.split()]
        code, out, err = deid(*parts)
        assert code == (2 if "--reason no" in line else 0), f"{line}: {err}"
        said += (out + err).encode()
        _search(
            {line: said, **_files(tmp_path / "study"), **_files(tmp_path / "temporary"), **_files(tmp_path / "stick")}
        )


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _search(found: dict[str, bytes]) -> None:
    for name in PLANTED:
        for encoding in ("utf-8", "utf-16-le"):
            for form in {name, name.lower(), name.upper()}:
                holders = [where for where, data in found.items() if form.encode(encoding) in data]
                assert not holders, f"{len(holders)} places: {holders[0]}"
        assert not [where for where in found if name.lower() in Path(where).name.lower()]
