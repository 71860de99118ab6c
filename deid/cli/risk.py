"""`deid risk`: what is left, for outsiders and for colleagues."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deid.cli.study_option import open_the_study, study_option
from deid.errors import AskedWrongly

if TYPE_CHECKING:
    from deid.study.folder import Study
    from deid.study.render import Rendered
    from deid.study.risk.risk import Assessed

_reviewer = click.option("--reviewer", metavar="R", default="deid", help="Your reviewer code, such as R1.")


@dataclass(frozen=True)
class _Text:
    """Whose text is judged, and where it lies."""

    tier: str | None
    sources: Path | None
    folder: Path


def _of_a_text(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--tier`, `--sources` and `--study`, before or behind the part's name: `deid risk -s STUDY accept ID`."""

    @click.option("--tier", type=click.Choice(["team", "archive", "public"]), help="Whose text; the drafts' if none.")
    @click.option(
        "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now."
    )
    @study_option
    @click.pass_context
    @functools.wraps(command)
    def with_a_text(
        context: click.Context, /, *, tier: str | None, sources: Path | None, folder: Path, **options: object
    ) -> object:
        before = context.obj or _Text(None, None, folder)
        context.obj = _Text(tier or before.tier, sources or before.sources, _folder(context, folder))
        return command(context.obj, **options)

    return with_a_text


def _folder(context: click.Context, folder: Path) -> Path:
    """The study named nearest to what is asked: behind the part's name, else before it."""
    is_default = context.get_parameter_source("folder") is click.core.ParameterSource.DEFAULT
    return context.obj.folder if context.obj and is_default else folder


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help='{"findings": [{"kind", "code", "turn", ...}], "matrix"}')
@_of_a_text
def risk(text: _Text, as_json: bool) -> None:
    """Who could still be recognised, by a colleague or a stranger.

    Reads the text as it would be released for a tier. There is no score: each finding is for a person to decide.
    """
    if click.get_current_context().invoked_subcommand:
        return
    from deid.study.risk.risk import as_values, put_on_record

    study = open_the_study(text.folder)
    with study.writing():
        _, assessed = _assessed(study, text)
        put_on_record(study, assessed)
    if as_json:
        click.echo(json.dumps(as_values(assessed), indent=2, ensure_ascii=False))
    else:
        _say(assessed)


@risk.command()
@click.argument("id")
@click.option("--reason", required=True, help="Why this may stay, without a name.")
@_reviewer
@_of_a_text
def accept(text: _Text, id: str, reason: str, reviewer: str) -> None:
    """Accept the finding with this ID, with a reason that is logged."""
    from deid.study.risk.risk import accept as put
    from deid.study.risk.risk import put_on_record

    study = open_the_study(text.folder)
    with study.writing():
        rendered, assessed = _assessed(study, text)
        line = put(study, assessed, id, reason, reviewer)
        put_on_record(study, _again(study, rendered))
    click.echo(f"Accepted by {line.reviewer}: {line.values['kind']}, {line.code} turn {line.values['turn']}.")


@risk.command("intruder-pack")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder.")
@_of_a_text
def intruder_pack(text: _Text, out: Path) -> None:
    """Write what a motivated intruder is given: excerpts, public facts, rules, worksheet, register."""
    from deid.study.risk.intruder import write_pack

    study = open_the_study(text.folder)
    letters = write_pack(study, _assessed(study, text)[1], out)
    click.echo(out.resolve())
    click.echo("Which interview is whose, for you alone and never for the intruder:", err=True)
    for letter, code in letters.items():
        click.echo(f"    {letter}  {code}", err=True)


@risk.command("intruder-result")
@click.option(
    "--outcome", type=click.Choice(["nobody", "guessed", "recognised", "young-person"]), required=True,
    help="What came of it.",
)  # fmt: skip
@click.option("--minutes", type=click.IntRange(min=1), required=True, help="Time spent.")
@click.option("--worksheet", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=True,
              help="The filled-in worksheet: only its digest is kept.")  # fmt: skip
