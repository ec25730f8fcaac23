/** Inputs bound to one field of a draft: their label is the field's word, their error what the server said of it. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { AmountField } from './AmountField';
import { useMayEdit } from './SettingsForm';
import type { Choice } from './choices';
import type { Draft, Versioned } from './draft';

interface Bound<T extends Versioned> {
  draft: Draft<T>;
  name: keyof T & string;
  help?: string;
}

function useField<T extends Versioned>({ draft, name, help }: Bound<T>) {
  const error = draft.errorOf(name);
  const label = useTranslate()(`settings.fields.${name}`);
  return { label, disabled: !useMayEdit(), error: !!error, helperText: error ?? help };
}

/** Fields beside each other where there is room. */
export const Row = ({ children }: { children: ReactNode }) => (
  <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))', gap: 2, alignItems: 'start' }}>{children}</Box>
);

interface TextProps<T extends Versioned> extends Bound<T> {
  type?: 'text' | 'email' | 'tel' | 'url';
  required?: boolean;
  longest?: number;
  pattern?: string;
}

export function Text<T extends Versioned>({ type = 'text', required, longest = 200, pattern, ...bound }: TextProps<T>) {
  const field = useField(bound);
  return (
    <TextField
      {...field}
      fullWidth
      type={type}
      required={required}
      value={String(bound.draft.value[bound.name] ?? '')}
      onChange={(event) => bound.draft.change({ [bound.name]: event.target.value } as Partial<T>)}
      slotProps={{ htmlInput: { maxLength: longest, pattern, title: bound.help } }}
    />
  );
}

export function Whole<T extends Versioned>({ min = 0, max, isOptional, ...bound }: Bound<T> & { min?: number; max?: number; isOptional?: boolean }) {
  const field = useField(bound);
  const value = bound.draft.value[bound.name];
  const parse = (text: string): number | null => (text === '' ? null : Number(text));
  return (
    <TextField
      {...field}
      fullWidth
      type="number"
      required={!isOptional}
      value={value ?? ''}
      onChange={(event) => bound.draft.change({ [bound.name]: parse(event.target.value) } as Partial<T>)}
      slotProps={{ htmlInput: { min, max, step: 1 } }}
    />
  );
}

export function Amount<T extends Versioned>({ currency, isOptional, ...bound }: Bound<T> & { currency: string; isOptional?: boolean }) {
  const { label, helperText, error } = useField(bound);
  return (
    <AmountField
      label={label}
      value={bound.draft.value[bound.name] as number | null}
      currency={currency}
      isOptional={isOptional}
      problem={error ? helperText : undefined}
      help={helperText}
      onChange={(value) => bound.draft.change({ [bound.name]: value } as Partial<T>)}
    />
  );
}

/** A few to choose from; those of the field are worded as `settings.values.<name>.<value>`. */
export function Select<T extends Versioned>({ choices, empty, ...bound }: Bound<T> & { choices: readonly string[] | Choice[]; empty?: string }) {
  const translate = useTranslate();
  const field = useField(bound);
  const named = choices.map((each) => (typeof each === 'string' ? { id: each, name: translate(`settings.values.${bound.name}.${each}`, { _: each }) } : each));
  const isNumber = typeof bound.draft.value[bound.name] === 'number' || bound.name.endsWith('_id');
  const parse = (text: string): string | number | null => (text === '' ? null : isNumber ? Number(text) : text);
  return (
    <TextField
      {...field}
      fullWidth
      select
      value={String(bound.draft.value[bound.name] ?? '')}
      onChange={(event) => bound.draft.change({ [bound.name]: parse(event.target.value) } as Partial<T>)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      {empty !== undefined && <option value="">{empty}</option>}
      {named.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </TextField>
  );
}

/** Many to choose one from, found by typing. */
export function Pick<T extends Versioned>({ choices, required, ...bound }: Bound<T> & { choices: Choice[]; required?: boolean }) {
  const { disabled, ...field } = useField(bound);
  const id = String(bound.draft.value[bound.name] ?? '');
  const value = choices.find((each) => each.id === id) ?? (id ? { id, name: id } : null);
  return (
    <Autocomplete
      options={choices}
      value={value}
      disabled={disabled}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onChange={(_, chosen) => bound.draft.change({ [bound.name]: chosen?.id ?? '' } as Partial<T>)}
      renderInput={(props) => <TextField {...props} {...field} required={required} />}
    />
  );
}

export function PickMany<T extends Versioned>({ choices, ...bound }: Bound<T> & { choices: Choice[] }) {
  const { disabled, ...field } = useField(bound);
  const ids = (bound.draft.value[bound.name] as (string | number)[]).map(String);
  const isNumber = bound.name === 'locations';
  const value = ids.map((id) => choices.find((each) => each.id === id) ?? { id, name: id });
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      options={choices}
      value={value}
      disabled={disabled}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onChange={(_, chosen) => bound.draft.change({ [bound.name]: chosen.map(({ id }) => (isNumber ? Number(id) : id)) } as Partial<T>)}
      renderInput={(props) => <TextField {...props} {...field} />}
    />
  );
}

export function Toggle<T extends Versioned>({ ...bound }: Bound<T>) {
  const { label, disabled, error, helperText } = useField(bound);
  return (
    <Box>
      <FormControlLabel
        label={label}
        control={<Switch checked={!!bound.draft.value[bound.name]} disabled={disabled} onChange={(_, value) => bound.draft.change({ [bound.name]: value } as Partial<T>)} />}
      />
      {helperText && <FormHelperText error={error}>{helperText}</FormHelperText>}
    </Box>
  );
}
