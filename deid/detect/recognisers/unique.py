"""What makes somebody the only one or the first: "the only woman on the team", "first woman to lead the squad"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.job_words import KINDS_OF_PEOPLE, TITLE_ENDS
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ONE_PERSON, ORIGINS
from deid.detect.vocabulary import DETERMINERS, STOP, TENS, UNITS, word_set
from deid.detect.words import Word, indexes_of, joins, word_forms, words_inside, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I was the ⟦only woman on the team⟧ then.",
    "He's the ⟦only survivor of a crash⟧ out there.",
    "She was the ⟦first woman to lead the squad⟧ when it began.",
    "My aunt, ⟦first Sikh driver at her depot⟧, would be proud.",
    "I'm the ⟦only Albanian social worker in the county⟧, you see.",
    "she was the ⟦youngest detective in the force⟧ at the time",
    "He was the ⟦longest-serving officer on the unit⟧.",
    "i'm the ⟦only male nurse in the service⟧ so they know",
    "He was the ⟦only boy in that class⟧.",
    "He's the ⟦first Muslim governor⟧ they've ever had, she's the ⟦only female DI⟧, yes.",
    "i'm the ⟦longest serving youth worker on the island⟧ thirty one years",
    "I was the ⟦first Romanian nurse to lead a clinic in the county⟧, so don't.",
    "I'm the ⟦only Irish speaker in the service⟧, so they all come to me.",
    "i'm the ⟦only one in my team who's ever done a joint interview⟧",
    "i'm the ⟦only school nurse for the whole of sheppey⟧ you know",
    "He was the ⟦first male worker they ever had at the refuge⟧.",
    "I'm the coast's ⟦only specialist foster carer⟧, one of only ⟦two Romanian-speaking officers in the force⟧.",
    "I'm the ⟦last one left from the original team⟧.",
    "She's the ⟦one who set up the drop-in⟧, and I'm the ⟦youngest by ten years⟧, he was the ⟦oldest on the unit⟧.",
    "You'd have to ask ⟦whoever runs missing at Gravesham⟧, or the ⟦woman who does licensing⟧.",
    "I'm the ⟦only one who speaks Romanian⟧, ask the ⟦lady that does the school run for the home⟧.",
    "I was the ⟦first one they'd ever had from a Traveller background⟧.",
    "They had the ⟦one signing officer in the county⟧, the one officer who cared, one worker in the team.",
    "Ask ⟦whoever took over⟧ from Kim.",
    "She's the one who rang, ask whoever is on duty, whoever did it, the man who runs off, the youngest in care.",
    "The only thing is, the only way to know is to ask.",
    "It was the first time, the first thing you see, the first meeting.",
    "Sorry, only me. There's only one. It's only a kid.",
    "At first people only talked about it. The first officer I met.",
    "He's not the only one, I know what it is to be the only one.",
    "The first police officer on scene rings it in, the first worker they meet stays.",
)

# Who can be the only or the first: nouns of one person, and what they may be called beside it.
_PEOPLE = ONE_PERSON | TITLE_ENDS | word_set(
    "survivor member detective pupil teacher gp dentist vicar imam resident tenant witness black asian person muslim "
    "councillor magistrate footballer constable graduate recruit apprentice speaker player"
)  # fmt: skip
_THEY_HAD = caseless(
    r"\s(?:they|we|you)(?:['’]ve|['’]d|\shave|\shad)?\s(?:ever\s)?(?:had|have|employed|hired|got|appointed)"
    r"(?:\s(?:at|in|on|for)\s(?:the|that|this)\s\w+)"
)
# "one of only two Romanian-speaking officers in the force", "the last one left from the original team"
_ONE_OF_FEW = caseless(
    r"\bone\sof\s(?:only|just)\s(?P<few>(?:two|three)\s(?:[\w-]+\s){0,3}?(?:officers|workers|nurses|women|men|"
    r"doctors|teachers|"
    r"managers|people|staff|governors|heads|drivers|carers|interpreters)(?:\s(?:in|on|at|for|with)\s(?:the\s)?[\w-]+)?)"
    r"|\bthe\s(?P<last>last\s(?:one|person|woman|man|worker|officer)\s(?:left|standing)"
    r"(?:\s(?:from|of|on|in)\s(?:the\s)?(?:original\s|old\s|first\s)?\w+)?)"
)
# "the one who set up the drop-in", "whoever runs missing at Swale", "the woman who does licensing": known by a task.
_TASK = (
    r"(?:(?:set|sets)\sup|sett?ing\sup|founded|started|runs?|ran|leads?|led|does|did|chairs?|chaired|manages|"
    r"managed|heads?\sup|headed\sup|"
    r"organises|organised|coordinates|oversees|looks\safter|looked\safter|covers|covered|designed|invented|"
    r"introduced|wrote|opened|took\sover|has|holds)"
)
_BY_TASK = caseless(
    rf"\b(?:whoever|the\s(?:one|person|woman|man|lady|bloke|guy|lass|chap|fella|girl|lad)\s(?:who|"
    rf"that))(?:['’]s)?\s(?:(?:now|actually|originally)\s)?{_TASK}\s(?=\w)",
)
_NO_TASK = word_set(
    "off away into up down back home over through out on in to at it that this them him her me us with what when harm "
    "badly so not most all nothing something anything everything everyone the's time sex drugs crime stuff fighting "
    "hoodie tattoo car"
)
# "the youngest by ten years", "the oldest on the unit"
_MOST = caseless(
    r"(?:['’](?:m|s)|\b(?:was|am|is|and|were))\s(?:the\s|easily\sthe\s|by\sfar\sthe\s)(?P<what>(?:youngest|oldest|"
    r"tallest|newest|longest[\s-](?:serving|standing)|"
    r"most\s(?:senior|experienced|junior))\s(?:by\s(?:about\s|over\s|at\sleast\s)?(?:an?\s|\w+\s)?(?:years?|"
    r"decades?|mile|long\sway|far)|"
    r"(?:in|on|at)\s(?:the|my|our|that|this|his|her)\s(?!(?:class|room|house|family|world|car)\b)\w+))\b",
    holds=("est", "most"),
)
_OF_PERSONS = word_set("female male black asian white gay lesbian trans deaf disabled woman")
_COUNTS = frozenset((*UNITS, *TENS))
_SINGLING = word_set("only first youngest oldest longest")
_TOLD_BY_TASK = word_set("whoever one person woman man lady bloke guy lass chap fella girl lad")
_MOST_WORDS = word_set("youngest oldest tallest newest longest most")
# "the first one they'd ever had from a Traveller background"
_EVER_HAD = caseless(
    r"\b(?:first|only)\s(?:one|person|man|woman|bloke|girl|lad)\s(?:they|we)(?:['’](?:d|ve)|\shad|\shave)?\s(?:ever\s)?"
    r"(?:had|employed|hired|appointed|taken\son)(?:\s(?:from|with|in|at|on|for)\s(?:an?|the)\s\w+(?:\sbackground|"
    r"\sfamily)?)?"
)
_SERVING = word_set("serving standing ever")
_WHERE = word_set("in of on at for")
# "I'm the only one in my team who's ever done that": the only one of a body, and what nobody else there has done.
_ONLY_ONE = re.compile(
    r"\bonly one (?:in|on|at|of) (?:the|my|our|this|that|a) \w+(?: (?!who|that|so|and|but)\w+)?"
    r"(?: who(?:['’]?s)?(?: \w+){2,5})?"
)
# "I'm the only one who speaks Romanian"
_ONLY_ONE_WHO = re.compile(
    r"\bonly one (?:here |there |left )?who(?:['’]s)? (?:speaks?|signs?|drives?|does|works|covers|trained|"
    r"qualified|knows how to|can) (?:the |a |in |as a |on )?\w+(?: \w{5,})?"
)
_WHO_IS = re.compile(r"(?:['’]?m|['’]s|\b(?:was|is|am))\s(?:the\s)?$")
_LINKS = word_set("on in at of to from with who ever for")

_WHY = "the only one or the first of a kind"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("unique", find, _SINGLING | _TOLD_BY_TASK | _MOST_WORDS | {"last"})


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    forms = word_forms(passage.text)
    if forms & {"one", "last"}:
        for match in _ONE_OF_FEW.finditer(passage.text):
            yield Claim(*match.span(match.lastgroup or 0), Category.TRAIT, "unique", 0.55, _WHY)
    for match in _EVER_HAD.finditer(passage.text) if forms & _SINGLING else ():
        if _WHO_IS.search(passage.text, max(0, match.start() - 10), match.start()):
            yield Claim(*match.span(), Category.TRAIT, "unique", 0.55, _WHY)
    for at in indexes_of(passage.text, _SINGLING | {"one"}):
        noun = _noun(passage.text, words, at)
        if words[at].low == "one" and not (noun and _is_the_one(words, at, noun=noun)):
            continue
        stop = _tail(passage.text, words, noun) if noun else None
        if noun and not stop:
            stop = _rest(passage.text, words, noun)
        if noun and not stop and _singles_out(words, at, noun=noun):
            stop = noun
        if noun and stop and not _is_everyday(words, at, noun=noun):
            confidence = 0.65 if words[at].low == "only" else 0.55
            yield Claim(words[at].start, words[stop - 1].end, Category.TRAIT, "unique", confidence, _WHY)
    for match in _BY_TASK.finditer(passage.text) if forms & _TOLD_BY_TASK else ():
        start = match.start() if match[0][0] in "wW" else match.start() + len("the ")
        if stop := _task_end(passage.text, words, match.end()):
            yield Claim(start, words[stop - 1].end, Category.TRAIT, "unique", 0.5, _WHY)
        elif match[0].rstrip().lower().endswith("over"):  # "whoever took over from Kim"
            yield Claim(start, match.end() - 1, Category.TRAIT, "unique", 0.5, _WHY)
    for match in _MOST.finditer(passage.text) if forms & _MOST_WORDS else ():
        yield Claim(*match.span("what"), Category.TRAIT, "unique", 0.5, _WHY)
    for match in (*_ONLY_ONE.finditer(passage.text), *_ONLY_ONE_WHO.finditer(passage.text)):
        if _WHO_IS.search(passage.text, max(0, match.start() - 10), match.start()):
            yield Claim(*match.span(), Category.TRAIT, "unique", 0.6, _WHY)


def _noun(text: str, words: tuple[Word, ...], at: int) -> int | None:
    """The word behind the person's noun, at most four words on: "only Albanian social worker" -> behind "worker"."""
    found = None
    for stop in range(at + 1, min(at + 5, len(words))):
        if not joins(text, words[stop - 1], words[stop]) or (
            words[stop].low in STOP and words[stop].low not in _SERVING
        ):
            break
        if words[stop].low in _PEOPLE:
            found = stop + 1
    return found


