"""What hangs on an order: notes, files, labels, the person responsible, the protocol."""

from uuid import uuid4

import httpx
import pytest

from db.tables.notices import Notice
from domain.files import LARGEST_FILE
from tests.api.order_desk import Json, books, entries, paid, refused, ship, staff, staff_id
from tests.house import House

PDF = b"%PDF-1.7 the bill"


async def attach(
    house: House, order: Json, name: str, content: bytes, **params: str
) -> httpx.Response:
    files = {"file": (name, content, "text/html")}
    return await house.api.post(f"/orders/{order['id']}/files", files=files, params=params)


@pytest.mark.requirement("R297")
async def test_a_file_is_kept_by_what_it_holds_and_never_shown_as_a_page(house: House) -> None:
    order = await house.place()
    id = str(uuid4())
    for _ in range(2):
        answer = await attach(house, order, "счёт №7.html", PDF, id=id)
        assert (answer.status_code, answer.json()) == (201, {"id": id})
    shown = (await house.order(order["id"]))["files"]
    assert [(each["name"], each["media_type"], each["size"]) for each in shown] == [
        ("счёт №7.html", "application/pdf", len(PDF))
    ]
    assert shown[0]["author"]["name"] == "Owner"

    got = await house.api.get(f"/orders/{order['id']}/files/{id}")
    assert (got.status_code, got.content) == (200, PDF)
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == (
        "attachment; filename=\"____ _7.html\"; filename*=UTF-8''"
        "%D1%81%D1%87%D1%91%D1%82%20%E2%84%967.html"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "sandbox"
    assert len(entries(house, order, "order.file_attached")) == 1


async def test_files_that_are_not_kept(house: House) -> None:
    order, other = await house.place(), await house.place()
    before = await books(house, order)
    for content in (b"", b"MZ\x90\x00\x03", b"x" * (LARGEST_FILE + 1)):
        answer = await attach(house, order, "a.pdf", content)
        assert (answer.status_code, answer.json()["code"]) == (409, "FileNotAccepted")
    no_file = await house.api.post(f"/orders/{order['id']}/files")
    assert no_file.status_code == 422
    assert await books(house, order) == before

    kept = (await attach(house, order, "a.txt", b"x" * LARGEST_FILE)).json()["id"]
    elsewhere = await house.api.get(f"/orders/{other['id']}/files/{kept}")
    assert elsewhere.status_code == 404
    assert (await house.api.get(f"/orders/{order['id']}/files/{uuid4()}")).status_code == 404


@pytest.mark.requirement("R33", "R48")
async def test_the_person_responsible_is_told_once(house: House) -> None:
    order = await house.place()
    staff(house, "sam", "Salesperson")
    with house.db.transaction() as tx:
        sam = staff_id(tx, "sam")
    for _ in range(2):
        answer = await house.do(order, "responsible", id=str(uuid4()), staff_id=sam)
        assert answer.status_code == 200
    seen = await house.order(order["id"])
    assert seen["responsible"] == {"id": sam, "name": "Sam"}

    assigned = Notice.event == "order_assigned"
    await house.until(lambda: house.count(Notice, assigned, Notice.state == "sent") == 2)
    told = [mail for mail in house.mailbox.sent if mail.to == "sam@shop.example"]
    assert sum("responsible" in mail.text.lower() for mail in told) >= 1
    assert await refused(house, order, "responsible", staff_id=10**20) == "NoSuchPerson"
    assert (await house.do(order, "responsible", staff_id=None)).status_code == 200
    assert (await house.order(order["id"]))["responsible"] is None
    changes = [entry.changes for entry in entries(house, order, "order.assigned")]
    assert changes == [{"responsible_id": [None, sam]}, {"responsible_id": [sam, None]}]


@pytest.mark.requirement("R253", "R254", "R296")
async def test_the_protocol_says_who_did_what_when_and_why(house: House) -> None:
    order = await paid(house)
    await house.do(order, "notes", text="Ring <b>twice</b>.")
    await house.do(order, "hold", reason="The address is odd.")
    url = f"/orders/{order['id']}/history"
    rows = (await house.api.get(url)).json()["rows"]
    assert [row["action"] for row in rows] == [
        "order.held",
        "order.note_added",
        "order.payment_received",
        "order.placed",
    ]
    assert [row["actor"]["name"] for row in rows] == ["Owner", "Owner", "Owner", "storefront"]
    assert (rows[0]["reason"], rows[0]["changes"]) == (
        "The address is odd.",
        {"status": ["placed", "on_hold"]},
    )
    assert rows[2]["changes"]["payment"] == ["unpaid", "paid"]
    assert all(row["request_id"] or row["workflow_id"] for row in rows)
    notes = (await house.order(order["id"]))["notes"]
    assert [(note["text"], note["author"]["name"]) for note in notes] == [
        ("Ring <b>twice</b>.", "Owner")
    ]

    paged, after = [], None
    while True:
        params = {"limit": 3} | ({"after": after} if after else {})
        page = (await house.api.get(url, params=params)).json()
        paged += page["rows"]
        after = page["next"]
        if after is None:
            break
    assert paged == rows
    assert (await house.api.get(url, params={"after": 2**63})).status_code == 422


async def test_a_label_is_downloaded_whoever_carries_it(house: House) -> None:
    for shipping in ("courier", "pickup", "cdek"):
        await _has_label(house, await paid(house, shipping=shipping))


async def _has_label(house: House, order: Json) -> None:
    id = await ship(house, order)
    url = f"/orders/{order['id']}/shipments/{id}/label"
    first = await house.api.get(url)
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content.startswith(b"%PDF-")
    assert first.headers["content-disposition"].startswith("attachment; ")
    again = await house.api.get(url)
    assert again.content == first.content
    assert (await house.order(order["id"]))["shipments"][0]["has_label"] is True
    other = await house.place()
    for path in (f"/orders/{other['id']}/shipments/{id}/label", url.replace(id, str(uuid4()))):
        assert (await house.api.get(path)).status_code == 404
