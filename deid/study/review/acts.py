"""What a reviewer can do, each as decisions: lines for the record, texts for the vault, and what the vault becomes.

Replace, merge and category bind to the folded form. Keep binds to form, category and the three words either side, and
so never to another person of that name. Nothing here writes; `reviewing` does.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from deid.digests import fingerprint
from deid.errors import AskedWrongly, SettingsError
from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise.assign import refuse_chosen
from deid.pseudonymise.strategies.passage_removed import REASONS as REMOVED
from deid.resolve.decide import HERE, context_key, form_key
from deid.study.decisions import CLOSED, SECOND, Line, decision_fingerprint
from deid.study.folder import Study
from deid.study.known import remembered
from deid.study.render import Rendered
from deid.study.review import entities
from deid.study.review.asked import KEEP, PARTS, Asked
from deid.study.review.touched import bound_keys, check_places, contexts_of, entity_of, forms_at, retired, times_said
from deid.study.risk.risk import REASONS as RISK_REASONS
from deid.vault.contents import Contents

_LONGEST_WORDS = 300
# Decisions that make a form known; an undo makes it unknown again, unless it was known before.
_TEACHES = frozenset({"add", "describe", HERE, "remove", "category"})


@dataclass(slots=True)
class Drafts:
    """Decisions about to be written: lines, and by their number what of them lies in the vault."""

    lines: list[Line] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict, repr=False)
    words: dict[int, str] = field(default_factory=dict, repr=False)
    contents: Contents | None = field(default=None, repr=False)
    events: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def add(self, line: Line, text: str = "", words: str = "") -> None:
        self.texts |= {len(self.lines): text} if text else {}
        self.words |= {len(self.lines): words} if words else {}
        self.lines.append(line)


def drafts_of(study: Study, rendered: Rendered, asked: Asked) -> Drafts:
    """The decisions that an act makes. Raises AskedWrongly for an act, place or word that cannot be."""
    if asked.act not in ACTS:
        raise AskedWrongly("there is no such act")
    check_places(rendered, asked)
    drafts = Drafts()
    ACTS[asked.act](study, rendered, asked, drafts)
    for number, line in enumerate(drafts.lines):
        if line.verdict in _TEACHES and not entities.bears(
            study.contents, drafts.texts[number], line.category or Category.TRAIT
        ):
            drafts.lines[number] = replace(line, values={**line.values, "new": "yes"})
    group = fingerprint(study.contents.keys.decide, "group", study.random(16))[:12]
    answered = {"doubts": " ".join(asked.doubts)} if asked.doubts else {}
    answered |= {"card": asked.card} if asked.card else {}
    drafts.lines = [
        replace(line, values={**line.values, "group": group, **(answered if number == 0 else {})})
        for number, line in enumerate(drafts.lines)
    ]
    return drafts


def _confirm(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """It is replaced, as it is proposed. What stood in doubt is sure from now on, wherever it stands."""
    forms = {fold(rendered.outcome.products[code].transcript.text_at(span)) for code, span in asked.places}
    for form in sorted(forms if asked.entity or asked.reason == "replace" else ()):
        drafts.add(_line(asked, "replace", decision_fingerprint(study.contents, form_key(form))))
    if not drafts.lines:
        drafts.add(_line(asked, "confirm"))
    if asked.twins:
        drafts.contents = _with_twins(drafts, remembered(study, rendered.outcome), asked, asked.entity)


def _with_twins(drafts: Drafts, contents: Contents, asked: Asked, kept: str) -> Contents:
    """One interview in two files has one person where two files would have two."""
    for twin in (one for one in asked.twins if one not in (kept, asked.other)):
        change = entities.merging(contents, kept, twin)
        contents = _change(drafts, contents, change, asked, "merge", kept, other=twin)
    return contents


def _keep(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """It stays readable in these places, and in these only."""
    if asked.reason not in KEEP:
        raise AskedWrongly("choose a reason from the list")
    seen: set[str] = set()
    for code, span in asked.places:
        product = rendered.outcome.products[code]
        for key in contexts_of(product, span, rendered):
            mark = decision_fingerprint(study.contents, key)
            if mark not in seen:
                seen.add(mark)
                drafts.add(_line(replace(asked, code=code), KEEP[asked.reason], mark, reason=asked.reason))
    if not drafts.lines:
        drafts.add(_line(asked, "confirm", reason=asked.reason))
    gone = retired(study, rendered, asked, seen)
    contents = remembered(study, rendered.outcome)
    for entity, forms in gone.items():
        contents = _change(drafts, contents, entities.retiring(contents, entity, forms), asked, "retire", entity)
    drafts.contents = contents if gone else None


def _category(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """It is of another category, in every form and every place."""
    category = _in(asked.category, list(Category), "category")
    forms = entity_of(rendered, asked.entity).forms
    for form in forms:
        mark = decision_fingerprint(study.contents, form_key(form))
        drafts.add(_line(asked, "category", mark, category=category), text=form)
    contents = remembered(study, rendered.outcome)
    change = entities.retiring(contents, asked.entity, forms)
    drafts.contents = _change(drafts, contents, change, asked, "retire", asked.entity)


def _part(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    entity_of(rendered, asked.entity)
    part = _in(asked.part, PARTS, "part")
    contents = remembered(study, rendered.outcome)
    change = entities.with_part(contents, asked.entity, part)
    drafts.contents = _change(drafts, contents, change, asked, "part", asked.entity, part=part)


def _merge(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """Both are one. What has more mentions keeps its token."""
    one, other = entity_of(rendered, asked.entity), entity_of(rendered, asked.other)
    if one.id == other.id or one.category is not other.category:
        raise AskedWrongly("only two different things of one category can be merged", hint="change the category first")
    contents = remembered(study, rendered.outcome)
    if are_two_of_roster(contents, one, other):
        raise AskedWrongly(
            "these are two people of the roster",
            hint="if they are one, take one of them out of the roster and read it in again",
        )
    if times_said(rendered, other.id) > times_said(rendered, one.id):
        one, other = other, one
    change = entities.merging(contents, one.id, other.id)
    contents = _change(drafts, contents, change, asked, "merge", one.id, other=other.id)
    drafts.contents = _with_twins(drafts, contents, asked, one.id)


def are_two_of_roster(contents: Contents, one: Entity, other: Entity) -> bool:
    """Whether the full names of two different people of the roster are theirs."""
    codes = _roster_codes(contents, one), _roster_codes(contents, other)
    return all(codes) and codes[0].isdisjoint(codes[1])


def _roster_codes(contents: Contents, entity: Entity) -> set[str]:
    forms = {fold(form) for form in entity.forms}
    return {person.code for person in contents.roster if fold(person.full_name) in forms}


def _split(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """These mentions are somebody or something else."""
    chosen = set(asked.places)
    moving: dict[entities.Key, list[str]] = {}
    left: list[str] = []
    everywhere: dict[entities.Key, bool] = {}
    for at, wide, own, form in bound_keys(study, rendered, asked.entity):
        everywhere[at[0], wide] = everywhere.get((at[0], wide), True) and at in chosen
        if at in chosen:
            moving.setdefault((at[0], own), []).append(form)
        else:
            left.append(form)
    keys = [*moving]
    if not moving or not left:
        raise AskedWrongly("choose some of the mentions, but not all of them")
    keys += [key for key, whole in everywhere.items() if whole and key not in moving]
    contents = remembered(study, rendered.outcome)
    forms = [form for own in moving.values() for form in own]
    change, new = entities.splitting(contents, asked.entity, keys, forms, left)
    drafts.contents = _change(drafts, contents, change, asked, "split", asked.entity, into=new)


def _pseudonym(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    entity_of(rendered, asked.entity)
    words = _typed(study, asked.words)
    forms = [form for entry in study.contents.entries for form in entry.entity.forms]
    try:
        refuse_chosen(words, [*forms, *(person.full_name for person in study.contents.roster)])
    except SettingsError as error:
        raise AskedWrongly(error.message, hint=error.hint) from None
    taken = {
        fold(t) for e in rendered.outcome.entries.values() if e.entity.id != asked.entity for t in e.tokens.values()
    }
    if fold(words) in taken:
        raise AskedWrongly("this name stands for something else already")
    drafts.contents = remembered(study, rendered.outcome)
    drafts.add(_line(asked, "pseudonym", entity=asked.entity), text=words)


def _add(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """A name that was missed: from now on it is found wherever it stands."""
    category = _in(asked.category, list(Category), "category")
    if asked.other and entity_of(rendered, asked.other).category.value != category:
        raise AskedWrongly("it can only be the same as something of its own category", hint="choose another category")
    for form in dict.fromkeys(forms_at(rendered, asked)):
        drafts.add(_line(asked, "add", decision_fingerprint(study.contents, form_key(form)), category=category), form)


def _describe(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """Own words stand in place of a stretch."""
    words = _typed(study, asked.words)
    for form in forms_at(rendered, asked):
        mark = decision_fingerprint(study.contents, form_key(form))
        drafts.add(_line(asked, "describe", mark), text=form, words=words)


def _remove(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    reason = _in(asked.reason, REMOVED, "reason")
    for form in forms_at(rendered, asked):
        mark = decision_fingerprint(study.contents, form_key(form))
        drafts.add(_line(asked, "remove", mark, reason=reason), text=form)


def _note(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    drafts.add(_line(asked, "note", entity=asked.entity), text=_typed(study, asked.words))


def _flag(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """A passage that a supervisor should read, for the reader's sake or a child's."""
    _in(asked.code, list(rendered.outcome.products), "transcript")
    turns = {0, *(one.turn for one in rendered.outcome.products[asked.code].transcript.segments)}
    if asked.turn not in turns:
        raise AskedWrongly("this turn is not in the transcript", hint="reload the page")
    drafts.add(_line(asked, "flag", values={"turn": str(asked.turn)}))
    drafts.events.append(("supervisor_flag", {"code": asked.code, "turn": asked.turn}))


def _close(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """A list was looked through, and nothing is left on it. The fingerprints of its words lie in the vault."""
    _in(asked.list, list(rendered.outcome.products), "list")
    values = {"list": asked.list, "items": str(len(asked.doubts))}
    drafts.add(_line(replace(asked, doubts=()), CLOSED, values=values), text=json.dumps(asked.doubts))
    drafts.events.append(("queue_closed", {"list": asked.list, "items": len(asked.doubts)}))


def _accept(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """Ways to recognise somebody stay, with a reason; while what they say is unchanged they are not asked again."""
    if not asked.risks:
        raise AskedWrongly("this is not found any more", hint="reload the page")
    reason = _in(asked.reason, RISK_REASONS, "reason")
    for line in asked.risks:
        drafts.add(replace(line, reviewer=asked.reviewer, reason=reason))


def _mend(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """The plan's words stand in the places of its steps, and in these only."""
    if not asked.worded:
        raise AskedWrongly("choose what is to read otherwise", hint="reload the page if nothing can be chosen")
    seen: set[str] = set()
    for (code, span), words in asked.worded:
        transcript = rendered.outcome.products[code].transcript
        mark = decision_fingerprint(study.contents, context_key(transcript, span, Category.TRAIT))
        if mark not in seen:
            seen.add(mark)
            line = _line(replace(asked, code=code), HERE, mark)
            drafts.add(line, text=transcript.text_at(span), words=_typed(study, words))


