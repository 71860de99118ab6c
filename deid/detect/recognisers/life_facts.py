"""What one life is told by, by the shape of what is said: "born in a barge", "two years sober", "so everybody knew"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.shapes import Shape, read_shapes
from deid.detect.vocabulary import word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Her nan was ⟦born in a tinker's tent⟧, and he was ⟦born on a barge⟧.",
    "I was born in the hospital, she was born in the same year.",
    "He ⟦used to row for the county⟧, and she ⟦once skated for Wales⟧.",
    "he's tall he ⟦used to play rugby for kent⟧ you know",
    "They played for time, he ran for the bus, she used to cover for him.",
    "She ⟦used to run the paper shop⟧, he ⟦used to keep a donkey⟧.",
    "She used to run away, it used to keep me awake.",
    "He ⟦served in Iraq⟧, my dad ⟦won a medal⟧, and he ⟦was shot in Basra⟧.",
    "She won the argument, he served in the shop.",
    "She's ⟦three years sober⟧, he's ⟦in recovery⟧.",
    "I'm ⟦adopted⟧, he was ⟦struck off⟧ when he was ⟦adopted⟧, and she's ⟦registered blind⟧.",
    "The plan was adopted, he was adopted by the panel.",
    "He was the ⟦last one on the quay⟧, and she's the ⟦last lamplighter in the county⟧.",
    "He was the last person in the room, it was the last meeting of the year.",
    "I'm the ⟦only full-time respiratory nurse⟧ they've got, she's the ⟦oldest working stoker⟧, he's the only worker.",
    "He's the ⟦one who found the galleon⟧, she's the girl who rang, and he was ⟦in the papers for the rescue⟧.",
    "He ⟦used to be in a circus⟧ and she ⟦lives on a barge⟧, they ⟦grew up above a bakery⟧. He lives in a flat.",
    "I'm a ⟦recovering gambler⟧ and she's a ⟦lay preacher⟧. He's a good teacher.",
    "She was ⟦in care⟧ herself, he's a ⟦refugee⟧ himself. She was going herself.",
    "He was ⟦in the ferry disaster⟧, and her nan was ⟦on that documentary about the docks⟧.",
    "The ⟦ferryman had a glass eye⟧, so everyone on the island knew.",
    "I ⟦lent the boat to my uncle⟧, which the whole of the quay knows.",
    "She told me it was bad, so everybody knew.",
)

# "born in a barge": where few are born.
_BORN = caseless(
    r"\b(?P<what>born\s(?:in|on|at)\s(?:an?|the)\s)(?!hospital|uk|same|family|summer|winter|spring|autumn|area|country|"
    r"place|end|day|night|year|first|late|early)(?=\w)",
)
_SPORT = (
    r"(?:box|fence|play|row|swim|ride|race|run|wrestle|dance|sing|bowl|ski|sail|jump|throw|skate|cycle|climb|dive|"
    r"sprint|model|bat|referee|umpire|captain|fight|shoot)"
)
_PAST = (
    "boxed fenced played rowed swam rode raced ran wrestled danced sang bowled skied sailed jumped threw skated cycled "
    "climbed dived sprinted modelled batted refereed umpired captained fought shot"
)
_DID = "|".join(_PAST.split())
# "used to row for the county", "once skated for Wales": fame that a town remembers.
_FOR_A_TEAM = caseless(
    rf"\b(?P<what>(?:used\sto\s{_SPORT}|once\s(?:{_DID})|(?<=\bhe\s)(?:{_DID})|(?<=\bshe\s)(?:{_DID}))"
    r"(?:\s\w+)?\sfor\s(?:the\s)?(?!(?:him|her|them|me|us|it|a|an|time|hours|fun|money|years|that|his|my|our|days|"
    r"miles|ages|the|bus|first|last|all|both|this|some|everyone|everybody)\b)\w+)\b",
    holds=("for",),
)
# "used to run the paper shop"
_USED_TO = caseless(
    r"\b(?P<what>used\sto\s(?:run|own|manage|keep|drive|captain|edit|coach|chair|train|breed|sell|farm|race)\s"
    r"(?:the|an?)\s)(?=\w)",
)
# "served in Iraq", "won a medal"
_WAR = re.compile(
    r"\b(?P<what>(?i:served|fought|(?:was|got) shot|was (?:wounded|injured|blown up)|"
    r"(?:one|two|three|four) tours?) (?i:in|of) (?i:the )?[A-Z]\w+)\b",
)
_WON = caseless(
    r"\b(?:he|she|i|who|dad|mum|nan)\s(?:once\s)?(?P<what>(?:won|survived|invented|founded|carved|rescued)\s(?:the|an?)\s)"
    r"(?!(?:case|argument|day|battle|appeal|time|bit|lot|war|fight|night|first|trust|whole)\b)"
    r"(?=\w)",
)
# "two years sober", "in recovery"
_SOBER = caseless(
    r"(?:['’](?:m|s)|\b(?:am|is|was|been))\s(?P<what>\w+\s(?:years?|months?|weeks?)\s(?:sober|clean|dry|in\s(?:recovery|"
    r"remission))|in\s(?:recovery|remission))\b",
    holds=("sober", "clean", "dry", "recovery", "remission"),
)
# "I'm adopted", "she's registered blind": what is said of a child of the house, not of a plan.
_ADOPTED = caseless(
    r"\b(?:he|she|i|who|mum|dad|girl|boy)(?:['’](?:s|m)|\s(?:is|am|was))\s(?P<what>adopted|orphaned|widowed|disfigured|"
    r"paralysed|blinded|kidnapped|tortured|struck\soff|ordained|knighted|registered\s(?:blind|deaf|disabled))\b(?!\s(?:by|from|the|a)\b)",
)
# "the last one on the quay"
_LAST = caseless(
    r"(?:\b(?:was|is|am)|['’](?:m|s)|,)\sthe\s(?P<what>last\s(?P<who>(?!(?:person|thing|time|meeting|week|year|month|"
    r"day|place|people|bit|part|few|two|three|straw|chance|worker)\b)\w+(?:\s\w+)?)\s(?:at|on|in|of)\s(?:the|our|that)\s"
    r"(?!(?:minute|week|month|year|time|row|line|world|meeting|day|place|morning|room|house|list|series)\b)\w+)\b",
)
# "the only full-time respiratory nurse": what two words at least say, and nobody else there is.
_ONLY = caseless(
    r"\b(?:he|she|i|who)(?:['’](?:s|m)|\s(?:is|was|am))\sthe\s(?P<what>(?:only|youngest|oldest)\s"
    r"(?!(?:other|person|two|three|real|right|reliable|good|decent|possible)\b)(?:[a-z-]+\s){1,3}?"
    r"(?!(?:one|time|thing|way|person|contact|reason|point|place|adult)\b)[a-z]{4,})"
    r"(?=\s(?:in|on|at|to|from|they|we|you|i)\b|[.,;])",
    holds=("only", "est"),
)
_ONE = (
    r"(?:he|she|i|who|mum|dad|nan|mother|father|brother|sister|husband|wife|son|daughter|uncle|aunt|auntie|gran|"
    r"grandad|girl|boy|lad)"
)
# "he's the one who found the galleon"
_THE_ONE = caseless(
    rf"\b{_ONE}(?:['’]s|\s(?:is|was))\sthe\s(?P<what>(?:one|man|woman|lady|bloke|guy|girl|lad|boy|kid|fella|chap)\s"
    r"(?:who|that)(?:['’]s|['’]d)?\s(?!(?:was|is|did|said|says|told|knows|knew|rang|rings|had|has|have|needs|gets|got|"
    r"gave|can|could|would|should|will|went|came|goes|comes|always|i|we|you|they|he|she|it|made|asked|used|never|really|"
    r"actually)\b)\w+\s(?:(?:the|an?|that|in|on)\s){1,2})(?=\w)",
)
_IN_PAPERS = caseless(r"\b(?P<what>in\s(?:all\s)?the\spapers?\s(?:for|after)\s)(?=\w)")
# "used to be in a circus"
_USED_TO_BE = caseless(
    r"\b(?P<what>used\sto\sbe\s(?:in|on)\san?\s)(?!(?:area|time|room|same|case|team|house|system|relationship|gang|"
    r"way|home)\b)(?=\w)"
)
# "lives on a barge", "grew up above a bakery": where few do.
_LIVES = caseless(
    r"\b(?P<what>(?:grew\sup|brought\sup|raised|lives?|lived|living)\s(?:in|on|above|over|behind|aboard)\san?\s)"
    r"(?!(?:\w+\s)?(?:house|flat|village|town|city|family|home|place|bedsit|hostel|refuge|room|tent|area|world|way|"
    r"hotel|bubble|fog|unit|household|caravan|bed|b|children|foster|residential|secure|shared|council|estate)\b)(?=\w)",
)
# "a recovering gambler"
_QUALITY = caseless(
    r"(?:['’](?:m|s)|\b(?:am|is|was))\sa\s(?P<what>(?:recovering|lapsed|born-again|reformed|self-taught|disgraced|"
    r"published|champion|ordained)\s\w+)\b"
)
# "she's a lay preacher": a post with a word of its own in front.
_TWO_WORDS = caseless(
    r"\b(?:he|she|i|who)(?:['’](?:s|m)|\s(?:is|was|am))\san?\s(?P<what>(?:lay|town|parish|cathedral|county|church|harbour|"
    r"channel|racing|prize|opera|jazz|morris|deep-sea)\s\w+(?:er|or|ist|man|woman|diver|singer|pilot|clerk))\b"
)
# "she was in care herself": what somebody has been through as well.
_MYSELF = caseless(
    r"\b(?:i|he|she)(?:['’](?:m|s|ve|d)|\s(?:was|is|am|has|have|had))(?:\sbeen)?\s(?:an?\s(?!bit|lot)|(?=in\s(?!there|the\b|"
    r"that|this|on))|(?=(?:homeless|abused|groomed|fostered|excluded|bullied|raped|adopted|assaulted)\b))"
    r"(?P<what>[\w'’-]+(?:\s\w+){0,3}?)\s(?:myself|himself|herself)\b",
)
# "in the ferry disaster", "on that documentary about the docks"
_SEEN = caseless(
    rf"\b{_ONE}(?:['’](?:s|d|ve)|\s(?:is|was|were|died|has|had|went))?(?:\sbeen|\sdied)?\s(?P<what>(?:in|on)\s(?:the|that)\s"
    r"(?:(?:[\w'’-]+\s){1,3}?(?:disaster|crash|bombing|explosion|sinking|shooting|derailment)|(?:\w+\s)?(?:documentary|"
    r"telly|sitcom|soap)(?:\sabout\s(?:the\s)?\w+)?))\b"
)
# "..., so everyone on the island knew": what stands before it is what a place knows somebody by.
_SO_ALL_KNEW = caseless(
    r"(?:^|[.,;:!?]\s|\b(?:that|because|and|but|says|said)\s)(?:(?:i|he|she|they|we|his|her|my|their|the|a|an|it)\s)"
    r"(?P<what>(?!(?:told|said|knew|know|think|thought|was|is|had|have|did|do|got)\s)[\w’'-]+(?:\s[\w’'-]+){2,9}?),?\s"
    r"(?:so|which)\s(?:now\s)?(?:everyone|everybody|every\s\w+|half\s(?:of\s)?(?:the\s)?\w+|the\swhole\s(?:of\s)?"
    r"(?:the\s)?\w+)(?:\s(?:in|on|at|from)\s(?:the\s)?\w+)?\s(?:knows?|knew|remembers?|recognise[ds]?|waves)\b",
    holds=("every", "half", "whole"),
)

_BODY = "one person's health"
_TOLD = "what one person's life is told by"
_KNOWN = "what a whole place knows somebody by"

_BIRTH = word_set("born")
_ONCE = word_set(f"used once {_PAST}")
_WARS = word_set("served fought shot wounded injured blown tour tours")
_FEATS = word_set("won survived invented founded carved rescued")
_USED = word_set("used")
_FIELDS = word_set("lay town parish cathedral county church harbour channel racing prize opera jazz morris deep")
_STATES = word_set(
    "sober clean dry recovery remission adopted orphaned widowed disfigured paralysed blinded kidnapped "
    "tortured struck ordained knighted registered"
)
_SINGLE = word_set("last only youngest oldest")
_PRACTICE = word_set("recovering lapsed born reformed self disgraced published champion ordained")
_SELF = word_set("myself himself herself")
_SHOWN = word_set(
    "paper papers disaster crash bombing explosion sinking shooting derailment documentary telly sitcom soap"
)
_HOME = word_set("grew brought raised live lives lived living")
_ANYBODY = word_set("one man woman lady bloke guy girl lad boy kid fella chap")
_ALL = word_set("knows know knew remembers remember recognised recognises recognise waves")

# The words that wake a rule, the rule, and what it finds: as far as the rule says ...
_WHOLE = (
    Shape(_ONCE, _FOR_A_TEAM, "fame", _TOLD),
    Shape(_WARS, _WAR, "fame", _TOLD),
    Shape(_STATES, _SOBER, "health", _BODY),
    Shape(_STATES, _ADOPTED, "family", _TOLD),
    Shape(_SINGLE, _LAST, "unique", _TOLD),
    Shape(_SINGLE, _ONLY, "unique", _TOLD),
    Shape(_PRACTICE, _QUALITY, "fame", _TOLD),
    Shape(_FIELDS, _TWO_WORDS, "fame", _TOLD),
    Shape(_SELF, _MYSELF, "family", _TOLD),
    Shape(_SHOWN, _SEEN, "fame", _KNOWN),
    Shape(_ALL, _SO_ALL_KNEW, "fame", _KNOWN),
)
# ... or on to the end of the phrase.
_TO_THE_END = (
    Shape(_BIRTH, _BORN, "origin", _TOLD),
    Shape(_USED, _USED_TO, "fame", _TOLD),
    Shape(_FEATS, _WON, "fame", _TOLD),
    Shape(_USED, _USED_TO_BE, "fame", _TOLD),
    Shape(_HOME, _LIVES, "origin", _TOLD),
    Shape(_ANYBODY, _THE_ONE, "fame", _KNOWN),
    Shape(_SHOWN, _IN_PAPERS, "fame", _KNOWN),
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("life_facts", find, frozenset().union(*(woken_by for woken_by, *_ in _WHOLE + _TO_THE_END)))


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[int, Claim] = {}
    for start, end, kind, why in read_shapes(passage.text, _WHOLE, _TO_THE_END):
        found.setdefault(start, Claim(start, end, Category.TRAIT, kind, 0.65 if kind == "fame" else 0.5, why))
    yield from found.values()
