/** A text of several lines. */
import TextField from '@mui/material/TextField';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';
import type { Draft } from './draft';
import type { Template } from './notice_text';

export function LongText({ draft, name }: { draft: Draft<Template>; name: 'body' }) {
  const problem = draft.errorOf(name);
  return (
    <TextField
      fullWidth
      multiline
      required
      minRows={8}
      label={useTranslate()(`settings.fields.${name}`)}
      value={draft.value[name]}
      disabled={!useMayEdit()}
      error={!!problem}
      helperText={problem}
      onChange={(event) => draft.change({ [name]: event.target.value })}
      slotProps={{ htmlInput: { maxLength: 10_000 } }}
    />
  );
}
