"""Every error that deid raises on purpose, and the exit code that each one ends in.

DeidError                  the root; carries where it happened and what to do next
├── AskedWrongly      (2)  usage, configuration, no passphrase, a bad gold file
│   └── SettingsError      a key or value in deid.toml, a policy or a region pack
├── Held              (1)  identifying text remains: a gate held a file back, a release lacks its sign-off
│   └── DoesNotAddUp       the log, a manifest or an output is not what the record says
└── CouldNotFinish    (3)  the work could not be done; nothing was lost and nothing is half-written
    ├── FormatError        a file that cannot be read or written safely
    ├── ModelError         a model that is missing or altered
    ├── VaultError         the vault: wrong passphrase, damage, tampering, a lock
    ├── LogError           the log or the decisions cannot be read or trusted
    └── SourceError        a source that is absent, changed or unreadable

A message says where (file, line, turn) and what to do. It never says what the text was.
"""


class DeidError(Exception):
    """Root of the tree. `where` names a file, line or turn; `hint` is the next step."""

    exit_code = 3

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class AskedWrongly(DeidError):
    exit_code = 2


class SettingsError(AskedWrongly):
    pass


class Held(DeidError):
    exit_code = 1


class DoesNotAddUp(Held):
    pass


class CouldNotFinish(DeidError):
    exit_code = 3


class FormatError(CouldNotFinish):
    pass


class ModelError(CouldNotFinish):
    pass


class VaultError(CouldNotFinish):
    pass


class LogError(CouldNotFinish):
    pass


class SourceError(CouldNotFinish):
    pass
