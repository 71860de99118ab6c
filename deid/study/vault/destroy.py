"""The end of the key: the log is told and signed first, for nothing can be signed afterwards but from memory."""

from deid.errors import VaultError
from deid.study.folder import Study
from deid.study.kept_sources import kept_folder
from deid.study.vault.withdrawal import CACHE

CERTIFICATE = "certificate_of_destruction.txt"


def destroy(study: Study, actor: str = "deid") -> tuple[str, ...]:
    """Delete the vault and whatever only it could open. Returns who could open it, for the certificate."""
    with study.writing() as contents:
        path, generation = study.vault.path, study.vault.generation
        custodians = tuple(recipient.name for recipient in study.vault.recipients)
        counts = {"entities": len(contents.entries), "transcripts": len(contents.sources)}
        study.record([("destroy_intent", {"generation": generation})], actor)
        try:
            for sealed in (*path.parent.glob(f".{path.name}.*.new"), *kept_folder(study).glob("*"), path):
                sealed.unlink(missing_ok=True)
            (study.folder / CACHE).unlink(missing_ok=True)
        except OSError as error:
            hint = "close whatever has it open, then give the command again"
            raise VaultError(f"the vault cannot be deleted ({error.strerror})", where=str(path), hint=hint) from None
        study.record([("destroyed", {"generation": generation, "counts": counts})], actor)
    return custodians
