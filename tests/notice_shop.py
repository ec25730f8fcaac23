"""A shop with one order and the people who hear of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.notices import NoticeActivities, NoticesWaiting
from db import history, notice_settings
from db.engine import Database
from db.groups import find_group_id
from db.tables.access import Account
from db.tables.catalogue import Product, Variant
from db.tables.notices import Notice
from db.tables.orders import Order, OrderLine
from db.tables.shipments import Shipment
from db.tables.shop import Branch, Channel
from db.tables.staff import StaffBranch, StaffGroup, StaffMember
from domain.notices import KINDS, Announcement, NoticeEvent
from tests.fakes import FakeMailbox, FakeSms

ADA, SAM = "ada@example.org", "sam@example.org"
ADAS_PHONE, SAMS_PHONE = "+33612345678", "+447700900123"


class NoticeShop:
    """Sam is responsible for Ada's order; Olga works in the same branch and holds no address."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.order_id = uuid4()
        with db.transaction() as tx:
            self._open(tx)

    def announcement(self, event: NoticeEvent, **values: Any) -> Announcement:
        return Announcement(self.order_id, uuid4(), event, **values)

    def edit(self, row: type[Any], key: object, **values: Any) -> None:
        with self._db.transaction() as tx:
            found = tx.get_one(row, key)
            for name, value in values.items():
                setattr(found, name, value)
            _told(tx)

    def edit_order(self, **values: Any) -> None:
        self.edit(Order, self.order_id, **values)

    def add(self, *rows: object) -> None:
        with self._db.transaction() as tx:
            tx.add_all(rows)
            _told(tx)

    def employ(
        self, member: StaffMember, group: str = "Branch manager", branch: int | None = None
    ) -> int:
        """The id of the account."""
        with self._db.transaction() as tx:
            _told(tx)
            return _employ(tx, member, group, branch)

    def add_shipment(self, sequence: int, state: str, tracking_number: str | None) -> None:
        self.add(
            Shipment(
                id=uuid4(),
                order_id=self.order_id,
                sequence=sequence,
                carrier="cdek",
                service="",
                state=state,
                tracking_number=tracking_number,
                boxes=[],
            )
        )

    def notices(self, change_id: UUID) -> list[Notice]:
        with self._db.transaction() as tx:
            written = select(Notice).where(Notice.change_id == change_id).order_by(Notice.id)
            return list(tx.scalars(written))

    def told(self, change_id: UUID) -> set[tuple[str, str]]:
        return {(notice.channel, notice.recipient) for notice in self.notices(change_id)}

    def states(self, change_id: UUID) -> dict[str, str]:
        return {notice.recipient: notice.state for notice in self.notices(change_id)}

    def _open(self, tx: Session) -> None:
        tx.add_all(Branch(id=id, code=f"b{id}", name=f"Branch {id}", country="FR") for id in (1, 2))
        tx.flush()
        _employ(tx, member(1, "Sam Petrov", email=SAM, phone=SAMS_PHONE), branch=1)
        _employ(tx, member(2, "Olga Orlova", language="ru"), branch=1)
        tx.add(
            Channel(
                id=1,
                code="web",
                name="Blue Door",
                kind="storefront",
                currency="EUR",
                locations=[],
                payment_methods=[],
                shipping_methods=[],
            )
        )
        tx.add(Product(id=1, name="Mug", tax_class="standard"))
        tx.flush()
        tx.add_all(
            Variant(id=id, product_id=1, sku=f"MUG-{id}", price=1250, currency="EUR")
            for id in (1, 2)
        )
        tx.add(_order(self.order_id))
        tx.flush()
        tx.add_all([_line(self.order_id, 1, ordered=3), _line(self.order_id, 2, 1, cancelled=1)])
        _told(tx)


@dataclass
class NoticePost:
    """The activity with its providers at hand."""

    db: Database
    email: FakeMailbox
    sms: FakeSms
    activities: NoticeActivities

    def send(self, announcement: Announcement) -> None:
        self.activities.send_notices(announcement)

    def send_in_vain(self, announcement: Announcement) -> NoticesWaiting:
        with pytest.raises(NoticesWaiting) as failure:
            self.send(announcement)
        return failure.value

    def switch(self, event: NoticeEvent, *, on: bool, **only: str) -> None:
        with self.db.transaction() as tx:
            for kind in KINDS:
                if kind.event == event and only.items() <= vars(kind).items():
                    notice_settings.set_rule(tx, kind, on, by="staff:1")


def member(id: int, name: str, **values: Any) -> StaffMember:
    return StaffMember(id=id, name=name, **values)


def _employ(
    tx: Session, member: StaffMember, group: str = "Branch manager", branch: int | None = None
) -> int:
    tx.add(member)
    tx.flush()
    tx.add(StaffGroup(staff_id=member.id, group_id=find_group_id(tx, group)))
    if branch is not None:
        tx.add(StaffBranch(staff_id=member.id, branch_id=branch))
    account = Account(realm="staff", login=f"staff{member.id}", staff_id=member.id)
    tx.add(account)
    tx.flush()
    return account.id


def _order(id: UUID) -> Order:
    return Order(
        id=id,
        number=100_001,
        channel_id=1,
        branch_id=1,
        responsible_id=1,
        status="placed",
        payment="unpaid",
        fulfilment="unfulfilled",
        currency="EUR",
        prices_include_tax=True,
        goods=123450,
        shipping=0,
        shipping_tax=0,
        tax=0,
        total=123450,
        weight_g=0,
        customer_name="Ada Martin",
        customer_email=ADA,
        customer_phone=ADAS_PHONE,
        language="fr-FR",
        address={},
        search="",
    )


def _line(order_id: UUID, line: int, ordered: int, cancelled: int = 0) -> OrderLine:
    return OrderLine(
        order_id=order_id,
        line=line,
        variant_id=line,
        sku=f"MUG-{line}",
        name=f"Mug {line}",
        unit_price=1250,
        tax_class="standard",
        tax_rate=2000,
        gross=1250,
        tax=0,
        weight_g=0,
        ordered=ordered,
        allocated=ordered - cancelled,
        cancelled=cancelled,
    )


def _told(tx: Session) -> None:
    history.append(tx, history.Entry("shop", 1, "shop.set_up", "system"))
