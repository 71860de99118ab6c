"""Work that nobody waits for lets pass what somebody waits for."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Paced(Mapping[str, Value]):
    """A table that is read slowly: before each row its reader may have to wait.

    The pipeline is pure and knows no threads, but all that it does goes through the table of its transcripts.
    """

    def __init__(self, rows: Mapping[str, Value], wait: Callable[[], None]) -> None:
        self._rows = rows
        self._wait = wait

    def __getitem__(self, name: str) -> Value:
        self._wait()
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
