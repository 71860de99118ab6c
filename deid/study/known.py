"""What a study brings to a run: what it knows, and the rules, keys and randomness that are its own."""

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from deid.check.gate import gate_words
from deid.digests import fingerprint
from deid.errors import SettingsError
from deid.model import Known, Outcome, Withdrawn
from deid.pseudonymise.policy import Policy, load_policy
from deid.rules import Rules
from deid.study.decisions import decision_fingerprint, decisions_of
from deid.study.folder import Study
from deid.study.forms import is_name_alone
from deid.vault.contents import Contents
from deid.vault.withdraw import DIGEST_MARK, hide

STYLE = "style"  # the option that holds the style of tokens from the first release on
PASSAGES = "passages_removed"  # the option that names withdrawn people whom nobody's passages may speak of either


def known_of(study: Study) -> Known:
    contents = study.contents
    return Known(
        entries={entry.entity.id: entry for entry in contents.entries},
        bindings=contents.bindings,
        roster=contents.roster,
        decisions=decisions_of(study),
        withdrawn=withdrawn_of(contents),
    )


def withdrawn_of(contents: Contents) -> Withdrawn:
    """Who withdrew, by digests: of their forms, and of what earlier runs had linked to them."""
    suppressed, forms = contents.suppressed.forms, dict[str, tuple[tuple[str, bool], ...]]()
    for form in suppressed:
        forms[form.digest] = (*forms.get(form.digest, ()), (form.entity, form.alone))
    gone = {form.entity for form in suppressed}
    linked = {
        code: {key.partition(DIGEST_MARK)[2]: entity for key, entity in own.items() if DIGEST_MARK in key}
        for code, own in contents.bindings.items()
        if gone & set(own.values())
    }
    return Withdrawn(
        watch=contents.keys.watch,
        forms=forms,
        linked=linked,
        longest=max((form.words for form in suppressed), default=1),
        passages=frozenset(contents.options.get(PASSAGES, "").split()),
    )


def rules_of(study: Study, tier: str = "") -> Rules:
    """The rules of a tier; of the tier that drafts are written as, if none is named."""
    region, keys = study.region, study.contents.keys
    return Rules(
        region=region,
        policy=policy_of(study, tier),
        words=gate_words(region),
        new_ids=lambda: entity_ids(study.contents),
        assign_key=keys.assign,
        fingerprint=lambda text: decision_fingerprint(study.contents, text),
    )


def policy_of(study: Study, tier: str = "") -> Policy:
    """The user's own policy file holds for the tier that it was named for, the shipped ones for the others.

    A relative one is taken from the study's folder, like the vault's.

    Raises SettingsError for another style of tokens than the first release has: whoever searches for tokens, counts
    words or codes in NVivo goes by it.
    """
    wanted = study.settings.policy
    tier = tier or wanted.tier
    file = str(study.folder / Path(wanted.file).expanduser()) if wanted.file and tier == wanted.tier else ""
    policy = load_policy(tier, file=file, public_facts=wanted.public_facts)
    fixed = study.contents.options.get(STYLE, policy.style)
    if policy.style != fixed:
        raise SettingsError(
            f"style is {policy.style}, but the first release fixed it as {fixed}",
            where=file or f"the policy {tier}",
            hint=f'style = "{fixed}" in every policy of this study',
        )
    return policy


def remembered(study: Study, outcome: Outcome) -> Contents:
    """The vault with an outcome's entities, tokens and bindings; equal to the old one when nothing is new."""
    contents = study.contents
    before = {entry.entity.id: entry for entry in contents.entries}
    entries = before | dict(outcome.entries)
    made = int(contents.options.get("entities_made", "0")) + len(entries) - len(before)
    merged = replace(
        contents,
        entries=tuple(entries[id] for id in sorted(entries)),
        bindings={code: dict(outcome.bindings[code]) for code in sorted(outcome.bindings)},
        options=dict(contents.options) | ({"entities_made": str(made)} if made else {}),
    )
    return hide(merged, is_distinctive=is_name_alone(study.region))


def entity_ids(contents: Contents) -> Callable[[], str]:
    """Ids for new entities: random to everybody without the study's key, and the same again for the same vault.

    The count of entities ever made is kept, so that an id whose entity was withdrawn is never given again.
    """
    taken: Collection[str] = {entry.entity.id for entry in contents.entries}
    made = int(contents.options.get("entities_made", "0"))

    def next_id() -> str:
        nonlocal made
        while True:
            made += 1
            id = fingerprint(contents.keys.assign, "entity", str(made))[:16]
            if id not in taken:
                return id

    return next_id
