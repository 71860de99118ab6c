"""Names that are words, where the talk says that they are names: "goes by stretch", "sunday, that's his name"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, MONTHS, STOP, WEEKDAYS, word_set
from deid.detect.words import joins, word_forms, words_inside, words_of
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "he goes by ⟦stretch⟧ on the estate",
    "There's a man they call ⟦Uncle Midge⟧ and a woman known as ⟦Auntie Blue⟧.",
    "his street name's ⟦ghost⟧ and she calls herself ⟦diamond⟧",
    "She liked to be called ⟦Lolly⟧. Everyone round here calls me ⟦Dutch⟧. She liked to be called on.",
    "'⟦Ghost⟧' was the elder, “⟦Pocket⟧” ran for him.",
    "He's known as ⟦Tinker⟧ to everybody. They call him ⟦Ned the Brush⟧, he was called ⟦Paul the Greek⟧.",
    "they all call him ⟦ned the brush⟧ and he's known as ⟦tank⟧ the whole time",
    "they all call him ⟦tank⟧, an older fella known as ⟦trigger⟧, a kid known to everyone as ⟦biscuit⟧",
    "he was called ⟦spuds⟧ i mean it, she was ⟦keelsy⟧ to everyone, he's ⟦beans⟧ to his mates, i know him as ⟦crumb⟧",
    "It's got you down as ⟦In grid⟧. The captions have got me as ⟦Kit Lane Yon⟧, and her down as Missing.",
    "he was called up, she was called a liar, he was called into it, she was rude to everyone",
    "they call him names and everybody called her a liar and i called her over",
    "⟦Stretch⟧, they called him. Names, they called him.",
    "That's ⟦Chunky⟧, he's the one with the moped. It was Monday, she was late.",
    "They call it the party model, known as county lines, it goes by quickly.",
    "She goes by the book, he was known as a risk, they call him all sorts.",
    "'No' was the answer, 'Risk' is a word.",
    "and your surname's ⟦tipping⟧ like the lorries",
    "a night porter ⟦sunday⟧ that's his name and i think that's his name, ⟦bliss⟧ was her name",
    "her surname's spelt with a k and his last name was the same",
    "male known as ⟦ghost⟧ and a lad called ⟦a j⟧ and the man known as ⟦d k⟧, it was called a day",
    "We had a girl, ⟦My⟧, and her brother was called ⟦An⟧. ⟦An⟧ would ask. ⟦My⟧ was ill, so I drove ⟦An⟧ to college.",
    "An apple was on the desk, and My view is mine. He said My mum was ill. It was called An Inspector Calls.",
    "Time goes by so fast, he was known as one of the worst.",
)

# What leads to a by-name; only of a person, since models and operations are "known as" something too.
_LEADS = caseless(
    r"\b(?:(?:he|she|who|man|lad|boy|girl|woman)(?:['’]d)?\s(?:goes|went)\sby(?:\sthe\sname(?:\sof)?)?"
    r"|(?:he|she|who|man|lad|boy|girl|woman|male|female|nominal|youth|bloke|guy|one|fella|chap|geezer|kid|person|somebody|someone|elder|"
    r"dealer|runner|driver|dad|uncle|"
    r"boyfriend|brother|friend|mate)(?:['’]s|\sis|\swas)?\s(?:only\s|just\s|always\s|locally\s|"
    r"better\s)?known\s(?:to\s\w+(?:\s\w+)?\s)?as"
    r"|(?:he|she|who)(?:['’]s|\sis|\swas)\scalled|(?:know|knows|knew)\s(?:him|her|me)\sas"
    r"|(?:street\sname|nickname)(?:['’]s|\sis|\swas)?|calls?\s(?:himself|herself)|called\s(?:himself|herself)"
    r"|(?:man|lad|boy|girl|woman|bloke|guy|one|fella|chap|geezer|kid)\s(?:that\s)?(?:they|we|everyone|"
    r"everybody)\s(?:all\s|only\s|ever\s){0,2}call(?:ed|s)?"
    r"|(?:they|we|everyone|everybody|people|kids|lads|girls|boys|mates|friends|all|i)\s(?:all\s|just\s|only\s|"
    r"always\s|still\s|used\sto\s|(?:round\s)?(?:here|there)\s)?call(?:ed|s)?\s(?:him|her|me)"
    r"|(?:like[sd]?|wants?|wanted|prefers?|preferred|asked)\sto\sbe\scalled)\s['‘\"“]?(?=(?P<name>\w))"
)
# "a lad called a j": initials, said apart.
_LETTERS = caseless(
    r"\b(?:called|known\sas|goes\sby|went\sby)\s(?P<name>[a-z]\s[a-z])(?=[.,;!?]|$|\s(?:and|he|she|who|was|is|from)\b)"
)
# An, My and Do are names in Vietnam. "A girl, My, and her brother was called An. An would ask. I drove An to college."
_SMALL = r"(?:An|My|Do)"
_SMALL_NAME = re.compile(
    rf"\b(?:called|named|[Nn]ame(?:['’]s|\sis|\swas))\s(?P<called>{_SMALL})(?=[.,;!?]|\s(?:and|who|she|he|was|is|from)\b)"
    r"|\b(?:girl|boy|lad|child|sister|brother|daughter|son|friend|kid|cousin|one),\s"
    rf"(?P<told>{_SMALL}),"
    r"|(?:^|[.!?]\s|\b(?:and|but|so|then|when|because|if)\s)(?P<acts>An|My)\s"
    r"(?:was|is|had|would|said|says|did|didn['’]t|came|went|rang|told|asked|knew|got|wasn['’]t)\b"
    rf"|(?<=[a-z]\s)(?<!said\s)(?<!says\s)(?<!goes\s)(?<!like\s)(?P<taken>{_SMALL})"
    r"(?=[.,;!?]|['’]s\b|\s(?:to|and|was|in|at|from|for|with|said|had|did|home|up|on)\b)"
)
# "Ned the Brush": what somebody is told by, up to the end of what is said.
_THE_BRUSH = re.compile(
    r"\sthe\s(?:[A-Z][\w’'-]+|(?!whole|other|same|first|last|next|minute|moment|time|day|night)[a-z]{3,}"
    r"(?=[,.;!?]|$|\s(?:and|he|she|who|his|her|but|cos|because)\b))"
)
# "she was keelsy to everyone": what is no English word, or has a capital.
_TO_ALL = caseless(
    r"\b(?:he|she)(?:['’]s|\sis|\swas)\s(?:always\s|just\s)?(?P<name>[^\W\d_]{3,})\sto\s"
    r"(?:everyone|everybody|(?:his|her)\s(?:mates|friends|family))\b",
    holds=("everyone", "everybody", "mates", "friends", "family"),
)
# "it's got you down as In grid": how captions wrote a name, which the talk tells.
_MISHEARD = re.compile(
    r"\b(?:got|has|have|had|put|wrote|typed|heard|called|spelt)\s(?:you|me|us)\s(?:down\s)?as\s"
    r"(?P<name>[A-Z][\w’'-]*(?:\s[\w’'-]+){0,2})(?=[.,;!?\[]|$)"
)
# "'Ghost' was the elder": a name in quotation marks that does something.
_QUOTED = re.compile(r"['‘\"“](?P<name>[A-Z][a-z]{2,})['’\"”]\s(?:was the|ran|had|drove|rang|told|would|used to|got)\b")
# "That's Chunky, he's the one": a name that is said and then told of.
_THATS = re.compile(
    r"\b(?:[Tt]hat['’]s|[Tt]here['’]s|[Ii]t was|[Ii]t['’]s|[Tt]here was) (?P<name>[A-Z][a-z]{2,}), "
    r"(?:he|she)(?:['’]s|['’]d| was| had| is)\b"
)
# "Stretch, they called him": the name before the naming.
_CALLED_SO = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?),? (?:they|we|everyone|everybody|people) (?:all |only |used to )?"
    r"call(?:ed|s)? (?:him|her|me)\b(?! ['‘“]?[A-Z])"
)
# "your surname's tipping": whatever word it is; but "her surname's spelt with a k".
_SURNAME_IS = caseless(
    r"\b(?:surname|last\sname|family\sname|maiden\sname|second\sname)(?:['’]?s|\sis|\swas)\s(?P<name>[a-z][\w'’-]{2,})"
)
# "a porter, Sunday, that's his name": what is said to be a name is one, whatever word it is.
_THATS_A_NAME = caseless(
    r"\b(?P<name>[a-z][\w'’-]{2,}),?\s(?:that['’]?s|that\sis|that\swas|was)\s(?:his|her|my)\s(?:actual\s|real\s|first\s)?"
    r"name\b",
    holds=("name",),
)
# What else is said of a name.
_OF_A_NAME = word_set(
    "spelt spelled written pronounced misspelt wrong right different common hyphenated changed double foreign english "
    "polish albanian irish welsh turkish missing known unknown given like actually still always never really quite "
    "very pretty well just also often usually supposed meant gonna going something anything nothing one two kept long "
    "think know reckon believe sure guess said say says thought yeah yes no right mean though maybe remember not"
)
_NO_NAME = word_set(
    "book books name names risk vulnerable missing victim suspect child problem quickly fast slowly quick "
    "exploitation different various sorts yes county trouble difficult challenging looked care high low medium out in "
    "mum mam dad sir miss straight liar mad stupid thick lazy crazy naughty mental racist slag slut bitch every last "
    "first tomorrow when if whatever over later nan love babe darling mate bruv brother sister son grass snitch nonce "
    "paedo weird ugly fat up upon back forward home away again twice yesterday today tonight into to for down off as "
    "names racist all everything something nothing anything whatever horrible vile disgusting evil lucky dirty "
    "normal standard usual this that these those typical chaotic hard difficult easy one two another professionals"
)
_NEVER = STOP | _NO_NAME | frozenset(WEEKDAYS) | frozenset(MONTHS)
# Each with a word without which it is not looked for.
_SAID = ((_THATS, "he"), (_QUOTED, ""), (_CALLED_SO, " call"))
_LEADING = word_set("goes went known know knows knew street nickname calls called call")
_TRIGGERS = _LEADING | word_set(
    "surname name an my do as to he she ran had drove rang told would used got was call called calls"
)

_WHY = "a by-name, said to be one"
_WHY_NAME = "what a name is said to be"
_WHY_MISHEARD = "a name as captions wrote it, told by the talk"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("street_names", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    words = words_of(text)
    for match in _LEADS.finditer(text) if word_forms(text) & _LEADING else ():
        first = stop = words_inside(words, match.start("name"), len(text)).start
        while stop < min(first + 2, len(words)) and (stop == first or joins(text, words[stop - 1], words[stop])):
            word = words[stop]
            is_name = passage.is_lower or passage.is_upper or word.is_capital
            if not is_name or word.low in STOP or word.low in _NO_NAME:
                break
            stop += 1
        if stop > first:
            end = words[stop - 1].end
            by_trade = _THE_BRUSH.match(text, end)
            yield Claim(words[first].start, by_trade.end() if by_trade else end, Category.PERSON, "name", 0.55, _WHY)
    for match in _TO_ALL.finditer(text):
        name = match["name"]
        # In small letters no English word, or things: "she was keels to everyone", where a word of kind is "rude".
        is_thing = name.endswith("s") and not name.endswith(("ss", "us")) and name[:-1] in english_words()
        is_written = name[0].isupper() if not passage.is_lower else is_thing or name not in english_words()
        if is_written and match["name"].lower() not in STOP | _NO_NAME:
            yield Claim(*match.span("name"), Category.PERSON, "name", 0.55, _WHY)
    for match in _LETTERS.finditer(text):
        yield Claim(*match.span("name"), Category.PERSON, "name", 0.55, _WHY)
    for match in _SMALL_NAME.finditer(text) if not (passage.is_lower or passage.is_upper) else ():
        yield Claim(*match.span(match.lastgroup or 0), Category.PERSON, "name", 0.55, _WHY_NAME)
    for match in _MISHEARD.finditer(text) if " as " in text else ():
        yield Claim(*match.span("name"), Category.PERSON, "name", 0.55, _WHY_MISHEARD)
    for match in (*_SURNAME_IS.finditer(text), *_THATS_A_NAME.finditer(text)) if "name" in text else ():
        is_name = passage.is_lower or match["name"][0].isupper()
        if is_name and match["name"].lower() not in _OF_A_NAME | STOP | DETERMINERS:
            yield Claim(*match.span("name"), Category.PERSON, "name", 0.8, _WHY_NAME)
    for pattern, sign in _SAID:
        for match in pattern.finditer(text) if sign in text else ():
            if match["name"].lower() not in _NEVER:
                yield Claim(*match.span("name"), Category.PERSON, "name", 0.5, _WHY)
