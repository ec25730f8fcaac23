"""The built-in notices in Russian."""

from domain.notice_texts.wording import Language, Wording, with_letter_frame
from domain.notices import Audience, NoticeEvent

_CUSTOMER = {
    NoticeEvent.ORDER_PLACED: Wording(
        "Спасибо за заказ $order_number",
        "Спасибо! Мы получили ваш заказ $order_number:\n\n"
        "$items\n\nИтого: $total\n\nМы напишем, как только он отправится в путь.",
        "$shop_name: спасибо! Заказ $order_number на сумму $total принят.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "Заказ $order_number оплачен",
        "Мы получили оплату заказа $order_number. Спасибо!\n\nИтого: $total",
        "$shop_name: спасибо, оплата заказа $order_number получена.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "Оплата заказа $order_number не прошла",
        "Оплата $total по заказу $order_number не прошла.\n\n"
        "Ничего страшного: попробуйте ещё раз или выберите другой способ оплаты.",
        "$shop_name: оплата заказа $order_number не прошла. Попробуйте ещё раз.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "Заказ $order_number в пути",
        "Хорошая новость: мы отправили посылку по заказу $order_number.\n\n"
        "Номер для отслеживания: $tracking",
        "$shop_name: заказ $order_number в пути.\nТрек-номер: $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "Заказ $order_number ждёт вас",
        "Заказ $order_number прибыл и ждёт вас в пункте выдачи.\n\n"
        "Номер для отслеживания: $tracking",
        "$shop_name: заказ $order_number ждёт вас в пункте выдачи.\nТрек-номер: $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "Заказ $order_number доставлен",
        "Посылка по заказу $order_number доставлена. Надеемся, вам всё понравится!\n\n"
        "Если что-то не так, просто ответьте на это письмо.",
        "$shop_name: посылка по заказу $order_number доставлена. Спасибо!",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Заказ $order_number: отмена",
        "Отмена по вашему заказу $order_number выполнена.\n\n"
        "Теперь итого: $total. Если вы заплатили больше, мы вернём разницу.",
        "$shop_name: отмена по заказу $order_number выполнена. Теперь итого: $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "Срок оплаты заказа $order_number истёк",
        "Мы не получили оплату заказа $order_number и закрыли его.\n\n"
        "Будем рады новому заказу в любое время.",
        "$shop_name: заказ $order_number не был оплачен вовремя и закрыт.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "Заказ $order_number ненадолго приостановлен",
        "Мы приостановили заказ $order_number, чтобы кое-что проверить.\n\n"
        "От вас ничего не требуется; мы напишем, как только продолжим.",
        "$shop_name: заказ $order_number приостановлен для проверки.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "Работа над заказом $order_number продолжается",
        "Всё в порядке: мы снова работаем над заказом $order_number.\n\nСпасибо за терпение.",
        "$shop_name: мы снова работаем над заказом $order_number. Спасибо за терпение.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "Заказ $order_number изменён",
        "Ваш заказ $order_number изменён. Теперь он выглядит так:\n\n$items\n\nИтого: $total",
        "$shop_name: заказ $order_number изменён. Теперь итого: $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "Возврат денег по заказу $order_number",
        "Мы возвращаем вам деньги по заказу $order_number.\n\n"
        "Всего возвращено: $refunded\n\nБанку может понадобиться несколько дней.",
        "$shop_name: возвращаем деньги по заказу $order_number.\nВсего: $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "Кто занимается заказом $order_number",
        "Ваш заказ $order_number в надёжных руках.\n\nТеперь за него отвечает $responsible_name.",
        "$shop_name: заказ $order_number в надёжных руках.\nЗа него отвечает $responsible_name.",
    ),
}

