"""The built-in notices in French. Short texts keep to the letters a plain SMS can carry."""

from domain.notice_texts.wording import Language, Wording, with_letter_frame
from domain.notices import Audience, NoticeEvent

_CUSTOMER = {
    NoticeEvent.ORDER_PLACED: Wording(
        "Merci pour votre commande $order_number",
        "Merci ! Nous avons bien reçu votre commande $order_number :\n\n"
        "$items\n\nTotal : $total\n\nNous vous écrirons dès qu’elle sera en route.",
        "$shop_name : merci ! Votre commande $order_number de $total est bien enregistrée.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "Paiement reçu pour la commande $order_number",
        "Nous avons bien reçu le paiement de votre commande $order_number. Merci !\n\n"
        "Total : $total",
        "$shop_name : merci, le paiement de votre commande $order_number est bien arrivé.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "Le paiement de la commande $order_number n’a pas abouti",
        "Le paiement de $total pour votre commande $order_number n’a pas abouti.\n\n"
        "Rien n’est perdu : réessayez ou choisissez un autre moyen de paiement.",
        "$shop_name : le paiement de la commande $order_number n'a pas abouti. Merci de réessayer.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "Votre commande $order_number est en route",
        "Bonne nouvelle : un colis de votre commande $order_number vient de partir.\n\n"
        "Numéro de suivi : $tracking",
        "$shop_name : votre commande $order_number est en route.\nSuivi : $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "Votre commande $order_number vous attend",
        "Votre commande $order_number est arrivée et vous attend au point de retrait.\n\n"
        "Numéro de suivi : $tracking",
        "$shop_name : votre commande $order_number vous attend au point de retrait.\n"
        "Suivi : $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "Votre commande $order_number est arrivée",
        "Le colis de votre commande $order_number a été livré. Nous espérons qu’il vous plaira !"
        "\n\nSi quelque chose ne va pas, répondez simplement à cet e-mail.",
        "$shop_name : le colis de votre commande $order_number est livré. Belle journée !",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Commande $order_number : annulation",
        "Nous avons procédé à une annulation sur votre commande $order_number.\n\n"
        "Le total est maintenant de $total. Tout trop-perçu vous sera remboursé.",
        "$shop_name : annulation effectuée sur la commande $order_number. Nouveau total : $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "La commande $order_number a expiré",
        "Nous n’avons pas reçu le paiement de votre commande $order_number ; "
        "nous l’avons donc fermée.\n\nVous pouvez commander à nouveau quand vous le souhaitez.",
        "$shop_name : la commande $order_number n'a pas été payée à temps ; elle est fermée.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "La commande $order_number est en attente",
        "Nous avons mis votre commande $order_number en attente, le temps d’une vérification.\n\n"
        "Vous n’avez rien à faire ; nous vous écrirons dès qu’elle repartira.",
        "$shop_name : la commande $order_number est en attente, le temps d'une vérification.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "La commande $order_number repart",
        "Tout va bien : nous préparons de nouveau votre commande $order_number.\n\n"
        "Merci de votre patience.",
        "$shop_name : nous reprenons votre commande $order_number. Merci de votre patience.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "Votre commande $order_number a été modifiée",
        "Votre commande $order_number a été modifiée. La voici à présent :\n\n"
        "$items\n\nTotal : $total",
        "$shop_name : votre commande $order_number est modifiée. Nouveau total : $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "Remboursement de la commande $order_number",
        "Nous vous remboursons une somme pour votre commande $order_number.\n\n"
        "Remboursé à ce jour : $refunded\n\n"
        "Votre banque peut mettre quelques jours à l’afficher.",
        "$shop_name : un remboursement de la commande $order_number est en route.\n"
        "Total remboursé : $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "Votre interlocuteur pour la commande $order_number",
        "Votre commande $order_number est entre de bonnes mains.\n\n"
        "$responsible_name s’en occupe désormais.",
        "$shop_name : votre commande $order_number est entre de bonnes mains.\n"
        "$responsible_name s'en occupe.",
    ),
}

