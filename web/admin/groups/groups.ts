/** All groups: there are few. */
import { useQuery } from '@tanstack/react-query';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';

export const useGroups = () => {
  const enabled = useMay('group.read');
  return useQuery({ queryKey: ['groups', 'all'], queryFn: () => ask<Schemas['GroupList']>('GET', '/groups'), retry: false, enabled });
};
