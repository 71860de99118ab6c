"""Whether a place in a text opens a sentence, where a capital says nothing."""

_OPENERS = " \t“‘\"'(["
_NEAR, _ENOUGH = 40, 5  # characters before the place that are looked at, and those that decide


def opens_sentence(text: str, place: int) -> bool:
    """At the beginning, behind an end mark, a colon, a dash, a bracket or a quotation mark that opens."""
    before = text[max(0, place - _NEAR) : place].rstrip(_OPENERS)
    if len(before) < _ENOUGH:
        before = text[:place].rstrip(_OPENERS)
    if not before or before[-1] in ".!?…:\n—–])”" or text[place - 1] in "“‘":
        return not before.endswith(")") or before.endswith("...)")
    return before[-1] == "-" and (len(before) == 1 or before[-2].isspace())
