"""Web addresses, handles and names on social media, meeting links."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import STOP, word_set
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

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
    "They met on Instagram and then on Snapchat.",
    "she was on insta all night and her snap was full",
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
# "his snap is jaydee2k", "the username skinny.jay7", "Snapchat name: big_jay"
_NAME_IS = caseless(
    rf"\b(?:{_NETWORK}|user\s?name|handle|gamer\s?tag|tag|screen name|profile|account)"
    rf"(?:\s+(?:name|handle|account|user\s?name|id))?(?:\s+(?:is|was|called|as|it's)|:|'s|,)?\s+{_NAME}(?![\w@])",
)

# "his snap name was jaydee", "under the username jaydee": said to be a name, so any word may be one.
_CALLED = caseless(
    rf"\b(?:{_NETWORK}\s+(?:user\s?)?name|user\s?name|handle|gamer\s?tag|screen name)\s+"
    rf"(?:(?:is|was|called)\s+)?{_NAME}",
)

# Any address has a dot, a colon or a slash inside: "northfield.example".
_DOTTED = re.compile(r"\w\.\w|://")
_NETWORKS = word_set(
    "insta instagram snap snapchat tik tiktok face facebook twitter telegram whats whatsapp discord kik wickr signal "
    "x xbox playstation psn roblox fortnite only onlyfans bebo messenger youtube twitch hoop wink yubo username user "
    "handle gamertag gamer tag screen profile account"
)

_IS_LINK = "a web address"
_IS_HANDLE = "a handle on social media"
_IS_NAMED = "a name on a social network, which the talk names beside it"
_TRIGGERS = _NETWORKS | {".", ":", "@", "dot"}


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("web", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if _DOTTED.search(text) or " dot " in text:
        yield from _addresses(text)
    if "@" in text:
        for match in _HANDLE.finditer(text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "handle", 0.9, _IS_HANDLE)
    if word_forms(text) & _NETWORKS:
        yield from _names(text)


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
        if not _is_made_up(match["name"]) and match["name"].lower() not in STOP:
            yield Claim(*match.span("name"), Category.CONTACT, "handle", 0.5, _IS_NAMED)


def _is_made_up(name: str) -> bool:
    """A handle shows a digit, an underscore or a dot inside: an ordinary word before "on insta" does not."""
    return any(character.isdigit() or character in "_." for character in name) and name.lower() not in STOP
