"""A participant withdraws. Pure: contents before -> contents after, and what was done.

Their transcripts, their roster row and whatever nobody else told of are gone. Others may speak of them, in transcripts
that stay; so their entity stays under its token, and its forms stay as keyed digests, which stop the name and do not
say it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deid.digests import fingerprint, form_digest, start_digest
from deid.errors import AskedWrongly
from deid.fold import fold, words
from deid.model import Category, Entity, KeyEntry
from deid.vault.contents import Contents, Suppressed, SuppressedForm
from deid.vault.told import forms_kept, told_by_nobody_else, transcripts_of

DIGEST_MARK = "#"  # before a digest that stands in a binding in the place of a form


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal did, in codes and random ids only.

    transcripts: taken out whole. shared: theirs and somebody else's, which no program can part: a person must.
    entity: the participant, "" where no name of theirs is known. forgotten: told of by nobody else.
    spoken_of_in: transcripts that stay and mention them. texts: decisions whose text went. digests: forms kept so.
    """

    code: str
    transcripts: tuple[str, ...]
    shared: tuple[str, ...]
    entity: str
    forgotten: tuple[str, ...]
    spoken_of_in: tuple[str, ...]
    texts: tuple[str, ...]
    digests: int


def withdraw(
    contents: Contents, code: str, *, is_distinctive: Callable[[str], bool], entity: str = ""
) -> tuple[Contents, Withdrawal]:
    """Take a participant out. Raises AskedWrongly for a code that the study does not know or has taken out already.

    is_distinctive: whether a form identifies by itself (the gate's rule). entity: which one the participant is, where
    two people of the study have the same name.
    """
    own, shared = _transcripts(contents, code)
    who = entity or _entity(contents, code)
    forms = _forms(contents, code, who)
    if forms and not who:
        who = fingerprint(contents.keys.assign, "withdrawn", code)[:16]  # so that a later mention has a token to take
    forgotten = told_by_nobody_else(contents, own, code) - {who}
    digests = _digests(contents.keys.watch, forms, who, is_distinctive)
    texts = tuple(sorted(name for name, text in contents.texts.items() if _says_any(text, forms)))
    done = Withdrawal(
        code=code,
        transcripts=own,
        shared=shared,
        entity=who,
        forgotten=tuple(sorted(forgotten)),
        spoken_of_in=tuple(sorted(transcripts_of(contents.bindings).get(who, frozenset()) - set(own))),
        texts=texts,
        digests=len(digests),
    )
    return _without(contents, done, digests), done


def hide(contents: Contents, *, is_distinctive: Callable[[str], bool]) -> Contents:
    """After a run: what it learned anew of withdrawn participants becomes digests too. Equal where it learned nothing.

    Others go on speaking of them, so a run meets forms of theirs again, and perhaps new ones.
    """
    gone = {form.entity for form in contents.suppressed.forms}
    if not gone:
        return contents
    watch, digests, entries = contents.keys.watch, list(contents.suppressed.forms), []
    known = {(form.digest, form.entity) for form in digests}
    for entry in contents.entries:
        if entry.entity.id in gone and entry.entity.forms:
            made = _digests(watch, entry.entity.forms, entry.entity.id, is_distinctive)
            digests += [form for form in made if (form.digest, form.entity) not in known]
            entry = replace(entry, entity=replace(entry.entity, forms=()))
        entries.append(entry)
    return replace(
        contents,
        entries=tuple(entries),
        bindings={code: _bound_by_digest(forms, gone, watch) for code, forms in contents.bindings.items()},
        suppressed=replace(contents.suppressed, forms=_in_order(digests)),
    )


def digest_key(key: str, watch: bytes) -> str:
    """The key of a binding without what was said: "PERSON:orla fennimore|label" -> "PERSON:#7a0c...".

    Marks of the place go as well, for they quote the words around it.
    """
    category, _, said = key.partition(":")
    if said.startswith(DIGEST_MARK):
        return key
    folded = [word for _, _, word in words(said.partition("|")[0].partition("@")[0])]
    return f"{category}:{DIGEST_MARK}{form_digest(watch, folded)}"


