/** Defining a field, or changing one; its key and its kind stay what they were. */
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import type { OwnField } from '../customers/own_fields';

const KINDS: OwnField['kind'][] = ['text', 'number', 'choice', 'date', 'bool'];
const LEVELS: OwnField['shop_level'][] = ['hidden', 'read', 'write'];
const NEW: OwnField = { key: '', kind: 'text', labels: {}, choices: [], shop_level: 'hidden', position: 0, is_active: true, version: 0 };

export function FieldDialog({ field, onClose }: { field?: OwnField; onClose: () => void }) {
  const translate = useTranslate();
  const titleId = useId();
  const [draft, setDraft] = useState(field ?? NEW);
  const [choices, setChoices] = useState((field?.choices ?? []).join('\n'));
  const set = (values: Partial<OwnField>): void => setDraft({ ...draft, ...values });
  const { run, isPending, error } = useChange('custom-fields', () => save(field, { ...draft, choices: lines(choices) }), { onDone: onClose });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    run();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{translate(field ? 'custom-fields.edit' : 'custom-fields.new')}</DialogTitle>
        <DialogContent>
          {LANGUAGES.map(({ locale, name }) => (
            <Text
              key={locale}
              label={translate('custom-fields.label_in', { language: name })}
              required={locale === 'en'}
              helperText={locale === 'en' ? undefined : translate('custom-fields.label_text')}
              value={draft.labels[locale] ?? ''}
              onChange={(event) => set({ labels: { ...draft.labels, [locale]: event.target.value } })}
            />
          ))}
          {!field && <Text label={word(translate, 'key')} required helperText={translate('custom-fields.key_text')} value={draft.key} onChange={(event) => set({ key: event.target.value })} slotProps={{ htmlInput: { maxLength: 50, pattern: '[a-z][a-z0-9_]*' } }} />}
          {!field && (
            <Text select label={word(translate, 'kind')} helperText={translate('custom-fields.kind_text')} value={draft.kind} onChange={(event) => set({ kind: event.target.value as OwnField['kind'] })}>
              {KINDS.map((kind) => (
                <MenuItem key={kind} value={kind}>
                  {translate(`custom-fields.kind.${kind}`)}
                </MenuItem>
              ))}
            </Text>
          )}
          {draft.kind === 'choice' && <Text multiline minRows={3} required label={word(translate, 'choices')} helperText={translate('custom-fields.choices_text')} value={choices} onChange={(event) => setChoices(event.target.value)} />}
          <Text select label={word(translate, 'shop_level')} value={draft.shop_level} onChange={(event) => set({ shop_level: event.target.value as OwnField['shop_level'] })}>
            {LEVELS.map((level) => (
              <MenuItem key={level} value={level}>
                {translate(`custom-fields.shop_level.${level}`)}
              </MenuItem>
            ))}
          </Text>
          <Text type="number" label={word(translate, 'position')} helperText={translate('custom-fields.position_text')} value={draft.position} onChange={(event) => set({ position: Number(event.target.value) })} slotProps={{ htmlInput: { min: 0, max: 1000 } }} />
          {field && (
            <>
              <FormControlLabel control={<Checkbox checked={draft.is_active} onChange={(_, isActive) => set({ is_active: isActive })} />} label={translate('custom-fields.is_used')} />
              <FormHelperText>{translate('custom-fields.used_text')}</FormHelperText>
            </>
          )}
          <ProblemNote error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" loading={isPending}>
            {translate('ra.action.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const Text = (props: TextFieldProps) => <TextField fullWidth margin="dense" {...props} />;

const word = (translate: ReturnType<typeof useTranslate>, name: string): string => translate(`resources.custom-fields.fields.${name}`);

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

function save(field: OwnField | undefined, { key, kind, labels, choices, shop_level, position, is_active }: OwnField): Promise<OwnField> {
  const common = { labels, shop_level, position };
  if (!field) return ask('POST', '/custom-fields', { ...common, key, kind, choices: kind === 'choice' ? choices : [] });
  return ask('PATCH', `/custom-fields/${key}`, { ...common, is_active, version: field.version, ...(kind === 'choice' ? { choices } : {}) });
}
