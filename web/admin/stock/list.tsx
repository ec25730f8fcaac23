/** What lies where: on hand, held for orders, and what can still be promised. */
import AddBox from '@mui/icons-material/AddBoxOutlined';
import Edit from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { SelectInput, TextInput, useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import type { Column } from '../house/Table';
import type { Schemas } from '../house/http';
import { useLevel, useMay } from '../house/me';
import { BookingDialog, type BookingKind } from './BookingDialog';
import { useLocations } from './locations';

type Level = Schemas['LevelRow'] & { id: string };

export const CONDITIONS = ['good', 'open_box', 'damaged', 'broken', 'quarantine', 'expired'] as const;

const columns: Column<Level>[] = [
  { source: 'sku', show: (row) => row.sku },
  { source: 'name', show: (row) => row.name },
  { source: 'available', field: 'stock.available', align: 'right', show: (row) => <Pieces count={row.available} isWarning /> },
  { source: 'location', show: (row) => <LocationName code={row.location} /> },
  { source: 'condition', show: (row) => <ConditionName value={row.condition} /> },
  { source: 'on_hand', field: 'stock.on_hand', align: 'right', show: (row) => <Pieces count={row.on_hand} /> },
  { source: 'allocated', field: 'stock.allocated', align: 'right', show: (row) => <Pieces count={row.allocated} /> },
];

export default function StockList() {
  const translate = useTranslate();
  const { data: locations = [] } = useLocations();
  return (
    <Listing
      columns={columns}
      exportRight="stock.export"
      actions={<Bookings />}
      filters={
        <>
          <TextInput source="sku" helperText={false} resettable slotProps={{ htmlInput: { 'data-search': true, maxLength: 100 } }} />
          <SelectInput source="location" choices={locations.map(({ code, name, branch }) => ({ id: code, name: `${name} (${branch})` }))} translateChoice={false} helperText={false} />
          <SelectInput source="condition" choices={CONDITIONS.map((id) => ({ id, name: translate(`stock.conditions.${id}`) }))} translateChoice={false} helperText={false} />
        </>
      }
      empty={
        <EmptyState title={translate('stock.empty.title')} action={<Bookings />}>
          {translate('stock.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** What books stock; nothing for those who may not. */
export function Bookings({ sku, location }: { sku?: string; location?: string }) {
  const translate = useTranslate();
  const [kind, setKind] = useState<BookingKind | null>(null);
  const mayEdit = useMay('stock.edit');
  const mayWrite = useLevel('stock.on_hand') === 'write';
  if (!mayEdit || !mayWrite) return null;
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1 }}>
      <Button startIcon={<Edit />} variant="outlined" onClick={() => setKind('adjustment')}>
        {translate('stock.correct')}
      </Button>
      <Button startIcon={<AddBox />} variant="contained" onClick={() => setKind('receipt')}>
        {translate('stock.receive')}
      </Button>
      {kind && <BookingDialog kind={kind} sku={sku} location={location} onClose={() => setKind(null)} />}
    </Box>
  );
}

export function LocationName({ code }: { code: string }) {
  const { data = [] } = useLocations();
  const found = data.find((each) => each.code === code);
  return <Box component="span" sx={{ whiteSpace: 'normal' }}>{found ? `${found.name} (${found.branch})` : code}</Box>;
}

export function ConditionName({ value }: { value: string }) {
  return <>{useTranslate()(`stock.conditions.${value}`, { _: value })}</>;
}

export function Pieces({ count, isWarning = false }: { count: number | undefined; isWarning?: boolean }) {
  const [locale] = useLocaleState();
  if (count === undefined) return null;
  return (
    <Box component="span" sx={{ color: isWarning && count <= 0 ? 'error.main' : undefined }}>
      {new Intl.NumberFormat(locale).format(count)}
    </Box>
  );
}
