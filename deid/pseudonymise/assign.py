"""Every entity gets a token for the tier: its number drawn at random from the study's key, and never changed again.

Numbers say nothing of order. Within a category no number is used twice, whatever the label and whatever the tier, so no
token text stands in two tiers, and a person whose part becomes known keeps their number (Person 41 -> Child 41).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid import plugins
from deid.digests import mac
from deid.errors import SettingsError
from deid.fold import fold
from deid.model import Category, Dismissal, Entity, KeyEntry, Mention, Settled
from deid.pseudonymise import strategies
from deid.pseudonymise.listed import Listed, listed
from deid.pseudonymise.policy import KEEP, Policy, Rule, rule_for
from deid.pseudonymise.subject import Subject
from deid.pseudonymise.tokens import label_part, number_of
from deid.region import Region

# Three digits are easy to read and say; more are drawn only when these run short.
_RANGES = (999, 9_999, 99_999)
_FULLEST = 0.6
_DRAWS = 200
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sister", "pc", "dc", "ds", "di", "sgt"})
# A reviewer's own words and the fixed words of a removal say the same in every tier.
_FREE_WORDS = frozenset({"describe", "passage_removed"})


@dataclass(frozen=True, slots=True)
class Assigned:
    """`entries`: every entry of the study by its entity's id, new and updated. `tokens`: bare token of each mentioned
    entity; those in `kept` stay readable, with the reason."""

    entries: Mapping[str, KeyEntry]
    tokens: Mapping[str, str]
    strategies: Mapping[str, str]
    kept: Mapping[str, str] = field(default_factory=dict)


def assign(
    entities: Sequence[Entity],
    mentions: Mapping[str, Sequence[Mention]],
    entries: Mapping[str, KeyEntry],
    tier: str,
    policy: Policy,
    region: Region,
    assign_key: bytes,
    *,
    chosen: Mapping[str, str] | None = None,
) -> Assigned:
    """Tokens of one tier. `chosen`: for an entity the name or the own words that somebody chose for it."""
    ledger = _Ledger(assign_key, tier, _numbers_in_use(entries.values()), _tokens_in_use(entries.values()))
    known = listed(region)
    updated = dict(entries)
    tokens: dict[str, str] = {}
    used: dict[str, str] = {}
    kept: dict[str, str] = {}
    subjects = _subjects(mentions)
    for entity in sorted((e for e in entities if e.id in subjects), key=lambda entity: entity.id):
        before = updated.get(entity.id)
        entry = KeyEntry(entity, before.tokens, before.subject) if before else KeyEntry(entity, {}, subjects[entity.id])
        rule = rule_for(policy, entity)
        if reason := _why_kept(entity, rule, policy, known):
            kept[entity.id] = reason
            updated[entity.id] = entry
            continue
        token, used[entity.id] = _token(entry, rule, policy, known, ledger, (chosen or {}).get(entity.id, ""))
        if not token:
            kept[entity.id] = "already as coarse as the policy asks"
        else:
            tokens[entity.id] = token
            entry = replace(entry, tokens={**entry.tokens, tier: token})
        updated[entity.id] = entry
    return Assigned(updated, tokens, used, kept)


def kept_by_policy(
    settled: Iterable[Settled], mentions: Iterable[Mention], kept: Mapping[str, str]
) -> Iterator[Dismissal]:
    """What stays readable because of whose mention it is, on record with the reason."""
    reasons = {mention.span: kept[mention.entity] for mention in mentions if mention.entity in kept}
    return (Dismissal(one.surest, reasons[one.span]) for one in settled if one.span in reasons)


def draw(key: bytes, category: Category, entity: str, tier: str, in_use: set[int]) -> int:
    """A number that only the holder of the study's key can foretell, and that no other token of the category bears."""
    for largest in _RANGES:
        if len(in_use) > _FULLEST * largest:
            continue
        for attempt in range(_DRAWS):
            number = 1 + int(mac(key, "deid token number", category, entity, tier, str(attempt)), 16) % largest
            if number not in in_use:
                return number
    raise SettingsError(f"there are too many tokens of the category {category}")


