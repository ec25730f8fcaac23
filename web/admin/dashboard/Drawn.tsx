/** Figures as a chart or, at a click, as the table they are. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Suspense, lazy, useState } from 'react';
import { useTranslate } from 'react-admin';

const Chart = lazy(() => import('./Chart'));
const HEIGHT = 220;

export interface DrawnRow {
  name: string;
  values: number[];
}

export interface DrawnProps {
  title: string;
  /** Name of each series. */
  columns: string[];
  rows: DrawnRow[];
  told: (value: number) => string;
  isLying?: boolean;
}

export function Drawn(props: DrawnProps) {
  const translate = useTranslate();
  const [isTable, setTable] = useState(false);
  const height = props.isLying ? Math.max(HEIGHT, props.rows.length * 34) : HEIGHT;
  return (
    <Box sx={{ mt: 2 }}>
      {isTable ? (
        <Twin {...props} />
      ) : (
        <Box role="img" aria-label={`${props.title}: ${props.rows.map(({ name, values }) => `${name} ${values.map(props.told).join(' / ')}`).join('; ')}`} sx={{ height }}>
          <Suspense fallback={<Skeleton variant="rounded" height={height} />}>
            <Chart {...props} />
          </Suspense>
        </Box>
      )}
      <Button onClick={() => setTable(!isTable)}>{translate(isTable ? 'dashboard.as_chart' : 'dashboard.as_table')}</Button>
    </Box>
  );
}

function Twin({ title, columns, rows, told }: DrawnProps) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell />
            {columns.map((name) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ name, values }) => (
            <TableRow key={name}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              {values.map((value, at) => (
                <TableCell key={columns[at]} align="right">
                  {told(value)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
