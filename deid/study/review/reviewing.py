"""A review in hand: the study rendered from its sources, findings kept in memory, decisions going in and coming out.

Review is an input and not a state. An act is written down and the same pure pipeline runs again with it. That takes
seconds in a large study, so the page shows at once what an act changes (`foreseen`) while `settle` runs the pipeline in
a thread; `rendered` is what the pipeline says, always, and nothing else is signed off, written or released.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from deid.detect.engine import Detector
from deid.errors import AskedWrongly
from deid.model import Finding, Known, Segment, Transcript
from deid.pipeline import Findings, gate_files, pseudonymise
from deid.rules import Rules
from deid.study.decisions import ACCEPT_RISK, CLOSED, SECOND, UNDO, Line, decide, read_lines
from deid.study.folder import Study
from deid.study.known import known_of, rules_of
from deid.study.read import Reading
from deid.study.render import Rendered, reread
from deid.study.repeats import repeats_of
from deid.study.review import entities
from deid.study.review.acts import are_two_of_roster, drafts_of
from deid.study.review.answers import answers_of
from deid.study.review.asked import Asked
from deid.study.review.cards import Card, Shown, shown, shown_again, with_risks
from deid.study.review.foreseen import Act, foresee, with_vault
from deid.study.review.pacing import Paced
from deid.study.review.pieces import Look
from deid.study.review.risk_cards import risk_cards
from deid.study.review.touched import entity_of
from deid.study.risk.mending import mends_of
from deid.study.risk.risk import Assessed, acceptance, as_decided, assess_study, put_on_record
from deid.study.run import run
from deid.study.sign_off import sign_off
from deid.study.sources import Collected
from deid.vault.contents import Contents

_CHANGES_VAULT = frozenset({"merge", "split", "part", "retire"})
_CHANGES_NOTHING = frozenset({"confirm", "note", "flag", CLOSED, SECOND, ACCEPT_RISK})
_OF_A_SECOND = frozenset({SECOND, "note", "flag"})
_MOST_REMEMBERED = 100  # acts of this session whose undo is shown at once


class Reviewing:
    """Holds an open study, its sources and findings, and what comes of them as the decisions stand.

    foresees: somebody calls `settle` in a thread, so what is shown may be ahead of the pipeline for a while.
    wait: called again and again while the pipeline runs; it may hold it up for what cannot wait.
    """

    def __init__(
        self, study: Study, detector: Detector, *, tier: str = "", sources: Path | None = None, second: bool = False,
        progress: Callable[[int, int], None] | None = None, foresees: bool = False,
        wait: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.study = study
        self.tier = tier or study.settings.policy.tier
        self.second = second
        self.revision = 0
        self.readings: Mapping[str, Reading] = reread(study, sources=sources)
        transcripts = {code: Transcript(code, one.segments) for code, one in self.readings.items()}
        self._transcripts, self._files = Paced(transcripts, wait), Paced(self.readings, wait)
        self._repeats = repeats_of(study, transcripts)
        with study.writing():  # the log is read through once now, while nobody waits yet, and not by the first act
            self._head = study.log.head
        self._findings: Findings = detector.detect(tuple(transcripts.values()), study.contents.roster, progress)
        self._foresees = foresees
        self._rendered: Rendered | None = None
        self._shown: Shown | None = None
        self._acts: list[Act] = []  # written down, and not rendered yet
        self._renderings = 0  # by whoever could not wait for `settle`
        self._assessed: tuple[Rendered, Assessed] | None = None  # what is left, and of which text
        self._before: list[tuple[str, Rendered]] = []  # what was shown before each act of this session, by its group

    @property
    def rendered(self) -> Rendered:
        """Everything as it would be written now."""
        if self._rendered is None or self._acts or self._head != self.study.log.head:
            self._render()
        assert self._rendered is not None  # noqa: S101
        return self._rendered

    @property
    def shown(self) -> Shown:
        """What the page shows: all that was decided, at once."""
        if self._shown is None or (self._acts and not self._foresees):
            self._shown = self._made(self.rendered)
        return self._shown

    @property
    def settled(self) -> Rendered:
        """What the pipeline said last; until `is_settled`, of a little earlier than what is shown."""
        return self._rendered or self.rendered

    @property
    def is_settled(self) -> bool:
        return self._rendered is not None and not self._acts

    @property
    def look(self) -> Look:
        return self.shown.look

    @property
    def is_stale(self) -> bool:
        """Whether a transcript that was read has left the study: its participant withdrew."""
        return not {*self.readings} <= {source.code for source in self.study.contents.sources}

    def lines(self) -> tuple[Line, ...]:
        return read_lines(self.study)

    def cards(self) -> tuple[Card, ...]:
        if self._head != self.study.log.head:
            self._render()
        return self.shown.cards

    def answers(self) -> frozenset[str]:
        """The fingerprints of all doubts that somebody has settled: for a second reviewer, their own alone."""
        return answers_of(self.study, second=self.second)

    def settle(self) -> None:
        """Let the pipeline say again what is shown, until it does. It takes long and is run in a thread of its own."""
        while not self.is_settled:
            with self.study.writing():
                known, rules = known_of(self.study), rules_of(self.study, self.tier)
                count, renderings = len(self._acts), self._renderings
            rendered = self._rendering(known, rules)
            made = self._without_risks(rendered)
            with self.study.writing():
                later = self._acts[count:]
                # What a screen has rendered meanwhile, because it could not wait, knows more than this.
                if renderings == self._renderings and not any(act.makes_things for act in later):
                    self._rendered, self._acts = rendered, later
                    self._shown = self._with_cards(made, self._assessed)  # a screen may have assessed it meanwhile
                    self._show_again(later)

    def assess(self) -> Assessed:
        """What is left in the text as the pipeline says it, and its cards into the queue."""
        rendered = self.settled if self._foresees else self.rendered
        if self._assessed is None or self._assessed[0] is not rendered:
            found = (rendered, assess_study(self.study, rendered))
            with self.study.writing():
                self._shown = self._with_cards(self.shown, found)
                self._assessed = found  # last: who sees what was found sees its cards too
        return as_decided(self.study, self._assessed[1])

    @property
    def is_assessed(self) -> bool:
        return self._assessed is not None and self._assessed[0] is self._rendered

    @property
    def is_whole(self) -> bool:
        """Whether nothing more comes into the queue by itself."""
        return self.is_settled and self.is_assessed

    def act(self, asked: Asked, revision: int) -> None:
        """Do it. Raises AskedWrongly when somebody else did something meanwhile, in another window or elsewhere."""
        with self.study.writing():
            self._expect(revision)
            if self.second and asked.act not in _OF_A_SECOND:
                raise AskedWrongly("a second reviewer's pass changes nothing: say what you would do")
            before = self.shown.rendered
            if asked.act in ("accept", "mend"):
                asked = self._with_risks(asked)
            elif asked.act in ("merge", "confirm") and asked.doubts:
                asked = replace(asked, twins=self._twins(asked))
            drafts = drafts_of(self.study, before, asked)
            lines = self._write(drafts.lines, drafts.texts, drafts.words, drafts.contents)
            if drafts.events:
                self.study.record(drafts.events, actor=asked.reviewer)
            vault = self.study.contents if drafts.contents is not None else None
            if asked.act == "accept" and self._assessed is not None:
                put_on_record(self.study, as_decided(self.study, self._assessed[1]))
            self._remember(drafts.lines[0].values["group"], before)
            if asked.act == "add" and asked.other:
                self._done(self._join(asked, drafts.lines[0].values["group"]))
                return
            changes = any(line.verdict not in _CHANGES_NOTHING for line in drafts.lines)
            makes_things = any(line.verdict == "split" for line in lines)
            self._done(Act(asked, lines, vault, makes_things) if changes else None)

    def undo(self, reviewer: str, revision: int) -> str:
        """Take the last act back; "" when there is none, otherwise what it was."""
        return self._turn(reviewer, revision, redo=False)

    def redo(self, reviewer: str, revision: int) -> str:
        return self._turn(reviewer, revision, redo=True)

    def sign_off(self, code: str, reviewer: str) -> Line:
        """Raises Held for a transcript that the gate holds back, AskedWrongly while something on it is open."""
        if self.second:
            raise AskedWrongly("a second reviewer's pass changes nothing", hint="sign off without --second")
        rendered = self.rendered  # what the pipeline says, and not what is foreseen
        if self._foresees:
            self.assess()  # what is left to recognise somebody by is a question of the queue as well
        left = sum(1 for card in self.cards() if not card.answered and code in card.codes)
        if left:
            raise AskedWrongly(
                f"{left} thing{'s' if left > 1 else ''} in {code} still to be decided",
                hint="deid review, then sign off",
            )
        with self.study.writing():
            line = sign_off(self.study, rendered, code, reviewer)
            self._done(None)
            return line

    def write_drafts(self) -> None:
        """The drafts as the decisions stand. What was detected is remembered, so this is quick."""
        sources = tuple(reading.source for reading in self.readings.values())
        found = {self._transcripts[code].segments: self._findings[code] for code in self._transcripts}
        run(self.study, Collected(sources, (), ()), cast(Detector, _Remembered(found)))
        self._rendered = self._shown = None
        self._head = self.study.log.head

    def record(self, action: str, detail: Mapping[str, object], reviewer: str) -> None:
        """Put on record what was looked at; nothing is different for it."""
        with self.study.writing():
            is_ours = self._head == self.study.log.head
            self.study.record([(action, detail)], actor=reviewer)
            self._head = self.study.log.head if is_ours else self._head

    def history(self, reviewer: str) -> tuple[list[tuple[Line, ...]], list[tuple[Line, ...]]]:
        """Acts done and acts taken back, each as its lines, the last one last; of a second reviewer, their own.

        A withdrawal draws a line: what was done before it is neither taken back nor done again.
        """
        over = self.study.decided_before_a_withdrawal()
        done: list[tuple[Line, ...]] = []
        undone: list[tuple[Line, ...]] = []
        by_first: dict[int, str] = {}  # an undo has a line for each of its act's lines; the first one stands for them
        for line in self.lines():
            group = line.values.get("group", "")
            if line.verdict == UNDO:
                target = by_first.get(int(line.values["undoes"]), "")
                if target and done and done[-1][0].values["group"] == target:
                    undone.append(done.pop())
                elif target and undone and undone[-1][0].values["group"] == target:
                    done.append(undone.pop())
            elif group and line.id not in over and self._is_own(line, reviewer):
                if done and done[-1][0].values["group"] == group:
                    done[-1] = (*done[-1], line)
                else:
                    by_first[line.number] = group
                    done.append((line,))
                    undone = []
        return done, undone

    def _is_own(self, line: Line, reviewer: str) -> bool:
        if self.second:
            return line.reviewer == reviewer and line.verdict in _OF_A_SECOND
        return line.verdict != SECOND

    def _turn(self, reviewer: str, revision: int, *, redo: bool) -> str:
        with self.study.writing():
            self._expect(revision)
            done, undone = self.history(reviewer)
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
            own, before = group[0].values["group"], self.shown.rendered
            lines = [Line(0, "", reviewer, UNDO, values={"undoes": str(line.number)}) for line in group]
            self._write(lines, {}, {}, contents)
            shown_then = dict(self._before).get(own, before)
            self._remember(own, before)
            self._done(Act(Asked("undo", reviewer), (), contents, makes_things=True), shown_then)
            return group[0].verdict

    def _twins(self, asked: Asked) -> tuple[str, ...]:
        """The same person in a transcript that has the words of this one."""
        own = (card.twins for card in self.shown.cards if card.twins and card.entity == asked.entity)
        return next(own, ())

    def _with_risks(self, asked: Asked) -> Asked:
        """What is asked, with the findings that are accepted, or with the plan's words for the steps that are taken."""
        if self._assessed is None:
            return asked
        rendered, assessed = self._assessed
        if asked.act == "accept":
            found = [one for one in assessed.findings if one.id in asked.doubts]
            if {one.id for one in found} != {*asked.doubts}:
                return asked  # some of it is not found any more: none of it is done, and the act says so
            return replace(asked, risks=tuple(acceptance(assessed, one, "", asked.reviewer) for one in found))
        steps = [one for one in mends_of(assessed, rendered) if one.id in asked.steps]
        if {one.id for one in steps} != {*asked.steps}:
            return asked
        return replace(asked, worded=tuple((place, one.words) for one in steps for place in one.places))

    def _made(self, rendered: Rendered) -> Shown:
        return self._with_cards(self._without_risks(rendered), self._assessed)

    def _without_risks(self, rendered: Rendered) -> Shown:
        return shown(self.study, rendered, self.answers(), self._repeats)

    def _with_cards(self, now: Shown, found: tuple[Rendered, Assessed] | None) -> Shown:
        """With the cards of what was found in this text, in the place of earlier ones."""
        if found is None:
            return now
        rendered, assessed = found
        return with_risks(now, risk_cards(self.study, assessed, mends_of(assessed, rendered), now))

    def _join(self, asked: Asked, group: str) -> Act | None:
        """A name that was added is somebody whom the study knows already: what the pipeline made of it is merged.

        `None` where nothing came of it, or nobody else.
        """
        self._render()
        rendered = self.rendered
        code, span = asked.places[0]
        mentions = rendered.outcome.products[code].mentions
        new = next((one.entity for one in mentions if one.span.overlaps(span)), "")
        if not new or new == asked.other:
            return None
        if are_two_of_roster(self.study.contents, entity_of(rendered, new), entity_of(rendered, asked.other)):
            return None
        merge = replace(asked, act="merge", entity=asked.other, other=new, doubts=())
        drafts = drafts_of(self.study, rendered, merge)
        lines = [replace(line, values={**line.values, "group": group}) for line in drafts.lines]
        written = self._write(lines, drafts.texts, drafts.words, drafts.contents)
        self._shown = self._made(rendered)
        return Act(merge, written, self.study.contents, makes_things=True)

    def _write(
        self, lines: Sequence[Line], texts: Mapping[int, str], words: Mapping[int, str], contents: Contents | None
    ) -> tuple[Line, ...]:
        return decide(self.study, lines, texts, words=words, contents=contents)

    def _expect(self, revision: int) -> None:
        if self._head != self.study.log.head:
            self.revision += 1
            self._render()
        if revision != self.revision:
            raise AskedWrongly(
                "this was changed in another window meanwhile", hint="look at it again; nothing was lost"
            )

    def _remember(self, group: str, before: Rendered) -> None:
        self._before = [*(one for one in self._before if one[0] != group), (group, before)][-_MOST_REMEMBERED:]

    def _done(self, act: Act | None, shown_then: Rendered | None = None) -> None:
        """An act is written down: `None` for one that changes no text. shown_then: what an undo brings back."""
        self.revision += 1
        self._head = self.study.log.head
        if act is not None:
            self._acts.append(act)
        if not self._foresees:
            self._shown = None
        elif shown_then is not None and self._shown is not None:
            rendered = with_vault(shown_then, self.study.contents)
            everything = frozenset(rendered.outcome.entries)
            self._shown = shown_again(self._shown, rendered, self.answers(), everything)
        else:
            self._show_again([act] if act else [])

    def _show_again(self, acts: Sequence[Act]) -> None:
        """What is shown, with these acts done as well."""
        before = self._shown
        if before is None:
            return
        rendered = before.rendered
        for act in acts:
            rendered = foresee(rendered, act)
        touched = {id for act in acts for id in (act.asked.entity, act.asked.other)} - {""}
        self._shown = shown_again(before, rendered, self.answers(), frozenset(touched))

    def _render(self) -> None:
        if self.is_stale:  # what comes of it would be saved with the next act
            raise AskedWrongly("a transcript has left the study", hint="reload the page, or begin the review again")
        self._rendered = self._rendering(known_of(self.study), rules_of(self.study, self.tier))
        self._acts, self._shown = [], None
        self._renderings += 1
        self._head = self.study.log.head

    def _rendering(self, known: Known, rules: Rules) -> Rendered:
        outcome = pseudonymise(self._transcripts, self._findings, known, rules)
        gated = gate_files(self._files, outcome, known, rules)
        return Rendered(self.tier, self.readings, outcome, gated)


class _Remembered:
    """A detector that has read everything already."""

    def __init__(self, found: Mapping[tuple[Segment, ...], tuple[Finding, ...]]) -> None:
        self._found = found

    def detect(
        self, transcripts: Sequence[Transcript], known: object = (), progress: object = None
    ) -> dict[str, tuple[Finding, ...]]:
        return {one.code: self._found[one.segments] for one in transcripts}
