"""Every route that asks for a right: one line each, held against the API by test_every_route."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access import Right

OWN_THING = ("{order}", "{customer_id}", "{staff_id}")
"""What belongs to a branch: it does not exist for who works in another."""
PROGRAMS_TOO = {"GET /api/session", "DELETE /api/session"}
"""What is not for persons alone, though it asks for no right."""


@dataclass(frozen=True)
class Entry:
    """Without a session, with half of one or a customer's: 401; without the right: 403.

    Who holds it sends a body that nobody understands, and so learns that they were let in."""

    right: Right
    may: int = 0
    """How holders are answered, where it is not 200 to GET and 422 to everything else."""
    elsewhere: int = 0
    """How holders are answered whose right reaches to another branch only, where that is not 404
    to what belongs to a branch."""

    program: int = 0
    """How a program that holds it is answered, after a person was and where that differs."""

    def may_of(self, name: str) -> int:
        """By default 200 to what reads, 422 to a body that is not understood."""
        return self.may or (200 if name.startswith("GET ") else 422)

    def elsewhere_of(self, name: str) -> int:
        if self.elsewhere:
            return self.elsewhere
        return 404 if any(each in name for each in OWN_THING) else self.may_of(name)


ROUTES: Mapping[str, Entry] = {
    "POST /api/orders": Entry(Right.ORDER_PLACE),
    "POST /api/orders/preview": Entry(Right.ORDER_PLACE),
    "GET /api/channels": Entry(Right.ORDER_PLACE),
    "GET /api/channels/{code}/offer": Entry(Right.ORDER_PLACE, 409),
    "GET /api/orders": Entry(Right.ORDER_READ),
    "GET /api/orders/{order}": Entry(Right.ORDER_READ),
    "GET /api/orders/{order}/history": Entry(Right.ORDER_READ),
    "GET /api/orders/{order}/payments/{payment_id}": Entry(Right.ORDER_READ),
    "POST /api/orders/{order}/hold": Entry(Right.ORDER_HOLD),
    "POST /api/orders/{order}/release": Entry(Right.ORDER_HOLD),
    "POST /api/orders/{order}/pick": Entry(Right.ORDER_FULFIL),
    "POST /api/orders/{order}/pack": Entry(Right.ORDER_FULFIL),
    "POST /api/orders/{order}/allocate": Entry(Right.ORDER_FULFIL),
    "POST /api/orders/{order}/shipments": Entry(Right.ORDER_FULFIL),
    "POST /api/orders/{order}/shipments/{shipment_id}/deliver": Entry(Right.ORDER_FULFIL),
    "POST /api/orders/{order}/cancel": Entry(Right.ORDER_CANCEL),
    "POST /api/orders/{order}/refunds": Entry(Right.ORDER_REFUND),
    "POST /api/orders/{order}/payments": Entry(Right.PAYMENT_RECORD),
    "POST /api/orders/{order}/payments/{payment_id}/receive": Entry(Right.PAYMENT_RECORD),
    "POST /api/orders/{order}/changes": Entry(Right.ORDER_EDIT),
    "POST /api/orders/{order}/changes/{change_id}/confirm": Entry(Right.ORDER_EDIT),
    "DELETE /api/orders/{order}/changes/{change_id}": Entry(Right.ORDER_EDIT, 404),
    "POST /api/orders/{order}/notes": Entry(Right.ORDER_NOTE),
    "POST /api/orders/{order}/files": Entry(Right.ORDER_NOTE),
    "GET /api/orders/{order}/files/{file_id}": Entry(Right.ORDER_READ),
    "POST /api/orders/{order}/responsible": Entry(Right.ORDER_ASSIGN),
    "GET /api/orders/{order}/quotes": Entry(Right.ORDER_FULFIL, 503),
    "GET /api/orders/{order}/shipments/{shipment_id}/label": Entry(Right.ORDER_FULFIL, 404),
    "GET /api/orders/{order}/process": Entry(Right.ORDER_READ),
    "POST /api/orders/{order}/process/retry": Entry(Right.PROCESS_SETTLE),
    "POST /api/orders/{order}/process/skip": Entry(Right.PROCESS_SETTLE),
    "POST /api/orders/{order}/process/resume": Entry(Right.PROCESS_SETTLE, 200, program=409),
    "GET /api/settings/notices": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/notices": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/notices/{event}/{audience}/{channel}/{language}": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/notices/{event}/{audience}/{channel}/{language}": Entry(Right.SETTINGS_EDIT),
    "DELETE /api/settings/notices/{event}/{audience}/{channel}/{language}": Entry(
        Right.SETTINGS_EDIT, 200
    ),
    "POST /api/settings/notices/{event}/{audience}/{channel}/{language}/preview": Entry(
        Right.SETTINGS_READ
    ),
    "GET /api/products": Entry(Right.PRODUCT_READ),
    "GET /api/products/{sku}": Entry(Right.PRODUCT_READ),
    "PUT /api/products/{sku}": Entry(Right.PRODUCT_EDIT),
    "PUT /api/products": Entry(Right.PRODUCT_EDIT),
    "POST /api/product-cards": Entry(Right.PRODUCT_CREATE),
    "GET /api/product-cards/choices": Entry(Right.PRODUCT_READ),
    "POST /api/product-cards/variants/preview": Entry(Right.PRODUCT_READ),
    "GET /api/product-cards/{product_id}": Entry(Right.PRODUCT_READ),
    "PUT /api/product-cards/{product_id}": Entry(Right.PRODUCT_EDIT),
    "DELETE /api/product-cards/{product_id}": Entry(Right.PRODUCT_DELETE, 409),
    "PUT /api/product-cards/{product_id}/translations": Entry(Right.PRODUCT_TRANSLATE),
    "POST /api/product-cards/{product_id}/publish": Entry(Right.PRODUCT_EDIT, 200),
    "POST /api/product-cards/{product_id}/unpublish": Entry(Right.PRODUCT_EDIT, 200),
    "POST /api/product-cards/{product_id}/duplicate": Entry(Right.PRODUCT_CREATE, 409),
    "GET /api/product-cards/{product_id}/preview": Entry(Right.PRODUCT_READ),
    "POST /api/product-images": Entry(Right.PRODUCT_EDIT),
    "GET /api/product-images/{image_id}": Entry(Right.PRODUCT_READ, 404),
    "GET /api/categories": Entry(Right.PRODUCT_READ),
    "POST /api/categories": Entry(Right.CATEGORY_EDIT),
    "POST /api/categories/rule/preview": Entry(Right.PRODUCT_READ),
    "GET /api/categories/{category_id}": Entry(Right.PRODUCT_READ, 404),
    "GET /api/categories/{category_id}/products": Entry(Right.PRODUCT_READ, 404),
    "PUT /api/categories/{category_id}": Entry(Right.CATEGORY_EDIT),
    "POST /api/categories/{category_id}/publish": Entry(Right.CATEGORY_EDIT, 404),
    "POST /api/categories/{category_id}/unpublish": Entry(Right.CATEGORY_EDIT, 404),
    "POST /api/categories/{category_id}/duplicate": Entry(Right.CATEGORY_EDIT, 404),
    "DELETE /api/categories/{category_id}": Entry(Right.CATEGORY_EDIT, 404),
    "GET /api/attributes": Entry(Right.PRODUCT_READ),
    "POST /api/attributes": Entry(Right.PRODUCT_EDIT),
    "GET /api/attributes/{attribute_id}": Entry(Right.PRODUCT_READ, 404),
    "PUT /api/attributes/{attribute_id}": Entry(Right.PRODUCT_EDIT),
    "DELETE /api/attributes/{attribute_id}": Entry(Right.PRODUCT_EDIT, 404),
    "POST /api/product-classes": Entry(Right.PRODUCT_EDIT),
    "PUT /api/product-classes/{id}": Entry(Right.PRODUCT_EDIT),
    "GET /api/brands": Entry(Right.PRODUCT_READ),
    "GET /api/brands/{id}": Entry(Right.PRODUCT_READ, 404),
    "DELETE /api/brands/{id}": Entry(Right.PRODUCT_EDIT, 404),
    "POST /api/brands": Entry(Right.PRODUCT_EDIT),
    "PUT /api/brands/{id}": Entry(Right.PRODUCT_EDIT),
    "GET /api/suppliers": Entry(Right.PRODUCT_READ),
    "GET /api/suppliers/{id}": Entry(Right.PRODUCT_READ, 404),
    "DELETE /api/suppliers/{id}": Entry(Right.PRODUCT_EDIT, 404),
    "POST /api/suppliers": Entry(Right.PRODUCT_EDIT),
    "PUT /api/suppliers/{id}": Entry(Right.PRODUCT_EDIT),
    "GET /api/product-classes": Entry(Right.PRODUCT_READ),
    "GET /api/product-classes/{id}": Entry(Right.PRODUCT_READ, 404),
    "DELETE /api/product-classes/{id}": Entry(Right.PRODUCT_EDIT, 404),
    "POST /api/stock/receipts": Entry(Right.STOCK_EDIT),
    "POST /api/stock/adjustments": Entry(Right.STOCK_EDIT),
    "GET /api/stock/locations": Entry(Right.STOCK_READ),
    "GET /api/stock": Entry(Right.STOCK_READ),
    "GET /api/stock/movements": Entry(Right.STOCK_READ),
    "GET /api/staff": Entry(Right.STAFF_READ),
    "GET /api/staff/{staff_id}": Entry(Right.STAFF_READ),
    "POST /api/staff": Entry(Right.STAFF_CREATE),
    "PATCH /api/staff/{staff_id}": Entry(Right.STAFF_EDIT, elsewhere=422),
    "PUT /api/staff/{staff_id}/groups": Entry(Right.STAFF_EDIT, elsewhere=422),
    "PUT /api/staff/{staff_id}/branches": Entry(Right.STAFF_EDIT, elsewhere=422),
    "POST /api/staff/{staff_id}/invite": Entry(Right.STAFF_CREATE, 409, program=403),
    "POST /api/staff/{staff_id}/block": Entry(Right.STAFF_BLOCK, elsewhere=422),
    "POST /api/staff/{staff_id}/unblock": Entry(Right.STAFF_BLOCK, 200, program=403),
    "POST /api/staff/{staff_id}/sign-out": Entry(Right.STAFF_BLOCK, 204, program=403),
    "GET /api/staff/{staff_id}/sessions": Entry(Right.STAFF_BLOCK),
    "GET /api/groups": Entry(Right.GROUP_READ),
    "GET /api/groups/{group_id}": Entry(Right.GROUP_READ),
    "POST /api/groups": Entry(Right.GROUP_CREATE),
    "PUT /api/groups/{group_id}": Entry(Right.GROUP_EDIT),
    "POST /api/groups/{group_id}/preview": Entry(Right.GROUP_EDIT),
    "POST /api/groups/{group_id}/duplicate": Entry(Right.GROUP_CREATE),
    "DELETE /api/groups/{group_id}": Entry(Right.GROUP_DELETE, 409),
    "GET /api/rights": Entry(Right.GROUP_READ),
    "GET /api/api-keys": Entry(Right.API_KEY_READ),
    "GET /api/api-keys/{key_id}": Entry(Right.API_KEY_READ),
    "POST /api/api-keys": Entry(Right.API_KEY_CREATE),
    "DELETE /api/api-keys/{key_id}": Entry(Right.API_KEY_REVOKE, 204),
    "GET /api/branches": Entry(Right.BRANCH_READ),
    "GET /api/branches/{branch_id}": Entry(Right.BRANCH_READ),
    "POST /api/branches": Entry(Right.BRANCH_CREATE),
    "PATCH /api/branches/{branch_id}": Entry(Right.BRANCH_EDIT),
    "GET /api/customers": Entry(Right.CUSTOMER_READ),
    "POST /api/customers": Entry(Right.CUSTOMER_CREATE),
    "GET /api/customers/{customer_id}": Entry(Right.CUSTOMER_READ),
    "GET /api/customers/{customer_id}/history": Entry(Right.CUSTOMER_READ),
    "PATCH /api/customers/{customer_id}": Entry(Right.CUSTOMER_EDIT),
    "PUT /api/customers/{customer_id}/consents": Entry(Right.CUSTOMER_EDIT),
    "POST /api/customers/{customer_id}/disable": Entry(Right.CUSTOMER_DISABLE),
    "POST /api/customers/{customer_id}/enable": Entry(Right.CUSTOMER_DISABLE, 200),
    "GET /api/custom-fields": Entry(Right.CUSTOMER_READ),
    "POST /api/custom-fields": Entry(Right.SETTINGS_EDIT),
    "PATCH /api/custom-fields/{key}": Entry(Right.SETTINGS_EDIT),
    "GET /api/mailing-lists": Entry(Right.CUSTOMER_READ),
    "POST /api/mailing-lists": Entry(Right.SETTINGS_EDIT),
    "PATCH /api/mailing-lists/{code}": Entry(Right.SETTINGS_EDIT),
    "GET /api/history": Entry(Right.HISTORY_READ),
    "GET /api/history/seals": Entry(Right.HISTORY_READ),
    "GET /api/history/export": Entry(Right.HISTORY_EXPORT),
    "GET /api/orders/export": Entry(Right.ORDER_EXPORT),
    "GET /api/products/export": Entry(Right.PRODUCT_EXPORT),
    "GET /api/customers/export": Entry(Right.CUSTOMER_EXPORT),
    "GET /api/stock/export": Entry(Right.STOCK_EXPORT),
    "GET /api/processes": Entry(Right.PROCESS_READ),
    "GET /api/settings/shop": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/shop": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/currencies": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/currencies": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/units": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/units": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/channels": Entry(Right.SETTINGS_READ),
    "POST /api/settings/channels": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/channels/choices": Entry(Right.SETTINGS_READ),
    "GET /api/settings/channels/{channel_id}": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/channels/{channel_id}": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/integrations": Entry(Right.SETTINGS_READ),
    "GET /api/settings/integrations/{provider}": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/integrations/{provider}": Entry(Right.SETTINGS_EDIT),
    "POST /api/settings/integrations/{provider}/test": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/shipping-methods": Entry(Right.SETTINGS_READ),
    "POST /api/settings/shipping-methods": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/shipping-methods/{code}": Entry(Right.SETTINGS_READ, 404),
    "PUT /api/settings/shipping-methods/{code}": Entry(Right.SETTINGS_EDIT),
    "GET /api/settings/taxes": Entry(Right.SETTINGS_READ),
    "PUT /api/settings/taxes": Entry(Right.SETTINGS_EDIT),
}
