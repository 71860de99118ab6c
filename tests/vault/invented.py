"""Vaults of invented people, at the lowest cost that the format allows, for the tests of this folder."""

import secrets
from dataclasses import replace
from pathlib import Path

from deid.model import Category, Entity, KeyEntry, KnownPerson
from deid.vault.contents import Contents, LogHead, Source, Suppressed, SuppressedForm, new_keys
from deid.vault.layout import Cost
from deid.vault.seal import Passphrase
from deid.vault.store import Vault

CHEAP = Cost(8, 1, 1)
PASSPHRASE = Passphrase("a kestrel over the marsh wall")
NAME = "Orla Fennimore"


def some_contents() -> Contents:
    return Contents(
        keys=new_keys(secrets.token_bytes),
        entries=(
            KeyEntry(
                Entity("e1", Category.PERSON, "person", "professional", (NAME, "Orla")),
                {"archive": "[Person 41]"},
                "P01",
            ),
            KeyEntry(Entity("e2", Category.PLACE, "town", "", ("Quenby Marsh",)), {"archive": "[Town 7]"}, "P01"),
        ),
        sources=(Source("P01-1", "interviews/orla.docx", "ab" * 32, ("P01",)),),
        roster=(KnownPerson("P01", NAME, ("Fen",), "lead", phrases=("the lead there",), public=True),),
        bindings={"P01-1": {"orla": "e1"}},
        texts={"0f": "Fenny"},
        salts={"P01": bytes(range(32))},
        suppressed=Suppressed(("P09",), (SuppressedForm("12", 2, 513, "e9"),), ("34",)),
        log_head=LogHead(7, "ef" * 32),
        custody=("recovery sheet declined",),
        options={"scheme": "numbers"},
    )


def a_vault(folder: Path, contents: Contents | None = None) -> Vault:
    path = folder / "vault.deid"
    made = contents or some_contents()
    return Vault.create(path, {"r1": PASSPHRASE}, made, cost=CHEAP, random=secrets.token_bytes)


def opened(path: Path) -> Vault:
    return Vault.open(path, PASSPHRASE, random=secrets.token_bytes)


def with_entry(contents: Contents, entity: str) -> Contents:
    entry = KeyEntry(Entity(entity, Category.PERSON, "person", "", (f"Person of {entity}",)))
    return replace(contents, entries=(*contents.entries, entry))
