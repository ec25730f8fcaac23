/** What is sold today, this week and this month, against the time before. */
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { money } from '../house/Money';
import { Panel } from '../house/Panel';
import { useLevel } from '../house/me';
import { Drawn } from './Drawn';
import { Tile, Tiles } from './Tile';
import { type Period, type Sum, placedIn } from './figures';

interface Props {
  periods: Record<string, Period>;
}

const COMPARED = [
  ['today', 'yesterday'],
  ['this_week', 'last_week'],
  ['this_month', 'last_month_so_far'],
] as const;

export function Sales({ periods }: Props) {
  const translate = useTranslate();
  const currencies = [...new Set(Object.values(periods).flatMap(({ sums }) => sums.map(({ currency }) => currency)))].sort();
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = chosen ?? currencies[0];
  const choice = currencies.length > 1 && (
    <ToggleButtonGroup exclusive size="small" value={currency} onChange={(_, value: string | null) => value && setChosen(value)} aria-label={translate('dashboard.currency')}>
      {currencies.map((each) => (
        <ToggleButton key={each} value={each}>
          {each}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
  return (
    <Panel title={translate('dashboard.sales')} aside={choice}>
      {currency ? <InCurrency periods={periods} currency={currency} /> : <Typography sx={{ color: 'text.secondary' }}>{translate('dashboard.no_sales')}</Typography>}
    </Panel>
  );
}

function InCurrency({ periods, currency }: Props & { currency: string }) {
  const translate = useTranslate();
  const told = useTold(currency);
  const sum = (name: string): Partial<Sum> => periods[name]?.sums.find((each) => each.currency === currency) ?? { orders: 0, total: 0 };
  const value = useValue();
  return (
    <>
      <Tiles wide>
        {COMPARED.map(([now, before]) => (
          <Tile key={now} label={translate(`dashboard.period.${now}`)} to={placedIn(periods[now]!)} detail={<Compared now={value(sum(now))} before={value(sum(before))} told={`${translate(`dashboard.period.${before}`)}: ${told(value(sum(before)))}`} />}>
            {told(value(sum(now)))}
          </Tile>
        ))}
      </Tiles>
      <Drawn
        title={translate('dashboard.sales')}
        columns={[translate('dashboard.now'), translate('dashboard.before')]}
        rows={COMPARED.map(([now, before]) => ({ name: translate(`dashboard.period.${now}`), values: [value(sum(now)), value(sum(before))] }))}
        told={told}
      />
    </>
  );
}

/** Whoever may not see amounts sees how many orders there were. */
function useValue(): (sum: Partial<Sum>) => number {
  const isOpen = useLevel('order.total') !== 'hidden';
  return ({ total, orders }) => (isOpen ? (total ?? 0) : (orders ?? 0));
}

function useTold(currency: string): (value: number) => string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const isOpen = useLevel('order.total') !== 'hidden';
  return (value) => (isOpen ? money(value, currency, locale) : translate('dashboard.orders', { smart_count: value }));
}

function Compared({ now, before, told }: { now: number; before: number; told: string }) {
  const [locale] = useLocaleState();
  if (!before) return told;
  const change = new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(now / before - 1);
  return `${change} · ${told}`;
}
