/** Everything the API can narrow customers down by; what is seldom wanted is behind a button. */
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AutocompleteInput, NumberInput, SelectArrayInput, SelectInput, TextInput, useListContext, useLocaleState, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { Guarded } from '../house/Guarded';
import { DayFilter, SearchFilter } from '../house/filters';
import { type Schemas, ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useMay } from '../house/me';
import { BranchInput } from './BranchInput';
import { OwnFieldFilters } from './OwnFieldFilters';
import { useCountries } from './countries';
import { useLists } from './telling';

export const CONTACT = ['any', 'email', 'phone', 'sms', 'never'];
const SELDOM = ['no_consent', 'email', 'phone', 'language', 'contact_by', 'branch_id', 'has_account', 'created_from', 'created_to', 'ordered_from', 'ordered_to', 'not_ordered_from', 'orders_from', 'orders_to', 'currency', 'spent_from', 'spent_to', 'custom'];

export function CustomerFilters() {
  const translate = useTranslate();
  const { filterValues } = useListContext();
  const isUsed = SELDOM.some((name) => name in (filterValues as object));
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <>
      <SearchFilter label="customers.search" />
      <YesNoFilter source="is_active" />
      <Guarded field="customer.address">
        <TextInput source="city" helperText={false} resettable />
        <AutocompleteInput source="country" choices={useCountries()} helperText={false} sx={{ width: { xs: '100%', sm: 148 } }} />
      </Guarded>
      <ListsFilter source="consent" />
      {isOpen && <Seldom />}
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {translate(isOpen ? 'customers.fewer_filters' : 'customers.more_filters')}
      </Button>
    </>
  );
}

function Seldom() {
  const translate = useTranslate();
  const contact = CONTACT.map((id) => ({ id, name: translate(`customers.contact.${id}`) }));
  return (
    <>
      <ListsFilter source="no_consent" />
      <Guarded field="customer.email">
        <TextInput source="email" helperText={false} resettable />
      </Guarded>
      <Guarded field="customer.phone">
        <TextInput source="phone" helperText={false} resettable />
      </Guarded>
      <SelectInput source="language" choices={LANGUAGES.map(({ locale, name }) => ({ id: locale, name }))} translateChoice={false} helperText={false} />
      <SelectInput source="contact_by" choices={contact} translateChoice={false} helperText={false} />
      <BranchInput source="branch_id" isFilter />
      <YesNoFilter source="has_account" />
      <DayFilter source="created_from" />
      <DayFilter source="created_to" end />
      <DayFilter source="ordered_from" />
      <DayFilter source="ordered_to" end />
      <DayFilter source="not_ordered_from" />
      <NumberInput source="orders_from" min={0} helperText={false} />
      <NumberInput source="orders_to" min={0} helperText={false} />
      <Guarded field="customer.spent">
        <SpentFilters />
      </Guarded>
      <Guarded field="customer.custom">
        <OwnFieldFilters />
      </Guarded>
    </>
  );
}

function YesNoFilter({ source }: { source: string }) {
  const translate = useTranslate();
  const choices = ['true', 'false'].map((id) => ({ id, name: translate(`ra.boolean.${id}`) }));
  return <SelectInput source={source} choices={choices} translateChoice={false} helperText={false} />;
}

function ListsFilter({ source }: { source: string }) {
  const { data } = useLists();
  const choices = (data ?? []).map(({ code, name }) => ({ id: code, name }));
  return (
    <Guarded field="customer.consents">
      <SelectArrayInput source={source} choices={choices} translateChoice={false} helperText={false} />
    </Guarded>
  );
}

/** Amounts are asked for once their currency is known. */
function SpentFilters() {
  const currency = useWatch<{ currency?: string }>({ name: 'currency' });
  return (
    <>
      <SelectInput source="currency" choices={useCurrencies().map((id) => ({ id, name: id }))} translateChoice={false} helperText={false} />
      {currency && (
        <>
          <AmountFilter source="spent_from" currency={currency} />
          <AmountFilter source="spent_to" currency={currency} />
        </>
      )}
    </>
  );
}

/** Typed as people write amounts, sent in minor units. */
function AmountFilter({ source, currency }: { source: string; currency: string }) {
  const [locale] = useLocaleState();
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const format = (minor: unknown): number | '' => (typeof minor === 'number' ? minor / 10 ** digits : '');
  const parse = (text: unknown): number | null => (text === '' || text === null ? null : Math.round(Number(text) * 10 ** digits));
  return <NumberInput source={source} format={format} parse={parse} helperText={false} />;
}

/** Those of the shop's settings; for who may not read them, those that customers in sight have paid in. */
function useCurrencies(): string[] {
  const mayRead = useMay('settings.read');
  const { data: rows, filterValues } = useListContext<{ id: number; spent?: { currency: string }[] }>();
  const { data } = useQuery({
    queryKey: ['settings', 'currencies'],
    queryFn: () => ask<Schemas['Currencies']>('GET', '/settings/currencies'),
    enabled: mayRead,
    staleTime: 60_000,
    retry: false,
  });
  const chosen = (filterValues as { currency?: string }).currency;
    const seen = (rows ?? []).flatMap(({ spent }) => (spent ?? []).map(({ currency }) => currency));
  return [...new Set([...(data?.accepted ?? []), ...seen, ...(chosen ? [chosen] : [])])].sort();
}