def _tail(text: str, words: tuple[Word, ...], noun: int) -> int | None:
    """ "on the team", "to lead the squad", "of a crash": without it a first or only person is anybody."""
    if noun >= len(words) or words[noun].low not in _LINKS or not joins(text, words[noun - 1], words[noun]):
        return None
    stop, content = noun + 1, 0
    while stop < len(words) and content < 4 and joins(text, words[stop - 1], words[stop]):
        low = words[stop].low
        goes_on = content and low in _WHERE and stop + 1 < len(words) and words[stop + 1].low in DETERMINERS
        is_whole = low == "whole" or words[stop - 1].low == "whole"
        is_run = low == "run" and words[stop - 1].low == "to"
        if low in _COUNTS or (low in STOP and low not in DETERMINERS and not (is_run or goes_on or is_whole)):
            break
        content += low not in DETERMINERS and not goes_on and low not in {"whole", "of"}
        stop += 1
    while words[stop - 1].low in DETERMINERS or words[stop - 1].low in _LINKS:
        stop -= 1
    return stop if content and stop > noun else None


def _task_end(text: str, words: tuple[Word, ...], start: int) -> int | None:
    """Up to five words of a task, to the first that begins something new; None where it is no task."""
    first = stop = end = words_inside(words, start, len(text)).start
    content = 0
    while stop < len(words) and content < 4 and (stop == first or joins(text, words[stop - 1], words[stop])):
        low = words[stop].low
        is_tied = bool(content) and text[words[stop - 1].end : words[stop].start] == "-"  # "drop-in"
        is_link = is_tied or low in DETERMINERS or (content and low in _LINKS - {"who", "ever"})
        is_run = content and low in ("run", "round")  # "the school run", "the milk round"
        if not is_link and not is_run and (low in STOP or (not content and low in _NO_TASK)):
            break
        content += not is_link
        stop += 1
        end = stop if is_tied or not (low in DETERMINERS or low in _LINKS) else end
    return end if content and words[first].low not in _NO_TASK else None


