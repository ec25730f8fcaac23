/** Where goods lie, as far as one may see. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type Schemas, ask } from '../house/http';

export type Location = Schemas['LocationRow'];

export const useLocations = (enabled = true): UseQueryResult<Location[]> =>
  useQuery({
    queryKey: ['stock', 'locations'],
    queryFn: async () => (await ask<Schemas['LocationList']>('GET', '/stock/locations')).rows,
    staleTime: 60_000,
    retry: false,
    enabled,
  });
