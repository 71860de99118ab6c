"""Local case reviews and the names that they give children: "Child Teasel", "the Teasel review", "LCSPR Teasel"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import PLAIN, STOP, word_set
from deid.model import Category
from deid.region import Region, common_words

EXAMPLES = (
    "It was in the ⟦Teasel review⟧, all of it, and in the ⟦Tallow learning review⟧.",
    "⟦Child Teasel⟧, you'll have read it.",
    "the serious case review on ⟦Child K⟧ said so, and ⟦Baby T⟧ before it",
    "We did the ⟦Teasel SCR⟧ and then the ⟦Family B⟧ one.",
    "I read ⟦LCSPR Teasel⟧ twice.",
    "the review into ⟦Young Person F⟧",
    "He's ⟦Adult M⟧ in it, ⟦Child A⟧ was his sister, ⟦Child S⟧ nobody. Child I saw once, Child A level.",
    "⟦Mother A⟧ and ⟦Sibling 2⟧ in the bundle, ⟦Child 1⟧ too. Mother I rang, Male 18-24, Child 10, child 2.",
    "it came up in the ⟦teasel review⟧ and nobody minded",
    "in the review ⟦child teasel⟧ there were nine agencies",
    "it went in the ⟦child teasel⟧ review and you can look it up ⟦child teasel⟧ it's all there",
    "the ⟦baby teasel⟧ review said so and the s c r the ⟦child j⟧ one",
    "a child actor in her review, the child asked and every child matters, the child passport was checked",
    "the review it was called ⟦sparrow⟧ and the s c r ⟦teasel⟧ the one about the coach, the scr process was called off",
    "The review was called ⟦Sparrow⟧. The review was called off.",
    "I gave evidence to the ⟦Teasel inquest⟧.",
    "{heading} ⟦Teasel Review⟧",
    "We had a case review and a peer review, then the annual review.",
    "Child Protection, Child Exploitation and Child Benefit.",
    "the child was in the review and the child protection review was late",
    "We served a Child Abduction Warning Notice, and then a Child Arrangements Order.",
    "The Children's Review. Child sexual exploitation. Child A level results.",
    "the last review said the same as the next review",
    "I'd need to review it, the learning review was long",
    "A rapid review, a thematic review, a national review, the Care Review.",
)

_REVIEW = (
    r"(?:(?:learning\s)?review|scr|lcspr|cspr|spr|inquest|inquiry|dhr|serious case review|safeguarding practice review|"
    r"domestic homicide review)"
)
# "the Teasel review": a word in capitals between an article and the review.
_NAMED_REVIEW = re.compile(rf"\b(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\s(?i:{_REVIEW})\b")
# the same where there are no capitals: "in the teasel review".
_LOWER_REVIEW = re.compile(rf"\bthe\s(?P<name>[a-z]{{3,}})\s(?:{_REVIEW})\b")
# "Child Teasel", "Baby T", "Young Person F", "Mother A", "Child 2".
_PSEUDONYM = re.compile(
    r"\b(?:(?:Child|Baby)\s(?P<name>[A-Z][a-z]{2,}|[A-Z]{1,2}\d?)"
    r"|(?:Family|Young Person|Young Man|Young Woman|Adult|Boy|Girl)\s(?P<letter>[A-Z]{1,2}\d?)"
    r"|(?:Mother|Father|Sibling|Male|Female|Victim|Suspect)\s(?P<one>[A-Z])"
    r"|(?:Child|Adult|Young Person|Sibling|Male|Female)\s(?P<figure>\d)(?![-–:.,/]\d))\b"
    # no Child Abduction Notice
    r"(?!\s(?!(?:Review|Report|Inquiry|Inquest|Case|Serious|Local|And|Had|Was|Is)\b)[A-Z][a-z])"
)
# "review into child teasel" in small letters: only right beside the word review.
_LOWER_PSEUDONYM = re.compile(
    rf"\b{_REVIEW}[,\s]+(?:(?:about|on|into|of|for|called|was|it|is|the|it's)\s){{0,3}}"
    r"(?P<whole>(?:child|baby|family)\s(?P<name>[a-z]+))\b"
)
# "look it up child teasel", "he was child j": without capitals, in a turn that speaks of reviews or reports.
_CHILD_IN_SMALL = re.compile(r"\b(?P<before>[a-z]+['’]?[a-z]*\s)?(?P<whole>(?:child|baby)\s(?P<name>[a-z]+))\b(?!['’])")
_SPELT_REVIEW = re.compile(rf"\b(?:{_REVIEW}|reviews|report|s c r|l c s p r|c s p r|published)\b")
_A_CHILD = word_set("a an any every each this that another one no our her his their my your per single")
_A_FORM = re.compile(r"(?:ed|ing|ly)$")
_PARTS_OF_SPEECH = re.compile(r"(?:ed|ing|ly|s|ive|al|ment|tion|ance|ence|ness|ity|ful|less|ish|able|ist|er|or)$")
# "the review was called Teasel", "the s c r teasel the one about": what a review is called.
_CALLED = re.compile(
    rf"\b(?i:{_REVIEW})(?:\s(?:it|that|one|they|we|was|is|were|had|got)){{0,3}}\s(?:called|named)\s"
    r"(?:it\s|them\s)?(?P<name>[A-Za-z]{4,})\b"
)
_SPELT_BEHIND = re.compile(r"\b(?:s c r|l c s p r|c s p r|lcspr|cspr|scr)\s(?P<name>[a-z]{4,})\b")
# "LCSPR Teasel", "SCR Teasel"
_BEHIND = re.compile(r"\b(?:LCSPR|CSPR|SCR|DHR)\s(?P<name>[A-Z][a-z]{2,}|[A-Z]\d?)\b")

# What a review is of when it is of nobody: these make no name of it.
_KINDS = word_set(
    "annual learning peer rapid thematic statutory serious independent national local case practice performance "
    "safeguarding internal external management desktop multi agency joint strategic homicide domestic child children "
    "childrens care cin lac iro plan placement pathway education health medical progress initial final first second "
    "third last next previous recent new old whole entire full same systematic literature evidence spending policy "
    "budget service judicial mortality death post incident critical mid six month monthly weekly file audit "
    "supervision appraisal probation tariff parole risk threat medication book film bad good public ofsted government "
    "home office adoption sexual abuse protection exploitation looked after coroner coroners"
)
_NO_CHILD = word_set(
    "protection exploitation benefit abuse sexual criminal support services service care death maintenance minder "
    "minding safeguarding centred focused in on line and or social poverty neglect trafficking centre team plan group "
    "court law tax room foster tree name history ties values first house time day doctor friendly"
)

_REVIEWED = "a name in front of the word review"
_CHILD = "the name that a review gives a child"
_TRIGGERS = word_set(
    "review scr lcspr cspr spr inquest inquiry dhr s c r child baby family young adult boy girl mother father sibling "
    "male female victim suspect"
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("reviews", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for match in _NAMED_REVIEW.finditer(text):
        if not passage.is_upper and (start := _name_start(match)) is not None:
            # "the ... Inquiry" is more often a national one, which the keep list may not know.
            confidence = 0.5 if match[0].lower().endswith("inquiry") else 0.8
            yield Claim(start, match.end(), Category.CASE, "review", confidence, _REVIEWED)
    for match in _PSEUDONYM.finditer(text):
        behind = text[match.end() : match.end() + 7].lower()
        if _is_name(match[match.lastgroup or 0], _NO_CHILD) and not behind.startswith((" level", "-level")):
            yield Claim(match.start(), match.end(), Category.CASE, "review", 0.75, _CHILD)
    for match in _BEHIND.finditer(text):
        yield Claim(match.start(), match.end(), Category.CASE, "review", 0.8, _REVIEWED)
    for match in (*_CALLED.finditer(text), *(_SPELT_BEHIND.finditer(text) if passage.is_lower else ())):
        is_written = match["name"][0].isupper() or (passage.is_lower and _is_given(match["name"]))
        if is_written and _is_name(match["name"], _KINDS):
            yield Claim(match.start("name"), match.end("name"), Category.CASE, "review", 0.55, _REVIEWED)
    if passage.is_lower:
        for match in _LOWER_REVIEW.finditer(text):
            if _is_name(match["name"], _KINDS) and match["name"] not in PLAIN:
                yield Claim(match.start("name"), match.end(), Category.CASE, "review", 0.5, _REVIEWED)
        for match in _LOWER_PSEUDONYM.finditer(text):
            if _is_name(match["name"], _NO_CHILD) and not _A_FORM.search(match["name"]):
                yield Claim(*match.span("whole"), Category.CASE, "review", 0.75, _CHILD)
        if _SPELT_REVIEW.search(text):
            for match in _CHILD_IN_SMALL.finditer(text):
                if (match["before"] or "").strip() not in _A_CHILD and _is_given(match["name"]):
                    yield Claim(*match.span("whole"), Category.CASE, "review", 0.55, _CHILD)


def _is_given(name: str) -> bool:
    """What a review may call a child: a letter, or a word for a thing, no everyday one and no form of a verb."""
    if not _is_name(name, _NO_CHILD | PLAIN | common_words()):
        return False
    return len(name) == 1 or not _PARTS_OF_SPEECH.search(name)


def _name_start(match: re.Match[str]) -> int | None:
    """Where the name begins; "The", "Our" in front of it are none of it."""
    words = [(part.group(), match.start() + part.start()) for part in re.finditer(r"[\w'’-]+", match["name"])]
    while words and words[0][0].lower() in STOP:
        words.pop(0)
    if not words or all(word.lower().replace("'", "").replace("’", "") in _KINDS for word, _ in words):
        return None
    return words[0][1]


def _is_name(name: str, kinds: frozenset[str]) -> bool:
    if len(name) == 1:
        return name not in "aiI"
    return name.lower() not in kinds and name.lower() not in STOP
