"""Job titles that single somebody out: the speaker's own, a named person's, or one that only one person holds."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.job_words import ANYBODYS_TITLES, NOT_ALONE, TITLE_ENDS
from deid.detect.jobs import Title, telling_words, titles_in
from deid.detect.noun_phrases import is_kind, phrase_end
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import STOP, WEEKDAYS, word_set
from deid.detect.words import Word, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "So I'm the ⟦designated nurse for looked after children⟧ here.",
    "I'm ⟦principal planning officer⟧ at the council.",
    "That's Rosa Doe, she's our ⟦attendance manager⟧.",
    "Kim Doe, my ⟦senior practitioner⟧, had it on a list.",
    "She's the ⟦head of the youth service⟧, one of the best.",
    "He was the ⟦chair of planning⟧ then.",
    "she's his ⟦yot mentor⟧ and she knew",
    "he's the ⟦street outreach worker⟧ for the coast",
    "The ⟦duty manager⟧ was Amir Doe.",
    "We had a ⟦rural officer⟧, Jem Doe, and he was brilliant.",
    "Sam was there as her ⟦independent reviewing officer⟧.",
    "He's the ⟦team manager on the asylum team⟧.",
    "It was the ⟦owner⟧, Imran Doe, who rang.",
    "I'm the ⟦DI⟧ on the unit, I'm ⟦deputy head and SENCO⟧ at the school.",
    "He was also a ⟦trustee at a boys' school⟧, so who does it?",
    "The ⟦service manager for adolescents⟧ was brilliant, I used to be the ⟦CSE champion⟧.",
    "It was the ⟦music teacher in the new block⟧, he went.",
    "That's Jo Doe, the ⟦ward clerk⟧, on the left.",
    "She was ⟦head of year nine⟧ at Quarry. She was a ⟦specialist nurse for looked after children⟧ before.",
    "As ⟦chair of the coast board⟧ I signed it, as ⟦head of safeguarding⟧ I had to.",
    "Quarry's ⟦lead member for children⟧ came, she's their ⟦deputy head⟧.",
    "They'd a ⟦school resource officer⟧, we had a ⟦rural crime coordinator⟧ for a year.",
    "The ⟦custody nurse⟧ that night was Kim, I'm a ⟦consultant midwife⟧.",
    "We had a social worker, they've got a good teacher, she had a manager.",
    "The chair of the strategy meeting was new, it's an agency worker every month.",
    "My sister lives there and it's all in my head, Kim's head is full.",
    "She's a ⟦teaching assistant⟧ at Quarry Primary, Amir was the ⟦missing persons coordinator⟧ then.",
    "There's only one ⟦CSE coordinator for the coast⟧ and that's me.",
    "Kim, Kimmy to us, was the ⟦school nurse⟧ at Quarry Academy.",
    "The landlady, Pauline, rang. I've a supervisor, Kim.",
    "He was the best student social worker I ever had.",
    "{heading} Participant: Kim Doe, ⟦Team Manager⟧",
    "It went to the ⟦on-call superintendent⟧ and then to the ⟦acting head of service⟧.",
    "A social worker rang, then a police officer came with a teacher.",
    "Her social worker is on leave, my teacher was nice, our nurse left.",
    "The custody sergeant saw a dealer, the health visitor saw a child.",
    "I'm a social worker and he's a police officer.",
    "The Secretary of State, the Children's Commissioner and the Chief Medical Officer.",
    "You need a manager who listens, a lead for everything, an officer on the beat.",
    "I don't want to knock social workers, managers or practitioners.",
    "we get youth workers and support workers in",
    "I'm a ⟦PC on the exploitation team⟧, she's the ⟦PCSO for the harbour⟧.",
    "Interview with Kim Doe, ⟦missing and exploitation constable⟧, on Monday.",
    "The ⟦Reg 44 visitor⟧, Kim Doe, wrote to the ⟦mayor of Pelham⟧, he was the ⟦chief executive of the trust⟧.",
    "Next door's the old ⟦mayor of Pelham⟧, and I won't name her.",
    "Kim Doe, our ⟦head⟧, said so.",
    "It went to Kim Doe, who was the ⟦duty senior⟧ that week. Ask Kim, who is the best friend I had.",
    "talk to ‹PERSON|kim doe› who's the ⟦missing persons analyst⟧ and that's our ⟦head⟧ ‹PERSON|rosa doe›",
    "Amir the ⟦ward clerk⟧ let her in, the ⟦custody lead⟧, a man called Kim, wept.",
    "She was acting up as ⟦head of service⟧.",
    "I'm a ⟦partner and head of the family department⟧ there, she's the ⟦lead for the looked-after children pathway⟧.",
    "The ⟦head of year⟧ there, Kim Doe, rang, and the ⟦manager⟧, Kim Doe, wept.",
    "A PC came, PC Doe, and she's a PCSO. The vicar rang the mayor.",
    "The ⟦LADO⟧ on that occasion was Kim Doe. Our ⟦SENCO⟧ might come. That was Mrs Doe. Kim, their ⟦ISVA⟧, came too.",
    "I rang his ⟦mentor⟧, Kim Doe, and the ⟦manager⟧, Kim. His social worker, Kim Doe, came. The manager came.",
    "You were a ⟦senior practitioner⟧ then, and you're the ⟦designated nurse for looked after children⟧ now?",
    "When you're a senior practitioner you know, and you were a social worker once.",
    "In May you became the ⟦head teacher⟧, is that right?",
    "{field} Post: ⟦team manager⟧, First Response",
    "{heading} Interview four. Role: ⟦Social worker⟧. Length: 54 minutes",
    "{field} Current role: ⟦youth worker, exploitation⟧",
    "{heading} Role: interviewer. Position: 3. My role: I told you.",
)

# What leads to a job title, in the text right before it, and how sure that makes it.
_AGAIN = r"(?:\s(?:now|still|currently|actually|basically|like|um|also|then|only|just))*"
_SELF = caseless(
    r"\b(?:i['’]?m|i am|i was|i['’]?ve been|i work(?:ed)? as|i became|"
    r"i used to be|i['’]ve worked as|my (?:role|job|title|post)(?:['’]s| is| was)?)"
    rf"{_AGAIN}\s(?P<article>the |a |an |our |their )?$",
)
_THEY_ARE = caseless(
    rf"\b(?:he|she|who|they)(?:['’]s|['’]re|['’]d been| is| was| were| became| had been){_AGAIN}"
    r"\s(?P<article>the |our |my |a |an |his |her |their )?$",
)
# "You were a", "did you become", "and you're the": of whoever is asked. "You're a social worker, you ..." is anybody.
_YOU_WERE = caseless(
    r"\b(?:you(?:['’](?:d|ve) been| were| became|['’]ve become)|(?:were|did) you(?: become)?(?:,? and are you)?)"
    rf"{_AGAIN}\s(?P<article>the |our |their |an? )?$",
)
_YOU_ARE = caseless(rf"\b(?:you(?:['’]re| are)|are you){_AGAIN}\s(?P<article>the |our |their )$")
_IT_WAS = caseless(r"\b(?:it|that)(?: was|['’]s| were)\s(?:the|our|my|his|her|their)\s$")
# "the on-call superintendent", "the acting head": who holds a post at that time; the hyphen parts the title's words.
_HOLDING = re.compile(
    r"\bthe\s(?P<how>(?:on-call|out-of-hours|acting|interim|temporary|newly-appointed)\s)$", re.IGNORECASE
)
_HOLDS = word_set("acting interim temporary")
# "As chair of the panel I signed it"
_ACTING_AS = re.compile(
    r"\b(?:acting(?:\sup)?|seconded|standing in|stood in|appointed|promoted|retired)\s(?:as|to)\s(?:the\s|our\s)?$"
)
_AS = re.compile(r"(?:^|[.,;]\s|\b(?:but|and|so|that)\s)[Aa]s\s(?:the\s)?$")
_I_BEHIND = re.compile(r",?\sI\b|,?\si\s")
# "the chair of the strategy meeting": whoever takes it that day.
_OF_A_MEETING = caseless(r"\b(?:meetings?|conferences?|core group|panels?)$")
# "They'd a school resource officer": one of theirs, whom everybody there knows.
_HAD_ONE = caseless(
    r"\b(?:they|we)(?:['’](?:ve|d)|\shad|\shave|\sdid have)(?:\sgot)?\s(?:a|an|one|our own|"
    r"their own)\s(?:new\s|lovely\s|brilliant\s|good\s)?$"
)
_OWNED = caseless(
    r"(?:\b(?:my|our|her|his|their)|(?<!children)(?<!people)(?<!women)(?<!men)(?<!kids)['’]s)\s$",
)
_THE = caseless(r"\bthe\s$")
# "Kim Doe, my", "Kim Doe - the", "Participant: Kim Doe,": a name in capitals right before the title.
_NAME_BEFORE = re.compile(
    r"(?P<name>[A-Z][\w'’-]+)(?:(?:,|\s[-–—]|\s\()\s?(?:(?:the|our|my|a|an|his|her|their|who['’]s)\s){0,2}|"
    r"\s(?:the|our|my|their)\s)$"
)
_RANK_AND_NAME = r"(?:(?:PC|DC|DS|DI|Dr|Mr|Mrs|Ms|Miss|Sister)\s)?(?P<name>[A-Z][a-zà-ÿ][\w'’-]*)"
# ", Jem Doe", " was Yusuf", " is called Sam", " there, Jem": a name in capitals right behind it.
_NAME_BEHIND = re.compile(
    r"(?:\s(?:there|here))?(?:,\s|\s)(?:(?:at the time|then|that (?:night|day|time)|on duty|"
    r"on (?:that|this) (?:occasion|day|case|one))\s)?"
    r"(?:(?:is|was|called|named|is called|was called|(?:was\s)?an?\s(?:man|woman|lad|lady|lass|bloke|guy|chap|girl)\s"
    r"(?:called|named)|was an?)\s)?" + _RANK_AND_NAME
)
# "our schools officer might come. That was PC Kim Doe": told in the next breath.
_NAME_NEXT = re.compile(r"[^.!?]{0,24}\.\s(?:That|This)(?:\swas|['’]s)\s" + _RANK_AND_NAME)
# " at Quarry Academy", " in Medway", " on the Adolescent Team".
_PLACE_BEHIND = re.compile(r"\s(?:at|in|for|on|from)\s(?:the\s)?[A-Z]")
# " at Quarry Academy": behind a kind of worker it says which one.
_AT_BEHIND = re.compile(r"\sat\s(?:the\s)?[A-Z]")
# "There's only one", "we've just the one": whoever holds the post is known by it.
_ONLY_ONE = caseless(r"\b(?:only|just)\s(?:the\s)?one\s$")
# "Kasia was the", "Sister Joan, I think, was our": a name in capitals is the subject.
_SOMEBODY_WAS = re.compile(
    r"\b[A-Z][a-zà-ÿ'’-]+(?:,[^.!?,]{1,30},)?(?:['’]s|\s(?:was|is|became))\s(?:the|our|my|an?)\s$"
)
# "Kim Doe, our head": a word that alone says nothing, beside a full name.
_HEAD_OF_NAME = re.compile(
    r"\b[A-Z][a-zà-ÿ]+\s[A-Z][\w'’-]+,\s(?:(?:he|she)['’]s\s|(?:he|she)\sis\s)?(?:our|my|their)\s(?P<title>head|"
    r"deputy|chair)"
    r"(?=[.,;:!?])"
)
# "Kim Doe, who was the duty senior": what a clause says that a named person is.
_WHO_IS_THE = re.compile(
    r"\b[A-Z][a-zà-ÿ'’-]+(?:\s[a-z]+){0,2},?\swho(?:['’]s|\s(?:was|is))\s(?:the|our|their)\s(?=[a-z])"
)
_WHO_LOWER = re.compile(r"\bwho(?:['’]s|\s(?:was|is))\s(?:the|our|their)\s(?=[a-z])")
# "that's our head kim doe"
_HEAD_LOWER = re.compile(r"\b(?:our|my|their)\s(?P<title>head|deputy|chair|manager|boss)\b")
# "the manager, Kim Doe": a bare word says who holds a post where a full name follows.
_FULL_NAME = re.compile(r",\s[A-Z][a-zà-ÿ]+\s[A-Z][a-z]")
# "a partner and head of the department": a second office in front of the first.
_AND_BEFORE = re.compile(r"(?<=\s)[a-z]+\sand\s$")
# "next door's the old mayor of Pelham": what stands between an article and a title says nothing of either.
_PRAISED = re.compile(r"(?<=\bthe )(?:(?:old|new|good|young|former|previous|current|nice|lovely|great)\s)+$")
# "Post: team manager": what a heading says of who takes part, whatever post it is; but "Role: interviewer".
_LABELLED = re.compile(
    r"(?:^|[.;]\s|\n)(?:(?:Participant(?:['’]s)?|Current|Professional)\s)?(?:[Pp]ost|[Rr]ole|Job(?:\stitle)?|Occupation|"
    r"Profession|[Pp]osition)(?:\sheld)?\s?:\s*(?!(?i:interview|participant|respondent|research|observ|facilitator|"
    r"moderator|transcriber|note))(?P<post>[A-Za-z][^\n,;.:()|\d]{2,60}(?:,\s[a-z][a-z\s-]{2,30}(?=$|[\n,;.|]))?)"
)
_OWN = "the speaker's own job"
_ASKED = "the job of whoever is asked"
_SOMEBODYS = "a job title that the talk ties to one person"
_NAMED = "a job title beside a name"
_SINGLE = "a job that only one person holds"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("roles", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's job titles and titles built like them."""
    phrases = lexicon(region)
    telling = telling_words(region.roles)

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        for title in titles_in(passage, words, phrases, region.roles, telling):
            confidence, why = _judge(passage, words, title)
            if confidence:
                start = words[title.first].start
                held = _HOLDING.search(passage.text, max(0, start - 24), start)
                start = held.start("how") if held else start
                if title.has_field and (other := _AND_BEFORE.search(passage.text, max(0, start - 24), start)):
                    start = other.start()
                yield Claim(start, title.end, Category.ROLE, title.sector, confidence, why)
        for match in _LABELLED.finditer(passage.text) if passage.kind != "speech" else ():
            yield Claim(*match.span("post"), Category.ROLE, "job", 0.75, _OWN)
        for match in _HEAD_LOWER.finditer(passage.text) if passage.is_lower else ():
            if _leads_to_a_name(passage, "the ", match.end()):
                yield Claim(*match.span("title"), Category.ROLE, "job", 0.55, _NAMED)
        who_is = _WHO_LOWER if passage.is_lower else _WHO_IS_THE
        for match in who_is.finditer(passage.text) if "who" in passage.text else ():
            if passage.is_lower and not _is_behind_a_name(passage, match.start()):
                continue
            end = phrase_end(passage.text, match.end())
            if end and is_kind(passage.text, match.end(), end):
                yield Claim(match.end(), end, Category.ROLE, "job", 0.5, _NAMED)
        for match in _HEAD_OF_NAME.finditer(passage.text):
            yield Claim(*match.span("title"), Category.ROLE, "job", 0.55, _NAMED)

    return find


