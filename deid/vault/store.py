"""The vault of a study: created, opened, locked, saved, and its recipients changed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from threading import RLock

from deid.errors import VaultError
from deid.vault import lock as locking
from deid.vault.codec import decode, encode
from deid.vault.contents import Contents
from deid.vault.disk import read_whole, refuse_link, write_whole
from deid.vault.layout import Cost, Header, Layout, Recipient, read_vault
from deid.vault.recipients import Access, access_of
from deid.vault.seal import (
    Credential,
    Identity,
    Opened,
    Passphrase,
    PublicKey,
    Random,
    make_recipient,
    open_again,
    seal,
    unseal,
    wrap,
)

TIMEOUT = 60.0  # a save takes a second; a minute is a run that commits many files


class Vault:
    """An open vault. It holds the keys that opened it, so that reading it again and saving it ask for nothing."""

    def __init__(self, path: Path, opened: Opened, contents: Contents, random: Random) -> None:
        self.path = path
        self.contents = contents
        self._opened = opened
        self._random = random
        self._threads = RLock()
        self._depth = 0

    def __repr__(self) -> str:
        return f"Vault({str(self.path)!r}, generation {self.generation})"

    @classmethod
    def create(
        cls,
        path: Path,
        recipients: Mapping[str, Passphrase | PublicKey],
        contents: Contents,
        *,
        cost: Cost,
        random: Random,
    ) -> "Vault":
        """A new vault that each of these, by name, opens alone. Never replaces a file."""
        made = [make_recipient(name, one, cost, random) for name, one in sorted(recipients.items())]
        held = {recipient.name: private for recipient, private in made if private}
        header = Header(id=random(16), generation=1, recipients=tuple(one for one, _ in made), openings=())
        data_key = random(32)
        header = wrap(header, data_key, [(name,) for name in recipients])
        data = seal(header, data_key, encode(contents), random(32))
        with locking.lock(path, TIMEOUT):
            refuse_link(path)
            if path.exists():
                raise VaultError(
                    "there is a vault here already", where=str(path), hint="open it, or choose another place"
                )
            write_whole(path, data, random)
        return cls(path, Opened(read_vault(data), data_key, b"", held), contents, random)

    @classmethod
    def open(cls, path: Path, credential: Credential, *, random: Random) -> "Vault":
        """The vault at this path. Raises VaultError if this credential does not open it."""
        data = read_whole(path)
        with _naming(path):
            opened = unseal(data, credential)
            return cls(path, replace(opened, plaintext=b""), decode(opened.plaintext), random)

    @property
    def header(self) -> Header:
        return self._opened.layout.header

    @property
    def generation(self) -> int:
        return self.header.generation

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return self.header.recipients

    @property
    def opened_by(self) -> tuple[str, ...]:
        """The recipients whose passphrase or key opened the vault."""
        return tuple(sorted(self._opened.held))

    @contextmanager
    def lock(self, timeout: float = TIMEOUT) -> Iterator[None]:
        """The writer's lock, with the contents read again under it: what others saved meanwhile is then here."""
        with self._locked(timeout):
            if self._depth == 1:
                self.refresh()
            yield

    def refresh(self) -> None:
        """Read the file again if somebody has saved it since. Asks for no passphrase."""
        data = read_whole(self.path)
        with _naming(self.path):
            layout = read_vault(data)
            if layout.plain == self._opened.layout.plain:
                return
            opened = open_again(layout, self._opened)
            self.contents = decode(opened.plaintext)
            self._opened = replace(opened, plaintext=b"")

    def save(self, contents: Contents) -> None:
        """Put these contents in the place of the old ones. Refused if the file is not the one that was opened."""
        self._save(contents, self.header, self._opened.data_key)

    def rotate(self, contents: Contents | None = None) -> None:
        """A new data key for everybody who can open the vault now; the study's own keys stay."""
        self.set_access(access_of(self.header), contents=contents)

    def set_access(
        self, access: Access, *, contents: Contents | None = None, held: Mapping[str, bytes] | None = None
    ) -> None:
        """Let these open the vault, under a new data key. `held` are private keys that passphrases have just made."""
        ordered = tuple(sorted(access.recipients, key=lambda recipient: recipient.name))
        data_key = self._random(32)
        header = wrap(replace(self.header, recipients=ordered), data_key, access.ways)
        self._save(contents or self.contents, header, data_key)
        publics = {recipient.name: recipient.public for recipient in ordered}
        known = {**self._opened.held, **(held or {})}
        kept = {name: key for name, key in known.items() if Identity(key).public == publics.get(name)}
        self._opened = replace(self._opened, held=kept)

    def _save(self, contents: Contents, header: Header, data_key: bytes) -> None:
        with self._locked(TIMEOUT):
            self._save_locked(contents, header, data_key)

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[None]:
        """Against other threads first, for the review page has several; then, once, against other processes."""
        if not self._threads.acquire(timeout=timeout):
            raise VaultError("another part of this deid is still writing", where=str(self.path), hint="try again")
        self._depth += 1
        try:
            with locking.lock(self.path, timeout) if self._depth == 1 else nullcontext():
                yield
        finally:
            self._depth -= 1
            self._threads.release()

    def _save_locked(self, contents: Contents, header: Header, data_key: bytes) -> None:
        if _layout(self.path).plain != self._opened.layout.plain:
            raise VaultError(
                "the vault on the disk is not the one that was opened: it was saved since, or replaced by a copy",
                where=str(self.path),
                hint="nothing was written; run the command again",
            )
        with _naming(self.path):
            header = replace(header, generation=self.generation + 1)
            data = seal(header, data_key, encode(contents), self._random(32))
        write_whole(self.path, data, self._random)
        self.contents = contents
        self._opened = Opened(read_vault(data), data_key, b"", self._opened.held)


def read_header(path: Path) -> Header:
    """What anyone can see without a key. It is not authenticated: only opening the vault proves it."""
    return _layout(path).header


def _layout(path: Path) -> Layout:
    data = read_whole(path)
    with _naming(path):
        return read_vault(data)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors about a vault's bytes say which file they lie in."""
    try:
        yield
    except VaultError as error:
        where = f"{path}, {error.where}" if error.where else str(path)
        raise VaultError(error.message, where=where, hint=error.hint) from None
