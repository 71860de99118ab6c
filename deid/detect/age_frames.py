"""What stands around a number that is somebody's age: the words before it, the words behind it."""

import re

from deid.detect.caseless import caseless
from deid.detect.vocabulary import ORDINALS, TENS, UNITS

NUMBER = rf"(?:\d{{1,2}}|(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(UNITS[1:])})"

# A number that nothing joins to another: not in "£15", "2.15", "15:30", "15-20", "section 8(2)".
ALONE = caseless(rf"(?<![\w£$€#.,:/+-])(?P<age>{NUMBER})(?![\w%°:£/]|[.,]\d|[-–](?!ish\b|odd\b)\w)")

_HEDGE = (
    r"(?:,?\s(?:only|just|about|around|nearly|almost|barely|hardly|like|still|probably|maybe|perhaps|now|then|"
    r"turning|what|"
    r"not even|not quite|not yet|already|coming up(?: to| for)?|coming on|going on(?: for)?|"
    r"getting on for|rising|roughly|all of|"
    r"actually|um|er|uh|well|aged?|under|over|at most|at least|more than|older than|younger than|"
    r"any older than|much (?:over|more than|older than)|a day over|not long|gone|been|(?:just|recently|newly) "
    r"(?:gone|turned)|"
    r"(?:pushing|knocking on|touching|approaching|the wrong side of|the right side of|shy of|just shy of|not far off)|"
    r"a good|i think|i'd say|say|you know|technically|officially|really))*"
)
_PERSON = (
    r"(?:he|she|i|who|him|her|girl|boy|lad|lass|child|kid|daughter|son|sister|brother|cousin|mum|man|woman|victim|baby|"
    r"youngest|oldest|eldest|elder|younger|other one|pupil|teenager|patient|client|nephew|niece|uncle|aunt|auntie|dad|"
    r"father|mother|nan|gran|grandad|husband|wife|boyfriend|girlfriend|partner|suspect|offender|perpetrator|defendant|"
    r"neighbour|young person|one)"
)
_BE = (
    r"(?:['’]?(?:s|m|d be|d been|ll be|d have been|d['’]ve been|d of been)|"
    r"\s(?:was|is|am|be|being|been|were|looked|looks|turned|turns|would be|must be|"
    r"might be|will be|could be|can['’]t be|had been|wasn['’]t|isn['’]t|"
    r"(?:must|might|would|could|can['’]t|couldn['’]t|may)(?:\shave|['’]ve|\sof)\sbeen))"
)
# "He was sixteen", "she's only 14", "told him she was 18", "she can't have been more than twelve".
WAS = caseless(rf"\b{_PERSON}{_BE}{_HEDGE}\s$")
# "If she's under thirteen it's automatic": a rule, and of nobody.
IF_UNDER = caseless(
    r"\bif\s(?:he|she|they|you|it)(?:['’](?:s|re)|\s(?:is|was|are|were))\s"
    r"(?:under|over|at least|(?:older|younger|more)\sthan)\s$"
)
# "you're fifteen", said to one child; not "when you're fifteen".
YOU = caseless(rf"(?<!when )(?<!if )(?<!once )(?<!because )(?<!until )\byou(?:['’]?re|\sare){_HEDGE}\s$")
# "Oksana was sixteen", "chantelle's fourteen": somebody's name, so no word that an article leads to.
NAMED = caseless(rf"(?:\b(?P<led>[a-z]+)\s)?\b(?P<who>[^\W\d_]{{2,}}){_BE}{_HEDGE}\s$")
_ANYONE = "lad|boy|girl|kid|child|lass|man|woman|bloke|chap|fella|guy|lady"
# "a lad of 15", "a girl about twelve", "a girl aged 12", "at the age of eleven", "down as twenty", "passed for
# eighteen", "his age as 15".
CUED = caseless(
    rf"(?:\b(?:(?:{_ANYONE}|gentleman|youth|baby|son|daughter)\sof|"
    rf"(?:{_ANYONE})(?=\s(?:about|around|maybe|roughly|nearly)\s)|aged|at\sage|"
    r"(?:he|she|who|i)(?:['’](?:s|d|m)|\shas|\shad|\swas|\sis)?\s(?:only\s)?(?:just|recently|newly|not "
    r"long)\s(?:gone|turned|hit)|"
    r"(?:he|she|who|i)\s(?:hit|reached)|(?:same|that|his|her|my)\s(?:\w+\s)?age,|"
    r"(?<!under\s)(?<!over\s)(?<!below\s)(?<!above\s)the\sage\sof|"
    r"(?:his|her|real|true|actual)\sage\s(?:as|at|was|is|down as|to)|"
    r"\b(?:down|recorded|logged|listed|registered|assessed|treated|entered|booked in|given)\s(?:as|at)|"
    r"(?:put|had|placed|assessed)\s(?:him|her)\s(?:down\s)?(?:as|at)|(?:made|makes|making)\s(?:him|her)|"
    r"passe[sd]\sfor|passed\s(?:himself|herself)\soff\sas|pass(?:ing)?\sfor|mistaken\sfor|presented\sas|"
    r"presenting\sas|came\s(?:back|out)\s(?:at|as)|took\s(?:him|her)\sfor|"
    r"(?:claim|claimed|pretended|pretending|supposed|said|meant|seemed|claiming)\sto\sbe|"
    r"(?:he|she|who|they|i)(?:['’]d|['’]s|\shad|\shas)?\s(?:only\s)?(?:just\s)?turned|"
    r"(?<!it )(?<!was )\bjust\sturned|\bjust\sturning|"
    r"(?:he|she)\s(?:looked|looks|acted|acts|seemed)(?:\slike)?|"
    r"(?:assessment|certificate|passport|papers?|paperwork|file|form|visa|doctor|id|dentist|report|office|worker)"
    r"\s(?:said|says|say|put)(?:\s(?:he was|she was|him at|her at))?|"
    r"(?:told|telling)\s(?:him|her|them|us|me|everyone|the police)|"
    rf"both(?:\sof\sthem)?(?:\sonly|\sjust|\swere)?|since\s(?:he|she|i)\swas|(?:girl|boy|lad|kid|child|man|"
    rf"woman)\swho\s(?:was|is)))"
    rf"{_HEDGE}\s$",
)
# "Pregnant at fifteen", "excluded at 12", "came here at ten": what happens once in a life, so no time of day.
LIFE_EVENT = caseless(
    r"\b(?:came\s(?:here|over|to\s(?:the\suk|england|this\scountry|britain))|in(?:to)?\scare|(?:adopted|"
    r"trafficked)(?:\sfrom\s\w+)?|fostered|orphaned|"
    r"excluded|expelled|pregnant|married|groomed|raped|abused|trafficked|arrested|smoking|drinking|using|carrying|"
    r"dealing|"
    r"(?:left|leaving|quit)\sschool|(?:left|leaving)\shome|moved\s(?:out|here)|first\s\w+|a\s(?:mum|mother|dad|"
    r"father)|gave\sbirth|"
    rf"had\s(?:a|her|his)\s(?:first\s)?(?:baby|kid|child)|convicted|sentenced|sectioned|diagnosed|"
    rf"homeless)\sat{_HEDGE}\s$",
)
AT = caseless(r"\b(?:at|by|from)(?:\s(?:just|only|barely))?\s$")
AT_THAT_AGE = caseless(r",?\s(?:he|she|i)\b")
# "the girl 14 and that's on the form": no comma where speech recognition writes.
BEHIND_A_CHILD = re.compile(
    r"\b(?:the|a|his|her|that|one)\s(?:girl|boy|lad|child|kid|victim|boyfriend|brother|sister|suspect|driver)\s$"
)
ENDS_BARE = re.compile(r"(?:[.,;]|$|\s(?:and|the|a|with|who|from|he|she)\b)")
# "well, he said sixteen.": a number that somebody said, where the talk is of a child's age already.
SAID_TO_BE = caseless(r"\b(?:he|she)\s(?:said|says|claimed|reckoned|swore)\s$")
OF_ANYBODY = caseless(r",?\s(?:you|they|we|kids|children|it|hundred|point)")
# "Kelly, fourteen,", "a girl, 15.", "Kelly (14)".
BEHIND_A_NAME = re.compile(
    r"(?P<who>[A-Z][\w'’-]+|\b(?:girl|boy|lad|lass|kid|child|man|woman|teenager|brother|sister|suspect|driver|of them|"
    r"victim|offender|perpetrator|defendant|misper|female|male|boyfriend|uncle|stepdad|daughter|son))"
    r"(?:,\s|\s\()$"
)
AFTER_A_NAME = re.compile(r"(?:[,.;!?)]|\s(?:and|with|who|at|in)\b|$)")
BEHIND_A_COMMA = re.compile(r"(?P<who>\w*[a-z]),\s$")
COMMA_BEHIND = caseless(rf",(?!\s{NUMBER}\b)")
# "Sixteen, she was", "fifteen when it started", "fourteen by then".
TURNED_ROUND = caseless(r",?\s(?:he|she)\s(?:was|is|were|would've been|must have been)\b")
WHEN = caseless(r"\s(?:when|by the time)\s(?:he|she|i|it|this|that|they|we|you)\b")
# "seventeen herself", "at like sixteen"
SELF = caseless(r"\s(?:him|her|my)self\b")
LIKE = caseless(r"\bat\slike\s$")
NOT_WHEN = caseless(r"\b(?:we['’]?re|we were|there were|they were|there['’]?s|had|at)\s$")
OPENS = caseless(r"(?:^|[.!?…]\s+|[,—–]\s)(?:(?:only|just|barely|about|maybe|well|at|so),?\s)*$")
# "it was Year 9, so fourteen.": worked out from what was said.
SO = caseless(r"\bso(?:\sabout|\she'd be|\sshe'd be)?\s$")
SAID_ALONE = caseless(rf"(?:[.!?…]\s+)(?:(?:only|just|barely|about|maybe|nearly)\s)*(?:{NUMBER}\sand\s)?$")
ENDS_ALONE = caseless(rf"\s*(?:[.!?…]|$|and\s{NUMBER}[.!?])")
OF_A_CHILD = caseless(r"\b(?:he|she|her|him|his|girls?|boys?|lad|kid|child|daughters?|sons?|sisters?|brothers?|baby)\b")
HOW_MANY = caseless(r"\b(?:how (?:many|much|long|often)|beds|number|score|count|total|of them|a week|times)\b")

