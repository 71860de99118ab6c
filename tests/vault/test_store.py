"""The vault as a file: whole or as it was, whoever writes and whatever happens."""

import errno
import os
import random
import secrets
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from deid import whole
from deid.errors import VaultError
from deid.vault import disk
from deid.vault.layout import Recipient
from deid.vault.recipients import access_of, add, close, join, remove
from deid.vault.seal import Identity, Pair, Passphrase, PublicKey, make_recipient
from deid.vault.store import Vault, read_header
from tests.vault.invented import CHEAP, NAME, PASSPHRASE, a_vault, opened, some_contents, with_entry

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="what is tested is POSIX")
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DEID_KILLS", "4"))
KEY = secrets.token_bytes(32)


def keyed(folder: Path) -> Vault:
    """A vault that other processes open by key, without a derivation."""
    public = PublicKey(Identity(KEY).public)
    contents = some_contents()
    return Vault.create(folder / "vault.deid", {"r1": public}, contents, cost=CHEAP, random=secrets.token_bytes)


def start(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.vault.writer", str(path), KEY.hex(), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_is_created_is_what_is_opened(tmp_path: Path) -> None:
    made = a_vault(tmp_path)
    read = opened(made.path)
    assert read.contents == made.contents == some_contents_of(made)
    assert (read.generation, [one.name for one in read.recipients]) == (1, ["r1"])


def some_contents_of(vault: Vault) -> object:
    return replace(some_contents(), keys=vault.contents.keys)


def test_a_save_is_one_generation_more(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    more = with_entry(vault.contents, "e3")
    vault.save(more)
    assert vault.contents == more == opened(vault.path).contents
    assert vault.generation == opened(vault.path).generation == read_header(vault.path).generation == 2


def test_nothing_in_the_folder_can_be_read(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    vault.save(with_entry(vault.contents, "e3"))
    vault.rotate()
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in found} == {"vault.deid", "vault.deid.lock"}
    for path in found:
        data = path.read_bytes()
        for secret in (NAME.encode(), b"Orla", vault.contents.keys.watch, vault.contents.keys.watch.hex().encode()):
            assert secret not in data


def test_create_never_replaces_a_vault(tmp_path: Path) -> None:
    before = a_vault(tmp_path).path.read_bytes()
    with pytest.raises(VaultError, match="already"):
        a_vault(tmp_path)
    assert (tmp_path / "vault.deid").read_bytes() == before


def test_a_wrong_passphrase_opens_nothing_and_names_the_file(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    with pytest.raises(VaultError, match="wrong passphrase or key") as caught:
        Vault.open(vault.path, Passphrase("a kestrel over the marsh"), random=secrets.token_bytes)
    assert str(vault.path) in caught.value.where and caught.value.exit_code == 3
    assert "kestrel" not in f"{caught.value!r} {caught.value} {caught.value.hint}"


@pytest.mark.parametrize("data", [b"", b"deid vault 1\n", b"deid vault 2\n", os.urandom(6000)])
def test_a_damaged_file_is_an_error_and_never_an_empty_vault(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "vault.deid"
    path.write_bytes(data)
    with pytest.raises(VaultError) as caught:
        opened(path)
    assert str(path) in caught.value.where
    with pytest.raises(VaultError):
        read_header(path)
    assert path.read_bytes() == data


def test_an_absent_vault_an_absent_folder_and_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no vault here"):
        opened(tmp_path / "vault.deid")
    with pytest.raises(VaultError):
        a_vault(tmp_path / "nowhere")
    (tmp_path / "vault.deid").mkdir()
    with pytest.raises(VaultError):
        opened(tmp_path / "vault.deid")


def test_the_older_of_two_writers_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    one = a_vault(tmp_path)
    other = opened(one.path)
    one.save(with_entry(one.contents, "e3"))
    with pytest.raises(VaultError, match="not the one that was opened"):
        other.save(with_entry(other.contents, "e4"))
    with other.lock():
        other.save(with_entry(other.contents, "e4"))
    assert [entry.entity.id for entry in opened(one.path).contents.entries][-2:] == ["e3", "e4"]


def test_an_older_copy_put_back_is_not_saved_over(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    old = vault.path.read_bytes()
    vault.save(with_entry(vault.contents, "e3"))
    vault.path.write_bytes(old)
    with pytest.raises(VaultError, match="replaced by a copy"):
        vault.save(with_entry(vault.contents, "e4"))
    assert vault.path.read_bytes() == old


def test_a_renewed_data_key_locks_out_the_old_one_and_nobody_else(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    before = vault._opened.data_key
    other = opened(vault.path)
    vault.rotate()
    other.refresh()
    assert vault._opened.data_key == other._opened.data_key != before
    assert other.contents == vault.contents and other.contents.keys == some_contents_of(vault).keys  # type: ignore[attr-defined]


def test_a_custodian_who_was_removed_opens_nothing_that_is_saved_from_then_on(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    leaver = Identity(secrets.token_bytes(32))
    vault.set_access(add(access_of(vault.header), Recipient("c1", leaver.public)))
    kept = Vault.open(vault.path, leaver, random=secrets.token_bytes)
    vault.set_access(remove(access_of(vault.header), "c1"))
    with pytest.raises(VaultError, match="wrong passphrase or key"):
        Vault.open(vault.path, leaver, random=secrets.token_bytes)
    with pytest.raises(VaultError, match="wrong passphrase or key"):
        kept.refresh()
    assert opened(vault.path).contents == vault.contents


@POSIX
def test_a_pipe_in_the_vaults_place_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "vault.deid")
    with pytest.raises(VaultError, match="not a file"):
        opened(tmp_path / "vault.deid")


def test_a_passphrase_changed_under_an_open_vault_shuts_it(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    other = opened(vault.path)
    recipient, private = make_recipient("r1", Passphrase("quite another one"), CHEAP, secrets.token_bytes)
    assert private
    vault.set_access(replace(access_of(vault.header), recipients=(recipient,)), held={"r1": private})
    with pytest.raises(VaultError, match="wrong passphrase or key"):
        other.refresh()
    with pytest.raises(VaultError, match="wrong passphrase or key"):
        opened(vault.path)
    vault.rotate()
    vault.refresh()
    assert Vault.open(vault.path, Passphrase("quite another one"), random=secrets.token_bytes).generation == 3


def test_a_closed_vault_opens_for_two_and_for_nobody_alone(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    holders = {name: Identity(secrets.token_bytes(32)) for name in ("c1", "c2", "c3")}
    access = access_of(vault.header)
    for name, holder in holders.items():
        access = add(access, Recipient(name, holder.public), opens_alone=False)
    vault.set_access(close(join(access, holders)))
    for credential in (PASSPHRASE, holders["c1"]):
        with pytest.raises(VaultError):
            Vault.open(vault.path, credential, random=secrets.token_bytes)
    pair = Pair(holders["c3"], holders["c1"])
    assert Vault.open(vault.path, pair, random=secrets.token_bytes).contents == vault.contents


def test_eight_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    vault = keyed(tmp_path)
    writers = [start(vault.path, f"w{number}", 4) for number in range(8)]
    for writer in writers:
        writer.communicate(timeout=100)
        assert writer.returncode == 0
    vault.refresh()
    added = {entry.entity.id for entry in vault.contents.entries} - {"e1", "e2"}
    assert added == {f"w{writer}-{number}" for writer in range(8) for number in range(4)}
    assert vault.generation == 1 + 8 * 4


@pytest.mark.parametrize("name", ["save", "rotate"])
def test_a_kill_at_any_instant_loses_nothing(tmp_path: Path, name: str) -> None:
    """DEID_KILLS=100 for the long run: the instant is random."""
    vault = keyed(tmp_path)
    for kill in range(KILLS):
        before = vault.generation
        writer = start(vault.path, name, 0)
        assert writer.stdout
        seen = int(writer.stdout.readline())
        time.sleep(random.uniform(0, 0.05))
        writer.kill()
        told = [int(line) for line in writer.communicate(timeout=100)[0].splitlines() if line]
        seen = max([seen, *told])
        vault = Vault.open(vault.path, Identity(KEY), random=secrets.token_bytes)
        assert vault.generation in (seen, seen + 1), f"kill {kill}"
        assert len(vault.contents.entries) == 2 + vault.generation - before
        with vault.lock(timeout=5):
            vault.save(replace(vault.contents, entries=vault.contents.entries[:2]))
        assert {path.name for path in tmp_path.iterdir()} == {"vault.deid", "vault.deid.lock"}


def test_threads_of_one_process_take_turns(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)

    def add_some(name: str) -> None:
        for number in range(5):
            with vault.lock():
                vault.save(with_entry(vault.contents, f"{name}-{number}"))

    threads = [threading.Thread(target=add_some, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened(vault.path).contents.entries) == 2 + 20


def test_a_lock_says_who_holds_it_and_ends_with_its_process(tmp_path: Path) -> None:
    vault = keyed(tmp_path)
    holder = start(vault.path, "hold", 1)
    assert holder.stdout
    assert holder.stdout.readline().strip() == "held"
    with pytest.raises(VaultError, match=f"process {holder.pid} on ") as caught, vault.lock(timeout=0.1):
        pass
    assert caught.value.exit_code == 3
    holder.kill()
    holder.communicate(timeout=100)
    with vault.lock(timeout=5):
        vault.save(vault.contents)


@pytest.mark.parametrize("step", ["write_new", "rename"])
def test_a_disk_that_is_full_leaves_the_vault_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    vault = a_vault(tmp_path)
    before = vault.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole, step, full)
    with pytest.raises(VaultError, match="No space left"):
        vault.save(with_entry(vault.contents, "e3"))
    monkeypatch.undo()
    assert vault.path.read_bytes() == before and vault.generation == 1
    assert {path.name for path in tmp_path.iterdir()} == {"vault.deid", "vault.deid.lock"}
    vault.save(with_entry(vault.contents, "e3"))


@POSIX
def test_a_file_that_may_not_grow_is_refused_by_the_system_itself(tmp_path: Path) -> None:
    import resource

    vault = a_vault(tmp_path)
    before, (soft, hard) = vault.path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        with pytest.raises(VaultError, match="cannot be saved"):
            vault.save(vault.contents)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert vault.path.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"vault.deid", "vault.deid.lock"}


def test_what_a_crash_left_is_swept_up(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    left = tmp_path / ".vault.deid.0011223344556677.new"
    left.write_bytes(b"half of a sealed file")
    (tmp_path / ".vault.deid.swp").write_bytes(b"not ours")
    vault.save(vault.contents)
    assert not left.exists() and (tmp_path / ".vault.deid.swp").exists()


@POSIX
def test_only_the_owner_may_read_it_whatever_the_mask_says(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        vault = a_vault(tmp_path)
        vault.save(vault.contents)
    finally:
        os.umask(mask)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert not disk.is_open_to_others(vault.path)
    vault.path.chmod(0o640)
    assert disk.is_open_to_others(vault.path)


@POSIX
def test_links_are_not_followed(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    before = vault.path.read_bytes()
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "vault.deid").symlink_to(vault.path)
    for action in (opened, read_header, lambda path: a_vault(path.parent)):
        with pytest.raises(VaultError, match="link"):
            action(linked / "vault.deid")
    (linked / "other.deid.lock").symlink_to(vault.path)
    with pytest.raises(VaultError, match="link"):
        Vault.create(linked / "other.deid", {"r1": PASSPHRASE}, vault.contents, cost=CHEAP, random=secrets.token_bytes)
    assert vault.path.read_bytes() == before


def test_a_repr_of_a_vault_shows_no_secret(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    assert repr(vault) == f"Vault({str(vault.path)!r}, generation 1)"


def test_a_lock_at_rest_names_nobody_so_that_it_does_not_change(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    beside = tmp_path / "vault.deid.lock"
    with vault.lock():
        assert beside.read_bytes()
    assert beside.read_bytes() == b""
