"""What capitals name in the middle of a sentence: "at the Orchard", "I run Mind the Step", "the Sunrise lot"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.function_words import FUNCTIONS, INSTRUMENTS, METHOD_BEHIND
from deid.detect.job_words import TITLE_ENDS
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ORIGINS
from deid.detect.vocabulary import COUNTRIES, MONTHS, MONTHS_SHORT, PLAIN, STOP, TITLES, WEEKDAYS, word_set
from deid.detect.words import opens_sentence
from deid.detect.written import is_written_prose
from deid.fold import fold
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "We share a nurse with the ⟦Orchards⟧.",
    "I run ⟦Mind the Step⟧, it's a charity.",
    "I would bring back ⟦You're Not Lost⟧, the group that we ran.",
    "He was found by the ⟦Slipway⟧, and she's at the ⟦Willows⟧ now.",
    "There's us, and there's ⟦Number Nine⟧, that's a solo.",
    "the ⟦de Marney⟧ have been generous",
    "So ⟦Sundial⟧ was outreach? And then ⟦Sundial⟧ closed. The ⟦Sundial⟧ ran it.",
    "The ‹PERSON|⟦Ark⟧› is a church, but the ‹PERSON|⟦Ark⟧› on a Friday is loud. The ‹PERSON|Quarringtons› said so.",
    "So Housing said no and Probation were late.",
    "We went to the Council, the Police and the Head, on the Monday.",
    "The Government and the Home Secretary wrote the Children Act.",
    "I said to the Chair, and the DSL, and the Mr.",
    "He had an iPhone and a Year Nine timetable, the Key Stage ones.",
    "the Somali lads and the French teacher",
    "‹PERSON|Sarah Doe› rang. I told ‹PERSON|Tom Roe›.",
    "and he ran ⟦‹PERSON|Jack› Point Tyres⟧, on the road",
    "The Orchards. Mind the Step. What Happened Next?",
    "WE SHARE A NURSE WITH THE ORCHARDS.",
    "she was at the orchards then",
    "I rang him, and Mrs Quarrington, and DC Fennimore.",
    "We read the Inquiry's Terms of Reference, for March and April, in the Note on Scope.",
    "He wrote of the Safe Tern model, the Policing Board and a Quality Summit.",
    "We got a Dispersal Order and did the Brightwater Assessment with her.",
    "The claim was brought under the Articles of Association, and the Registry of the Upper Bench served it on the "
    "Respondent Company within the Agreed Period, together with the Bundle.",
)

# "the Orchard", "the de Marney", "the Swan and Anchor": capitals behind an article in the middle of a sentence.
_BEHIND_THE = re.compile(
    r"\b(?:the|The(?= (?:d[ei] )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2} [a-z])) (?P<name>(?:d[ei] |van |"
    r"St\.? )?[A-Z][a-z][\w’'-]*(?:(?: and| of| the| &)? [A-Z][a-z][\w’'-]*){0,3})"
)
# "Mind the Step", "You're Not Lost", "Second Tide": two words or more that begin with a capital, small ones between.
# Behind a word of belonging only: "we use Signs of Safety" is a way of working.
_LEADS = (
    r"at|from|with|by|for|run|runs|ran|running|joined?|founded|started|set up|back|called|to|via|through|and|or|is|was|"
    r"near|behind|outside|manage[sd]?|lead|led|covers?|(?:there|it|that)['’]s"
)
_RUN = re.compile(
    rf"\b(?:{_LEADS}),? "
    r"(?P<name>[A-Z][a-z][\w’'-]*(?:(?: and| of| the| for| in| to| &){0,2} [A-Z][a-z][\w’'-]*){1,4})"
)
# "So Sundial was outreach?", "and then Sundial closed": a capital inside a sentence, before what bodies do.
_ALONE = re.compile(
    r"(?<=[A-Za-z,] )(?P<name>[A-Z][a-z]{3,})(?= (?:was|is|ran|runs|had|has|have|did|does|do|closed|shut|rang|"
    r"picked|took|said|"
    r"were|are|offers?|offered|came|gave|lost|won['’]?t|wouldn['’]?t|couldn['’]?t|didn['’]?t|don['’]?t)\b)"
)
_WORD = re.compile(r"[^\W\d_]+")
_METHOD = re.compile(METHOD_BEHIND)
# "the Inquiry's Every Story Matters": who has it is none of the name.
_OWNER = re.compile(r"(?P<word>[A-Z]\w+)['’]s\s(?=[A-Z])")

# Kinds of body, office, paper and screen that people write with a capital and mean as a kind.
_KINDS = word_set(
    """
    insurance universal credit income support pupil premium allowance benefit
    act acts bill report guidance framework model toolkit strategy protocol form plan order code standards
    convention agreement programme scheme policy pathway day week month term half christmas easter ramadan eid
    diwali bible quran koran torah council police head heads chair board panel trust court courts school
    schools academy force unit team service services department office directorate ministry partnership
    committee commission commissioner government state parliament lords commons treasury cabinet minister
    secretary home prime foreign queen king prince princess crown church mosque president chamber registrar
    assembly senate applicant respondent claimant defendant judge inspectorate authority authorities region
    county district borough city town village north south east west english british welsh scottish irish
    european internet web sun guardian mirror times mail express telegraph net dark facebook instagram
    snapchat whatsapp tiktok youtube google netflix playstation xbox teams zoom uber iphone android microsoft
    year key stage level section grade band article rule gp gps national international general constitution
    inquiry inquest hearing adjournment participant participants reference counsel covid section sections rules
    housing probation licensing legal estates governors ofsted childline parliament
    union ministry foreign affairs industries industry stakeholder stakeholders executive
    terms scope note issues bundle exhibit statement statements group module officers ministers commissioners
    advisers
    regional federal supreme high appeal human rights child children young family social care health education
    nan nana mum dad gran grandad ok lol part chapter annex appendix schedule table figure
    """
)
# What these end is a paper, an instrument or a way of working, and no body: a Dispersal Order, a Risk Assessment.
_PAPERS = word_set(
    """
    act bill convention code report guidance regulations rules day war policy protocol framework order orders notice
    notices assessment assessments conference conferences interview interviews interviewing questionnaire tracker
    toolkit theory model models therapy checklist template law laws inquiry report reports review duty
    scale scales inventory
    """
)
_CALENDAR = frozenset((*WEEKDAYS, *MONTHS, *MONTHS_SHORT))
_NEVER = _KINDS | FUNCTIONS | PLAIN | STOP | TITLES | TITLE_ENDS | ORIGINS | FAITHS | _CALENDAR
_SMALL = frozenset({"I", "The", "At", "From", "And", "Then", "With", "So", "But", "When", "If", "Because", "Now", "Is"})
_A_PERSON = frozenset({"PERSON", "GIVEN_NAME", "SURNAME"})
_TO_A_PLACE = re.compile(r"\b(?:in|on|by|near|down|round|up|across|along|behind|outside|over|past)\s(?:the\s)?$")

_WHY = "capitals in the middle of a sentence, where no other rule knows what they name"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("capital_names", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function; what the region pack lists is left to its own recognisers."""
    phrases, lists = lexicon(region), name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if passage.is_lower or passage.is_upper or passage.kind == "speaker":
            return
        text = passage.text
        names = [match.span("name") for pattern in (_BEHIND_THE, _RUN) for match in pattern.finditer(text)]
        alone = [m.span("name") for m in _ALONE.finditer(text) if not lists.is_listed(m["name"].lower())]
        names += [(start, end) for start, end in alone if all(stop < start or end < first for first, stop in names)]
        if not names or is_written_prose(text):
            return
        taken = [(hit.start, hit.end) for hit in phrases.read(text) if not hit.phrase.needs_cue]
        people = [(span.start, span.end) for span in passage.spans if span.label in _A_PERSON]
        for start, end in sorted(set(names)):
            owner = _OWNER.match(text, start, end)
            start = owner.end() if owner and fold(owner["word"]) in _KINDS else start
            end -= 2 if text[start:end].endswith(("'s", "’s")) and " " in text[start:end] else 0
            others = taken + [one for one in people if not _is_misread(text, start, end, one)]
            if _METHOD.match(text, end):
                continue
            if _is_a_name(text, start, end) and not any(first < end and start < stop for first, stop in others):
                is_place = _TO_A_PLACE.search(text, max(0, start - 14), start)
                category = Category.PLACE if is_place else Category.AGENCY
                yield Claim(start, end, category, "landmark" if is_place else "body", 0.45, _WHY)

    return find


