"""Write docs/reference/commands.md from each command's own help: `python docs/write_commands.py`; a test compares them."""

from pathlib import Path

import click

from deid.cli import COMMANDS, deid

PAGE = Path(__file__).parent / "reference/commands.md"
_HEAD = """# Commands

Written from the commands' own help by `python docs/write_commands.py`.

Every command of a study takes `--study DIR` (`-s`; default `./deid-study`, or `DEID_STUDY`). The passphrase comes from `DEID_PASSPHRASE_FILE`,
`DEID_PASSPHRASE`, or a prompt on a terminal; otherwise exit 2. Results go to standard output, all else to standard error.

Exit codes: **0** done, nothing found; **1** identifying text remains, a gate held a file back, the log does not add up, or a release lacks its sign-off;
**2** asked wrongly (usage, settings, no passphrase); **3** could not finish (bad file, wrong key, crash, Ctrl-C). A crash is never 1. The highest wins.
"""


def page() -> str:
    context = click.Context(deid, info_name="deid")
    sections = [_HEAD]
    for name in COMMANDS:
        command = deid.get_command(context, name)
        assert command is not None
        sections += _sections(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(sections)


def _sections(command: click.Command, context: click.Context) -> list[str]:
    made = [f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            made += _sections(inner, click.Context(inner, info_name=name, parent=context))
    return made


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
