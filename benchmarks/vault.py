"""A vault of 100,000 entities: open, look up, save, in wall and CPU seconds, with the memory it takes.

    python -m benchmarks.vault [ENTITIES]

The promise (`docs/reference/vault_format.md`) is three seconds and 500 MB, the passphrase's own cost apart.
"""

import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from deid.fold import fold
from deid.model import Category, Entity, KeyEntry
from deid.vault.contents import Contents, new_keys
from deid.vault.layout import Cost
from deid.vault.seal import Identity, Passphrase, PublicKey, derive
from deid.vault.store import Vault


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    holder = Identity(secrets.token_bytes(32))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vault.deid"
        contents = Contents(keys=new_keys(secrets.token_bytes))
        recipients: dict[str, Passphrase | PublicKey] = {"r1": PublicKey(holder.public)}
        vault = Vault.create(path, recipients, contents, cost=Cost(), random=secrets.token_bytes)
        vault.save(replace(contents, entries=tuple(_entry(number) for number in range(count))))
        del vault
        print(f"{count:,} entities, {path.stat().st_size / 1e6:.1f} MB on disk, memory before {_peak():.0f} MB")
        with _timed("open"):
            vault = Vault.open(path, holder, random=secrets.token_bytes)
        with _timed("look up every form once"):
            by_form = {fold(form): entry for entry in vault.contents.entries for form in entry.entity.forms}
            assert by_form[fold("ORLA FENNIMORE 7")].entity.id == "e7"
        with _timed("save"):
            vault.save(replace(vault.contents, entries=(*vault.contents.entries, _entry(count))))
        with _timed("renew the data key"):
            vault.rotate()
    print(f"peak memory {_peak():.0f} MB")
    for cost in (Cost(64, 3, 4), Cost()):
        with _timed(f"one passphrase at {cost.memory_mib} MiB, {cost.passes} passes, {cost.lanes} lanes"):
            derive(Passphrase("a kestrel over the marsh wall"), bytes(16), cost)


def _entry(number: int) -> KeyEntry:
    forms = (f"Orla Fennimore {number}", f"Fennimore {number}")
    tokens = {"team": f"Person {number}", "archive": f"[Person {number}]", "public": "[person]"}
    return KeyEntry(Entity(f"e{number}", Category.PERSON, "person", "professional", forms), tokens, "P01")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - wall:.2f} s wall, {time.process_time() - cpu:.2f} s CPU")


def _peak() -> float:
    """Megabytes, where the platform says."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3


if __name__ == "__main__":
    main()
