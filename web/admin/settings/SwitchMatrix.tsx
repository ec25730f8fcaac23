/** Switches in rows and columns; on narrow screens each row is a list of its own. */
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useIsNarrow } from '../house/screen';

export interface Cell {
  isOn: boolean;
  isClosed: boolean;
  onSwitch: (isOn: boolean) => void;
  more?: ReactNode;
}

interface Props<Row, Column> {
  label: string;
  rows: { key: string; name: string; row: Row }[];
  columns: { key: string; name: string; column: Column }[];
  /** null where row and column do not go together. */
  cell: (row: Row, column: Column) => Cell | null;
}

export function SwitchMatrix<Row, Column>(props: Props<Row, Column>) {
  return useIsNarrow() ? <Blocks {...props} /> : <Matrix {...props} />;
}

function Matrix<Row, Column>({ label, rows, columns, cell }: Props<Row, Column>) {
  return (
    <Paper variant="outlined" sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell />
            {columns.map(({ key, name }) => (
              <TableCell key={key} scope="col" sx={{ '&&': { whiteSpace: 'normal' } }}>
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ key, name, row }) => (
            <TableRow key={key} hover>
              <TableCell component="th" scope="row" sx={{ fontWeight: 550 }}>
                {name}
              </TableCell>
              {columns.map((each) => (
                <TableCell key={each.key} sx={{ whiteSpace: 'nowrap' }}>
                  <OneSwitch cell={cell(row, each.column)} name={`${name}: ${each.name}`} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}

function OneSwitch({ cell, name }: { cell: Cell | null; name: string }) {
  if (!cell) return <>–</>;
  return (
    <>
      <Switch checked={cell.isOn} disabled={cell.isClosed} onChange={(_, isOn) => cell.onSwitch(isOn)} slotProps={{ input: { 'aria-label': name } }} />
      {cell.more}
    </>
  );
}

function Blocks<Row, Column>({ rows, columns, cell }: Props<Row, Column>) {
  return (
    <>
      {rows.map(({ key, name, row }) => (
        <Paper key={key} component="section" variant="outlined" aria-label={name} sx={{ p: 1.5, mb: 1.5 }}>
          <Typography variant="h2">{name}</Typography>
          {columns.map((each) => (
            <Block key={each.key} cell={cell(row, each.column)} name={each.name} />
          ))}
        </Paper>
      ))}
    </>
  );
}

function Block({ cell, name }: { cell: Cell | null; name: string }) {
  if (!cell) return null;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', minHeight: 48 }}>
      <FormControlLabel label={name} control={<Switch checked={cell.isOn} disabled={cell.isClosed} onChange={(_, isOn) => cell.onSwitch(isOn)} />} />
      {cell.more}
    </Box>
  );
}
