"""Words and tables for a repository: data list, cases for NVivo, a README, facts for an impact assessment."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from deid.audit.methods import availability_statement, methods_paragraph
from deid.audit.tally import facts_from_log
from deid.cells import inert
from deid.errors import AskedWrongly
from deid.interval import wilson
from deid.risk.assess import PLAIN
from deid.risk.deposit import COLUMNS, safe_rows
from deid.risk.intruder import right
from deid.study.folder import Study
from deid.study.outputs import write_whole
from deid.study.render import Rendered, tier_code, with_tier_codes
from deid.study.risk.intruder import OUTCOMES
from deid.study.risk.risk import Assessed
from deid.study.risk.risk_lines import QUESTIONS


def write_words(study: Study, rendered: Rendered, assessed: Assessed, out: Path) -> tuple[Path, ...]:
    """Write all of them into a new folder. Call it under `study.writing()`: codes of the tier are drawn and kept."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AskedWrongly("this folder is not empty", where=str(out), hint="name a new folder: --out DIR")
    contents = with_tier_codes(study.contents, rendered.tier)
    if contents != study.contents:
        study.save(contents)
    rows = _rows(study, rendered, assessed)
    files = {
        "data_list.csv": _table(("code", "file", "wave", "words", *COLUMNS), rows),
        "cases.csv": _table(("Case", *COLUMNS), [(row[0], *row[4:]) for row in rows]),
        "methods.txt": f"{methods_paragraph(facts_from_log(study.log.events()))}\n",
        "data_availability.txt": f"{availability_statement(facts_from_log(study.log.events()))}\n",
        "dpia_facts.md": dpia_facts(study, rendered, assessed),
        "README.txt": _readme(rendered.tier, len(rows)),
    }
    for name, text in files.items():
        write_whole(out / name, text.encode("utf-8"), study.random)
    return tuple(out / name for name in files)


def dpia_facts(study: Study, rendered: Rendered, assessed: Assessed) -> str:
    """The factual parts of a data-protection impact assessment; the judgement is the controller's."""
    products = rendered.outcome.products.values()
    categories = Counter(settled.surest.category.value.lower() for product in products for settled in product.settled)
    techniques = Counter(replacement.technique for product in products for replacement in product.replacements)
    left = Counter((one.risk.kind, one.state) for one in assessed.findings)
    return f"""\
# Facts for a data-protection impact assessment (tier: {rendered.tier})

## What is processed

{len(rendered.outcome.products)} interview transcripts with {sum(categories.values())} stretches that identify or may:
{_listed(categories)}

## What is done to it

Everything happens on one computer and offline. Replacements by technique (ISO/IEC 20889):
{_listed(techniques)}
The key that links tokens to names is kept in an encrypted file apart from the transcripts. Pseudonymised transcripts
remain personal data (UK GDPR, Article 4(5)).

## What is left

Findings by the question they ask, in the text as it would be released:
{_left(left)}
{PLAIN}

## What was tried

{_tried(study, assessed)}

## What remains for people to say

Necessity and proportionality; consent and its wording; who may see what, and for how long; what was decided about each
finding above and why (the log holds every accepted risk with its reason).
"""


def _rows(study: Study, rendered: Rendered, assessed: Assessed) -> list[tuple[str, ...]]:
    """One row a transcript: code, its file in a release, wave, words, and attributes that single nobody out."""
    safe = safe_rows(assessed.assessment.rows, study.region)
    rows = []
    for talk in assessed.released.talks:
        code, _, wave = tier_code(study.contents, talk.code, rendered.tier).rpartition("-")
        values = [" + ".join(dict.fromkeys(safe[person][name] for person in talk.participants)) for name in COLUMNS]
        file = f"{code}-{wave}_{rendered.tier}{rendered.readings[talk.code].suffix}"
        words = sum(len(turn.text.split()) for turn in talk.turns)
        rows.append((f"{code}-{wave}", file, wave, str(words), *values))
    return sorted(rows)


def _left(left: Counter[tuple[str, str]]) -> str:
    lines = []
    for kind, question in QUESTIONS.items():
        found = {state: count for (own, state), count in left.items() if own == kind}
        lines.append(f"- {question} {sum(found.values())} found, {found.get('accepted', 0)} accepted with a reason")
    return "\n".join(lines)


def _tried(study: Study, assessed: Assessed) -> str:
    """The automatic intruder, intruders and re-readings on record, with what a re-reading says of the whole."""
    found = assessed.assessment.guesses
    hits, by_lot = right(found)
    lines = [
        f"- automatic intruder, by the roster: {hits:.1f} of {len(found)} participants named (by chance: {by_lot:.0f})"
    ]
    for event in study.log.events():
        told = event.detail or {}
        if event.action == "intruder_result":
            lines.append(f"- intruder test: {OUTCOMES[str(told['outcome'])]}, after {told['minutes']} minutes")
        if event.action == "reread":
            misses, words = int(str(told["misses"])), int(str(told["words"]))
            low, high = wilson(misses, words)
            lines.append(
                f"- blind re-reading ({told['tier']}): {misses} missed in {words} words, which is between"
                f" {1000 * low:.1f} and {1000 * high:.1f} in a thousand (95 %, Wilson)"
            )
    return "\n".join(lines if found else lines[1:]) or "- nothing yet"


def _listed(counts: Counter[str]) -> str:
    return "\n".join(f"- {name}: {count}" for name, count in counts.most_common())


def _readme(tier: str, transcripts: int) -> str:
    return f"""\
Data list for {transcripts} interview transcripts, tier "{tier}"

data_list.csv           one row a transcript: code, its file in the release, wave, words, attributes
cases.csv               the same for an NVivo classification sheet (Import, Classification Sheets; the first column is
                        the case)
methods.txt             a paragraph for the methods section
data_availability.txt   a data-availability statement
dpia_facts.md           the factual parts of an impact assessment

An attribute is what the released text itself still tells, or a broader word for it. It was made broader until no row
stands alone in it, nor in two or three of them together; where no broader word was enough, it is "withheld". "not
stated" means that the text does not tell it. Dates of interviews are left out: a calendar says who was seen when.
"""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue()