_STAFF = {
    NoticeEvent.ORDER_PLACED: Wording(
        "Nouvelle commande $order_number de $total",
        "$customer_name a passé la commande $order_number :\n\n$items\n\n"
        "Total : $total\nResponsable : $responsible_name",
        "Nouvelle commande $order_number de $total.",
    ),
    NoticeEvent.ORDER_PAID: Wording(
        "La commande $order_number est payée",
        "Le paiement de la commande $order_number ($customer_name) est arrivé.\n\nTotal : $total",
        "La commande $order_number de $total est payée.",
    ),
    NoticeEvent.PAYMENT_FAILED: Wording(
        "Commande $order_number : échec du paiement",
        "Le paiement de $total pour la commande $order_number ($customer_name) n’a pas abouti.",
        "Commande $order_number : le paiement de $total n'a pas abouti.",
    ),
    NoticeEvent.ORDER_SHIPPED: Wording(
        "La commande $order_number est partie",
        "Un colis de la commande $order_number est parti chez $customer_name.\n\n"
        "Numéro de suivi : $tracking",
        "Un colis de la commande $order_number est parti.\nSuivi : $tracking",
    ),
    NoticeEvent.ORDER_READY_FOR_PICKUP: Wording(
        "La commande $order_number attend son retrait",
        "La commande $order_number attend $customer_name au point de retrait.\n\n"
        "Numéro de suivi : $tracking",
        "La commande $order_number attend au point de retrait.\nSuivi : $tracking",
    ),
    NoticeEvent.ORDER_DELIVERED: Wording(
        "La commande $order_number est livrée",
        "Un colis de la commande $order_number a été livré à $customer_name.",
        "Un colis de la commande $order_number est livré.",
    ),
    NoticeEvent.ORDER_CANCELLED: Wording(
        "Commande $order_number : annulation",
        "Une annulation a eu lieu sur la commande $order_number ($customer_name).\n\n"
        "Nouveau total : $total\nMotif : $reason",
        "Annulation sur la commande $order_number. Nouveau total : $total.",
    ),
    NoticeEvent.ORDER_EXPIRED: Wording(
        "La commande $order_number a expiré",
        "La commande $order_number ($customer_name) n’a pas été payée à temps ; "
        "son stock est de nouveau libre.",
        "La commande $order_number n'a pas été payée à temps et a expiré.",
    ),
    NoticeEvent.ORDER_HELD: Wording(
        "La commande $order_number est en attente",
        "La commande $order_number ($customer_name) a été mise en attente.\n\nMotif : $reason",
        "La commande $order_number est mise en attente.",
    ),
    NoticeEvent.ORDER_RELEASED: Wording(
        "La commande $order_number repart",
        "La commande $order_number ($customer_name) n’est plus en attente ; "
        "le travail peut reprendre.",
        "La commande $order_number n'est plus en attente.",
    ),
    NoticeEvent.ORDER_EDITED: Wording(
        "La commande $order_number a été modifiée",
        "La commande $order_number ($customer_name) a été modifiée :\n\n$items\n\n"
        "Nouveau total : $total",
        "La commande $order_number est modifiée. Nouveau total : $total.",
    ),
    NoticeEvent.ORDER_REFUNDED: Wording(
        "Commande $order_number : remboursement",
        "$customer_name est en cours de remboursement pour la commande $order_number.\n\n"
        "Remboursé à ce jour : $refunded",
        "Commande $order_number : le client est en cours de remboursement.\n"
        "Total remboursé : $refunded",
    ),
    NoticeEvent.ORDER_ASSIGNED: Wording(
        "La commande $order_number change de responsable",
        "La commande $order_number ($customer_name, $total) change de responsable.\n\n"
        "Responsable : $responsible_name",
        "La commande $order_number de $total change de responsable.\n$responsible_name",
    ),
    NoticeEvent.ATTENTION_NEEDED: Wording(
        "La commande $order_number a besoin de vous",
        "La commande $order_number ($customer_name) ne peut pas avancer seule.\n\n"
        "À vérifier : $reason\n\nMerci d’ouvrir la commande et de décider de la suite.",
        "La commande $order_number ne peut pas avancer seule.\nPoint à vérifier : $reason",
    ),
}

FRENCH = Language(
    wordings={
        **with_letter_frame(
            _CUSTOMER, Audience.CUSTOMER, "Bonjour $recipient_name,", "Bien à vous,\n$shop_name"
        ),
        **with_letter_frame(_STAFF, Audience.STAFF, "Bonjour $recipient_name,", "$shop_name"),
    },
    attention={
        "start_payment": "impossible de démarrer le paiement",
        "read_payment": "l'état du paiement est inconnu",
        "capture_payment": "impossible d'encaisser le paiement",
        "void_payment": "impossible de lever l'autorisation de la carte",
        "refund_payment": "impossible de rembourser le client",
        "book_parcel": "impossible de réserver l'envoi du colis",
        "read_parcel": "l'état du colis est inconnu",
    },
    more_items="et $count de plus",
)