def _rest(text: str, words: tuple[Word, ...], noun: int) -> int | None:
    """ "they ever had at the refuge": a clause without "who" behind the noun."""
    clause = _THEY_HAD.match(text, words[noun - 1].end)
    return words_inside(words, words[noun - 1].end, clause.end()).stop if clause else None


def _is_the_one(words: tuple[Word, ...], at: int, *, noun: int) -> bool:
    """ "the one signing officer in the county": somewhere, and not "the one officer who cared"."""
    return at > 0 and words[at - 1].low == "the" and noun < len(words) and words[noun].low in _WHERE


def _singles_out(words: tuple[Word, ...], at: int, *, noun: int) -> bool:
    """ "the first Muslim governor", "the only female DI": a trait with a post needs nothing behind it."""
    inside = [word.low for word in words[at + 1 : noun]]
    is_told = any(low in ORIGINS or low in FAITHS or low in _OF_PERSONS for low in inside[:-1])
    is_a_place_s = (
        len(inside) > 1 and at > 0 and words[at - 1].low == "s"
    )  # "the county's only specialist foster carer"
    return is_a_place_s or (is_told and inside[-1] in TITLE_ENDS)


def _is_everyday(words: tuple[Word, ...], at: int, *, noun: int) -> bool:
    """ "the first officer on scene": a kind of person alone may be first every day."""
    inside = [word.low for word in words[at + 1 : noun]]
    is_kind = all(low in KINDS_OF_PEOPLE for low in inside)
    has_trait = any(low in ORIGINS or low in FAITHS for low in inside)
    return words[at].low == "first" and is_kind and not has_trait
