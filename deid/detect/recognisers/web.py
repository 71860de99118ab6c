"""Web addresses, handles and names on social media, meeting links."""

import re
from collections.abc import Iterator
from dataclasses import replace

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import SAID_FIGURE, STOP, TENS, UNITS, word_set
from deid.detect.words import Word, joins, word_forms, words_inside, words_of
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "It's on ⟦https://northfield.example/page?id=7⟧.",
    "see ⟦www.northfield.example⟧ for that",
    "The link is ⟦https://teams.microsoft.com/l/meetup-join/19%3ameeting⟧, join there.",
    "go to ⟦northfield.org.uk/help⟧ or ⟦northfieldyouth.com⟧",
    "it's ⟦www dot northfield dot org dot uk⟧ i think",
    "He's ⟦@lil.jay_22⟧ on there.",
    "She's ⟦xjaydee_9⟧ on insta.",
    "his snap is ⟦jaydee2k⟧",
    "Her Snapchat was ⟦big_jay⟧, he said.",
    "he went by ⟦lil_jay99⟧ on telegram",
    "the username ⟦skinny.jay7⟧ came up",
    "his snap name was ⟦jaydee⟧ back then",
    "On Snapchat he was ⟦jay_fox2004⟧. Then he left.",
    "He's ⟦Jay_the_Fox⟧ on there, or ⟦jayfox#4417⟧.",
    "On Facebook as ⟦Jamie Green⟧, and on snapchat as ⟦jaydee⟧.",
    "his gamertag was ⟦killer jay ninety nine⟧ i think",
    "Her handle on everything is ⟦jaydeexo⟧, so we looked.",
    "There's a WhatsApp group called ⟦Pizza Night 7⟧ and a chat called '⟦The Firm⟧'.",
    "they had a group chat called ⟦the jaybirds⟧ and we saw it",
    "He was saved in her phone as ⟦Work Jay 2⟧.",
    "He'd send it to his Cash App, ⟦$kingjay⟧, the same day.",
    "his cash app is ⟦dollar sign kingjay⟧ i wrote it down",
    "They rang the ⟦Jaybird line⟧, the line was called ⟦Marco⟧.",
    "her snapchat's ⟦jaydee dot oh four⟧ and his roblox name is ⟦foxy underscore jay⟧",
    "the insta's a work one it's ⟦at foxy underscore jay⟧ so write",
    "there's ⟦at kitsofpelham⟧ on facebook, and look at everything on facebook",
    "He went by ⟦jaydeefox, with an x, underscore four four⟧, on Snapchat. He went by bus, then on Snapchat.",
    "His handle for the lad was ⟦Jay Fox, all one word, eleven at the end⟧. Her snap is ⟦jay_fox, with two esses⟧.",
    "all of them had him saved as ⟦jay dot topup dot tn twenty three⟧ in there",
    "They met on Instagram and then on Snapchat.",
    "We have a WhatsApp group called nothing at all, on Facebook as well.",
    "her username is private and her handle was deleted",
    "SPEAKER_01 said so. He crossed the County line, the Jubilee line and the Dover line.",
    "she was on insta all night and her snap was full, on snap he was always nice",
    "on snap he was ⟦big money⟧ and his insta was just ⟦money man⟧",
    "He was on TikTok, she was on her phone.",
    "I was @ work. We met at nine.",
    "his insta is private and her snapchat was deleted",
    "It was e.g. a car, i.e. a white one.",
)

# https://northfield.example/page, www.northfield.example: up to a space, without the sentence's own last mark.
_LINK = caseless(r"\b(?:https?://|www\.)[^\s<>\"“”⟧]*[^\s<>\"“”.,;:!?)\]'’]")
# northfield.org.uk/help: a bare host is known by its ending. Not behind an @, which makes it an e-mail address.
_HOST = caseless(
    r"(?<![@\w.-])[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*\.(?:com|org|net|info|co\.uk|org\.uk|gov\.uk|nhs\.uk|sch\.uk|ac\.uk|"
    r"police\.uk|uk|example|io|me|tv|app|chat|gg|ly)(?:/[^\s<>\"“”]*[^\s<>\"“”.,;:!?)])?(?![\w@])",
)
# "www dot northfield dot org dot uk", "northfield dot co dot uk".
_SAID = caseless(r"\b(?:www dot (?:\w+ dot ){1,3}\w+|\w+ dot (?:com|org|net|co dot uk|org dot uk|gov dot uk))\b")
# @lil.jay_22
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z\d_][\w.]*\w")

