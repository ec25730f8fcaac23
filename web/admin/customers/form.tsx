/** What is written down about a customer, for adding one by hand and for editing; what one may not write is not there. */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ArrayInput, AutocompleteInput, BooleanInput, DateInput, NumberInput, type RaRecord, SelectInput, SimpleFormIterator, TextInput, required, useLocaleState, useTranslate } from 'react-admin';
import { useQuery } from '@tanstack/react-query';
import { Guarded } from '../house/Guarded';
import { type Schemas, ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useMay } from '../house/me';
import { BranchInput } from './BranchInput';
import { useCountries } from './countries';
import { CONTACT } from './filters';
import { type OwnField, labelOf, useOwnFields } from './own_fields';

type Fields = Record<string, unknown>;

export const EDITED = ['name', 'email', 'phone', 'language', 'addresses', 'preferences', 'custom', 'note', 'branch_id'] as const;
const METHODS = ['card', 'cash_on_delivery', 'bank_transfer', 'cheque'];

/** As the API takes it: inside of addresses and preferences nothing is null, only empty. */
export function shape(record: RaRecord): Fields {
  const { branch, addresses, preferences, ...plain } = record as RaRecord & { branch?: { id?: number | null } | null; addresses?: Fields[] | null; preferences?: Fields };
  return {
    ...plain,
    ...(addresses === undefined ? {} : { addresses: (addresses ?? []).map(filled) }),
    ...(preferences === undefined ? {} : { preferences: { ...preferences, shipping_method: preferences.shipping_method ?? '', payment_method: preferences.payment_method || null } }),
    ...(branch === undefined ? {} : { branch_id: branch?.id ?? null }),
  };
}

const filled = (address: Fields): Fields => Object.fromEntries(Object.entries(address).map(([name, value]) => [name, value ?? '']));

/** Of somebody new, what nobody typed is not sent. */
export const shapeNew = (record: RaRecord): Fields =>
  Object.fromEntries(Object.entries(shape(record)).filter(([, value]) => value !== null && value !== ''));

export function CustomerInputs() {
  const translate = useTranslate();
  return (
    <>
      <TextInput source="name" validate={required()} slotProps={{ htmlInput: { maxLength: 200 } }} autoComplete="off" helperText={false} />
      <Guarded field="customer.email" write>
        <TextInput source="email" type="email" autoComplete="off" slotProps={{ htmlInput: { maxLength: 254 } }} helperText={false} />
      </Guarded>
      <Guarded field="customer.phone" write>
        <TextInput source="phone" type="tel" autoComplete="off" slotProps={{ htmlInput: { maxLength: 40 } }} helperText={false} />
      </Guarded>
      <SelectInput source="language" choices={LANGUAGES.map(({ locale, name }) => ({ id: locale, name }))} defaultValue="en" translateChoice={false} validate={required()} helperText={false} />
      <BranchInput source="branch.id" />
      <Guarded field="customer.address" write>
        <Heading text={translate('customers.addresses')} />
        <Addresses />
      </Guarded>
      <Heading text={translate('customers.preferences')} />
      <Preferences />
      <Guarded field="customer.custom" write>
        <OwnFieldInputs />
      </Guarded>
      <Guarded field="customer.note" write>
        <Heading text={translate('resources.customers.fields.note')} />
        <TextInput source="note" multiline minRows={3} label="resources.customers.fields.note" slotProps={{ htmlInput: { maxLength: 5000 } }} helperText="customers.note_text" />
      </Guarded>
    </>
  );
}

const Heading = ({ text }: { text: string }) => (
  <Typography variant="h2" sx={{ mt: 2 }}>
    {text}
  </Typography>
);

function Addresses() {
  const countries = useCountries();
  const text = (source: string, most: number) => (
    <TextInput source={source} label={`customers.address.${source}`} slotProps={{ htmlInput: { maxLength: most } }} helperText={false} />
  );
  return (
    <ArrayInput source="addresses" label={false} helperText={false}>
      <SimpleFormIterator disableReordering fullWidth disableClear>
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' }, columnGap: 1.5, width: '100%' }}>
          {text('label', 100)}
          <AutocompleteInput source="country" label="customers.address.country" choices={countries} validate={required()} helperText={false} />
          {text('street', 300)}
          {text('city', 100)}
          {text('postcode', 20)}
          {text('recipient', 200)}
          {text('recipient_phone', 40)}
          <Box>
            <BooleanInput source="is_shipping_default" label="customers.address.is_shipping_default" helperText={false} />
            <BooleanInput source="is_billing_default" label="customers.address.is_billing_default" helperText={false} />
          </Box>
        </Box>
      </SimpleFormIterator>
    </ArrayInput>
  );
}

function Preferences() {
  const translate = useTranslate();
  const named = (ids: string[], words: string) => ids.map((id) => ({ id, name: translate(`${words}.${id}`) }));
  return (
    <>
      <SelectInput source="preferences.contact_by" label="resources.customers.fields.contact_by" choices={named(CONTACT, 'customers.contact')} defaultValue="any" translateChoice={false} validate={required()} helperText={false} />
      <SelectInput source="preferences.payment_method" label="customers.payment_method" choices={named(METHODS, 'customers.method')} translateChoice={false} helperText={false} />
      <Guarded right="settings.read">
        <ShippingMethod />
      </Guarded>
    </>
  );
}

export function useShippingMethods() {
  return useQuery({
    queryKey: ['settings', 'shipping-methods'],
    queryFn: () => ask<Schemas['ShippingMethod'][]>('GET', '/settings/shipping-methods'),
    enabled: useMay('settings.read'),
    staleTime: 60_000,
    retry: false,
  });
}

function ShippingMethod() {
  const { data } = useShippingMethods();
  const choices = (data ?? []).map(({ code, name }) => ({ id: code, name }));
  return <SelectInput source="preferences.shipping_method" label="customers.shipping_method" choices={choices} translateChoice={false} helperText={false} />;
}

function OwnFieldInputs() {
  const translate = useTranslate();
  const { data } = useOwnFields();
  const open = (data ?? []).filter(({ is_active }) => is_active);
  if (!open.length) return null;
  return (
    <>
      <Heading text={translate('customers.own_fields')} />
      {open.map((field) => (
        <OwnFieldInput key={field.key} field={field} />
      ))}
    </>
  );
}

function OwnFieldInput({ field }: { field: OwnField }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const given = { source: `custom.${field.key}`, label: labelOf(field, locale), helperText: false as const };
  if (field.kind === 'number') return <NumberInput {...given} />;
  if (field.kind === 'date') return <DateInput {...given} />;
  if (field.kind === 'choice') return <SelectInput {...given} choices={field.choices.map((id) => ({ id, name: id }))} translateChoice={false} />;
  if (field.kind === 'bool') return <SelectInput {...given} choices={[true, false].map((id) => ({ id, name: translate(`ra.boolean.${id}`) }))} translateChoice={false} />;
  return <TextInput {...given} multiline slotProps={{ htmlInput: { maxLength: 2000 } }} />;
}
