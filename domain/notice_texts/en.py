"""The built-in notices in English."""

from domain.notice_texts.wording import Language, Wording, with_letter_frame
from domain.notices import Audience, NoticeEvent

_CUSTOMER = {
    NoticeEvent.ORDER_PLACED: Wording(
        "Thank you for your order $order_number",
        "Thank you! We have received your order $order_number:\n\n"
        "$items\n\nTotal: $total\n\nWe will write again when it is on its way.",
        "$shop_name: thank you! We have received your order $order_number for $total.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "Payment received for order $order_number",
        "Your payment for order $order_number has arrived, thank you.\n\nTotal: $total",
        "$shop_name: thank you, your payment for order $order_number has arrived.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "The payment for order $order_number did not go through",
        "The payment of $total for your order $order_number did not go through.\n\n"
        "No harm done: please try again or choose another way to pay.",
        "$shop_name: the payment for order $order_number did not go through. Please try again.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "Your order $order_number is on its way",
        "Good news: we have sent a parcel of your order $order_number.\n\n"
        "Tracking number: $tracking",
        "$shop_name: your order $order_number is on its way.\nTracking: $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "Your order $order_number is ready to collect",
        "Your order $order_number has arrived and is waiting for you at the pick-up point.\n\n"
        "Tracking number: $tracking",
        "$shop_name: your order $order_number is ready to collect.\nTracking: $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "Your order $order_number has arrived",
        "Your parcel of order $order_number has been delivered. We hope you enjoy it!\n\n"
        "If anything is not as it should be, just answer this e-mail.",
        "$shop_name: your parcel of order $order_number has been delivered. Enjoy!",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Order $order_number: cancellation",
        "The cancellation for your order $order_number has been carried out.\n\n"
        "The total is now $total. Anything you have paid above it comes back to you.",
        "$shop_name: the cancellation for order $order_number is done. The total is now $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "Order $order_number has expired",
        "We have not received a payment for your order $order_number, so we have closed it.\n\n"
        "You are welcome to order again at any time.",
        "$shop_name: order $order_number was not paid in time and has been closed.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "Order $order_number is on hold for a moment",
        "We have put your order $order_number on hold while we check something.\n\n"
        "There is nothing you need to do; we will write as soon as it goes on.",
        "$shop_name: order $order_number is on hold while we check something.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "Order $order_number goes on",
        "All is well: we are working on your order $order_number again.\n\n"
        "Thank you for your patience.",
        "$shop_name: we are working on your order $order_number again. Thank you for waiting.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "Your order $order_number has changed",
        "Your order $order_number has been changed. This is how it stands now:\n\n"
        "$items\n\nTotal: $total",
        "$shop_name: your order $order_number has changed. The total is now $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "A refund for order $order_number",
        "Money is on its way back to you for your order $order_number.\n\n"
        "Refunded so far: $refunded\n\nBanks may take a few days to show it.",
        "$shop_name: a refund for order $order_number is on its way.\nSo far: $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "A person to turn to for order $order_number",
        "Your order $order_number is in good hands.\n\n"
        "$responsible_name looks after it from now on.",
        "$shop_name: your order $order_number is in good hands.\n$responsible_name looks after it.",
    ),
}

_STAFF = {
    NoticeEvent.ORDER_PLACED: Wording(
        "New order $order_number for $total",
        "$customer_name has placed order $order_number:\n\n$items\n\n"
        "Total: $total\nResponsible: $responsible_name",
        "New order $order_number for $total.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "Order $order_number is paid",
        "The payment for order $order_number of $customer_name has arrived.\n\nTotal: $total",
        "Order $order_number for $total is paid.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "Order $order_number: the payment failed",
        "The payment of $total for order $order_number of $customer_name did not go through.",
        "Order $order_number: the payment of $total did not go through.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "Order $order_number has left",
        "A parcel of order $order_number to $customer_name has left.\n\nTracking number: $tracking",
        "A parcel of order $order_number has left.\nTracking: $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "Order $order_number waits to be collected",
        "Order $order_number waits at the pick-up point for $customer_name.\n\n"
        "Tracking number: $tracking",
        "Order $order_number waits at the pick-up point.\nTracking: $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "Order $order_number has been delivered",
        "A parcel of order $order_number has been delivered to $customer_name.",
        "A parcel of order $order_number has been delivered.",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Order $order_number: cancellation",
        "There was a cancellation in order $order_number of $customer_name.\n\n"
        "Total now: $total\nReason: $reason",
        "There was a cancellation in order $order_number. Total now: $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "Order $order_number has expired",
        "Order $order_number of $customer_name was not paid in time; its stock is free again.",
        "Order $order_number was not paid in time and has expired.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "Order $order_number is on hold",
        "Order $order_number of $customer_name has been put on hold.\n\nReason: $reason",
        "Order $order_number has been put on hold.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "Order $order_number goes on",
        "Order $order_number of $customer_name is off hold; work on it may go on.",
        "Order $order_number is off hold.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "Order $order_number has changed",
        "Order $order_number of $customer_name has been changed:\n\n$items\n\nTotal now: $total",
        "Order $order_number has changed. Total now: $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "Order $order_number: refund",
        "Money goes back to $customer_name for order $order_number.\n\nRefunded so far: $refunded",
        "Order $order_number: money goes back to the customer.\nSo far: $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "Order $order_number has a new responsible person",
        "Order $order_number of $customer_name for $total has a new responsible person.\n\n"
        "Responsible: $responsible_name",
        "Order $order_number for $total has a new responsible person.\n$responsible_name",
    ),
    NoticeEvent.ATTENTION_NEEDED: Wording(
        "Order $order_number needs you",
        "Order $order_number of $customer_name cannot go on by itself.\n\n"
        "What to look at: $reason\n\nPlease open the order and settle it.",
        "Order $order_number cannot go on by itself.\nLook at: $reason",
    ),
}

ENGLISH = Language(
    wordings={
        **with_letter_frame(
            _CUSTOMER, Audience.CUSTOMER, "Hello $recipient_name,", "Warm regards,\n$shop_name"
        ),
        **with_letter_frame(_STAFF, Audience.STAFF, "Hello $recipient_name,", "$shop_name"),
    },
    attention={
        "start_payment": "the payment could not be started",
        "read_payment": "the state of the payment is not known",
        "capture_payment": "the payment could not be captured",
        "void_payment": "the hold on the card could not be lifted",
        "refund_payment": "the money could not be sent back",
        "book_parcel": "the parcel could not be booked",
        "read_parcel": "the state of the parcel is not known",
    },
    more_items="and $count more",
)