def _is_misread(text: str, start: int, end: int, person: tuple[int, int]) -> bool:
    """Whether a model takes for a person what is none: "Jack" in "Jack Point Tyres", or the Ark, an English word."""
    opening = text[start:end].split()
    if person == (start, end) and text[:start].lower().endswith("the ") and fold(opening[0]) in english_words():
        return len(opening) == 1
    return len(opening) > 2 and person == (start, start + len(opening[0]))


def _is_a_name(text: str, start: int, end: int) -> bool:
    led_by = text[max(0, start - 30) : start].split()[-1:]
    if opens_sentence(text, start) or (led_by and led_by[0][0].isupper() and led_by[0] not in _SMALL):
        return False  # "What Happened Next" is written like a title
    words = [fold(word) for word in _WORD.findall(text[start:end]) if len(word) > 1]
    if (
        fold(text[start:end]) in COUNTRIES
        or not words
        or words[-1] in _PAPERS | INSTRUMENTS | TITLE_ENDS
        or words[0] in TITLES
    ):
        return False
    if all(word in _CALENDAR or word == "and" for word in words):  # "March and April"
        return False
    if len(words) > 2 and words[0] not in _KINDS | TITLES:  # "You're Not Lost" is made of small words alone
        return True
    return any(word not in _NEVER and word not in COUNTRIES for word in words)
