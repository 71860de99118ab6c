"""The board's section on what is left, from the log alone: no key, no transcript."""

from collections.abc import Iterable, Iterator, Mapping

from deid.audit.report import RiskLine
from deid.model import AuditEvent

# What each kind asks, in a board's words; the second half says who asks it.
QUESTIONS: Mapping[str, str] = {
    "combination": "Is a participant the only one with a post, an agency, a place, an age ...? (colleague, stranger)",
    "colleague": "Would somebody who knows everybody's post and base name a participant? (colleague)",
    "claim": "Does a sentence claim to be the only or the first one? (colleague)",
    "public_case": "Does a passage lead to something that was in the news or is published? (stranger)",
    "cluster": "Do details of one young person's case stand together? (colleague, family)",
    "linkage": "Do two transcripts tell of one person or event? (colleague, stranger)",
    "inversion": "Can a token be turned back with a map or a list? (stranger)",
    "wording": "Would a usual phrase or dialect give somebody away? (colleague; a hint)",
}


def risk_lines(events: Iterable[AuditEvent]) -> tuple[RiskLine, ...]:
    """The board's section on what is left, from the log alone: the newest assessment of each tier."""
    newest: dict[str, Mapping[str, object]] = {}
    for event in events:
        if event.action == "risk_assessed" and event.detail:
            tier, counts = str(event.detail["tier"]), event.detail["counts"]
            newest[tier] = counts if isinstance(counts, Mapping) else {}
    return tuple(line for tier, counts in newest.items() for line in _lines(tier, counts))


def _lines(tier: str, counts: Mapping[str, object]) -> Iterator[RiskLine]:
    for kind, question in QUESTIONS.items():
        number, accepted = int(str(counts.get(kind, 0))), int(str(counts.get(f"{kind} accepted", 0)))
        state = "nothing found" if not number else f"{accepted} accepted with a reason, {number - accepted} open"
        yield RiskLine(question, f"{number} found in the text for the tier {tier}", state)
