"""Shops by their owner, or a chain's by where it stands: "Ali's Phones", "outside Zorba's", "the KFC in Deal"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import RELATIONS
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, PLAIN, STOP, TITLES, WEEKDAYS, word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "the man from ⟦ali's phones⟧ had a room upstairs and so did ⟦tony's fish bar⟧",
    "He worked at ⟦Sid's Mobiles⟧ and slept over ⟦Mehmet's Kebab⟧.",
    "They hang about outside ⟦Zorba's⟧ and drink. It's the flat above ⟦Zorba's⟧.",
    "she was put in the ⟦travelodge⟧ at dover and he was in the ⟦premier inn⟧ on chatham road",
    "They met at the ⟦Costa⟧ at Bluewater and then in ⟦Burger King⟧ in Chatham.",
    "the women's cars, the driver's phones, my mum's kebab, the men's gym and today's news",
    "You'd see them at ⟦Zorba's⟧, most nights. We were at Sarah's and in Sandra's.",
    "We sat outside the doctor's and outside her mum's.",
    "the maidstone lot took my statement in the ⟦premier inn⟧ and he hung about by ⟦iceland⟧ or outside ⟦mcdonald's⟧",
    "They had burger king and a costa in the car.",
    "It's Monday's news, it was outside Mum's.",
)

_TRADE = (
    r"(?:phones?|mobiles|vapes|cuts|barbers?(?:\sshop)?|hair|nails|tattoos?|kebabs?(?:\shouse|\sshop)?|"
    r"(?:fried\s)?chicken|pizzas?|"
    r"grill|cafe|caff|diner|fish\sbar|chippy|bar|cars|cabs|taxis|motors|autos|garage|tyres|carpets|newsagents?|"
    r"off[ -]licence|stores|supermarket|mini\s?mart|superstore|tandoori|balti|gym|bakery|butchers|burgers)"
)
# "ali's phones": an owner and what is sold.
_OWNED = caseless(rf"\b(?P<body>(?P<name>[^\W\d_]{{2,}})['’]s\s{_TRADE})\b", holds=("'s ", "’s "))
# "outside Zorba's", with nothing that he owns behind it.
_BARE = re.compile(
    r"\b(?:outside|behind|opposite|above|over|round|near|next to|back of|front of|upstairs at|called)\s"
    r"(?P<body>(?P<name>[A-Z][a-z]{2,})['’]s)(?=[.,:;!?]|\s(?:and|or|on|in|at|by|until|till|when|where|while|with|"
    r"that|every|all|most|"
    r"to|for|because|but|then|before|after)\b|$)"
)
_CHAINS = (
    r"(?:travelodge|premier\sinn|holiday\sinn|ibis|mcdonald['’]?s|kfc|burger\sking|subway|costa|starbucks|greggs|"
    r"nando['’]?s|"
    r"pizza\shut|domino['’]?s|wetherspoons?|spoons|tesco(?:['’]?s)?|asda|sainsbury['’]?s|lidl|aldi|morrisons|"
    r"co-?op|primark|"
    r"jd\ssports|sports\sdirect|poundland|superdrug|argos|ladbrokes|william\shill|betfred|paddy\spower|shell|esso|"
    r"mecca|odeon|cineworld|gala|puregym)"
)
# "you'd see them at Zorba's": as well, where it is nobody's name.
_AT_ONE = re.compile(_BARE.pattern.replace("(?:outside|", "(?:at|in|from|by|outside|"))
# "the travelodge at medway services": which one of a chain.
_CHAIN_AT = caseless(rf"\b(?P<chain>{_CHAINS})\s(?:garage\s)?(?:at|in|on|by|near)\s(?:the\s)?(?=\w)")

_NOBODY = (
    DETERMINERS | PLAIN | STOP | TITLES | RELATIONS | frozenset(WEEKDAYS)
    | word_set(
        "women men driver drivers owner owners girl boy man woman lady customer staff today tonight yesterday doctor "
        "dentist vet teacher nurse judge world everyone anyone year week month mummy daddy people baby kid king queen"
    )
)  # fmt: skip
_TRIGGERS = word_set(
    "s travelodge premier holiday ibis mcdonald mcdonalds kfc burger subway costa starbucks greggs nando nandos pizza "
    "domino dominos wetherspoon wetherspoons spoons tesco tescos asda sainsbury sainsburys lidl aldi morrisons coop co "
    "primark jd sports poundland superdrug argos ladbrokes william betfred paddy shell esso mecca odeon cineworld gala "
    "puregym wimpy iceland wilko b home"
)

# "outside mcdonald's", "in the premier inn": a neighbourhood has one.
_CHAIN_THERE = caseless(
    r"\b(?:at|in|outside|by|behind|opposite|near|round|over|past|from|to|into|worked\sfor)\s(?:the\s|that\s)?(?P<chain>"
    r"travelodge|premier\s(?:inn|lodge)|holiday\sinn|mcdonald['’]?s|mcdonalds|kfc|burger\sking|wimpy|starbucks|greggs|nando['’]?s|"
    r"pizza\shut|wetherspoons?|tesco(?:['’]?s)?|asda|sainsbury['’]?s|lidl|aldi|morrisons|iceland|primark|poundland|"
    r"superdrug|argos|ladbrokes|betfred|paddy\spower|cineworld|odeon|wilko|b\s?and\s?m|home\sbargains)\b(?!\s(?:bag|meal|receipt))"
)
_BY_OWNER = "a shop by its owner"
_OF_A_CHAIN = "one of a chain by where it stands"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("shop_names", finder(region), _TRIGGERS)


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases, lists = lexicon(region), name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        nobodys = (match for match in _AT_ONE.finditer(text) if not lists.is_listed(match["name"].lower()))
        for match in (*_OWNED.finditer(text), *_BARE.finditer(text), *nobodys):
            is_written = passage.is_lower or match["name"][0].isupper()
            if is_written and match["name"].lower() not in _NOBODY:
                yield Claim(*match.span("body"), Category.AGENCY, "firm", 0.5, _BY_OWNER)
        for match in _CHAIN_THERE.finditer(text):
            yield Claim(*match.span("chain"), Category.AGENCY, "firm", 0.5, _OF_A_CHAIN)
        for match in _CHAIN_AT.finditer(text):
            if any(hit.phrase.source == "place" and hit.start == match.end() for hit in phrases.read(text)):
                yield Claim(*match.span("chain"), Category.AGENCY, "firm", 0.5, _OF_A_CHAIN)

    return find
