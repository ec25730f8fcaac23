/** Kinds of products: each says which attributes its products have. */
import type { Column } from '../house/Table';
import type { Named } from '../products/choices';
import { NamedList } from '../vocabulary/NamedList';
import { useAttributeNames } from '../vocabulary/NamedWindow';

const columns: Column<Named>[] = [{ source: 'attribute_ids', show: (row) => <AttributeNames ids={row.attribute_ids} /> }];

export default function ProductClasses() {
  return <NamedList columns={columns} />;
}

function AttributeNames({ ids = [] }: { ids?: number[] }) {
  return useAttributeNames('product-classes')(ids);
}
