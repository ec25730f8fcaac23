/** Who orders: somebody known, found while one types, or somebody new. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as To } from 'react-router-dom';
import { Guarded } from '../../house/Guarded';
import { Panel } from '../../house/Panel';
import { type Schemas, ask } from '../../house/http';
import { LANGUAGES } from '../../house/i18n';
import { Told } from './Told';
import { type DraftCustomer, nobody } from './draft';
import type { Refused } from './refusals';

type Row = Schemas['CustomerRow'];

interface Props {
  customer: DraftCustomer;
  onChange: (customer: DraftCustomer) => void;
  onKnown: (id: number) => void;
  refused: Refused;
}

export function CustomerPart({ customer, onChange, onKnown, refused }: Props) {
  const translate = useTranslate();
  return (
    <Panel title={translate('orders.customer')}>
      <Guarded right="customer.read">
        {customer.id === null ? <Finder onKnown={onKnown} /> : <Known id={customer.id} onForget={() => onChange(nobody(customer.language))} />}
      </Guarded>
      <Told text={refused.at('customer')} />
      <Contact customer={customer} onChange={onChange} refused={refused} />
    </Panel>
  );
}

function Finder({ onKnown }: Pick<Props, 'onKnown'>) {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['customers', 'found', q],
    queryFn: async () => (await ask<Schemas['CustomerList']>('GET', '/customers', undefined, { q, is_active: true, limit: 10 })).rows,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  return (
    <Autocomplete<Row>
      fullWidth
      autoHighlight
      options={data ?? []}
      value={null}
      inputValue={text}
      loading={isFetching}
      filterOptions={(all) => all}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      noOptionsText={translate('orders.placing.nobody_found')}
      onChange={(_, row) => row && onKnown(row.id)}
      onInputChange={(_, typed) => setText(typed)}
      renderOption={({ key, ...props }, row) => (
        <li key={key} {...props}>
          <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {row.name}
            <Box sx={{ color: 'text.secondary', fontSize: '0.85em' }}>{[row.email, row.phone].filter(Boolean).join(' · ')}</Box>
          </Box>
        </li>
      )}
      renderInput={(props) => <TextField {...props} margin="dense" label={translate('orders.placing.find_customer')} helperText={translate('orders.placing.find_help')} />}
    />
  );
}

function Known({ id, onForget }: { id: number; onForget: () => void }) {
  const translate = useTranslate();
  return (
    <Typography variant="body2" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, color: 'text.secondary', mb: 1 }}>
      {translate('orders.placing.known')}
      <Link component={To} to={`/customers/${id}/show`} target="_blank">
        {translate('orders.placing.see_customer')}
      </Link>
      <Link component="button" type="button" onClick={onForget}>
        {translate('orders.placing.somebody_else')}
      </Link>
    </Typography>
  );
}

function Contact({ customer, onChange, refused }: Pick<Props, 'customer' | 'onChange' | 'refused'>) {
  const translate = useTranslate();
  const field = (name: 'name' | 'email' | 'phone', label: string, most: number, type = 'text', help?: string) => {
    const wrong = refused.field(`customer.${name}`);
    return (
      <TextField
        fullWidth
        margin="none"
        type={type}
        required={name === 'name'}
        autoComplete="off"
        label={translate(label)}
        value={customer[name]}
        error={!!wrong}
        helperText={wrong ?? help}
        onChange={(event) => onChange({ ...customer, [name]: event.target.value })}
        slotProps={{ htmlInput: { maxLength: most } }}
      />
    );
  };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' }, gap: 2, mt: 2 }}>
      {field('name', 'resources.customers.fields.name', 200)}
      <Guarded field="order.customer_phone" write>
        {field('phone', 'resources.orders.fields.customer_phone', 40, 'tel', translate('orders.placing.phone_help'))}
      </Guarded>
      <Guarded field="order.customer_email" write>
        {field('email', 'resources.orders.fields.customer_email', 254, 'text')}
      </Guarded>
      <TextField select fullWidth margin="none" label={translate('resources.customers.fields.language')} value={customer.language} onChange={(event) => onChange({ ...customer, language: event.target.value })}>
        {LANGUAGES.map(({ locale, name }) => (
          <MenuItem key={locale} value={locale}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}
