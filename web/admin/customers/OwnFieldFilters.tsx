/** Own fields as filters: all of them are one parameter, `key:value`, `key>=value`, `key<=value`. */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useInput, useLocaleState, useTranslate } from 'react-admin';
import { type OwnField, labelOf, useOwnFields } from './own_fields';

const SIGNS: Record<OwnField['kind'], string[]> = { text: [':'], choice: [':'], bool: [':'], number: ['>=', '<='], date: ['>=', '<='] };

export function OwnFieldFilters() {
  const { data } = useOwnFields();
  const { field } = useInput({ source: 'custom', defaultValue: [] });
  const wanted = (field.value ?? []) as string[];
  const read = (start: string): string => wanted.find((each) => each.startsWith(start))?.slice(start.length) ?? '';
  const write = (start: string, value: string): void => field.onChange([...wanted.filter((each) => !each.startsWith(start)), ...(value ? [start + value] : [])]);
  return (data ?? []).flatMap((own) =>
    SIGNS[own.kind].map((sign) => <Wanted key={own.key + sign} own={own} sign={sign} value={read(own.key + sign)} onChange={(value) => write(own.key + sign, value)} />),
  );
}

interface WantedProps {
  own: OwnField;
  sign: string;
  value: string;
  onChange: (value: string) => void;
}

function Wanted({ own, sign, value, onChange }: WantedProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const name = labelOf(own, locale);
  const label = sign === ':' ? name : translate(sign === '>=' ? 'customers.from' : 'customers.to', { name });
  const choices = own.kind === 'bool' ? ['true', 'false'].map((id): [string, string] => [id, translate(`ra.boolean.${id}`)]) : own.choices.map((id): [string, string] => [id, id]);
  return (
    <TextField
      size="small"
      label={label}
      value={value}
      select={own.kind === 'choice' || own.kind === 'bool'}
      type={own.kind === 'number' || own.kind === 'date' ? own.kind : undefined}
      slotProps={{ inputLabel: own.kind === 'date' ? { shrink: true } : {}, htmlInput: { maxLength: 200 } }}
      onChange={(event) => onChange(event.target.value)}
    >
      {choices.length > 0 && <MenuItem value="">&nbsp;</MenuItem>}
      {choices.map(([id, word]) => (
        <MenuItem key={id} value={id}>
          {word}
        </MenuItem>
      ))}
    </TextField>
  );
}
