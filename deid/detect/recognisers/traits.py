"""Origin, faith and health of one person; communities spoken of as groups stay readable."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import (
    CONDITIONS_HAS,
    CONDITIONS_IS,
    FAITHS,
    LANGUAGES,
    ONE_PERSON,
    ORIGINS,
    TREATMENTS,
)
from deid.detect.vocabulary import COUNTRIES, MONTHS, PLAIN, STOP, WEEKDAYS, word_set
from deid.detect.words import word_forms
from deid.fold import fold
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "He's ⟦Malian⟧, he's on his own.",
    "yeah i'm ⟦kenyan⟧ and i like it here",
    "Her mum was originally ⟦Polish⟧.",
    "The family were ⟦Czech Roma⟧, and she was adopted from ⟦Romania⟧.",
    "There was an ⟦Albanian⟧ lad in the flat.",
    "I came over from ⟦Latvia⟧ twenty years ago.",
    "She was born in ⟦Sierra Leone⟧, he grew up in ⟦Kenya⟧.",
    "The owner's ⟦Muslim⟧ and his wife is ⟦Sikh⟧.",
    "he's got ⟦adhd⟧ and he was diagnosed with ⟦autism⟧",
    "I've got ⟦MS⟧, so I'm slow.",
    "I had ⟦shingles⟧ twice that year, i've got ⟦m s⟧, and he had ⟦long Covid⟧.",
    "He's ⟦on dialysis⟧, twice a week.",
    "She's ⟦deaf⟧ and she was ⟦pregnant⟧ then.",
    "He only speaks ⟦Pashto⟧, his mum spoke ⟦Vietnamese⟧.",
    "He's a ⟦Jehovah's Witness⟧, his mother was a ⟦heroin user⟧, her nan is from ⟦Jamaica⟧.",
    "She's selectively ⟦mute⟧, she wears ⟦a hearing aid⟧, her dad's a ⟦Gurkha⟧.",
    "She came out as ⟦gay⟧ at school, i was raised a ⟦catholic⟧.",
    "Kim has ⟦type one diabetes⟧, Kim's ⟦epilepsy⟧ is worse, and the girl's got ⟦asthma⟧.",
    "She's ⟦mixed race⟧ and her carers were ⟦white⟧, he was ⟦dual heritage⟧.",
    "his mum is a ⟦seventh day adventist⟧ and he's a ⟦care leaver⟧",
    "The family are ⟦Travellers⟧, and I'm a ⟦survivor⟧ myself.",
    "She wears ⟦a hijab⟧, he wore ⟦a turban⟧.",
    "Her dad's ⟦in prison⟧ and his brother was ⟦in rehab⟧.",
    "He's from ⟦Bilton⟧, and I'm originally from ⟦Great Harwood⟧.",
    "Both carers were ⟦Polish⟧, three ⟦Roma⟧ lads came, and the brother's ⟦Kurdish⟧.",
    "A white van, he's white as a sheet, it was black and blue, they were black cabs.",
    "Survivors deserve better, care leavers too, and wear a seat belt.",
    "The family came over from ⟦Eritrea⟧, and I'm a ⟦recovering alcoholic⟧.",
    "His dad's ⟦Roma⟧, his mum's ⟦English⟧. Her lesson was English.",
    "He's from the ‹LOC|⟦Isle of Wight⟧›, she came from the ‹ORG|Youth Hub›. He rang from the ‹LOC|Isle of Sheppey›.",
    "she's from ⟦limoges⟧ and he's from work",
    "She's from Social Services, he's from Monday's meeting, I'm from the council.",
    "he's half ⟦Jamaican half Irish⟧, she's born again ⟦Christian⟧ and ⟦on lithium⟧",
    "I was ⟦in care⟧ myself, I'm an ⟦adoptee⟧, and they are ⟦Jehovah's Witnesses⟧.",
    "He was in care for years, the children were in care.",
    "Children had ADHD, the boys have autism, and most people had anxiety.",
    "We had two boys, both ⟦Kurdish⟧, and the twins were ⟦Albanian⟧.",
    "They were ⟦Afghan⟧ brothers with a ⟦Persian⟧ accent.",
    "It was a ⟦Chinese⟧ family, they had the takeaway.",
    "Both Polish families moved, both communities.",
    "We've got a big Czech Roma community and Polish families.",
    "There are Muslim leaders, Sikh groups and Vietnamese boys in cannabis houses.",
    "It was Turkish food, and that's French for you.",
    "Kids with ADHD and autism get excluded, it's a deaf school.",
    "You have to say it in English. Autism training is good.",
    "The Albanian community is wary, the Romanian men are blamed.",
    "Ms Doe has me to thank, she's got me and I'm fine.",
    "Children come from Syria and Sudan through Dover.",
)

_AGAIN = (
    r"(?:\s(?:originally|actually|half|part|quite|very|also|only|just|now|then|still|like|um|registered|"
    r"profoundly|openly|born again|born-again|"
    r"selectively|severely|partially|"
    r"mixed(?!\s(?:race|heritage))|white|black|british|practising|devout|strict|a|an))*"
)
# Who something is said of: a pronoun of one person, a relative, a name; and the verb.
_NOT_A_PERSON = word_set(
    "it that this there what which where here community communities families people everyone everything food language "
    "most some half lot word area place town thing school model team side only"
)
_SAID_OF = caseless(
    r"\b(?P<who>[a-z]+)(?:['’](?:s|m|d been)|\s(?:is|was|am|being)|(?<=family)\s(?:are|were)|(?<=carers|"
    r"parent)s?\swere|"
    r"(?<=brothers)\swere|(?<=sisters)\swere)"
    rf"(?:\sfrom)?{_AGAIN}\s(?P<what>mixed race|mixed heritage|dual heritage|[a-z-]+)",
)
# "both Kurdish", "the brothers were Afghan", "Afghan brothers", "a Persian accent", "a Chinese family".
_FEW = caseless(
    r"\b(?:both|twins|brothers|sisters|cousins|two|couple|parents|carers|[A-Z]\w+\sand\s(?:\w+\s){0,3}?[A-Z]\w+)"
    r"(?:\sof\sthem)?(?:\s(?:are|were|was|being|both|all))*\s(?P<what>[a-z-]+)\b(?!\s(?:families|communities|men|"
    r"boys|girls|people|kids|gangs?))",
)
_OF_A_FEW = caseless(
    r"\b(?P<what>[a-z-]+)\s(?:accent|passport|brothers|sisters|twins|couple)\b|\ba\s(?P<family>[a-z-]+)\sfamily\b|"
    r"\b(?:two|three|four)\s(?P<few>[a-z-]+)\s(?:lads|boys|girls|men|women)\b",
)
# "an Albanian lad", "this Polish woman": one person, not "the Albanian community".
_ONE_OF = caseless(
    r"\b(?:a|an|this|that|one|another|his|her|my)\s(?:(?:young|older|old|little|big|white|black|nice|elderly)\s)?"
    r"(?P<what>[a-z-]+)\s(?P<noun>[a-z]+)\b",
)
_MORE = caseless(r"\s(?:(?:and\s)?(?:half|part)\s)?([a-z]+)\b")
_COUNTRY = "|".join(re.escape(name) for name in sorted(COUNTRIES, key=len, reverse=True) if len(name) > 3)
# "I came over from Latvia", "born in Kenya", "she's from Syria", "grew up in Sierra Leone".
_FROM = caseless(
    r"\b(?:(?:he|she|i|who|mum|dad|mother|father|nan|gran|grandad|uncle|aunt|wife|husband|boyfriend|girlfriend|"
    r"family|parents|grandparents|"
    r"brother|sister|girl|boy|lad|man|woman|couple)(?:['’](?:s|m|d)|\s(?:is|was|am))?\s(?:originally\s)?"
    r"(?:came(?:\s(?:over|here))*\sfrom|from|born in|raised in|brought up in|grew up in|arrived from|fled(?:\sfrom)?|"
    r"got out of)|\b(?:he|she|i|who)(?:['’]d been|\s(?:was|is|had been|were))\s(?:adopted|trafficked|smuggled|deported)"
    r"\sfrom)\s"
    rf"(?P<what>(?:the\s)?(?:{_COUNTRY}))\b",
)
# "she's from pokhara": in small letters, a word that is no English one.
_FROM_AFAR = re.compile(
    r"\b(?:he|she|i|mum|dad|nan|family)(?:['’](?:s|m)|\s(?:is|was|am|were))\s(?:originally\s|actually\s|like\s)?from\s"
    r"(?P<what>[a-zà-ÿ]{4,})\b"
)
# "he's from the Isle of Man": what a model takes for a place behind it.
_IS_FROM = re.compile(
    r"\b(?i:he|she|i|who|mum|dad|nan|family)(?:['’](?:s|m)|\s(?:is|was|am|were)|\scame(?:\sover)?)\s(?:originally\s)?from\s"
    r"(?:the\s)?$"
)
_PLACES = frozenset({"GPE", "LOC"})
_SPEAKS = caseless(
    r"\b(?:he|she|mum|dad)\s(?:only\s|just\s)?(?:speaks?|spoke)\s(?:no\s\w+\sonly\s)?(?P<what>[a-z]+)\b",
)
_WITNESS = caseless(r"\b(?:jehovah['’]?s\switness(?:es)?|seventh[\s-]day\sadventists?|latter[\s-]day\ssaint)\b")
# "he's black", "her carers were white": at the end of what is said, so no "white as a sheet", "black cab".
_COLOUR = caseless(
    r"\b(?P<who>[a-z]+)(?:['’]s|\s(?:is|was|were))\s(?P<what>(?:white|black|brown|asian|mixed)"
    r"(?:\s(?:british|african|caribbean|irish|english|asian|european))?)(?=[.,;!?]|$|\sand\s(?:he|she|they|her|his|"
    r"nobody|i)\b|\sbut\b)",
)
# "she's a care leaver", "I'm a survivor myself": what somebody has been through.
_BEEN_THROUGH = caseless(
    r"\b(?:he|she|i|mum|dad|mother|father|wife|husband|partner)(?:['’](?:s|m)|\s(?:is|was|am))\s(?:also\s|"
    r"herself\s|himself\s)?an?\s"
    r"(?P<what>(?:abuse\s)?survivor|care\sleaver|refugee|asylum\sseeker|sex\soffender|young\scarer|adoptee|orphan|"
    r"widow|widower|"
    r"looked[\s-]after\schild|former\slooked[\s-]after\schild)\b(?!\s(?:panel|group|service|team|of\sa|nurse|worker))",
)
# "I was in care myself": the speaker's own childhood.
_OWN_CARE = caseless(r"\bi\s(?:was|grew up|spent\s\w+\syears)\s(?P<what>in\s(?:foster\s)?care)\b")
# "wears a hijab"
_WEARS = caseless(
    r"\b(?:wears?|wore|wearing)\s(?P<what>(?:(?:an?|his|her)\s)?(?:hijab|headscarf|niqab|burqa|burka|abaya|turban|"
    r"patka|kippah|"
    r"kirpan|skullcap))\b",
)
# "her dad's in prison": of a relative, whom everybody at home knows.
_KEPT_IN = caseless(
    r"\b(?:mum|mother|dad|father|brother|sister|uncle|stepdad|stepfather|aunt|auntie|cousin|husband|wife|nan|parents)"
    r"(?:['’]s|\s(?:is|was|are|were))\s(?P<what>in\s(?:prison|jail|custody|rehab|a\shospice|a\spsychiatric\sunit)|"
    r"sectioned)\b",
)
# "he's from Bilton": a capital behind "from" where somebody says whence they are.
_FROM_A_TOWN = re.compile(
    r"\b(?i:he|she|i|who|mum|dad|nan|family)(?:['’](?:s|m)|\s(?:is|was|am|were))\s(?:originally\s|actually\s|"
    r"also\s)?from\s"
    r"(?P<what>[A-Z][a-zà-ÿ'’-]+(?:\s[A-Z][a-zà-ÿ'’-]+)?)\b"
)
# "the mother was a heroin user", "his dad's an alcoholic".
_USES = caseless(
    r"(?:['’](?:s|m)|\s(?:is|was|am))\san?\s(?P<what>(?:(?:recovering|functioning|former|chronic|lifelong|"
    r"registered)\s)?(?:(?:heroin|crack|cocaine|drug|alcohol|meth)\s)?(?:user|addict|alcoholic)|"
    r"sex\sworker)\b",
)
# "raised a Catholic", "born Muslim", "christened Methodist".
_RAISED = caseless(
    r"\b(?:i|he|she|who|mum|dad|family)(?:['’](?:d|s|m))?(?:\s(?:was|were|been|had|got))*\s(?:raised|brought\sup|"
    r"born|baptised|christened|confirmed)\s"
    r"(?:as\s)?(?:an?\s)?(?:strict\s)?(?P<what>[a-z-]+)\b"
)
_CAME_OUT = caseless(r"\b(?:came|come|coming) out as\s(?P<what>[a-z-]+)\b")
_CONDITION = "|".join(re.escape(name) for name in sorted(CONDITIONS_HAS, key=len, reverse=True))
# "he's got adhd", "she has one arm", "diagnosed with autism", "living with HIV".
_HAS = caseless(
    r"\b(?:(?P<who>[a-z]+)"
    r"(?:['’](?:s|ve|d)|\shas|\shave|\shad)(?:\s(?:got|had|also|always|really bad|severe|quite bad|bad|mild))*"
    r"|diagnosed with|diagnosis of|suffers from|suffering from|suffered from|living with|lives with|born with|"
    r"tested for|wears|uses|needs)\s"
    rf"(?P<what>{_CONDITION})(?![\w-])",
)
_ON = caseless(
    r"\b(?:(?:he|she|i|mum|dad|who|husband|wife|gran|nan)(?:['’](?:s|m)|\s(?:is|was|am))|and)\s"
    rf"(?P<what>on\s(?:{'|'.join(sorted(TREATMENTS))}))\b",
)
_AT_HOME = word_set("english british")  # what most people here are, and some are told apart by
_ANY_ACCENT = word_set("english british american")
# Who a condition is said of when it is said of nobody in particular.
_MANY = word_set(
    "they we you people children kids some many most lots all both families parents young others half "
    "none those who've "
    "that it which there what this here let services schools"
)
_SAID_PLAINLY = caseless(r"(?:me|add|ms|fas|tb|aids)")

_MIXED = frozenset({"mixed race", "mixed heritage", "dual heritage"})
_COLOURS = word_set("white black brown asian mixed")
_WORDS = (
    ORIGINS
    | LANGUAGES
    | FAITHS
    | CONDITIONS_IS
    | _COLOURS
    | _AT_HOME
    | word_set(
        "witness witnesses adventist adventists saint hijab headscarf niqab burqa burka abaya turban patka kippah "
        "kirpan skullcap dual travellers"
    )
)
_THROUGH = word_set(
    "care adoptee orphan widow widower survivor leaver refugee seeker offender carer child prison jail "
    "custody rehab hospice unit sectioned"
)
_COUNTRY_WORDS = frozenset(country.split()[-1] for country in COUNTRIES)
_CONDITION_WORDS = TREATMENTS | {max(fold(name).split(), key=len) for name in CONDITIONS_HAS}

_NO_TOWN = (
    frozenset((*WEEKDAYS, *MONTHS))
    | word_set("social services health education housing probation year early front children")
)  # fmt: skip
_HISTORY = "what one person has been through"
_ORIGIN = "where one person comes from"
_FAITH = "what one person believes"
_HEALTH = "one person's health, disability or orientation"
_USERS = word_set("user addict alcoholic worker")
_TRIGGERS = _WORDS | _COUNTRY_WORDS | _CONDITION_WORDS | _USERS | _THROUGH | {"from"}


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("traits", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[tuple[int, int], Claim] = {}
    for claim in (*_origins_and_faiths(passage), *_health(passage)):
        found.setdefault((claim.start, claim.end), claim)
    yield from found.values()


def _origins_and_faiths(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    if forms & _WORDS:
        yield from _words_for_a_person(text, forms)
    if "from" in forms:
        for match in _FROM_A_TOWN.finditer(text):
            lows = [low.replace("’", "'").removesuffix("'s") for low in match["what"].lower().split()]
            if lows[0] not in _NO_TOWN and not all(low in STOP or low in PLAIN for low in lows):
                yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.5, _ORIGIN)
        for match in _FROM_AFAR.finditer(text) if passage.is_lower else ():
            if match["what"] not in english_words() and match["what"] not in STOP:
                yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.5, _ORIGIN)
        for span in passage.spans:  # "he's from the Isle of Man"
            if span.label in _PLACES and _IS_FROM.search(text, max(0, span.start - 30), span.start):
                start = span.start + len("the ") * text.startswith(("the ", "The "), span.start)
                yield Claim(start, span.end, Category.TRAIT, "origin", 0.5, _ORIGIN)
    if forms & _COUNTRY_WORDS:
        for match in _FROM.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.65, _ORIGIN)


def _words_for_a_person(text: str, forms: frozenset[str]) -> Iterator[Claim]:
    for match in _SAID_OF.finditer(text):
        if match["who"].lower() not in _NOT_A_PERSON:
            yield from _known_word(match, confidence=0.82)
        if match["what"].lower() in _AT_HOME and match["who"].lower() in ONE_PERSON | {"he", "she"}:
            yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.5, _ORIGIN)
    if forms & _COLOURS:
        for match in _COLOUR.finditer(text):
            if match["who"].lower() not in _NOT_A_PERSON:
                yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.6, _ORIGIN)
    for match in _ONE_OF.finditer(text):
        if match["noun"].lower() in ONE_PERSON:
            yield from _known_word(match, confidence=0.6)
    for match in _FEW.finditer(text):
        if match["what"].lower() in ORIGINS | FAITHS:
            yield from _known_word(match, confidence=0.55)
    for match in _OF_A_FEW.finditer(text):
        group = match.lastgroup or "what"
        if match[group].lower() in ORIGINS - _ANY_ACCENT:
            yield Claim(*match.span(group), Category.TRAIT, "origin", 0.5, _ORIGIN)
    for match in _SPEAKS.finditer(text):
        if match["what"].lower() in ORIGINS | LANGUAGES:
            yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.55, _ORIGIN)
    for match in (*_WITNESS.finditer(text), *_WEARS.finditer(text)):
        start = match.start("what") if "what" in match.re.groupindex else match.start()
        yield Claim(start, match.end(), Category.TRAIT, "faith", 0.7, _FAITH)
    for match in (*_CAME_OUT.finditer(text), *_RAISED.finditer(text)):
        yield from _known_word(match, confidence=0.65)


def _known_word(match: re.Match[str], *, confidence: float) -> Iterator[Claim]:
    word = match["what"].lower()
    end = match.end("what")
    if more := _MORE.match(match.string, end):  # "Czech Roma", "Polish Catholic"
        end = more.end() if more[1].lower() in ORIGINS | FAITHS else end
    for words, kind, why in (
        (ORIGINS | _MIXED, "origin", _ORIGIN),
        (FAITHS, "faith", _FAITH),
        (CONDITIONS_IS, "health", _HEALTH),
    ):
        if word in words:
            yield Claim(match.start("what"), end, Category.TRAIT, kind, confidence, why)


def _health(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    if forms & _USERS:
        for match in _USES.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.55, _HEALTH)
    if forms & _THROUGH:
        for match in (*_BEEN_THROUGH.finditer(text), *_KEPT_IN.finditer(text), *_OWN_CARE.finditer(text)):
            yield Claim(*match.span("what"), Category.TRAIT, "family", 0.55, _HISTORY)
    if not forms & _CONDITION_WORDS:
        return
    for match in _HAS.finditer(text):
        who = (match["who"] or "").lower()
        if who in _MANY or (who.endswith("s") and who in english_words()):
            continue
        # "she's got me", "to add": short names of illnesses are words unless they are in capitals.
        if not _SAID_PLAINLY.fullmatch(match["what"]) or match["what"].isupper():
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.75, _HEALTH)
    for match in _ON.finditer(text):
        yield Claim(*match.span("what"), Category.TRAIT, "health", 0.7, _HEALTH)
