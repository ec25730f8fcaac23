/** Fields of orders that history tells in minor units of the order's currency. */
export const AMOUNTS: ReadonlySet<string> = new Set(['goods', 'shipping', 'shipping_tax', 'tax', 'total', 'allowance', 'authorised', 'captured', 'refunded', 'amount']);
