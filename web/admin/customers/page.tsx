/** One customer: who it is, what they ordered and paid, what they agreed to, and what has happened. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Guarded } from '../house/Guarded';
import { type Action, NextSteps } from '../house/NextSteps';
import { Page } from '../house/Page';
import { Panel } from '../house/Panel';
import { StatusChip } from '../house/StatusChip';
import { Timeline } from '../house/Timeline';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { useMay } from '../house/me';
import { Consents } from './Consents';
import { Addresses, Contact, OwnFields, Preferences } from './Known';
import { Orders } from './Orders';
import { DIALOGS } from './commands';
import { useTellCustomer } from './telling';

export type Customer = Schemas['CustomerDetail'];

const WIDE = 'minmax(0, 3fr) minmax(0, 2fr)';

export default function CustomerPage() {
  return (
    <Page<Customer>>
      {(customer) => (
        <>
          <Head customer={customer} />
          <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: WIDE }, columnGap: 2, alignItems: 'start' }}>
            <Main customer={customer} />
            <Aside customer={customer} />
          </Box>
        </>
      )}
    </Page>
  );
}

function Head({ customer }: { customer: Customer }) {
  const translate = useTranslate();
  return (
    <>
      <Title title={customer.name} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5, color: 'text.secondary' }}>
        <StatusChip kind="customer" value={customer.is_active ? 'active' : 'disabled'} />
        <span>
          {translate('customers.since')} <When at={customer.created_at} /> · {translate(customer.has_account ? 'customers.has_account' : 'customers.no_account')}
        </span>
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
        <Guarded right="customer.edit">
          <Button component={Link} to={`/customers/${customer.id}`} variant="contained">
            {translate('ra.action.edit')}
          </Button>
        </Guarded>
        {customer.is_active && (
          <Guarded right="order.place">
            <Guarded right="order.read">
              <Button component={Link} to={`/orders/create?customer=${customer.id}`} variant="outlined">
                {translate('orders.new_for')}
              </Button>
            </Guarded>
          </Guarded>
        )}
        <NextSteps record={customer} actions={useActions(customer)} dialogs={DIALOGS} words="customers.commands" order={['enable']} destructive={['disable']} />
      </Box>
    </>
  );
}

function useActions({ is_active }: Customer): Action[] {
  const mayDisable = useMay('customer.disable');
  return mayDisable ? [{ command: is_active ? 'disable' : 'enable', is_open: true }] : [];
}

function Main({ customer }: { customer: Customer }) {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 0 }}>
      <Panel title={translate('customers.contact_title')}>
        <Contact customer={customer} />
      </Panel>
      <Guarded field="customer.address">
        <Panel title={translate('customers.addresses')}>
          <Addresses customer={customer} />
        </Panel>
      </Guarded>
      <Guarded right="order.read">
        <Orders customer={customer} />
      </Guarded>
      <Guarded field="customer.note">
        <Panel title={translate('resources.customers.fields.note')}>
          <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', color: customer.note ? undefined : 'text.secondary' }}>{customer.note || translate('customers.no_note')}</Typography>
        </Panel>
      </Guarded>
    </Box>
  );
}

function Aside({ customer }: { customer: Customer }) {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 0 }}>
      <Panel title={translate('customers.preferences')}>
        <Preferences customer={customer} />
      </Panel>
      <Guarded field="customer.custom">
        <OwnFields customer={customer} />
      </Guarded>
      <Guarded field="customer.consents">
        <Consents customer={customer} />
      </Guarded>
      <Panel title={translate('customers.history')}>
        <Timeline resource="customers" id={String(customer.id)} words="resources.customers.fields" tell={useTellCustomer()} />
      </Panel>
    </Box>
  );
}
