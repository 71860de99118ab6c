from deid.evaluate.credit import Credit, give_credit
from tests.evaluate.examples import gold, mask

TALK = gold("{P tom|Tom Thumb} of {L|Deal} said {=will} you, {P? x|Joy}")


def test_credit_counted_by_hand() -> None:
    claims = {
        "g1": [
            mask(TALK, "Tom Thumb", recogniser="people"),
            mask(TALK, "Tom Thumb", recogniser="labels"),
            mask(TALK, "Deal", recogniser="places"),
            mask(TALK, "Joy", recogniser="people"),
            mask(TALK, "will you", recogniser="people"),
            mask(TALK, "Tom", recogniser="firsts"),
        ]
    }
    assert give_credit([TALK], claims) == (
        Credit("firsts", claims=1, found=0, alone=0, wolf=0, lost=0),
        Credit("labels", claims=1, found=1, alone=0, wolf=0, lost=0),
        Credit("people", claims=3, found=1, alone=0, wolf=1, lost=2),
        Credit("places", claims=1, found=1, alone=1, wolf=0, lost=0),
    )


def test_two_halves_are_both_needed() -> None:
    claims = {"g1": [mask(TALK, "Tom", recogniser="a"), mask(TALK, "Thumb", recogniser="b")]}
    assert [(credit.found, credit.alone) for credit in give_credit([TALK], claims)] == [(0, 1), (0, 1)]


def test_nobody_no_credit() -> None:
    assert give_credit([TALK], {"g1": []}) == ()
