/** An amount as people write it; outside it is minor units. */
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';

interface Props {
  label: string;
  value: number | null;
  currency: string;
  onChange: (value: number | null) => void;
  isOptional?: boolean;
  help?: string;
  problem?: string;
  /** Where a column's heading is the label already. */
  isBare?: boolean;
}

export function AmountField({ label, value, currency, onChange, isOptional = false, help, problem, isBare = false }: Props) {
  const places = placesOf(currency);
  const disabled = !useMayEdit();
  const [typed, setTyped] = useState<string | null>(null);
  const translate = useTranslate();
  const [locale] = useLocaleState();
  // What is typed stands as long as it means what is kept: "12," is on its way to "12,50".
  const text = typed !== null && (parsed(typed, places) === value || !isAmount(typed, places)) ? typed : written(value, places, pointOf(locale));
  const change = (next: string): void => {
    setTyped(next);
    if (next === '') onChange(null);
    else if (isAmount(next, places)) onChange(parsed(next, places));
  };
  return (
    <TextField
      fullWidth
      label={isBare ? undefined : label}
      value={text}
      disabled={disabled}
      required={!isOptional}
      error={!!problem || (text !== '' && !isAmount(text, places))}
      helperText={problem ?? help}
      onChange={(event) => change(event.target.value)}
      slotProps={{
        htmlInput: { inputMode: 'decimal', maxLength: 14, pattern: patternOf(places), title: translate('settings.amount_hint'), style: { textAlign: 'right' }, ...(isBare && { 'aria-label': label }) },
        input: { endAdornment: <InputAdornment position="end">{currency}</InputAdornment> },
      }}
    />
  );
}

export const placesOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const patternOf = (places: number): string => (places ? `[0-9]{1,10}([.,][0-9]{0,${places}})?` : '[0-9]{1,12}');
const isAmount = (text: string, places: number): boolean => new RegExp(`^${patternOf(places)}$`).test(text);

/** By digits, so that no binary fraction comes in between. */
function parsed(text: string, places: number): number | null {
  if (!isAmount(text, places)) return null;
  const [whole = '0', part = ''] = text.split(/[.,]/);
  return Number(whole + part.padEnd(places, '0'));
}

const pointOf = (locale: string): string => (1.5).toLocaleString(locale).charAt(1);

function written(value: number | null, places: number, point: string): string {
  if (value === null || value === undefined) return '';
  const digits = String(value).padStart(places + 1, '0');
  const part = digits.slice(digits.length - places);
  return places && Number(part) ? digits.slice(0, -places) + point + part : digits.slice(0, digits.length - places);
}
