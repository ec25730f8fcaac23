/** All groups, from the top down. */
import Chip from '@mui/material/Chip';
import { useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import type { Column } from '../house/Table';
import type { Schemas } from '../house/http';

type Group = Schemas['GroupRead'];

const columns: Column<Group>[] = [
  { source: 'name', show: (group) => group.name },
  { source: 'level', align: 'right', show: (group) => group.level },
  { source: 'members', align: 'right', show: (group) => group.members },
  { source: 'rights', align: 'right', show: (group) => Object.keys(group.rights).length },
  { source: 'is_builtin', show: (group) => group.is_builtin && <BuiltIn /> },
];

export default function GroupList() {
  const translate = useTranslate();
  return (
    <Listing
      columns={columns}
      actions={<CreateLink right="group.create" label={translate('groups.new')} />}
      empty={<EmptyState title={translate('groups.empty.title')}>{translate('groups.empty.text')}</EmptyState>}
    />
  );
}

function BuiltIn() {
  return <Chip size="small" variant="outlined" label={useTranslate()('groups.builtin')} />;
}
