"""Bodies that stand without an article in small letters: "at fernleigh house", "marsh lane academy let us in"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import RELATIONS
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ORIGINS
from deid.detect.vocabulary import COUNTRIES, MONTHS, ORDINALS, PLAIN, STOP, TENS, TITLES, UNITS, WEEKDAYS, word_set
from deid.detect.words import Word, indexes_of, is_possessive, joins, words_of
from deid.model import Category
from deid.region import Region, common_words, english_words

EXAMPLES = (
    "she was at ⟦oakhill house⟧ for a bit and then ⟦teal cottage⟧",
    "they're good ⟦marsh lane academy⟧ let us in on a thursday",
    "we had one the ⟦royal parade hotel⟧ that kept letting rooms",
    "there's ⟦golden chicken⟧ on the high street",
    "dan from the ⟦estuary team⟧ sat down and the ⟦tern house⟧ lot said nothing",
    "so ⟦meadow view academy⟧ excluded him and ⟦st cedd's primary⟧ took him",
    "she was on ⟦kestrel ward⟧ and my mate did ⟦hillside infants⟧, on maternity ward, on duty team",
    "her carer's with ⟦blue sky fostering⟧ and i'm with ⟦salt and light⟧ which is the church one",
    "he was in a hotel and then in the whole empty house, at youth club, in town centre, to run a project",
    "at her mate's house, in a council house, with mum and dad who came, from the management team",
    "he had fried chicken and she went to primary school at six",
    "She was at Oakhill house.",
)

# What a body is called by, each a thing that speech gives an article: "a house", "the team". Without one it is a name.
_ONE_WORD = word_set(
    "house lodge cottage manor grange villa hotel motel academy primary infants juniors grammar hospice team project "
    "trust foundation centre fostering chicken pizza grill cafe cabs taxis cars motors college school inn campus ward"
)
# Of these, two plain words in front are a name behind "the" as well: "the royal parade hotel".
_TWO_WORDS = word_set("hotel academy infants juniors primary grammar lodge grange hospice cafe grill inn fostering")
_HOMES = word_set("house lodge cottage manor grange villa")
_LEADS = word_set(
    "on did round around "
    "at from to in with for by near outside behind opposite called rang ring and or then so there's theres said says "
    "was is were s because but um uh like left ran run runs of into through via visited joined"
)
_DETERMINERS = word_set(
    "a an any another every each some no my your his her its our their this that these those one which what whose"
)
# What may follow a name: other words go on with it ("house party", "team leader").
_FOLLOWS = STOP | word_set(
    "let lets took takes rang rings said says told tells came comes went goes got gets did does has had have was were "
    "is are will would can could ran runs won sent kept keeps wouldn't won't didn't gave gives excluded accepted "
    "sat stood phoned texted asked wanted knew saw found thought looked helped tried picked brought put made "
    "closed shut opened there here now then again too lot they he she we i it you which who where when while because "
    "before after until since last next every yeah mainly mostly out over up down"
)
_NO_THING = (
    PLAIN | STOP | TITLES | RELATIONS | ORIGINS | FAITHS | COUNTRIES | frozenset((*UNITS, *TENS, *ORDINALS))
    | frozenset(WEEKDAYS) | frozenset(MONTHS)
)  # fmt: skip
_ORDINARY = _NO_THING | (
    word_set(
        """
        town city village job call shopping contact leisure day drop walk boarding state free prep primary secondary
        grammar junior infant special sixth technical theatre art arts media dance drama football boxing rugby cricket
        police military beauty music tennis language fried roast roasted cold hot curry jerk fresh cooked bbq spicy
        frozen grilled chip raw half getaway racing hire rental sports police fast stolen parked flash bridging asylum
        airport holiday seaside budget star five four three guest public country council safe crack trap open full
        empty family bedsit terraced detached semi rented squat student ware lunch tea halls own whole share shared
        share happy brilliant good fantastic amazing terrible horrible grotty massive huge tiny certain proper real
        nearest nicest first single double mobile internet cyber pet motorway service greasy random wendy doll play
        animal hunting youth mental detention exhibition visitor visitors city crisis distribution data garden rescue
        first rival winning home away dream research project pilot pathfinder legacy charitable brain blind public
        mutual national academy multi welfare unit crime squad response incident hate fraud tactical dog dogs bridge
        core inner extended leadership staff swim medical cyber legal finance transition triage strategy review audit
        assessment reviewing operational estate same other new old big little bit bad best better different difficult
        nice lovely local smaller bigger older younger next last every many few several much more most kind sort
        taxi car mate dodgy rough posh cheap expensive quiet busy private group clothes tower light power gate play
        ordinary normal weekend evening night morning afternoon summer winter spring autumn christmas easter
        maternity labour surgical locked isolation paediatric paediatrics adolescent psychiatric acute burns cancer
        electoral whose which that what how why when where while because through
        """
    )
)  # fmt: skip
_ENDS_A_FUNCTION = ("ing", "ment", "tion", "sion", "ity", "al", "ive", "ed", "ous", "ful", "less", "ance", "ics")

# "with salt and light which is the church one": two things and what they are.
_PAIR = re.compile(
    r"\w+\s(?P<name>(?P<one>[a-z]{3,})\sand\s(?P<two>[a-z]{3,}))\s"
    r"(?=(?:which|that)(?:['’]s|\sis|\swas)\s|they(?:['’]re|\sare)\s(?:a|an|the)\s|"
    r"the\s(?:\w+['’]?s?\s){0,2}(?:one|charity|project|place|thing|shelter|team)\b)"
)

_AND, _TO_A_PAIR, _EXPLAINS = word_set("and"), word_set("with from at for called"), word_set("which that they the")

_WHY = "a word for one body without an article, behind what names it"
_WHY_THE = "a rare word before a word for a body"
_WHY_PAIR = "two things that are said to be a body"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("bare_bodies", find, _ONE_WORD | _AND)


def find(passage: Passage) -> Iterator[Claim]:
    if not passage.is_lower:
        return
    text, words = passage.text, words_of(passage.text)
    for head in indexes_of(text, _ONE_WORD):
        if _ends_here(text, words, head) and (found := _name(text, words, head)):
            first, why = found
            yield Claim(words[first].start, words[head].end, Category.AGENCY, "body", 0.5, why)
    for at in indexes_of(text, _AND):
        is_led = 1 < at < len(words) - 2 and words[at - 2].low in _TO_A_PAIR and words[at + 2].low in _EXPLAINS
        match = _PAIR.match(text, words[at - 2].start) if is_led else None
        if match and not {match["one"], match["two"]} & _NO_THING:
            yield Claim(*match.span("name"), Category.AGENCY, "body", 0.5, _WHY_PAIR)


def _ends_here(text: str, words: tuple[Word, ...], head: int) -> bool:
    if head + 1 == len(words) or not joins(text, words[head], words[head + 1]):
        return True
    return words[head + 1].low in _FOLLOWS


def _name(text: str, words: tuple[Word, ...], head: int) -> tuple[int, str] | None:
    """(the first word of the name, why), or None where nothing tells a name."""
    first = head
    while first > 0 and head - first < 2 and joins(text, words[first - 1], words[first]):
        if not _may_name(words[first - 1].low):
            break
        first -= 1
    if first > 1 and is_possessive(text, words, head - 1) and words[max(0, head - 3)].low in {"st", "saint"}:
        return head - 3, _WHY
    if first == head:
        return None
    kind, lead = words[head].low, words[first - 1].low if first else ""
    if lead in _DETERMINERS or (
        first > 1 and is_possessive(text, words, first - 1) and lead == "s" and not _is_verb(words, first)
    ):
        return None
    is_two = head - first == 2
    if is_two and kind in _TWO_WORDS:
        return first, _WHY
    if lead != "the" and (lead in _LEADS or not lead):
        return first, _WHY
    if lead == "the" and (kind == "team" or kind in _HOMES) and not is_two and _is_rare(words[first].low, kind):
        return first, _WHY_THE
    return None


def _is_verb(words: tuple[Word, ...], first: int) -> bool:
    """ "there's golden chicken", "he's marsh lane": this s is a verb."""
    return first > 1 and words[first - 2].low in {"there", "he", "she", "it", "that", "what", "where"}


def _may_name(low: str) -> bool:
    return low.isalpha() and len(low) > 2 and low not in _ORDINARY


def _is_rare(low: str, kind: str) -> bool:
    if kind == "team":
        return low not in common_words() and not low.endswith(_ENDS_A_FUNCTION)
    return low not in english_words() and low.removesuffix("s") not in english_words()