def _judge(passage: Passage, words: tuple[Word, ...], title: Title) -> tuple[float, str]:
    start, end = words[title.first].start, words[title.stop - 1].end
    before, behind = _PRAISED.sub("", passage.text[max(0, start - 60) : start]), passage.text[end : end + 60]
    is_bare_word = title.stop - title.first == 1 and title.end == end
    if _is_beside_a_name(passage, before, behind, start=start) or _leads_to_a_name(passage, before, end):
        is_anybodys = (
            is_bare_word
            and words[title.first].low in ANYBODYS_TITLES
            and not (_FULL_NAME.match(behind) and (_THE.search(before) or _OWNED.search(before)))
        )
        return (0.0, "") if is_anybodys else (0.7, _NAMED)
    if _ONLY_ONE.search(before):
        return 0.65, _SINGLE
    led = _AND_BEFORE.sub("", before) if before.endswith(" and ") else before
    own, theirs = _SELF.search(led), _THEY_ARE.search(led)
    if told := own or theirs:
        why = _OWN if own else _SOMEBODYS
        return _judge_told(title, article=told["article"] or "", why=why, is_there=bool(_AT_BEHIND.match(behind)))
    if asked := _YOU_WERE.search(led) or (not title.is_kind and _YOU_ARE.search(led)):
        return _judge_told(title, article=asked["article"] or "", why=_ASKED, is_there=bool(_AT_BEHIND.match(behind)))
    if _AS.search(before) and _I_BEHIND.match(passage.text, title.end) and (title.has_field or not title.is_kind):
        return 0.65, _OWN
    if _ACTING_AS.search(before) and not title.is_kind:
        return 0.55, _SOMEBODYS
    is_several_words = title.stop - title.first > 1
    if is_several_words and _AT_BEHIND.match(behind) and _SOMEBODY_WAS.search(before):
        return 0.55, _SOMEBODYS
    if _HOLDING.search(before) or (words[title.first].low in _HOLDS and _THE.search(before)):
        return 0.5, _SINGLE
    if title.is_kind or (is_bare_word and words[title.first].low in NOT_ALONE):
        return 0.0, ""
    if is_several_words and _HAD_ONE.search(before):
        return 0.5, _SOMEBODYS
    if _OWNED.search(before):
        return 0.65, _SOMEBODYS
    if is_several_words and _SOMEBODY_WAS.search(before):
        return 0.55, _SOMEBODYS
    if _IT_WAS.search(before) and is_several_words:
        return 0.5, _SOMEBODYS
    if _THE.search(before) and not _OF_A_MEETING.search(passage.text, words[title.first].start, title.end):
        return _judge_the_one(title, behind)
    return (0.5, _SINGLE) if title.is_single and passage.kind != "speech" else (0.0, "")


