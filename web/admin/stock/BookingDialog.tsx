/** Goods that came in, or what was found, missing or lost: booked at once, in one go, with its reason. */
import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { SkuPicker } from './SkuPicker';
import { CONDITIONS } from './list';
import { useLocations } from './locations';

export type BookingKind = 'receipt' | 'adjustment' | 'write_off';

interface Line {
  key: string;
  sku: string;
  quantity: string;
}

interface Props {
  kind: BookingKind;
  sku?: string;
  location?: string;
  onClose: () => void;
}

const newLine = (sku = ''): Line => ({ key: crypto.randomUUID(), sku, quantity: '' });

export function BookingDialog({ kind: first, sku, location: start, onClose }: Props) {
  const translate = useTranslate();
  const titleId = useId();
  const { data: locations = [] } = useLocations();
  const [kind, setKind] = useState(first);
  const [chosen, setChosen] = useState(start ?? '');
  const [condition, setCondition] = useState<string>('good');
  const [reason, setReason] = useState('');
  const [lines, setLines] = useState([newLine(sku)]);
  const location = chosen || (locations.length === 1 ? locations[0]!.code : '');
  const { mutate, isPending, error } = useBooking(kind, onClose);
  const isReceipt = kind === 'receipt';
  const isComplete = location !== '' && (isReceipt || reason.trim() !== '') && lines.every((line) => isFilledIn(line, kind));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isComplete || isPending) return;
    const booked = lines.map((line) => ({ sku: line.sku, quantity: Number(line.quantity) }));
    mutate({ location, condition, lines: booked, ...(isReceipt ? {} : { kind, reason: reason.trim() }) });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{translate(isReceipt ? 'stock.receive' : 'stock.correct')}</DialogTitle>
        <DialogContent>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {translate(`stock.explained.${kind}`)}
          </Typography>
          {!isReceipt && (
            <Select label="stock.kind" value={kind} onChange={(value) => setKind(value as BookingKind)} choices={(['adjustment', 'write_off'] as const).map((id) => [id, translate(`stock.kinds.${id}`)])} />
          )}
          <Select label="stock.fields.location" value={location} onChange={setChosen} choices={locations.map(({ code, name, branch }) => [code, `${name} (${branch})`])} />
          <Select label="stock.fields.condition" value={condition} onChange={setCondition} choices={CONDITIONS.map((id) => [id, translate(`stock.conditions.${id}`)])} />
          <Lines lines={lines} setLines={setLines} kind={kind} />
          {!isReceipt && (
            <TextField required fullWidth multiline minRows={2} margin="dense" label={translate('house.reason')} value={reason} onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 1000 } }} />
          )}
          <ProblemNote error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!isComplete} loading={isPending}>
            {translate('stock.book')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const isFilledIn = ({ sku, quantity }: Line, kind: BookingKind): boolean => {
  const count = Number(quantity);
  return sku !== '' && quantity !== '' && Number.isInteger(count) && (kind === 'adjustment' ? count !== 0 : count > 0);
};

/** The id stays when it is tried again: a repeat books once. */
function useBooking(kind: BookingKind, onClose: () => void) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [id] = useState(() => crypto.randomUUID());
  const path = kind === 'receipt' ? '/stock/receipts' : '/stock/adjustments';
  return useMutation({
    mutationFn: (body: object) => ask<Schemas['BookedRead']>('POST', path, { id, ...body }),
    onSuccess: async ({ pieces }) => {
      notify(translate('stock.booked', { smart_count: Math.abs(pieces) }), { type: 'success' });
      onClose();
      await Promise.all(['stock', 'products'].map((resource) => client.invalidateQueries({ queryKey: [resource] })));
    },
  });
}

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: (readonly [string, string])[];
}

function Select({ label, value, onChange, choices }: SelectProps) {
  const translate = useTranslate();
  return (
    <TextField select fullWidth required margin="dense" label={translate(label)} value={value} onChange={(event) => onChange(event.target.value)}>
      {choices.map(([id, name]) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Lines({ lines, setLines, kind }: { lines: Line[]; setLines: (lines: Line[]) => void; kind: BookingKind }) {
  const translate = useTranslate();
  const put = (key: string, patch: Partial<Line>): void => setLines(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)));
  return (
    <Box role="group" aria-label={translate('stock.lines')} sx={{ mt: 1 }}>
      {lines.map((line, at) => (
        <Box key={line.key} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <SkuPicker label={`${translate('stock.fields.sku')} ${at + 1}`} sku={line.sku} taken={lines.map(({ sku }) => sku)} onChange={(sku) => put(line.key, { sku })} />
          <TextField
            type="number"
            required
            margin="dense"
            label={translate('stock.quantity')}
            value={line.quantity}
            onChange={(event) => put(line.key, { quantity: event.target.value })}
            slotProps={{ htmlInput: { step: 1, min: kind === 'adjustment' ? undefined : 1, 'aria-label': `${translate('stock.quantity')} ${at + 1}` } }}
            sx={{ width: 120, flexShrink: 0 }}
          />
          <IconButton size="small" disabled={lines.length === 1} aria-label={`${translate('ra.action.remove')} ${line.sku || at + 1}`} onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
            <Delete fontSize="small" />
          </IconButton>
        </Box>
      ))}
      <Button startIcon={<Add />} onClick={() => setLines([...lines, newLine()])}>
        {translate('stock.add_line')}
      </Button>
    </Box>
  );
}
