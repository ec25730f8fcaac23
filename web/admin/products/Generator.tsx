/** Makes variants of attribute values: chosen as chips, looked at first, added to the card then. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { MoneyField } from './MoneyField';
import { type Attribute, useNamed, useRows } from './choices';
import { type Draft, type DraftVariant, newVariant } from './draft';

type Proposed = Schemas['Proposed'];

interface Props {
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  productId: number | null;
  onDone: () => void;
}

export function Generator({ draft, change, productId, onDone }: Props) {
  const translate = useTranslate();
  const { data: attributes = [], error } = useRows<Attribute>('attributes');
  const first = draft.variants[0];
  const [chosen, setChosen] = useState<number[]>(draft.variants.flatMap(({ value_ids }) => value_ids));
  const [prefix, setPrefix] = useState<string | null>(null);
  const [price, setPrice] = useState<number | null>(first?.price ?? null);
  const [weight, setWeight] = useState(first?.weight_g ?? 0);
  const used = attributes.filter(({ values }) => values.some(({ id }) => chosen.includes(id)));
  const start = (first?.sku || 'SKU').split('-')[0];
  const pattern = prefix ?? [start, ...used.map(({ code }) => `{${code}}`)].join('-');
  const preview = useProposed(used, chosen, pattern, productId);
  const proposed = (used.length > 0 && preview.data) || [];
  const fresh = proposed.filter((one) => !one.exists_as && !one.is_taken && !draft.variants.some((variant) => isOf(variant, one)));
  const add = (): void => {
    const kept = draft.variants.filter(({ id, sku, value_ids }) => id !== null || value_ids.length > 0 || (sku !== '' && productId !== null));
    const made = fresh.map((one) => ({ ...newVariant(first?.currency ?? 'EUR'), sku: one.sku, value_ids: one.value_ids, price, weight_g: weight }));
    change({ variants: [...kept, ...made], value_ids: draft.value_ids.filter((id) => !chosen.includes(id)) });
    onDone();
  };
  return (
    <Paper variant="outlined" component="section" aria-label={translate('products.variant.generate')} sx={{ p: 2, mt: 1 }}>
      <ProblemNote error={error} />
      {!attributes.length && !error && <Typography>{translate('products.no_attributes')}</Typography>}
      {attributes.map((attribute) => (
        <Chips key={attribute.id} attribute={attribute} chosen={chosen} onChange={setChosen} />
      ))}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1 }}>
        <TextField label={translate('products.variant.pattern')} value={pattern} onChange={(event) => setPrefix(event.target.value.replace(/[\s/]/g, ''))} helperText={translate('products.variant.pattern_help')} sx={{ minWidth: { sm: 320 }, width: { xs: '100%', sm: 'auto' } }} />
        <Guarded field="product.price">
          <MoneyField label={translate('products.variant.price')} minor={price} currency={first?.currency ?? 'EUR'} onChange={setPrice} />
        </Guarded>
        <TextField type="number" label={translate('products.variant.weight_g')} value={weight} onChange={(event) => setWeight(Math.max(0, Number(event.target.value)))} sx={{ width: 130 }} />
      </Box>
      {used.length > 0 && <ProblemNote error={preview.error} />}
      <Found proposed={preview.error ? [] : proposed} draft={draft} />
      <Button variant="contained" disabled={!fresh.length || !!preview.error} onClick={add}>
        {translate('products.variant.add_made', { smart_count: preview.error ? 0 : fresh.length })}
      </Button>{' '}
      <Button onClick={onDone}>{translate('ra.action.close')}</Button>
    </Paper>
  );
}

const isOf = (variant: DraftVariant, { value_ids }: Proposed): boolean => [...variant.value_ids].sort().join() === [...value_ids].sort().join();

function useProposed(attributes: Attribute[], chosen: number[], pattern: string, productId: number | null) {
  const [locale] = useLocaleState();
  const body = {
    pattern,
    product_id: productId,
    language: locale,
    attributes: attributes.map(({ id, values }) => ({ attribute_id: id, value_ids: values.map((value) => value.id).filter((value) => chosen.includes(value)) })),
  };
  return useQuery({
    queryKey: ['product-cards', 'proposed', body],
    queryFn: async () => (await ask<Schemas['ProposedVariants']>('POST', '/product-cards/variants/preview', body)).variants,
    enabled: attributes.length > 0 && pattern !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function Chips({ attribute, chosen, onChange }: { attribute: Attribute; chosen: number[]; onChange: (ids: number[]) => void }) {
  const name = useNamed();
  return (
    <Box role="group" aria-label={name(attribute.names)} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.5, mb: 1 }}>
      <Typography component="span" sx={{ minWidth: 90, fontWeight: 600 }}>
        {name(attribute.names)}
      </Typography>
      {attribute.values.map(({ id, names }) => {
        const isChosen = chosen.includes(id);
        return (
          <Chip
            key={id}
            label={name(names)}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'filled' : 'outlined'}
            aria-pressed={isChosen}
            onClick={() => onChange(isChosen ? chosen.filter((each) => each !== id) : [...chosen, id])}
          />
        );
      })}
    </Box>
  );
}

const SHOWN = 24;

function Found({ proposed, draft }: { proposed: Proposed[]; draft: Draft }) {
  const translate = useTranslate();
  if (!proposed.length) return null;
  const isThere = (one: Proposed): boolean => !!one.exists_as || draft.variants.some((variant) => isOf(variant, one));
  const taken = proposed.filter(({ is_taken }) => is_taken);
  return (
    <>
      <Box component="ul" aria-label={translate('products.variant.preview')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, listStyle: 'none', p: 0, my: 1 }}>
        {proposed.slice(0, SHOWN).map((one) => {
          const state = one.is_taken ? 'taken' : isThere(one) ? 'exists' : 'new';
          const colour = { taken: 'error', exists: 'default', new: 'success' } as const;
          return (
            <li key={one.sku}>
              <Chip size="small" variant="outlined" color={colour[state]} label={`${one.sku} · ${one.name} · ${translate(`products.variant.state.${state}`)}`} />
            </li>
          );
        })}
        {proposed.length > SHOWN && <li>{translate('products.variant.more', { smart_count: proposed.length - SHOWN })}</li>}
      </Box>
      {taken.length > 0 && <Alert severity="warning" sx={{ mb: 1 }}>{translate('products.variant.taken_text', { smart_count: taken.length })}</Alert>}
    </>
  );
}
