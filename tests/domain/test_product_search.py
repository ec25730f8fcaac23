"""One typing error, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.catalogue_search import is_one_error_apart, may_be_mistyped, near, shortened

WORDS = some.text("abcdйё", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ketle", "kettle"), ("kettlle", "kettle"), ("kettel", "kettle"), ("kittle", "kettle")],
)
def test_missing_doubled_swapped_and_wrong_letters(typed: str, meant: str) -> None:
    assert is_one_error_apart(typed, meant)
    assert shortened(typed) & shortened(meant)


@pytest.mark.parametrize("other", ["kettle", "kettles2", "ktetel", "kitten", "elttek", ""])
def test_two_errors_are_another_word(other: str) -> None:
    assert not is_one_error_apart("kettle", other)


@given(WORDS, some.data())
def test_words_one_letter_apart_are_found_by_what_is_left_of_them(
    word: str, data: some.DataObject
) -> None:
    place = data.draw(some.integers(0, len(word) - 1))
    letter = data.draw(some.sampled_from("abcdй"))
    for other in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
    ):
        assert other == word or is_one_error_apart(word, other)
        assert shortened(word) & shortened(other)


@given(WORDS, WORDS)
def test_who_is_near_is_near_both_ways(one: str, other: str) -> None:
    assert is_one_error_apart(one, other) == is_one_error_apart(other, one)


def test_codes_and_short_words_are_meant_as_they_are() -> None:
    assert [word for word in ("mug", "mugs", "a4000", "x" * 41) if may_be_mistyped(word)] == [
        "mugs"
    ]
    assert near("lamp", ["lamb", "lump", "lamps", "lampshade", "lamp"]) == ["lamb", "lamps", "lump"]
