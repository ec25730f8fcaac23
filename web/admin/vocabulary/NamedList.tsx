/** Brands, suppliers and product classes: names that products are sorted by; each opens in a window over the list. */
import Link from '@mui/material/Link';
import { useResourceContext, useTranslate } from 'react-admin';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import type { Column } from '../house/Table';
import { SearchFilter } from '../house/filters';
import { nounOf } from '../house/nouns';
import type { Named } from '../products/choices';
import { NamedWindow } from './NamedWindow';

export type Resource = 'brands' | 'suppliers' | 'product-classes';

interface Props {
  /** Between the name and the way to the products. */
  columns?: Column<Named>[];
}

export function NamedList({ columns = [] }: Props) {
  const translate = useTranslate();
  const resource = useResourceContext() as Resource;
  const opened = /^\/[^/]+\/(?:(\d+)[^/]*\/show|create)$/.exec(useLocation().pathname);
  const create = <CreateLink right="product.edit" label={translate(`${resource}.new`)} />;
  return (
    <>
      <Listing
        columns={[{ source: 'name', show: (row) => row.name }, ...columns, { source: 'products', show: (row) => <ProductsLink resource={resource} row={row} /> }]}
        filters={<SearchFilter label="vocabulary.search" />}
        actions={create}
        empty={
          <EmptyState title={translate(`${resource}.empty.title`)} action={create}>
            {translate(`${resource}.empty.text`)}
          </EmptyState>
        }
      />
      {opened && <Opened key={opened[1] ?? 'new'} resource={resource} id={opened[1] ? Number(opened[1]) : null} />}
    </>
  );
}

function Opened({ resource, id }: { resource: Resource; id: number | null }) {
  const navigate = useNavigate();
  const { search } = useLocation();
  return <NamedWindow resource={resource} id={id} onClose={() => void navigate({ pathname: `/${resource}`, search })} />;
}

/** `isLong`: it says whose, where no row does. */
export function ProductsLink({ resource, row, isLong = false }: { resource: Resource; row: Named; isLong?: boolean }) {
  const translate = useTranslate();
  const long = translate('vocabulary.products_of', { name: row.name });
  const search = new URLSearchParams({ filter: JSON.stringify({ [nounOf(resource)]: row.id }) });
  return (
    <Link component={RouterLink} to={`/products?${search.toString()}`} onClick={(event) => event.stopPropagation()} aria-label={long}>
      {isLong ? long : translate('vocabulary.show')}
    </Link>
  );
}
