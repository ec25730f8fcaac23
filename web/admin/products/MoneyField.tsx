/** An amount typed as people write it, kept in minor units. */
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export const typed = (minor: number | null, currency: string): string => (minor === null ? '' : (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)));

/** null: it is no amount. */
export function minorOf(text: string, currency: string): number | null {
  const amount = Number(text.replace(/\s/g, '').replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(amount) || amount < 0 ? null : Math.round(amount * 10 ** digitsOf(currency));
}

interface Props {
  label: string;
  minor: number | null;
  currency: string;
  onChange: (minor: number | null) => void;
  isBare?: boolean;
  error?: boolean;
  disabled?: boolean;
}

/** `isBare`: its label is read out and not shown, as in a column of a table. */
export function MoneyField({ label, minor, currency, onChange, isBare = false, error = false, disabled = false }: Props) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? typed(minor, currency);
  return (
    <TextField
      label={isBare ? undefined : label}
      value={shown}
      disabled={disabled}
      error={error || (shown !== '' && minorOf(shown, currency) === null)}
      onChange={(event) => {
        setText(event.target.value);
        onChange(minorOf(event.target.value, currency));
      }}
      onBlur={() => setText(null)}
      slotProps={{
        htmlInput: { inputMode: 'decimal', 'aria-label': isBare ? label : undefined, style: { textAlign: 'right' } },
        input: { endAdornment: <InputAdornment position="end">{currency}</InputAdornment> },
      }}
      sx={{ width: 150 }}
    />
  );
}