@click.option("--release", default="", help="Of a release, such as public/1.")
@_reviewer
@study_option
@click.pass_context
def intruder_result(
    context: click.Context, outcome: str, minutes: int, worksheet: Path, release: str, reviewer: str, folder: Path
) -> int:
    """Put an intruder test's outcome on record. Exit code 1 where somebody was recognised."""
    from deid.study.risk.intruder import OUTCOMES, record_result

    record_result(open_the_study(_folder(context, folder)), outcome, minutes, worksheet, release, reviewer)
    click.echo(f"On record: {OUTCOMES[outcome]}, after {minutes} minutes.")
    return 1 if outcome in ("recognised", "young-person") else 0


@risk.command()
@click.option("--share", default="5%", show_default=True, help="How much of the text is drawn.")
@click.option(
    "--draw", "number", type=click.IntRange(min=1), default=1, show_default=True, help="Another sample: 2, 3."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the passages here.")
@click.option("--misses", type=click.IntRange(min=0), help="After reading: how many were found.")
@_reviewer
@_of_a_text
def sample(text: _Text, share: str, number: int, out: Path | None, misses: int | None, reviewer: str) -> int:
    """Draw passages for a blind re-reading; with --misses record what it found.

    The same share and draw give the same passages as long as the text is the same.
    """
    from deid.study.risk.intruder import as_text, record_misses, sample_of

    part = _share(share)
    study = open_the_study(text.folder)
    _, assessed = _assessed(study, text)
    drawn = sample_of(study, assessed, part, number)
    if misses is None:
        passages = as_text(drawn)
        if out is None:
            click.echo(passages)
        else:
            out.write_text(passages, encoding="utf-8", newline="\n")
            click.echo(out.resolve())
        click.echo(f"{len(drawn.passages)} passages, {drawn.words} of {drawn.total_words} words.", err=True)
        return 0
    rate = record_misses(study, assessed.tier, drawn, misses, reviewer)
    low, high = rate.expected
    found = f"{misses} {'miss' if misses == 1 else 'misses'} in {drawn.words} words"
    click.echo(
        f"{found}: {rate.per_thousand:.2f} in a thousand words, between {rate.low:.2f} and {rate.high:.2f}"
        f" (95 %, Wilson). In all {rate.total_words} words: between {low} and {high}."
    )
    return 1 if misses else 0


@risk.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder.")
@_of_a_text
def words(text: _Text, out: Path) -> None:
    """Write words for the paper and the repository: data list, cases.csv for NVivo, facts for a DPIA."""
    from deid.study.release.deposit import write_words

    study = open_the_study(text.folder)
    with study.writing():
        rendered, assessed = _assessed(study, text)
        written = write_words(study, rendered, assessed, out)
    for path in written:
        click.echo(path.resolve())


def _assessed(study: "Study", text: _Text) -> "tuple[Rendered, Assessed]":
    from deid.cli.run import progress_bar
    from deid.study.risk.risk import assess_study, judged_tier
    from deid.study.showing import show

    asked = text.tier or study.settings.policy.tier
    with progress_bar("Reading") as progress:
        rendered = show(study, judged_tier(study, asked), text.sources, progress)
    return rendered, assess_study(study, rendered, asked)


def _again(study: "Study", rendered: "Rendered") -> "Assessed":
    from deid.study.risk.risk import assess_study

    return assess_study(study, rendered)


def _share(words: str) -> float:
    try:
        number = float(words.rstrip("% ")) / (100 if words.strip().endswith("%") else 1)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise AskedWrongly("a share is a part of the whole", where="--share", hint="--share 5%")
    return number


def _say(assessed: "Assessed") -> None:
    from deid.cli.risk_table import plan_lines, table_lines
    from deid.risk.assess import place_of
    from deid.risk.matrix import matrix

    values = matrix(assessed.assessment)
    for line in (*table_lines(values), "", *plan_lines(values), ""):
        click.echo(line)
    for one in assessed.findings:
        where = place_of(one.risk.code, one.risk.turn)
        state = "" if one.state == "open" else f" [{one.state}]"
        click.echo(f"{one.id[:8]}  {one.risk.kind:12} {where:20} {one.risk.reason}{state}")
        click.echo(f"{'':44}{one.risk.suggestion}")
    still = sum(one.state == "open" for one in assessed.findings)
    click.echo(f"{len(assessed.findings)} findings in the text for the tier {assessed.tier}, {still} open.", err=True)
    for note in assessed.assessment.notes:
        click.echo(f"note: {note}", err=True)
