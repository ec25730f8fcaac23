/** Every order under way: what it waits for, what stands in its way, and what can be done about it at once. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { SelectInput, useCreatePath, useListContext, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { StepNote, Waits } from '../orders/Waiting';

type Process = Schemas['ProcessRow'] & { id: string };

const STATES = ['running', 'waiting', 'failing', 'needs_person'];
const CAUSES = ['on_hold', 'change', 'unpaid', 'refund', 'backorder', 'shipping', 'delivery'];
const KINDS = ['start_payment', 'read_payment', 'capture_payment', 'void_payment', 'refund_payment', 'book_parcel', 'read_parcel'];
const AGES = ['3600', '86400', '259200', '1209600'];

export default function ProcessList() {
  const translate = useTranslate();
  const choices = (ids: string[], words: string) => ids.map((id) => ({ id, name: translate(`${words}.${id}`) }));
  return (
    <Listing<Process>
      columns={[]}
      filters={
        <>
          <SelectInput source="state" choices={choices(STATES, 'processes.state')} translateChoice={false} helperText={false} />
          <SelectInput source="cause" choices={choices(CAUSES, 'processes.cause')} translateChoice={false} helperText={false} />
          <SelectInput source="kind" choices={choices(KINDS, 'orders.step')} translateChoice={false} helperText={false} />
          <SelectInput source="older_than" choices={choices(AGES, 'processes.age')} translateChoice={false} helperText={false} />
        </>
      }
      rows={<Rows />}
    />
  );
}

function Rows() {
  const translate = useTranslate();
  const { data, isPending } = useListContext<Process>();
  if (isPending) return <Skeleton variant="rounded" height={240} />;
  if (!data?.length) return <EmptyState title={translate('processes.empty.title')}>{translate('processes.empty.text')}</EmptyState>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: { xs: 0, sm: 1 } }}>
      {data.map((process) => (
        <Row key={process.order_id} process={process} />
      ))}
    </Box>
  );
}

function Row({ process }: { process: Process }) {
  const translate = useTranslate();
  const path = useCreatePath()({ resource: 'orders', type: 'show', id: process.order_id });
  return (
    <Paper component="li" variant="outlined" sx={{ p: 1.5, mb: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline', mb: 0.5 }}>
        <Link component={RouterLink} to={path} data-row-link underline="hover" sx={{ fontWeight: 600 }}>
          {translate('orders.title', { number: process.number })}
        </Link>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {process.channel.name} {process.branch && `· ${process.branch.name}`} · {translate('processes.since')} <When at={process.since} relative />
        </Typography>
      </Box>
      {process.waits.length + process.steps.length === 0 && <Typography>{translate('processes.nothing')}</Typography>}
      <Waits waits={process.waits} />
      {process.steps.map((step) => (
        <StepNote key={`${step.kind} ${step.subject_id}`} orderId={process.order_id} step={step} />
      ))}
    </Paper>
  );
}
