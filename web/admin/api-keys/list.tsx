/** The keys of programs, newest first. */
import { SelectInput, useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import { StatusChip } from '../house/StatusChip';
import type { Column } from '../house/Table';
import { When } from '../house/When';
import type { Schemas } from '../house/http';

type Key = Schemas['ApiKeyRow'];

export const statusOf = ({ is_active, expires_at }: Key): string =>
  !is_active ? 'revoked' : expires_at && Date.parse(expires_at) < Date.now() ? 'expired' : 'active';

const columns: Column<Key>[] = [
  { source: 'name', show: (key) => key.name },
  { source: 'status', show: (key) => <StatusChip kind="api_key" value={statusOf(key)} /> },
  { source: 'prefix', show: (key) => <code>{key.prefix}…</code> },
  { source: 'rights', align: 'right', show: (key) => Object.keys(key.rights).length },
  { source: 'channel_name', show: (key) => key.channel_name },
  { source: 'last_used_at', show: (key) => key.last_used_at && <When at={key.last_used_at} relative /> },
  { source: 'expires_at', show: (key) => key.expires_at && <When at={key.expires_at} /> },
  { source: 'created_by', folded: true, show: (key) => <Maker by={key.created_by} /> },
  { source: 'created_at', folded: true, show: (key) => <When at={key.created_at} /> },
];

export function Maker({ by: { actor, name } }: { by: Key['created_by'] }) {
  const word = useTranslate()(`house.actor.${actor.split(':')[0]}`, { _: actor });
  return name ?? word;
}

export default function ApiKeyList() {
  const translate = useTranslate();
  const choices = [true, false].map((id) => ({ id, name: translate(`api-keys.is_active.${id}`) }));
  return (
    <Listing
      columns={columns}
      actions={<CreateLink right="api_key.create" label={translate('api-keys.new')} />}
      filters={<SelectInput source="is_active" choices={choices} translateChoice={false} helperText={false} />}
      empty={<EmptyState title={translate('api-keys.empty.title')}>{translate('api-keys.empty.text')}</EmptyState>}
    />
  );
}
