/** A field of a row in a grid. */
import TextField from '@mui/material/TextField';
import { useMayEdit } from './SettingsForm';
import type { Choice } from './choices';

interface Props {
  label: string;
  value: string | number;
  onChange: (value: string) => void;
  choices?: Choice[];
  problem?: string;
  required?: boolean;
  /** What the browser checks before anything is sent. */
  limits?: { maxLength?: number; pattern?: string; min?: number; max?: number; step?: number; list?: string };
  type?: 'text' | 'number';
  help?: string;
}

export function Cell({ label, value, onChange, choices, problem, required = true, limits, type = 'text', help }: Props) {
  return (
    <TextField
      fullWidth
      label={label}
      value={value}
      type={choices ? undefined : type}
      required={required}
      disabled={!useMayEdit()}
      error={!!problem}
      helperText={problem ?? help}
      select={!!choices}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ htmlInput: limits, ...(choices && { select: { native: true }, inputLabel: { shrink: true } }) }}
    >
      {choices?.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </TextField>
  );
}
