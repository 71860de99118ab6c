"""By what a run goes: the region, the policy, the gate's words, and the study's own randomness and keys."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from deid.check.gate import GateWords
from deid.check.leaks import Forms
from deid.model import KeyEntry
from deid.pseudonymise.policy import Policy
from deid.region import Region


@dataclass(frozen=True, slots=True)
class Rules:
    """`new_ids` starts the study's sequence of free entity ids afresh, so that a second round numbers as the first did.

    `fingerprint` is the study's keyed digest of a text; without it decisions bound to a context do not apply.
    """

    region: Region
    policy: Policy
    words: GateWords = field(repr=False)
    new_ids: Callable[[], Callable[[], str]]
    assign_key: bytes = field(repr=False)
    fingerprint: Callable[[str], str] | None = None

    def unused_ids(self, given: Container[str]) -> Callable[[], str]:
        """The next free id at each call, without those that an earlier round of this run has given."""
        new_id = self.new_ids()
        return lambda: next(id for id in iter(new_id, "") if id not in given)

    def hidden_forms(self, entries: Mapping[str, KeyEntry]) -> Forms:
        """The forms of everything that has a token in this tier: what must not be readable in an output."""
        return self.words.forms(entry.entity for entry in entries.values() if self.policy.tier in entry.tokens)
