"""Days told by another day: "the Tuesday before Easter 2019", "the day of the coronation", "the last day of term"."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.calendar_words import WEEKDAY, YEAR
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It was the ⟦Tuesday before Easter 2019⟧, no, the ⟦day of the King's coronation⟧.",
    "the ⟦sunday after the clocks changed in 2018⟧ and the ⟦last day of the summer term⟧",
    "We sat there the ⟦night of the referendum⟧, and the ⟦first night of Ramadan⟧ she rang.",
    "she went the ⟦day after boxing day⟧ and came back the ⟦morning of the royal wedding⟧",
    "the ⟦night the pier burned down⟧, the ⟦week gillingham went up⟧, the day she went down",
    "The day before the meeting, the week of the Queen's funeral, the night of the strike.",
    "The first day of school, the last week of the plan, the day of rest.",
)

# What a whole country can date: by itself it is one day, and so is the day before it.
_ROYAL = (
    r"(?:the\s)?(?:old\s)?(?:king|queen|prince|princess|duke|pope|royal|diana|charles|harry|"
    r"william)(?:\s\w+)?(?:['’]?s)?"
)
_ONE_DAY = (
    rf"(?:{_ROYAL}\s(?:funeral|coronation|wedding|jubilee|abdication)|(?:the\s)?(?:clocks\s(?:changed?|"
    rf"w?ent\s(?:back|forward)|"
    r"go\s(?:back|forward))|coronation|(?:(?:platinum|diamond|golden)\s)?jubilee|(?:general|local|mayoral|"
    r"county)\selections?|"
    r"(?:brexit|eu)\s(?:vote|referendum)|referendum|(?:first\s|second\s|third\s)?lockdown|"
    r"(?:world\scup|euros?|cup)\sfinal|olympics?(?:\sopening)?|(?:solar\s)?eclipse|"
    r"(?:manchester|arena|london\sbridge|westminster)\s(?:bomb|bombing|attack)|grenfell(?:\sfire)?))"
)
# What comes round each year: the day beside it is told, the year is known to who was there.
_EACH_YEAR = (
    r"(?:the\s)?(?:easter|christmas|xmas|whitsun|half[\s-]term|hallowe['’]?en|ramadan|eid|diwali|vaisakhi|passover|"
    r"hanukkah|"
    r"lent|advent|new\syear|boxing|bonfire|(?:valentine|mother|father|st\s\w+)['’]?s|results|"
    r"(?:\w+\s)?bank\sholiday|\w+\shalf[\s-]term|may\sday|"
    r"black\sfriday|remembrance|good\sfriday|summer\s(?:holidays|term|break))"
    r"(?:['’]s\s(?:eve|day)|['’]?\s(?:eve|day|night|sunday|monday|holidays?|term|break))?"
)
_DAY = rf"(?:{WEEKDAY}|day|night|morning|evening|afternoon|eve)"
_BESIDE = r"(?:\s(?:night|morning|evening|afternoon))?\s(?:right\s|just\s)?(?:of|before|after|following|when)\s"
# A week around a day of the whole country is no secret; one around a day that wanders with the year tells more.
_TOLD = caseless(
    rf"\b(?:(?:first|second|third|fourth|last)\s(?:day|night|week|weekend|{WEEKDAY})\s(?:of|in|before|"
    rf"after)\s(?:the\s)?"
    r"(?:(?:spring|summer|autumn|easter|christmas)\s(?:term|holidays)|"
    r"ramadan|eid|diwali|hanukkah|passover|lent|advent|lockdown)"
    rf"|{_DAY}{_BESIDE}{_ONE_DAY}|(?:{_DAY}|weekend|week){_BESIDE}{_EACH_YEAR})\b(?:,?\s(?:in\s|of\s)?{YEAR}\b)?",
)

# "the night the pier burned down", "the week gillingham went up": what a town remembers.
_REMEMBERED = caseless(
    rf"\b(?:{_DAY}|week|weekend)\s(?:that\s)?(?:the\s)?(?!(?:he|she|they|we|i|it|you|police|door|phone|mum|"
    rf"dad)\b)[\w’'-]+(?:\s[\w’'-]+)?\s"
    r"(?:burn(?:ed|t)\sdown|went\sup(?:\sin\s\w+)?|went\sdown|blew\s(?:up|down)|collapsed|sank|flooded|"
    r"ran\saground|got\spromoted|won\sthe\s\w+|caught\sfire)\b",
    holds=("burn", "went", "blew", "collapsed", "sank", "flooded", "aground", "promoted", "won", "fire"),
)
# The last words of the days that others are told by.
_KNOWN_DAYS = word_set(
    "burned burnt went blew collapsed sank flooded aground promoted won fire funeral coronation wedding jubilee "
    "abdication election elections vote referendum lockdown final olympic olympics eclipse bomb bombing attack "
    "grenfell clocks easter christmas xmas whitsun term halloween hallowe ramadan eid diwali vaisakhi passover "
    "hanukkah lent advent year boxing bonfire valentine valentines mother mothers father fathers st results holiday "
    "holidays may friday remembrance"
)

_WHY = "a day told by another that all know"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("told_days", find, _KNOWN_DAYS)


def find(passage: Passage) -> Iterator[Claim]:
    for match in (*_TOLD.finditer(passage.text), *_REMEMBERED.finditer(passage.text)):
        yield Claim(*match.span(), Category.DATE, "holiday", 0.6, _WHY)
