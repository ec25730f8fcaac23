"""What notices say: in every language, complete, safe, and short where it costs."""

from dataclasses import replace
from string import Template

import pytest

from domain.money import Money
from domain.notice_texts import LANGUAGES, built_in, candidates, language_of, sms
from domain.notice_texts.amounts import written
from domain.notice_texts.facts import EXAMPLE, PLACEHOLDERS, Facts, Item, values
from domain.notice_texts.templates import (
    BrokenPlaceholder,
    NoSuchLanguage,
    TemplateSizeWrong,
    UnknownPlaceholder,
    UnreadableTemplate,
    check_language,
    check_template,
    fill_in,
    html_page,
    preview,
    text_for,
)
from domain.notices import (
    KINDS,
    Audience,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeText,
    Recipient,
)
from domain.order_messages import StepKind

BARE = Facts(100001, "Blue Door", "Ada Martin", Money(5000, "EUR"), Money(0, "EUR"), items=())
"""An order that knows nothing it need not know."""

CUSTOMER = Recipient(Audience.CUSTOMER, "Ada Martin", "ada@example.org", "+33612345678", "en")
STAFF = Recipient(Audience.STAFF, "Sam Petrov", "sam@example.org", "+447700900123", "en", 7)
READERS = {Audience.CUSTOMER: CUSTOMER, Audience.STAFF: STAFF}
TO_CUSTOMER = NoticeKind(NoticeEvent.ORDER_SHIPPED, Audience.CUSTOMER, NoticeChannel.EMAIL)
SMS_TO_CUSTOMER = replace(TO_CUSTOMER, channel=NoticeChannel.SMS)

every_text = pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, language) for kind in KINDS for language in LANGUAGES],
    ids=lambda part: "-".join(vars(part).values()) if isinstance(part, NoticeKind) else part,
)


def text_of(kind: NoticeKind, language: str) -> NoticeText:
    text = built_in(kind, language)
    assert text is not None
    return text


@every_text
def test_every_text_exists_passes_our_own_rules_and_leaves_nothing_unfilled(
    kind: NoticeKind, language: str
) -> None:
    check_template(kind, text_of(kind, language))
    for facts in (EXAMPLE, replace(EXAMPLE, reason="Stock looks wrong"), BARE):
        used, text = text_for(kind, replace(READERS[kind.audience], language=language), facts, {})
        assert used == language
        assert "$" not in text.body + text.subject
        assert "100001" in text.body
        assert (text.subject == "") == (kind.channel is NoticeChannel.SMS)


@every_text
def test_every_language_tells_the_same_facts(kind: NoticeKind, language: str) -> None:
    def named(text: NoticeText) -> set[str]:
        return set(Template(f"{text.subject}\n{text.body}").get_identifiers())

    assert named(text_of(kind, language)) == named(text_of(kind, "en"))


@pytest.mark.parametrize(("language", "most"), [("en", 1), ("fr", 1), ("ru", 2)])
@pytest.mark.parametrize("audience", Audience)
def test_every_sms_is_one_message_and_two_in_russian(
    audience: Audience, language: str, most: int
) -> None:
    reader = replace(READERS[audience], language=language)
    dear = {
        text.body
        for kind in KINDS
        if (kind.audience, kind.channel) == (audience, NoticeChannel.SMS)
        for code in StepKind
        for _, text in [text_for(kind, reader, replace(EXAMPLE, attention=code), {})]
        if sms.segments(text.body) > most
    }
    assert dear == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_that_can_get_stuck_is_spoken_in_every_language(language: str) -> None:
    assert set(LANGUAGES[language].attention) == set(StepKind)


def test_a_line_whose_value_is_missing_is_left_out() -> None:
    text = "On its way.\n\nTracking: $tracking\n\nYours, $shop_name"
    assert fill_in(text, {"tracking": "", "shop_name": "Blue Door"}) == (
        "On its way.\n\nYours, Blue Door"
    )
    assert fill_in(text, {"tracking": "1Z", "shop_name": "Blue Door"}) == (
        "On its way.\n\nTracking: 1Z\n\nYours, Blue Door"
    )


