"""A tiny model for tests: it names the words that it was told, in any case, and counts what it reads."""

import re
from collections.abc import Sequence

from deid.detect.passage import ModelSpan


class FakeReader:
    """Finds each of `names` in a text. A stand-in for a language model: same interface, no download, no time."""

    def __init__(self, *names: str, label: str = "PERSON", name: str = "spacy", reads_case: bool = False) -> None:
        self.name = name
        self.reads_case = reads_case
        self.fingerprint = f"fake {name} {names}"
        self.texts: list[str] = []
        self._label = label
        self._pattern = re.compile("|".join(map(re.escape, names)) or r"(?!)", 0 if reads_case else re.IGNORECASE)

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        self.texts.extend(texts)
        return [
            tuple(ModelSpan(*match.span(), self._label, 0.9, self.name) for match in self._pattern.finditer(text))
            for text in texts
        ]
