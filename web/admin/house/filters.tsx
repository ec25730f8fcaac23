/** Inputs that lists are filtered with. */
import Search from '@mui/icons-material/Search';
import InputAdornment from '@mui/material/InputAdornment';
import { DateInput, SelectArrayInput, TextInput, useTranslate } from 'react-admin';
import { STATUSES, type StatusKind } from './statuses';

/** The free search of a list; `/` puts the cursor here. */
export function SearchFilter({ label = 'house.list.search' }: { label?: string }) {
  const start = (
    <InputAdornment position="start">
      <Search fontSize="small" />
    </InputAdornment>
  );
  return (
    <TextInput
      source="q"
      label={label}
      helperText={false}
      resettable
      slotProps={{ htmlInput: { 'data-search': true, maxLength: 200 }, input: { startAdornment: start } }}
      sx={{ '&.MuiFormControl-root.MuiFormControl-root': { width: { sm: 260 } } }}
    />
  );
}

export function StatusFilter({ source, kind }: { source: string; kind: StatusKind }) {
  const translate = useTranslate();
  const choices = Object.keys(STATUSES[kind]).map((id) => ({ id, name: translate(`house.status.${kind}.${id}`) }));
  return <SelectArrayInput source={source} choices={choices} helperText={false} translateChoice={false} />;
}

/** Days as people mean them: from the first moment of one to the last of the other, where the browser is. */
export function DayFilter({ source, end = false }: { source: string; end?: boolean }) {
  const parse = (day: string): string | null => (day ? new Date(`${day}T${end ? '23:59:59.999' : '00:00'}`).toISOString() : null);
  const format = (at: string | null): string => (at ? dayOf(new Date(at)) : '');
  return <DateInput source={source} parse={parse} format={format} helperText={false} />;
}

const dayOf = (at: Date): string => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
