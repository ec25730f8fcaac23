/** Who did it: colleagues by name, and what the house does by itself. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AutocompleteInput, TextInput, useListContext, useTranslate } from 'react-admin';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';

export function WhoFilter() {
  return useMay('staff.read') ? <ByName /> : <TextInput source="actor" helperText={false} resettable />;
}

function ByName() {
  const translate = useTranslate();
  const { filterValues } = useListContext();
  const [q, setQ] = useState('');
  const { data } = useQuery({
    queryKey: ['staff', 'named', q],
    queryFn: () => ask<Schemas['StaffList']>('GET', '/staff', undefined, { q, limit: 25 }),
    placeholderData: (last) => last,
    retry: false,
  });
  const people = data?.rows.map(({ id, name }) => ({ id: `staff:${id}`, name })) ?? [];
  const chosen = String(filterValues.actor ?? '');
  const known = [...people, { id: 'system', name: translate('house.actor.system') }];
  const choices = chosen && !known.some(({ id }) => id === chosen) ? [...known, { id: chosen, name: chosen }] : known;
  return <AutocompleteInput source="actor" choices={choices} setFilter={setQ} translateChoice={false} helperText={false} />;
}
