"""What git holds: staged blobs, the blobs of commits, messages, authors, branches. Only git itself is asked."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deid.errors import AskedWrongly, CouldNotFinish

_GITLINK = "160000"
_LARGEST_TAG = 1 << 20


@dataclass(frozen=True, slots=True)
class Blob:
    """One version of one file. `path` is relative to the repository's root; "" for a blob that no tree names."""

    path: str
    id: str
    mode: str = "100644"
    commit: str = ""

    @property
    def is_submodule(self) -> bool:
        return self.mode == _GITLINK


@dataclass(frozen=True, slots=True)
class Words:
    """Text that git keeps outside of files. logical: what the baseline calls it, in which no commit stands."""

    logical: str
    where: str
    text: str
    is_signature: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """One line of a push: what goes up, what the remote has there ("" or zeros: nothing), and its name there."""

    local: str
    remote: str = ""
    name: str = ""


def root(folder: Path) -> Path | None:
    """The repository around a folder, None where there is none."""
    try:
        return Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    except CouldNotFinish:
        return None


def must_be_root(folder: Path) -> Path:
    """Raises AskedWrongly outside a repository."""
    found = root(folder)
    if found is None:
        raise AskedWrongly("this is no git repository, or git is not installed", where=str(folder))
    return found


def refuse_shallow(folder: Path) -> None:
    """Raises CouldNotFinish in a clone that holds only the latest commits: a clean part is no clean history."""
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CouldNotFinish(
            "this clone is shallow: its history is not here",
            hint="git fetch --unshallow, or `fetch-depth: 0` in the checkout step",
        )


def staged(folder: Path) -> list[Blob]:
    """What the next commit would add or change, as it is staged and not as it lies in the work tree."""
    command = ["diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-filter=ACMRT", "--no-ext-diff"]
    return _raw(_git(folder, *command))


