/** What sold best in the last thirty days, by pieces. */
import Typography from '@mui/material/Typography';
import { useLocaleState, useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { Drawn } from './Drawn';
import type { Best } from './figures';

export function BestProducts({ products }: { products: Best[] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const format = new Intl.NumberFormat(locale);
  return (
    <Panel title={translate('dashboard.best')}>
      {products.length ? (
        <Drawn title={translate('dashboard.best')} columns={[translate('dashboard.pieces')]} rows={together(products)} told={(value) => format.format(value)} isLying />
      ) : (
        <Typography sx={{ color: 'text.secondary' }}>{translate('dashboard.no_sales')}</Typography>
      )}
    </Panel>
  );
}

/** Sold in two currencies, it is one product. */
function together(products: Best[]): { name: string; values: number[] }[] {
  const pieces = new Map<string, number>();
  for (const { name, sku, pieces: sold } of products) {
    const label = `${name} (${sku})`;
    pieces.set(label, (pieces.get(label) ?? 0) + sold);
  }
  return [...pieces].map(([name, sold]) => ({ name, values: [sold] }));
}
