/** What is ordered: found by SKU or name, with its price and how much of it there is. */
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { plainAmount } from '../../house/AmountField';
import { Money } from '../../house/Money';
import { Panel } from '../../house/Panel';
import type { Schemas } from '../../house/http';
import { useLevel, useMay } from '../../house/me';
import { Picker } from './Picker';
import { Told } from './Told';
import { useOffer } from './asking';
import { useAvailability } from './availability';
import { type Change, type Channel, type Draft, type DraftLine, type Offered, isCount, isPrice } from './draft';
import type { Refused } from './refusals';

interface Props {
  draft: Draft;
  change: Change;
  channel: Channel;
  price: Schemas['PreviewedOrder'] | undefined;
  refused: Refused;
}

export function LinesPart({ draft: { lines }, change, channel, price, refused }: Props) {
  const translate = useTranslate();
  const offer = useOffer(channel, lines.map(({ sku }) => sku));
  const put = (sku: string, part: Partial<DraftLine>): void => change({ lines: lines.map((line) => (line.sku === sku ? { ...line, ...part } : line)) });
  const add = (offered: Offered): void => change({ lines: [...lines, { sku: offered.sku, quantity: '1', price: '', offered }] });
  return (
    <Panel title={translate('orders.lines')}>
      {lines.length > 0 && (
        <Box component="ul" aria-label={translate('orders.lines')} sx={{ listStyle: 'none', p: 0, m: 0, mb: 1 }}>
          {lines.map((line) => (
            <Line
              key={line.sku}
              line={line}
              offered={offer ? offer.get(line.sku) : line.offered}
              channel={channel}
              gross={price?.lines.find(({ sku }) => sku === line.sku)?.gross}
              refused={refused}
              onChange={(part) => put(line.sku, part)}
              onRemove={() => change({ lines: lines.filter(({ sku }) => sku !== line.sku) })}
            />
          ))}
        </Box>
      )}
      <Told text={refused.at('lines')} />
      <Picker channel={channel} taken={lines.map(({ sku }) => sku)} onPick={add} />
    </Panel>
  );
}

interface LineProps {
  line: DraftLine;
  /** undefined: it is not on sale here. */
  offered: Offered | undefined;
  channel: Channel;
  gross: number | undefined;
  refused: Refused;
  onChange: (part: Partial<DraftLine>) => void;
  onRemove: () => void;
}

function Line({ line, offered, channel, gross, refused, onChange, onRemove }: LineProps) {
  const translate = useTranslate();
  const { name } = line.offered;
  const isShort = refused.code === 'OutOfStock' && !!offered && !offered.may_backorder && !offered.is_service && Number(line.quantity) > (offered.available ?? 0);
  return (
    <Box component="li" sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr) 40px', sm: 'minmax(0, 1fr) 104px 152px 104px 40px' }, columnGap: 1, alignItems: 'start', py: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {name}
        <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.85em' }}>
          {line.sku}
        </Box>
        <Availability offered={offered} isShort={isShort} />
      </Box>
      <Box sx={{ order: { xs: 1, sm: 5 } }}>
        <IconButton size="small" aria-label={translate('orders.placing.remove', { name })} onClick={onRemove}>
          <Delete fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ order: 2, gridColumn: { xs: '1 / -1', sm: 'auto' }, display: { xs: 'grid', sm: 'contents' }, gridTemplateColumns: '88px minmax(0, 1fr) minmax(88px, auto)', columnGap: 1, alignItems: 'center', mt: { xs: 1.5, sm: 0 } }}>
        <TextField
          type="number"
          margin="none"
          label={translate('orders.line.quantity')}
          value={line.quantity}
          error={isShort || !isCount(line.quantity)}
          onChange={(event) => onChange({ quantity: event.target.value })}
          sx={{ order: 2 }}
          slotProps={{ htmlInput: { min: 1, max: 1_000_000, step: 1, inputMode: 'numeric', 'aria-label': translate('orders.placing.quantity_of', { name }) } }}
        />
        <Box sx={{ order: 3 }}>
          <Price line={line} offered={offered} channel={channel} onChange={(price) => onChange({ price })} />
        </Box>
        <Box sx={{ order: 4, pt: { sm: 1 }, textAlign: 'right', fontWeight: 600 }}>
          <Money minor={gross} currency={channel.currency} />
        </Box>
      </Box>
    </Box>
  );
}

function Price({ line, offered, channel: { currency }, onChange }: Pick<LineProps, 'line' | 'offered' | 'channel'> & { onChange: (price: string) => void }) {
  const translate = useTranslate();
  const isOpen = useMay('order.set_price') && useLevel('order.unit_price') === 'write';
  const usual = offered && offered.currency === currency ? offered.unit_price : undefined;
  if (!isOpen) return <Box sx={{ pt: { sm: 1 }, textAlign: 'right' }}><Money minor={usual} currency={currency} /></Box>;
  return (
    <TextField
      fullWidth
      margin="none"
      label={translate('orders.line.unit_price')}
      value={line.price}
      placeholder={usual === undefined ? '' : plainAmount(usual, currency)}
      error={!isPrice(line.price, currency)}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { inputMode: 'decimal', maxLength: 20, 'aria-label': translate('orders.placing.price_of', { name: line.offered.name }) },
        input: { endAdornment: <InputAdornment position="end">{currency}</InputAdornment> },
      }}
    />
  );
}

function Availability({ offered, isShort }: { offered: Offered | undefined; isShort: boolean }) {
  const told = useAvailability();
  const text = offered ? told(offered) : told(null);
  return (
    <Typography component="span" role={isShort ? 'alert' : undefined} variant="body2" sx={{ display: 'block', color: isShort || !offered ? 'error.main' : 'text.secondary' }}>
      {text}
    </Typography>
  );
}
