/** Where the subjects of history have their words and their pages. */
import { SCREENS } from '../screens';
import { type Me, may } from '../house/me';
import { nounOf } from '../house/nouns';

/** Those that entries are filtered by, in the order of the list. */
export const SUBJECTS = [
  ...['order', 'customer', 'product', 'product_image', 'category', 'attribute', 'brand', 'supplier', 'product_class', 'stock', 'staff', 'account', 'session'],
  ...['group', 'api_key', 'branch', 'channel', 'setting', 'shipping_method', 'tax_class', 'custom_field', 'mailing_list', 'view', 'history'],
];

export const resourceOf = (subject: string): string | undefined => SCREENS.find(({ name }) => nounOf(name) === subject)?.name;

/** null: it has no page, or not for this person. */
export function pathOf(me: Me, subject: string, id: string): string | null {
  const screen = SCREENS.find(({ name }) => nounOf(name) === subject);
  return screen?.page && may(me, screen.right) ? `/${screen.name}/${encodeURIComponent(id)}/show` : null;
}
