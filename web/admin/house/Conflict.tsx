/** Somebody else saved first: theirs beside mine, and who of both shall stand. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useId } from 'react';
import { useTranslate } from 'react-admin';

type Fields = Record<string, unknown>;

interface Props {
  mine: Fields;
  theirs: Fields;
  /** Words of the fields: `resources.products.fields`. */
  words: string;
  /** Values that are more than a text; undefined: told like any other. */
  tell?: (field: string, value: unknown) => string | undefined;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}

export function Conflict({ mine, theirs, words, tell, onKeepMine, onTakeTheirs, onClose }: Props) {
  const translate = useTranslate();
  const id = useId();
  const differing = Object.keys(mine).filter((name) => name !== 'version' && JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{translate('house.conflict.title')}</DialogTitle>
      <DialogContent>
        {translate('house.conflict.text')}
        <Table size="small" sx={{ mt: 1 }}>
          <TableHead>
            <TableRow>
              <TableCell>{translate('house.conflict.field')}</TableCell>
              <TableCell>{translate('house.conflict.theirs')}</TableCell>
              <TableCell>{translate('house.conflict.mine')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {differing.map((name) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {translate(`${words}.${name}`, { _: name })}
                </TableCell>
                <TableCell>{tell?.(name, theirs[name]) ?? plain(theirs[name])}</TableCell>
                <TableCell>{tell?.(name, mine[name]) ?? plain(mine[name])}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button onClick={onTakeTheirs}>{translate('house.conflict.take_theirs')}</Button>
        <Button variant="contained" onClick={onKeepMine}>
          {translate('house.conflict.keep_mine')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''));
