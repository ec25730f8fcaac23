/** What it comes to so far, by the shop's own sums; what is still to be asked; and the button. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Facts } from '../../house/Facts';
import { Money } from '../../house/Money';
import { Panel } from '../../house/Panel';
import type { Schemas } from '../../house/http';
import { Told } from './Told';

interface Props {
  price: Schemas['PreviewedOrder'] | undefined;
  /** The shop does not price what is wanted. */
  isRefused: boolean;
  isSent: boolean;
  isAsking: boolean;
  lacking: string[];
  problem: string | undefined;
  isPlacing: boolean;
  onPlace: () => void;
}

const SUMS = ['goods', 'shipping', 'tax', 'total'] as const;

export function Totals({ price, isRefused, isSent, isAsking, lacking, problem, isPlacing, onPlace }: Props) {
  const translate = useTranslate();
  return (
    <Box sx={{ position: { lg: 'sticky' }, top: { lg: 72 } }}>
      <Panel title={translate('orders.placing.sums')}>
        <Box aria-live="polite" aria-atomic sx={{ opacity: isAsking ? 0.6 : 1, '& dd': { textAlign: 'right' }, '& dt:last-of-type, & dd:last-of-type': { fontWeight: 650, color: 'text.primary' } }}>
          {price ? <Sums price={price} isSent={isSent} /> : <Quiet text={translate(isRefused ? 'orders.placing.refused' : 'orders.placing.no_sums')} />}
        </Box>
        <Told text={problem} />
        <Button fullWidth variant="contained" size="large" disabled={lacking.length > 0} loading={isPlacing} onClick={onPlace} sx={{ mt: 2 }}>
          {translate('orders.placing.place')}
        </Button>
        {lacking.length > 0 && <Quiet text={translate('orders.placing.lacking', { what: lacking.map((word) => translate(`orders.placing.needed.${word}`)).join(', ') })} />}
      </Panel>
    </Box>
  );
}

function Sums({ price, isSent }: { price: Schemas['PreviewedOrder']; isSent: boolean }) {
  const translate = useTranslate();
  const shown = SUMS.filter((sum) => price[sum] !== undefined && (sum !== 'shipping' || isSent));
  return <Facts facts={shown.map((sum) => [translate(`resources.orders.fields.${sum}`), <Money key={sum} minor={price[sum]} currency={price.currency} />])} />;
}

const Quiet = ({ text }: { text: string }) => (
  <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1 }}>
    {text}
  </Typography>
);
