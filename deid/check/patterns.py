"""Identifiers by their form and check digit, without a model: quick, and quiet on source code.

A number without a check digit of its own counts only behind the words that announce it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from deid.check.findings import Hit
from deid.checksums import is_learner_number, is_nhs_number, is_pupil_number

# Every identifier here has a figure or an @; most lines of prose have neither.
_SIGN = re.compile(r"[0-9@]")
_LONG = 1000  # characters of a line above which counting its figures saves nothing
_BEFORE = 60  # characters before a match in which the words stand that announce it


class _Pattern(NamedTuple):
    """cue: what must stand shortly before. is_true: what the check digit or the surroundings say.

    figures: how many a line has at least that holds one; most lines have fewer, and are not searched at all.
    """

    figures: int
    kind: str
    form: re.Pattern[str]
    reason: str
    is_true: Callable[[str, "re.Match[str]"], bool] = lambda line, match: True
    cue: re.Pattern[str] | None = None


def _cue(words: str) -> re.Pattern[str]:
    """The words, then at most a few signs and fillers: "NHS number: ", "dob = '"."""
    return re.compile(rf"\b(?:{words})(?:[ _-]?(?:number|no|num|id|ref|reference|code|is|was))*\b[^\w\n]{{0,6}}$", re.I)


# jane.doe@northfield.example: the local part and the host have no spaces; the last part of the host is a real ending.
_EMAIL = re.compile(r"(?<![\w.+%/:@'’-])[\w+%][\w.+'’%-]{0,63}@(?:[\w-]{1,63}\.){1,5}(?P<top>[A-Za-z]{2,12})(?![\w@-])")
# Endings of hosts. Without the list, `icon@2x.png`, `object@meta.data` and `app@main.py` are addresses.
_TOPS = frozenset(
    """com org net edu gov mil int info biz name pro online email care health charity foundation community academy
    school university college london wales scot cymru police church family legal law media social support example
    test invalid local""".split()
)
_NOT_COUNTRIES = frozenset("py md sh ts js rs cc so gz rb cs vb hs pm go ml mk".split())
# RFC 2606 keeps these for examples, so nobody has an address there.
_NOBODYS = re.compile(
    r"@(?:[\w-]+\.)*example\.(?:com|org|net)$|@(?:[\w-]+\.)*(?:localhost|noreply\.github\.com)$", re.I
)
# Addresses of a role or a program, and the placeholders that manuals use.
_ROLES = frozenset(
    """git noreply no-reply donotreply info admin administrator hello contact support help security abuse webmaster
    postmaster hostmaster root user username you your.name yourname me name email mail someone somebody first.last
    firstname.lastname office enquiries press team list lists bot github-actions actions ci dev sales""".split()
)
# An author's address is meant to be read: `author = "..."`, `Authors@R`, `# Maintainer:`, `Copyright (c) 2019 ...`.
_AUTHOR = re.compile(
    r"\b(?:authors?|maintainers?|copyright|corresponding|correspondence|person\(|orcid|affiliations?|signed-off-by"
    r"|co-authored-by|reviewed-by|reported-by|tested-by|acked-by|committer)\b|@author|\(c\)|©|person\(",
    re.I,
)

# 07700 900123 · 01632 960 123 · 020 7946 0123 · (0161) 496 0123 · +44 (0)7700 900123 · 0044 1632 960123 · 01632960123
_PHONE = re.compile(
    r"(?<![\w./+=-])(?:(?:\+44|0044)[ \u00a0-]?(?:\(0\)[ \u00a0-]?)?[123578]\d{1,4}"
    r"|\(0[123578]\d{1,4}\)|0[123578]\d{1,4})"
    r"[ \u00a0.-]?\d{3,4}[ \u00a0.-]?\d{2,6}(?![\w-]|[./]\d)"
)
# +33 6 39 98 12 34: another country's number shows its plus, and its groups.
_FOREIGN = re.compile(r"(?<![\w.)/+=\]-])\+(?!44)[1-9]\d{0,2}(?:[ -]\(?\d{1,4}\)?){2,5}(?![\w/-]|[.:]\d)")

# 999 041 7288 or 9990417288. In one run of figures 1 is left out, which begins times, and 0, which begins telephones.
_NHS = re.compile(r"(?<![\w./=-])(?:\d{3}[ \u00a0-]\d{3}[ \u00a0-]\d{4}|[34679]\d{9})(?![\w/-]|\.\d)")
_BOOK = re.compile(r"isbn|issn|doi|asin", re.I)
_ANY_NHS = re.compile(r"(?<!\w)\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\w-])")
# AB 12 34 56 C, with the letters that are in use.
_NINO = re.compile(
    r"(?<![\w-])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])"
)
_ANY_NINO = re.compile(r"(?<![\w-])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]?(?![\w-])", re.I)
# B801200005001: the check letter makes a chance hit unlikely.
_PUPIL = re.compile(r"(?<![\w-])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![\w-])")
# The same behind "UPN", where the check letter may be misread.
_ANY_PUPIL = re.compile(r"(?<![\w-])[A-Z]\d{11}[\dA-Z](?![\w-])", re.I)
_LEARNER = re.compile(r"(?<![\w-])[1-9]\d{9}(?![\w-])")
# MORGA657054SM9IJ: five of the surname, decade, month (51-62 for women), day, year, initials, three more.
_LICENCE = re.compile(r"(?<![\w-])[A-Z9]{5} ?\d(?:[05][1-9]|[16][0-2])[0-3]\d\d ?[A-Z9]{2} ?[\dA-Z][A-Z]{2}(?![\w-])")
_PASSPORT = re.compile(r"(?<![\w-])[A-Z]{0,2}\d{7,9}(?![\w-])", re.I)
# GB33BUKB20201555555555, in groups or not.
_IBAN = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])")
# 5105 1051 0510 5100: in one run of figures a card number looks like any other number.
_CARD = re.compile(r"(?<![\w-])[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?![\w-])")
_ACCOUNT = re.compile(r"(?<![\w-])(?:\d{2}[ -]?\d{2}[ -]?\d{2}|\d{8})(?![\w-])")
_IMEI = re.compile(r"(?<![\w-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\w-])")

# ME14 9ZZ: one of the 124 areas, a district, one space, a sector digit and two letters that are never C I K M O V.
_AREAS = frozenset(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G
    GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
    OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD
    WF WN WR WS WV YO ZE""".split()
)
_POSTCODE = re.compile(r"(?<![\w-])(?P<area>[A-Z]{1,2})\d[A-Z\d]? \d(?P<unit>[ABD-HJLNP-UW-Z]{2})(?![\w-])")
_ANY_POSTCODE = re.compile(r"(?<![\w-])(?P<area>[A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![\w-])", re.I)
# "an M1 8GB": figures of machines, where the area has one letter.
_SIZES = frozenset({"GB", "TB", "HZ", "GE", "BE"})
# The postcode of an institution is its address and no person's.
_INSTITUTION = re.compile(
    r"\b(?:universit|college|press|publish|ltd|limited|plc|library|museum|gov\.uk|head office)", re.I
)
_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[ /.-](?:\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)[ ,/.-]+\d{2,4}"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}",
    re.I,
)
# 46/123456/19: station, number and year of a recorded crime.
_CRIME = re.compile(r"(?<![\w/.-])\d{2}/\d{4,6}/\d{2}(?![\w/-]|\.\w)")
_REFERENCE = re.compile(r"(?<![\w/])(?=[\w/-]{0,12}\d{3})[A-Z]{0,4}[-/]?\d{1,8}(?:[-/]\w{1,8}){0,3}(?![\w/-])", re.I)
# LR19 ABC, which many codes of products look like, behind "reg" and the like.
_PLATE = re.compile(r"(?<![\w-])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\w-])")