def test_values_are_never_read_as_templates_and_never_break_a_line() -> None:
    hostile = replace(EXAMPLE, customer_name="$total\r\nBcc: x\x00  {}", items=[Item("a\nb", 1)])
    said = values(hostile, STAFF, "en")
    assert said["customer_name"] == "$total Bcc: x {}"
    assert said["items"] == "1 × a b"
    assert fill_in("$customer_name", said) == "$total Bcc: x {}"


def test_a_long_order_names_its_first_items() -> None:
    many = replace(EXAMPLE, items=[Item(f"Mug {n}", n) for n in range(1, 23)])
    lines = values(many, CUSTOMER, "fr")["items"].splitlines()
    assert (lines[0], lines[19], lines[20:]) == ("1 × Mug 1", "20 × Mug 20", ["et 2 de plus"])


def test_what_staff_wrote_stays_with_staff() -> None:
    held = replace(EXAMPLE, reason="Customer looks like a fraud")
    assert "reason" not in values(held, CUSTOMER, "en")
    assert values(held, STAFF, "en")["reason"] == "Customer looks like a fraud"


@pytest.mark.requirement("R10")
def test_a_dash_stands_for_what_is_hidden_from_a_reader() -> None:
    said = values(EXAMPLE, replace(STAFF, hidden=frozenset({"total", "customer_name"})), "en")
    assert (said["total"], said["customer_name"]) == ("—", "—")
    assert (said["refunded"], said["items"]) == (
        values(EXAMPLE, STAFF, "en")["refunded"],
        "2 × Blue mug\n1 × Tea towel",
    )
    without_email = replace(STAFF, hidden=frozenset({"customer_email"}))
    nameless = replace(EXAMPLE, customer_name="ada@example.org", is_named=False)
    assert values(nameless, without_email, "en")["customer_name"] == "—"
    assert values(EXAMPLE, without_email, "en")["customer_name"] == "Ada Martin"


def test_a_reader_gets_the_shops_text_then_the_built_in_one_then_english() -> None:
    own = {"de": NoticeText("Unterwegs", "Los!"), "en": NoticeText("Gone", "Off!")}
    ours = {code: text_of(TO_CUSTOMER, code) for code in LANGUAGES}
    assert next(candidates(TO_CUSTOMER, "de", own)) == ("de", own["de"])
    assert next(candidates(TO_CUSTOMER, "fr", own)) == ("fr", ours["fr"])
    assert list(candidates(TO_CUSTOMER, "it", own)) == [("en", own["en"]), ("en", ours["en"])]
    assert list(candidates(TO_CUSTOMER, "it", {})) == [("en", ours["en"])]


def test_a_text_of_the_shops_own_that_has_nothing_to_say_gives_way() -> None:
    own = {"en": NoticeText("Parcel $order_number", "$tracking")}
    assert text_for(TO_CUSTOMER, CUSTOMER, EXAMPLE, own)[1].body == EXAMPLE.tracking
    assert text_for(TO_CUSTOMER, CUSTOMER, BARE, own)[1].body.startswith("Hello Ada Martin,")


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr", "fr"), ("FR-ca", "fr"), ("ru_RU.UTF-8", "ru"), ("", "en"), (" de ", "de")],
)
def test_the_language_of_a_code(code: str, language: str) -> None:
    assert language_of(code) == language


