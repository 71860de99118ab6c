import json

from deid.evaluate.credit import Credit
from deid.evaluate.score import RATES, score
from deid.evaluate.table import as_text, as_values, credit_text, side_by_side
from tests.evaluate.examples import gold, mask

TALK = gold("{P tom|Tom} of {L|Deal} said {=will}")
FIGURES = score([TALK], {"g1": [mask(TALK, "Tom", entity="1", category="PERSON")]})

LINKING = ("bcubed_precision", "bcubed_recall", "bcubed_f1", "wrong_merges")


def test_values_have_the_names_of_the_design() -> None:
    values = json.loads(json.dumps(as_values(FIGURES)))
    assert set(values) == {*RATES, *LINKING, "not_coarser", "counts", "intervals", "by_category"}
    assert values["token_recall"] == 0.5
    assert values["counts"]["token_recall"] == {"hits": 1, "total": 2}
    assert values["intervals"]["keep_rate"][1] == 1.0
    assert values["wrong_merges"] == 0
    assert set(values["by_category"]) == {"PERSON", "PLACE"}
    assert values["by_category"]["PLACE"]["token_precision"] is None


def test_the_table_shows_each_figure_and_each_category() -> None:
    text = as_text(FIGURES)
    assert all(name in text for name in (*RATES, "bcubed_f1", "PERSON", "PLACE"))
    assert "0.500" in text
    assert "1 of 2" in text
    assert "Tom" not in text


def test_a_system_without_entities_says_so() -> None:
    assert "no entities" in as_text(score([TALK], {"g1": []}))


def test_systems_side_by_side() -> None:
    lines = side_by_side({"deid": FIGURES, "none": score([TALK], {"g1": []})}).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| deid | 0.500 | 1.000 |")
    assert lines[3].endswith("| – | – | – | – |")


def test_credit_ranks_by_what_is_found_alone() -> None:
    text = credit_text([Credit("a", 9, 9, 0, 1, 2), Credit("b", 3, 3, 2, 0, 0)])
    assert [line.split()[0] for line in text.splitlines()] == ["recogniser", "b", "a"]