_STAFF = {
    NoticeEvent.ORDER_PLACED: Wording(
        "Новый заказ $order_number на сумму $total",
        "Новый заказ $order_number, покупатель $customer_name:\n\n$items\n\n"
        "Итого: $total\nОтветственный: $responsible_name",
        "Новый заказ $order_number на сумму $total.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "Заказ $order_number оплачен",
        "Получена оплата заказа $order_number, покупатель $customer_name.\n\nИтого: $total",
        "Заказ $order_number на сумму $total оплачен.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "Заказ $order_number: оплата не прошла",
        "Оплата $total по заказу $order_number, покупатель $customer_name, не прошла.",
        "Заказ $order_number: оплата $total не прошла.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "Заказ $order_number отправлен",
        "Отправлена посылка по заказу $order_number, получатель $customer_name.\n\n"
        "Номер для отслеживания: $tracking",
        "Отправлена посылка по заказу $order_number.\nТрек-номер: $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "Заказ $order_number ждёт получателя",
        "Заказ $order_number в пункте выдачи, получатель $customer_name.\n\n"
        "Номер для отслеживания: $tracking",
        "Заказ $order_number ждёт в пункте выдачи.\nТрек-номер: $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "Заказ $order_number доставлен",
        "Доставлена посылка по заказу $order_number, получатель $customer_name.",
        "Доставлена посылка по заказу $order_number.",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Заказ $order_number: отмена",
        "Отмена по заказу $order_number, покупатель $customer_name.\n\n"
        "Теперь итого: $total\nПричина: $reason",
        "Отмена по заказу $order_number. Теперь итого: $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "Срок оплаты заказа $order_number истёк",
        "Заказ $order_number, покупатель $customer_name, не оплачен вовремя; "
        "его товары снова свободны.",
        "Заказ $order_number не оплачен вовремя, срок истёк.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "Заказ $order_number приостановлен",
        "Приостановлен заказ $order_number, покупатель $customer_name.\n\nПричина: $reason",
        "Заказ $order_number приостановлен.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "Работа над заказом $order_number продолжается",
        "Заказ $order_number, покупатель $customer_name, больше не приостановлен; "
        "работу можно продолжать.",
        "Заказ $order_number больше не приостановлен.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "Заказ $order_number изменён",
        "Изменён заказ $order_number, покупатель $customer_name:\n\n$items\n\nТеперь итого: $total",
        "Заказ $order_number изменён. Теперь итого: $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "Заказ $order_number: возврат денег",
        "Возвращаем деньги по заказу $order_number, покупатель $customer_name.\n\n"
        "Всего возвращено: $refunded",
        "Заказ $order_number: деньги возвращаются покупателю.\nВсего: $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "Новый ответственный за заказ $order_number",
        "Новый ответственный за заказ $order_number на сумму $total, покупатель $customer_name.\n\n"
        "Ответственный: $responsible_name",
        "Новый ответственный за заказ $order_number на сумму $total.\n$responsible_name",
    ),
    NoticeEvent.ATTENTION_NEEDED: Wording(
        "Заказ $order_number ждёт вашего решения",
        "Заказ $order_number, покупатель $customer_name, не может двигаться дальше сам.\n\n"
        "На что посмотреть: $reason\n\nПожалуйста, откройте заказ и примите решение.",
        "Заказ $order_number ждёт вашего решения.\nПричина: $reason",
    ),
}

RUSSIAN = Language(
    wordings={
        **with_letter_frame(
            _CUSTOMER,
            Audience.CUSTOMER,
            "Здравствуйте, $recipient_name!",
            "С наилучшими пожеланиями,\n$shop_name",
        ),
        **with_letter_frame(_STAFF, Audience.STAFF, "Здравствуйте, $recipient_name!", "$shop_name"),
    },
    attention={
        "start_payment": "не удалось начать оплату",
        "read_payment": "состояние оплаты неизвестно",
        "capture_payment": "не удалось списать оплату",
        "void_payment": "не удалось снять блокировку на карте",
        "refund_payment": "не удалось вернуть деньги",
        "book_parcel": "не удалось оформить отправление",
        "read_parcel": "состояние посылки неизвестно",
    },
    more_items="и ещё $count",
)
