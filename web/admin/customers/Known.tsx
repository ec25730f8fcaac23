/** What is known of a customer: contact, addresses, preferences and the shop's own fields. */
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import { Panel } from '../house/Panel';
import { LANGUAGES } from '../house/i18n';
import { useShippingMethods } from './form';
import { labelOf, useOwnFields, useTellValue } from './own_fields';
import type { Customer } from './page';
import { type Address, placeOf } from './telling';

interface Props {
  customer: Customer;
}

export function Contact({ customer: { email, phone, language, branch } }: Props) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`resources.customers.fields.${name}`);
  return (
    <Facts
      facts={[
        [word('email'), email && <Link href={`mailto:${email}`}>{email}</Link>],
        [word('phone'), phone && <Link href={`tel:${phone}`}>{phone}</Link>],
        [word('language'), LANGUAGES.find(({ locale }) => locale === language)?.name],
        [word('branch'), branch?.name],
      ]}
    />
  );
}

export function Addresses({ customer: { addresses = [] } }: Props) {
  const translate = useTranslate();
  if (!addresses.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('customers.no_addresses')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, display: 'grid', gap: 1.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(auto-fill, minmax(240px, 1fr))' } }}>
      {addresses.map((address, at) => (
        <OneAddress key={at} address={address} />
      ))}
    </Box>
  );
}

function OneAddress({ address }: { address: Address }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { label, recipient, recipient_phone, is_shipping_default, is_billing_default } = address;
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere' }}>
      {label && <Typography variant="h3">{label}</Typography>}
      <div>{placeOf(address, locale)}</div>
      {(recipient || recipient_phone) && <div>{[recipient, recipient_phone].filter(Boolean).join(', ')}</div>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5 }}>
        {is_shipping_default && <Chip size="small" variant="outlined" label={translate('customers.address.is_shipping_default')} />}
        {is_billing_default && <Chip size="small" variant="outlined" label={translate('customers.address.is_billing_default')} />}
      </Box>
    </Box>
  );
}

export function Preferences({ customer }: Props) {
  const translate = useTranslate();
  const { data: methods } = useShippingMethods();
  const { contact_by, payment_method, shipping_method } = customer.preferences as { contact_by?: string; payment_method?: string | null; shipping_method?: string };
  return (
    <Facts
      facts={[
        [translate('resources.customers.fields.contact_by'), translate(`customers.contact.${contact_by ?? 'any'}`)],
        [translate('customers.payment_method'), payment_method && translate(`customers.method.${payment_method}`)],
        [translate('customers.shipping_method'), methods?.find(({ code }) => code === shipping_method)?.name ?? shipping_method],
      ]}
    />
  );
}

export function OwnFields({ customer: { custom = {} } }: Props) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const tell = useTellValue();
  const { data } = useOwnFields();
  const told = (data ?? []).filter(({ key, is_active }) => is_active || key in custom);
  if (!told.length) return null;
  return (
    <Panel title={translate('customers.own_fields')}>
      <Facts facts={told.map((field) => [labelOf(field, locale), field.key in custom ? tell(field, custom[field.key]) : '–'])} />
    </Panel>
  );
}
