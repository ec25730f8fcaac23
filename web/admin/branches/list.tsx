/** The places where the shop works. */
import { SelectInput, useLocaleState, useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import type { Column } from '../house/Table';
import { SearchFilter } from '../house/filters';
import type { Schemas } from '../house/http';
import { KINDS, countryName } from './kinds';

type Branch = Schemas['BranchRow'];

const columns: Column<Branch>[] = [
  { source: 'name', show: (branch) => branch.name },
  { source: 'code', show: (branch) => branch.code },
  { source: 'kind', show: (branch) => <Kind kind={branch.kind} /> },
  { source: 'country', show: (branch) => <Country code={branch.country} /> },
  { source: 'city', show: (branch) => branch.city },
  { source: 'street', show: (branch) => branch.street },
  { source: 'postcode', folded: true, show: (branch) => branch.postcode },
];

export default function BranchList() {
  const translate = useTranslate();
  const choices = KINDS.map((id) => ({ id, name: translate(`branches.kinds.${id}`) }));
  return (
    <Listing
      columns={columns}
      actions={<CreateLink right="branch.create" label={translate('branches.new')} />}
      filters={[<SearchFilter key="q" label="branches.search" />, <SelectInput key="kind" source="kind" choices={choices} translateChoice={false} helperText={false} />]}
      empty={<EmptyState title={translate('branches.empty.title')}>{translate('branches.empty.text')}</EmptyState>}
    />
  );
}

export function Kind({ kind }: { kind: Branch['kind'] }) {
  return useTranslate()(`branches.kinds.${kind}`);
}

export function Country({ code }: { code: string }) {
  const [locale] = useLocaleState();
  return countryName(code, locale) ?? code;
}
