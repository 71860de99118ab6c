"""Whether a place in a text opens a sentence, where a capital says nothing."""


def opens_sentence(text: str, place: int) -> bool:
    """At the beginning, behind an end mark, a colon, a dash, a bracket or a quotation mark that opens."""
    before = text[:place].rstrip(" \t“‘\"'([")
    if not before or before[-1] in ".!?…:\n—–])”" or text[place - 1] in "“‘":
        return not before.endswith(")") or before.endswith("...)")
    return before[-1] == "-" and (len(before) == 1 or before[-2].isspace())
