"""Sign-off, consent, releases: only what a person signed, only as far as a participant agreed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from deid.config import configs
from deid.errors import AskedWrongly, Held, LogError, SettingsError, SourceError
from deid.model import KnownPerson
from deid.study.folder import Study
from deid.study.release import release as module
from deid.study.release.release import Release, preview, release
from deid.study.render import Rendered, render, reread
from deid.study.roster import import_roster
from deid.study.sign_off import sign_off, unsigned
from deid.study.verification import verify_study
from tests.invented import again, everything_in, fake_detector, new_study, run_on, two_sources

PEOPLE = (
    KnownPerson("P01", "Wilhelmina Oddington", role="Inspector", consent="archive"),
    KnownPerson("P02", "Leopold Brackwater", role="Nurse", consent="team"),
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, PEOPLE)
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def rendered(study: Study, tier: str) -> Rendered:
    return render(study, reread(study), tier, fake_detector())


def sign(study: Study, tier: str, *codes: str) -> None:
    with study.writing():
        for code in codes:
            sign_off(study, rendered(study, tier), code, "R1")


def released(study: Study, tier: str, **options: object) -> Release:
    with study.writing():
        return release(study, rendered(study, tier), is_clean=lambda _: True, **options)  # type: ignore[arg-type]


def test_nothing_is_released_without_a_sign_off(study: Study) -> None:
    with pytest.raises(Held, match="not signed off"):
        released(study, "team")
    assert not list((study.folder / "releases").rglob("*.txt"))


def test_a_recipient_who_is_named_in_the_study_stops_the_release_before_it_begins(study: Study) -> None:
    sign(study, "archive", "P01-1")
    events = study.log.head
    with study.writing(), pytest.raises(AskedWrongly, match="who gets it"):
        release(study, rendered(study, "archive"), recipient="Barnabas Quillfeather", is_clean=study.is_clean)
    assert study.log.head == events and not list((study.folder / "releases").rglob("*"))


def test_a_release_holds_signed_transcripts_within_their_consent(study: Study) -> None:
    sign(study, "archive", "P01-1", "P02-1")
    made = released(study, "archive")
    assert made.exit_code == 1
    assert [(one.code, one.why) for one in made.left_out] == [("P02-1", "consent: team only")]
    names = {path.name for path in made.folder.iterdir()}
    assert {"manifest.json", "audit.jsonl", "README.txt", "stopwords.txt", "verify.html"} <= names
    transcripts = [name for name in names if name.endswith("_archive.txt")]
    assert len(transcripts) == 1 and not transcripts[0].startswith("P0")


def test_no_original_and_no_other_tier_is_in_a_release(study: Study) -> None:
    sign(study, "team", "P01-1", "P02-1")
    sign(study, "archive", "P01-1")
    team, archive = released(study, "team"), released(study, "archive")
    for made in (team, archive):
        for name, data in everything_in(made.folder).items():
            for original in (b"Oddington", b"Quillfeather", b"900123"):
                assert original not in data, name
    assert archive.warnings and "side by side" in archive.warnings[0]
    tokens = [
        {entry.tokens[tier] for entry in study.contents.entries if tier in entry.tokens} for tier in ("team", "archive")
    ]
    assert not tokens[0] & tokens[1]
    assert not {path.name for path in team.files if "_team" in path.name} & {path.name for path in archive.files}


def test_the_meter_is_in_the_release_and_in_its_manifest_and_a_preview_writes_nothing(study: Study) -> None:
    sign(study, "archive", "P01-1")
    before = everything_in(study.folder)
    shown = preview(study, rendered(study, "archive"))
    assert everything_in(study.folder) == before
    made = released(study, "archive")
    assert shown.utility == made.utility and shown.left_out == made.left_out and shown.number == made.number
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    (file,) = manifest["files"]
    one = next(one for one in made.utility if one.code == "P01-1")
    assert file["utility"]["replaced"] == one.replaced > 0
    assert file["utility"]["budget"] == 0.25


def test_the_style_is_fixed_by_the_first_release_for_every_tier(study: Study, tmp_path: Path) -> None:
    sign(study, "archive", "P01-1")
    released(study, "archive")
    mine = tmp_path / "mine.toml"
    shipped = (configs() / "policies" / "public.toml").read_text(encoding="utf-8")
    mine.write_text(shipped.replace('style = "brackets"', 'style = "hashes"'), encoding="utf-8")
    wanted = study.settings.policy.model_copy(update={"tier": "public", "file": str(mine)})
    study.settings = study.settings.model_copy(update={"policy": wanted})
    with pytest.raises(SettingsError, match="first release fixed it as brackets") as caught:
        rendered(study, "public")
    assert caught.value.where == str(mine)
    assert rendered(study, "team")


def test_a_change_needs_a_new_sign_off(study: Study, tmp_path: Path) -> None:
    sign(study, "team", "P01-1", "P02-1")
    assert not unsigned(study, rendered(study, "team"))
    source = next((tmp_path / "sources").glob("second*"))
    source.write_text(source.read_text(encoding="utf-8") + "\nINT: Thank you.\n", encoding="utf-8")
    run_on(study, tmp_path / "sources")
    left = unsigned(study, rendered(study, "team"))
    assert list(left) == ["P02-1"]
    assert "the source" in left["P02-1"].why


def test_a_later_release_tells_what_changed_and_the_first_still_verifies(study: Study, tmp_path: Path) -> None:
    sign(study, "team", "P01-1", "P02-1")
    first = released(study, "team")
    source = next((tmp_path / "sources").glob("second*"))
    source.write_text(source.read_text(encoding="utf-8").replace("of course", "naturally"), encoding="utf-8")
    run_on(study, tmp_path / "sources")
    sign(study, "team", "P02-1")
    second = released(study, "team")
    assert second.number == 2
    changes = (second.folder / "changes.csv").read_text(encoding="utf-8-sig")
    assert "naturally" in changes and "of course" in changes
    assert len(changes.strip().splitlines()) == 2
    for made in (first, second):
        assert verify_study(study.folder, release=made.folder).ok


def test_what_slipped_through_once_is_not_told_again_by_the_changes(study: Study, tmp_path: Path) -> None:
    source = next((tmp_path / "sources").glob("second*"))
    source.write_text(source.read_text(encoding="utf-8") + "\nINT: So it was brambledine then.\n", encoding="utf-8")
    run_on(study, tmp_path / "sources")
    sign(study, "team", "P01-1", "P02-1")
    first = released(study, "team")
    assert "brambledine" in (first.folder / "P02-1_team.txt").read_text(encoding="utf-8")
    import_roster(study, [replace(PEOPLE[1], aliases=("Brambledine",))])
    run_on(study, tmp_path / "sources")
    sign(study, "team", "P01-1", "P02-1")
    second = released(study, "team")
    assert "So it was ███ then." in (second.folder / "changes.csv").read_text(encoding="utf-8-sig")
    assert not [name for name, data in everything_in(second.folder).items() if b"brambledine" in data.lower()]


def test_a_release_edited_by_hand_is_noticed(study: Study) -> None:
    sign(study, "team", "P01-1")
    made = released(study, "team")
    path = next(path for path in made.folder.iterdir() if path.name.endswith("_team.txt"))
    path.write_text(path.read_text(encoding="utf-8").replace("days", "weeks"), encoding="utf-8")
    assert not verify_study(study.folder, release=made.folder).ok


def test_no_release_follows_one_that_was_edited_by_hand(study: Study) -> None:
    sign(study, "team", "P01-1")
    first = released(study, "team")
    path = first.folder / "P01-1_team.txt"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"days", b"weeks"))
    before = everything_in(study.folder)
    with pytest.raises(Held, match="changed by hand") as caught:
        released(study, "team")
    assert caught.value.where == "releases/team/1/P01-1_team.txt"
    with pytest.raises(Held, match="changed by hand"):
        preview(study, rendered(study, "team"))
    assert everything_in(study.folder) == before
    path.write_bytes(whole)
    assert released(study, "team").number == 2
    (first.folder.with_name("2") / "P01-1_team.txt").unlink()  # as a withdrawal does
    assert released(study, "team").number == 3


def test_an_injected_or_edited_decision_is_refused(study: Study) -> None:
    sign(study, "team", "P01-1")
    path = study.folder / "decisions.jsonl"
    line = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**line, "code": "P02-1"}) + "\n", encoding="utf-8")
    with pytest.raises(LogError, match="not written by this study") as caught:
        unsigned(study, rendered(study, "team"))
    assert caught.value.where == "decisions.jsonl, line 1"


def test_the_zip_holds_the_release_and_nothing_else(study: Study) -> None:
    import zipfile

    sign(study, "team", "P01-1")
    made = released(study, "team", with_zip=True)
    assert made.archive
    with zipfile.ZipFile(made.archive) as archive:
        assert set(archive.namelist()) == {path.name for path in made.folder.iterdir()}


def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_lost(study: Study) -> None:
    sign(study, "team", "P01-1")
    in_the_way = study.folder / "releases"
    in_the_way.write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be written") as caught:
        released(study, "team")
    assert caught.value.where == str(study.folder / "releases" / "team" / "1")
    assert verify_study(study.folder).ok
    in_the_way.unlink()
    assert released(study, "team").number == 1


def test_a_disk_that_fills_up_leaves_no_half_a_release(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(study, "team", "P01-1", "P02-1")

    def full(path: Path, data: bytes) -> None:
        if path.name == "stopwords.txt":
            raise OSError(28, "No space left on device")
        path.write_bytes(data)

    with monkeypatch.context() as patched:
        patched.setattr(module, "_put", full)
        with pytest.raises(SourceError, match="No space left"):
            released(study, "team")
    assert not list((study.folder / "releases" / "team").iterdir())
    assert verify_study(study.folder).ok
    assert released(study, "team").number == 1


def test_a_release_that_was_killed_before_it_got_its_name_is_made_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(study, "team", "P01-1")

    def killed(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "rename", killed)
        released(study, "team")
    assert not [path for path in (study.folder / "releases" / "team").iterdir() if path.name.isdigit()]
    later = again(study.folder)
    assert verify_study(later.folder).ok
    made = released(later, "team")
    assert made.number == 1
    assert verify_study(later.folder, release=made.folder).ok
    assert [path.name for path in made.folder.parent.iterdir()] == ["1"]


def test_releasing_leaves_the_study_as_it_opens_again(study: Study) -> None:
    sign(study, "team", "P01-1")
    released(study, "team")
    opened = again(study.folder)
    assert replace(opened.contents) == study.contents
    assert verify_study(study.folder).ok
