/** How much of it there is, in words. */
import { useLocaleState, useTranslate } from 'react-admin';
import type { Offered } from './draft';

/** null: not on sale. Nothing is said where one may not see stock. */
export function useAvailability(): (offered: Offered | null) => string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  return (offered) => {
    if (!offered) return translate('orders.placing.not_on_sale');
    const { available, is_service, may_backorder } = offered;
    if (is_service || available === undefined) return '';
    if (available > 0) return translate('orders.placing.available', { smart_count: available, count: available.toLocaleString(locale) });
    return translate(may_backorder ? 'orders.placing.backorder' : 'orders.placing.none_left');
  };
}
