/** What runs out. */
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import type { Figures } from './figures';

export function LowStock({ levels }: { levels: NonNullable<Figures['low_stock']> }) {
  const translate = useTranslate();
  return (
    <Panel title={translate('dashboard.low_stock')}>
      {levels.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{translate('dashboard.enough')}</Typography>}
      {levels.length > 0 && (
        <Box sx={{ overflowX: 'auto' }}>
          <Table size="small" aria-label={translate('dashboard.low_stock')}>
            <TableHead>
              <TableRow>
                <TableCell>{translate('dashboard.product')}</TableCell>
                <TableCell>{translate('dashboard.location')}</TableCell>
                <Guarded field="stock.available">
                  <TableCell align="right">{translate('dashboard.available')}</TableCell>
                </Guarded>
              </TableRow>
            </TableHead>
            <TableBody>
              {levels.map(({ sku, name, location, available }) => (
                <TableRow key={`${sku} ${location}`}>
                  <TableCell component="th" scope="row">
                    {name} <Box component="span" sx={{ color: 'text.secondary' }}>{sku}</Box>
                  </TableCell>
                  <TableCell>{location}</TableCell>
                  <Guarded field="stock.available">
                    <TableCell align="right">{available}</TableCell>
                  </Guarded>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      )}
    </Panel>
  );
}
