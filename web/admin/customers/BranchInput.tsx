/** Choosing a branch: among all for who may read them, else among one's own. */
import { AutocompleteInput, ReferenceInput, SelectInput } from 'react-admin';
import { useMay, useMe } from '../house/me';

export function BranchInput({ source, isFilter = false }: { source: string; isFilter?: boolean }) {
  const me = useMe();
  const mayRead = useMay('branch.read');
  if (!mayRead) return me.branches.length > 1 ? <SelectInput source={source} choices={me.branches} translateChoice={false} helperText={false} label="resources.customers.fields.branch" /> : null;
  return (
    <ReferenceInput source={source} reference="branches" sort={{ field: 'id', order: 'ASC' }}>
      <AutocompleteInput optionText="name" filterToQuery={(q: string) => ({ q })} label="resources.customers.fields.branch" helperText={false} sx={isFilter ? { width: { xs: '100%', sm: 148 } } : {}} />
    </ReferenceInput>
  );
}
