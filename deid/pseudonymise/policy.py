"""A policy: what each category and kind becomes for one audience. Read from TOML, refused if it would keep too much."""

import difflib
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deid import plugins
from deid.config import configs
from deid.errors import SettingsError
from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise import strategies
from deid.pseudonymise.labels import kinds_of

Tier = Literal["team", "archive", "public"]
KEEP = "keep"  # a verdict, not a strategy

# What identifies alone is never kept, whatever a policy says.
_ALWAYS_REPLACED = frozenset({Category.PERSON, Category.CASE, Category.CONTACT, Category.IDENTIFIER, Category.TRAIT})
_KINDS_ALWAYS_REPLACED = {
    Category.PLACE: ("street", "postcode", "address", "house_number", "road"),
    Category.AGENCY: ("children's home", "home", "school", "care home", "hostel", "surgery", "firm", "team"),
    Category.DATE: ("date_of_birth",),
    Category.ROLE: (),
    Category.AGE: (),
}
# What `public_facts = "keep"` leaves readable, of the kinds that a rule can name.
PUBLIC_KINDS: dict[Category, tuple[str, ...]] = dict.fromkeys(Category, ()) | {
    Category.PLACE: ("county", "region", "unitary", "country")
}


class Rule(BaseModel):
    """`detail` is the strategy's own: how fine a place, a date or an age may stay."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    strategy: str
    detail: str = ""


class CategoryRule(Rule):
    kinds: dict[str, Rule] = Field(default_factory=dict)


class Policy(BaseModel):
    """`budget`: the share of words that may be replaced before the utility meter warns."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    tier: Tier
    summary: str
    style: Literal["brackets", "hashes", "tags"] = "brackets"
    public_facts: Literal["keep", "token"] = "token"
    themes: bool = False
    budget: float = Field(default=0.25, gt=0, le=1)
    rules: dict[Category, CategoryRule]


def load_policy(tier: str, *, file: str = "", public_facts: str = "") -> Policy:
    """The shipped policy of a tier, or one of the user's own."""
    path = Path(file) if file else configs() / "policies" / f"{tier}.toml"
    policy = read_policy(path, public_facts=public_facts)
    if file and policy.tier != tier:
        raise SettingsError(f"this policy is for the tier {policy.tier}, not {tier}", where=str(path))
    return policy


def read_policy(path: Path, *, public_facts: str = "") -> Policy:
    """The policy in a file, for whichever tier it is. Raises SettingsError naming file and key."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        hint = "the shipped policies are team, archive and public"
        raise SettingsError("the policy cannot be read", where=str(path), hint=hint) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"this is not valid TOML ({error})", where=str(path)) from error
    if public_facts:
        values["public_facts"] = public_facts
    return check_policy(values, where=str(path))


def check_policy(values: dict[str, object], *, where: str) -> Policy:
    """A policy from plain values. Raises SettingsError for the first key or rule that is wrong."""
    try:
        policy = Policy.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]")
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"a policy has no {key}", where=where, hint=_nearest(str(first["loc"][-1]))) from None
        raise SettingsError(f"{key}: {first['msg']}", where=where) from None
    if missing := [category for category in Category if category not in policy.rules]:
        raise SettingsError(f"there is no rule for {', '.join(missing)}", where=where)
    for category, rule in policy.rules.items():
        _check_rule(category, rule, where=where)
    _check_together(policy, where=where)
    return policy


def rule_for(policy: Policy, entity: Entity) -> Rule:
    """The rule of the entity's kind, else of its category. What must never be kept is labelled instead."""
    rule = policy.rules[entity.category]
    if entity.category is Category.TRAIT and entity.kind in ("described", "removed"):
        return Rule(strategy="describe" if entity.kind == "described" else "passage_removed")
    kind = _plain(entity.kind)
    for name, own in rule.kinds.items():
        if _plain(name) == kind:
            return own
    if rule.strategy == KEEP and any(_plain(name) == kind for name in _KINDS_ALWAYS_REPLACED[entity.category]):
        return Rule(strategy="label")
    return rule


