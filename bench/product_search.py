"""How long it takes to find a product among 100,000 variants, typed as people type."""

import csv
import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from psycopg import connect

from bench.figures import Figure, spread, timed
from bench.stack import running
from db.engine import Database
from db.reads.products import list_products
from domain.catalogue import LANGUAGES

VARIANTS, QUICK_VARIANTS = 100_000, 10_000
CALLS, QUICK_CALLS = 200, 20
PAGE = 50
SALES = Path(__file__).parent.parent.parent / "shared/data/online_retail_2010-12-01_to_03.csv"
"""Real names of goods, where there are any beside the project."""

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
WORDS = {
    "en": [
        ["enamel", "porcelain", "cast iron", "wooden", "linen", "vintage"],
        ["kettle", "teapot", "lantern", "cushion", "candle", "notebook"],
        ["for two", "with handle", "for children", "gift set", "extra large", "with hearts"],
    ],
    "fr": [
        ["émaillée", "en porcelaine", "en fonte", "en bois", "en lin", "ancienne"],
        ["bouilloire", "théière", "lanterne", "tasse", "bougie", "boîte"],
        ["pour deux", "avec anse", "pour enfants", "coffret", "très grande", "à cœurs"],
    ],
    "ru": [
        ["эмалированный", "фарфоровый", "чугунный", "деревянный", "льняной", "дорожный"],
        ["чайник", "самовар", "фонарь", "поднос", "подсвечник", "блокнот"],
        ["на двоих", "с ручкой", "для детей", "подарочный набор", "большой", "с сердечками"],
    ],
}
COLOURS = ["red", "blue", "green", "white", "black", "grey", "pink", "ivory", "mint", "navy"]
PRODUCTS = "COPY products (id, name, language, translations, tax_class) FROM STDIN"
VARIANTS_OF_THEM = "COPY variants (id, product_id, sku, name, price, currency) FROM STDIN"
SIZES = ["S", "M", "L", "XL"]
MAKERS = ["Nordvik", "Maison Aubert", "Гжель", "Halden", "Прометей", "Rivière", "Oakley & Sons"]


def measure(quick: bool) -> list[Figure]:
    with running() as stack:
        names = seed(stack.settings.owner_url, QUICK_VARIANTS if quick else VARIANTS)
        calls = QUICK_CALLS if quick else CALLS
        return measure_search(stack.settings.database_url, names, calls)


def measure_search(database_url: str, names: Sequence[str], calls: int) -> list[Figure]:
    """Through the function that the API calls; each of a kind types something else."""
    database = Database.connect(database_url, pool_size=1)
    chance = random.Random(7)
    figures = []
    try:
        for name, type_ in TYPED.items():
            asked = [type_(chance, names) for _ in range(calls)]
            _find(database, asked[0])
            figures += spread(name, [timed(partial(_find, database, q)) for q in asked])
    finally:
        database.close()
    return figures


def seed(database_url: str, variants: int) -> list[str]:
    """The names of the products, each with ten variants; the same each time."""
    chance = random.Random(42)
    products = _products(chance, variants // len(COLOURS))
    with connect(database_url) as connection:
        connection.execute("SET LOCAL statement_timeout = 0")
        with connection.cursor().copy(PRODUCTS) as copy:
            for id, (name, language, translations) in enumerate(products, 1):
                copy.write_row((id, name, language, json.dumps(translations), "standard"))
        with connection.cursor().copy(VARIANTS_OF_THEM) as copy:
            for id, row in enumerate(_variants(chance, len(products)), 1):
                copy.write_row((id, *row))
    with connect(database_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return [name for name, _, _ in products]


def _products(chance: random.Random, count: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Half of them in English, a third of all translated."""
    real = _real_names()
    return [_product(chance, real) for _ in range(count)]


def _product(chance: random.Random, real: Sequence[str]) -> tuple[str, str, dict[str, Any]]:
    language = chance.choice(["en", "en", "ru", "fr"])
    place = [chance.randrange(6) for _ in range(3)]
    maker, volume = chance.choice(MAKERS), chance.randrange(100, 3000, 50)
    names = {each: _name(each, place, maker, volume) for each in LANGUAGES}
    name = chance.choice(real) if language == "en" and real else names[language]
    others = [each for each in LANGUAGES if each != language and chance.random() < 0.33]
    texts = {each: {"name": names[each], "description": ""} for each in others}
    return name, language, texts


def _name(language: str, place: Sequence[int], maker: str, volume: int) -> str:
    words = WORDS[language]
    kind, thing, purpose = (words[part][at] for part, at in enumerate(place))
    order = f"{thing} {kind}" if language == "fr" else f"{kind} {thing}"
    return f"{order} {maker} {purpose}, {volume} ml".capitalize()


def _variants(chance: random.Random, products: int) -> Iterator[tuple[int, str, str, int, str]]:
    for id in range(1, products + 1):
        letters = "".join(chance.choices("ABCDEFGHKLMNPRSTUVWX", k=2))
        for number, colour in enumerate(COLOURS):
            sku = f"{letters}{10_000 + id}-{number:02}"
            yield id, sku, f"{colour}, {chance.choice(SIZES)}", chance.randrange(990, 99_000), "RUB"


def _real_names() -> list[str]:
    if not SALES.exists():
        return []
    with SALES.open(encoding="utf-8", errors="replace", newline="") as file:
        names = {row["Description"].strip().capitalize() for row in csv.DictReader(file)}
    return sorted(name for name in names if len(name.split()) > 1)


def _find(database: Database, q: str) -> None:
    with database.transaction() as tx:
        list_products(tx, q, limit=PAGE)


def _word(chance: random.Random, names: Sequence[str], alphabet: str = LATIN) -> str:
    """Out of a name; long enough to be typed wrong."""
    while True:
        words = [word for word in chance.choice(names).lower().split() if word.isalpha()]
        fitting = [word for word in words if len(word) > 4 and set(word) & set(alphabet)]
        if fitting:
            return chance.choice(fitting)


def _two_words(chance: random.Random, names: Sequence[str]) -> str:
    words = [word for word in chance.choice(names).split() if word.isalpha()]
    return " ".join(chance.sample(words, min(2, len(words))))


def _mistyped(chance: random.Random, names: Sequence[str]) -> str:
    word = _word(chance, names)
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + chance.choice(LATIN) + word[place + 1 :],
            word[:place] + chance.choice(LATIN) + word[place:],
        ]
    )


@cache
def _skus(products: int) -> list[str]:
    chance = random.Random(42)
    _products(chance, products)
    return [sku for _, sku, *_ in _variants(chance, products)]


TYPED: dict[str, Callable[[random.Random, Sequence[str]], str]] = {
    "exact SKU": lambda chance, names: chance.choice(_skus(len(names))),
    "beginning of an SKU": lambda chance, names: chance.choice(_skus(len(names)))[:4],
    "one word": _word,
    "two words": _two_words,
    "beginning of a word": lambda chance, names: _word(chance, names)[:3],
    "two letters": lambda chance, names: _word(chance, names)[:2],
    "one typing error": _mistyped,
    "Cyrillic": lambda chance, names: _word(chance, names, CYRILLIC),
    "a word and a mistyped one": lambda r, n: f"{_word(r, n)} {_mistyped(r, n)}",
    "nothing like it": lambda chance, names: "".join(chance.choices(LATIN, k=12)),
}
