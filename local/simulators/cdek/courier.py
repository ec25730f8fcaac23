"""The way of a parcel: its stages in order, and the acts by which a demo leads it."""

from local.simulators.state import Document

# Code: the name people see, the number old integrations still receive.
STAGES: dict[str, tuple[str, str]] = {
    "ACCEPTED": ("Принят", "0"),
    "CREATED": ("Создан", "1"),
    "REMOVED": ("Удален", "2"),
    "INVALID": ("Некорректный заказ", "0"),
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": ("Принят на склад отправителя", "3"),
    "READY_FOR_SHIPMENT_IN_SENDER_CITY": ("Выдан на отправку в г. отправителе", "6"),
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY": ("Сдан перевозчику в г. отправителе", "7"),
    "SENT_TO_RECIPIENT_CITY": ("Отправлен в г. получатель", "8"),
    "ACCEPTED_IN_RECIPIENT_CITY": ("Встречен в г. получателе", "9"),
    "ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE": ("Принят на склад доставки", "10"),
    "TAKEN_BY_COURIER": ("Выдан на доставку", "11"),
    "ACCEPTED_AT_PICK_UP_POINT": ("Принят на склад до востребования", "12"),
    "POSTOMAT_POSTED": ("Заложен в постамат", "38"),
    "DELIVERED": ("Вручен", "4"),
    "NOT_DELIVERED": ("Не вручен", "5"),
}
_TRAVEL = (
    "CREATED",
    "RECEIVED_AT_SHIPMENT_WAREHOUSE",
    "READY_FOR_SHIPMENT_IN_SENDER_CITY",
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY",
    "SENT_TO_RECIPIENT_CITY",
    "ACCEPTED_IN_RECIPIENT_CITY",
)
_ARRIVALS = {
    "door": ("ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE", "TAKEN_BY_COURIER"),
    "point": ("ACCEPTED_AT_PICK_UP_POINT",),
    "postomat": ("POSTOMAT_POSTED",),
}
REFUSED_BY_RECIPIENT = "11"
ACTS = ("step", "hand_over", "arrive", "deliver", "refuse")


def stages_ahead(end: str, at: str, act: str) -> list[str]:
    """The stages `act` leads through from stage `at`, for a parcel that ends at `end`;
    none where the parcel is past that or not on its way."""
    way = [*_TRAVEL, *_ARRIVALS[end], "DELIVERED"]
    if at not in way[:-1]:
        return []
    ahead = way[way.index(at) + 1 :]
    if act == "refuse":
        return ["NOT_DELIVERED"] if at != "CREATED" else []
    if act == "step":
        return ahead[:1]
    goal = {"hand_over": way[1], "arrive": way[-2], "deliver": way[-1]}[act]
    return ahead[: ahead.index(goal) + 1] if goal in ahead else []


def end_of(tariff_mode: int) -> str:
    if tariff_mode in (1, 3):
        return "door"
    return "postomat" if tariff_mode in (6, 7) else "point"


def is_final(status: Document) -> bool:
    return status["code"] in ("DELIVERED", "NOT_DELIVERED", "REMOVED", "INVALID")
