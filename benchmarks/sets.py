"""The texts that quality is measured on, each as gold texts. Third parties' sets are read where they lie."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.evaluate.gold import Gold, Marked, read_gold
from deid.model import Category

ROOT = Path(__file__).parent.parent
OTHERS = ROOT.parent / "shared" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Set:
    """is_local: about Kent and Medway, so the region pack is on. apart: each text is a study of its own."""

    name: str
    title: str
    paths: tuple[Path, ...]
    read: Callable[[Path], Iterable[Gold]]
    is_local: bool = False
    apart: bool = True

    def golds(self) -> tuple[Gold, ...]:
        return tuple(gold for path in self.paths for gold in self.read(path))


# The labels of other sets in our categories; "?" marks what is as right to mask as to leave.
_TAB = {"PERSON": "PERSON", "LOC": "PLACE", "ORG": "AGENCY", "DATETIME": "DATE", "CODE": "CASE", "DEM": "TRAIT",
        "QUANTITY": "TRAIT?", "MISC": "TRAIT?"}  # fmt: skip
_PRESIDIO = {
    "PERSON": "PERSON", "TITLE": "ROLE?", "PREFIX": "ROLE?", "STREET_ADDRESS": "PLACE", "ADDRESS": "PLACE",
    "GPE": "PLACE", "LOCATION": "PLACE", "ZIP_CODE": "PLACE", "ORGANIZATION": "AGENCY", "DATE_TIME": "DATE",
    "AGE": "AGE", "NRP": "TRAIT", "PHONE_NUMBER": "CONTACT", "EMAIL_ADDRESS": "CONTACT", "DOMAIN_NAME": "CONTACT",
    "IP_ADDRESS": "CONTACT", "CREDIT_CARD": "IDENTIFIER", "IBAN_CODE": "IDENTIFIER", "US_SSN": "IDENTIFIER",
    "US_DRIVER_LICENSE": "IDENTIFIER",
}  # fmt: skip
_WNUT = {"person": "PERSON", "location": "PLACE", "group": "AGENCY", "corporation": "AGENCY",
         "creative-work": "TRAIT?", "product": "TRAIT?"}  # fmt: skip
_AMBIENT = {"PERSON": "PERSON", "LOCATION": "PLACE", "ORGANIZATION": "AGENCY", "PHONE": "CONTACT", "EMAIL": "CONTACT",
            "NPI": "IDENTIFIER", "MRN": "IDENTIFIER", "SSN": "IDENTIFIER"}  # fmt: skip


def _tab(path: Path) -> Iterator[Gold]:
    for document in json.loads(path.read_text(encoding="utf-8")):
        marks = ((span["start"], span["end"], span["label"]) for span in document["spans"])
        yield _gold(document["doc_id"], document["text"], marks, _TAB)


def _tab_unread(path: Path) -> Iterator[Gold]:
    """The texts that nobody looked at for their errors."""
    return (gold for gold in _tab(path) if hashlib.sha256(gold.id.encode()).digest()[0] % 2)


def _presidio_research(path: Path) -> Iterator[Gold]:
    for number, sample in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        marks = ((span["start_position"], span["end_position"], span["entity_type"]) for span in sample["spans"])
        yield _gold(f"{path.stem}-{number}", sample["full_text"], marks, _PRESIDIO)


def _ambientmeta(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        marks = ((span["start"], span["end"], span["entity_type"]) for span in sample["annotations"])
        yield _gold(sample["id"], sample["text"], marks, _AMBIENT)


def _wnut17(path: Path) -> Iterator[Gold]:
    for number, post in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())):
        rows = [row.split("\t") for row in post.split("\n")]
        text, marks = "", []
        for token, label in rows:
            start = len(text) + bool(text)
            text += (" " if text else "") + token
            if label.startswith("B-"):
                marks.append([start, len(text), label[2:]])
            elif label.startswith("I-"):
                marks[-1][1] = len(text)
        yield _gold(f"wnut-{number}", text, ((start, end, label) for start, end, label in marks), _WNUT)


def _gold(key: str, text: str, marks: Iterable[tuple[int, int, str]], names: Mapping[str, str]) -> Gold:
    """Entities are the same words in the same text: none of these sets says what is one thing under two names."""
    spans: list[Marked] = []
    for start, end, label in sorted(marks):
        start = max(start, spans[-1].end if spans else 0)  # neighbours that overlap are cut
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            category, is_optional = names[label].rstrip("?"), names[label].endswith("?")
            entity = f"{category}:{key}/{' '.join(text[start:end].casefold().split())}"
            spans.append(Marked(start, end, Category(category), False, entity, is_optional))
    return Gold(key, "", text, tuple(spans), ())


SETS = (
    Set("sealed", "new sentences, sealed third", (ROOT / "tests/gold/sealed.jsonl",), read_gold, is_local=True),
    Set("interviews-sealed", "new interviews, sealed", (ROOT / "tests/gold/interviews_sealed.jsonl",), read_gold,
        is_local=True, apart=False),
    Set("interviews-extra", "two more interviews, sealed and written later",
        (ROOT / "tests/gold/interviews_extra.jsonl",), read_gold, is_local=True, apart=False),
    Set("own-sealed", "three interviews of three studies, written blind, sealed",
        (ROOT / "tests/gold/interviews_own_sealed.jsonl",), read_gold, is_local=True),
    Set("shared-sealed", "four interviews of one study, written blind, sealed",
        (ROOT / "tests/gold/interviews_shared_sealed.jsonl",), read_gold, is_local=True, apart=False),
    Set("own-open", "three more like them, measured once unseen, then tuned on",
        (ROOT / "tests/gold/interviews_own_open.jsonl",), read_gold, is_local=True),
    Set("shared-open", "four more of that study, measured once unseen, then tuned on",
        (ROOT / "tests/gold/interviews_shared_open.jsonl",), read_gold, is_local=True, apart=False),
    Set("tune", "new sentences, open part", (ROOT / "tests/gold/tune.jsonl",), read_gold, is_local=True),
    Set("interviews-tune", "new interviews, open", (ROOT / "tests/gold/interviews_tune.jsonl",), read_gold,
        is_local=True, apart=False),
    Set("interviews-fresh", "six interviews, measured once unseen, then tuned on",
        (ROOT / "tests/gold/interviews_fresh.jsonl",), read_gold, is_local=True, apart=False),
    Set("interviews-last", "two interviews, measured once after the mends, then opened",
        (ROOT / "tests/gold/interviews_last.jsonl",), read_gold, is_local=True, apart=False),
    Set("sentences-more", "further sentences, from the kinds of thing that interviews name",
        (ROOT / "tests/gold/sentences_more.jsonl",), read_gold, is_local=True),
    Set("examples", "the six examples (open: a floor, not a result)", (ROOT / "examples/gold.jsonl",), read_gold,
        is_local=True, apart=False),
    Set("tab", "Text Anonymization Benchmark, test text", (OTHERS / "tab/tab_test_recovered.json",), _tab),
    Set("tab-unread", "Text Anonymization Benchmark, the test texts that nobody looked at",
        (OTHERS / "tab/tab_test_recovered.json",), _tab_unread),
    Set("presidio-research", "presidio-research, both files", (OTHERS / "presidio-research/synth_dataset_v2.json",
        OTHERS / "presidio-research/generated_large.json"), _presidio_research),
    Set("wnut17", "WNUT-17, test posts", (OTHERS / "wnut17/emerging.test.annotated",), _wnut17),
    Set("ambientmeta", "AmbientMeta, the part with clear licences", tuple(OTHERS / f"ambientmeta/{part}.jsonl" for part
        in ("ambiguous", "contextual", "adversarial", "standard")), _ambientmeta),
)  # fmt: skip
