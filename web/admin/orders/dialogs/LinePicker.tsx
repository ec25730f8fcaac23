/** How many pieces of which lines a command is about. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import type { Order } from '../page';

type Line = Order['lines'][number];

export interface Part {
  line: number;
  quantity: number;
}

export type Chosen = Record<number, number>;
export type Most = (line: Line) => number;

/** All there is of each line. */
export const all = (order: Order, most: Most): Chosen => Object.fromEntries(order.lines.map((line) => [line.line, most(line)]));

export const parts = (chosen: Chosen): Part[] =>
  Object.entries(chosen)
    .map(([line, quantity]) => ({ line: Number(line), quantity }))
    .filter(({ quantity }) => quantity > 0);

interface Props {
  order: Order;
  most: Most;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
  /** False: more than there is may be wanted. */
  isBounded?: boolean;
}

export function LinePicker({ order, most, chosen, onChange, isBounded = true }: Props) {
  const translate = useTranslate();
  const offered = order.lines.filter((line) => most(line) > 0);
  if (!offered.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('orders.asked.no_pieces')}</Typography>;
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, mb: 1.5 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography component="legend" sx={{ color: 'text.secondary', p: 0 }}>
          {translate('orders.asked.pieces')}
        </Typography>
        {isBounded && (
          <Box>
            <Button onClick={() => onChange(all(order, most))}>{translate('orders.asked.all')}</Button>
            <Button onClick={() => onChange({})}>{translate('orders.asked.none')}</Button>
          </Box>
        )}
      </Box>
      {offered.map((line) => (
        <Box key={line.line} sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 7rem', gap: 1, alignItems: 'center', mb: 0.5 }}>
          <span>
            {line.name} <Typography variant="caption" sx={{ color: 'text.secondary' }}>{line.sku}</Typography>
          </span>
          <TextField
            type="number"
            size="small"
            margin="none"
            value={chosen[line.line] ?? 0}
            onChange={(event) => onChange({ ...chosen, [line.line]: within(Number(event.target.value), most(line)) })}
            slotProps={{ htmlInput: { min: 0, max: most(line), 'aria-label': translate('orders.asked.pieces_of', { name: line.name }) } }}
            helperText={isBounded ? translate('orders.asked.of', { count: most(line) }) : undefined}
          />
        </Box>
      ))}
    </Box>
  );
}

const within = (wanted: number, most: number): number => Math.max(0, Math.min(most, Math.trunc(wanted) || 0));
