/** Notes, files, and who is responsible. */
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import { ask } from '../../house/http';
import { may, useMe } from '../../house/me';
import type { Order } from '../page';

interface Colleague {
  id: number;
  name: string;
}

export function NoteDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const { run, isPending, error } = useCommand('orders', record.id, 'notes', { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.note')}
      confirm={translate('ra.action.save')}
      isReady={text.trim() !== ''}
      isPending={isPending}
      error={error}
      onConfirm={() => run({ text: text.trim() })}
      onClose={onClose}
    >
      <TextField
        autoFocus
        fullWidth
        multiline
        minRows={3}
        margin="dense"
        label={translate('orders.asked.note')}
        helperText={translate('orders.explained.note')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 10_000 } }}
      />
    </ConfirmDialog>
  );
}

/** Under an id made here: a second click attaches nothing twice. */
export function AttachDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const fileId = useRef(crypto.randomUUID());
  const [file, setFile] = useState<File | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.append('file', chosen);
      return ask('POST', `/orders/${record.id}/files`, form, { id: fileId.current });
    },
    onSuccess: () => {
      notify(translate('house.done'), { type: 'success' });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['orders'] }),
  });
  return (
    <ConfirmDialog
      title={translate('orders.commands.attach')}
      confirm={translate('orders.commands.attach')}
      isReady={file !== null}
      isPending={isPending}
      error={error}
      onConfirm={() => file && mutate(file)}
      onClose={onClose}
    >
      <Typography sx={{ mb: 1 }}>{translate('orders.explained.attach')}</Typography>
      <Button component="label" variant="outlined">
        {file?.name ?? translate('orders.asked.file')}
        <input hidden type="file" aria-label={translate('orders.asked.file')} onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
      </Button>
    </ConfirmDialog>
  );
}

export function AssignDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const me = useMe();
  const [staffId, setStaffId] = useState(String(me.staff_id ?? ''));
  const { data } = useQuery({
    queryKey: ['staff', 'to assign'],
    queryFn: () => ask<{ rows: Colleague[] }>('GET', '/staff', undefined, { is_active: true, limit: 100 }),
    enabled: may(me, 'staff.read'),
  });
  const myself = me.staff_id ? [{ id: me.staff_id, name: me.name ?? '' }] : [];
  const colleagues = (data?.rows ?? myself).filter(({ id }) => id !== me.staff_id);
  const { run, isPending, error } = useCommand('orders', record.id, 'responsible', { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.assign')}
      confirm={translate('orders.commands.assign')}
      isPending={isPending}
      error={error}
      onConfirm={() => run({ staff_id: staffId === '' ? null : Number(staffId) })}
      onClose={onClose}
    >
      {translate('orders.explained.assign')}
      <TextField
        select
        fullWidth
        margin="dense"
        label={translate('resources.orders.fields.responsible')}
        value={staffId}
        onChange={(event) => setStaffId(event.target.value)}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{translate('orders.asked.nobody')}</MenuItem>
        {myself.map(({ id }) => (
          <MenuItem key={id} value={String(id)}>
            {translate('orders.asked.myself')}
          </MenuItem>
        ))}
        {colleagues.map(({ id, name }) => (
          <MenuItem key={id} value={String(id)}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </ConfirmDialog>
  );
}
