"""What a motivated intruder is given: excerpts, what is public, rules, a worksheet, a register of outcomes."""

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence

from deid.model import Category
from deid.region import Region
from deid.risk.released import Released, Risk, Talk, Turn

PER_INTERVIEW = 6  # excerpts: those with findings first, then by lot
_RULES = """\
# Rules for whoever tries to recognise somebody

You were asked by the study to test whether people can be recognised in de-identified interviews. Your purpose is to
test how effective the de-identification is, and you act for the controller of these data.

You may
- use anything public: search engines, newspapers, libraries, published reviews and inspections, social media that
  anybody can read, the study's own page (public_facts.md);
- use what you know of the field, if you work in it. Say on the worksheet that you do: it is the harder test;
- ask people general questions, without showing or quoting an excerpt.

You may not
- break into anything, buy leaked data, pretend to be somebody else, or do anything unlawful;
- contact anybody whom you think you have recognised, or tell them or others;
- look for a young person. If you recognise one, stop, write "young person" on the worksheet and no name;
- keep, copy or pass on the excerpts. Give everything back, and delete what you noted.

The law: under section 171 of the Data Protection Act 2018 it is an offence to re-identify de-identified personal data
without the controller's consent. Section 172 gives a defence for testing effectiveness, if you act without the
intention to cause damage and notify the controller or the Information Commissioner without undue delay, within 72
hours where that is feasible. Keep the letter that asks you to do this test, and stay within it. This page is no legal
advice.

How
1. Take as long as you were given (two to four hours), and write the minutes down.
2. For each interview write whom you think it is, how sure you are (0 to 100), and from which words.
3. "Nobody" is an answer. A guess of which you are not sure is one as well.
4. Hand worksheet.csv back to the study by a safe way: it may name people. The study keeps only its digest on record.
"""


def pack(released: Released, region: Region, risks: Sequence[Risk], seed: str) -> tuple[dict[str, str], dict[str, str]]:
    """(file name -> text, letter -> transcript code). The letters go to the study alone, never into the pack."""
    talks = list(released.talks)
    chance = random.Random(seed)  # noqa: S311  (a lot, not a secret: the study can draw it again)
    chance.shuffle(talks)
    letters = {_letter(number): talk.code for number, talk in enumerate(talks)}
    excerpts = [_excerpts(letter, talk, risks, chance) for letter, talk in zip(letters, talks, strict=True)]
    files = {
        "excerpts.txt": "\n".join(excerpts),
        "public_facts.md": public_facts(region),
        "rules.md": _RULES,
        "worksheet.csv": _table(
            ("interview", "who_do_you_think_it_is", "how_sure_0_to_100", "from_which_words", "where_you_looked"),
            ((letter, "", "", "", "") for letter in letters),
        ),
        "outcome_register.csv": _table(
            ("intruder_code", "works_in_the_field", "date", "minutes", "outcome", "sha256_of_worksheet"), ()
        ),
    }
    return files, letters


def public_facts(region: Region) -> str:
    """The region's public facts as a page: what an intruder starts from."""
    lines = ["# What everybody can know", ""]
    for name, value in region.public_facts.items():
        lines += [f"## {name.replace('_', ' ')}", "", *_listed(value), ""]
    return "\n".join(lines if region.public_facts else [*lines, "The region pack tells no public facts.", ""])


def _listed(value: object, indent: str = "") -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _pair(str(key), each, indent)]
    if isinstance(value, list | tuple):
        return [
            line
            for each in value
            for line in (_listed(each, indent) if isinstance(each, Mapping) else [f"{indent}- {each}"])
        ]
    return [f"{indent}- {value}"]


def _pair(key: str, value: object, indent: str) -> list[str]:
    name = key.replace("_", " ")
    if isinstance(value, list | tuple) and not any(isinstance(each, Mapping) for each in value):
        return [f"{indent}- {name}: {', '.join(map(str, value))}"]
    if isinstance(value, Mapping | list | tuple):
        return [f"{indent}- {name}:", *_listed(value, f"{indent}  ")]
    return [f"{indent}- {name}: {value}"]


def _excerpts(letter: str, talk: Talk, risks: Iterable[Risk], chance: random.Random) -> str:
    own = list(talk.own())
    wanted = {risk.turn for risk in risks if risk.code == talk.code}
    chosen = [turn for turn in own if turn.number in wanted][:PER_INTERVIEW]
    rest = [turn for turn in own if turn not in chosen]
    chosen += chance.sample(rest, min(len(rest), PER_INTERVIEW - len(chosen)))
    chosen.sort(key=lambda turn: turn.number)
    told = [turn for turn in talk.turns if not turn.speaker and 0 in wanted and _tells(turn)]
    body = "\n\n".join(turn.text for turn in (*told, *chosen))
    return f"===== Interview {letter} =====\n\n{body}\n"


def _tells(turn: Turn) -> bool:
    """A line of the heading that says where somebody works; its numbers and names of files stay out."""
    return any(token.category in (Category.ROLE, Category.AGENCY, Category.PLACE) for token in turn.tokens)


def _letter(number: int) -> str:
    """A, B ... Z, AA, AB ..."""
    first = chr(ord("A") + number // 26 - 1) if number >= 26 else ""
    return first + chr(ord("A") + number % 26)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([columns, *rows])
    return text.getvalue()
