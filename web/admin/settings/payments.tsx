/** Which way of paying is taken in which channel: a switch acts at once. */
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import { EmptyState } from '../house/EmptyState';
import { ProblemNote } from '../house/ProblemNote';
import type { Schemas } from '../house/http';
import { useMay } from '../house/me';
import { useTell } from '../house/problems';
import { ChangeLog } from './ChangeLog';
import { Place } from './Place';
import { SwitchMatrix } from './SwitchMatrix';
import { type Channel, METHODS, writeChannel } from './channel';
import { useChannels } from './reads';

type Method = Schemas['PaymentMethod'];

export default function PaymentSettings() {
  const translate = useTranslate();
  const mayEdit = useMay('settings.edit');
  const { data: channels, error, refetch } = useChannels();
  const saving = useSaving();
  const name = (method: Method): string => translate(`settings.values.payment_methods.${method}`);
  const which = (id: string): string => `“${channels?.find((each) => String(each.id) === id)?.name ?? id}”`;
  const cell = (method: Method, channel: Channel) => ({
    isOn: channel.payment_methods.includes(method),
    isClosed: !mayEdit || saving.isPending,
    onSwitch: (isOn: boolean) => saving.mutate(taking(channel, method, isOn)),
  });
  return (
    <Box sx={{ maxWidth: 1000 }}>
      <Place title={translate('settings.sections.payments.title')} />
      <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{translate('settings.payments.lead')}</Typography>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {!channels && !error && <Skeleton variant="rounded" height={240} />}
      {channels?.length === 0 && <EmptyState title={translate('settings.sections.payments.title')}>{translate('settings.channels.empty')}</EmptyState>}
      {!!channels?.length && (
        <SwitchMatrix
          label={translate('settings.sections.payments.title')}
          rows={METHODS.map((method) => ({ key: method, name: name(method), row: method }))}
          columns={channels.map((channel) => ({ key: String(channel.id), name: channel.name, column: channel }))}
          cell={cell}
        />
      )}
      <Box sx={{ mt: 2 }}>
        <ChangeLog subject={{ subject: 'channel', field: 'payment_methods', which }} />
      </Box>
    </Box>
  );
}

const taking = (channel: Channel, method: Method, isOn: boolean): Channel => ({
  ...channel,
  payment_methods: METHODS.filter((each) => (each === method ? isOn : channel.payment_methods.includes(each))),
});

function useSaving() {
  const client = useQueryClient();
  const notify = useNotify();
  const translate = useTranslate();
  const tell = useTell();
  return useMutation({
    mutationFn: writeChannel,
    onSuccess: () => notify(translate('settings.saved'), { type: 'success' }),
    onError: tell,
    onSettled: () => client.invalidateQueries({ queryKey: ['settings'] }),
  });
}
