"""People under the names that a whole street gives them: "Nanny Jean", "auntie bev", "mad frank", "Big Tony"."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, is_wordlike
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, STOP, word_set
from deid.detect.words import Word, indexes_of, is_possessive, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Everybody says ⟦Auntie Bev⟧, and she's no auntie.",
    "it was ⟦nanny jean⟧ who found it and ⟦uncle dave⟧ drove",
    "There was a woman they called ⟦Mumma Bee⟧.",
    "My auntie Bev and his nan Jean, her uncle dave.",
    "it was always ⟦mad frank⟧ at the door and ⟦lil dee⟧ behind him, a big grant and little hope",
    "⟦Big Tony⟧ ran the door, a Little Hope sign.",
    "nan said no, auntie was there, and the uncle drove",
)

_KIN = word_set(
    "auntie aunty uncle nanny nan nana nanna granny gran grandma grandad grandpa pops mumma mama papa ma pa"
)
# Said before a name as a part of it; the last ones stand before any word.
_OPENERS = word_set("mad lil fat skinny crazy ginger")
_WEAK_OPENERS = word_set("big little")

_WHY = "a name as a whole street says it"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        for at in indexes_of(passage.text, _KIN | _OPENERS | _WEAK_OPENERS):
            if at + 1 < len(words) and _is_one_name(passage, words, at, lists):
                yield Claim(words[at].start, words[at + 1].end, Category.PERSON, "name", 0.6, _WHY)

    return as_recogniser("kin_names", find, _KIN | _OPENERS | _WEAK_OPENERS)


def _is_one_name(passage: Passage, words: tuple[Word, ...], at: int, lists: NameLists) -> bool:
    """Behind "my" or "the" it is somebody's aunt; alone in front of a name it is what all call her."""
    text, name = passage.text, words[at + 1]
    if text[words[at].end : name.start] != " " or name.low in STOP or not is_wordlike(name.low):
        return False
    if at > 0 and (words[at - 1].low in DETERMINERS or is_possessive(text, words, at - 1)):
        return False
    if words[at].low not in _KIN:
        is_name = name.low in lists.given and (words[at].low in _OPENERS or not lists.is_english(name.low))
        return is_name and (not has_case(passage) or (words[at].is_capital and name.is_capital))
    if has_case(passage):
        return words[at].is_capital and name.is_capital
    return name.low in lists.given or lists.is_unknown(name.low)
