"""The words that the report uses: plain English for what the log says in names of its own."""

from collections.abc import Mapping

from deid.audit.actions import ACTIONS

CATEGORIES: Mapping[str, str] = {
    "PERSON": "People",
    "PLACE": "Places",
    "AGENCY": "Agencies",
    "CASE": "Case details",
    "ROLE": "Roles that single somebody out",
    "DATE": "Dates",
    "AGE": "Ages",
    "CONTACT": "Contact details",
    "IDENTIFIER": "Numbers and other identifiers",
    "TRAIT": "Traits",
}

SHORT_NAMES: Mapping[str, str] = {
    "PERSON": "People",
    "PLACE": "Places",
    "AGENCY": "Agencies",
    "CASE": "Cases",
    "ROLE": "Roles",
    "DATE": "Dates",
    "AGE": "Ages",
    "CONTACT": "Contacts",
    "IDENTIFIER": "Numbers",
    "TRAIT": "Traits",
}

# The words of ISO/IEC 20889, and what they mean here.
TECHNIQUES: Mapping[str, str] = {
    "pseudonymization": "The name is replaced by a label that stands for the same person or thing everywhere.",
    "generalization": "The detail is replaced by something broader: a part of the county, a season, a band of ages.",
    "masking": "A number or reference is replaced by a label that says only what kind of number it was.",
    "local suppression": "The passage is taken out, and a bracket says so.",
    "suppression": "The detail is taken out, and a bracket says so.",
}

# What a person's decision says, by the log's own short word for it.
VERDICTS: Mapping[str, str] = {
    "replace": "replace it, wherever it stands",
    "confirm": "right as the program proposed it",
    "keep": "keep it readable here, on purpose",
    "dismiss": "it does not identify here: keep it readable",
    "added": "was missed: replace it, wherever it stands",
    "merged": "these are one and the same",
    "split": "these are not the same",
    "undone": "an earlier decision is taken back",
    "retire": "a label that stands for nothing is used no more",
    "category": "it is of another kind",
    "part": "their part in the account is another",
    "pseudonym": "another label for it",
    "describe": "replace it by a description",
    "describe_here": "replace it by a description, in this place only",
    "remove": "take the passage out",
    "second": "a second reviewer's answer, for comparison",
    "closed": "a list was looked through",
    "accept_risk": "what is left may stay, for a reason",
}

# What a reader may rely on, and on what it rests. Nothing is called proven that somebody merely promises.
RESTS_ON: tuple[tuple[str, str, str], ...] = (
    (
        "Since your anchor, nothing on record was changed, removed, added or reordered",
        "Cryptography, and your own minutes",
        "Anybody can check it with the public key. Without an anchor that you keep, the keeper of the key could have"
        " written the whole record anew.",
    ),
    (
        "The released files are the ones on record",
        "Cryptography",
        "The record holds a digest of every file; one changed byte shows.",
    ),
    (
        "Every recorded replacement stands in the text, and every numbered label in the text is on record",
        "A check that anybody can repeat",
        "deid audit verify compares them one by one, without the key.",
    ),
    (
        "Nobody reads the key file without a passphrase or key that opens it",
        "Cryptography",
        "It is as strong as the passphrase, and as the computer on which it is typed.",
    ),
    (
        "Two people have to agree before a name is looked up",
        "Procedure, unless the key is closed",
        "It is cryptography only where the first page says that custodians open the key together.",
    ),
    (
        "The reviewer named here is who decided",
        "Procedure",
        "The record shows the code that was typed. It cannot show who sat at the keyboard.",
    ),
    (
        "Days and times",
        "Procedure",
        "They are those of the researcher's computer. An anchor in your minutes shows what was there by that day.",
    ),
    (
        "Every look-up of a name is on record",
        "Procedure",
        "deid writes it down before it shows anything. Whoever has the passphrase could use another program.",
    ),
    (
        "The record was written honestly, by this program and not a changed one",
        "Procedure",
        "The record shows that it was not altered later, not that it was true when it was written.",
    ),
    (
        "Copies elsewhere are gone: backups, sources, files of whoever withdrew",
        "Procedure",
        "Custodians confirm it, and the confirmation is on record. Nothing proves a deletion on another computer.",
    ),
    (
        "Every name was found",
        "Neither: people's reading",
        "A person reads and signs each transcript; the quality figures and the sample that was read again say how far"
        " that goes.",
    ),
)


def event_words(action: str) -> str:
    """What an event of this kind says, in a sentence's words."""
    return ACTIONS[action].meaning if action in ACTIONS else action.replace("_", " ")
