/** All customers: found by anything that is known of them. */
import { useLocaleState, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import { StatusChip } from '../house/StatusChip';
import type { Column } from '../house/Table';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { Spent } from './Spending';
import { CustomerFilters } from './filters';
import { useLists } from './telling';

type Customer = Schemas['CustomerRow'];

/** Sums of different currencies do not compare: they are sorted once one is chosen. */
const columns = (currency: string | undefined): Column<Customer>[] => [
  { source: 'name', sort: 'ASC', show: ({ name }) => name },
  { source: 'email', field: 'customer.email', show: ({ email }) => email },
  { source: 'phone', field: 'customer.phone', show: ({ phone }) => phone },
  { source: 'city', field: 'customer.address', show: (customer) => usual(customer)?.city },
  { source: 'orders', align: 'right', show: ({ orders }) => <Count many={orders} /> },
  { source: 'last_order_at', show: (customer) => <When at={customer.last_order_at} relative /> },
  { source: 'spent', field: 'customer.spent', align: 'right', sort: currency ? 'DESC' : undefined, show: ({ spent }) => <Spent sums={spent ?? []} /> },
  { source: 'is_active', show: ({ is_active }) => <StatusChip kind="customer" value={is_active ? 'active' : 'disabled'} /> },
  { source: 'created_at', sort: 'DESC', show: (customer) => <When at={customer.created_at} relative /> },
  { source: 'consents', folded: true, field: 'customer.consents', show: ({ consents }) => <Lists codes={consents ?? []} /> },
  { source: 'branch', folded: true, show: ({ branch }) => branch?.name },
  { source: 'language', folded: true, show: ({ language }) => LANGUAGES.find(({ locale }) => locale === language)?.name },
];

export default function CustomerList() {
  const translate = useTranslate();
  return (
    <Listing
      columns={columns(useChosenCurrency())}
      actions={<CreateLink right="customer.create" label={translate('customers.new')} />}
      filters={<CustomerFilters />}
      empty={
        <EmptyState title={translate('customers.empty.title')} action={<CreateLink right="customer.create" label={translate('customers.new')} />}>
          {translate('customers.empty.text')}
        </EmptyState>
      }
    />
  );
}

const usual = ({ addresses }: Customer) => addresses?.find(({ is_shipping_default }) => is_shipping_default) ?? addresses?.[0];

function useChosenCurrency(): string | undefined {
  const [search] = useSearchParams();
  try {
    const { currency } = JSON.parse(search.get('filter') ?? '{}') as { currency?: string };
    return currency || undefined;
  } catch {
    return undefined;
  }
}

function Count({ many }: { many: number }) {
  const [locale] = useLocaleState();
  return new Intl.NumberFormat(locale).format(many);
}

function Lists({ codes }: { codes: string[] }) {
  const { data } = useLists();
  return codes.map((code) => data?.find((list) => list.code === code)?.name ?? code).join(', ');
}
