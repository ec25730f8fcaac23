"""What mails about somebody's sign-in say, in three languages."""

from collections.abc import Mapping
from string import Template

from domain.account_mails import MailKind
from domain.notice_texts import FALLBACK, language_of
from domain.notices import NoticeText

Texts = Mapping[MailKind, NoticeText]

_ENGLISH: Texts = {
    MailKind.CODE: NoticeText(
        "$code is your sign-in code",
        "Hello $name,\n\nyour sign-in code is:\n\n$code\n\n"
        "It is good for ten minutes and for one sign-in.\n\n"
        "Was it not you? Then somebody knows your password: please change it now.",
    ),
    MailKind.INVITATION: NoticeText(
        "Your account is ready",
        "Hello $name,\n\nan account was made for you. Your login is $login.\n\n"
        "Choose your password here:\n$link\n\n"
        "The link is good for seven days and can be used once.",
    ),
    MailKind.RESET: NoticeText(
        "Choose a new password",
        "Hello $name,\n\na new password was asked for your account $login.\n\n"
        "Choose it here:\n$link\n\nThe link is good for half an hour and can be used once.\n\n"
        "Was it not you? Then there is nothing to do: your password stays as it is.",
    ),
    MailKind.NEW_DEVICE: NoticeText(
        "Sign-in from a new device",
        "Hello $name,\n\nsomebody signed in to your account $login from a device we did not "
        "know.\n\n"
        "Time: $at\nAddress: $address\nBrowser: $browser\n\n"
        "Was it not you? Change your password now and tell your administrator.",
    ),
    MailKind.PASSWORD_CHANGED: NoticeText(
        "Your password was changed",
        "Hello $name,\n\nthe password of your account $login was changed, and all other sessions "
        "were ended.\n\nWas it not you? Tell your administrator at once.",
    ),
}
_FRENCH: Texts = {
    MailKind.CODE: NoticeText(
        "$code est votre code de connexion",
        "Bonjour $name,\n\nvotre code de connexion est :\n\n$code\n\n"
        "Il est valable dix minutes et pour une seule connexion.\n\n"
        "Ce n’était pas vous ? Quelqu’un connaît alors votre mot de passe : "
        "changez-le sans attendre.",
    ),
    MailKind.INVITATION: NoticeText(
        "Votre compte est prêt",
        "Bonjour $name,\n\nun compte a été créé pour vous. Votre identifiant est $login.\n\n"
        "Choisissez votre mot de passe ici :\n$link\n\n"
        "Le lien est valable sept jours et ne sert qu’une fois.",
    ),
    MailKind.RESET: NoticeText(
        "Choisissez un nouveau mot de passe",
        "Bonjour $name,\n\nun nouveau mot de passe a été demandé pour votre compte $login.\n\n"
        "Choisissez-le ici :\n$link\n\n"
        "Le lien est valable une demi-heure et ne sert qu’une fois.\n\n"
        "Ce n’était pas vous ? Vous n’avez rien à faire : votre mot de passe ne change pas.",
    ),
    MailKind.NEW_DEVICE: NoticeText(
        "Connexion depuis un nouvel appareil",
        "Bonjour $name,\n\nquelqu’un s’est connecté à votre compte $login depuis un appareil "
        "inconnu.\n\nHeure : $at\nAdresse : $address\nNavigateur : $browser\n\n"
        "Ce n’était pas vous ? Changez votre mot de passe sans attendre et prévenez votre "
        "administrateur.",
    ),
    MailKind.PASSWORD_CHANGED: NoticeText(
        "Votre mot de passe a été changé",
        "Bonjour $name,\n\nle mot de passe de votre compte $login a été changé et toutes les "
        "autres sessions ont été fermées.\n\n"
        "Ce n’était pas vous ? Prévenez tout de suite votre administrateur.",
    ),
}
_RUSSIAN: Texts = {
    MailKind.CODE: NoticeText(
        "$code — ваш код для входа",
        "Здравствуйте, $name!\n\nВаш код для входа:\n\n$code\n\n"
        "Он действует десять минут и только для одного входа.\n\n"
        "Это были не вы? Значит, кто-то знает ваш пароль: смените его прямо сейчас.",
    ),
    MailKind.INVITATION: NoticeText(
        "Ваша учётная запись готова",
        "Здравствуйте, $name!\n\nДля вас создана учётная запись. Ваш логин: $login.\n\n"
        "Выберите пароль здесь:\n$link\n\nСсылка действует семь дней и только один раз.",
    ),
    MailKind.RESET: NoticeText(
        "Выберите новый пароль",
        "Здравствуйте, $name!\n\nДля вашей учётной записи $login запросили новый пароль.\n\n"
        "Выберите его здесь:\n$link\n\nСсылка действует полчаса и только один раз.\n\n"
        "Это были не вы? Тогда ничего делать не нужно: пароль останется прежним.",
    ),
    MailKind.NEW_DEVICE: NoticeText(
        "Вход с нового устройства",
        "Здравствуйте, $name!\n\nВ вашу учётную запись $login вошли с незнакомого устройства.\n\n"
        "Время: $at\nАдрес: $address\nБраузер: $browser\n\n"
        "Это были не вы? Смените пароль прямо сейчас и сообщите администратору.",
    ),
    MailKind.PASSWORD_CHANGED: NoticeText(
        "Ваш пароль изменён",
        "Здравствуйте, $name!\n\nПароль вашей учётной записи $login изменён, "
        "все остальные сеансы завершены.\n\nЭто были не вы? Сразу сообщите администратору.",
    ),
}
ACCOUNT_TEXTS: Mapping[str, Texts] = {"en": _ENGLISH, "fr": _FRENCH, "ru": _RUSSIAN}


def account_text(kind: MailKind, language: str, values: Mapping[str, str]) -> NoticeText:
    """A value is one line, whatever somebody's browser calls itself."""
    texts = ACCOUNT_TEXTS.get(language_of(language), ACCOUNT_TEXTS[FALLBACK])
    lines = {name: " ".join(value.split()) for name, value in values.items()}
    text = texts[kind]
    return NoticeText(
        Template(text.subject).substitute(lines), Template(text.body).substitute(lines)
    )
