"""YooKassa API v3: payments in one or two stages, refunds, notifications, a page to pay on."""
