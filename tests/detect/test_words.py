from deid.detect.words import after, before, is_possessive, joins, opens_sentence, word_forms, words_of

TEXT = "We met Ann's cousin, at St. Elphin's. Then Mary-Jane left"


def at(low: str) -> int:
    return next(number for number, word in enumerate(words_of(TEXT)) if word.low == low)


def test_words_keep_their_places_in_the_text() -> None:
    assert all(TEXT[word.start : word.end] == word.text for word in words_of(TEXT))


def test_accents_and_case_are_folded_away() -> None:
    assert [word.low for word in words_of("Sinéad's ÉCOLE")] == ["sinead", "s", "ecole"]


def test_a_word_never_shows_its_text() -> None:
    assert "Ann" not in repr(words_of(TEXT)[2])


def test_what_can_stand_inside_a_name() -> None:
    words = words_of(TEXT)
    assert joins(TEXT, words[at("st")], words[at("elphin")])
    assert joins(TEXT, words[at("mary")], words[at("jane")])
    assert not joins(TEXT, words[at("cousin")], words[at("at")])


def test_a_full_stop_behind_letters_ends_a_sentence_unless_they_are_short_for_something() -> None:
    for text, is_one in (("GP. Byron", False), ("St. Byron", True), ("J. Byron", True), ("do. Byron", False)):
        assert joins(text, *words_of(text)) is is_one


def test_a_dash_ties_two_words_only_where_no_space_stands_on_either_side() -> None:
    for text, is_one in (("Ann – Enormously", False), ("Ann - Vane", False), ("Ann–Vane", True), ("Ann -Vane", True)):
        assert joins(text, *words_of(text)) is is_one


def test_a_possessive_is_seen() -> None:
    words = words_of(TEXT)
    assert is_possessive(TEXT, words, at("s"))
    assert not is_possessive(TEXT, words, at("cousin"))


def test_a_sentence_opens_at_the_start_and_behind_a_full_stop() -> None:
    assert opens_sentence(TEXT, 0)
    assert opens_sentence(TEXT, TEXT.index("Then"))
    assert not opens_sentence(TEXT, TEXT.index("Mary"))


def test_neighbours_end_with_the_sentence() -> None:
    words = words_of(TEXT)
    assert before(TEXT, words, at("left"), 5) == ("then", "mary", "jane")
    assert after(TEXT, words, at("cousin"), 3) == ("cousin", "at", "st")
    assert after(TEXT, words, at("elphin") + 1, 3) == ("s",)


def test_the_forms_of_a_text_are_a_set() -> None:
    assert word_forms("he said He said") == {"he", "said"}