def _judge_told(title: Title, *, article: str, why: str, is_there: bool) -> tuple[float, str]:
    """ "I'm the ...", "she's a ...": a kind of person counts as *the* one, or where the talk says at which body."""
    is_any = article in {"a ", "an "}
    if title.is_kind and (is_any or not article) and not (is_there and title.stop - title.first > 1):
        return 0.0, ""
    return (0.55 if is_any else 0.75), why


def _judge_the_one(title: Title, behind: str) -> tuple[float, str]:
    if _PLACE_BEHIND.match(behind):
        return 0.55, _SOMEBODYS
    is_one = title.is_single and title.stop - title.first > 1
    return (0.5, _SINGLE) if is_one or title.has_field else (0.0, "")


def _is_beside_a_name(passage: Passage, before: str, behind: str, *, start: int) -> bool:
    name = _NAME_BEFORE.search(before)
    if name and not _is_no_name(name["name"]):
        return True
    name = _NAME_BEHIND.match(behind) or _NAME_NEXT.match(behind)
    if name and not _is_no_name(name["name"]):
        return True
    return any(span.label == "PERSON" and 0 < start - span.end <= 6 for span in passage.spans if passage.is_lower)


def _is_behind_a_name(passage: Passage, start: int) -> bool:
    return any(span.label == "PERSON" and 0 < start - span.end <= 12 for span in passage.spans)


def _leads_to_a_name(passage: Passage, before: str, end: int) -> bool:
    """ "our operations manager kim doe": a name right behind, where no capital tells it."""
    if not passage.is_lower or not (_THE.search(before) or _OWNED.search(before)):
        return False
    return any(
        span.label == "PERSON" and 0 < span.start - end <= 1 and " " in passage.text[span.start : span.end]
        for span in passage.spans
    )


def _is_no_name(word: str) -> bool:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return (
        low in STOP
        or low in WEEKDAYS
        or low in TITLE_ENDS
        or low.split("'")[0] in {"i", "we", "you", "it"}
        or word.isupper()
    )
