"""The key and the participants on the page: a recovery sheet, what people agreed to, and a withdrawal.

Each form calls the function that the terminal's command calls; nothing is decided here.
"""

from collections.abc import Callable, Mapping

from deid.errors import AskedWrongly
from deid.model import KnownPerson
from deid.review.desk import Desk
from deid.review.place_values import Values
from deid.study.codes import is_interviewer
from deid.study.folder import Study
from deid.study.vault import key_life
from deid.study.vault.certificate import certificate_of_withdrawal, keep_certificate, recall_sheet, recalls
from deid.study.vault.withdrawal import change_consent, confirm, unfinished, withdraw_participant

CONSENTS: Mapping[str, str] = {
    "none": "no release at all", "team": "the team", "archive": "an archive", "public": "everybody",
}  # fmt: skip


def ways_in(study: Study) -> list[tuple[str, str]]:
    """Who can open the vault: (name, kind)."""
    return [(one.name, key_life.kind_of(one)) for one in study.vault.recipients]


def key(desk: Desk) -> Values:
    """Who can open the vault, and a sheet that was just made: it is shown this once."""
    sheet, desk.sheet = desk.sheet, ""
    study = desk.opened()
    found = key_life.status(study.folder, desk.environment)
    return {
        "ways": ways_in(study),
        "sheet": sheet,
        "vault": str(found.vault),
        "notes": [one for one in found.notes if "--sheet" not in one],
    }


def people(desk: Desk) -> Values:
    """Each participant with what they agreed to, and what a withdrawal or a lower consent asks for."""
    study = desk.opened()
    events = tuple(study.log.events())
    told, desk.told = desk.told, ()
    withdrawn = dict.fromkeys(str((one.detail or {}).get("code")) for one in events if one.action == "withdrawal_done")
    gone = [code for code in withdrawn if code in study.contents.suppressed.codes]
    return {
        "people": _people(study),
        "unfinished": unfinished(study.contents),
        "consents": CONSENTS,
        "recalls": {code: recall_sheet(found) for code in withdrawn if (found := recalls(events, code))},
        "withdrawn": [(code, certificate_of_withdrawal(study.log, code)) for code in gone],
        "told": told,
    }


def _make_sheet(desk: Desk, values: Mapping[str, str]) -> str:
    """Another sheet is another way in; nothing keeps its signs but the paper."""
    _, desk.sheet = key_life.add_recovery_sheet(desk.opened())
    return "/key?said=sheet"


def _remove_way(desk: Desk, values: Mapping[str, str]) -> str:
    study, name = desk.opened(), values.get("name", "")
    if (name, "recovery sheet") not in ways_in(study):
        raise AskedWrongly("only a recovery sheet is taken back here", hint="deid vault recipients remove NAME")
    key_life.remove(study, name)
    return "/key?said=way_removed"


def _consent(desk: Desk, values: Mapping[str, str]) -> str:
    study, code, consent = desk.opened(), values.get("code", ""), values.get("consent", "")
    before = next((one.consent or "team" for one in _participants(study) if one.code == code), "")
    tiers = list(CONSENTS)
    is_lower = before in tiers and consent in tiers and tiers.index(consent) < tiers.index(before)
    if is_lower and values.get("sure") != "yes":
        raise AskedWrongly(
            "a lower consent takes their transcripts back out of the releases that lie here",
            hint="tick that you know it, and send it again",
        )
    form = " ".join(values.get("form", "").split())
    taken = change_consent(study, code, consent, form=form, actor=desk.reviewer)
    desk.told = (f"{len(taken)} released files of {code} were taken back here.",) if taken else ()
    return "/people?said=consent"


def _withdraw(desk: Desk, values: Mapping[str, str]) -> str:
    study, code = desk.opened(), values.get("code", "")
    if not code or values.get("again", "").strip().upper() != code.upper():
        raise AskedWrongly("type the participant's code once more to confirm the withdrawal")
    form = " ".join(values.get("form", "").split())
    desk.review = None  # what it read is about to go
    done = withdraw_participant(
        study, code, passages=values.get("passages") == "yes", form=form, actor=desk.reviewer
    )  # fmt: skip
    desk.chosen = []
    keep_certificate(study, f"withdrawal_{code}.txt", certificate_of_withdrawal(study.log, code))
    told = [f"{one} has others in it: take {code}'s words out of the source, and read it again." for one in done.shared]
    if done.spoken_of_in:
        told.append(f"Read {', '.join(done.spoken_of_in)} again: others speak of {code} there.")
    desk.told = tuple(told)
    return "/people?said=withdrawn"


def _confirmed(desk: Desk, values: Mapping[str, str]) -> str:
    custodian = "-".join(values.get("custodian", "").split())
    if not custodian.replace("-", "").isalnum():
        raise AskedWrongly("who says so? A role in plain words, such as data manager, and nobody's name")
    study, code = desk.opened(), values.get("code", "")
    confirm(study, code, custodian, actor=desk.reviewer)
    keep_certificate(study, f"withdrawal_{code}.txt", certificate_of_withdrawal(study.log, code))
    return "/people?said=custodian"


FORMS: Mapping[str, Callable[[Desk, Mapping[str, str]], str]] = {
    "/make-sheet": _make_sheet,
    "/remove-way": _remove_way,
    "/consent": _consent,
    "/withdraw": _withdraw,
    "/custodian": _confirmed,
}


def _participants(study: Study) -> list[KnownPerson]:
    return [one for one in study.contents.roster if not is_interviewer(one)]


def _people(study: Study) -> list[Values]:
    """Whoever is on the roster, and whoever speaks in a transcript without being there."""
    consents = {one.code: one.consent for one in _participants(study)}
    spoken: dict[str, list[str]] = {code: [] for code in consents}
    for source in study.contents.sources:
        for code in source.participants:
            spoken.setdefault(code, []).append(source.code)
    return [
        {
            "code": code,
            "consent": consents.get(code) or "team",
            "given": bool(consents.get(code)),
            "listed": code in consents,
            "transcripts": transcripts,
        }
        for code, transcripts in sorted(spoken.items())
    ]