_NETWORK = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|face\s?book|twitter|telegram|whats\s?app|discord|kik|wickr|signal|"
    r"x\s?box|playstation|psn|roblox|fortnite|only\s?fans|onlyfans|bebo|messenger|youtube|twitch|hoop|wink|yubo)"
)
_NAME = r"(?P<name>[A-Za-z\d_][\w.]*[A-Za-z\d_])"
# "xjaydee_9 on insta"
_NAME_ON = caseless(rf"(?<![\w@.]){_NAME}\s+on\s+{_NETWORK}\b")
# "at kitsofpelham on facebook": no English word behind the sign as it is said.
_SAID_AT = caseless(rf"\bat\s(?P<handle>[a-z]{{6,}}\d*)\son\s{_NETWORK}\b")
# "his snap is jaydee2k", "the username skinny.jay7", "Snapchat name: big_jay"
_NAME_IS = caseless(
    rf"\b(?:{_NETWORK}|user\s?name|handle|gamer\s?tag|tag|screen name|profile|account)"
    rf"(?:\s+(?:name|handle|account|user\s?name|id))?(?:\s+(?:is|was|called|as|it's)|:|'s|,)?\s+{_NAME}(?![\w@])",
)

# "his snap name was jaydee", "under the username jaydee": said to be a name, so any word may be one.
_CALLED = caseless(
    rf"\b(?:{_NETWORK}\s+(?:user\s?)?name|user\s?name|handle|gamer\s?tag|screen name)\s+"
    rf"(?:(?:is|was|called)\s+)?{_NAME}(?![\w@]|\s(?:underscore|dot)\b)",
)

# Jay_the_Fox, jayfox#4417: an underscore or a number sign inside a word is written nowhere else in talk.
_MARKED = caseless(
    r"(?<![\w@./-])(?!(?:speaker|spk|int|interviewer|participant|p|q|track|part)_?\d*_?\d*(?!\w))"
    r"(?:[A-Za-z\d.]+(?:_+[A-Za-z\d.]+)+_*|[A-Za-z][\w.]+#\d{2,5})(?<!\.)(?![\w@])",
)
# "jaydee dot oh four", "foxy underscore jay": a handle as it is said.
_SAID_HANDLE = caseless(rf"\b\w+(?:\s(?:dot|underscore)\s\w+){{1,4}}(?:\s{SAID_FIGURE}){{0,3}}\b(?!\sat\b)")
# "went by jaydeefox ... on Snapchat": no English word, where a network is named.
_WENT_BY = re.compile(r"\b(?:went|go|goes|going) by (?P<name>[a-z][\w.]{4,}\w)")
# How a handle is written, told behind it: ", all one word", ", with an x, underscore four four", ", eleven at the end".
_SAID_NUMBER = rf"{SAID_FIGURE}(?:\s{SAID_FIGURE}){{0,4}}"
_HOW_WRITTEN = re.compile(
    r"(?:,?\s(?:(?:all\s)?(?:one|a\ssingle)\sword|no\sspaces?"
    r"|(?:with|and)\s(?:an?|no|two|three|capital)\s(?:\w|e[fhlmnsx]|[b-df-hj-np-tv-z]ee|esses|spaces?|capitals?|dots?|"
    r"underscores?|hyphens?)\b(?:\s(?:in\sit|at\sthe\send|on\sthe\send|in\sthe\smiddle|instead))?"
    rf"|(?:underscore|dot)\s\w+(?:\s{_SAID_NUMBER})?|{_SAID_NUMBER}\s(?:at|on)\sthe\send)\b)+",
    re.IGNORECASE,
)
# "on snap he was big money", "his snapchat was just money man": words, up to where what is said ends.
_WAS_ON = caseless(
    rf"\b(?:on\s{_NETWORK}\s(?:he|she)(?:['’]s|\s(?:is|was|went\sby|goes\sby))|"
    rf"(?:his|her|their)\s{_NETWORK}(?:['’]s|\s(?:is|was))\sjust)\s"
    r"(?P<name>(?!(?:an?|the|on|always|not|all|really|very|so|talking|posting)\b)[a-z\d]+(?:\s[a-z\d]+)?)"
    r"(?=[.,;!?]|$|\s(?:and|but|on|so|then)\b)"
)
# "$kingjay", "dollar sign kingjay"
_CASH_NAME = caseless(r"(?<!\w)(?:\$[A-Za-z]\w+|dollar sign [a-z]\w+)")
# What leads to a name of one word or several: "on facebook as Jamie Green", "a group chat called the jaybirds".
_LEADS = caseless(
    rf"\b(?:{_NETWORK}\s(?:as|under|under the name(?:\sof)?|by the name of)"
    rf"|(?:(?:{_NETWORK}|group|chat)\s)?(?:group|chat|server|channel|group chat)\s(?:was\s|is\s|that's\s|"
    rf"they\s)?(?:called|named)"
    r"|(?:user\s?name|gamer\s?tag|screen name|handle|snap\s?name|insta\s?name|login)(?:\son\s(?:the\s)?\w+)?"
    r"(?:\sfor\s(?:(?:the|his|her)\s)?\w+)?(?:['’]s|\s(?:is|was|being|called))"
    r"|saved\s(?:\w+\s){0,4}?(?:as|under)(?:\sthe name(?:\sof)?)?"
    r"|\bline\s(?:was\s|is\s|they\s)?called)\s['‘\"“]?(?=(?P<name>\w))",
)
# "the Jaybird line": a number that sells goes by a name.
_DEAL_LINE = re.compile(r"\b[Tt]he\s(?P<name>[A-Z][a-z]+)\sline\b")
_OTHER_LINES = word_set(
    "county jubilee northern victoria central district circle bakerloo piccadilly metropolitan elizabeth "
    "deal front hot "
    "help land child party dotted finish date story medway dover first second third next same last"
)
_NOT_NAMES = word_set(
    "private public deleted gone blocked fake new old different open locked full silent hers mine theirs empty "
    "available suspended banned hacked nothing something anything whatever well normal usual evidence professionals"
)

