/** Where the product belongs: categories, brand, supplier, class, tax; and whether customers see it. */
import Autocomplete from '@mui/material/Autocomplete';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { useLevel } from '../house/me';
import type { SectionProps } from './Editor';
import { type Choice, useCardChoices, useCategoryChoices, useNamed, useNamedChoices } from './choices';
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
      <Picker label={translate('products.field.brand')} choices={useNamedChoices('brands')} chosen={draft.brand_id} onChange={(brand_id) => change({ brand_id })} disabled={isReadOnly} />
      <Picker label={translate('products.field.supplier')} choices={useNamedChoices('suppliers')} chosen={draft.supplier_id} onChange={(supplier_id) => change({ supplier_id })} disabled={isReadOnly} />
      <Picker label={translate('products.field.product_class')} choices={useNamedChoices('product-classes')} chosen={draft.class_id} onChange={(class_id) => change({ class_id })} disabled={isReadOnly} />
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

interface OneProps {
  label: string;
  choices: Choice[];
  chosen: number | null;
  onChange: (id: number | null) => void;
  disabled?: boolean;
}

export function Picker({ label, choices, chosen, onChange, disabled }: OneProps) {
  return (
    <Autocomplete
      options={choices}
      value={choices.find(({ id }) => id === chosen) ?? null}
      disabled={disabled}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      onChange={(_, next) => onChange(next?.id ?? null)}
      renderOption={({ key, ...props }, { name, depth = 0 }) => (
        <li key={key} {...props} style={{ paddingLeft: 16 + depth * 18 }}>
          {name}
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
