from tests.detect.recognisers.claims import SURE, UNSURE, claims, confidence


def sure(example: str, name: str) -> float:
    return confidence("agencies", example, name)


def test_a_name_of_the_pack_is_sure_and_carries_its_kind() -> None:
    claim = claims("agencies", "I joined the Missing Children Team.")["Missing Children Team"]
    assert claim.confidence >= 0.9
    assert claim.kind == "police_team"


def test_initials_count_only_as_they_are_written() -> None:
    assert sure("We rang NBCX.", "NBCX") >= SURE
    assert sure("We rang Nbcx.", "Nbcx") == 0
    assert sure("we rang the nbcx about it", "nbcx") >= UNSURE
    assert sure("we rang the n b c x about it", "n b c x") >= SURE


def test_a_by_name_that_is_a_word_needs_a_cue() -> None:
    assert sure("She came from Gate.", "Gate") >= SURE
    assert sure("Gate was fine.", "Gate") < UNSURE
    assert sure("he shut the gate behind him", "gate") == 0


def test_initials_with_a_cue_are_surer() -> None:
    assert sure("She moved to MCTX.", "MCTX") > sure("Yes, MCTX.", "MCTX") >= UNSURE