def _is_email(line: str, match: "re.Match[str]") -> bool:
    top = match["top"].lower()
    if top not in _TOPS and (len(top) != 2 or top in _NOT_COUNTRIES):
        return False
    local = match[0].partition("@")[0].lower().strip("'’")
    return not (local in _ROLES or _NOBODYS.search(match[0]) or _AUTHOR.search(line))


def _is_phone(line: str, match: "re.Match[str]") -> bool:
    digits = _digits(match[0].replace("(0)", ""))
    national = "0" + digits[2:] if match[0].startswith("+") else "0" + digits[4:] if digits[:4] == "0044" else digits
    if len(national) == 10:  # a few towns have one figure less; only with its area code set apart
        return national[1] == "1" and not match[0].isdecimal()
    return len(national) == 11 and national not in "01234567890123456789" and len(set(national)) > 3


def _is_foreign(line: str, match: "re.Match[str]") -> bool:
    return 9 <= len(_digits(match[0])) <= 15


def _is_nhs(line: str, match: "re.Match[str]") -> bool:
    before = line[max(0, match.start() - _BEFORE) : match.start()]
    return is_nhs_number(match[0]) and len(set(_digits(match[0]))) > 2 and not _BOOK.search(before)


def _is_card(line: str, match: "re.Match[str]") -> bool:
    return _is_luhn(match[0]) and len(set(_digits(match[0]))) > 4


def _is_luhn(value: str) -> bool:
    doubled = [int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(_digits(value)))]
    return sum(each - 9 * (each > 9) for each in doubled) % 10 == 0


def _is_iban(line: str, match: "re.Match[str]") -> bool:
    value = match[0].replace(" ", "")
    return 15 <= len(value) <= 34 and int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % 97 == 1