# "two years younger than Kai", "eighteen months older": with one age known it tells the other.
_RELATIVE_AGE = r"(?:\d{1,2}|an?|a couple of|a few|" + "|".join((*UNITS[1:], TENS[0])) + r")"
OLDER_BY = caseless(
    rf"(?<!acts\s)(?<!acted\s)(?<!looks\s)(?<!looked\s)(?<!feel\s)\b(?P<age>{_RELATIVE_AGE}(?:\sand\sa\shalf)?\s(?:years?|months?)\s(?:older|younger))\b"
    rf"|\b(?P<senior>{_RELATIVE_AGE}\s(?:years?|months?)\s(?:his|her|my)\s(?:senior|junior))\b",
)

# What may stand between an age and a second guess at it: "thirteen, fourteen maybe", "nearly fifteen".
OR = caseless(
    r"(?:,\s|\s|/)(?:(?:or|and|maybe|then|well|nearly|almost|going on(?: for)?|coming up(?: to)?|no|"
    r"rising|possibly|perhaps|even|say),?\s)*",
)

# "fourteen going on thirty": the first is an age, the second how old it seemed.
GOING_ON = caseless(
    rf"\b(?P<first>{NUMBER})\sgoing\son\s(?:for\s)?(?P<second>{NUMBER})\b(?!\s(?:minutes|hours|weeks|of)\b)",
)
# "two of them were fourteen", "the other was sixteen", "the twins are eight": several, each of whom is one person.
OF_A_FEW = caseless(
    r"\b(?:(?:one|two|both|three)\sof\sthem|the\sother(?:\sone)?|the\stwins|twins|the\sothers)\s(?:was|were|is|are|"
    r"being)"
    rf"(?:\s(?:only|just|about|both))?\s(?P<age>{NUMBER})(?=[.,;]|$|\s(?:and|or|but|when|so)\b)",
)
# "they were twelve, thirteen and fifteen": three ages in a row are three children.
IN_A_ROW = caseless(
    rf"\b(?:they|girls|boys|kids|children)(?:['’]re|\s(?:were|"
    rf"are))(?:\saged)?\s(?P<first>{NUMBER}),?\s(?P<second>{NUMBER}),?\sand\s"
    rf"(?P<third>{NUMBER})(?=[.,;]|$)",
)
_A_FEW = rf"(?:{NUMBER}|an?|some|a\sfew|a\scouple\sof)\s(?:months?|weeks?|days?)"
# "she is 16 years and 4 months", "13 years and four months old", "thirty-ish, with a car".
YEARS_AND_MONTHS = caseless(
    rf"\b(?:(?:he|she|i|who)(?:['’]s|['’]m|\sis|\swas|\shad)|at|aged)\s(?:only\s|just\s|"
    rf"now\s)?(?P<age>{NUMBER}\syears?(?:,|\sand)?\s{_A_FEW})\b(?!\slater)",
)
YEARS_AND_MONTHS_OLD = caseless(rf"\b(?P<age>{NUMBER}\syears?(?:,|\sand)?\s{_A_FEW}\sold)\b", holds=("old",))
# "Fifteen and two months.", "three weeks short of eighteen"
AND_A_FEW = caseless(rf"\b(?P<age>{NUMBER}\sand\s{_A_FEW})(?=[.,;!?]|$)", holds=("month", "week", "day"))
SHORT_OF = caseless(
    rf"\b(?P<age>{_A_FEW}\s(?:short\sof|shy\sof|off)\s(?:(?:turning|being)\s)?{NUMBER})(?=[.,;!?]|$)",
    holds=("short", "shy", "off"),
)
ISH = caseless(
    rf"\b(?:older|about|was|he['’]s|she['’]s|man|woman|bloke|guy),?\s(?P<age>{NUMBER}[\s-]?ish)\b(?!\s\w+s\b)",
)
# "14 at the time, 17 now"
NOW = caseless(r"\snow\b(?!\s(?:on|in|we))")
# "an F16 and an M17", "15F": how a log writes who it was. M20 and A14 are roads, M25 is one.
SEX_AND_AGE = re.compile(
    r"\b(?i:an?|the|one|with|and|was|vic|victim|suspect|of)\s(?:[MF]/?(?P<age>1\d)|(?P<other>1\d)[MF])\b(?!\s?\()"
)
# "the baby's nine months", "her baby was six weeks".
OF_A_BABY = caseless(
    r"\b(?:baby|babies|newborn|infant|bump|little one)(?:['’]s|\s(?:is|was|were|turned))\s"
    r"(?:only\s|just\s|about\s|now\s)?"
    rf"(?P<age>{NUMBER}\s(?:months?|weeks?|days?))\b(?!\s(?:later|early|late|in|into|before|after|premature|ago))",
    holds=("baby", "babies", "newborn", "infant", "bump", "little"),
)
# "fourteen-year-old", "15 year old", "15yo", "six months old"; not "fourteen-year-olds".
YEAR_OLD = caseless(
    rf"\b(?<!years and )(?P<age>{NUMBER}[\s-]?(?:(?:years?|yrs?|months?|weeks?|days?)[\s-](?:old|of age)|y/?o))\b(?!s)",
)
# "any fourteen-year-old", "a thirteen-year-old can't consent", "a fifteen-year-old's signature": nobody's.
ANYBODYS = caseless(r"\b(?:any|every|no|each|average|typical|your|like an?|most)\s$")
IN_GENERAL = caseless(
    r"\s(?:can|cannot|can['’]t|could|couldn['’]t|should|shouldn['’]t|doesn['’]t|does|would|wouldn['’]t|might|needs|"
    r"will|"
    r"won['’]t|knows|thinks|wants|isn['’]t|ought|is (?:a child|not))\b|['’]s\b",
)
# "two sisters, thirteen and fifteen".
EACH = caseless(
    r"\b(?:sisters|brothers|twins|girls|boys|daughters|sons|kids|children|cousins|siblings),?\s(?:aged\s)?"
    rf"(?P<first>{NUMBER})\sand\s(?P<second>{NUMBER})(?!\w|\s(?:of|other|more)\b)",
)
# "Mei and Lan, thirteen and nine", "Ten and fifteen.": ages of two.
_CHILDS = rf"(?i:{'|'.join(UNITS[4:20])})"
OF_TWO = re.compile(rf"\b[A-Z]\w+\sand\s[A-Z]\w+,\s(?P<first>(?i:{NUMBER}))\sand\s(?P<second>(?i:{NUMBER}))(?=[.,;])")
TWO_ALONE = re.compile(rf"(?<=[.!?…]\s)(?P<first>{_CHILDS})\sand\s(?P<second>{_CHILDS})(?=[.,])")
# "her sixteenth birthday", "his 18th".
BIRTHDAY = caseless(
    rf"\b(?P<age>\d{{1,2}}(?:st|nd|rd|th)|(?:(?:{TENS[0]}|{TENS[1]})[\s-])?(?:{'|'.join(ORDINALS)}))\sbirthday",
)
# "she'd only had her thirteenth": the birthday goes without saying.
NTH = caseless(
    rf"\b(?:had|on|for|before|after|since|until|till|was|having|missed|celebrated)\s(?:just\shad\s)?(?:his|her|my)\s"
    rf"(?P<age>(?:1\d|2[0-5])th|18th|21st|{'|'.join(ORDINALS[9:18])})(?=[.,;]|$|\s(?:the|last|in|on|and|that|this|"
    rf"a|at|with|when|he|she|we|i)\b)",
    holds=("th", "st"),
)
# "in his forties", "she'd be late thirties", "a man in the mid-fifties".
DECADE = caseless(
    r"\b(?:in\s(?:his|her|their|my)\s|(?:he|she|who)(?:['’](?:s|d be)|\s(?:was|is|looked))"
    r"\s(?:about\s|maybe\s|probably\s)?(?=early|mid|late))(?P<age>(?:(?:very\s)?(?:early|mid|late)(?:\sto\s(?:mid|"
    r"late))?[\s-]+)?"
    r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|[2-8]0['’]?s))\b",
)

# Behind a number these count something else: "15 minutes", "six foot", "one of the first", "nine o'clock".
COUNTS = caseless(
    r"\s?(?:(?:working|school|calendar)\s)?(?:years?(?!\s?-?\s?old)|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|miles?|stone|foot|feet|ft|"
    r"inch|per|"
    r"of\b|times|to\b|o['’]?clock|am\b|pm\b|point|people|kids|children|girls|boys|pounds|quid|thousand|hundred|"
    r"million|nil|"
    r"in a row|and a half (?:years|hours|months|weeks|thousand|million)|more|other|different|out of|past\b|percent|"
    r"or\s\w+\s(?:kids|people|times|of)|young|new|separate|open|active|grand|bedroom|k\b|lads|women|men\b|staff|"
    r"st\b|nd\b|rd\b|th\b|[-–/]\d)",
)
# What follows an age that no stronger word marks: the end of the clause.
CLAUSE_ENDS = caseless(
    r"\s*(?:[.,;:!?)\]…—–-]|$|(?:ish|odd|when|and|but|then|by|now|so|or|maybe|if|because|with|last|this|next|on|he|"
    r"she|i|we|they|"
    r"you|it|had|already|too|actually|really|probably|though|which|who|that|before|after|not|no|yeah|just|at|in|is|was|"
    r"going|coming|years old|um|er|like|for goodness|for god|the|my|her|his)\b)",
)
