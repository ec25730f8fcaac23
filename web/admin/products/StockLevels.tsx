/** How much of each variant lies where; changed in the stock, not here. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../house/me';
import type { Card } from './draft';

const COUNTS = ['on_hand', 'allocated', 'available'] as const;

export function StockLevels({ card }: { card: Card }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const mayOpen = useMay('stock.read');
  const number = new Intl.NumberFormat(locale);
  const levels = card.variants.flatMap(({ sku, stock }) => stock.map((level) => ({ sku, ...level })));
  if (!levels.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('products.no_stock')}</Typography>;
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={translate('products.section.stock')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('products.variant.sku')}</TableCell>
            <TableCell>{translate('stock.fields.location')}</TableCell>
            {COUNTS.map((name) => (
              <TableCell key={name} align="right">
                {translate(`stock.fields.${name}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {levels.map(({ sku, location, name, branch, ...counts }) => (
            <TableRow key={`${sku} ${location}`}>
              <TableCell>
                {mayOpen ? (
                  <Link component={RouterLink} to={`/stock/${encodeURIComponent(`${sku} ${location} good`)}/show`}>
                    {sku}
                  </Link>
                ) : (
                  sku
                )}
              </TableCell>
              <TableCell>
                {name} ({branch})
              </TableCell>
              {COUNTS.map((count) => (
                <TableCell key={count} align="right">
                  {counts[count] === undefined ? '' : number.format(counts[count])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
