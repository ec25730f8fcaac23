/** What the form asks the API: channels, what they offer, the price so far; and the placing itself. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useStore } from 'react-admin';
import { Problem, type Schemas, api, ask } from '../../house/http';
import { useMe } from '../../house/me';
import { type Body, type Channel, type Draft, type Offered, isCountable, priced } from './draft';

/** Whoever takes down orders by hand mostly does so at a telephone. */
const BY_HAND = ['phone', 'point_of_sale', 'storefront', 'marketplace'];

interface Channels {
  channels: Channel[] | undefined;
  /** The one chosen last, on whatever device. */
  channel: Channel | undefined;
  choose: (code: string) => void;
  error: unknown;
  retry: () => void;
}

export function useChannels(): Channels {
  const [code, choose] = useStore('orders.placing.channel', '');
  const { data: channels, error, refetch } = useQuery({ queryKey: ['channels'], queryFn: () => ask<Channel[]>('GET', '/channels'), staleTime: 60_000, retry: false });
  const likely = [...(channels ?? [])].sort((one, other) => BY_HAND.indexOf(one.kind) - BY_HAND.indexOf(other.kind));
  return { channels, channel: channels?.find((each) => each.code === code) ?? likely[0], choose, error, retry: () => void refetch() };
}

export const useSearched = (channel: Channel, q: string) =>
  useQuery({
    queryKey: ['channels', channel.code, 'offer', 'search', q],
    queryFn: () => ask<Offered[]>('GET', `/channels/${encodeURIComponent(channel.code)}/offer`, undefined, { q }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });

/** By SKU, as it is offered now; undefined while that is not known. */
export function useOffer(channel: Channel, skus: string[]): Map<string, Offered> | undefined {
  const { data } = useQuery({
    queryKey: ['channels', channel.code, 'offer', 'of', ...skus],
    queryFn: () => ask<Offered[]>('GET', `/channels/${encodeURIComponent(channel.code)}/offer`, undefined, { sku: skus }),
    enabled: skus.length > 0,
    staleTime: 10_000,
    retry: false,
  });
  return data && new Map(data.map((row) => [row.sku, row]));
}

export function usePrice(draft: Draft, channel: Channel) {
  const me = useMe();
  const isAskable = isCountable(draft, channel);
  const body = isAskable ? priced(draft, channel, me) : null;
  return useQuery({
    queryKey: ['price', JSON.stringify(body)],
    queryFn: () => ask<Schemas['PreviewedOrder']>('POST', '/orders/preview', body),
    enabled: isAskable,
    placeholderData: isAskable ? keepPreviousData : undefined,
    gcTime: 0,
    retry: false,
  });
}

/** Under a key made with the form: a second click or another attempt places nothing twice. */
export function usePlacing(onPlaced: (id: string) => void) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: async (body: Body) => {
      const { data } = await api.POST('/api/orders', { params: { header: { 'Idempotency-Key': key.current } }, body });
      const placed = data as Partial<Schemas['PlacedOrder']> | undefined;
      if (!placed?.id) throw new Problem('Unavailable', 'It is under way.', 202); // asked again under this key, it answers
      return placed.id;
    },
    onSuccess: (id) => {
      onPlaced(id);
      void client.invalidateQueries({ queryKey: ['orders'] });
    },
    onError: (error) => {
      if (!(error instanceof Problem) || error.status !== 409) return;
      key.current = crypto.randomUUID(); // this key keeps its refusal
      void client.invalidateQueries({ queryKey: ['channels'] });
    },
  });
}
