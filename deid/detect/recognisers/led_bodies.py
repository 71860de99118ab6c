"""Bodies of plain words in small letters, by who is there: "the woman from bright sparks", "i work for next tide"."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.bodies import ENDINGS
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import RELATIONS
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ORIGINS
from deid.detect.vocabulary import (
    COUNTRIES,
    DETERMINERS,
    MONTHS,
    ORDINALS,
    PLAIN,
    STOP,
    TENS,
    TITLES,
    UNITS,
    WEEKDAYS,
    word_set,
)
from deid.detect.words import indexes_of, words_of
from deid.model import Category
from deid.region import Region, common_words, english_words

EXAMPLES = (
    "the woman from ⟦bright sparks⟧ told us and the lady at ⟦shear bliss⟧ does her nails",
    "i work for ⟦second tide⟧ and he worked at ⟦lantern walk⟧ before that",
    "we referred him to ⟦kite flyers⟧ and they came",
    "they've a worker based at the ⟦eagles⟧ and staff from the ⟦sundial⟧ came",
    "he worked at the abattoir and she worked at the hairdressers, staff from the hostel came",
    "i was at ⟦chance meetings⟧ in dover and they rang ⟦calmer lanes⟧ in thanet",
    "i was at secondary school in dover, with old friends in deal",
    "she was in the ⟦coppings⟧ for a year with the streetlamps and the teachery ones",
    "the women at ⟦lotus nails⟧ and a bouncer at ⟦bar rouge⟧ and my placement at ⟦catching kites⟧",
    "she was at ⟦rosewood⟧ and then through ⟦kite flyers⟧ and a man from the ⟦sundial⟧",
    "at loggerheads, from the eyeliner, at sixteen points, at netball, at the shutters",
    "from the nineties, with new trainers and with tess merriweather",
    "hester the manager at ⟦tern⟧ she drove up there herself",
    "so i rang nuala kestleby at dover, a man called bright sparks",
    "a bloke from next door and a girl from year nine and the lady from social services",
    "the worker from children's services and the man from the council",
    "a lad from up north and a woman from human resources, the man at reception",
    "i work with young people and vulnerable adults and i work for free most weeks",
    "we referred him to mental health and to social care and it was referred to panel",
    "she worked at weekends and he works at night",
    "The woman from bright sparks told us.",
)

_SOMEBODY = (
    r"(?:woman|lady|man|bloke|worker|manager|nurse|teacher|leader|chap|fella|fellow|guy|lad|girl|boss|owner|mentor|"
    r"counsellor|"
    r"coach|someone|somebody|officer|volunteer|receptionist|psychologist|therapist|rep|colleague|bouncer|barman|"
    r"barmaid|"
    r"cook|chef|cleaner|caretaker|chaplain|trustee|governor|landlord|waitress|cashier|placement|"
    r"women|ladies|girls|lads|boys|men|staff|kids|lot)"
)
# "the woman from bright sparks": one or two words without an article behind one person's from, at or with.
_FROM = rf"\b{_SOMEBODY}\s(?:from|at|with)"
# "i work for second tide", "referred him to kite flyers"
_WORK = (
    r"\b(?:work|works|worked|working|volunteer|volunteers|volunteered|volunteering|employed|trained|"
    r"seconded|based|cleans|cleaned|cooks|cooked|drives|serves|served|done|placed)\s(?:for|at|with|to)"
)
_REFER = (
    r"\b(?:refer|refers|referred|referring|signposted|sent)(?:\s(?:her|him|them|it|everyone|kids|"
    r"families))?\s(?:on\s)?to"
)
_COMMISSION = r"\b(?:commission|commissions|commissioned|run\sby|funded\sby|set\sup\sby|delivered\sby)"
# Where a name ends: these words begin something else.
_GOES_ON = (
    r"(?=\s(?:and|or|but|so|in|on|at|by|for|to|with|from|that|which|who|where|when|while|because|before|after|"
    r"until|till|since|"
    r"if|as|is|was|were|are|has|have|had|did|does|do|said|says|told|tells|rang|came|comes|went|goes|got|never|used|"
    r"can|could|"
    r"would|will|they|he|she|we|i|it|you|then|now|again|too|over|up|down|near|last|next|every|the|a|an|her|him|"
    r"them|there|"
    r"also|as|about|of|not|just|mainly|mostly|ran|runs|took|picked|lost|sat|knew|knows)\b|[.,;?!]|$)"
)
_LED = re.compile(rf"(?:{_FROM}|{_WORK}|{_REFER}|{_COMMISSION})\s(?P<name>[a-z]{{3,}}(?:\s[a-z]{{3,}})?){_GOES_ON}")
# "at rosewood", "through kite flyers", "at the sundial": what is led to like a place and is no sort of one needs no
# worker beside it.
_LEADS = word_set("at via through")
_AT_ONE = re.compile(rf"at\s(?P<name>[a-z]{{4,}}){_GOES_ON}")
_AT_TWO = re.compile(rf"(?:at|via|through)\s(?P<name>[a-z]{{3,}}\s[a-z]{{3,}}){_GOES_ON}")
_AT_THE_ONE = re.compile(rf"at\sthe\s(?P<name>[a-z]{{4,}}){_GOES_ON}")
# "she was in the coppings": what is no English word behind "the" is a name, whoever is there.
_NO_WORD = re.compile(r"\b(?:at|in|from|to|with|outside)\sthe\s(?P<name>[a-z]{4,})\b(?!['’])")
_INFLECTED = re.compile(r"(?:s|es|ed|d|er|ers|or|ing|ings|ly|y|ie|ies|able|ish|ness|like|wise|men|man)$")
_SOUNDS_NEW = (
    "insta",
    "whats",
    "snap",
    "face",
    "tik",
    "whats",
    "you",
    "goog",
    "web",
    "wifi",
    "smart",
    "cyber",
    "vape",
    "porta",
)
# "at chance meetings in dover": two words without an article, and where that is.
_SOMEWHERE = re.compile(
    r"\b(?:at|with|from|by|called|rang|ring|try|runs?|ran|joined|for)\s(?P<name>[a-z]{3,}\s[a-z]{3,})\s"
    r"(?:over\s|down\s|up\s|out\s)?(?:in|at)\s$"
)
_FARTHEST = 60  # characters in front of a place that may name a body there
# "a worker based at the eagles": a rare word behind an article is a name where it is no sort of place.
_AT_THE = re.compile(
    rf"(?:\b(?:{_SOMEBODY}|staff|managers|workers|kids|girls|boys|lads|placement|session|sessions|"
    rf"referral)\s(?:from|at|to)|"
    rf"{_WORK}|{_REFER})\sthe\s(?P<name>[a-z]{{4,}}){_GOES_ON}"
)
_SEVERAL = word_set("women ladies girls lads boys men staff kids lot")  # "the women at", and no women at all
_TRIGGERS = _SEVERAL | word_set(
    "woman lady man bloke worker manager nurse teacher leader chap fella fellow guy lad girl boss owner mentor "
    "counsellor "
    "coach someone somebody officer volunteer receptionist psychologist therapist rep colleague work works worked "
    "working "
    "volunteers volunteered volunteering employed trained seconded refer refers referred referring signposted sent "
    "based cleans cleaned cooks cooked drives serves served done placed staff "
    "managers workers kids girls boys lads placement session sessions referral "
    "bouncer barman barmaid cook chef cleaner caretaker chaplain trustee governor landlord waitress cashier "
    "commission commissions commissioned run funded set delivered"
)

# Kinds of people, of bodies and of times, which need no article: no name ends in one, nor begins with one.
_NO_END = word_set(
    """
    people adults families teenagers offenders victims survivors carers parents professionals colleagues agencies
    partners individuals clients lads girls boys men women children kids officers workers teams schools groups others
    backgrounds areas forces services service care health work school home court police support safety protection
    justice standards resources door office offices north south east west reception panel mash camhs conference
    probation prison hospital college university uni church mosque nursery housing education licensing legal response
    custody intake admin finance management safeguarding night nights weekends weekend day days christmas easter time
    times least first once best worst risk large length random ease heart headquarters hq town downstairs upstairs
    outside abroad overseas afar scratch experience memory birth death life love food money drugs alcohol trauma anger
    grief bereavement advice information counselling therapy mediation training supervision court rehab detox
    respite crisis triage duty assessment screening intelligence counter terrorism records accounts payroll reception
    dispatch control comms communications media press head heads governors cabinet committee members parliament
    government interpol insurance accommodation adoption fostering placement placements residential secure custody
    everyone anyone nobody somewhere anywhere elsewhere further early late long short low high
    """
)
_NO_NAME = (
    _NO_END | PLAIN | STOP | TITLES | RELATIONS | DETERMINERS | ORIGINS | FAITHS | COUNTRIES
    | frozenset((*UNITS, *TENS, *ORDINALS)) | frozenset(ENDINGS) | frozenset(WEEKDAYS) | frozenset(MONTHS)
    | word_set("year years half vulnerable different various several many certain complex difficult troubled")
)  # fmt: skip
_TRADES = word_set("nails vapes motors autos cars cabs taxis kebab kebabs tandoori barbers salon gym")
_MAY_OPEN = word_set(
    "bar club cafe room house hotel bright second first next new open young safe second high long big little good "
    "better best free own"
)

# Sorts of place and of people that speech knows by an article: "at the mosque", "from the estate".
_A_SORT = word_set(
    """
    mosque temple synagogue gurdwara church chapel cathedral monastery abbey convent pharmacy chemist surgery clinic
    hospice hostel refuge shelter dentist optician vets barbers hairdressers salon butchers bakery bakers newsagents
    takeaway chippy kebab cafe canteen diner restaurant pub tavern brewery nightclub casino arcade cinema theatre
    museum gallery library archive stadium gym pool baths lido rink track pitch pavilion clubhouse playground park
    seafront beach pier harbour docks marina quay port ferry airport station depot garage forecourt carwash factory
    warehouse packhouse abattoir quarry mine farm orchard vineyard allotment nursery creche playgroup academy college
    university campus uni seminary boarding barracks base camp caravan campsite motel hotel inn lodge hostels guesthouse
    embassy consulate ministry parliament assembly council authority county borough district parish tribunal court
    crown magistrates jail prison nick cells custody remand bail dock bench registry registrar coroner mortuary morgue
    crematorium cemetery undertakers supermarket superstore store shop stall market precinct mall centre complex estate
    tower block flats flat maisonette bungalow squat outreach workshop studio lab laboratory theatre ward maternity
    paediatrics oncology infirmary sanatorium asylum refectory dormitory landing wing gatehouse lodge checkpoint border
    frontier agency charity firm company bank brokers insurers solicitors accountants lettings landlord landlady
    contractor supplier vendor council charity union regiment navy army force squad brigade constabulary precinct
    regulator ombudsman inspectorate commission commissioner panel board committee cabinet trust foundation
    partnership alliance consortium federation syndicate press papers radio telly internet web website database portal
    laundrette launderette laundry cleaners tip dump recycling scrapyard builders plumbers roofers crew gang cartel
    family parents carers neighbours locals tenants residents girls boys lads gypsies travellers refugees migrants
    continent provinces islands mainland midlands north south east west suburbs outskirts countryside village hamlet
    helpline hotline switchboard reception helpdesk perimeter premises facility unit hub suite lounge foyer lobby
    basement cellar attic loft balcony corridor stairwell alleyway underpass subway bridge roundabout crossroads
    junction layby motorway bypass dual carriageway lights traffic sidelines outset beginning outside inside
    audience jury defence prosecution applicant respondent claimant defendant victim witness survivor perpetrator
    interview transcript recording statement report review inquest inquiry hearing trial verdict sentence appeal
    scene coalface frontline grassroots helm forefront ready heart dogs horses stables kennels zoo aquarium circus
    fairground funfair fair carnival festival concert gig rave party wedding funeral christening reunion
    councils shutters slides portfolio republic moped netball hockey points county meantime aftermath nineties eighties
    seventies sixties mace tracker timeline chronology threshold thresholds inbox spreadsheet laptop tablet handset
    loggerheads gunpoint knifepoint lunchtime bedtime playtime teatime dinnertime mealtimes breaktime halftime daybreak
    nightfall dusk dawn midday midnight noon lunch dinner supper brunch breakfast odds fault liberty pains peace
    variance handover assembly discharge interview sentencing registration parade auction football rugby boxing karate
    judo ballet gymnastics swimming athletics tennis cricket cadets scouts guides brownies beavers choir band practice
    rehearsal preschool afterschool breakfasts gcse gcses leisure stake gigs raves sleepovers parties wimbledon
    pentagon minster castle barrage lighthouse windmill
    """
)

_WHY = "plain words without an article, where somebody works or comes from"
_WHY_LED = "plain words that are led to like a place, in small letters"
_WHY_NO_WORD = "no English word, behind an article in small letters"
_WHY_THE = "a word that is no sort of place, where somebody works or comes from"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("led_bodies", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if not passage.is_lower:
            return
        text, words = passage.text, words_of(passage.text)
        listed = [(hit.start, hit.end) for hit in phrases.read(text)]
        for at in indexes_of(text, _TRIGGERS):
            is_said = words[at].low not in _SEVERAL or (at > 0 and words[at - 1].low == "the")
            if is_said and (match := _LED.match(text, words[at].start)) and _is_a_name(match["name"]):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY)
            elif (match := _AT_THE.match(text, words[at].start)) and _is_no_sort(match["name"]):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY_THE)
        for at in indexes_of(text, _LEADS):
            match = _led_like_a_place(text, words[at].start)
            if match and not any(start < match.end("name") and match.start("name") < end for start, end in listed):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY_LED)
        for match in _NO_WORD.finditer(text):
            if _is_no_word(match["name"]) and not any(start <= match.start("name") < end for start, end in listed):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY_NO_WORD)
        for start in {hit.start for hit in phrases.read(text) if hit.phrase.source == "place"}:
            match = _SOMEWHERE.search(text, max(0, start - _FARTHEST), start)
            # "i rang ann oakes in dover": names of people are no English words.
            if match and _is_a_name(match["name"]) and english_words().issuperset(match["name"].split()):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY)

    return find


def _led_like_a_place(text: str, start: int) -> re.Match[str] | None:
    match = _AT_ONE.match(text, start) or _AT_TWO.match(text, start)
    if match:
        return match if _is_a_name(match["name"]) else None
    match = _AT_THE_ONE.match(text, start)
    return match if match and _is_no_sort(match["name"]) else None


@lru_cache(maxsize=256)
def _is_no_word(word: str) -> bool:
    known = english_words()
    if word in known or word in _NO_NAME | _A_SORT or word.startswith(_SOUNDS_NEW):
        return False
    stem = _INFLECTED.sub("", word)
    return not {stem, f"{stem}e", f"{stem}y"} & known and not _is_of_two(word, known)


def _is_of_two(word: str, known: frozenset[str]) -> bool:
    """ "portacabin", "streetlamp": two English words in one."""
    return any(word[:cut] in known and word[cut:].removesuffix("s") in known for cut in range(4, len(word) - 3))


@lru_cache(maxsize=256)
def _is_no_sort(word: str) -> bool:
    known = common_words() | _NO_NAME | _A_SORT
    return word in english_words() and word not in known and word.removesuffix("s") not in known


@lru_cache(maxsize=256)
def _is_a_name(name: str) -> bool:
    words = name.split()
    if len(words) == 1:
        return words[0] not in common_words() | _NO_NAME | _A_SORT
    return words[0] not in _NO_NAME - _MAY_OPEN and words[-1] not in _NO_NAME - _TRADES
