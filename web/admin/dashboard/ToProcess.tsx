/** Orders that wait for somebody of the house. */
import { useLocaleState, useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { Tile, Tiles } from './Tile';
import { type Figures, MOST_COUNTED, TO_PROCESS, ordersIn } from './figures';

type Counts = NonNullable<Figures['to_process']>;

const NAMES = Object.keys(TO_PROCESS) as (keyof typeof TO_PROCESS)[];

export function ToProcess({ counts }: { counts: Counts }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const format = new Intl.NumberFormat(locale);
  return (
    <Panel title={translate('dashboard.to_process')}>
      <Tiles>
        {NAMES.map((name) => (
          <Tile key={name} label={translate(`dashboard.count.${name}`)} to={ordersIn(TO_PROCESS[name])} isUrgent={name === 'attention' && counts[name] > 0}>
            {format.format(counts[name])}
            {counts[name] >= MOST_COUNTED && '+'}
          </Tile>
        ))}
      </Tiles>
    </Panel>
  );
}
