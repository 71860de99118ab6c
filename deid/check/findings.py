"""The nouns of the check. What was found is never in what is printed: a value lives in a `Hit` and goes no further."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """Something identifying in one text. `value` is folded, for the keyed fingerprint alone."""

    start: int
    end: int
    kind: str
    value: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a file: `part` is "" for the file itself, otherwise what holds it, such as `word/comments.xml`.

    is_plain: line and column are those an editor shows. is_guess: printable stretches of a file of no known kind.
    """

    part: str
    text: str = field(repr=False)
    is_plain: bool = True
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was not read inside. `code` 0: by its kind (a picture); 3: it should have been."""

    path: str
    why: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as it is told. `path` has `███` where it holds a finding itself; `logical` is the place in the
    baseline: the same in every mode, with no commit, line or time in it."""

    path: str
    line: int
    column: int
    kind: str
    fingerprint: str | None
    reason: str
    logical: str = ""

    def told(self) -> dict[str, object]:
        """The finding as JSON has it."""
        names = ("path", "line", "column", "kind", "fingerprint", "reason")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Report:
    """All that one check has to say. notes: what did not run, and why; nothing is inert in silence."""

    findings: tuple[Found, ...] = ()
    scanned: int = 0
    skipped: tuple[Unread, ...] = ()
    problems: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    allowed: int = 0

    @property
    def exit_code(self) -> int:
        return max([1 if self.findings else 0, *(each.code for each in self.problems)])
