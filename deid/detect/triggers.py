"""Which recognisers a passage wakes: those without triggers, and those of whose triggers it holds one.

A trigger is a necessary condition, never a guess: a recogniser that declares triggers claims nothing in any passage
that holds none of them. It is one folded word (deid.detect.words.word_forms), one sign ("@"), or DIGIT.
"""

from collections.abc import Callable, Sequence

from deid.detect.words import has_digit, word_forms

DIGIT = "#"
"""Any figure, in whatever script."""

Triggers = frozenset[str]


def make_waker(triggers: Sequence[Triggers | None]) -> Callable[[str], list[int]]:
    """A function from a text to the numbers of those that it wakes, in order. None: every text does."""
    by_word: dict[str, int] = {}
    by_sign: dict[str, int] = {}
    always = 0
    for number, several in enumerate(triggers):
        if several is None:
            always |= 1 << number
            continue
        for trigger in several:
            table = by_word if trigger.isalnum() else by_sign
            table[trigger] = table.get(trigger, 0) | 1 << number

    def wake(text: str) -> list[int]:
        woken = always
        for form in word_forms(text) if by_word else ():
            if form in by_word:
                woken |= by_word[form]
        for sign, those in by_sign.items():
            if has_digit(text) if sign == DIGIT else sign in text:
                woken |= those
        return [number for number in range(len(triggers)) if woken >> number & 1]

    return wake
