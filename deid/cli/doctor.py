"""`deid doctor`: is everything here as it should be?"""

import os
from pathlib import Path

import click

from deid.cli.study_option import study_option


@click.command()
@study_option
def doctor(folder: Path) -> int:
    """Check models, folders, permissions and that nothing goes online."""
    from deid.study.examination import examine

    findings = examine(folder, os.environ)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'LOOK'}  {finding.what}: {finding.says}")
        if finding.hint:
            click.echo(f"      {finding.hint}")
    return 0 if all(finding.is_well for finding in findings) else 1
