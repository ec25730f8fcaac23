/** A small table of rows to fill in; on narrow screens each row is a block of its own. */
import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Remove from '@mui/icons-material/DeleteOutlined';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';

interface Props<Row> {
  label: string;
  rows: Row[];
  /** Widths of the fields, as CSS grids have them. */
  columns: string;
  children: (row: Row, change: (part: Partial<Row>) => void, at: number) => ReactNode;
  onChange: (rows: Row[]) => void;
  add: string;
  fresh: () => Row;
  /** Where a new row goes; the end, if nothing else is said. */
  place?: (rows: Row[]) => number;
  least?: number;
}

export function Grid<Row extends object>({ label, rows, columns, children, onChange, add, fresh, place, least = 1 }: Props<Row>) {
  const translate = useTranslate();
  const mayEdit = useMayEdit();
  const change = (at: number) => (part: Partial<Row>) => onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const insert = (): void => onChange(rows.toSpliced(place?.(rows) ?? rows.length, 0, fresh()));
  return (
    <Box>
      <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: { xs: 2, sm: 1 } }}>
        {rows.map((row, at) => (
          <Box key={at} component="li" sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', sm: `${columns} 40px` }, alignItems: 'start', borderLeftStyle: 'solid', borderLeftWidth: { xs: 2, sm: 0 }, borderColor: 'divider', pl: { xs: 1, sm: 0 } }}>
            {children(row, change(at), at)}
            {mayEdit && rows.length > least && (
              <Tooltip title={translate('ra.action.remove')}>
                <IconButton aria-label={translate('settings.remove_row', { number: at + 1 })} onClick={() => onChange(rows.toSpliced(at, 1))} sx={{ justifySelf: 'start' }}>
                  <Remove fontSize="small" />
                </IconButton>
              </Tooltip>
            )}
          </Box>
        ))}
      </Box>
      {mayEdit && (
        <Button startIcon={<Add />} onClick={insert} sx={{ mt: 1 }}>
          {add}
        </Button>
      )}
    </Box>
  );
}
