"""Where a noun phrase ends, and whether it says of somebody what few are."""

from deid.detect.vocabulary import DETERMINERS, PLAIN, STOP, word_set
from deid.detect.words import words_inside, words_of

# A phrase goes on over these as long as another noun follows: "born in a camp in the hills".
_LINKS = word_set("of in at on for by to")
_MOST = 4  # nouns and adjectives of one phrase
_TIES = frozenset({" ", "-", "'", "’", "' ", "’ "})
# What many are, or only what another thinks of them.
_SAID_OF_MANY = word_set(
    "one lot bit mess nightmare problem worry victim man woman person lady bloke guy girl boy lad kid child carer "
    "parent friend mate help saint star case risk factor drinker alcoholic addict dealer user abuser groomer liar "
    "bully monster mystery godsend rock blessing disaster state way piece part kind sort type source cause trigger "
    "member teenager survivor single young older lovely nice proper right total complete real very really quite "
    "bigger better worse heavy violent strong loving frightened scared sad happy angry great brilliant mum dad mother "
    "father brother sister boyfriend girlfriend partner deal best worst thing reason family"
)
_PLAIN = PLAIN | DETERMINERS | _SAID_OF_MANY


def phrase_end(text: str, start: int) -> int | None:
    """Up to four nouns and adjectives with what links them, to the first word that begins something new."""
    words, end, content, is_linked = words_of(text), None, 0, True
    for at in words_inside(words, start, len(text)):
        low = words[at].low
        is_tied = words[at].start <= start or text[words[at - 1].end : words[at].start] in _TIES
        if not is_tied or content == _MOST or (low in DETERMINERS and not is_linked):
            break
        if content and words[at].is_capital and words[at - 1].low in ("at", "on", "for"):
            break  # "a church organist at Pelham": a place goes by itself
        if is_linked := low in _LINKS or (low in DETERMINERS and is_linked):
            continue
        if low != "s":
            if low in STOP:
                break
            content, end = content + 1, words[at].end
    return end


def is_special(text: str, start: int, end: int) -> bool:
    """Whether two words at least say what somebody is, and not only how: "a bingo caller", not "a good man"."""
    lows, head = _read(text, start, end)
    return is_kind(text, start, end) and any(low not in _PLAIN | _LINKS for low in lows if low != head)


def is_kind(text: str, start: int, end: int) -> bool:
    """Whether its main word says what somebody is: "the duty senior", not "the best friend"."""
    lows, head = _read(text, start, end)
    return len(lows) > 1 and head not in _SAID_OF_MANY


def is_telling(text: str, start: int, end: int) -> bool:
    """Whether one word alone says what somebody is: "a suffragette"."""
    lows, head = _read(text, start, end)
    return len(lows) == 1 and len(head) > 4 and head not in _PLAIN and not head.endswith(("ing", "ed"))


def _read(text: str, start: int, end: int) -> tuple[list[str], str]:
    """The words, and the main one: the last before any link."""
    words = words_of(text)
    lows = [words[at].low for at in words_inside(words, start, end)]
    at = next((at for at, low in enumerate(lows) if low in _LINKS), len(lows))
    return lows, lows[at - 1]
