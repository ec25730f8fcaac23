/** Where the product belongs: categories, brand, supplier, class, tax; and whether customers see it. */
import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { ask } from '../house/http';
import { useLevel, useMay } from '../house/me';
import { useTell } from '../house/problems';
import type { SectionProps } from './Editor';
import { type Choice, type Named, useCardChoices, useCategoryChoices, useNamed, useNamedChoices } from './choices';
import type { Card } from './draft';

export function Sorting({ draft, change, isReadOnly, card }: SectionProps & { card?: Card }) {
  const translate = useTranslate();
  return (
    <>
      <FormControlLabel
        control={<Switch checked={draft.is_published} disabled={isReadOnly} onChange={(_, is_published) => change({ is_published })} />}
        label={translate('products.field.is_published')}
      />
      <FormControlLabel
        control={<Switch checked={draft.is_service} disabled={isReadOnly} onChange={(_, is_service) => change({ is_service })} />}
        label={translate('products.field.is_service')}
      />
      <CategoryPicker label={translate('products.field.categories')} chosen={draft.category_ids} onChange={(category_ids) => change({ category_ids })} disabled={isReadOnly} />
      {card && <ByRule card={card} />}
      <NamedPicker resource="brands" label={translate('products.field.brand')} chosen={draft.brand_id} onChange={(brand_id) => change({ brand_id })} disabled={isReadOnly} />
      <NamedPicker resource="suppliers" label={translate('products.field.supplier')} chosen={draft.supplier_id} onChange={(supplier_id) => change({ supplier_id })} disabled={isReadOnly} />
      <NamedPicker resource="product-classes" label={translate('products.field.product_class')} chosen={draft.class_id} onChange={(class_id) => change({ class_id })} disabled={isReadOnly} />
      <Guarded field="product.tax_class">
        <TaxClass chosen={draft.tax_class} onChange={(tax_class) => change({ tax_class })} disabled={isReadOnly} />
      </Guarded>
    </>
  );
}

interface ManyProps {
  label: string;
  chosen: number[];
  onChange: (ids: number[]) => void;
  disabled?: boolean;
}

export function CategoryPicker(props: ManyProps) {
  return <ManyPicker {...props} choices={useCategoryChoices()} />;
}

export function ManyPicker({ label, choices, chosen, onChange, disabled }: ManyProps & { choices: Choice[] }) {
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      filterSelectedOptions={false}
      options={choices}
      value={choices.filter(({ id }) => chosen.includes(id))}
      disabled={disabled}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      groupBy={choices.some(({ group }) => group) ? ({ group }) => group ?? '' : undefined}
      onChange={(_, next) => onChange(next.map(({ id }) => id))}
      renderOption={({ key, ...props }, { name, depth = 0 }) => (
        <li key={key} {...props} style={{ paddingLeft: 16 + depth * 18 }}>
          {name}
        </li>
      )}
      renderInput={(props) => <TextField {...props} label={label} margin="dense" />}
    />
  );
}

type NamedProps = Omit<OneProps, 'choices' | 'onCreate'> & { resource: 'brands' | 'suppliers' | 'product-classes' };

/** A name that is missing is made here, by those who may. */
function NamedPicker({ resource, onChange, ...props }: NamedProps) {
  const client = useQueryClient();
  const tell = useTell();
  const isAllowed = useMay('product.edit');
  const { mutate, isPending } = useMutation({
    mutationFn: (name: string) => ask<Named>('POST', `/${resource}`, { name }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: [resource] });
      onChange(id);
    },
    onError: tell,
  });
  return <Picker {...props} choices={useNamedChoices(resource)} onChange={onChange} onCreate={isAllowed ? mutate : undefined} disabled={props.disabled || isPending} />;
}

interface OneProps {
  label: string;
  choices: Choice[];
  chosen: number | null;
  onChange: (id: number | null) => void;
  disabled?: boolean;
  /** What is typed and not there yet can be made. */
  onCreate?: (name: string) => void;
}

const NEW = -1;
const matching = createFilterOptions<Choice>();

export function Picker({ label, choices, chosen, onChange, disabled, onCreate }: OneProps) {
  const translate = useTranslate();
  const isThere = (typed: string): boolean => choices.some(({ name }) => name.toLowerCase() === typed.toLowerCase());
  const offered: typeof matching = (options, state) => {
    const typed = state.inputValue.trim();
    const found = matching(options, state);
    return onCreate && typed && !isThere(typed) ? [...found, { id: NEW, name: typed }] : found;
  };
  return (
    <Autocomplete
      filterOptions={offered}
      options={choices}
      value={choices.find(({ id }) => id === chosen) ?? null}
      disabled={disabled}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      onChange={(_, next) => (next?.id === NEW ? onCreate?.(next.name) : onChange(next?.id ?? null))}
      renderOption={({ key, ...props }, { id, name, depth = 0 }) => (
        <li key={key} {...props} style={{ paddingLeft: 16 + depth * 18 }}>
          {id === NEW ? translate('vocabulary.create', { name }) : name}
        </li>
      )}
      renderInput={(props) => <TextField {...props} label={label} margin="dense" />}
    />
  );
}

function TaxClass({ chosen, onChange, disabled }: { chosen: string | null; onChange: (name: string) => void; disabled: boolean }) {
  const translate = useTranslate();
  const { data } = useCardChoices();
  const mayWrite = useLevel('product.tax_class') === 'write';
  const classes = [...new Set([...(data?.tax_classes ?? []), ...(chosen ? [chosen] : [])])];
  return (
    <TextField select fullWidth margin="dense" label={translate('products.field.tax_class')} value={chosen ?? ''} disabled={disabled || !mayWrite} onChange={(event) => onChange(event.target.value)}>
      {classes.map((name) => (
        <MenuItem key={name} value={name}>
          {translate(`products.tax.${name}`, { _: name })}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** It is there without having been put there. */
function ByRule({ card }: { card: Card }) {
  const translate = useTranslate();
  const name = useNamed();
  const found = card.categories.filter(({ by_rule }) => by_rule);
  if (!found.length) return null;
  return (
    <Typography variant="body2" component="div" sx={{ color: 'text.secondary', mb: 1 }}>
      {translate('products.by_rule')}{' '}
      {found.map(({ id, names }) => (
        <Chip key={id} size="small" variant="outlined" label={name(names)} sx={{ mr: 0.5 }} />
      ))}
    </Typography>
  );
}
