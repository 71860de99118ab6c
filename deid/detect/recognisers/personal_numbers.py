"""Numbers of badges, staff, students, accounts, devices and the like, known by the words that announce them."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.labelled import Label, announced, any_of
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.region import Region

EXAMPLES = (
    "collar number ⟦14899⟧, I know it by heart",
    "His badge number was ⟦4417⟧ and his warrant number ⟦209913⟧.",
    "badge ⟦PHV 4417⟧ is the one",
    "PC ⟦48213⟧ took the call.",
    "Student ID ⟦S1234567⟧ came up on the list.",
    "payroll number's ⟦889123⟧",
    "The IMEI was ⟦490154203237518⟧.",
    "sort code ⟦20-99-93⟧, account number ⟦99887766⟧",
    "her account's ⟦nine nine eight eight seven seven⟧ something",
    "The order number was ⟦AB-99812-7⟧.",
    "tag number ⟦T-88213⟧ for the curfew, or tag number's ⟦T 88219⟧",
    "his library card number is ⟦99001234⟧",
    "staff number ⟦double nine oh one two⟧",
    "Meeting ID: ⟦991 882 773⟧ Passcode: ⟦x7Kp2q⟧",
    "I showed him my warrant card, ⟦20991⟧, at the door.",
    "Officer ⟦14899⟧ attended, and the driver number was ⟦D7 488219⟧.",
    "Her mobile ended in ⟦4417⟧, and the last four digits were ⟦nine eight eight one⟧.",
    "sim card ends ⟦8817⟧, the key safe code is ⟦7714⟧",
    "the card ending ⟦4417⟧ was in his name",
    "Officers in 2019, the year ending 31 March 2019, it ended in 2018.",
    "We had a number of 1500 referrals, and the password is on a note.",
    "A number of children, in 2019 more than in 2018.",
    "Room number 12 and number 9, on account of the noise.",
    "DC 9 years, DS for 4, PC for 10 years.",
    "the account name was made up and the badge had gone",
    "Reference P03. That was her reference, P03.",
    "Ring 101, or the number on the poster.",
    "The number 191 bus, and section 47.",
)

_DIGITS = r"[a-z]{0,3}[\s-]?\d{3,12}"
_LABELS = (
    Label("collar_number", r"collar|shoulder|warrant(?: card)?|epaulette", r"[a-z]{0,3}\s?\d{2,7}", fewest_said=3),
    Label("badge", r"(?<!blue )badge", r"(?:[a-z]{2,4}[\s-]?)?\d{2,7}", fewest_said=3),
    Label("collar_number", r"officer", r"(?!(?:19|20)\d\d\b)\d{4,5}", confidence=0.6),
    Label(
        "number_in_part",
        r"end(?:s|ed|ing)(?= (?:in|with)\b)|(?:card|number|account|phone|mobile|burner|sim|line) (?:ending|"
        r"ends?|ended)|(?:last|first) (?:two|"
        r"three|four|few|couple of) "
        r"(?:digits|numbers|figures)(?: (?:are|were))?|digits (?:are|were)",
        r"(?!(?:19|20)\d\d\b)\d{3,6}",
        confidence=0.55,
        fewest_said=3,
    ),
    Label("driver_number", r"driver(?:['’]s)? (?:number|no|id)", r"[a-z]{0,2}\d{0,2}[\s-]?\d{3,8}"),
    Label("collar_number", r"(?-i:PC|WPC|DC|DS|DI|PS|PCSO|Sgt)(?: number)?", r"\d{4,5}", confidence=0.65),
    Label("staff_number", r"(?:staff|employee|payroll|personnel|service) (?:number|no|id)", _DIGITS),
    Label("student_number", r"(?:student|candidate|exam|admission|ucas|enrolment) (?:number|no|id)", _DIGITS),
    Label("imei", r"imei", r"\d[\d\s-]{12,18}\d", fewest_said=10),
    Label("bank_account", r"sort code", r"\d{2}[\s-]?\d{2}[\s-]?\d{2}"),
    Label("bank_account", r"(?:bank )?account (?:number|no)|account", r"\d{6,10}", fewest_said=6),
    Label(
        "membership",
        r"(?:member|membership|library|oyster|policy|insurance|customer|client|card) (?:card )?(?:number|no|id)",
        _DIGITS,
    ),
    Label("meeting", r"(?:meeting|conference|webinar) id", r"\d{3}[\s-]?\d{3}[\s-]?\d{3,6}", fewest_said=8),
    Label("password", r"pass\s?code|password", r"(?=\w*\d)\w{4,16}"),
    Label("password", r"(?:room|entry|door|key safe|gate|access) code", r"\d{3,8}", fewest_said=3),
    Label("uprn", r"uprn", r"\d{1,12}"),
    Label("tag_number", r"(?:tag|curfew|monitoring) (?:number|no|id)", r"[a-z]{0,3}[\s-]?\d{3,10}"),
    Label("company_number", r"(?:company|charity|vat|registration) (?:number|no)", r"[a-z]{0,2}\d{6,9}"),
    # Any other "... number", "... ref": only a value that no count, no year and no participant ("P03") looks like.
    Label(
        "number",
        r"(?:number(?!\s+of\b)|no\.|reference|ref|serial|pin)",
        r"(?!(?:19|20)\d\d\b|p\d\d\b)(?:\d{4,12}|[a-z]{1,4}[-/]?\d{2,10}(?:[-/]\w{1,6}){0,2})",
        confidence=0.55,
    ),
)
_ANY_LABEL = any_of(_LABELS)
_WHY = "a number that the words before it announce"
_TRIGGERS = word_set(
    "collar shoulder warrant epaulette badge pc wpc dc ds di ps pcso sgt staff employee payroll personnel service "
    "student candidate exam admission ucas enrolment imei sort bank account member membership library oyster policy "
    "insurance customer client card meeting conference webinar pass passcode password uprn tag curfew monitoring "
    "company charity vat registration number reference ref serial pin officer ends end ended ending code last "
    "first digits driver drivers"
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("personal_numbers", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[tuple[int, int], Claim] = {}
    if not _ANY_LABEL.search(passage.text):
        return
    for claim in announced(passage.text, _LABELS, _WHY):
        if _carries_digits(passage.text[claim.start : claim.end]):
            found.setdefault((claim.start, claim.end), claim)
    yield from found.values()


def _carries_digits(value: str) -> bool:
    """A said number has no figures at all; a written one has two at least."""
    return len(re.findall(r"\d", value)) >= 2 or not re.search(r"\d", value)
