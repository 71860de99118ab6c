"""A review in hand: the study rendered from its sources, findings kept in memory, decisions going in and coming out.

Review is an input and not a state. An act is written down and the same pure pipeline runs again with it; what was
detected does not change, so that is quick.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from deid.detect.engine import Detector
from deid.errors import AskedWrongly
from deid.model import Finding, Segment, Transcript
from deid.pipeline import Findings, gate_files, pseudonymise
from deid.study import entities
from deid.study.acts import Asked, drafts_of
from deid.study.cards import Card, cards
from deid.study.decisions import CLOSED, SECOND, UNDO, Line, decide, in_force, read_lines
from deid.study.folder import Study
from deid.study.known import known_of, rules_of
from deid.study.pieces import Pieces
from deid.study.read import Reading
from deid.study.render import Rendered, reread
from deid.study.run import run
from deid.study.sign_off import sign_off
from deid.study.sources import Collected
from deid.vault.contents import Contents

_CHANGES_VAULT = frozenset({"merge", "split", "part", "retire"})
_CHANGES_NOTHING = frozenset({"confirm", "note", "flag", CLOSED, SECOND})


class Reviewing:
    """Holds an open study, its sources and findings, and what comes of them as the decisions stand."""

    def __init__(
        self, study: Study, detector: Detector, *, tier: str = "", sources: Path | None = None, second: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:  # fmt: skip
        self.study = study
        self.tier = tier or study.settings.policy.tier
        self.second = second
        self.revision = 0
        self.readings: Mapping[str, Reading] = reread(study, sources=sources)
        self._transcripts = {code: Transcript(code, one.segments) for code, one in self.readings.items()}
        self._findings: Findings = detector.detect(tuple(self._transcripts.values()), study.contents.roster, progress)
        self._rendered: Rendered | None = None
        self._head = study.log.head

    @property
    def rendered(self) -> Rendered:
        """Everything as it would be written now."""
        if self._rendered is None or self._head != self.study.log.head:
            self._render()
        assert self._rendered is not None  # noqa: S101
        return self._rendered

    @property
    def pieces(self) -> Mapping[str, Pieces]:
        outcome = self.rendered.outcome
        return {code: Pieces(product, outcome.entries) for code, product in outcome.products.items()}

    def lines(self) -> tuple[Line, ...]:
        return read_lines(self.study)

    def cards(self) -> tuple[Card, ...]:
        return cards(self.study, self.rendered, self.answers(), self.pieces)

    def answers(self) -> frozenset[str]:
        """The fingerprints of all doubts that somebody has settled: for a second reviewer, their own alone."""
        texts = self.study.contents.texts
        found: set[str] = set()
        for line in in_force(self.lines()):
            if (line.verdict == SECOND) is self.second or line.verdict == CLOSED:
                found.update(line.values.get("doubts", "").split())
                if line.verdict == CLOSED:
                    found.update(json.loads(texts.get(line.id, "[]")))
        return frozenset(found)

    def act(self, asked: Asked, revision: int) -> None:
        """Do it. Raises AskedWrongly when somebody else did something meanwhile, in another window or elsewhere."""
        with self.study.writing():
            self._expect(revision)
            if self.second and asked.act not in ("second", "note", "flag"):
                raise AskedWrongly("a second reviewer's pass changes nothing: say what you would do")
            drafts = drafts_of(self.study, self.rendered, asked)
            self._write(drafts.lines, drafts.texts, drafts.words, drafts.contents)
            if drafts.events:
                self.study.record(drafts.events, actor=asked.reviewer)
            if asked.act == "add" and asked.other:
                self._join(asked, drafts.lines[0].values["group"])
            self._done(changes=any(line.verdict not in _CHANGES_NOTHING for line in drafts.lines))

    def undo(self, reviewer: str, revision: int) -> str:
        """Take the last act back; "" when there is none, otherwise what it was."""
        return self._turn(reviewer, revision, redo=False)

    def redo(self, reviewer: str, revision: int) -> str:
        return self._turn(reviewer, revision, redo=True)

    def sign_off(self, code: str, reviewer: str) -> None:
        """Raises Held for a transcript that the gate holds back, AskedWrongly while something on it is open."""
        with self.study.writing():
            sign_off(self.study, self.rendered, code, reviewer)
            self._done(changes=False)

    def write_drafts(self) -> None:
        """The drafts as the decisions stand. What was detected is remembered, so this is quick."""
        sources = tuple(reading.source for reading in self.readings.values())
        found = {self._transcripts[code].segments: self._findings[code] for code in self._transcripts}
        run(self.study, Collected(sources, (), ()), cast(Detector, _Remembered(found)))
        self._rendered = None
        self._head = self.study.log.head

    def record(self, action: str, detail: Mapping[str, object], reviewer: str) -> None:
        """Put on record what was looked at; nothing is different for it."""
        with self.study.writing():
            is_ours = self._head == self.study.log.head
            self.study.record([(action, detail)], actor=reviewer)
            self._head = self.study.log.head if is_ours else self._head

    def history(self) -> tuple[list[tuple[Line, ...]], list[tuple[Line, ...]]]:
        """Acts done and acts taken back, each as its lines, the last one last."""
        done: list[tuple[Line, ...]] = []
        undone: list[tuple[Line, ...]] = []
        by_number: dict[int, str] = {}
        for line in self.lines():
            group = line.values.get("group", "")
            if line.verdict == UNDO:
                target = by_number.get(int(line.values["undoes"]), "")
                if done and done[-1][0].values["group"] == target:
                    undone.append(done.pop())
                elif undone and undone[-1][0].values["group"] == target:
                    done.append(undone.pop())
            elif group:
                by_number[line.number] = group
                if done and done[-1][0].values["group"] == group:
                    done[-1] = (*done[-1], line)
                else:
                    done.append((line,))
                    undone = []
        return done, undone

    def _turn(self, reviewer: str, revision: int, *, redo: bool) -> str:
        with self.study.writing():
            self._expect(revision)
            done, undone = self.history()
            stack = undone if redo else done
            if not stack:
                return ""
            group = stack[-1]
            contents = self.study.contents
            for line in group if redo else reversed(group):
                text = contents.texts.get(line.id, "")
                if line.verdict in _CHANGES_VAULT:
                    change = entities.from_text(text)
                    contents = (entities.changed if redo else entities.changed_back)(contents, change)
                elif line.values.get("new") and not redo:
                    contents = entities.without_form(contents, text, line.category or "TRAIT")
            lines = [Line(0, "", reviewer, UNDO, values={"undoes": str(line.number)}) for line in group]
            self._write(lines, {}, {}, contents)
            self._done()
            return group[0].verdict

    def _join(self, asked: Asked, group: str) -> None:
        """A name that was added is somebody whom the study knows already."""
        self._render()
        rendered = self.rendered
        code, span = asked.places[0]
        mentions = rendered.outcome.products[code].mentions
        new = next((one.entity for one in mentions if one.span.overlaps(span)), "")
        if not new or new == asked.other:
            return
        drafts = drafts_of(self.study, rendered, replace(asked, act="merge", entity=asked.other, other=new, doubts=()))
        lines = [replace(line, values={**line.values, "group": group}) for line in drafts.lines]
        self._write(lines, drafts.texts, drafts.words, drafts.contents)

    def _write(
        self, lines: Sequence[Line], texts: Mapping[int, str], words: Mapping[int, str], contents: Contents | None
    ) -> None:
        decide(self.study, lines, texts, words=words, contents=contents)

    def _expect(self, revision: int) -> None:
        if self._head != self.study.log.head:
            self.revision += 1
            self._render()
        if revision != self.revision:
            raise AskedWrongly(
                "this was changed in another window meanwhile", hint="look at it again; nothing was lost"
            )

    def _done(self, *, changes: bool = True) -> None:
        self.revision += 1
        if changes:
            self._rendered = None
        self._head = self.study.log.head

    def _render(self) -> None:
        known, rules = known_of(self.study), rules_of(self.study, self.tier)
        outcome = pseudonymise(self._transcripts, self._findings, known, rules)
        gated = gate_files(self.readings, outcome, known, rules)
        self._rendered = Rendered(self.tier, self.readings, outcome, gated)
        self._head = self.study.log.head


class _Remembered:
    """A detector that has read everything already."""

    def __init__(self, found: Mapping[tuple[Segment, ...], tuple[Finding, ...]]) -> None:
        self._found = found

    def detect(
        self, transcripts: Sequence[Transcript], known: object = (), progress: object = None
    ) -> dict[str, tuple[Finding, ...]]:
        return {one.code: self._found[one.segments] for one in transcripts}