def refuse_chosen(name: str, forms: Iterable[str], *, where: str = "") -> None:
    """A chosen pseudonym must be nobody's real name, nor a part of one. Raises SettingsError without saying whose."""
    if not fold(name).split():
        raise SettingsError("the chosen pseudonym is empty", where=where)
    if is_real_name(name, forms):
        hint = "choose another name (deid roster pseudonyms lists free ones), or leave it empty for a label"
        raise SettingsError("the chosen pseudonym is a real name in this study", where=where, hint=hint)


def is_real_name(name: str, forms: Iterable[str]) -> bool:
    """Whether a word of the name is a word of one of these forms; a title is nobody's name."""
    real = {word for form in forms for word in fold(form).split() if len(word) > 1}
    return bool((set(fold(name).split()) - _TITLES) & real)


def _why_kept(entity: Entity, rule: Rule, policy: Policy, known: Listed) -> str:
    if rule.strategy == KEEP and known.is_listed(entity):
        return "kept by the policy"
    if (
        policy.public_facts == "keep"
        and entity.category in (Category.PLACE, Category.AGENCY)
        and known.is_public(entity)
    ):
        return "a public fact of the study"
    return ""


@dataclass(slots=True)
class _Ledger:
    """What is taken already: numbers by category, and each token's entity and tier."""

    key: bytes = field(repr=False)
    tier: str
    numbers: dict[Category, set[int]]
    tokens: dict[str, tuple[str, str]]

    def number(self, entity: Entity, before: str) -> int:
        in_use = self.numbers.setdefault(entity.category, set())
        return number_of(before) or draw(self.key, entity.category, entity.id, self.tier, in_use)

    def is_free(self, token: str, entity: Entity, strategy: str) -> bool:
        """A value in words ("aged 13-15") may stand for several entities of a tier; a name or a number for one."""
        holder, tier = self.tokens.get(token, (entity.id, self.tier))
        if strategy in _FREE_WORDS:
            return True
        return tier == self.tier and (holder == entity.id or (not number_of(token) and strategy != "chosen_pseudonym"))

    def take(self, token: str, entity: Entity) -> None:
        if token:
            self.tokens.setdefault(token, (entity.id, self.tier))
            self.numbers.setdefault(entity.category, set()).add(number_of(token) or -1)


def _token(entry: KeyEntry, rule: Rule, policy: Policy, known: Listed, ledger: _Ledger, chosen: str) -> tuple[str, str]:
    """The token and the strategy that found it; "" for a value that may stay as it is."""
    entity, before = entry.entity, entry.tokens.get(ledger.tier, "")
    place = known.place(entity) if entity.category is Category.PLACE else None
    subject = Subject(entity, ledger.number(entity, before), rule.detail, policy.themes, place, chosen)
    token, name = "", "label"
    strategy = "label" if rule.strategy == KEEP else rule.strategy
    if chosen and strategy not in _FREE_WORDS:
        strategy = "chosen_pseudonym"  # a person's own word, whatever the policy would invent
    for name in dict.fromkeys((strategy, "label")):
        token = plugins.load(strategies, name).invent(subject)
        if not token or (ledger.is_free(token, entity, name) and not _is_original(token, entity)):
            break
    if before and label_part(before) and label_part(before) == label_part(token):
        token = before  # what was written once stays, whatever a newer region pack says
    ledger.take(token, entity)
    return token, name


def _is_original(token: str, entity: Entity) -> bool:
    return fold(token) in {fold(form) for form in entity.forms}


def _numbers_in_use(entries: Iterable[KeyEntry]) -> dict[Category, set[int]]:
    numbers: dict[Category, set[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.entity.category, set()).update(filter(None, map(number_of, entry.tokens.values())))
    return numbers


def _tokens_in_use(entries: Iterable[KeyEntry]) -> dict[str, tuple[str, str]]:
    return {token: (entry.entity.id, tier) for entry in entries for tier, token in entry.tokens.items()}


def _subjects(mentions: Mapping[str, Sequence[Mention]]) -> dict[str, str]:
    """Who told of each entity first: the participant, so the code of the transcript without its number."""
    subjects: dict[str, str] = {}
    for code in sorted(mentions):
        for mention in mentions[code]:
            subjects.setdefault(mention.entity, code.rpartition("-")[0] or code)
    return subjects
