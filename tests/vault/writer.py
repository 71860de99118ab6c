"""A process of its own that adds entries to a vault: `python -m tests.vault.writer VAULT KEY_HEX NAME COUNT`.

Prints the generation after each save; COUNT 0 is without end, until somebody kills it. NAME "hold" only holds the lock.
"""

import itertools
import secrets
import sys
import time
from pathlib import Path

from deid.vault.seal import Identity
from deid.vault.store import Vault
from tests.vault.invented import with_entry


def main() -> None:
    path, key, name, count = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    vault = Vault.open(path, Identity(key), random=secrets.token_bytes)
    if name == "hold":
        with vault.lock():
            print("held", flush=True)
            time.sleep(60)
    for number in range(count) if count else itertools.count():
        with vault.lock():
            if name == "rotate":
                vault.rotate(with_entry(vault.contents, f"{name}-{number}"))
            else:
                vault.save(with_entry(vault.contents, f"{name}-{number}"))
        print(vault.generation, flush=True)


if __name__ == "__main__":
    main()
