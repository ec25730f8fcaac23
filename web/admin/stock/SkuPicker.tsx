/** Finds an SKU while one types: by itself or by words of the product's name. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { type Schemas, ask } from '../house/http';

interface Props {
  label: string;
  sku: string;
  /** Each SKU once. */
  taken?: string[];
  onChange: (sku: string) => void;
}

const SHOWN = 20;

export function SkuPicker({ label, sku, taken = [], onChange }: Props) {
  const [text, setText] = useState(sku);
  const q = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['products', 'skus', q],
    queryFn: async () => (await ask<Schemas['ProductList']>('GET', '/products', undefined, { q, limit: SHOWN })).rows,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const found = (data ?? []).filter((row) => !row.is_service);
  const names = new Map(found.map((row) => [row.sku, [row.name, row.variant].filter(Boolean).join(' · ')]));
  const options = found.map((row) => row.sku).filter((each) => each === sku || !taken.includes(each));
  return (
    <Autocomplete
      fullWidth
      autoHighlight
      options={sku && !options.includes(sku) ? [sku, ...options] : options}
      value={sku || null}
      loading={isFetching}
      filterOptions={(all) => all}
      onChange={(_, next) => onChange(next ?? '')}
      onInputChange={(_, next) => setText(next)}
      renderOption={({ key, ...props }, option) => (
        <li key={key} {...props}>
          {option}
          <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
            {names.get(option)}
          </Box>
        </li>
      )}
      renderInput={(props) => <TextField {...props} required label={label} margin="dense" />}
    />
  );
}
