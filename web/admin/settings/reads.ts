/** What several sections read of each other. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type Schemas, ask } from '../house/http';

type Read<T> = UseQueryResult<T>;

function useRead<T>(name: string[], path: string): Read<T> {
  return useQuery({ queryKey: ['settings', ...name], queryFn: () => ask<T>('GET', `/settings/${path}`), retry: false });
}

export const useChannels = (): Read<Schemas['Channel'][]> => useRead(['channels'], 'channels');
export const useMethods = (): Read<Schemas['ShippingMethod'][]> => useRead(['shipping-methods'], 'shipping-methods');
export const useAccepted = (): Read<Schemas['Currencies']> => useRead(['currencies'], 'currencies');
export const useTaxes = (): Read<Schemas['Taxes']> => useRead(['taxes'], 'taxes');
export const useChannelChoices = (): Read<Schemas['ChannelChoices']> => useRead(['channel-choices'], 'channels/choices');
export const useIntegrations = (): Read<Schemas['IntegrationRead'][]> => useRead(['integrations'], 'integrations');
