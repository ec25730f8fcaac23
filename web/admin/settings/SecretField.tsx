/** A secret: whether it is set is all that anybody reads; it can be replaced or taken away. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Key from '@mui/icons-material/KeyOutlined';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';

interface Props {
  name: string;
  isSet: boolean;
  /** undefined: it stays as it is; null: it goes. */
  given: string | null | undefined;
  problem?: string;
  onChange: (given: string | null | undefined) => void;
}

export function SecretField({ name, isSet, given, problem, onChange }: Props) {
  const translate = useTranslate();
  const mayEdit = useMayEdit();
  const label = translate(`settings.fields.${name}`);
  const stays = <Button onClick={() => onChange(undefined)}>{translate('settings.secret.keep')}</Button>;
  if (typeof given === 'string') {
    return (
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <TextField fullWidth autoFocus required type="password" label={label} value={given} error={!!problem} helperText={problem ?? translate('settings.secret.help')} onChange={(event) => onChange(event.target.value)} slotProps={{ htmlInput: { autoComplete: 'new-password', maxLength: 500 } }} />
        {stays}
      </Box>
    );
  }
  const state = given === null ? 'goes' : isSet ? 'set' : 'not_set';
  return (
    <Box role="group" aria-label={label} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', border: 1, borderColor: 'divider', borderRadius: 1, px: 1.5, py: 1 }}>
      <Key fontSize="small" aria-hidden sx={{ color: 'text.secondary' }} />
      <Typography sx={{ flex: '1 1 120px' }}>{label}</Typography>
      <Chip size="small" variant="outlined" color={state === 'set' ? 'success' : 'default'} label={translate(`settings.secret.${state}`)} />
      {mayEdit && given !== null && <Button onClick={() => onChange('')}>{translate(isSet ? 'settings.secret.replace' : 'settings.secret.enter')}</Button>}
      {mayEdit && isSet && given !== null && (
        <Button color="error" onClick={() => onChange(null)}>
          {translate('settings.secret.remove')}
        </Button>
      )}
      {given === null && stays}
    </Box>
  );
}
