"""One file, or one text outside of files, through every layer; what comes out holds no value any more."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from deid.check import patterns, raw
from deid.check.allow import allowance
from deid.check.findings import Found, Hit, Text, Unread
from deid.check.seen import parted, seen
from deid.check.texts import Readers, texts
from deid.check.watched import judged
from deid.check.watchlist import HEADER, Watchlist, searcher
from deid.digests import fingerprint
from deid.errors import DeidError

BLANK = "███"
_PARTED = str.maketrans("/\\_-.", "     ")
PURPOSE = "deid finding 1"
_NEWLINE = re.compile("\n")
# Files that name their makers: an author's address there is no slip.
_CREDITS = re.compile(
    r"(?:^|/)(?:(?:authors?|contributors|maintainers|credits|copying|codeowners|thanks|acknowledg\w*|notice"
    r"|licen[cs]e[\w-]*)(?:\.\w{2,4})?|citation\.cff|description|package\.json|pyproject\.toml|setup\.(?:py|cfg)"
    r"|cargo\.toml|\.?mailmap|\.zenodo\.json|codemeta\.json|composer\.json|pom\.xml|gemfile\.lock|[\w-]+\.gemspec|[\w-]+\.bib)$",
    re.I,
)
_OFFICE = re.compile(r"\.(?:docx|odt|ods|xlsx|qdpx|pptx|pdf|ipynb)(?=/|$)", re.I)
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")

Layer = Callable[[str], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a check knows. deep: layers that have to be asked for, such as a region pack and the models."""

    material: raw.Material
    key: bytes | None = field(default=None, repr=False)
    watchlist: Watchlist | None = None
    readers: Readers = field(default_factory=dict)
    deep: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one file or text gave. allowed: how many findings an inline comment covers."""

    findings: tuple[Found, ...] = ()
    skipped: tuple[Unread, ...] = ()
    problems: tuple[Unread, ...] = ()
    allowed: int = 0


class Scanner:
    """Holds the search that remembers words. One a process; `deid.check.scan` has no other state."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self._search = searcher(tools.watchlist) if tools.watchlist else None
        self._identifiers: dict[str, Hit | None] = {}

    def file(self, path: str, data: bytes, where: str = "", as_found: str = "") -> Scanned:
        """`path` is relative to the repository, as the baseline has it; `where` the blob's id, where there is one.

        as_found: how the path was given on the command line, for whoever reads the output.
        """
        named = tuple(self._hits_in_name(path))
        shown = path if not named and as_found in ("", path) else self.shown(as_found or path)
        told = [self._tell(hit, path, shown, 1, 1, "in the file's own name", where) for hit in named]
        digest = hashlib.sha256(data).hexdigest()
        if data.startswith(HEADER):
            known = self.tools.watchlist is not None
            problem = () if known else (Unread(shown, "a watchlist lies here, and its key was not given", 3),)
            return Scanned(tuple(told), problems=problem)
        material = raw.by_bytes(path, data, digest, self.tools.material)
        if material:
            told.append(self._tell(Hit(0, 0, material[0], digest, material[1]), path, shown, 1, 1, "", where))
            return Scanned(tuple(told))
        return self._inside(path, shown, data, digest, where, told)

    def words(self, logical: str, where: str, text: str, *, is_signature: bool = False) -> Scanned:
        """A message, or an author, a branch: shown, where it is short, with `███` for what was found."""
        is_name = logical.endswith(" name")
        hits = (
            self._hits_in_name(text)
            if is_name
            else list(self._hits(text, is_signed=is_signature, is_credit=is_signature))
        )
        short = (
            f" {self._blanked(text, hits)}"
            if "\n" not in text.strip() and len(text) < 200 and "message" not in logical
            else ""
        )
        found = []
        for hit in hits:
            line, column = _place(text, hit.start)
            found.append(self._tell(hit, logical, where + short, line, column, "", ""))
        return Scanned(tuple(found))

    def shown(self, path: str) -> str:
        """A path without what it gives away."""
        return self._blanked(path, self._hits_in_name(path))

    def _inside(self, path: str, shown: str, data: bytes, digest: str, where: str, told: list[Found]) -> Scanned:
        skipped, problems, allowed = [], [], 0
        is_listed = False
        try:
            for one in texts(path, data, self.tools.readers):
                if isinstance(one, Unread):
                    skipped.append(Unread(_at(shown, self.shown(one.path)), one.why))
                    continue
                if not one.is_guess and not is_listed:
                    material = raw.by_text(_document(path, one.part), one.text, digest, self.tools.material)
                    if material:
                        is_listed = True
                        told.append(
                            self._tell(Hit(0, 0, material[0], digest, material[1]), path, shown, 1, 1, "", where)
                        )
                found, passed = self._in_text(path, shown, one, where)
                told += found
                allowed += passed
        except DeidError as error:
            problems.append(Unread(shown, f"{error.message}; {error.hint}" if error.hint else error.message, 3))
        except Exception as error:  # noqa: BLE001  (a reader that breaks must shut the gate, not the check)
            problems.append(Unread(shown, f"reading it failed unexpectedly ({type(error).__name__})", 3))
        return Scanned(tuple(told), tuple(skipped), tuple(problems), allowed)

    def _in_text(self, path: str, shown: str, one: Text, where: str) -> tuple[list[Found], int]:
        is_credit = bool(_CREDITS.search(path))
        is_signed = is_credit or one.part.endswith(_PROPERTIES)
        found, allowed, starts = [], 0, None
        hits = list(self._hits(one.text, is_signed=is_signed, is_credit=is_credit, is_guess=one.is_guess))
        for hit in hits:
            starts = starts if starts is not None else [0, *(match.end() for match in _NEWLINE.finditer(one.text))]
            line = bisect_right(starts, hit.start)
            column = hit.start - starts[line - 1] + 1
            verdict = ""
            if one.is_plain:
                words = one.text[starts[line - 1] : starts[line] if line < len(starts) else len(one.text)]
                on_line = sum(1 for other in hits if starts[line - 1] <= other.start < starts[line - 1] + len(words))
                verdict = allowance(path, words, hit.kind, on_line)
            if verdict == "allowed":
                allowed += 1
                continue
            note = f"the allowance on this line is refused: {verdict}" if verdict else ""
            part = f"part {self.shown(one.part)}" if one.part else ""
            found.append(self._tell(hit, path, shown, line, column, ", ".join(filter(None, (part, note))), where))
        return found, allowed

    def _hits(
        self, text: str, *, is_signed: bool = False, is_credit: bool = False, is_guess: bool = False
    ) -> Iterator[Hit]:
        """Watchlist first: it knows what a thing is. Of two hits at one place the first stands."""
        plain = seen(text)
        taken = _Taken()
        if self._search:
            for form in (plain, text) if plain != text else (plain,):
                for hit in (
                    *judged(form, self._search(form), signed=is_signed),
                    *self._in_identifiers(form, is_signed),
                ):
                    if taken.takes(hit):
                        yield hit
        if is_guess:
            return
        if "[" in plain or "##" in plain or "<seg" in plain:  # "[Police 218]" is our own word and no reference
            plain = self.tools.material.tokens.sub(lambda match: " " * len(match[0]), plain)
        for layer in (patterns.find, *self.tools.deep):
            for hit in layer(plain):
                if not (is_credit and hit.kind == "email") and taken.takes(hit):
                    yield hit

    def _in_identifiers(self, text: str, is_signed: bool) -> Iterator[Hit]:
        """Names inside `getOddingtonData` and `oddington2`: the whole identifier is the hit."""
        if not (search := self._search):
            return
        for word, words in parted(text):
            if word not in self._identifiers:
                self._identifiers[word] = next(judged(words, search(words), signed=is_signed), None)
            if found := self._identifiers[word]:
                for place in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text):
                    yield replace(found, start=place.start(), end=place.end())

    def _hits_in_name(self, path: str) -> list[Hit]:
        """In names, what parts words stands where a space would; a program's own parts of a file hold none."""
        if not path:
            return []
        taken = _Taken()
        several = (path, path.translate(_PARTED))
        return [hit for text in several for hit in self._hits(text, is_signed=True) if taken.takes(hit)]

    def _blanked(self, text: str, hits: Iterable[Hit]) -> str:
        for hit in sorted(hits, key=lambda one: one.start, reverse=True):
            text = text[: hit.start] + BLANK + text[hit.end :]
        return " ".join(text.split("\n")).strip()

    def _tell(self, hit: Hit, logical: str, shown: str, line: int, column: int, note: str, where: str) -> Found:
        key = self.tools.key
        print_ = fingerprint(key, PURPOSE, hit.kind, logical, hit.value) if key else None
        blob = f"blob {where[:12]}" if where and BLANK in shown else ""
        blob = blob if logical else "in no commit: `git gc --prune=now` takes it out"
        reason = ", ".join(filter(None, (hit.reason, note, blob)))
        return Found(shown, line, column, hit.kind, print_, reason, self.shown(logical) if BLANK in shown else logical)


class _Taken:
    """Stretches that a hit covers already."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def takes(self, hit: Hit) -> bool:
        if any(start < hit.end and hit.start < end for start, end in self._spans[-200:]):
            return False
        self._spans.append((hit.start, hit.end))
        return True


def _document(path: str, part: str) -> str:
    """What a reader opens: the Word file and not its XML, but in an archive the file inside."""
    inner = _OFFICE.search(part)
    if inner or _OFFICE.search(path) or "." not in part:
        return part[: inner.end()] if inner else path
    return part


def _place(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _at(path: str, part: str) -> str:
    return f"{path} ({part})" if part else path
