from hypothesis import given
from hypothesis import strategies as st

from deid.evaluate.gold import Gold
from deid.evaluate.score import RATES, Figures, Rate, score
from deid.evaluate.survivors import hidden_left, survivors
from tests.evaluate.examples import gold, mask

TALK = gold(
    "{P oakes|Wilma Oakes}: so {P tom|Tom} was an {R tom|apprentice} in {L|Deal}. [laughs] {P tom|Tom} {=will} cope."
)


def figures(text: Gold, output: str) -> Figures:
    return score([text], survivors([text], {text.id: output}))


def test_a_file_that_was_not_touched_hides_nothing() -> None:
    assert survivors([TALK], {"g1": TALK.text}) == {"g1": ()}


def test_a_clean_file_is_perfect() -> None:
    found = figures(TALK, "[Person 9]: so [Child 31] was a [Role 5] in [Place 2]. [laughs] [Child 31] will cope.")
    assert found.token_recall.value == found.keep_rate.value == found.token_precision.value == 1.0
    assert (found.linking.bcubed_f1, found.linking.wrong_merges, found.linking.mentions) == (1.0, 0, 5)


def test_other_styles_of_tokens() -> None:
    marked = (
        '##Person_9##: so <seg type="person">Hal Thumb</seg> was an ##Role_5## in ##Place_2##. [laughs] Bo will cope.'
    )
    found = figures(TALK, marked)
    assert found.token_recall.value == found.token_precision.value == 1.0


def test_a_survivor_is_seen() -> None:
    found = figures(TALK, "[Person 9]: so [Child 31] was an [Role 5] in Deal. [laughs] Tom will cope.")
    assert (found.token_recall.hits, found.entity_recall.hits) == (4, 2)


def test_words_that_deid_wrote_are_no_survivors() -> None:
    found = figures(
        TALK, "[Person 9]: so [Child 31] was an [Role 5] in [town near Deal]. [laughs] [Child 31] will cope."
    )
    assert found.not_coarser == 1  # but a replacement that tells the original hides nothing
    assert found.token_recall.hits == 5
    text = gold("in {L|Deal} and in {L|Dover} town")
    assert figures(text, "in [town near Dover] and in [town] town").token_recall.value == 1.0


def test_a_lost_word_is_seen() -> None:
    found = figures(
        TALK, "[Person 9]: so [Child 31] was an [Role 5] in [Place 2]. [laughs] [Child 31] [Person 4] cope."
    )
    assert (found.keep_rate.hits, found.token_precision.total - found.token_precision.hits) == (0, 1)


def test_notation_of_the_source_with_a_token_in_it() -> None:
    text = gold("[{P tom|Tom} laughs] and [{P tom|Tom}]: no")
    assert figures(text, "[Child 31 laughs] and [Child 31]: no").token_precision.value == 1.0
    assert figures(text, "[Tom laughs] and [Child 31]: no").token_recall.hits == 1


def test_a_name_that_moved_survived() -> None:
    text = gold("{P oakes|Wilma Oakes}: one two three four five six seven. {L|Deal} it was.")
    found = figures(text, "one two three four five six seven. [Place 2] it was. Wilma Oakes: x")
    assert found.token_recall.hits == 1


def test_two_neighbours_keep_their_tokens_apart() -> None:
    text = gold("{P oakes|Wilma Oakes}, {A|Oastbrook School}, and {P oakes|Wilma}, {L|Deal}")
    found = figures(text, "[Person 9], [School 3], and [Person 9], [Place 2]")
    assert (found.linking.bcubed_f1, found.linking.mentions) == (1.0, 4)


def test_time_codes_are_looked_for_only_where_they_are_marked() -> None:
    text = gold("{P a|Ann}  0:03\nso [unclear {=00:47:55}] no\n{P b|Bob}  0:14\nyes")
    assert figures(text, "[Person 1] so [unclear 00:47:55] no [Person 2] yes").token_precision.value == 1.0
    assert figures(text, "[Person 1] 0:03 so [unclear 00:47:55] no [Person 2] 0:14 yes").linking.mentions == 2
    assert figures(text, "[Person 1] so [unclear] no [Person 2] yes").keep_rate.value == 0.0


def test_a_label_that_the_token_says_again_is_not_lost() -> None:
    text = gold("his NHS number {I n|999 041 7288} was")
    assert figures(text, "his [NHS number 41] was").token_precision.value == 1.0
    assert figures(text, "his [Number 41] was").token_precision == Rate(3, 4)


def test_hidden_strings_are_looked_for_in_every_part() -> None:
    hiding = Gold("g", "f.docx", "x", (), (), ("Wilma Oakes", "oakes@fen.example", "Ann"))
    assert hidden_left(hiding, ["<a>Wilma&#32;</a>", "WILMA  OAKES", "annual"]) == 1
    assert hidden_left(hiding, ["mailto:oakes@fen.example", "Ann"]) == 2
    assert hidden_left(hiding, []) == 0


NAMES = ("Alda", "Bram", "Cerys", "Dario", "Elif", "Fergus", "Gita", "Hamza", "Ines", "Jonah")


@given(st.lists(st.tuples(st.sampled_from(("{P|%s}", "%s", "{=%s}")), st.booleans()), min_size=1, max_size=10))
def test_what_survives_in_a_rewritten_text_is_what_was_not_masked(choices: list[tuple[str, bool]]) -> None:
    """Masking words and reading the result back gives the figures of the masks themselves."""
    text = gold(" ".join(form % name for (form, _), name in zip(choices, NAMES, strict=False)))
    masked = [name for (_, is_masked), name in zip(choices, NAMES, strict=False) if is_masked]
    output = " ".join(f"[Person {NAMES.index(word)}]" if word in masked else word for word in text.text.split())
    direct = score([text], {text.id: [mask(text, name) for name in masked]})
    read_back = figures(text, output)
    for name in RATES:
        assert getattr(read_back, name) == getattr(direct, name), name
