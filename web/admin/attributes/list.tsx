/** What products and their variants differ in, in the order in which it is asked for. */
import { useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import type { Column } from '../house/Table';
import { type Attribute, useNamed } from '../products/choices';

const SHOWN = 6;

const columns: Column<Attribute>[] = [
  { source: 'name', show: ({ names }) => <Name names={names} /> },
  { source: 'values', show: ({ values }) => <Values values={values} /> },
  { source: 'code', show: ({ code }) => <code>{code}</code> },
  { source: 'position', align: 'right', folded: true, show: ({ position }) => position },
];

export default function AttributeList() {
  const translate = useTranslate();
  const create = <CreateLink right="product.edit" label={translate('attributes.new')} />;
  return (
    <Listing
      columns={columns}
      actions={create}
      empty={
        <EmptyState title={translate('attributes.empty.title')} action={create}>
          {translate('attributes.empty.text')}
        </EmptyState>
      }
    />
  );
}

function Name({ names }: Pick<Attribute, 'names'>) {
  return useNamed()(names);
}

function Values({ values }: Pick<Attribute, 'values'>) {
  const translate = useTranslate();
  const name = useNamed();
  const shown = values.slice(0, SHOWN).map(({ names }) => name(names));
  const more = values.length - shown.length;
  return `${shown.join(', ')} ${more ? translate('attributes.more', { smart_count: more }) : ''}`;
}
