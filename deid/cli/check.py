"""`deid check`: no identifiable data goes where everybody can read it."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from deid.check.findings import Report
    from deid.check.git import Pushed
    from deid.study.check.gathering import Request

F = TypeVar("F", bound="Callable[..., Any]")

_FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit")
_MOST_SKIPPED = 10
_file = click.Path(path_type=Path, dir_okay=False)


def what_to_check(command: F) -> F:
    """The options that `deid check` and `deid baseline add` share."""
    options = (
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True)),
        click.option("--staged", is_flag=True, help="What the next commit would hold."),
        click.option("--diff", metavar="BASE", default="", help="All that the commits since BASE brought in."),
        click.option("--history", is_flag=True, help="Everything in the repository, dropped commits and messages too."),
        click.option("--messages", is_flag=True, help="Messages, authors, branch and tag names."),
        click.option("--push", is_flag=True, help="What a push would make public (for a pre-push hook)."),
        click.option("--watchlist", type=_file, help="By default .deid-watchlist in the repository."),
        click.option("--key-file", type=_file, help="The watchlist's key; by default DEID_CHECK_KEY or ..._FILE."),
        click.option("--baseline", type=_file, help="By default .deid-baseline.json in the repository."),
        click.option("--region", metavar="PACK", default="", help="Also local names of a region pack."),
        click.option("--models", is_flag=True, help="Also what the language models find (slow)."),
        click.option(
            "--manifest", "manifests", type=_file, multiple=True, help="A release's manifest, or a study's log."
        ),
        click.option("--require-release", is_flag=True, help="Every transcript must be in a verified release."),
        click.option("--workers", type=click.IntRange(1, 64), default=None, help="Processes; by default one a core."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@what_to_check
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", type=_file, help="Write the findings to a file.")
def check(form: str, as_json: bool, out: Path | None, workers: int | None, key_file: Path | None, **asked: Any) -> int:
    """Is there identifiable data in files, commits or messages?

    Exit codes: 0 nothing found, 1 something found, 2 asked wrongly, 3 could not look at everything.
    """
    from deid.study.check.checking import check as look

    request = request_of(**asked)
    report = look(
        request,
        folder=Path.cwd(),
        environment=environment_with(key_file),
        today=datetime.now(UTC).date(),
        workers=workers or os.cpu_count() or 1,
    )
    written = written_as(report, "json" if as_json else form)
    if out is not None:
        out.write_bytes(written.encode("utf-8", "replace"))
    else:
        click.echo(written, nl=False)
    say(report)
    return report.exit_code


def request_of(*, paths: tuple[Path, ...], push: bool, require_release: bool, **asked: Any) -> "Request":
    """The request that the options make. Raises UsageError where nothing is asked for."""
    from deid.study.check.gathering import Request

    files = tuple(path for path in paths if str(path) != "-")
    given = sys.stdin.buffer.read().decode("utf-8", "replace") if len(files) < len(paths) else None
    wanted = [*paths, asked["staged"], asked["diff"], asked["history"], asked["messages"], push]
    if not any(wanted):
        raise click.UsageError("name files or folders, or one of --staged, --diff BASE, --history, --messages")
    pushed = _pushed() if push else ()
    return Request(paths=files, given=given, pushed=pushed, requires_release=require_release, **asked)


def environment_with(key_file: Path | None) -> dict[str, str]:
    return {**os.environ, "DEID_CHECK_KEY_FILE": str(key_file)} if key_file else dict(os.environ)


def written_as(report: "Report", form: str) -> str:
    """The report in one of the formats."""
    import deid.check.outputs
    from deid import plugins

    written: str = plugins.load(deid.check.outputs, form).write(report)
    return written


def say(report: "Report") -> None:
    """What is no finding: what went wrong, what was not read, what did not run; then the count."""
    for one in report.problems:
        click.echo(f"deid: error: {one.path}: {one.why}", err=True)
    for one in report.skipped[:_MOST_SKIPPED]:
        click.echo(f"deid: not read: {one.path}: {one.why}", err=True)
    if len(report.skipped) > _MOST_SKIPPED:
        click.echo(
            f"deid: not read: {len(report.skipped) - _MOST_SKIPPED} more; --format json names them all", err=True
        )
    for note in report.notes:
        click.echo(f"deid: {note}", err=True)
    count = len(report.findings)
    allowed = f", {report.allowed} allowed in comments" if report.allowed else ""
    click.echo(
        f"deid: {report.scanned} files and texts checked, {len(report.skipped)} not read inside,"
        f" {count or 'no'} finding{'' if count == 1 else 's'}{allowed}",
        err=True,
    )


def _pushed() -> "tuple[Pushed, ...]":
    """What goes up: the lines that git gives its pre-push hook.

    pre-commit keeps them to itself and tells its hooks of the first branch alone, so there every branch and tag counts.
    """
    from deid.check.git import Pushed, unpushed

    if os.environ.get("PRE_COMMIT"):
        return unpushed(Path.cwd())
    lines = [] if sys.stdin.isatty() else sys.stdin.read().split("\n")
    ends = tuple(Pushed(parts[1], parts[3], parts[2]) for line in lines if len(parts := line.split()) == 4)
    return ends or unpushed(Path.cwd())
