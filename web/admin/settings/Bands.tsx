/** Prices by total or by weight: each band ends where the next begins; the last may be without end. */
import { useTranslate } from 'react-admin';
import { AmountField } from './AmountField';
import { Cell } from './Cell';
import { Grid } from './Grid';
import type { Draft } from './draft';
import type { Method } from './shipping_method';

interface Band {
  up_to: number | null;
  price: number | null;
}

export function Bands({ draft, currency }: { draft: Draft<Method>; currency: string }) {
  const translate = useTranslate();
  const rows: Band[] = draft.value.bands.map(([up_to, price]) => ({ up_to, price }));
  const keep = (changed: Band[]): void => draft.change({ bands: changed.map(({ up_to, price }) => [up_to, price as number]) });
  const beforeLast = (now: Band[]): number => (now.at(-1)?.up_to === null ? now.length - 1 : now.length);
  return (
    <Grid label={translate('settings.fields.bands')} rows={rows} columns="1fr 1fr" onChange={keep} add={translate('settings.shipping.add_band')} fresh={() => ({ up_to: 0, price: 0 })} place={beforeLast}>
      {(band, change, at) => (
        <>
          {draft.value.basis === 'total' ? (
            <AmountField label={translate('settings.shipping.up_to_total')} value={band.up_to} currency={currency} isOptional={at === rows.length - 1} onChange={(up_to) => change({ up_to })} problem={draft.errorOf(`bands.${at}.up_to`)} help={endless(band, at === rows.length - 1) ? translate('settings.shipping.without_end') : undefined} />
          ) : (
            <Cell label={translate('settings.shipping.up_to_weight')} value={band.up_to ?? ''} type="number" required={at < rows.length - 1} limits={{ min: 1, step: 1 }} onChange={(typed) => change({ up_to: typed === '' ? null : Number(typed) })} problem={draft.errorOf(`bands.${at}.up_to`)} help={endless(band, at === rows.length - 1) ? translate('settings.shipping.without_end') : undefined} />
          )}
          <AmountField label={translate('settings.fields.price')} value={band.price} currency={currency} onChange={(price) => change({ price })} problem={draft.errorOf(`bands.${at}.price`)} />
        </>
      )}
    </Grid>
  );
}

const endless = ({ up_to }: Band, isLast: boolean): boolean => isLast && up_to === null;
