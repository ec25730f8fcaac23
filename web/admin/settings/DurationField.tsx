/** A length of time in hours; kept in seconds. Empty: for ever. */
import TextField from '@mui/material/TextField';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';
import type { Channel } from './channel';
import type { Draft } from './draft';

const HOUR_S = 3600;
const MINUTES_OF_HOUR = 60;
const YEAR_H = 366 * 24;

export function DurationField({ draft, name }: { draft: Draft<Channel>; name: 'unpaid_expire_after_s' }) {
  const translate = useTranslate();
  const seconds = draft.value[name];
  const keep = (typed: string): void => draft.change({ [name]: typed === '' ? null : Math.round(Number(typed) * HOUR_S) });
  return (
    <TextField
      fullWidth
      type="number"
      label={translate(`settings.fields.${name}`)}
      value={seconds === null ? '' : Math.round((seconds / HOUR_S) * 1000) / 1000}
      disabled={!useMayEdit()}
      error={!!draft.errorOf(name)}
      helperText={draft.errorOf(name) ?? translate(`settings.help.${name}`)}
      onChange={(event) => keep(event.target.value)}
      slotProps={{ htmlInput: { min: 1 / MINUTES_OF_HOUR, max: YEAR_H, step: 'any' } }}
    />
  );
}
