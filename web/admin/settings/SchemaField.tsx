/** A value of a connection, drawn from what the server says it may be. */
import TextField from '@mui/material/TextField';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';

export interface Property {
  type?: 'string' | 'integer' | 'array';
  enum?: string[];
  anyOf?: Property[];
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

interface Props {
  name: string;
  property: Property;
  value: unknown;
  problem?: string;
  onChange: (value: unknown) => void;
}

export function SchemaField({ name, property, value, problem, onChange }: Props) {
  const translate = useTranslate();
  const help = translate(`settings.help.${name}`, { _: '' });
  const kind = property.anyOf?.find(({ type }) => type === 'string') ?? property;
  const isMany = kind.type === 'array';
  const parse = (text: string): unknown => {
    if (isMany) return text.split('\n').map((line) => line.trim()).filter((line, at, all) => line || at === all.length - 1 && all.length > 1);
    if (kind.type === 'integer') return text === '' ? null : Number(text);
    return property.anyOf && text === '' ? null : text;
  };
  return (
    <TextField
      fullWidth
      label={translate(`settings.fields.${name}`)}
      value={isMany ? ((value ?? []) as string[]).join('\n') : String(value ?? '')}
      type={kind.type === 'integer' ? 'number' : 'text'}
      disabled={!useMayEdit()}
      error={!!problem}
      helperText={problem ?? help}
      multiline={isMany}
      minRows={isMany ? 2 : undefined}
      select={!!kind.enum}
      onChange={(event) => onChange(parse(event.target.value))}
      slotProps={{
        htmlInput: { maxLength: kind.maxLength, min: kind.minimum, max: kind.maximum, spellCheck: false },
        ...(kind.enum && { select: { native: true }, inputLabel: { shrink: true } }),
      }}
    >
      {kind.enum?.map((each) => (
        <option key={each} value={each}>
          {translate(`settings.values.${name}.${each}`, { _: each })}
        </option>
      ))}
    </TextField>
  );
}
