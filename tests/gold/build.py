"""Builds the gold data from the marked sources in `src/`: offsets are right because nobody types them.

    python tests/gold/build.py            writes the .jsonl files and the interviews' text files
    python tests/gold/build.py --check    writes nothing; fails where a file differs from its source

The marks (CC0, after the marks of the example interviews):
    {P slug|words}     a span. Category by letter: P person, L place, A agency, C case, R role, D date, G age,
                       N contact, I identifier, T trait. Flags after the letter: ! direct, - not direct, ? optional.
    {P|words}          the same; the slug is made from the words
    {P slug|Dr^Name}   a title before ^ is an optional ROLE of its own, and ^ becomes a space
    {=words}           words that must stay readable
A sentence file holds items: a line `== id`, then the text up to the next such line. An interview file is one item.

Which items are sealed was drawn once, before anybody tuned anything; `is_sealed` draws it again, so it can be checked.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = "kent-2026"
SEALED_INTERVIEWS = 2
DRAWN = ("tune", "sealed")  # the parts between which items were drawn; later sets are whole files of their own
LATER = ("more", "unseen", "readable")
# Written by people who knew nothing of the rules: six interviews of studies of their own, and eight of one study.
BLIND = {"own_open": "", "own_sealed": "", "shared_open": "shared", "shared_sealed": "shared"}
CATEGORIES = {
    "P": "PERSON", "L": "PLACE", "A": "AGENCY", "C": "CASE", "R": "ROLE",
    "D": "DATE", "G": "AGE", "N": "CONTACT", "I": "IDENTIFIER", "T": "TRAIT",
}  # fmt: skip
DIRECT_UNLESS_SAID = "PNIC"
SHARED_BY_ALL = ("PLACE", "AGENCY")  # the same town is the same town in every sentence; people belong to one sentence
MARK = re.compile(r"\{(?:=|(?P<letter>[PLACRDGNIT])(?P<flags>[!?-]*)(?: (?P<slug>[^|{}^]+))?\|)(?P<words>[^{}]*)\}")


def is_sealed(item: str) -> bool:
    """One draw for each item by its id: later items change nobody's part."""
    return random.Random(f"{SEED}:{item}").random() < 1 / 3


def sealed_interviews(items: list[str]) -> list[str]:
    return sorted(random.Random(SEED).sample(sorted(items), SEALED_INTERVIEWS))


def read_marks(source: str, scope: str, *, where: str) -> dict[str, object]:
    """Text, spans and keeps of one marked source. `scope` sets apart the entities that only this item knows."""
    text, spans, keeps, done = "", [], [], 0
    for mark in MARK.finditer(source):
        text += source[done : mark.start()]
        done = mark.end()
        title, hat, name = mark["words"].rpartition("^")
        start = len(text)
        text += title + " " * len(hat) + name
        if not mark["letter"]:
            keeps.append({"start": start, "end": len(text), "text": text[start:]})
            continue
        slug = mark["slug"] or re.sub(r"\W+", "_", name.casefold()).strip("_")
        category, flags = CATEGORIES[mark["letter"]], mark["flags"]
        direct = (mark["letter"] in DIRECT_UNLESS_SAID or "!" in flags) and "-" not in flags
        if hat:
            spans.append(_span(text, start, start + len(title), "ROLE", False, _entity("ROLE", scope, slug), True))
        begin = len(text) - len(name)
        spans.append(_span(text, begin, len(text), category, direct, _entity(category, scope, slug), "?" in flags))
    text += source[done:]
    if stray := re.search(r"[{}^|]", text):
        sys.exit(f"{where}: a mark is not closed or not known: {text[max(0, stray.start() - 30) : stray.end() + 30]!r}")
    return {"text": text, "spans": spans, "keep": keeps}


def _span(
    text: str, start: int, end: int, category: str, direct: bool, entity: str, optional: bool
) -> dict[str, object]:
    return {
        "start": start, "end": end, "text": text[start:end], "category": category,
        "direct": direct, "entity": entity, "optional": optional,
    }  # fmt: skip


def _entity(category: str, scope: str, slug: str) -> str:
    own = "" if category in SHARED_BY_ALL else f"{scope}/"
    return f"{category}:{own}{slug}"


def sentences(folder: Path) -> list[dict[str, object]]:
    golds = []
    for path in sorted(folder.glob("*.src")):
        if path.stem.startswith("interview-"):
            continue
        for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            item, _, source = block.partition("\n")
            if folder.name in DRAWN and is_sealed(item) != (folder.name == "sealed"):
                sys.exit(f"{path.name}: {item} belongs to the other part")
            golds.append({"id": item, "file": "", **read_marks(source.strip("\n"), item, where=f"{path.name} {item}")})
    return golds


def interviews(folder: Path, scope: str = "interviews") -> list[dict[str, object]]:
    """The interviews of a folder; without a scope each is a study of its own."""
    golds = []
    for path in sorted(folder.glob("interview-*.src")):
        marked = read_marks(path.read_text(encoding="utf-8"), scope or path.stem, where=path.name)
        golds.append({"id": path.stem, "file": f"files/{path.stem}.txt", **marked})
    return golds


def outputs() -> dict[Path, str]:
    """Every file that the sources make, and its text."""
    drawn = sealed_interviews([path.stem for part in DRAWN for path in HERE.glob(f"src/{part}/interview-*.src")])
    made = {}
    for part in DRAWN:
        talks = interviews(HERE / "src" / part)
        if any((talk["id"] in drawn) != (part == "sealed") for talk in talks):
            sys.exit(f"the interviews drawn as sealed are {drawn}")
        made[HERE / f"{part}.jsonl"] = _lines(sentences(HERE / "src" / part))
        made[HERE / f"interviews_{part}.jsonl"] = _lines(talks)
        made.update({HERE / str(talk["file"]): str(talk["text"]) for talk in talks})
    for part in LATER:
        made[HERE / f"sentences_{part}.jsonl"] = _lines(sentences(HERE / "src" / part))
    # Written after the draw, as a further check: their figures are read, their misses are not.
    talks = interviews(HERE / "src" / "extra")
    made[HERE / "interviews_extra.jsonl"] = _lines(talks)
    made.update({HERE / str(talk["file"]): str(talk["text"]) for talk in talks})
    # Measured once before anything was mended for them, and open from then on: docs/reference/detection.md.
    for part, scope in {"fresh": "fresh", "last": "last", **BLIND}.items():
        talks = interviews(HERE / "src" / part, scope)
        made[HERE / f"interviews_{part}.jsonl"] = _lines(talks)
        made.update({HERE / str(talk["file"]): str(talk["text"]) for talk in talks})
    return made


def _lines(golds: list[dict[str, object]]) -> str:
    return "".join(json.dumps(gold, ensure_ascii=False) + "\n" for gold in golds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the gold data from its marked sources.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file differs")
    check = parser.parse_args().check
    for path, text in outputs().items():
        if check and (not path.is_file() or path.read_text(encoding="utf-8") != text):
            sys.exit(f"{path.name} is not what its source makes; run tests/gold/build.py")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
