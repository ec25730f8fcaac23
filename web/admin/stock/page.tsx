/** The ledger of one SKU: every movement that made its stock what it is, newest first. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { Facts } from '../house/Facts';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';
import { useIsNarrow } from '../house/screen';
import { Bookings, ConditionName, LocationName, Pieces } from './list';

type Movement = Schemas['MovementRow'];

/** As the list names its rows: an SKU, a location, a condition. */
const partsOf = (id: string): { sku: string; location: string; condition: string } => {
  const [sku = '', ...rest] = id.split(' ');
  return { sku, condition: rest.pop() ?? 'good', location: rest.join(' ') };
};

export default function StockPage() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const { sku, location, condition } = partsOf(id);
  const [isEverywhere, setEverywhere] = useState(false);
  const query = isEverywhere || !location ? { sku } : { sku, location, condition };
  return (
    <>
      <Title title={translate('stock.title', { sku })} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1.5, alignItems: 'center' }}>
        <Chip clickable label={location ? <LocationName code={location} /> : translate('stock.everywhere')} color={isEverywhere ? 'default' : 'primary'} aria-pressed={!isEverywhere} onClick={() => setEverywhere(false)} />
        {location && <Chip clickable label={translate('stock.everywhere')} color={isEverywhere ? 'primary' : 'default'} aria-pressed={isEverywhere} onClick={() => setEverywhere(true)} />}
        <Box sx={{ flex: 1 }} />
        <Bookings sku={sku} location={location} />
      </Box>
      <Panel title={translate('stock.levels')}>
        <Levels query={query} />
      </Panel>
      <Panel title={translate('stock.movements')}>
        <Movements query={query} />
      </Panel>
    </>
  );
}

type LedgerQuery = { sku: string; location?: string; condition?: string };

function Levels({ query }: { query: LedgerQuery }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['stock', 'levels', query],
    queryFn: async () => (await ask<Schemas['LevelList']>('GET', '/stock', undefined, { ...query, limit: 200 })).rows,
    retry: false,
  });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={60} />;
  return data.map((level) => (
    <Box key={`${level.location} ${level.condition}`} sx={{ mb: 1 }}>
      <Typography variant="h3">
        <LocationName code={level.location} /> · <ConditionName value={level.condition} />
      </Typography>
      <Facts
        facts={(['on_hand', 'allocated', 'available'] as const).map((name) => [translate(`stock.fields.${name}`), level[name] === undefined ? null : <Pieces count={level[name]} />])}
      />
    </Box>
  ));
}

function Movements({ query }: { query: LedgerQuery }) {
  const translate = useTranslate();
  const isNarrow = useIsNarrow();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['stock', 'movements', query],
    queryFn: ({ pageParam }) => ask<Schemas['MovementList']>('GET', '/stock/movements', undefined, { ...query, after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={200} />;
  if (!rows.length) return <EmptyState title={translate('stock.no_movements')}>{translate('stock.no_movements_text')}</EmptyState>;
  return (
    <>
      {isNarrow ? rows.map((row) => <MovementCard key={row.id} row={row} />) : <MovementTable rows={rows} />}
      {hasNextPage && (
        <Button loading={isFetching} onClick={() => void fetchNextPage()} sx={{ mt: 1 }}>
          {translate('house.timeline.older')}
        </Button>
      )}
    </>
  );
}

function MovementTable({ rows }: { rows: Movement[] }) {
  const translate = useTranslate();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={translate('stock.movements')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('stock.fields.at')}</TableCell>
            <TableCell>{translate('stock.fields.kind')}</TableCell>
            <TableCell>{translate('stock.fields.location')}</TableCell>
            <Guarded field="stock.on_hand">
              <TableCell align="right">{translate('stock.fields.on_hand')}</TableCell>
            </Guarded>
            <Guarded field="stock.allocated">
              <TableCell align="right">{translate('stock.fields.allocated')}</TableCell>
            </Guarded>
            <TableCell>{translate('stock.fields.why')}</TableCell>
            <TableCell>{translate('stock.fields.actor')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id}>
              <TableCell>
                <When at={row.at} />
              </TableCell>
              <TableCell>{translate(`stock.kinds.${row.kind}`, { _: row.kind })}</TableCell>
              <TableCell>
                <LocationName code={row.location} /> · <ConditionName value={row.condition} />
              </TableCell>
              <Guarded field="stock.on_hand">
                <TableCell align="right">
                  <Signed count={row.on_hand_change} />
                </TableCell>
              </Guarded>
              <Guarded field="stock.allocated">
                <TableCell align="right">
                  <Signed count={row.allocated_change} />
                </TableCell>
              </Guarded>
              <TableCell>
                <Why row={row} />
              </TableCell>
              <TableCell>
                <Actor row={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function MovementCard({ row }: { row: Movement }) {
  const translate = useTranslate();
  return (
    <Box sx={{ borderBottom: 1, borderColor: 'divider', py: 1 }}>
      <strong>{translate(`stock.kinds.${row.kind}`, { _: row.kind })}</strong>
      <Facts
        facts={[
          [translate('stock.fields.at'), <When key="at" at={row.at} />],
          [translate('stock.fields.on_hand'), row.on_hand_change ? <Signed key="on_hand" count={row.on_hand_change} /> : null],
          [translate('stock.fields.allocated'), row.allocated_change ? <Signed key="allocated" count={row.allocated_change} /> : null],
          [translate('stock.fields.why'), <Why key="why" row={row} />],
          [translate('stock.fields.actor'), <Actor key="actor" row={row} />],
        ]}
      />
    </Box>
  );
}

function Actor({ row: { actor } }: { row: Movement }) {
  const translate = useTranslate();
  const kind = actor.actor.split(':')[0] ?? '';
  return <>{actor.name ?? translate(`house.actor.${kind}`, { _: kind })}</>;
}

function Signed({ count }: { count: number | undefined }) {
  const [locale] = useLocaleState();
  if (!count) return null;
  return <>{new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(count)}</>;
}

function Why({ row }: { row: Movement }) {
  const translate = useTranslate();
  const mayOpen = useMay('order.read');
  if (row.reason) return <>{row.reason}</>;
  if (row.order_id === null || row.order_number === null) return null;
  const told = translate('orders.title', { number: row.order_number });
  if (!mayOpen) return <>{told}</>;
  return (
    <Link component={RouterLink} to={`/orders/${row.order_id}/show`}>
      {told}
    </Link>
  );
}
