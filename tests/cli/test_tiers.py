"""Roster, policy and release as they are typed: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from deid.config import configs
from tests.cli.test_main import cheap, fake_models, run
from tests.invented import PASSPHRASE, everything_in, two_sources

__all__ = ["cheap", "fake_models"]
ROSTER = "code,full_name,consent\nP01,Wilhelmina Oddington,archive\nP02,Leopold Brackwater,team\n"


@pytest.fixture
def study(cheap: Path, tmp_path: Path, fake_models: None) -> Path:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    assert deid(cheap, "roster", "import", str(roster))[0] == 0
    assert deid(cheap, "run", str(two_sources(tmp_path / "sources")))[0] == 0
    return cheap


def deid(study: Path, *arguments: str) -> tuple[int, str, str]:
    return run(*arguments, DEID_STUDY=str(study), DEID_PASSPHRASE=PASSPHRASE)


def test_a_row_is_edited_and_the_list_shows_the_consent(study: Path) -> None:
    code, out, _ = deid(study, "roster", "edit", "P02", "--set", "role=Nurse", "--set", "aliases=Leo")
    assert (code, out.strip()) == (0, "changed  P02: aliases, role")
    assert deid(study, "roster", "consent", "P02", "public", "--form", "CF-7")[0] == 0
    code, out, _ = deid(study, "roster", "list")
    assert [line.split() for line in out.splitlines()] == [
        ["P01", "consent:", "archive"],
        ["P02", "consent:", "public"],
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [("role", "COLUMN=VALUE"), ("consent=public", "deid roster consent"), ("nick=Leo", "cannot be edited"),
     ("chosen_pseudonym=Barnabas", "real name")],
)  # fmt: skip
def test_an_edit_that_cannot_be_changes_nothing(study: Path, cell: str, says: str) -> None:
    before = everything_in(study)
    code, out, err = deid(study, "roster", "edit", "P02", "--set", cell)
    assert (code, out) == (2, "")
    assert says in err and "Barnabas" not in err
    assert everything_in(study) == before


def test_a_dry_run_of_the_roster_refuses_what_the_import_would(study: Path, tmp_path: Path) -> None:
    roster = tmp_path / "again.csv"
    roster.write_text("code,full_name,chosen_pseudonym\nP02,Leopold Brackwater,Wilhelmina\n", encoding="utf-8")
    before = everything_in(study)
    for options in (["--dry-run"], []):
        code, out, err = deid(study, "roster", "import", *options, str(roster))
        assert (code, out) == (2, "")
        assert "P02, chosen_pseudonym: the chosen pseudonym is a real name" in err
    assert everything_in(study) == before


def test_a_policy_of_ones_own_lies_in_the_study(study: Path) -> None:
    text = (configs() / "policies" / "archive.toml").read_text(encoding="utf-8")
    (study / "mine.toml").write_text(text.replace('detail = "subregion"', 'detail = "none"'), encoding="utf-8")
    settings = study / "deid.toml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(f'{whole}\n[policy]\nfile = "mine.toml"\n' if "[policy]" not in whole else
                        whole.replace("[policy]\n", '[policy]\nfile = "mine.toml"\n'), encoding="utf-8")  # fmt: skip
    assert deid(study, "release", "--tier", "archive", "--dry-run")[0] == 1
    (study / "mine.toml").unlink()
    code, _, err = deid(study, "release", "--tier", "archive", "--dry-run")
    assert code == 2
    assert f"{study / 'mine.toml'}: the policy cannot be read" in err


def test_a_policy_is_checked_with_file_and_key(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    text = (configs() / "policies" / "public.toml").read_text(encoding="utf-8")
    mine.write_text(text, encoding="utf-8")
    code, out, _ = run("policy", "check", str(mine))
    assert (code, out.strip()) == (0, "mine.toml is a whole policy for the tier public.")
    assert run("policy", "show", "--file", str(mine))[1].startswith("public: ")
    mine.write_text(text.replace('detail = "year"', 'detail = "century"'), encoding="utf-8")
    code, _, err = run("policy", "check", str(mine))
    assert code == 2
    assert f"{mine}: rules.DATE.detail: coarser_date has no such detail" in err


def test_a_dry_run_shows_what_would_leave_and_writes_nothing(study: Path) -> None:
    before = everything_in(study)
    code, out, err = deid(study, "release", "--tier", "archive", "--dry-run")
    assert code == 1
    assert "words replaced" in out and "left out: P02-1 (consent: team only)" in err
    code, out, _ = deid(study, "release", "--tier", "archive", "--dry-run", "--json")
    values = json.loads(out)
    assert {one["code"] for one in values["utility"]} == {"P01-1", "P02-1"}
    assert values["files"] == [] and values["number"] == 1
    after = everything_in(study)
    assert {name for name in after if "release" in name} == set()
    assert {name: data for name, data in after.items() if name != "cache"} == {
        name: data for name, data in before.items() if name != "cache"
    }