def _transcripts(contents: Contents, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if code in contents.suppressed.codes:
        raise AskedWrongly(f"{code} has been taken out of this study already")
    theirs = [source for source in contents.sources if code in source.participants]
    if not theirs and all(person.code != code for person in contents.roster):
        known = sorted({name for source in contents.sources for name in source.participants})
        raise AskedWrongly(f"this study has no participant {code}", hint=f"there are: {', '.join(known)}")
    own = tuple(sorted(source.code for source in theirs if set(source.participants) == {code}))
    return own, tuple(sorted(source.code for source in theirs if source.code not in own))


def _entity(contents: Contents, code: str) -> str:
    """The entity that the roster's row names, "" if none."""
    name = next((fold(person.full_name) for person in contents.roster if person.code == code), "")
    people = (entry.entity for entry in contents.entries if entry.entity.category is Category.PERSON)
    found = [person.id for person in people if name and any(fold(form) == name for form in person.forms)]
    if len(found) > 1:
        raise AskedWrongly(
            f"{len(found)} people of this study have the name that the roster gives {code}",
            hint=f"say which of them is the participant: {', '.join(found)}",
        )
    return found[0] if found else ""


def _forms(contents: Contents, code: str, who: str) -> tuple[str, ...]:
    """Everything that the roster and others call the participant."""
    rows = [form for person in contents.roster if person.code == code for form in (person.full_name, *person.aliases)]
    said = [form for entry in contents.entries if entry.entity.id == who for form in entry.entity.forms]
    return tuple(dict.fromkeys(rows + said))


def _digests(
    watch: bytes, forms: Sequence[str], who: str, is_distinctive: Callable[[str], bool]
) -> tuple[SuppressedForm, ...]:
    """One for each form, and one for each distinctive word of a form: a surname that nobody has said alone yet."""
    single = [word for form in forms for _, _, word in words(form) if is_distinctive(word)]
    made = {}
    for form in (*single, *forms):
        folded = [word for _, _, word in words(form)]
        if folded:
            digest = form_digest(watch, folded)
            made[digest] = SuppressedForm(
                digest, len(folded), start_digest(watch, folded[0]), who, is_distinctive(form)
            )
    return tuple(made[digest] for digest in sorted(made))


def _says_any(text: str, forms: Sequence[str]) -> bool:
    said = f" {fold(text)} "
    return any(f" {fold(form)} " in said for form in forms if fold(form))


def _without(contents: Contents, done: Withdrawal, digests: Sequence[SuppressedForm]) -> Contents:
    gone = {done.code, *done.transcripts}
    return replace(
        contents,
        entries=tuple(_entries(contents, done)),
        sources=tuple(source for source in contents.sources if source.code not in gone),
        roster=tuple(person for person in contents.roster if person.code != done.code),
        bindings={
            code: _bound_by_digest(forms, {done.entity}, contents.keys.watch)
            for code, forms in contents.bindings.items()
            if code not in gone
        },
        texts={name: text for name, text in contents.texts.items() if name not in done.texts},
        salts={code: salt for code, salt in contents.salts.items() if code not in gone},
        suppressed=_suppressed(contents, gone, set(done.shared), digests),
    )


def _entries(contents: Contents, done: Withdrawal) -> Iterator[KeyEntry]:
    kept = forms_kept(contents, done.transcripts)
    for entry in contents.entries:
        if entry.entity.id in done.forgotten:
            continue
        forms = () if entry.entity.id == done.entity else kept[entry.entity.id]
        subject = "" if entry.subject == done.code else entry.subject
        yield replace(entry, entity=replace(entry.entity, forms=forms), subject=subject)
    if done.entity and all(entry.entity.id != done.entity for entry in contents.entries):
        yield KeyEntry(Entity(done.entity, Category.PERSON, "person", "participant"))


def _bound_by_digest(forms: Mapping[str, str], who: Collection[str], watch: bytes) -> dict[str, str]:
    """What these people were called stands in a binding in clear. From now on a digest of it binds."""
    bound = {}
    for key, entity in forms.items():
        bound[digest_key(key, watch) if entity in who else key] = entity
    return bound


def _suppressed(contents: Contents, gone: set[str], shared: set[str], digests: Sequence[SuppressedForm]) -> Suppressed:
    """A shared transcript keeps its code, but not as it was: its file comes back only once a person has edited it."""
    before = contents.suppressed
    files = {source.sha256 for source in contents.sources if source.code in (gone | shared)}
    return Suppressed(
        codes=tuple(sorted({*before.codes, *gone})),
        forms=_in_order({*before.forms, *digests}),
        sources=tuple(sorted({*before.sources, *files})),
    )


def _in_order(forms: Iterable[SuppressedForm]) -> tuple[SuppressedForm, ...]:
    return tuple(sorted(forms, key=lambda form: (form.digest, form.entity, form.alone)))
