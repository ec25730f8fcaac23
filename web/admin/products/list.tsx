/** All products, a row for each variant; a product's window opens above the list. */
import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslate, useLocaleState } from 'react-admin';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { Guarded } from '../house/Guarded';
import { Listing } from '../house/Listing';
import { Money } from '../house/Money';
import type { Column } from '../house/Table';
import { type Schemas, address } from '../house/http';
import { Duplicate, PublishSwitch } from './acts';
import { ProductFilters } from './filters';
import { ProductWindow } from './window';

export type Row = Schemas['ProductRow'] & { id: string };

const columns: Column<Row>[] = [
  { source: 'sku', sort: 'ASC', show: (row) => row.sku },
  { source: 'picture', show: (row) => <Thumbnail row={row} /> },
  { source: 'name', sort: 'ASC', show: (row) => <Name row={row} /> },
  { source: 'price', sort: 'ASC', field: 'product.price', align: 'right', show: (row) => <Money minor={row.price} currency={row.currency} /> },
  { source: 'available', field: 'stock.available', align: 'right', show: (row) => <Available row={row} /> },
  { source: 'is_published', show: (row) => <PublishSwitch row={row} /> },
  { source: 'brand', show: (row) => row.brand?.name },
  { source: 'supplier', folded: true, show: (row) => row.supplier?.name },
  { source: 'product_class', folded: true, show: (row) => row.product_class?.name },
  { source: 'weight_g', folded: true, align: 'right', show: (row) => <Weight grams={row.weight_g} /> },
  { source: 'tax_class', folded: true, field: 'product.tax_class', show: (row) => row.tax_class },
  { source: 'acts', show: (row) => <Duplicate row={row} /> },
];

export default function ProductList() {
  const translate = useTranslate();
  const opened = /^\/products\/(?:(\d+)[^/]*\/show|create)$/.exec(useLocation().pathname);
  return (
    <>
      <Listing
        columns={columns}
        exportRight="product.export"
        filters={<ProductFilters />}
        actions={<NewButton />}
        empty={
          <EmptyState title={translate('products.empty.title')} action={<NewButton />}>
            {translate('products.empty.text')}
          </EmptyState>
        }
      />
      {opened && <Opened key={opened[1] ?? 'new'} id={opened[1] ? Number(opened[1]) : null} />}
    </>
  );
}

function Opened({ id }: { id: number | null }) {
  const navigate = useNavigate();
  const { search } = useLocation();
  return <ProductWindow id={id} onClose={() => void navigate({ pathname: '/products', search })} />;
}

function NewButton() {
  const translate = useTranslate();
  const { search } = useLocation();
  return (
    <Guarded right="product.create">
      <Button variant="contained" startIcon={<Add />} component={Link} to={{ pathname: '/products/create', search }}>
        {translate('products.new')}
      </Button>
    </Guarded>
  );
}

function Thumbnail({ row: { image_id } }: { row: Row }) {
  if (!image_id) return null;
  return <Box component="img" src={address(`/product-images/${image_id}`, { thumbnail: true })} alt="" sx={{ width: 36, height: 36, objectFit: 'cover', borderRadius: 1, display: 'block' }} />;
}

function Name({ row }: { row: Row }) {
  const [locale] = useLocaleState();
  return (
    <Box component="span" sx={{ display: 'block', maxWidth: { sm: 300 }, overflow: 'hidden', textOverflow: 'ellipsis' }}>
      {row.names[locale] ?? row.name}
      {row.variant && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' '}
          · {row.variant}
        </Box>
      )}
    </Box>
  );
}

function Available({ row }: { row: Row }) {
  const [locale] = useLocaleState();
  const translate = useTranslate();
  if (row.is_service) return <>{translate('products.service')}</>;
  if (row.available === undefined) return null;
  return (
    <Box component="span" sx={{ color: row.available > 0 ? undefined : 'error.main' }}>
      {new Intl.NumberFormat(locale).format(row.available)}
    </Box>
  );
}

function Weight({ grams }: { grams: number }) {
  const [locale] = useLocaleState();
  if (!grams) return null;
  return <>{new Intl.NumberFormat(locale, { style: 'unit', unit: 'gram' }).format(grams)}</>;
}
