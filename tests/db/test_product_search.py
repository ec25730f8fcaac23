"""What people type, and what they expect to see first."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select, update

from db import history
from db.engine import Database
from db.history import Entry
from db.reads.products import Key, list_products
from db.tables.catalogue import Brand, Product, SearchWord, Variant, VariantSearch

# SKU: (name, what sets the variant apart, translations)
GOODS: Mapping[str, tuple[str, str, dict[str, str]]] = {
    "KET-1": ("Enamel kettle", "", {"fr": "Bouilloire émaillée", "ru": "Эмалированный чайник"}),
    "KET-10": ("Kettle", "red", {}),
    "KET-2": ("Kettles for the whole family", "", {}),
    "KETTLE": ("Descaler", "", {}),
    "MUG-RED": ("Mug", "red", {"ru": "Кружка"}),
    "MUG-BLUE": ("Mug", "blue", {"ru": "Кружка"}),
    "RACK": ("Rack for red mugs", "", {}),
    "LAMP": ("Lampshade", "", {}),
    "SAM": ("Самовар жёлтый", "3 л", {"fr": "Samovar jaune"}),
    "TEAPOT": ("Чайники заварочные", "", {}),
    "THE": ("Théière en fonte", "", {}),
    "T-SHIRT": ("T-shirt of wool", "", {}),
    "85123A": ("White hanging heart", "", {}),
}


@pytest.fixture
def shop(db: Database) -> Database:
    with db.transaction() as tx:
        for sku, (name, variant, translations) in GOODS.items():
            texts = {language: {"name": text} for language, text in translations.items()}
            product = Product(name=name, tax_class="standard", translations=texts)
            tx.add(product)
            tx.flush()
            of_it: Any = {"product_id": product.id, "sku": sku, "name": variant}
            tx.add(Variant(**of_it, price=1, currency="RUB"))
        record(tx)
    return db


def record(tx: Any) -> None:
    history.append(tx, Entry("test", 1, "test.written", "system"))


def found(db: Database, q: str, limit: int = 50) -> list[str]:
    """Page by page."""
    skus: list[str] = []
    after: Key | None = None
    while True:
        with db.transaction() as tx:
            page = list_products(tx, q, after=after, limit=limit)
        skus += [row.sku for row in page.rows]
        if page.next is None:
            return skus
        after = page.next


@pytest.mark.requirement("R197")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ket-1", ["KET-1", "KET-10"]),
        ("KET1", ["KET-1", "KET-10"]),
        ("85123a", ["85123A"]),
        ("kettle", ["KETTLE", "KET-10", "KET-1", "KET-2"]),
        ("kettles", ["KET-2", "KET-10", "KET-1"]),
        ("the kettle", ["KET-10", "KET-1", "KET-2"]),
        ("чайник", ["KET-1", "TEAPOT"]),
        ("чайники", ["TEAPOT", "KET-1"]),
        ("Желтый самовар", ["SAM"]),
        ("theiere", ["THE"]),
        ("bouilloires émaillées", ["KET-1"]),
        ("lamp", ["LAMP"]),
        ("red mu", ["MUG-RED", "RACK", "KET-10", "MUG-BLUE"]),
        ("mug red", ["MUG-RED", "RACK", "KET-10", "MUG-BLUE"]),
        ("ketle", ["KET-10", "KET-1", "KET-2"]),
        ("ekttle", ["KET-10", "KET-1", "KET-2"]),
        ("кружко", ["MUG-BLUE", "MUG-RED"]),
        ("самвар", ["SAM"]),
        ("enamel ketle", ["KET-1", "KET-10", "KET-2"]),
        ("t-shirt", ["T-SHIRT"]),
        ("% _", []),
        ("nothing like it", []),
        ("zebra", []),
        ("kettle'; DROP TABLE products", ["KET-10", "KET-1", "KET-2"]),
        ("<-> ! & | :*", []),
    ],
)
def test_first_what_a_person_expects(shop: Database, typed: str, expected: list[str]) -> None:
    assert found(shop, typed) == expected
    assert found(shop, typed, limit=1) == expected


@pytest.mark.requirement("R197")
def test_the_search_follows_every_change(shop: Database) -> None:
    with shop.transaction() as tx:
        brand = Brand(name="Nordvik")
        tx.add(brand)
        tx.flush()
        lamp = update(Product).where(Product.name == "Lampshade")
        tx.execute(lamp.values(name="Luminaire", brand_id=brand.id))
        tx.execute(update(Variant).where(Variant.sku == "LAMP").values(sku="LUM-7"))
        record(tx)
    assert found(shop, "lampshade") == []
    assert found(shop, "lum7") == found(shop, "luminaire") == found(shop, "nordvik") == ["LUM-7"]

    with shop.transaction() as tx:
        tx.execute(update(Brand).values(name="Halden"))
        record(tx)
    assert (found(shop, "nordvik"), found(shop, "halden")) == ([], ["LUM-7"])

    with shop.transaction() as tx:
        variant = tx.scalars(select(Variant).where(Variant.sku == "LUM-7")).one()
        tx.delete(variant)
        record(tx)
    assert found(shop, "halden") == []


def test_names_as_long_as_they_may_be(shop: Database) -> None:
    with shop.transaction() as tx:
        product = Product(name="ё" * 300, tax_class="standard")
        tx.add(product)
        tx.flush()
        tx.add(Variant(product_id=product.id, sku="LONG", price=1, currency="RUB"))
        record(tx)
    assert found(shop, "ё" * 100) == ["LONG"]
    with shop.transaction() as tx:
        longest = tx.get_one(SearchWord, "е" * 300)
        assert longest.shortened == []
        assert tx.scalar(select(VariantSearch.sku_key).where(VariantSearch.sku == "LONG")) == "long"
