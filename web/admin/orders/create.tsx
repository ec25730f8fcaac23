/** An order taken down by hand, at a telephone or over a counter: priced while one types, placed once. */
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Title, useLocaleState, useRedirect, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { Guarded } from '../house/Guarded';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { type Schemas, ask } from '../house/http';
import { languageOf } from '../house/i18n';
import { useMe } from '../house/me';
import { AddressPart } from './create/AddressPart';
import { CustomerPart } from './create/CustomerPart';
import { LinesPart } from './create/LinesPart';
import { Choice, TermsPart } from './create/TermsPart';
import { Told } from './create/Told';
import { Totals } from './create/Totals';
import { useChannels, usePlacing, usePrice } from './create/asking';
import { type Channel, type Draft, NONE, fitting, known, missing, newDraft, whole } from './create/draft';
import { useRefused } from './create/refusals';

export default function OrderCreate() {
  const translate = useTranslate();
  const { channels, channel, choose, error, retry } = useChannels();
  const [parameters] = useSearchParams();
  const customer = parameters.get('customer');
  return (
    <>
      <Title title={translate('orders.new')} />
      <ProblemNote error={error} onRetry={retry} />
      {!channels && !error && <Skeleton variant="rounded" height={480} />}
      {channels?.length === 0 && <EmptyState title={translate('orders.placing.no_channel')}>{translate('orders.placing.no_channel_text')}</EmptyState>}
      {channels && channel && <Form key={customer} channels={channels} channel={channel} onChannel={choose} customerId={Number(customer) || null} />}
    </>
  );
}

interface Props {
  channels: Channel[];
  channel: Channel;
  onChannel: (code: string) => void;
  /** Whom the address names: `?customer=7`. */
  customerId: number | null;
}

function Form({ channels, channel, onChannel, customerId }: Props) {
  const translate = useTranslate();
  const me = useMe();
  const { draft, change, begin, customer, unread, isDirty } = useDraft(channel, customerId);
  const { place, isPlacing, refusal, isPlaced } = useOnce();
  const { data: price, error: unpriced, isFetching } = usePrice(draft, channel);
  const refused = useRefused(refusal(draft, channel) ?? unpriced);
  const lacking = missing(draft, channel, me);
  return (
    <>
      <UnsavedGuard isDirty={isDirty && !isPlaced} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' }, columnGap: 2, alignItems: 'start' }}>
        <Box sx={{ minWidth: 0 }}>
          {channels.length > 1 && (
            <Box sx={{ maxWidth: { sm: 320 }, mb: 1 }}>
              <Choice label={translate('resources.orders.fields.channel')} value={channel.code} choices={channels.map(({ code, name }) => [code, name])} problem={refused.at('channel')} onChange={onChannel} />
            </Box>
          )}
          {channels.length === 1 && <Told text={refused.at('channel')} />}
          <ProblemNote error={unread} />
          <CustomerPart customer={draft.customer} onChange={(changed) => change({ customer: changed })} onKnown={begin} refused={refused} />
          <LinesPart draft={draft} change={change} channel={channel} price={unpriced ? undefined : price} refused={refused} />
          <Guarded field="order.address" write>
            <AddressPart address={draft.address} known={customer?.addresses ?? []} onChange={(address) => change({ address })} refused={refused} />
          </Guarded>
        </Box>
        <Box sx={{ minWidth: 0 }}>
          <TermsPart draft={draft} change={change} channel={channel} refused={refused} />
          <Totals price={unpriced ? undefined : price} isRefused={!!unpriced} isSent={![NONE, ''].includes(draft.shipping)} isAsking={isFetching} lacking={lacking} problem={refused.at('whole')} isPlacing={isPlacing} onPlace={() => place(draft, channel)} />
        </Box>
      </Box>
    </>
  );
}

/** Begins with this customer. */
function useDraft(channel: Channel, customerId: number | null) {
  const [locale] = useLocaleState();
  const [typed, setTyped] = useState<Draft>(() => newDraft(languageOf(locale)));
  const [isDirty, setDirty] = useState(false);
  const [asked, setAsked] = useState(customerId);
  const { data, error: unread } = useQuery({
    queryKey: ['customers', 'ordering', asked],
    queryFn: () => ask<Schemas['CustomerDetail']>('GET', `/customers/${asked}`),
    enabled: asked !== null,
    retry: false,
  });
  useEffect(() => {
    if (data) setTyped((now) => (now.customer.id === data.id ? now : known(now, data)));
  }, [data]);
  const change = (part: Partial<Draft>): void => {
    setDirty(true);
    if (part.customer && part.customer.id === null) setAsked(null);
    setTyped((now) => ({ ...now, ...part }));
  };
  const begin = (id: number): void => {
    setDirty(true);
    setAsked(id);
  };
  const customer = asked !== null && data?.id === typed.customer.id ? data : undefined;
  return { draft: fitting(typed, channel), change, begin, customer, unread, isDirty };
}

/** Sends it; a refusal is told until what was refused is changed. */
function useOnce() {
  const me = useMe();
  const redirect = useRedirect();
  const [placed, setPlaced] = useState<string | null>(null);
  const { mutate, isPending, error, variables } = usePlacing(setPlaced);
  // Once the guard has seen that nothing is left to lose.
  useEffect(() => {
    if (placed !== null) redirect('show', 'orders', placed);
  }, [placed, redirect]);
  return {
    place: (draft: Draft, channel: Channel): void => mutate(whole(draft, channel, me)),
    refusal: (draft: Draft, channel: Channel): unknown => (error && JSON.stringify(variables) === JSON.stringify(whole(draft, channel, me)) ? error : null),
    isPlacing: isPending || placed !== null,
    isPlaced: placed !== null,
  };
}
