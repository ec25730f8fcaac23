/** Why is it waiting? For whom and for what, which steps are stuck, and what a person may decide about them. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import { useCommand } from '../house/commands';
import { type Schemas, ask } from '../house/http';
import type { Order } from './page';

type Process = Schemas['ProcessRead'];
type Step = Schemas['StepRead'];
type Wait = Process['waits'][number];

/** While something is being tried, it is looked at again; news tell the rest. */
const WATCH_MS = 3_000;

export function Waiting({ order }: { order: Order }) {
  const translate = useTranslate();
  const { data: process, error, refetch } = useQuery({
    queryKey: ['orders', order.id, 'process'],
    queryFn: () => ask<Process>('GET', `/orders/${order.id}/process`),
    refetchInterval: ({ state }) => (state.data?.steps.length ? WATCH_MS : false),
    retry: false,
  });
  return (
    <Panel title={translate('orders.waiting.title')} aside={<StatusChip kind="process" value={process?.state} />}>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {process && <Told order={order} process={process} />}
    </Panel>
  );
}

function Told({ order, process }: { order: Order; process: Process }) {
  const translate = useTranslate();
  return (
    <>
      {process.waits.length === 0 && process.steps.length === 0 && <Typography>{translate(`orders.waiting.${process.state}`)}</Typography>}
      <Waits waits={process.waits} />
      {process.expires_at && (
        <Typography sx={{ mt: 1 }}>
          {translate('orders.waiting.expires')} <When at={process.expires_at} />
        </Typography>
      )}
      {process.steps.map((step) => (
        <StepNote key={`${step.kind} ${step.subject_id}`} orderId={order.id} step={step} />
      ))}
      {process.problems.map((problem) => (
        <Alert key={problem} severity="error" sx={{ mt: 1 }}>
          {problem}
        </Alert>
      ))}
      {process.may_resume && <Resume order={order} />}
    </>
  );
}

export function Waits({ waits }: { waits: Wait[] }) {
  const translate = useTranslate();
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {waits.map((wait) => (
        <li key={`${wait.code} ${wait.subject_id}`}>
          <strong>{translate(`orders.whom.${wait.whom}`)}</strong> {translate(`orders.wait.${wait.code}`, { _: wait.message })}
        </li>
      ))}
    </Box>
  );
}

export function StepNote({ orderId, step }: { orderId: string; step: Step }) {
  const translate = useTranslate();
  const [isSkipping, setSkipping] = useState(false);
  const about = { kind: step.kind, subject_id: step.subject_id };
  const retry = useCommand('orders', orderId, 'process/retry');
  const skip = useCommand('orders', orderId, 'process/skip', { onDone: () => setSkipping(false) });
  return (
    <Alert severity={step.state === 'needs_person' ? 'error' : 'info'} sx={{ mt: 1 }}>
      <strong>{translate(`orders.step.${step.kind}`, { _: step.kind })}</strong> <StatusChip kind="step" value={step.state} />
      <div>{step.last_error}</div>
      {step.attempt != null && <div>{translate('orders.waiting.attempt', { attempt: step.attempt })}</div>}
      {step.next_try_at && (
        <div>
          {translate('orders.waiting.next_try')} <When at={step.next_try_at} seconds />
        </div>
      )}
      <ProblemNote error={retry.error} />
      {step.may?.includes('retry') && (
        <Button loading={retry.isPending} onClick={() => retry.run(about)}>
          {translate('orders.waiting.retry')}
        </Button>
      )}
      {step.may?.includes('skip') && (
        <Button color="error" onClick={() => setSkipping(true)}>
          {translate('orders.waiting.skip')}
        </Button>
      )}
      {isSkipping && (
        <ConfirmDialog
          title={translate('orders.waiting.skip_title')}
          confirm={translate('orders.waiting.skip')}
          isDestructive
          asksReason
          isPending={skip.isPending}
          error={skip.error}
          onConfirm={(reason) => skip.run({ ...about, reason })}
          onClose={() => setSkipping(false)}
        >
          {translate('orders.waiting.skip_text')}
        </ConfirmDialog>
      )}
    </Alert>
  );
}

function Resume({ order }: { order: Order }) {
  const translate = useTranslate();
  const { run, isPending, error } = useCommand('orders', order.id, 'process/resume');
  return (
    <>
      <ProblemNote error={error} />
      <Button variant="contained" loading={isPending} onClick={() => run({})}>
        {translate('orders.waiting.resume')}
      </Button>
    </>
  );
}