def _is_postcode(line: str, match: "re.Match[str]") -> bool:
    if match["area"] not in _AREAS or (len(match["area"]) == 1 and match["unit"] in _SIZES):
        return False
    return not _INSTITUTION.search(line)


def _is_any_postcode(line: str, match: "re.Match[str]") -> bool:
    return match["area"].upper() in _AREAS and not _INSTITUTION.search(line)


_BIRTH = _cue(r"dob|d\.o\.b\.?|date[ _]?of[ _]?birth|birth_?date|born(?: on)?(?: the)?")
_CASE = _cue(
    "(?:crime|incident|custody|court|case|police|referral)[ _-]?(?:reference|ref|number|no|num|log|id)"
    "|cad|liquidlogic|carefirst"
)
_FORM = "a number by its form and check digit"
_ANNOUNCED = "a number that the words before it announce"
_PATTERNS = (
    _Pattern(0, "email", _EMAIL, "an e-mail address", _is_email),
    _Pattern(9, "phone", _PHONE, "a telephone number by its first figures and its length", _is_phone),
    _Pattern(9, "phone", _FOREIGN, "a telephone number with its country", _is_foreign),
    _Pattern(10, "uk_nhs", _NHS, _FORM, _is_nhs),
    _Pattern(10, "uk_nhs", _ANY_NHS, _ANNOUNCED, cue=_cue("nhs|patient")),
    _Pattern(6, "uk_nino", _NINO, "a National Insurance number by its form"),
    _Pattern(6, "uk_nino", _ANY_NINO, _ANNOUNCED, cue=_cue("national insurance|ni|nino")),
    _Pattern(11, "uk_upn", _PUPIL, _FORM, lambda _, match: is_pupil_number(match[0])),
    _Pattern(11, "uk_upn", _ANY_PUPIL, _ANNOUNCED, cue=_cue("upn|pupil")),
    _Pattern(10, "uk_uln", _LEARNER, _FORM, lambda _, match: is_learner_number(match[0]), _cue("uln|learner")),
    _Pattern(5, "uk_driving_licence", _LICENCE, "a driving licence number by its form"),
    _Pattern(7, "uk_passport", _PASSPORT, _ANNOUNCED, cue=_cue("passport")),
    _Pattern(2, "iban", _IBAN, _FORM, _is_iban),
    _Pattern(16, "payment_card", _CARD, _FORM, _is_card),
    _Pattern(6, "bank_account", _ACCOUNT, _ANNOUNCED, cue=_cue("sort|account|acct")),
    _Pattern(15, "imei", _IMEI, _ANNOUNCED, lambda _, match: _is_luhn(match[0]), _cue("imei")),
    _Pattern(2, "postcode", _POSTCODE, "a whole postcode", _is_postcode),
    _Pattern(2, "postcode", _ANY_POSTCODE, "a whole postcode", _is_any_postcode, _cue("post ?code|address|addr|zip")),
    _Pattern(3, "date_of_birth", _DATE, "a date of birth", cue=_BIRTH),
    _Pattern(8, "crime_reference", _CRIME, "a number of a recorded crime by its form"),
    _Pattern(3, "case_reference", _REFERENCE, _ANNOUNCED, cue=_CASE
    ),
    _Pattern(2, "vehicle", _PLATE, _ANNOUNCED, cue=_cue("reg|registration|number ?plate|vehicle|vrm|index")),
)  # fmt: skip
KINDS = frozenset(pattern.kind for pattern in _PATTERNS)


def find(text: str) -> Iterator[Hit]:
    """Every identifier in a text, line by line; of two at one place the first pattern's."""
    place = 0
    while sign := _SIGN.search(text, place):
        start = text.rfind("\n", 0, sign.start()) + 1
        end = text.find("\n", sign.end())
        end = len(text) if end < 0 else end
        yield from _in_line(text[start:end], start)
        place = end


def _in_line(line: str, offset: int) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    figures = sum(map(str.isdecimal, line)) if len(line) < _LONG else len(line)
    for pattern in _PATTERNS:
        if figures < pattern.figures or (pattern.form is _EMAIL and "@" not in line):
            continue
        for match in pattern.form.finditer(line):
            start, end = match.span()
            if pattern.cue and not pattern.cue.search(line, max(0, start - _BEFORE), start):
                continue
            if any(one < end and start < other for one, other in taken) or not pattern.is_true(line, match):
                continue
            taken.append((start, end))
            yield Hit(offset + start, offset + end, pattern.kind, _value(match[0]), pattern.reason)


def _value(written: str) -> str:
    """Without separators and case: one number is one value, however it is written."""
    return "".join(letter for letter in written.casefold() if letter.isalnum() or letter == "@")


def _digits(value: str) -> str:
    return "".join(letter for letter in value if letter.isdecimal())
