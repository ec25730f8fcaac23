"""Finding variants by what a person types, the one they expect first.

By the SKU, then its beginning; then all words as they are, in other forms (three languages), as
the beginning of the last one or with one typing error; then some of the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    cast,
    false,
    literal,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from db.tables.catalogue import SearchWord, VariantSearch
from domain.catalogue_search import may_be_mistyped, near, shortened

MOST_WORDS = 10
SHORTEST_BEGINNING = 2
LAST_LETTER = "\U0010ffff"
SOME_WORDS = 10
"""The tier of those that lack a word lies above it, one more for each."""

_UNDERSTOOD = text("""
    SELECT search_sku_of(:typed) AS sku_key, asked.word,
        tsvector_to_array(search_stems_of(ARRAY[asked.word])) AS forms,
        to_tsvector('russian', asked.word) = '' OR to_tsvector('french', asked.word) = ''
            AS is_small,
        EXISTS (SELECT FROM search_words known
                WHERE known.word = ANY(tsvector_to_array(search_stems_of(ARRAY[asked.word]))))
            OR EXISTS (SELECT FROM search_words known
                       WHERE known.word >= asked.word AND known.word < asked.word || :last)
            AS is_known
    FROM unnest(search_words_of(:typed)) WITH ORDINALITY AS asked(word, place)
    ORDER BY asked.place LIMIT :most
""")
_FORMS = text("SELECT tsvector_to_array(search_stems_of(CAST(:words AS text[])))")


@dataclass(frozen=True)
class Word:
    """`forms`: itself and its stems; `meant`: what else it may be, if it is a typing error."""

    typed: str
    forms: tuple[str, ...]
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    sku_key: str
    words: tuple[Word, ...]

    @cached_property
    def matches(self) -> ColumnElement[bool]:
        """By the SKU or by all words."""
        return or_(self._sku_begins, self._all_words)

    @cached_property
    def tier(self) -> ColumnElement[int]:
        """Of those that match; the smaller, the better."""
        return case(
            (VariantSearch.sku_key == self.sku_key, 0),
            (self._sku_begins, 1),
            (_has(VariantSearch.words, _all(_whole(word) for word in self.words)), 2),
            (_has(VariantSearch.stems, _all(_formed(word) for word in self.words)), 3),
            else_=4,
        )

    @property
    def has_several_words(self) -> bool:
        return len(self.words) > 1

    @cached_property
    def matches_partly(self) -> ColumnElement[bool]:
        """Also by all: those are told apart by their tier."""
        some = _has(VariantSearch.stems, " | ".join(self._alternatives))
        return and_(some, not_(self._sku_begins))

    @cached_property
    def partial_tier(self) -> ColumnElement[int]:
        missing = (case((_has(VariantSearch.stems, one), 0), else_=1) for one in self._alternatives)
        return sum(missing, start=literal(SOME_WORDS))

    @property
    def _sku_begins(self) -> ColumnElement[bool]:
        key = VariantSearch.sku_key
        if not self.sku_key:
            return false()
        return and_(key >= self.sku_key, key < self.sku_key + LAST_LETTER)

    @property
    def _all_words(self) -> ColumnElement[bool]:
        return _has(VariantSearch.stems, _all(self._alternatives))

    @cached_property
    def _alternatives(self) -> list[str]:
        last = len(self.words) - 1
        return [_any(word, begins=place == last) for place, word in enumerate(self.words)]


def understand(tx: Session, typed: str) -> Question | None:
    """None: nothing in it can be looked for."""
    asked = {"typed": typed, "last": LAST_LETTER, "most": MOST_WORDS}
    rows = tx.execute(_UNDERSTOOD, asked).all()
    if not rows:
        return None
    telling = [row for row in rows if not row.is_small] or rows
    unknown = [row.word for row in telling if not row.is_known and may_be_mistyped(row.word)]
    meant = _meant(tx, unknown)
    words = (Word(row.word, tuple(row.forms), meant.get(row.word, ())) for row in telling)
    return Question(rows[0].sku_key, tuple(words))


def _meant(tx: Session, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not words:
        return {}
    pieces = sorted(set().union(*map(shortened, words)))
    candidates = select(SearchWord.word).where(SearchWord.shortened.overlap(pieces))
    known = tx.scalars(candidates).all()
    return {word: _forms(tx, near(word, known)) for word in words}


def _forms(tx: Session, words: list[str]) -> tuple[str, ...]:
    forms: list[str] = tx.scalar(_FORMS, {"words": words}) or []
    return tuple(forms)


def _has(column: Any, query: str) -> ColumnElement[bool]:
    if not query:
        return false()
    matched: ColumnElement[bool] = column.bool_op("@@")(cast(literal(query), TSQUERY))
    return matched


def _all(parts: Iterable[str]) -> str:
    return " & ".join(f"({part})" for part in parts)


def _whole(word: Word) -> str:
    return f"'{word.typed}'"


def _formed(word: Word) -> str:
    return " | ".join(f"'{form}'" for form in word.forms)


def _any(word: Word, *, begins: bool) -> str:
    """Words are letters and digits only, so that nothing in them means anything to a query."""
    forms = [f"'{form}'" for form in (*word.forms, *word.meant)]
    if begins and len(word.typed) >= SHORTEST_BEGINNING:
        forms.append(f"'{word.typed}':*")
    return " | ".join(forms)