@pytest.mark.parametrize(
    ("text", "refusal", "message"),
    [
        (NoticeText("Hi", "$nope and $total"), UnknownPlaceholder, r"There is no \$nope here"),
        (NoticeText("$Total", "Hi"), UnknownPlaceholder, r"There is no \$Total here"),
        (NoticeText("Hi", "$reason"), UnknownPlaceholder, r"There is no \$reason here"),
        (NoticeText("Hi", "Only $ 5"), BrokenPlaceholder, r"write \$\$ for the sign itself"),
        (NoticeText("Hi", " \n"), TemplateSizeWrong, "The text is empty"),
        (NoticeText("", "Hi"), TemplateSizeWrong, "The subject is empty"),
        (NoticeText("x" * 151, "Hi"), TemplateSizeWrong, "subject has 151 characters; 150 fit"),
        (NoticeText("Hi", "x" * 10_001), TemplateSizeWrong, "has 10001 characters; 10000 fit"),
        (NoticeText("Hi\nBcc: x", "Hi"), UnreadableTemplate, "The subject is one line"),
        (NoticeText("Hi", "nul\x00"), UnreadableTemplate, "control characters"),
    ],
)
def test_a_template_that_would_not_work_is_refused(
    text: NoticeText, refusal: type[Exception], message: str
) -> None:
    with pytest.raises(refusal, match=message):
        check_template(TO_CUSTOMER, text)


def test_an_sms_template_is_short_and_has_no_subject() -> None:
    check_template(SMS_TO_CUSTOMER, NoticeText("", "x" * 320))
    with pytest.raises(TemplateSizeWrong, match="321 characters; 320 fit"):
        check_template(SMS_TO_CUSTOMER, NoticeText("", "x" * 321))
    with pytest.raises(TemplateSizeWrong, match="An SMS has no subject"):
        check_template(SMS_TO_CUSTOMER, NoticeText("Hi", "Hi"))


def test_a_template_may_use_every_placeholder_and_a_dollar() -> None:
    names = " ".join(f"${{{name}}}" for name in PLACEHOLDERS[Audience.CUSTOMER])
    text = NoticeText("You save $$5", names)
    check_template(TO_CUSTOMER, text)
    assert preview(TO_CUSTOMER, "en", text).subject == "You save $5"
    assert EXAMPLE.tracking in preview(TO_CUSTOMER, "en", text).body


@pytest.mark.parametrize("code", ["", "EN", "english", "e1", "en\n"])
def test_a_language_is_named_by_its_code(code: str) -> None:
    with pytest.raises(NoSuchLanguage, match="is no language code"):
        check_language(code)


def test_the_html_page_shows_the_same_text_and_runs_nothing() -> None:
    page = html_page("fr", NoticeText("<b>", 'Bonjour <script>,\n\nligne 1\nligne 2 & "3"'))
    assert page.startswith('<!DOCTYPE html><html lang="fr">')
    assert "<title>&lt;b&gt;</title>" in page
    assert page.count("<p ") == 2
    assert "Bonjour &lt;script&gt;,</p>" in page
    assert "ligne 1<br>ligne 2 &amp; &quot;3&quot;</p>" in page


@pytest.mark.parametrize(
    ("money", "language", "text"),
    [
        (Money(123450, "GBP"), "en", "£1,234.50"),
        (Money(-5, "USD"), "en", "-US$0.05"),
        (Money(123450, "RUB"), "en", "RUB 1,234.50"),
        (Money(123450, "EUR"), "fr", "1\u00a0234,50\u00a0€"),
        (Money(123450, "RUB"), "fr", "1\u00a0234,50\u00a0RUB"),
        (Money(123456789, "RUB"), "ru", "1\u00a0234\u00a0567,89\u00a0₽"),
        (Money(1500, "JPY"), "ru", "1\u00a0500\u00a0JPY"),
        (Money(1500, "KWD"), "en", "KWD 1.500"),
        (Money(100, "EUR"), "de", "€1.00"),
    ],
)
def test_money_as_each_language_writes_it(money: Money, language: str, text: str) -> None:
    assert written(money, language) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
    ],
)
def test_what_an_sms_costs(text: str, count: int) -> None:
    assert sms.segments(text) == count


def test_typographic_signs_do_not_double_the_price() -> None:
    assert sms.plain("«L’été» – 1\u00a0234,50\u00a0€…") == "«L'été» - 1 234,50 €..."
