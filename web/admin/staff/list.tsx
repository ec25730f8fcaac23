/** Everybody who works here. */
import { AutocompleteInput, ReferenceInput, SelectInput, useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Guarded } from '../house/Guarded';
import { Listing } from '../house/Listing';
import { StatusChip } from '../house/StatusChip';
import type { Column } from '../house/Table';
import { When } from '../house/When';
import { SearchFilter } from '../house/filters';
import type { Schemas } from '../house/http';
import { useGroups } from '../groups/groups';

type Member = Schemas['StaffRead'];

export const statusOf = ({ is_active, has_password }: Member): string => (!is_active ? 'blocked' : has_password ? 'active' : 'invited');

const names = (many: { name: string }[]): string => many.map(({ name }) => name).join(', ');

const columns: Column<Member>[] = [
  { source: 'name', show: (member) => member.name },
  { source: 'status', show: (member) => <StatusChip kind="staff" value={statusOf(member)} /> },
  { source: 'groups', show: (member) => names(member.groups) },
  { source: 'branches', show: (member) => names(member.branches) },
  { source: 'last_seen_at', show: (member) => member.last_seen_at && <When at={member.last_seen_at} relative /> },
  { source: 'login', field: 'staff.login', show: (member) => member.login },
  { source: 'email', field: 'staff.email', show: (member) => member.email },
  { source: 'phone', folded: true, field: 'staff.phone', show: (member) => member.phone },
];

export default function StaffList() {
  const translate = useTranslate();
  return (
    <Listing
      columns={columns}
      actions={<CreateLink right="staff.create" label={translate('staff.new')} />}
      filters={[
        <SearchFilter key="q" label="staff.search" />,
        <GroupFilter key="group_id" />,
        <BranchFilter key="branch_id" />,
        <ActiveFilter key="is_active" />,
      ]}
      empty={<EmptyState title={translate('staff.empty.title')}>{translate('staff.empty.text')}</EmptyState>}
    />
  );
}

function GroupFilter() {
  const { data } = useGroups();
  return data ? <SelectInput source="group_id" choices={data.rows} translateChoice={false} helperText={false} /> : null;
}

function BranchFilter() {
  return (
    <Guarded right="branch.read">
      <ReferenceInput source="branch_id" reference="branches" sort={{ field: 'id', order: 'ASC' }}>
        <AutocompleteInput optionText="name" filterToQuery={(q: string) => ({ q })} helperText={false} />
      </ReferenceInput>
    </Guarded>
  );
}

function ActiveFilter() {
  const translate = useTranslate();
  const choices = [true, false].map((id) => ({ id, name: translate(`staff.is_active.${id}`) }));
  return <SelectInput source="is_active" choices={choices} translateChoice={false} helperText={false} />;
}