def _second(study: Study, rendered: Rendered, asked: Asked, drafts: Drafts) -> None:
    """What a second reviewer would do with a card; it changes nothing until somebody has resolved it."""
    drafts.add(_line(asked, SECOND, values={"act": _in(asked.reason, ("confirm", "keep", "other"), "act")}))


Act = Callable[[Study, Rendered, Asked, Drafts], None]
ACTS: Mapping[str, Act] = {
    "confirm": _confirm,
    "keep": _keep,
    "category": _category,
    "part": _part,
    "merge": _merge,
    "split": _split,
    "pseudonym": _pseudonym,
    "add": _add,
    "describe": _describe,
    "remove": _remove,
    "note": _note,
    "flag": _flag,
    "accept": _accept,
    "mend": _mend,
    "close": _close,
    "second": _second,
}


def _line(
    asked: Asked,
    verdict: str,
    mark: str = "",
    *,
    category: str = "",
    entity: str = "",
    reason: str = "",
    values: Mapping[str, str] | None = None,
) -> Line:
    return Line(0, "", asked.reviewer, verdict, mark, category, entity, asked.code, reason, values or {})


def _change(
    drafts: Drafts, contents: Contents, change: entities.Change, asked: Asked, verdict: str, entity: str, **values: str
) -> Contents:
    drafts.add(_line(asked, verdict, entity=entity, values=values), text=entities.to_text(change))
    return entities.changed(contents, change)


def _typed(study: Study, words: str) -> str:
    words = " ".join(words.split()).strip("[]")
    if not words or len(words) > _LONGEST_WORDS:
        raise AskedWrongly(f"between one and {_LONGEST_WORDS} characters, please")
    if not study.is_clean(words):
        raise AskedWrongly("these words hold something that identifies", hint="say it without the name")
    return words


def _in(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in list(allowed):
        raise AskedWrongly(f"choose a {what} from the list")
    return value
