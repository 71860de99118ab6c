"""Facts of one family that neighbours would know it by: "her mother ran the bakery", "a miller's daughter"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.occupations import is_occupation
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, PLAIN, STOP, UNITS, word_set
from deid.detect.words import Word, is_possessive, word_forms, words_inside, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I'm a ⟦miller's daughter⟧, so I rise early.",
    "They'd put that the ⟦mother ran the bakery⟧ in the village.",
    "⟦Nan kept a stall⟧, everybody knew.",
    "i was ⟦fostered by a ferryman and his wife⟧ so you know",
    "Her ⟦dad owned the funfair on the front⟧.",
    "She was ⟦brought up by her two aunts⟧.",
    "His daughter is a ⟦magistrate⟧, his brother was a ⟦councillor⟧.",
    "her dad was a ⟦police officer⟧ which made it worse",
    "he's the ⟦headmaster's son⟧",
    "her dad's the ⟦imam⟧ and her nan is the ⟦lollipop lady⟧",
    "her ⟦dad ran the lifeboat station⟧ for years",
    "My own dad was a ⟦bishop⟧, his stepdad ⟦played for Millwall⟧.",
    "She's one of ⟦eleven children⟧, he's an ⟦only child⟧, she's the ⟦youngest of seven⟧.",
    "She's a ⟦verger's niece⟧, he's the ⟦pub landlord's nephew⟧, and her ⟦twin sister⟧ left.",
    "He was one of ⟦triplets⟧ and she's an ⟦identical twin⟧.",
    "her mum ⟦died of an overdose⟧ and his dad was ⟦murdered⟧, her brother ⟦drowned⟧",
    "Her parents are both ⟦police officers⟧, and her ⟦mum drives the school bus⟧. She is a ⟦twin⟧.",
    "Her ⟦nan has the wool shop on the corner⟧ and the mum's a ⟦dinner lady at the same school⟧.",
    "his dad ⟦used to box for England⟧, his uncle ⟦teaches at the grammar⟧ and her mum's a ⟦plasterer⟧",
    "Her mum ⟦works on the ferries⟧, his ⟦parents own the laundrette on the parade⟧.",
    "His stepdad's ⟦on the council⟧, her ⟦grandad built the houses on that estate⟧, and her dad's the ⟦voice on "
    "the tannoy at the football⟧.",
    "The ⟦family run the donkeys on the beach⟧. His ⟦nan fed the swans⟧, everyone knew.",
    "Her dad's on the phone, the mum does the cleaning in the house, mum told him everyone knew.",
    "her mum she ⟦cleans at the surgery⟧ and she ⟦writes the parish magazine⟧, his brother ⟦got life for the "
    "murder on the pier⟧",
    "Mum works nights, his dad works in the evenings, her mum worked at the plan, her brother's a dealer.",
    "His dad was away, her mum died last year, a twin-track approach.",
    "We had one of two sisters, the only child in the room, a twin town and three of seven.",
    "Her ⟦uncle runs a scrapyard⟧ out there.",
    "My mum still lives there. She runs the ⟦sari shop on the high street⟧, so they know me.",
    "his dad's the ⟦lock keeper⟧ and i knew her nan was the ⟦lollipop lady⟧ for years",
    "His mum's the ⟦one who won the lottery⟧, everybody knows.",
    "Her mum was his ⟦cleaner⟧, and my gran was a ⟦dinner lady⟧.",
    "Her dad's the problem and his mum was the worker's friend, her brother's the dealer.",
    "her dad's the ⟦coxswain on the lifeboat⟧ and her gran was the ⟦tealady at the dockyard⟧",
    "His mum's the problem in the house, her dad was the only one at the meeting.",
    "My mum rang. She runs the team now.",
    "Her mum ran away, his dad ran the bath.",
    "My friend's daughter, the foster carer's son, my boss's wife.",
    "The mother was a nightmare and the father is a mystery.",
    "His mum ran him to school and ran a mile.",
    "It was raised by the social worker, brought up by the panel.",
    "his dad owned up and his mum runs late",
    "Concerns were raised by the inquiry, the plan was adopted by a panel.",
    "She was fostered by experienced carers.",
)

_RELATIVE = (
    r"(?:mum|mam|mother|dad|father|gran|granny|nan|nana|nanny|grandmother|grandad|grandfather|grandparents|uncle|"
    r"aunt|auntie|brother|sister|parents|"
    r"stepdad|stepfather|stepmum|stepmother|stepbrother|stepsister|husband|wife|cousin|niece|nephew|son|daughter|"
    r"in-laws|missus|family)"
)
# "mother ran the bakery": a relative, a business or office, up to three words of it.
_RAN = caseless(
    rf"\b{_RELATIVE}\s(?:used\sto\s)?(?:ran|runs?|owned|owns?|managed?|manages|kept|keeps?|had|has|have|drives?|drove|"
    rf"opened|started|took\sover)\s(?:the|a|an|that|our)\s(?P<what>\w+(?:\s\w+){{0,2}})",
)
# "My mum still lives there. She runs the wool shop": the same a sentence on.
_THEY_RAN = caseless(
    r"\b(?:she|he|they)\s(?:ran|runs|owned|owns|run|own|kept|keeps)\s(?:the|a|an|that)\s(?P<what>\w+(?:\s\w+){0,2})"
)
_TOLD_OF = caseless(rf"\b(?:my|his|her|their|our)\s{_RELATIVE}\b")
_A_SENTENCE = 70
# "the wool shop on the high street", "a dinner lady at the same school"
_WHERE = caseless(
    r"\s(?:on|at|in|by|for|down|near|outside|opposite)\s(?:the|a|an|our|that|her|his|their|my)\s"
    r"(?!(?:\w+day|time|moment|minute|night|week|weekend|year|end|start|beginning|morning|evening|afternoon|first|"
    r"past|way|meantime|"
    r"house|meeting|team|case|village|town|area|county)\b)"
    r"(?:(?:same|local|next|corner|high|big|old|new|village|primary|secondary|bus|train|fire|police|cottage|retail|"
    r"industrial|"
    r"special|main|(?P<part>\w+)(?=\s(?:street|road|parade|estate|school|station|shop|club|hospital|home|centre|"
    r"park|ward)\b))\s"
    r"(?!(?:and|or|but|so|he|she|they|we|i|it|that|who|which|was|is|for|when|in|on|at|everyone|everybody|"
    r"nobody)\b))?\w+\b"
)
# "her mum works on the ferries", "his uncle teaches at the grammar": where they are seen at it.
_WORKS = caseless(
    rf"\b{_RELATIVE}\s(?:she\s|he\s)?(?:still\s|also\s|used\sto\s)?(?P<what>(?:cleans?|cleaned|works?|worked|"
    rf"teach(?:es)?|taught|serves?|served|"
    rf"cooks?|cooked|preach(?:es|ed)?|"
    r"volunteers?|volunteered|sings?|sang|drinks?|lectures?|fish(?:es)?)\s(?:at|in|on|for|behind|down|off)\s(?:the|"
    r"a|an|our|that|one\sof\sthe)\s"
    r"(?!(?:time|day|days|night|nights|week|weekend|weekends|evening|evenings|morning|mornings|summer|winter|team|"
    r"plan|case|same\stime|end|side|house)\b)"
    r"(?P<where>\w{3,})(?:\s(?:street|road|parade|estate|school|station|shop|club|hospital|home|centre|park|ward|"
    r"counter|office|factory|boats|ferries|line))?)\b",
)
_BUSINESS = word_set(
    "shop office pub hotel farm garage takeaway restaurant cafe chippy kebab salon business company firm funfair fair "
    "scrapyard yard stall market bakery butchers butcher newsagents newsagent post church mosque gym club school "
    "nursery surgery pharmacy chemist laundrette launderette carwash caravan site park boat boatyard pier arcade bar "
    "cab taxi bookies barbers hairdressers home kennels stables riding circus cinema theatre brewery vineyard orchard "
    "lifeboat station harbour sawmill bus coach van minibus lorry ferry horses florist florists grocers greengrocers "
    "fishmongers barber salons hairdresser nurseries pottery smallholding allotment dairy forge undertakers funeral "
    "jewellers ironmongers tearoom tearooms bistro bowling bingo skating stalls dental vets practice chapel choir "
    "scouts guides brownies cubs band tug tugs trawler crane forklift ambulance hearse tractor ice-cream burger "
    "fishing chipper chippie offy offlicence sweetshop b&b guesthouse guest hostel refuge playgroup bookshop "
    "newspaper paper"
)
# "a miller's daughter", "the headmaster's son".
_CHILD_OF = caseless(
    r"\b(?:a|the|that|local)\s(?P<what>(?:(?P<kind>[a-z]+)\s)?(?P<whose>[a-z]+)['’]s\s(?:daughter|son|wife|husband|"
    r"widow|granddaughter|grandson|niece|nephew|cousin|stepson|stepdaughter|godson|goddaughter|kid|lad|girl))\b",
)
_ANYBODY = word_set(
    "friend mum mother dad father carer neighbour somebody someone boyfriend girlfriend partner manager people mate "
    "colleague boss worker other man woman bloke guy girl boy lad kid child person teacher suspect victim family"
)
# "fostered by a ferryman and his wife": who took a child in, up to the end of the phrase.
_TAKEN_IN = caseless(
    r"\b(?:i|he|she|who|we|boy|girl|kid|child|lad|baby|mum|dad)(?:['’](?:d|s|ve))?(?:\s(?:was|were|been|got|had|is))*\s"
    r"(?P<taken>(?:fostered|adopted|raised|brought up)\sby)\s"
    r"(?:a|an|his|her|my|two|the)\s(?P<who>[^.,;!?()\[\]]{3,60})",
)
_PROFESSIONALS = word_set(
    "social worker workers panel team police school council staff chair meeting agency professionals"
)
# "his daughter is a magistrate": the office of a relative.
_OFFICE = caseless(
    rf"\b{_RELATIVE}(?:['’]s|\s(?:is|was))\s(?:an?|the|our|their|his|her)\s(?P<what>\w+(?:\s\w+){{0,2}})"
)
# "her dad's the coxswain on the lifeboat": whatever it is, there is one of it.
_THE_POST = caseless(
    rf"\b{_RELATIVE}(?:['’]s|\s(?:is|was))\sthe\s(?P<what>(?:\w+\s)?(?P<post>\w{{4,}})\s(?:on|at|in|"
    rf"for)\sthe\s(?P<where>\w{{3,}}(?:\s(?:at|on|in|for)\sthe\s\w{{3,}})?))\b"
)
_NO_POST = word_set(
    "problem cause reason person only last first same worst best victim perpetrator suspect main matter issue middle "
    "dealer abuser groomer carer parent contact risk barrier trigger lead next other most name rock glue"
)
# "his stepdad's on the council": what a relative sits on or goes out with.
_ON_THE = caseless(
    rf"\b{_RELATIVE}(?:['’]s|\s(?:is|was|are|were))\s(?:still\s|also\s)?(?P<what>(?:on|in)\sthe\s(?:(?:parish|town|"
    rf"borough|local|county)\s)?"
    r"(?:council|bench|lifeboats?|boats|bins|buses|railways?|rigs|ferries|trains|cabs|pta|church\scouncil|"
    r"governors|army|navy|raf|"
    r"marines|band|choir|brass\sband|darts\steam|football\steam|fire\s(?:brigade|service)|post|markets|telly|tv|"
    r"radio))\b",
)
# "the family run the donkeys on the beach": one definite thing at one definite place.
_DOES_THERE = caseless(
    rf"\b(?P<what>{_RELATIVE}\s(?:still\s|used\sto\s)?(?:does|did|do|runs?|ran|sells?|sold|makes?|made|builds?|"
    rf"built|paints?|painted|fix(?:es|ed)?|"
    r"mends?|mended|calls?|called|plays?|played|looks?\safter|looked\safter|organises?|organised|cleans?|cleaned|"
    r"delivers?|delivered)\s"
    r"(?:half\s)?(?:the|all\sthe)\s(?:\w+\s){1,2}?(?:at|on|in|for|round|down|along|outside)\s(?:the|that|our)\s"
    r"(?!(?:house|home|kitchen|bedroom|room|garden|flat|car|time|end|day|week|weekend|morning|evening|night|way|"
    r"meeting|plan|case|phone|"
    r"police|team|kids|children|village|town|area|county|first|last|same)\b)\w{3,})\b"
)
# "she writes the parish magazine": a part that a whole place sees.
_LOCAL_PART = caseless(
    r"\b(?:he|she|who|i)\s(?:still\s)?(?P<what>(?:writes?|wrote|edits?|edited|runs?|ran|plays?|played|rings?|rang|"
    r"conducts?|coaches|coached|"
    r"teaches|organises?|organised|does|did|leads?|led)\s(?:the|our|in\sthe)\s(?:parish|village|church|town|local|"
    r"school|sunday|steel|brass)\s"
    r"(?:magazine|newsletter|choir|band|fete|bells|panto|pantomime|league|paper|carnival|football(?:\steam)?|"
    r"cricket(?:\steam)?|hall|fair))\b"
)
# "..., so everyone knew": what stands before it is what a place knows somebody by.
_ALL_KNOW = caseless(
    rf"\b(?P<what>{_RELATIVE}\s(?!(?:told|said|says|thinks|thought|knew|knows|reckons|reckoned|is|was|has|"
    rf"had)\b)\w+(?:\s[\w’'-]+){{2,8}}?)(?:,?\s(?:and\s|so\s)?|,)(?:everyone|"
    rf"everybody|half\sthe|the\swhole|all\sthe)\s"
    r"(?:(?:town|village|island|estate|street|school|road|county)\s)?(?:knows|knew|waves|remembers|remembered|"
    r"recognises|['’]s\shad|had\san\sopinion)\b",
    holds=("everyone", "everybody", "half", "whole", "all"),
)
# "his mum's the one who won the lottery"
_THE_ONE = caseless(
    rf"\b{_RELATIVE}(?:['’]s|\s(?:is|was))\sthe\s(?P<what>(?:one|man|woman|lady|bloke|guy)\s(?:who|"
    rf"that)(?:\s[\w’']+){{2,4}})"
)

# "his stepdad played for Millwall": fame that a town remembers.
_PLAYED = re.compile(
    rf"\b{_RELATIVE}\s(?:had\s|once\s)?(?P<what>(?:used\sto\s)?(?:(?:played|play|box(?:ed)?|swam|swim|ran|run|sang|"
    rf"rode|raced?|drove|fought|signed)\sfor\s"
    r"(?:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)|(?:played?|box(?:ed)?|swam|swim|rowed?|wrestled?|"
    r"signed)\sfor\s(?:the\s)?(?!him|her|them|me|us|it|a\b)\w+))"
)
# "one of eleven children", "an only child", "the youngest of seven", "triplets": a family told by its count.
# "her mum died of an overdose", "his dad was murdered": what a whole town heard of.
_LOST = caseless(
    rf"\b{_RELATIVE}(?:['’](?:d|s)|\shad|\sis|\swas)?\s(?:was\s|were\s|got\s|been\s)?(?P<what>(?:got|given|doing|"
    rf"serving)\s(?:life|\w+\syears)"
    r"(?:\sfor\s(?:the\s|an?\s)?\w+(?:\son\sthe\s\w+)?)?|died\s(?:of|in|by)\s(?:an?\s|the\s|"
    rf"her\s|his\s)?\w+|murdered|"
    r"drowned|shot|killed\s(?:himself|herself|in\s(?:an?\s)?\w+)|hanged\s(?:himself|herself)|(?:took|"
    r"taken)\s(?:his|her)\sown\slife|"
    r"(?:committed|died\sby)\ssuicide)\b(?!\s(?:prison|jail))"
)
# "her parents are both police officers"
_BOTH = caseless(r"\bparents\s(?:are|were)\s(?:both\s)?(?P<what>(?:\w+\s)?(?P<post>\w+)s)\b")
_MANY = r"(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\d{1,2})"
_SIBLINGS = caseless(
    rf"\bone\sof\s(?P<count>{_MANY}\s(?:sisters|brothers|siblings|children|kids))\b"
    rf"|\bthe\s(?P<rank>(?:eldest|oldest|youngest|middle\sone)\sof\s{_MANY})(?!\s(?:people|cases|them|our|the))\b"
    r"|\b(?:he|she|i|who)(?:['’](?:s|m)|\s(?:is|was|am))\san\s(?P<only>only\schild)\b"
    r"|\b(?P<born>triplets?|quadruplets?|identical\stwins?|twin\s(?:sisters?|brothers?|sons?|daughters?|boys|girls))\b"
    r"|\b(?:he|she|i|who)(?:['’](?:s|m)|\s(?:is|was|am))\sa\s(?P<twin>twin)\b(?![\s-]track)",
)

_RELATIVES = word_set(
    "mum mam mother dad father gran granny nan nana nanny grandmother grandad grandfather grandparents uncle aunt "
    "auntie brother sister parents stepdad stepfather stepmum stepmother stepbrother stepsister husband wife cousin "
    "niece nephew son daughter laws missus family widow granddaughter grandson kid lad girl stepson "
    "stepdaughter godson goddaughter"
)
_LOCAL_PARTS = word_set(
    "magazine newsletter choir band fete bells panto pantomime league paper carnival football cricket hall fair"
)
_TAKING = word_set("fostered adopted raised brought")

# "lollipop lady", "lorry driver"
_OFFICE_TAILS = word_set("lady man woman driver keeper worker officer")
_COUNTED = word_set("twin one eldest oldest youngest middle only triplet triplets quadruplet quadruplets identical")

_HAPPENED = "what became of a relative"
_KNOWN_FOR = "what a relative is known for"
_COUNT = "how many children a family has"
_BUSINESS_OF = "the business or office of somebody's relative"
_BORN_TO = "whose child or partner somebody is"
_RAISED = "who took a child in"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("family_facts", find, _RELATIVES | _TAKING | _COUNTED | _LOCAL_PARTS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    if forms & _RELATIVES:
        yield from _of_relatives(text)
        for match in _PLAYED.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "fame", 0.6, _KNOWN_FOR)
        for match in _LOST.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "family", 0.55, _HAPPENED)
        for match in _BOTH.finditer(text) if "parents" in forms else ():
            if is_occupation(match["post"].lower()):
                yield Claim(*match.span("what"), Category.TRAIT, "family", 0.55, _BUSINESS_OF)
    if forms & _LOCAL_PARTS:
        for match in _LOCAL_PART.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "fame", 0.5, _KNOWN_FOR)
    if forms & _COUNTED:
        for match in _SIBLINGS.finditer(text):
            yield Claim(*match.span(match.lastgroup or 0), Category.TRAIT, "family", 0.6, _COUNT)
    if forms & _TAKING:
        for match in _TAKEN_IN.finditer(text):
            if end := _phrase_end(text, match):
                yield Claim(match.start("taken"), end, Category.TRAIT, "family", 0.6, _RAISED)


def _of_relatives(text: str) -> Iterator[Claim]:
    for match in _RAN.finditer(text):
        if end := _listed_end(text, match, _BUSINESS.__contains__):
            yield Claim(match.start(), end, Category.TRAIT, "family", 0.6, _BUSINESS_OF)
    for match in _CHILD_OF.finditer(text):
        if match["whose"].lower() not in _ANYBODY | STOP and match["whose"][0].islower():
            is_told = match["kind"] and match["kind"].lower() not in _ANYBODY | STOP | PLAIN
            yield Claim(
                match.start("what" if is_told else "whose"), match.end("what"), Category.TRAIT, "family", 0.65, _BORN_TO
            )
    for match in _OFFICE.finditer(text):
        if end := _listed_end(text, match, is_occupation):
            yield Claim(match.start("what"), end, Category.TRAIT, "family", 0.55, _BUSINESS_OF)
    for match in _WORKS.finditer(text):
        if match["where"].lower() not in STOP:
            yield Claim(*match.span("what"), Category.TRAIT, "family", 0.5, _BUSINESS_OF)
    for match in _THE_POST.finditer(text):
        post = text[match.start("what") : match.end("post")].lower().split()
        if not {*post} & (_NO_POST | STOP):
            yield Claim(*match.span("what"), Category.TRAIT, "family", 0.55, _BUSINESS_OF)
    for pattern in (_ON_THE, _DOES_THERE, _ALL_KNOW):
        for match in pattern.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "family", 0.5, _KNOWN_FOR)
    for match in _THE_ONE.finditer(text):
        yield Claim(*match.span("what"), Category.TRAIT, "family", 0.55, _KNOWN_FOR)
    for match in _THEY_RAN.finditer(text):
        is_of_a_relative = _TOLD_OF.search(text, max(0, match.start() - _A_SENTENCE), match.start())
        if is_of_a_relative and (end := _listed_end(text, match, _BUSINESS.__contains__)):
            yield Claim(match.start("what"), end, Category.TRAIT, "family", 0.6, _BUSINESS_OF)


def _listed_end(text: str, match: re.Match[str], is_listed: Callable[[str], bool]) -> int | None:
    """The end of the last listed word, None where nothing was run but a bath."""
    words = words_of(text)
    inside = words_inside(words, *match.span("what"))
    ends = [at for at in inside if is_listed(words[at].low) and not _owns(text, words, at)]
    if not ends:
        return None
    is_longer = ends[-1] + 1 in inside and words[ends[-1] + 1].low in _OFFICE_TAILS
    last = words[ends[-1] + is_longer].end
    where = _WHERE.match(text, last)
    return where.end() if where else last


def _owns(text: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether somebody's something follows: "the worker's friend" holds no office of a worker."""
    return at + 1 < len(words) and is_possessive(text, words, at + 1)


def _phrase_end(text: str, match: re.Match[str]) -> int | None:
    """Up to six words, to the first that begins something new; "and his wife" still belongs."""
    words = [words_of(text)[at] for at in words_inside(words_of(text), *match.span("who"))]
    end = None
    for at, word in enumerate(words[:6]):
        follower = words[at + 1].low if at + 1 < len(words) else ""
        if word.low == "and" and follower in {"his", "her", "their", "a", "an"}:
            continue
        if word.low in _PROFESSIONALS or (word.low in STOP and word.low not in DETERMINERS and word.low not in UNITS):
            break
        if word.low not in DETERMINERS:
            end = word.end
    return end if not {word.low for word in words[:3]} & _PROFESSIONALS else None
