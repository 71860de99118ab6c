"""The command line: parse, call one function, print; nothing else.

Results go to standard output, all else to standard error. Exit codes: 0 done, nothing found; 1 identifying text
remains; 2 asked wrongly; 3 could not finish. A crash is never 1, and no message ever holds a transcript's words.
"""

import importlib
import os
import sys

import click

from deid.errors import DeidError
from deid.vault.memory import forbid_core_dumps

# One line a command: its module under deid/cli, imported only when the command is called, so that help is instant.
COMMANDS = {
    "setup": "setup",
    "demo": "demo",
    "doctor": "doctor",
    "run": "run",
    "roster": "roster",
    "open": "open",
    "review": "review",
    "preview": "preview",
    "release": "release",
    "risk": "risk",
    "quotes": "quotes",
    "audit": "audit",
    "vault": "vault",
    "backup": "backup",
    "restore": "backup",
    "check": "check",
    "baseline": "baseline",
    "evaluate": "evaluate",
    "formats": "formats",
    "selftest": "selftest",
    "policy": "policy",
    "region": "region",
}


class _Commands(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"deid.cli.{COMMANDS[name]}"), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, SHORT_HELP[name]) for name in COMMANDS])


# Said here too, so that `deid --help` imports nothing; a test compares each line with the command's own.
SHORT_HELP = {
    "setup": "Install the two language models, pinned by digest.",
    "demo": "Run the main job on six invented interviews.",
    "doctor": "Check models, folders, permissions and that nothing goes online.",
    "run": "Replace names, places, agencies and case details in transcripts.",
    "roster": "The people you already know of: import, list, edit, consent, pseudonyms.",
    "open": "Open the study in the browser: make it, read transcripts, review, release.",
    "review": "Look through what needs a person, and sign transcripts off.",
    "preview": "Show one transcript as it will read, without originals.",
    "release": "Write signed-off transcripts into releases/TIER/NUMBER, with manifest and public log.",
    "risk": "Who could still be recognised, by a colleague or a stranger.",
    "quotes": "Check a paper's quotations against the released text.",
    "audit": "Verify the log, report on it, export it; no key needed.",
    "vault": "The key's life.",
    "backup": "Copy the study: vault, log, decisions, settings, drafts and releases, with their digests.",
    "restore": "Put BACKUP back as the study. Proves first that it is whole and opens; never replaces anything newer.",
    "check": "Is there identifiable data in files, commits or messages?",
    "baseline": "Findings that were looked at and allowed: add, audit, prune.",
    "evaluate": "Quality figures against gold data.",
    "formats": "What is read, kept, dropped and refused in each format.",
    "selftest": "Plant an invented name in every place of every format and prove that none survives.",
    "policy": "What each category becomes, for each audience.",
    "region": "Build a fuller region pack from official downloads.",
}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="deid-transcripts", prog_name="deid")
def deid() -> None:
    """De-identify research interviews: find, pseudonymise, prove.

    Start with `deid demo`, then `deid run YOUR_FOLDER`.
    """


def main() -> None:
    """The console entry point; maps every error to its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in code page 1252 must not turn a name's accent into a crash.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    forbid_core_dumps()
    try:
        code = deid.main(standalone_mode=False, prog_name="deid")
    except DeidError as error:
        _say(str(error), error.hint)
        sys.exit(error.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say("stopped; nothing is half-written", "run the same command again to go on")
        sys.exit(3)
    except click.ClickException as error:
        _say(error.format_message(), "")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)
    except Exception as error:  # noqa: BLE001  (the one place: a crash must end in 3, and must not print a transcript)
        _crashed(error)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str, hint: str) -> None:
    click.echo(f"deid: error: {message}", err=True)
    if hint:
        click.echo(f"deid: hint: {hint}", err=True)


def _crashed(error: Exception) -> None:
    """Say where it broke, in our own code only; an exception's own message may quote a transcript."""
    places = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if "deid" in code.co_filename.replace("\\", "/").split("/"):
            places.append(f"{os.path.basename(code.co_filename)}:{step.tb_lineno} in {code.co_name}")  # noqa: PTH119
        step = step.tb_next
    where = places[-1] if places else "outside deid"
    _say(f"an error that deid did not expect ({type(error).__name__} at {where})", "please report these words")
