"""What the demo shop sells, and how much of it lies where."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from db import history, stock
from db.engine import Session
from db.history import Entry
from db.tables.catalogue import Product, Variant
from local.demo.places import Places
from local.demo.rows import BY, add


@dataclass(frozen=True)
class Sold:
    """A variant: price in minor units, weight in grams; pieces in the two Russian stocks."""

    sku: str
    name: str
    price: int
    weight_g: int
    moscow: int = 0
    kazan: int = 0
    uk: int = 0
    currency: str = "RUB"
    may_backorder: bool = False


@dataclass(frozen=True)
class Goods:
    name: str
    description: str
    variants: tuple[Sold, ...]
    tax_class: str = "standard"
    is_service: bool = False


def _one(name: str, description: str, sold: Sold, tax_class: str = "standard") -> Goods:
    return Goods(name, description, (sold,), tax_class)


GOODS = (
    Goods(
        "Самовар электрический",
        "Латунный, с эмалевой росписью; закипает за двенадцать минут.",
        (
            Sold("SAMOVAR-3L", "3 л", 1_890_000, 4_200, moscow=8, kazan=2),
            Sold("SAMOVAR-5L", "5 л", 2_490_000, 5_600, moscow=4, may_backorder=True),
        ),
    ),
    Goods(
        "Mug “Morning in Kazan”",
        "Porcelain, 350 ml, safe in the dishwasher.",
        (
            Sold("MUG-WHITE", "white", 69_000, 380, moscow=240, kazan=60),
            Sold("MUG-BLUE", "blue", 69_000, 380, moscow=180, kazan=45),
        ),
    ),
    _one(
        "Чайник заварочный",
        "Фарфор, 800 мл, с ситечком.",
        Sold("TEAPOT", "", 245_000, 720, moscow=35, kazan=12),
    ),
    _one(
        "Théière en fonte",
        "Fonte émaillée, 900 ml, filtre en acier.",
        Sold("TEAPOT-IRON", "", 540_000, 1_650, moscow=14, kazan=3),
    ),
    Goods(
        "Подстаканник",
        "Латунь с никелевым покрытием, со стаканом.",
        (
            Sold("GLASS-HOLDER-TRAIN", "поезд", 320_000, 410, moscow=50, kazan=20),
            Sold("GLASS-HOLDER-STARS", "звёзды", 320_000, 410, moscow=40, kazan=15),
        ),
    ),
    Goods(
        "Ivan-chai (fireweed tea)",
        "Fermented leaves from the Vologda region.",
        (
            Sold("TEA-IVAN-50", "50 g", 29_000, 70, moscow=300, kazan=120),
            Sold("TEA-IVAN-200", "200 g", 89_000, 240, moscow=120, kazan=40),
        ),
        tax_class="reduced",
    ),
    _one(
        "Чай чёрный «Русский караван»",
        "Байховый, с ароматом костра, 100 г.",
        Sold("TEA-CARAVAN", "", 46_000, 130, moscow=260, kazan=90),
        "reduced",
    ),
    _one(
        "Thé vert au jasmin",
        "Feuilles entières, 100 g.",
        Sold("TEA-JASMINE", "", 52_000, 130, moscow=160, kazan=30),
        "reduced",
    ),
    _one(
        "Чак-чак",
        "Татарская медовая сладость, 400 г.",
        Sold("CHAK-CHAK", "", 58_000, 430, moscow=60, kazan=150),
        "reduced",
    ),
    _one(
        "Пряник тульский",
        "С яблочным повидлом, 140 г.",
        Sold("PRYANIK", "", 24_000, 160, moscow=200, kazan=80),
        "reduced",
    ),
    _one(
        "Linden honey",
        "From Bashkortostan, 500 g in glass.",
        Sold("HONEY-LINDEN", "", 79_000, 760, moscow=90, kazan=110),
        "reduced",
    ),
    _one(
        "Варенье из шишек",
        "Сосновые шишки в сиропе, 250 г.",
        Sold("JAM-CONES", "", 49_000, 410, moscow=70, kazan=25),
        "reduced",
    ),
    _one(
        "Сахар колотый",
        "К чаю вприкуску, 500 г.",
        Sold("SUGAR-CHIPPED", "", 19_000, 520, moscow=140, kazan=60),
        "reduced",
    ),
    Goods(
        "Павловопосадский платок",
        "Шерсть, ручная набойка, 89 × 89 см.",
        (
            Sold("SHAWL-RED", "красный", 390_000, 160, moscow=22, kazan=9),
            Sold("SHAWL-BLUE", "синий", 390_000, 160, moscow=18, kazan=6),
        ),
    ),
    Goods(
        "Linen apron",
        "Stone-washed linen with two pockets.",
        (
            Sold("APRON-GREY", "grey", 185_000, 290, moscow=45, kazan=10),
            Sold("APRON-GREEN", "green", 185_000, 290, moscow=30, kazan=10),
        ),
    ),
    _one(
        "Матрёшка, семь кукол",
        "Липа, роспись Сергиева Посада.",
        Sold("MATRYOSHKA-7", "", 275_000, 520, moscow=33, kazan=14),
    ),
    _one(
        "Ложка «Хохлома»",
        "Деревянная, расписная, 20 см.",
        Sold("SPOON-KHOKHLOMA", "", 39_000, 45, moscow=400, kazan=150),
    ),
    _one(
        "Nappe en lin",
        "Brodée à la main, 150 × 220 cm.",
        Sold("TABLECLOTH", "", 680_000, 900, moscow=11, kazan=4),
    ),
    _one(
        "Валенки домашние",
        "Войлок, размеры 38–43: пришлите размер в комментарии.",
        Sold("FELT-SLIPPERS", "", 210_000, 600, moscow=28, kazan=16, may_backorder=True),
    ),
    _one(
        "Книга «Чай по-русски»",
        "Двести страниц о чае, самоваре и гостях.",
        Sold("BOOK-TEA", "", 99_000, 640, moscow=55, kazan=20),
        "reduced",
    ),
    _one(
        "Gift box “Tea for two”",
        "Two mugs, fireweed tea, honey and chak-chak.",
        Sold("GIFT-TEA-FOR-TWO", "", 349_000, 2_100, moscow=25, kazan=18),
    ),
    Goods(
        "Gift wrapping",
        "Kraft paper, linen ribbon and a card with your words.",
        (Sold("WRAPPING", "", 25_000, 0),),
        is_service=True,
    ),
    Goods(
        "Чайная церемония",
        "Два часа для шестерых, на Мясницкой.",
        (Sold("TEA-CEREMONY", "", 900_000, 0),),
        is_service=True,
    ),
    _one(
        "Enamel teapot, wholesale",
        "Six in a carton.",
        Sold("UK-TEAPOT-6", "carton of 6", 8_940, 4_500, uk=80, currency="GBP"),
    ),
    _one(
        "Mug “Morning in Kazan”, wholesale",
        "Twelve in a carton.",
        Sold("UK-MUG-12", "carton of 12", 5_880, 4_800, uk=120, currency="GBP"),
    ),
    _one(
        "Khokhloma spoons, wholesale",
        "Fifty in a box.",
        Sold("UK-SPOON-50", "box of 50", 9_750, 2_400, uk=60, currency="GBP"),
    ),
)


def add_goods(tx: Session, places: Places) -> None:
    variants = {sold.sku: (sold, id) for goods in GOODS for sold, id in _add(tx, goods)}
    stocks = {"moscow": places.moscow_stock, "kazan": places.kazan_stock, "uk": places.uk_stock}
    for name, location_id in stocks.items():
        lines = [(id, getattr(sold, name)) for sold, id in variants.values() if getattr(sold, name)]
        _receive(tx, location_id, lines)


def _add(tx: Session, goods: Goods) -> list[tuple[Sold, int]]:
    product = Product(
        name=goods.name,
        description=goods.description,
        tax_class=goods.tax_class,
        is_service=goods.is_service,
    )
    add(tx, "product", product)
    return [(sold, _add_variant(tx, product.id, sold)) for sold in goods.variants]


def _add_variant(tx: Session, product_id: int, sold: Sold) -> int:
    variant = Variant(
        product_id=product_id,
        sku=sold.sku,
        name=sold.name,
        price=sold.price,
        currency=sold.currency,
        weight_g=sold.weight_g,
        may_backorder=sold.may_backorder,
    )
    add(tx, "variant", variant)
    return variant.id


def _receive(tx: Session, location_id: int, lines: list[tuple[int, int]]) -> None:
    receipt_id = uuid5(NAMESPACE_URL, f"demo-shop/{location_id}")
    stock.receive(tx, receipt_id, lines, location_id, BY)
    pieces = sum(quantity for _, quantity in lines)
    details = {"receipt_id": receipt_id, "pieces": pieces}
    history.append(tx, Entry("location", location_id, "stock.received", BY, details=details))
