"""Numbers behind a word for a record ("complaint 2019/771", "intel log 04491"), cases that go by a letter ("Re L")."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.calendar_words import DAY, MONTH
from deid.detect.caseless import caseless
from deid.detect.labelled import Label, announced
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import word_set
from deid.detect.words import has_digit, word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "⟦Complaint 2019/881⟧ was upheld.",
    "The complaint was ⟦2019/881⟧ and the intel log ⟦04417⟧.",
    "intel log ⟦zero four four one seven⟧ went in",
    "that same night ⟦cad four four one⟧ and i wrote it down",
    "It's reported as ⟦Re W (Placement: Location)⟧ now.",
    "cad number ⟦three three nine of the twelfth of june⟧ and nobody came",
    "She applied, reference ⟦DVDS 0988/22⟧, then withdrew.",
    "We logged it as ⟦LADO 2019-088⟧ and it closed.",
    "the inquest, ⟦INQ 988-19⟧, is not listed",
    "He's on our system as ⟦40918⟧ and on the file she's ⟦7714⟧, on mosaic as ⟦four four one nine⟧",
    "It's down as case ⟦1183⟧ in the tracker, and a case 2000 pages long.",
    "in the family court it was ⟦re q⟧ and then it got published",
    "On the system since 2019, we have 4000 on our books, on the system as a child.",
    "It was in the matter of ⟦Re L⟧, and then ⟦Re M and N⟧.",
    "I gave evidence in ⟦A Local Authority v Mother X⟧.",
    "We had complaints in 2018/19 and cases 24/7, a file of 300 pages.",
    "Reports went from 1,200 to 1,400, a case in 2019, the log said 9.30.",
    "We get 300 referrals, and section 47 reports, and a report of 45 pages.",
    "Re your email, re the meeting, GCSE 2019 results, COVID 19 rules.",
)

_RECORDS = (
    r"complaint|grievance|allegation|inquest|claim|incident|intel(?:ligence)?(?: log| report)?|log|"
    r"referral|notification|"
    r"application|case|file|report|datix|concern|reference|ref|occurrence|court order"
)
_PARTED = r"(?!(?:19|20)?\d\d[/-]\d\d\b)(?=(?:\D?\d){4})(?:[a-z]{2,5}[\s/-]?)?\d{1,7}(?:[/-]\d{1,7}){1,3}"
_LABELS = (
    Label("record", _RECORDS, _PARTED, Category.CASE, confidence=0.7),
    Label(
        "record",
        r"(?:intel(?:ligence)?|incident|crime|custody|call) (?:log|report|record|number)",
        r"\d{4,8}",
        Category.CASE,
    ),
    Label(
        "incident_number",
        r"cad|storm|incident(?: number)?|log(?: number)?",
        r"\d{3,6}(?=\sof\s)",
        Category.CASE,
        0.8,
        3,
    ),
)
# "on our system as 40918": what holds the records of a service, and the number that somebody has there.
_SYSTEMS = (
    r"(?:on|in|under) (?:(?:our|the|their|your|his|her) )?(?:own )?(?:system|systems|file|files|books|database|"
    r"register|"
    r"tracker|portal|records|mosaic|liquid ?logic|lcs|ics|ehm|rio|systm ?one|emis|niche|athena|cpoms|sims|capita|"
    r"child ?view|compass)(?: (?:he|she|they|it))?"
)
_NO_YEAR = r"(?!(?:19|20)\d\d\b)"
_STANDS_ALONE = r"(?=[.,;:?!]|\s(?:and|but|in|on|at|was|is|for|it|he|she|they|which|that|then)\b|$)"
_ON_A_SYSTEM = (
    Label("record", _SYSTEMS, rf"{_NO_YEAR}\d{{4,8}}{_STANDS_ALONE}", Category.CASE, 0.7),
    Label(
        "record", r"(?:case|job|ticket|referral|log)", rf"{_NO_YEAR}\d{{4,8}}{_STANDS_ALONE}", Category.CASE, 0.55, 9
    ),
)
_RECORD_WORDS = word_set(
    "complaint grievance allegation inquest claim incident intel intelligence log referral notification "
    "application case "
    "file report datix concern reference ref occurrence court crime custody call cad storm job ticket "
    "system systems files books database register tracker portal records mosaic liquidlogic liquid lcs ics ehm rio "
    "systmone systm emis niche athena cpoms sims capita childview view compass"
)
# "LADO 2019-088", "DVDS 0988/22", "INQ 988-19": letters, then figures in two parts; no years and no dates.
_LETTERED = re.compile(r"(?<![\w/-])[A-Z]{2,6}[\s/-](?!(?:19|20)\d\d[/-]\d\d\b)\d{2,6}[/-]\d{2,6}(?![\w/])")
# "Complaint 2019/881", "cad four four one": the word belongs to the reference where it opens it.
_OPENING = re.compile(r"\b(?:Complaint|Claim|Incident|Datix|Case|CAD|cad)\s$")
# "Re L", "Re M and N (Children)": a judgment that names nobody, and whom it is about can be looked up.
_RE = re.compile(r"\bRe:?\s[A-Z](?:(?:\s?[&,]\s?|\sand\s)[A-Z]\b)*(?![\w'’-])(?:\s\([A-Z][^()\n]{2,40}\))?")
# "it was re q": the same without capitals, in talk of a court. "re a", "re i" are no names of cases.
_RE_IN_SMALL = re.compile(r"\bre\s[b-hj-z]\b(?=\s(?:and|was|it|which|got|is|in|the|that)\b|[,.]|$)")
_COURTS = word_set("court courts judge judgment judgement appeal")
_VERSUS = re.compile(
    r"\bA (?:Local Authority|Council|Trust|Mother|Father) v\.? (?:(?:The )?(?:Mother|Father|"
    r"Child)\b ?)?(?:[A-Z]{1,2}\b)?"
)
# "three three nine of the twelfth of june": the day belongs to the number of a call.
_OF_A_DAY = caseless(rf"\sof\s(?:the\s)?{DAY}\s(?:of\s)?{MONTH}\b")

_CUED = "a number behind a word for a record"
_FORM = "letters and figures in parts, as records are numbered"
_JUDGMENT = "the name of a judgment"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("record_numbers", find, _RECORD_WORDS | {DIGIT, "re", "v"})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    found: dict[tuple[int, int], Claim] = {}
    if word_forms(text) & _RECORD_WORDS:
        for claim in announced(text, (*_LABELS, *_ON_A_SYSTEM), _CUED):
            opening = _OPENING.search(text, max(0, claim.start - 10), claim.start)
            day = _OF_A_DAY.match(text, claim.end)
            start, end = opening.start() if opening else claim.start, day.end() if day else claim.end
            found.setdefault((start, end), Claim(start, end, claim.category, claim.kind, claim.confidence, claim.why))
    if has_digit(text):
        for match in _LETTERED.finditer(text):
            found.setdefault(match.span(), Claim(*match.span(), Category.CASE, "record", 0.65, _FORM))
    for rule, word in ((_RE, "Re"), (_VERSUS, " v")):
        if word in text:
            for match in rule.finditer(text):
                found[match.span()] = Claim(*match.span(), Category.CASE, "judgment", 0.65, _JUDGMENT)
    if passage.is_lower and word_forms(text) & _COURTS:
        for match in _RE_IN_SMALL.finditer(text):
            found[match.span()] = Claim(*match.span(), Category.CASE, "judgment", 0.55, _JUDGMENT)
    yield from found.values()
