/** What was ordered, and how far each line has come. */
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { Money } from '../house/Money';
import { StatusChip } from '../house/StatusChip';
import { useIsNarrow } from '../house/screen';
import type { Order } from './page';

type Line = Order['lines'][number];

/** Quantities worth a word: how many pieces are where. */
const COUNTED = ['allocated', 'backordered', 'picked', 'packed', 'shipped', 'delivered', 'cancelled', 'return_requested', 'returned_good', 'returned_damaged', 'written_off'] as const;

export function Lines({ order }: { order: Order }) {
  const translate = useTranslate();
  const isNarrow = useIsNarrow();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={translate('orders.lines')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('orders.line.name')}</TableCell>
            <TableCell align="right">{translate('orders.line.quantity')}</TableCell>
            {!isNarrow && (
              <Guarded field="order.unit_price">
                <TableCell align="right">{translate('orders.line.unit_price')}</TableCell>
              </Guarded>
            )}
            <Guarded field="order.gross">
              <TableCell align="right">{translate('orders.line.gross')}</TableCell>
            </Guarded>
            {!isNarrow && <TableCell>{translate('orders.line.stage')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {order.lines.map((line) => (
            <LineRow key={line.line} line={line} currency={order.currency} isNarrow={isNarrow} />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** On a telephone the stage stands below the name, and the price of one piece is left out. */
function LineRow({ line, currency, isNarrow }: { line: Line; currency: string; isNarrow: boolean }) {
  const stage = (
    <>
      <StatusChip kind="line" value={line.stage} />
      <Pieces line={line} />
    </>
  );
  return (
    <TableRow>
      <TableCell>
        {line.name}
        <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.8em' }}>
          {line.sku}
        </Box>
        {isNarrow && stage}
      </TableCell>
      <TableCell align="right">{line.quantities.ordered}</TableCell>
      {!isNarrow && (
        <Guarded field="order.unit_price">
          <TableCell align="right">
            <Money minor={line.unit_price} currency={currency} />
          </TableCell>
        </Guarded>
      )}
      <Guarded field="order.gross">
        <TableCell align="right">
          <Money minor={line.gross} currency={currency} />
        </TableCell>
      </Guarded>
      {!isNarrow && <TableCell>{stage}</TableCell>}
    </TableRow>
  );
}

/** Only where the pieces of a line are not all at the same stage. */
function Pieces({ line }: { line: Line }) {
  const translate = useTranslate();
  const quantities: Record<string, number> = { ...line.quantities };
  const told = COUNTED.filter((name) => (quantities[name] ?? 0) > 0);
  if (told.length < 2) return null;
  return (
    <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.8em' }}>
      {told.map((name) => `${translate(`orders.pieces.${name}`)} ${quantities[name]}`).join(' · ')}
    </Box>
  );
}
