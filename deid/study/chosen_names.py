"""Names that people chose for themselves: nobody's real name when they come in, nor when the thirteenth interview does.

A name that turns out to be real keeps its place, so that no earlier token changes; nothing that shows it leaves the
study before another was chosen (design, law 3).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from deid.check.gate import gate_words
from deid.errors import AskedWrongly, SettingsError
from deid.fold import fold
from deid.model import Category, Entity, KnownPerson, Outcome
from deid.pseudonymise.assign import is_real_name, refuse_chosen
from deid.pseudonymise.tokens import number_of
from deid.region import Region, neutral_names
from deid.vault.contents import Contents

COLLIDES = "a chosen pseudonym is a real name by now"
# Robin, Mary-Ann, O'Dell, Robin Ash: letters with spaces, hyphens and apostrophes between them.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
_LONGEST = 40


def refuse_colliding(contents: Contents, people: Sequence[KnownPerson], region: Region) -> None:
    """Raises AskedWrongly, by participant code, for a chosen name that is somebody's, a place's, or chosen twice."""
    coming = {person.code: person for person in people}
    everybody = [coming.get(person.code, person) for person in contents.roster]
    everybody += [person for person in people if person not in everybody]
    forms = tuple(_real_names(contents, everybody))
    met = frozenset(fold(form) for entry in contents.entries for form in _of_a_place(entry.entity))
    by_name: dict[str, str] = {}
    for person in everybody:
        if not person.chosen_pseudonym:
            continue
        other = by_name.setdefault(fold(person.chosen_pseudonym), person.code)
        if person.code not in coming:
            continue
        where = f"{person.code}, chosen_pseudonym"
        if len(person.chosen_pseudonym) > _LONGEST or not _NAME.fullmatch(person.chosen_pseudonym):
            raise AskedWrongly("a chosen pseudonym is a name of one to four words", where=where)
        if other != person.code:
            raise AskedWrongly(f"{other} chose the same pseudonym", where=where)
        name = fold(person.chosen_pseudonym)
        if name in gate_words(region).public or not met.isdisjoint((name, *name.split())):
            raise AskedWrongly("the chosen pseudonym is the name of a place or a body", where=where)
        try:
            refuse_chosen(person.chosen_pseudonym, forms, where=where)
        except SettingsError as error:
            raise AskedWrongly(error.message, where=where, hint=error.hint) from None


def free_names(contents: Contents) -> tuple[str, ...]:
    """The pool's names that nobody in the study bears and that stand for nobody yet: what a person may pick from.

    A name counts as borne when a word of it stands in any known form, a place's or an agency's included.
    """
    tokens = [token for entry in contents.entries for token in entry.tokens.values() if not number_of(token)]
    taken = [*(person.chosen_pseudonym for person in contents.roster), *tokens]
    forms = [form for entry in contents.entries for form in entry.entity.forms]
    borne = (*_real_names(contents, contents.roster), *forms, *taken)
    words = {word for form in borne for word in fold(form).split()}
    return tuple(name for name in neutral_names() if words.isdisjoint(fold(name).split()))


def colliding(contents: Contents, outcome: Outcome, tier: str) -> frozenset[str]:
    """The transcripts that show a chosen name which is by now somebody's real name."""
    entries = outcome.entries.values()
    forms = tuple(_real_names(contents, contents.roster, (entry.entity for entry in entries)))
    bad = {
        entry.entity.id
        for entry in entries
        if entry.entity.category is Category.PERSON
        and (token := entry.tokens.get(tier, ""))
        and not number_of(token)
        and is_real_name(token, forms)
    }
    return frozenset(
        code for code, one in outcome.products.items() if any(mention.entity in bad for mention in one.mentions)
    )


def _of_a_place(entity: Entity) -> tuple[str, ...]:
    return entity.forms if entity.category in (Category.PLACE, Category.AGENCY) else ()


def _real_names(
    contents: Contents, people: Sequence[KnownPerson], entities: Iterable[Entity] | None = None
) -> Iterator[str]:
    known = entities if entities is not None else (entry.entity for entry in contents.entries)
    for entity in known:
        if entity.category is Category.PERSON:
            yield from entity.forms
    for person in people:
        yield from (person.full_name, *person.aliases)