def policy_table(policy: Policy) -> tuple[tuple[str, str, str, str], ...]:
    """(category, kind, strategy, detail), one row a rule, for `deid policy show` and the docs."""
    rows = []
    for category in Category:
        rule = policy.rules[category]
        rows.append((str(category), "", rule.strategy, rule.detail))
        rows += [(str(category), kind, own.strategy, own.detail) for kind, own in rule.kinds.items()]
    return tuple(rows)


def _check_rule(category: Category, rule: CategoryRule, *, where: str) -> None:
    for kind, own in {"": rule, **rule.kinds}.items():
        place = f"rules.{category}.kinds.{kind}" if kind else f"rules.{category}"
        if own.strategy != KEEP:
            _check_strategy(category, own, where=f"{where}: {place}")
            continue
        if own.detail:
            raise SettingsError("what is kept has no detail", where=f"{where}: {place}.detail")
        direct = category in _ALWAYS_REPLACED or _plain(kind) in map(_plain, _KINDS_ALWAYS_REPLACED.get(category, ()))
        if direct:
            hint = "label and masked_number replace it and keep the kind of thing readable"
            raise SettingsError("this would keep a direct identifier", where=f"{where}: {place}", hint=hint)


def _check_strategy(category: Category, rule: Rule, *, where: str) -> None:
    """A strategy that does not exist, is not for this category, or has no such detail would quietly mislead."""
    try:
        strategy = plugins.load(strategies, rule.strategy)
    except SettingsError as error:
        raise SettingsError(error.message, where=f"{where}.strategy", hint=error.hint) from None
    if category not in strategy.FOR:
        hint = f"it is for {', '.join(sorted(strategy.FOR))}" if strategy.FOR else "it is chosen in review, by passage"
        raise SettingsError(f"{rule.strategy} is not for {category}", where=f"{where}.strategy", hint=hint)
    if rule.detail not in (strategy.DETAILS or ("",)):
        hint = f"its details are: {', '.join(strategy.DETAILS)}" if strategy.DETAILS else "it has none"
        raise SettingsError(f"{rule.strategy} has no such detail", where=f"{where}.detail", hint=hint)


def _check_together(policy: Policy, *, where: str) -> None:
    """Rules that contradict one another: two for one kind, or a rule that a public fact would overrule."""
    for category, rule in policy.rules.items():
        seen: dict[str, str] = {}
        for kind, own in rule.kinds.items():
            place = f"{where}: rules.{category}.kinds.{kind}"
            if seen.setdefault(_plain(kind), kind) != kind:
                raise SettingsError(f"two rules for one kind: {seen[_plain(kind)]} and {kind}", where=place)
            _check_kind(category, kind, where=place)
            if policy.public_facts == KEEP and own.strategy != KEEP and _plain(kind) in PUBLIC_KINDS[category]:
                hint = 'public_facts = "token", or no rule for this kind'
                raise SettingsError("public_facts keeps what this rule replaces", where=place, hint=hint)


def _check_kind(category: Category, kind: str, *, where: str) -> None:
    """A kind that is misspelt would be a rule without effect."""
    known = {_plain(name): name for name in (*kinds_of(category), *_KINDS_ALWAYS_REPLACED.get(category, ()))}
    if known and _plain(kind) not in known:
        close = difflib.get_close_matches(_plain(kind), known, n=1, cutoff=0.5)
        hint = f"did you mean {known[close[0]]}?" if close else "docs/reference/policies.md lists the kinds"
        raise SettingsError(f"{category} has no kind {kind}", where=where, hint=hint)


def _plain(kind: str) -> str:
    return fold(kind.replace("_", " "))


def _nearest(key: str) -> str:
    known: list[str] = [*Policy.model_fields, *CategoryRule.model_fields, *Category]
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else "docs/reference/policies.md lists every key"
