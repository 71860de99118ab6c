"""Repositories for the check: one with sixty planted identifiers, three clean ones. Everybody in them is invented."""

import io
import json
import os
import subprocess
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from deid.fold import fold
from deid.model import Category, Entity, KeyEntry
from deid.region import load_region
from deid.study.forms import rules_of_forms
from deid.study.roster import read_roster
from deid.vault.contents import Contents, new_keys
from deid.vault.watchlist import runs_of, watchlist
from tests.invented import random_bytes

EXAMPLES = Path(__file__).parents[2] / "examples"
CONTENTS = Contents(keys=new_keys(random_bytes("check")))
KEY = CONTENTS.keys.watch
ENVIRONMENT = {"DEID_CHECK_KEY": KEY.hex()}
INTERVIEWERS = frozenset({"I1", "I2"})


@dataclass(frozen=True)
class Listed:
    text: str
    forms: int


@cache
def examples_list() -> Listed:
    """The watchlist of the examples, as the vault would write it: their roster, their entities, their turns."""
    roster = tuple(
        replace(person, public=person.code in INTERVIEWERS) for person in read_roster(EXAMPLES / "roster.csv")
    )
    rows = [json.loads(line) for line in (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    entries = tuple(_entries(rows, [person.full_name for person in roster]))
    runs = {run for row in rows for turn in row["text"].split("\n") for run in runs_of(turn, KEY)}
    contents = replace(CONTENTS, roster=roster, entries=entries)
    made = watchlist(contents, 5, rules_of_forms(load_region("kent-medway")), sorted(runs))
    return Listed(made.text, made.forms)


def _entries(rows: list[dict[str, object]], people: list[str]) -> list[KeyEntry]:
    """The gold's entities; one whose form is a roster name in another order is that person, as a run links them."""
    forms: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for span in row["spans"]:  # type: ignore[attr-defined]
            if span["category"] in Category.__members__ and span.get("entity"):
                forms.setdefault((span["entity"], span["category"]), set()).add(span["text"])
    for several in forms.values():
        said = {frozenset(fold(form).split()) for form in several}
        several |= {name for name in people if frozenset(fold(name).split()) in said}
    return [
        KeyEntry(Entity(id, Category(category), category.lower(), "", tuple(sorted(several))), {})
        for (id, category), several in sorted(forms.items())
    ]


def git(folder: Path, *command: str, **environment: str) -> str:
    who = {"GIT_AUTHOR_NAME": "Dev", "GIT_AUTHOR_EMAIL": "dev@northfield.example", "GIT_CONFIG_GLOBAL": os.devnull}
    who |= {"GIT_COMMITTER_NAME": "Dev", "GIT_COMMITTER_EMAIL": "dev@northfield.example", "GIT_CONFIG_NOSYSTEM": "1"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", *command],
        cwd=folder, env={**inherited, **who, **environment}, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    (folder / ".deid-watchlist").write_bytes(examples_list().text.encode("utf-8"))
    return folder


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def commit(folder: Path, message: str, files: dict[str, str | bytes] | None = None, **environment: str) -> str:
    put(folder, files or {})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, **environment)
    return git(folder, "rev-parse", "HEAD").strip()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with its paragraphs' words in two runs, and further parts such as comments."""
    start = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w">'
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line[:4]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{line[4:]}</w:t></w:r></w:p>"
        for line in body.split("\n")
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{start}{paragraphs}</w:document>")
        for name, text in parts.items():
            author, _, words = text.rpartition("|")
            inner = f'<w:comment w:author="{author}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
            archive.writestr(f"word/{name}.xml", f"<w:comments>{inner}</w:comments>")
    return output.getvalue()


def notebook(*outputs: str) -> str:
    cells = [
        {"cell_type": "code", "source": ["frame.head()\n"], "outputs": [{"data": {"text/plain": [output]}}]}
        for output in outputs
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def archive(files: dict[str, str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return output.getvalue()


# Ofcom's numbers for drama, NHS numbers of the 999 range, hosts that end in .example. Each is planted once.
_PHONES = [f"07700 9001{number}" for number in range(10, 24)]
_MAILS = [f"{name}.oddington@northfield.example" for name in ("ada", "bea", "cy", "dot", "eve", "flo", "gus", "hal")]


def _nhs(count: int) -> list[str]:
    found = []
    for number in range(999_000_100, 999_009_999, 37):
        rest = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(str(number))) % 11
        if rest != 10:
            found.append(f"{number}{rest % 11}")
    return found[:count]


_NHS = _nhs(14)
NAMES = (
    "Thackwray", "Gurdeep Singh Hundal", "Mrs Penhaligon", "Mr Hundal", "Mr Czerniak", "Scullion", "Marianne Thackwray",
    "Aleksander Czerniak", "Grace Penhaligon", "Joy Mwangale", "Blathnaid Scullion", "DI Thackwray",
)  # fmt: skip
_POSTCODES = ("ME14 9ZZ", "CT10 9ZY", "DA11 9ZX", "TN23 9ZW", "ME7 9ZU", "CT1 9ZT")
_REST = ("AB 12 34 56 C", "Z123456789012", "B801200005001", "MORGA657054SM9IJ", "dob 12/03/2004", "46/123456/19")
PLANTED = (*_PHONES, *_MAILS, *_NHS, *NAMES, *_POSTCODES, *_REST)


def planted(folder: Path) -> Path:
    """Sixty identifiers in code, messages, names, notebooks, documents, a merged branch and a dropped history."""
    assert len(set(PLANTED)) == 60, len(set(PLANTED))
    repository(folder)
    commit(folder, "start", {"README.md": "# A study\n"})
    one = iter(PLANTED)

    def next_of(count: int) -> list[str]:
        return [next(one) for _ in range(count)]

    phones, mails, nhs = next_of(14), next_of(8), next_of(14)
    names, postcodes, rest = next_of(12), next_of(6), next_of(6)
    commit(folder, "code", {
        "src/app.py": f'CALL = "{phones[0]}"\n# ask {mails[0]}\nPATIENT = {nhs[0]}\n',
        "src/run.R": f"x <- '{phones[1]}'\nid <- \"{nhs[1]}\"\n",
        "src/names.js": f"const who = '{names[0]}'; // {names[1]}\n",
        "conf.yaml": f"contact: {mails[1]}\nwhere: {postcodes[0]}\nni: {rest[0]}\n",
        "data.csv": f"id,number\n1,{nhs[2]}\n2,{phones[2]}\n3,{rest[2]}\n",
        "data.json": json.dumps({"note": f"first\n{names[2]} rang", "at": postcodes[1]}),
    })  # fmt: skip
    commit(folder, "notebook", {
        "analysis.ipynb": notebook(f"0  {nhs[3]}\n1  {phones[3]}\n", f"name  {names[3]}\n{mails[2]}", rest[3]),
        "paper.docx": docx(f"Call {phones[4]}\nWritten for {names[4]}", comments=f"{names[5]}|see {mails[3]}"),
        "notes.docx": docx("Nothing here", footnotes=f"Reviewer|NHS {nhs[4]}", comments=f"Reviewer|{postcodes[2]}"),
        "all.zip": archive({"a/b.txt": f"{phones[5]}\n{nhs[5]}\n", f"c/{names[6]}.txt": "empty"}),
    })  # fmt: skip
    commit(folder, f"mend what {names[7]} said\n\nsee {mails[4]}, {phones[6]}, {nhs[6]}")
    commit(folder, "names", {f"notes/{names[8].replace(' ', '_')}.md": "nothing\n", f"in/{nhs[7]}.txt": "nothing\n"})
    git(folder, "checkout", "-q", "-b", "side")
    commit(folder, f"side: {postcodes[3]}", {"side.txt": f"{phones[7]} {nhs[8]}\n{names[9]}\n"})
    git(folder, "rm", "-q", "side.txt")
    commit(folder, "side: gone again")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", f"merge, ask {mails[5]}", "side")
    git(folder, "branch", "-q", "-D", "side")
    before = commit(folder, "to be rebased")
    commit(folder, f"dropped {phones[8]}", {"gone.txt": f"{nhs[9]}\n{mails[6]}\n{names[10]}\n{postcodes[4]}\n"})
    git(folder, "reset", "-q", "--hard", before)
    git(folder, "reflog", "expire", "--expire=now", "--all")
    commit(folder, "people", GIT_AUTHOR_NAME=names[11], GIT_COMMITTER_NAME="Dev")
    git(folder, "branch", f"for-{phones[9].replace(' ', '')}")
    git(folder, "tag", "-a", "v1", "-m", f"asked {mails[7]}, {nhs[10]}")
    commit(folder, "more", {
        "utf16.txt": f"{phones[10]}\n{rest[4]}".encode("utf-16"),
        "latin.txt": f"caf\xe9 {nhs[11]}".encode("cp1252"),
        "page.html": f"<p>ring&nbsp;{phones[11]}</p><p>{rest[5]}</p>",
        "minutes.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>It is {nhs[12]}\n",
        "letter.md": f"{postcodes[5]}\n\nUPN {rest[1]}\n{phones[12]}\n",
    })  # fmt: skip
    put(folder, {"staged.txt": f"{phones[13]} {nhs[13]}\n"})
    git(folder, "add", "-A")
    git(folder, "rm", "-q", "-f", "--cached", "staged.txt")
    (folder / "staged.txt").unlink()
    return folder


def clean_code(folder: Path) -> Path:
    """A program, as many are: versions, times, hashes, floats, decorators, examples of addresses, packed data."""
    repository(folder)
    who = {"GIT_AUTHOR_NAME": "Rhiannon Pask", "GIT_AUTHOR_EMAIL": "rhiannon.pask@northfield.example"}
    commit(folder, "Initial commit\n\nSigned-off-by: Rhiannon Pask <rhiannon.pask@northfield.example>", {
        "pyproject.toml": '[project]\nname = "x"\nversion = "0.12.3"\n'
                          'authors = [{name = "Babatunde Ekwueme", email = "b.ekwueme@northfield.example"}]\n',
        "LICENSE": "MIT License\n\nCopyright (c) 2019 Rhiannon Pask <r.pask@northfield.example>\n",
        "src/app.py": "import os\n\nSEED = 1566312345\nPI = 0.20794601234567\nMASK = 0x0123456789abcdef\n"
                      "DIGITS = '0123456789'\nAT = 1700000000, 1699999999999\nname = 'joy'\ngrace = 5  # grace period\n"
                      "@app.route('/x@2x.png')\ndef will(hope, mark):\n    return f'{hope}@{mark}'\n"
                      "HOST = 'git@github.com:team/tool.git'\nURL = 'postgres://user:pass@db.internal/x'\n"
                      "MAIL = 'user@example.com'\nIP = '192.168.0.1'\nSHA = 'da39a3ee5e6b4b0d3255bfef95601890afd'\n",
        "src/table.csv": "id,time,value\n" + "".join(f"{n},{1500000000 + n * 7919},{n / 7:.9f}\n" for n in range(400)),
        "package.json": '{"dependencies": {"left-pad": "^1.3.0"}, "engines": {"node": ">=18.0.0"}}\n',
        ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4.1.1\n",
        "logo.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "lib/min.js": "var a=[" + ",".join(str(n * 104729 % 10**10) for n in range(600)) + "];",
        "poetry.lock": "".join(f'file = "sha256:{n * 7919**17:064x}"\n'[:90] for n in range(1, 300)),
    }, **who)  # fmt: skip
    commit(folder, "Fix #1042: grace period on 2024-03-12 10:41:12 +0000", {"src/time.py": "GRACE = 30\n"}, **who)
    git(folder, "checkout", "-q", "-b", "fix/1042-grace-period")
    return folder


def clean_documents(folder: Path) -> Path:
    """Documentation of a method: frameworks, places as places, citations, authors, addresses of institutions."""
    repository(folder)
    who = {"GIT_AUTHOR_NAME": "Babatunde Ekwueme", "GIT_AUTHOR_EMAIL": "tunde@northfield.example"}
    commit(folder, "docs: how we work", {
        "README.md": "# A qualitative study\n\nInterviews with professionals in Kent and Medway, by Rhiannon Pask and\n"
                     "Babatunde Ekwueme, Canterbury Christ Church University, Canterbury CT1 1QU.\n\n"
                     "Ekwueme (2019) joined the team in 2018. Ring 101, or 999.\n",
        "docs/method.md": "The SERAF framework (2007), the Barnardo's model of practice and the boyfriend model.\n"
                          "We have hope, joy and grace; she will mark the dates. Maidstone and Dover are in Kent.\n"
                          "Police, social workers and schools met at MACE. Section 47 of the Children Act 1989.\n"
                          "A phone number begins with 07 and has 11 figures; an NHS number has 10.\n"
                          "Tokens look like this: [Person 41] spoke with [Person 9] in [Town 27, East Kent].\n",
        "docs/refs.bib": "@article{pask2019,\n author = {Pask, R. and Ekwueme, B.},\n year = {2019},\n"
                         " isbn = {0306406152},\n doi = {10.1080/1234567890},\n pages = {123--145}}\n",
        "CITATION.cff": "authors:\n  - family-names: Pask\n    email: r.pask@northfield.example\n",
        "CHANGELOG.md": "## 1.2.3 - 2019-04-01\n\n- 12/04 mended\n- ISBN 0-306-40615-2\n",
        "paper.docx": docx("Pask, R. and Ekwueme, B. (2019)\nUniversity of Quenby", comments="Rhiannon Pask|Agreed"),
    }, **who)  # fmt: skip
    git(folder, "tag", "v1.2.3")
    return folder


def clean_analysis(folder: Path) -> Path:
    """An analysis in R: a package's DESCRIPTION, S4 slots, themes by count, a notebook with a picture."""
    repository(folder)
    who = {"GIT_AUTHOR_NAME": "Rhiannon Pask", "GIT_AUTHOR_EMAIL": "rp@northfield.example"}
    picture = json.loads(notebook("x"))
    picture["cells"][0]["outputs"][0]["data"]["image/png"] = "iVBORw0KGgo" + "A9b4" * 400
    commit(folder, "analysis: themes\n\nCo-authored-by: Babatunde Ekwueme <tunde@northfield.example>", {
        "DESCRIPTION": "Package: themes\nAuthors@R: person('Rhiannon', 'Pask', email = 'rp@northfield.example',\n"
                       "    role = c('aut', 'cre'))\n",
        "R/themes.R": "#' @author Rhiannon Pask\nset.seed(20190401)\nfit <- lme4::lmer(y ~ x + (1 | id))\n"
                      "fit@beta; obj@meta.data; x %in% c('P01', 'P02')\np <- 0.01234567\nd <- as.Date('2019-04-01')\n",
        "data/counts.csv": "code,theme,turns\nP01,resources,12\nP02,training,9\nP03,thresholds,0123\n",
        "analysis.Rmd": "---\ntitle: Themes\nauthor: Rhiannon Pask\n---\n\n```{r}\nsummary(fit)\n```\n\n"
                        "Of 12 professionals 7 spoke of grooming; p = 0.0312, CI 1.204-1.918.\n",
        "plots.ipynb": json.dumps(picture),
        "renv.lock": '{"R": {"Version": "4.3.1"}, "Packages": {"lme4": {"Hash": "3c5d4ef18e4f3b0b8e3f7b2a1d"}}}\n',
    }, **who)  # fmt: skip
    return folder