# Any address has a dot, a colon or a slash inside: "northfield.example".
_DOTTED = re.compile(r"\w\.\w|://")
_NETWORKS = word_set(
    "insta instagram snap snapchat tik tiktok face facebook twitter telegram whats whatsapp discord kik wickr signal "
    "x xbox playstation psn roblox fortnite only onlyfans bebo messenger youtube twitch hoop wink yubo username user "
    "handle gamertag gamer tag screen profile account"
)

_LEADING = _NETWORKS | word_set("group chat server channel login saved line")
_NUMBERS = frozenset((*UNITS, *TENS))

_IS_DEAL_LINE = "the name of a telephone number that sells"
_IS_LINK = "a web address"
_IS_HANDLE = "a handle on social media"
_IS_NAMED = "a name on a social network, which the talk names beside it"
_TRIGGERS = _LEADING | {".", ":", "@", "dot", "_", "#", "$", "dollar", "underscore"}


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("web", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    for claim in _claims(passage):
        how = _HOW_WRITTEN.match(passage.text, claim.end) if claim.kind == "handle" else None
        yield replace(claim, end=how.end()) if how else claim


def _claims(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if _DOTTED.search(text) or " dot " in text:
        yield from _addresses(text)
    if "@" in text:
        for match in _HANDLE.finditer(text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "handle", 0.9, _IS_HANDLE)
    if passage.kind == "speech" and ("_" in text or "#" in text):
        for match in _MARKED.finditer(text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "handle", 0.75, _IS_HANDLE)
    forms = word_forms(text)
    if "$" in text or "dollar" in forms:
        for match in _CASH_NAME.finditer(text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "handle", 0.7, _IS_HANDLE)
    if "underscore" in forms or ("dot" in forms and forms & _NETWORKS):
        for match in _SAID_HANDLE.finditer(text):
            # "at jay underscore fox": the sign that handles begin with, as it is said.
            at = (
                match.start() - 3 if text[max(0, match.start() - 3) : match.start()].lower() == "at " else match.start()
            )
            is_marked = "underscore" in match[0].lower()
            confidence, start = (0.9, at) if is_marked else (0.6, match.start())
            yield Claim(start, match.end(), Category.CONTACT, "handle", confidence, _IS_NAMED)
    if forms & _NETWORKS:
        yield from _names(text)
        for match in _WAS_ON.finditer(text):
            if match["name"].split()[0].lower() not in _NOT_NAMES | STOP:
                yield Claim(*match.span("name"), Category.CONTACT, "handle", 0.5, _IS_NAMED)
        for match in () if passage.is_lower else _WENT_BY.finditer(text):
            if match["name"] not in english_words():
                yield Claim(*match.span("name"), Category.CONTACT, "handle", 0.6, _IS_NAMED)
        for match in _SAID_AT.finditer(text):
            if match["handle"].lower() not in english_words():
                yield Claim(match.start(), match.end("handle"), Category.CONTACT, "handle", 0.7, _IS_NAMED)
    if forms & _LEADING:
        yield from _long_names(passage)
    if "line" in forms and not passage.is_lower:
        for match in _DEAL_LINE.finditer(text):
            if match["name"].lower() not in _OTHER_LINES | STOP:
                yield Claim(match.start("name"), match.end(), Category.CONTACT, "deal_line", 0.5, _IS_DEAL_LINE)


def _long_names(passage: Passage) -> Iterator[Claim]:
    """Names behind words that announce one, of up to four words: in capitals, or up to a word that is no name."""
    words = words_of(passage.text)
    for match in _LEADS.finditer(passage.text):
        inside = words_inside(words, match.start("name"), len(passage.text))
        first = stop = inside.start
        while stop < min(first + 4, len(words)) and (
            stop == first or joins(passage.text, words[stop - 1], words[stop])
        ):
            word = words[stop]
            is_article = stop == first and word.low == "the"
            is_name = (passage.is_lower and word.low not in STOP) or word.is_capital or _is_made_up(word.text)
            is_number = word.low in _NUMBERS and stop > first
            is_lone = stop == first and _is_word_alone(passage.text, words, stop)
            if word.low in _NOT_NAMES or word.low == "i" or not (is_article or is_number or is_lone or is_name):
                break
            stop += 1
        if stop > first and words[stop - 1].low != "the":
            said = _SAID_HANDLE.match(passage.text, words[first].start)  # "saved as jay dot topup dot tn nine"
            end = max(words[stop - 1].end, said.end() if said else 0)
            yield Claim(words[first].start, end, Category.CONTACT, "handle", 0.55, _IS_NAMED)


def _is_word_alone(text: str, words: tuple[Word, ...], at: int) -> bool:
    """ "her handle is jaydeexo": one word that is no English, up to a comma or the end."""
    low = words[at].low
    return low not in STOP and low not in english_words() and not text[words[at].end : words[at].end + 1].isalnum()


def _addresses(text: str) -> Iterator[Claim]:
    links = [match.span() for match in _LINK.finditer(text)]
    hosts = [match.span() for pattern in (_HOST, _SAID) for match in pattern.finditer(text)]
    apart = [(start, end) for start, end in hosts if not any(first <= start < last for first, last in links)]
    for start, end in (*links, *apart):
        yield Claim(start, end, Category.CONTACT, "url", 0.9, _IS_LINK)


def _names(text: str) -> Iterator[Claim]:
    for pattern in (_NAME_ON, _NAME_IS):
        for match in pattern.finditer(text):
            if _is_made_up(match["name"]):
                yield Claim(*match.span("name"), Category.CONTACT, "handle", 0.7, _IS_NAMED)
    for match in _CALLED.finditer(text):
        if match["name"].lower() in _NOT_NAMES or _LEADS.match(text, match.start()):
            continue
        if not _is_made_up(match["name"]) and match["name"].lower() not in STOP:
            yield Claim(*match.span("name"), Category.CONTACT, "handle", 0.5, _IS_NAMED)


def _is_made_up(name: str) -> bool:
    """A handle shows a digit, an underscore or a dot inside: an ordinary word before "on insta" does not."""
    return any(character.isdigit() or character in "_." for character in name) and name.lower() not in STOP
