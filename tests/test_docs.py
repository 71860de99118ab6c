"""The documentation cannot drift: commands, recognisers, formats, strategies and links are compared with the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from deid import plugins
from deid.detect import recognisers
from deid.formats import choose
from deid.pseudonymise import strategies

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])


def test_the_commands_page_is_the_commands_own_help() -> None:
    # In a process of its own: click remembers a command's help option from whichever test called it first.
    script = str(DOCS / "write_commands.py")
    code = f"import runpy, sys; sys.stdout.buffer.write(runpy.run_path({script!r})['page']().encode())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (DOCS / "reference/commands.md").read_text(encoding="utf-8") == done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("detection.md", plugins.names(recognisers)),
        ("formats.md", choose.names()),
        ("policies.md", plugins.names(strategies)),
    ],
)
def test_every_plugin_has_its_line(page: str, names: tuple[str, ...]) -> None:
    text = (DOCS / "reference" / page).read_text(encoding="utf-8")
    assert not [name for name in names if not re.search(rf"\b{name}\b", text, re.IGNORECASE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


def test_the_design_names_what_is_there() -> None:
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|deid|docs|benchmarks)/[\w./]+)`", text))
    house = {f"deid/{name}" for name in re.findall(r"^    ([\w]+(?:\.py|/)) ", text, re.MULTILINE)}
    assert len(named) > 10 and len(house) > 15
    assert not [name for name in sorted(named | house) if not (ROOT / name).exists()]


def test_the_readme_shows_both_front_doors() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text and "make test" in text


def test_nothing_carries_a_machine_or_an_index() -> None:
    home = r"(?<![\w.])/(?:root|home|Users|work)/[a-z]"  # a path of somebody's machine
    index = "|".join(("files.python" + "hosted", "pypi" + ".org/simple"))
    forbidden = re.compile(f"{home}|{index}")
    for path in [
        *ROOT.glob("*.*"),
        *(ROOT / "requirements").iterdir(),
        *DOCS.rglob("*.md"),
        *(ROOT / "deid").rglob("*.py"),
    ]:
        if path.is_file() and path.suffix in (".md", ".txt", ".toml", ".py", ".in", ".yaml", ".yml"):
            assert not forbidden.search(path.read_text(encoding="utf-8")), path.name
