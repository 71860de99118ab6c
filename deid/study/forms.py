"""Which forms identify by themselves, by the gate's words and the lists of names of the study's region."""

from collections.abc import Callable
from functools import cache

from deid.check.gate import gate_words
from deid.fold import fold
from deid.model import Category, Entity
from deid.region import Region, given_names
from deid.vault.watchlist import Rules


def rules_of_forms(region: Region) -> Rules:
    words, given = gate_words(region), _given_names(region)

    def is_distinctive(form: str) -> bool:
        probe = words.forms([Entity("probe", Category.PERSON, "", "", (form,))])
        return any(distinctive for _, distinctive in probe.by_words.values())

    return Rules(
        is_distinctive=is_distinctive,
        is_public=lambda form: fold(form).removeprefix("the ") in words.public or fold(form) in words.public,
        is_given_name=lambda form: fold(form) in given,
    )


def is_name_alone(region: Region) -> Callable[[str], bool]:
    """Whether a person's form is nobody else's: distinctive, and no lone first name."""
    rules = cache(lambda: rules_of_forms(region))  # most studies never ask: nobody has withdrawn
    return lambda form: rules().is_distinctive(form) and not rules().is_given_name(form)


def _given_names(region: Region) -> frozenset[str]:
    short = (form for formal, several in region.nicknames.items() for form in (formal, *several))
    return frozenset(fold(name) for name in (*given_names(), *short))
