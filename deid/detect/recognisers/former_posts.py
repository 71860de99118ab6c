"""What somebody did before: "twelve years as a bus driver", "I trained as a midwife", "came from the fire service"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.occupations import is_occupation
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, STOP, TENS, UNITS, word_set
from deid.detect.words import Word, joins, word_forms, words_inside, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Before that I was a ⟦bus driver⟧, and then this came up.",
    "before this i was a ⟦teaching assistant at a primary⟧",
    "I'd done twelve years as a ⟦custody sergeant⟧ by then.",
    "I trained as a ⟦midwife⟧, he qualified as a ⟦plumber⟧.",
    "She started out as a ⟦chambermaid in a big hotel⟧.",
    "I used to be a ⟦prison officer⟧, he was a ⟦copper⟧ before that.",
    "i came over from the ⟦fire service⟧ and she was in the ⟦royal navy⟧",
    "He'd spent twenty years in ⟦retail⟧, my background is in ⟦nursing⟧.",
    "I'm an ⟦ex-probation officer⟧, and she's a ⟦former police officer⟧.",
    "My first job was as a ⟦care assistant in a hospice⟧.",
    "I'd been a ⟦hospital porter⟧ for years, my first proper job was ⟦clerk at the magistrates⟧.",
    "i did six years in ⟦probation⟧ and then i'd spent ten years in ⟦children's homes⟧",
    "I spent six years in care, I did two weeks in that place, she'd been a while.",
    "She was a ⟦health visitor⟧ for years, i was in the ⟦merchant navy⟧, then a ⟦postman⟧ in Deal.",
    "I was twenty years a ⟦bus inspector⟧, and then a ⟦school escort⟧. I came into it from ⟦housing⟧.",
    "She used to be a happy girl and it used to be a pub.",
    "Before that I was a mess. It started as a joke, years as a victim.",
    "I came from the meeting, he was in the car before that.",
    "Ten years as a family, and she was treated as a suspect.",
)

_WHO = r"\b(?:i|he|she|who|we)(?:['’](?:d|ve|s|m))?"
_SPAN = (
    rf"(?:(?:\d{{1,2}}|{'|'.join((*UNITS[1:], *TENS))}|many|few|several|couple\sof|all\sthose|some)[\s-]?\w*\s)?years?"
)
# Behind these stands what somebody worked as, whatever it is called.
_AS = caseless(
    rf"(?:{_WHO}\s(?:had\s|have\s|was\s|did\s|first\s|originally\s|actually\s|also\s|then\s)*"
    r"(?:trained|qualified|start(?:ed)?(?:\s(?:out|off|here|life))?|began|worked|work|came\s(?:in|over|here)|"
    r"served|temped|moonlighted|retrained)"
    rf"|\b{_SPAN}(?:\s(?:before\s(?:that|this)|in\s\w+|there|here))?|\b(?:career|job|life|time|stint|"
    rf"days)(?:\swas)?)\s(?P<cue>as\s(?:an?|the)\s)"
    r"|\b(?:my|his|her)\s(?:very\s)?(?:first|last|previous|old|other)\s(?:\w+\s)?(?:job|post|"
    r"role)\swas\s(?P<job>(?:as\s)?(?:(?:an?|the)\s)?)",
)
# "before that I was a", "he used to be a", "I'm a former": an occupation must follow.
_WAS = caseless(
    r"\b(?:before\s(?:this|that|then|all\s(?:this|that)|i\s\w+(?:\s\w+){0,2}|he\s\w+(?:\s\w+){0,2}|"
    r"she\s\w+(?:\s\w+){0,2}),?\s(?:i|he|she)(?:\swas|['’]d\sbeen|\shad\sbeen)"
    rf"|\b(?:i|he|she)(?:\swas|['’]d\sbeen|\sdid)\s{_SPAN}|{_WHO}\sused\sto\sbe|{_WHO}(?:\s(?:was|is|am))?\sonce|"
    rf"\b(?:i|he|she|who)(?:['’]d|"
    rf"\shad)\sbeen)\s(?P<cue>(?:an?|the)\s)",
    holds=("before", "used", "once", "been", "year"),
)
_WAS_BEFORE = caseless(
    r"\b(?:i|he|she)(?:\swas|['’]d\sbeen|\shad\sbeen)\s(?P<cue>(?:an?|the)\s)(?=(?:[\w-]+\s){1,6}"
    r"(?:before\s(?:this|that|i|he|she|then|coming|joining|all)|for\s(?:\w+\s){0,2}years|for\s(?:ages|donkeys|"
    r"a\slong\stime)|back\sthen|years\sago|"
    r"in\s(?:a\sformer|another|my\sformer)\slife)\b)",
    holds=("before", "years", "then", "life", "ages", "donkeys", "long"),
)
_EX = caseless(
    r"\b(?:i['’]m|i\sam|he['’]s|she['’]s|as|was|is|who['’]s)\s(?:an?|the)\s(?P<cue>)(?=(?:former|retired|ex)[\s-])"
)
# "I did six years in probation": wherever the speaker spent years.
_YEARS_IN = caseless(
    rf"\bi(?:['’](?:d|ve))?\s(?:had\s|have\s|then\s|also\s)?(?:did|done|spent|worked|put\sin)\s(?:my\s|about\s|"
    rf"nearly\s|over\s|like\s)?"
    rf"{_SPAN}\s(?:in|at|with|for)\s(?P<what>(?:the\s|an?\s)?(?P<where>[\w’'-]+(?:\s(?:and\s)?(?:service|services|"
    rf"office|trade|industry|court|courts|"
    r"hospital|school|schools|team|unit|work|care|desk|sector|home|homes))?))\b",
    holds=("year",),
)
_SERVICE = (
    r"(?:(?:fire|ambulance|prison|probation|civil|diplomatic|immigration|rescue|border|royal|merchant|territorial|"
    r"court|youth|parks)\s"
    r"(?:and\s\w+\s)?(?:service|brigade|force|navy|marines|army|air\sforce)|army|navy|raf|air\sforce|marines|paras|"
    r"military(?:\spolice)?|forces|"
    r"coastguard|met|railways|docks|pits|post\soffice|building\strade|motor\strade|print|merchant\sbanks?)"
)
_TRADE = (
    r"(?:retail|housing|probation|nursing|teaching|midwifery|banking|journalism|hospitality|insurance|advertising|"
    r"catering|marketing|"
    r"publishing|"
    r"accountancy|construction|engineering|farming|fostering|policing|the\s(?:city|church|ministry)|sales|law|"
    r"forensics|telecoms|logistics|"
    r"recruitment|security|childcare|academia|politics|television|radio|theatre|fashion|aviation|shipping|prisons|"
    r"hospices|a\s?&\s?e)"
)
# "came over from the fire service", "spent ten years in retail", "my background is in nursing".
_FROM = caseless(
    r"\b(?:(?:came|come|moved|transferred|switched|crossed|joined\s(?:us|here))(?:\s(?:over|across|here|in|"
    r"to\s\w+|into\s(?:it|this)))?\s(?:from|out\sof)|"
    r"(?:left|joined|was\sin|been\sin|served\sin|background(?:['’]s|\sis|\swas)?(?:\sin)?|career\sin|years\sin|"
    r"years\swith|worked\sin|were\sin|used\sto\sbe\sin|life\sin))\s"
    rf"(?P<what>(?:(?<=\s)(?P<the>the\s){_SERVICE}|{_TRADE}))\b(?!\s(?:team|meeting|room|side|lot|unit|course|"
    rf"report|strategy))"
)
# "then a postman": what came next, behind a post that is told already.
_THEN = caseless(r"\b(?:then|later|after\sthat)(?:\si\swas)?\s(?P<cue>an?\s)")
_SOON = 80
_NOBODY = word_set(
    "victim child kid teenager family couple team result way suspect witness parent mum mother dad father carer "
    "patient joke mess happy sad good bad nice lovely bit lot girl boy man woman lad young person baby friend group "
    "whole matter rule precaution favour surprise shock threat minimum maximum problem priority refugee prisoner "
    "married single missing looked referral case pilot project service charity small one thing unit stranger member "
    "user drinker pub"
)
_AT = word_set("at in on for with of")
_NO_TAIL = word_set(
    "time moment minute day night week end start beginning first past meantime same side way phone case"
)
_TRADES = word_set(
    "service brigade force navy marines army raf paras military police forces coastguard met railways docks pits "
    "office trade print bank banks retail housing probation nursing teaching midwifery banking journalism "
    "hospitality insurance "
    "advertising catering marketing publishing accountancy construction engineering farming fostering policing city "
    "church ministry sales law forensics telecoms logistics recruitment security childcare academia politics "
    "television radio theatre fashion aviation shipping prisons hospices e"
)
_BEFORE = word_set("before used once years ago life been year")
_AS_CUES = word_set("as job post role")
_YEARS = word_set("year years")
_NOWHERE = word_set(
    "care prison jail total row england kent britain london custody bed hospital therapy role job post place uk"
)
_FORMER = word_set("former retired ex")

_WHY = "what somebody did before"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("former_posts", find, _AS_CUES | _BEFORE | _FORMER | _YEARS | _TRADES)


def find(passage: Passage) -> Iterator[Claim]:
    told = tuple(_told(passage))
    yield from told
    words = words_of(passage.text)
    for match in _THEN.finditer(passage.text) if told else ():
        if any(0 < match.start() - claim.end < _SOON for claim in told):
            yield from _post(passage.text, words, match, is_any=False)


def _told(passage: Passage) -> Iterator[Claim]:
    text, forms = passage.text, word_forms(passage.text)
    words = words_of(text)
    if forms & _AS_CUES:
        for match in _AS.finditer(text):
            yield from _post(text, words, match, is_any=True)
    for pattern, cues in ((_WAS, _BEFORE), (_WAS_BEFORE, _BEFORE), (_EX, _FORMER)):
        for match in pattern.finditer(text) if forms & cues else ():
            yield from _post(text, words, match, is_any=False)
    for match in _YEARS_IN.finditer(text) if forms & _YEARS else ():
        if match["where"].lower().split()[0] not in _NOWHERE | STOP | DETERMINERS:
            start = match.start("where")
            yield Claim(start, match.end("what"), Category.ROLE, "job", 0.5, _WHY)
    for match in _FROM.finditer(text) if forms & _TRADES else ():
        start = match.end("the") if match["the"] else match.start("what")
        yield Claim(start, match.end("what"), Category.ROLE, "job", 0.55, _WHY)


def _post(text: str, words: tuple[Word, ...], match: re.Match[str], *, is_any: bool) -> Iterator[Claim]:
    cue = match.end("job") if match.groupdict().get("job") is not None else match.end("cue")
    first = words_inside(words, cue, len(text)).start
    stop = _noun_end(text, words, first)
    if stop == first or {word.low for word in words[first:stop]} & _NOBODY:
        return
    if not is_any:
        stop = max((at + 1 for at in range(first, stop) if is_occupation(words[at].low)), default=first)
    if stop > first:
        end = words[_tail_end(text, words, stop) - 1].end
        yield Claim(words[first].start, end, Category.ROLE, "job", 0.55, _WHY)


def _noun_end(text: str, words: tuple[Word, ...], first: int) -> int:
    """Up to four words, to the first that begins something new."""
    stop = first
    while stop < min(first + 4, len(words)) and (stop == first or joins(text, words[stop - 1], words[stop])):
        low = words[stop].low
        if low in STOP or low in DETERMINERS or low in _AT or low == "before" or not low.isalpha():
            break
        stop += 1
    return stop


def _tail_end(text: str, words: tuple[Word, ...], stop: int) -> int:
    """ "at a primary", "in a big hotel": where it was, for the stop that takes it in."""
    if stop + 2 >= len(words) or words[stop].low not in _AT or words[stop + 1].low not in DETERMINERS:
        return stop
    if not all(joins(text, words[at - 1], words[at]) for at in (stop, stop + 1, stop + 2)):
        return stop
    end = min(_noun_end(text, words, stop + 2), stop + 4)
    is_time = end == stop + 2 or bool({word.low for word in words[stop + 2 : end]} & _NO_TAIL)
    return stop if is_time else end
