"""Pictures of products: recognised by their content, made anew, never larger than they need be."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, update

from db.engine import Database
from db.tables.catalogue import ProductImage
from tests.catalogue import (
    as_edit,
    card,
    picture,
    post,
    put,
    refusal,
    speaking_as,
    told,
    upload,
    variant,
)
from tests.factories import Shop, add_staff
from tests.house import speaking

GPS = 0x8825


async def seen(api: httpx.AsyncClient, id: str, **how: bool) -> Image.Image:
    answer = await api.get(f"/product-images/{id}", params=how)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return Image.open(BytesIO(answer.content))


@pytest.mark.requirement("R217")
async def test_large_pictures_become_small_and_lose_what_the_camera_knew(
    api: httpx.AsyncClient, db: Database
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif.get_ifd(GPS)[1] = "N"
    id = await upload(api, picture(4000, 2000, exif=exif))
    kept, small = await seen(api, id), await seen(api, id, thumbnail=True)
    assert (kept.format, kept.size, small.size) == ("WEBP", (1000, 2000), (160, 320))
    assert dict(kept.getexif()) == {}
    assert told(db, "product_image") == [("product_image.uploaded", {})]

    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    written = BytesIO()
    image.save(written, "PNG")
    assert (await seen(api, await upload(api, written.getvalue()))).mode == "RGBA"
    for kind in ("PNG", "WEBP", "GIF"):
        assert (await seen(api, await upload(api, picture(20, 10, kind)))).size == (20, 10)


def _claiming(width: int, height: int) -> bytes:
    """A PNG whose head says it is huge; nothing of it was ever drawn."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk
    rows = b"IDAT" + zlib.compress(b"\0" * 1000)
    return (
        start
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(rows) - 4)
        + rows
        + struct.pack(">I", zlib.crc32(rows))
    )


@pytest.mark.requirement("R217", "R219")
@pytest.mark.parametrize(
    ("content", "told_as"),
    [
        (b"", "empty"),
        (b"<svg onload='alert(1)'/>", "JPEG, PNG, WebP and GIF"),
        (b"%PDF-1.7 picture", "JPEG, PNG, WebP and GIF"),
        (picture(30, 30, "BMP"), "JPEG, PNG, WebP and GIF"),
        (picture(300, 300)[:400], "broken"),
        (_claiming(8_000, 8_000), "megapixels"),
        (_claiming(60_000, 60_000), "too many pixels"),
        (b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024), "10 MiB"),
    ],
    ids=["empty", "svg", "pdf", "bmp", "broken", "large", "bomb", "long"],
)
async def test_what_is_no_picture_is_not_kept(
    api: httpx.AsyncClient, db: Database, content: bytes, told_as: str
) -> None:
    answer = await api.post("/product-images", files={"file": ("cup.jpg", content)})
    assert refusal(answer) == (409, "ImageNotAccepted")
    assert told_as in answer.json()["message"]
    assert told(db, "product_image") == []


async def test_left_over_pictures_go_and_those_of_products_stay(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    kept, left = await upload(api), await upload(api)
    cup = await post(api, "/product-cards", card("Cup", variant("CUP"), image_ids=[kept]))
    other = card("Bowl", variant("BOWL"), image_ids=[kept])
    assert refusal(await api.post("/product-cards", json=other)) == (409, "ImageUnknown")
    with db.engine.begin() as connection:
        old = func.now() - timedelta(days=2)
        connection.execute(update(ProductImage).values(created_at=old))
        connection.info.pop("written", None)
    id = uuid4()
    for _ in range(2):
        files = {"file": ("cup.jpg", picture())}
        answer = await api.post("/product-images", params={"id": str(id)}, files=files)
        assert answer.json() == {"id": str(id), "width": 640, "height": 480}
    assert (await api.get(f"/product-images/{left}")).status_code == 404
    assert (await api.get(f"/product-images/{kept}")).status_code == 200
    assert [image["id"] for image in cup["images"]] == [kept]

    with db.transaction() as tx:
        headers = {"Cookie": "", **speaking(add_staff(tx, "vera", "Translator"))}
    files = {"file": ("cup.jpg", picture())}
    answer = await api.post("/product-images", files=files, headers=headers)
    assert refusal(answer) == (403, "Forbidden")
    assert (await api.get(f"/product-images/{kept}", headers=headers)).status_code == 200


@pytest.mark.requirement("R217")
async def test_pictures_say_what_they_show_in_three_languages(
    api: httpx.AsyncClient, db: Database
) -> None:
    front, back = [await upload(api) for _ in range(2)]
    texts = {front: {"en": "A blue cup", "fr": ""}}
    body = card("Cup", variant("CUP"), image_ids=[front, back], image_texts=texts)
    cup = await post(api, "/product-cards", body)
    path = f"/product-cards/{cup['id']}"
    assert [image["texts"] for image in cup["images"]] == [{"en": "A blue cup"}, {}]
    assert await put(api, path, as_edit(cup)) == cup, "not sent: as it is"

    with db.transaction() as tx:
        translator = speaking_as(add_staff(tx, "vera", "Translator"))
    words = {"version": 1, "texts": {"fr": None}, "image_texts": {front: {"fr": "Tasse bleue"}}}
    answer = await api.put(f"{path}/translations", json=words, headers=translator)
    assert answer.status_code == 200, answer.text
    assert answer.json()["images"][0]["texts"] == {"en": "A blue cup", "fr": "Tasse bleue"}
    copy = await post(api, f"{path}/duplicate", None)
    assert copy["images"][0]["texts"] == answer.json()["images"][0]["texts"]
    seen = (await api.get(f"{path}/preview", params={"language": "fr"})).json()
    assert seen["image_texts"] == ["Tasse bleue", "Cup"]

    read = (await api.get(path)).json()
    gone = as_edit(read, image_texts={front: {"fr": "Tasse"}, back: {"en": "Its back"}})
    await put(api, path, gone)
    assert [changes for _, changes in told(db, "product") if "name" not in changes] == [
        {"image_text.fr": [[None], ["Tasse bleue"]]},
        {
            "image_text.en": [["A blue cup", None], [None, "Its back"]],
            "image_text.fr": [["Tasse bleue"], ["Tasse"]],
        },
    ]


async def test_pictures_of_others_are_not_described(api: httpx.AsyncClient) -> None:
    mine, theirs = [await upload(api) for _ in range(2)]
    cup = await post(api, "/product-cards", card("Cup", variant("CUP"), image_ids=[mine]))
    await post(api, "/product-cards", card("Bowl", variant("BOWL"), image_ids=[theirs]))
    path = f"/product-cards/{cup['id']}"
    told_of = {theirs: {"en": "Not mine"}}
    assert refusal(await api.put(path, json=as_edit(cup, image_texts=told_of))) == (
        409,
        "ImageUnknown",
    )
    for wrong in ({mine: {"de": "Tasse"}}, {mine: {"en": "x" * 301}}, {"cup": {"en": "Cup"}}):
        assert (await api.put(path, json=as_edit(cup, image_texts=wrong))).status_code == 422
