"""Who can open the vault: every change holds, is on record, and loses nothing of the study."""

import secrets
from pathlib import Path

import pytest

from deid.errors import AskedWrongly, VaultError
from deid.study.folder import Study, open_study
from deid.study.vault import key_life
from deid.study.verification import verify_study
from deid.vault.key_text import new_identity, read_passphrase
from deid.vault.seal import Credential, Identity, Pair, Passphrase, PublicKey
from tests.invented import PASSPHRASE, again, clock, new_study

OTHER = "another four invented words"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return new_study(tmp_path / "study")


def opened(study: Study, credential: Credential) -> Study:
    return open_study(study.folder, credential, environment={}, random=secrets.token_bytes, clock=clock)


def refused(study: Study, credential: Credential) -> bool:
    with pytest.raises(VaultError):
        opened(study, credential)
    return True


def with_custodian(study: Study, name: str) -> Identity:
    identity = new_identity(secrets.token_bytes)
    key_life.add_key(study, name, PublicKey(identity.public))
    return identity


def actions(study: Study) -> list[str]:
    return [event.action for event in study.log.events()]


def test_a_recovery_sheet_opens_and_lets_the_first_passphrase_be_set_again(study: Study) -> None:
    name, sheet = key_life.add_recovery_sheet(study)
    code = " ".join(line.strip() for line in sheet.splitlines() if line.count("-") >= 3)
    recovered = opened(study, read_passphrase(code.lower()))
    assert name == "recovery" and recovered.contents == study.contents
    assert key_life.change_passphrase(recovered, OTHER) == "first"
    assert opened(study, Passphrase(OTHER)) and refused(study, Passphrase(PASSPHRASE))
    assert key_life.add_recovery_sheet(recovered)[0] == "recovery-2"


def test_a_removed_custodian_opens_nothing_any_more(study: Study) -> None:
    identity = with_custodian(study, "bram")
    assert opened(study, identity).contents.keys == study.contents.keys
    key_life.remove(study, "bram")
    assert refused(study, identity) and opened(study, Passphrase(PASSPHRASE))
    assert actions(study)[-4:] == ["recipient_added", "vault_saved", "recipient_removed", "vault_saved"]
    assert verify_study(study.folder).ok


def test_a_closed_vault_opens_for_any_two_and_nobody_alone(study: Study) -> None:
    three = {name: with_custodian(study, name) for name in ("bram", "orla", "wystan")}
    key_life.make_quorum(study, tuple(three))
    procedure = key_life.status(study.folder, {})
    assert any("procedure and not cryptography" in note for note in procedure.notes) and not procedure.is_closed
    assert key_life.close(study) == ("bram", "orla", "wystan")
    assert refused(study, Passphrase(PASSPHRASE)) and refused(study, three["bram"])
    both = opened(study, Pair(three["orla"], three["wystan"]))
    assert both.contents.keys == study.contents.keys and key_life.status(study.folder, {}).is_closed
    with pytest.raises(AskedWrongly, match="closed"):
        with_custodian(both, "isolde")
    late = new_identity(secrets.token_bytes)
    key_life.add_key(both, "isolde", PublicKey(late.public), as_custodian=True)
    assert opened(study, Pair(late, three["bram"])) and refused(study, late)


def test_only_pairs_that_were_named_can_close_it(study: Study) -> None:
    with pytest.raises(AskedWrongly, match="quorum"):
        key_life.close(study)
    with pytest.raises(AskedWrongly, match="two custodians"):
        key_life.make_quorum(study, ["first"])
    with pytest.raises(AskedWrongly, match="nobody could open"):
        key_life.remove(study, "first")


def test_rotation_changes_no_study_key_but_the_one_that_is_named(study: Study) -> None:
    before = study.contents.keys
    assert key_life.rotate(study) == study.vault.generation
    assert study.contents.keys == before
    key_life.rotate(study, "cache")
    assert study.contents.keys.cache != before.cache and study.contents.keys.assign == before.assign
    with pytest.raises(AskedWrongly, match="cannot be renewed"):
        key_life.rotate(study, "signing")
    assert again(study.folder).contents == study.contents


def test_a_weak_passphrase_changes_nothing(study: Study) -> None:
    with pytest.raises(AskedWrongly):
        key_life.change_passphrase(study, "aaaaaaaaaaaaaaa")
    assert opened(study, Passphrase(PASSPHRASE))


def test_status_reminds_of_one_way_in_and_of_no_backup(study: Study) -> None:
    key_life.decline_second(study)
    notes = " ".join(key_life.status(study.folder, {}).notes)
    assert "ONE way" in notes and "declined" in notes and "No backup yet" in notes
    key_life.add_passphrase(study, "orla", OTHER)
    assert "ONE way" not in " ".join(key_life.status(study.folder, {}).notes)


def test_status_of_no_study_and_of_a_lost_vault(study: Study, tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="no study here"):
        key_life.status(tmp_path / "nowhere", {})
    study.vault.path.unlink()
    with pytest.raises(AskedWrongly, match="not where it should be"):
        key_life.status(study.folder, {})
    with pytest.raises(AskedWrongly, match="not where it should be"):
        new_study(study.folder)
    assert not study.vault.path.exists()