def tracked(folder: Path) -> tuple[list[str], list[str]]:
    """(files that git tracks or would add, files and folders that it ignores), relative to the folder."""
    seen = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
    ignored = _git(folder, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--", ".")
    return sorted(set(_split(seen))), _split(ignored)


def commits_since(folder: Path, base: str) -> list[str]:
    """The commits that HEAD has and the base has not. Raises CouldNotFinish for a base that is not here."""
    return _revisions(folder, ["HEAD", f"^{_commit(folder, base)}"])


def commits_pushed(folder: Path, ends: Sequence[Pushed]) -> list[str]:
    """The commits that a push would make public, less all that any remote has."""
    wanted = [end.local for end in ends if end.local.strip("0")]
    if not wanted:
        return []
    known = [f"^{end.remote}" for end in ends if end.remote.strip("0") and _is_here(folder, end.remote)]
    return _revisions(folder, [*wanted, *known, "--not", "--remotes"])


def tags_pushed(ends: Sequence[Pushed]) -> list[str]:
    """The objects that go up under a tag's name; one of a lightweight tag is its commit."""
    return [end.local for end in ends if end.name.startswith("refs/tags/") and end.local.strip("0")]


def names_pushed(ends: Sequence[Pushed]) -> Iterator[Words]:
    """What the branches and tags are called where they go."""
    for end in ends:
        if end.local.strip("0") and end.name.startswith("refs/"):
            what = "tag" if end.name.startswith("refs/tags/") else "branch"
            yield Words(f"{what} name", f"{what} at {end.local[:12]}", _short(end.name))


def unpushed(folder: Path) -> tuple[Pushed, ...]:
    """Every local branch and tag, and HEAD: for a hook that is not told what goes up."""
    lines = _git(folder, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags").splitlines()
    head = [Pushed("HEAD")] if has_commits(folder) else []
    return (*head, *(Pushed(id, "", name) for id, _, name in (line.partition(" ") for line in lines)))


def all_objects(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """(commits, tags, blobs) of everything in the repository, with what no branch reaches: rebased, dropped, staged."""
    kinds: dict[str, list[str]] = {"commit": [], "tag": [], "blob": [], "tree": []}
    for line in _git(
        folder, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)"
    ).splitlines():
        kind, _, id = line.partition(" ")
        kinds.setdefault(kind, []).append(id)
    return kinds["commit"], kinds["tag"], kinds["blob"]


def blobs_of(folder: Path, commits: Iterable[str]) -> list[Blob]:
    """Every version of every file that these commits brought in, merges against each of their parents."""
    command = [
        "diff-tree",
        "--stdin",
        "-r",
        "--root",
        "-m",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--no-ext-diff",
    ]
    output = _git(folder, *command, "--diff-filter=ACMRT", given="\n".join(commits) + "\n")
    return _raw(output)


def blobs_at(folder: Path, commit: str) -> list[Blob]:
    """The files of one commit."""
    found = []
    for line in _split(_git(folder, "ls-tree", "-r", "-z", "--full-tree", commit)):
        about, _, path = line.partition("\t")
        mode, _, id = about.split(" ")
        found.append(Blob(path, id, mode))
    return found


def index(folder: Path) -> list[Blob]:
    """Every file as it is staged."""
    found = []
    for line in _split(_git(folder, "ls-files", "-s", "-z", "--full-name", "--", ".")):
        about, _, path = line.partition("\t")
        mode, id, _ = about.split(" ")
        found.append(Blob(path, id, mode))
    return found


def messages(folder: Path, commits: Sequence[str]) -> Iterator[Words]:
    """The message and the people of each commit."""
    form = "%H%x00%B%x00%an <%ae>%n%cn <%ce>%x00%x01"
    if not commits:
        return
    output = _git(folder, "log", "--no-walk=unsorted", "--stdin", f"--format={form}", given="\n".join(commits) + "\n")
    for entry in output.split("\x00\x01"):
        parts = entry.lstrip("\n").split("\x00")
        if len(parts) == 3:
            id, body, people = parts
            yield Words("commit message", f"commit {id[:12]}", body)
            for who in dict.fromkeys(people.split("\n")):
                yield Words("author", f"commit {id[:12]} author", who, is_signature=True)


def references(folder: Path) -> Iterator[Words]:
    """Names of branches, tags, notes and stashes."""
    for line in _git(folder, "for-each-ref", "--format=%(objectname) %(refname)").splitlines():
        id, _, name = line.partition(" ")
        what = "tag" if name.startswith("refs/tags/") else "branch"
        yield Words(f"{what} name", f"{what} at {id[:12]}", _short(name))


def tags(folder: Path) -> list[str]:
    """The objects of all tags."""
    return _git(folder, "for-each-ref", "--format=%(objectname)", "refs/tags").split()


def tag_messages(folder: Path, ids: Sequence[str]) -> Iterator[Words]:
    """What annotated tags say, also one that no name reaches any more."""
    for id, kind, data in _objects(folder, ids, _LARGEST_TAG):
        if kind != "tag":
            continue
        head, _, body = (data or b"").decode("utf-8", "surrogateescape").partition("\n\n")
        lines = dict(line.partition(" ")[::2] for line in head.split("\n"))
        who = lines.get("tagger", "").rpartition(" ")[0].rpartition(" ")[0]  # less the time and its zone
        yield Words("tag name", f"tag at {id[:12]}", lines.get("tag", ""))
        yield Words("tag message", f"tag {id[:12]}", body)
        yield Words("author", f"tag {id[:12]} author", who, is_signature=True)


def _short(name: str) -> str:
    """refs/heads/x/y -> x/y"""
    return name.partition("/")[2].partition("/")[2]


def head_name(folder: Path) -> Iterator[Words]:
    """The branch that is checked out."""
    name = _git(folder, "rev-parse", "--abbrev-ref", "HEAD").strip()
    if name not in ("", "HEAD"):
        yield Words("branch name", "this branch", name)


def has_commits(folder: Path) -> bool:
    return _is_here(folder, "HEAD")


def reachable(folder: Path) -> list[str]:
    """Every commit that HEAD has."""
    return _revisions(folder, ["HEAD"]) if has_commits(folder) else []


def read_blobs(folder: Path, ids: Sequence[str], largest: int) -> Iterator[tuple[str, bytes | None]]:
    """The bytes of blobs; None for one that is too large. Raises CouldNotFinish if one is gone."""
    return ((id, data) for id, _, data in _objects(folder, ids, largest))


def _objects(folder: Path, ids: Sequence[str], largest: int) -> Iterator[tuple[str, str, bytes | None]]:
    """(id, kind, bytes) of objects, through one process."""
    if not ids:
        return
    with subprocess.Popen(
        ["git", "cat-file", "--batch"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101
        for id in ids:
            process.stdin.write(f"{id}\n".encode("ascii"))
            process.stdin.flush()
            header = process.stdout.readline().decode("ascii", "replace").split()
            if len(header) != 3:
                raise CouldNotFinish("git does not have an object that its history names", where=id[:12])
            size = int(header[2])
            if size > largest:
                _discard(process.stdout, size + 1)
                yield id, header[1], None
            else:
                yield id, header[1], process.stdout.read(size)
                process.stdout.read(1)
        process.stdin.close()


def _discard(stream: object, size: int) -> None:
    while size > 0:
        size -= len(stream.read(min(size, 1 << 20)))  # type: ignore[attr-defined]


def _raw(output: str) -> list[Blob]:
    """`:old new oldid newid status NUL path NUL`, with a commit's id before what it changed."""
    found, commit, parts = [], "", iter(output.split("\x00"))
    for part in parts:
        if not part.startswith(":"):
            commit = part.strip() or commit
            continue
        _, mode, _, id, status = part[1:].split(" ")
        path = next(parts)
        if not status.startswith("D"):
            found.append(Blob(path, id, mode, commit))
    return found


def _revisions(folder: Path, ends: Sequence[str]) -> list[str]:
    return _git(folder, "rev-list", *ends).split()


def _commit(folder: Path, name: str) -> str:
    if name.startswith("-"):
        raise AskedWrongly("this is not the name of a commit", where="--diff")
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    except CouldNotFinish:
        raise CouldNotFinish(
            "the commit to compare with is not here",
            where="--diff",
            hint="fetch it first (`fetch-depth: 0` in the checkout step)",
        ) from None


def _is_here(folder: Path, name: str) -> bool:
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except CouldNotFinish:
        return False
    return True


def _split(output: str) -> list[str]:
    return [part for part in output.split("\x00") if part]


def _environment() -> dict[str, str]:
    """No prompt, no translation, no lazy fetch of objects that a partial clone lacks: a check goes nowhere."""
    return {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }


def _git(folder: Path, *command: str, given: str | None = None) -> str:
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", "-c", "log.showSignature=false", *command],
            cwd=folder, input=None if given is None else given.encode("utf-8", "surrogateescape"),
            capture_output=True, check=False, env=_environment(),
        )  # fmt: skip
    except OSError:
        raise CouldNotFinish("git cannot be started", hint="install git") from None
    if done.returncode:
        raise CouldNotFinish(f"git could not answer `git {command[0]}`", where=str(folder))
    return done.stdout.decode("utf-8", "surrogateescape")
