/** An amount of money as people type it; told in minor units, null while it is none. */
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

interface Props {
  label: string;
  currency: string;
  value: number | null;
  onChange: (minor: number | null) => void;
  helperText?: string;
}

const digits = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export function parseAmount(text: string, currency: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d{1,12}(\.\d*)?$/.test(plain)) return null;
  const [whole = '', part = ''] = plain.split('.');
  const places = digits(currency);
  if (part.length > places) return null;
  return Number(whole) * 10 ** places + Number(part.padEnd(places, '0') || 0);
}

export const plainAmount = (minor: number, currency: string): string => (minor / 10 ** digits(currency)).toFixed(digits(currency));

export function AmountField({ label, currency, value, onChange, helperText }: Props) {
  const [text, setText] = useState(value === null ? '' : plainAmount(value, currency));
  const change = (typed: string): void => {
    setText(typed);
    onChange(parseAmount(typed, currency));
  };
  const isWrong = text.trim() !== '' && parseAmount(text, currency) === null;
  return (
    <TextField
      fullWidth
      margin="dense"
      label={label}
      value={text}
      error={isWrong}
      helperText={helperText}
      onChange={(event) => change(event.target.value)}
      slotProps={{ htmlInput: { inputMode: 'decimal', maxLength: 20 }, input: { endAdornment: <InputAdornment position="end">{currency}</InputAdornment> } }}
    />
  );
}
