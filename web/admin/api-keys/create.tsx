/** A new key: what its program may, chosen from what its maker may. The token is shown once. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { CreateBase, Title, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';
import { CopyFrom } from '../groups/CopyFrom';
import { Matrix } from '../groups/Matrix';
import { type Grants, NOTHING, isSame, useRights } from '../groups/grants';
import { TokenDialog } from './TokenDialog';

interface Wanted {
  name: string;
  channel: string;
  end: string;
}

/** To the last moment of that day, where the browser is. */
const body = ({ name, channel, end }: Wanted, grants: Grants): object => ({
  ...grants,
  name: name.trim(),
  channel_id: channel ? Number(channel) : null,
  expires_at: end ? new Date(`${end}T23:59:59`).toISOString() : null,
});

export default function ApiKeyCreate() {
  const translate = useTranslate();
  const { data: rights, error: unread, refetch } = useRights();
  const [wanted, setWanted] = useState<Wanted>({ name: '', channel: '', end: '' });
  const [grants, setGrants] = useState(NOTHING);
  const [made, setMade] = useState<Schemas['ApiKeyCreated'] | null>(null);
  const { run, isPending, error } = useChange('api-keys', () => ask<Schemas['ApiKeyCreated']>('POST', '/api-keys', body(wanted, grants)), { done: 'api-keys.created', onDone: setMade });
  const isDirty = !made && (wanted.name !== '' || !isSame(grants, NOTHING));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    run();
  };
  return (
    <CreateBase>
      <Title title={translate('api-keys.new')} />
      <UnsavedGuard isDirty={isDirty} />
      <ProblemNote error={unread} onRetry={() => void refetch()} />
      <form onSubmit={submit}>
        <About wanted={wanted} onChange={(part) => setWanted((now) => ({ ...now, ...part }))} />
        <Alert severity="info" sx={{ mb: 1 }}>
          {translate('api-keys.least')}
        </Alert>
        {rights && <CopyFrom nouns={rights.nouns} before={NOTHING} onChange={setGrants} />}
        {rights ? <Matrix nouns={rights.nouns} grants={grants} before={NOTHING} onChange={setGrants} /> : !unread && <Skeleton variant="rounded" height={400} />}
        <ProblemNote error={error} />
        <Paper variant="outlined" sx={{ position: 'sticky', bottom: 8, p: 1, zIndex: 2 }}>
          <Button type="submit" variant="contained" disabled={!wanted.name.trim()} loading={isPending}>
            {translate('api-keys.make')}
          </Button>
        </Paper>
      </form>
      {made && <TokenDialog made={made} />}
    </CreateBase>
  );
}

const PART = { flex: '1 1 220px', maxWidth: 360 };

function About({ wanted, onChange }: { wanted: Wanted; onChange: (part: Partial<Wanted>) => void }) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`resources.api-keys.fields.${name}`);
  return (
    <Paper variant="outlined" sx={{ p: 2, mb: 2, display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'flex-start' }}>
      <TextField required label={word('name')} value={wanted.name} helperText={translate('api-keys.name_text')} onChange={(event) => onChange({ name: event.target.value })} slotProps={{ htmlInput: { maxLength: 100 } }} sx={PART} />
      {useMay('settings.read') && <ChannelField value={wanted.channel} onChange={(channel) => onChange({ channel })} />}
      <TextField type="date" label={word('expires_at')} value={wanted.end} helperText={translate('api-keys.end_text')} onChange={(event) => onChange({ end: event.target.value })} slotProps={{ inputLabel: { shrink: true } }} sx={PART} />
    </Paper>
  );
}

function ChannelField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const translate = useTranslate();
  const { data } = useQuery({ queryKey: ['settings', 'channels'], queryFn: () => ask<Schemas['Channel'][]>('GET', '/settings/channels'), retry: false });
  return (
    <TextField select label={translate('resources.api-keys.fields.channel_name')} value={value} helperText={translate('api-keys.channel_text')} onChange={(event) => onChange(event.target.value)} sx={PART}>
      <MenuItem value="">{translate('api-keys.every_channel')}</MenuItem>
      {data?.map(({ id, name }) => (
        <MenuItem key={id} value={String(id)}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
