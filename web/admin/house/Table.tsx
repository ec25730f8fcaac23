/** A list's rows: a table, or cards on a narrow screen; columns somebody may not see are left out of both. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import { type Theme, ThemeProvider, useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type ReactElement, type ReactNode, startTransition, useEffect, useMemo, useState } from 'react';
import { DataTable, DataTableBody, type DataTableBodyProps, DataTableDataContext, type RaRecord, RecordContextProvider, useCreatePath, useDataTableDataContext, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { Facts } from './Facts';
import { level, useMe } from './me';

export interface Column<Row> {
  /** Name of the field, and of its word: `resources.orders.fields.number`. */
  source: string;
  show: (row: Row) => ReactNode;
  /** What the API may sort by; the first order offered. */
  sort?: 'ASC' | 'DESC';
  /** Guarded: shown to those who may see it (`order.total`). */
  field?: string;
  align?: 'right';
  /** Not shown until somebody chooses it. */
  folded?: boolean;
}

interface Props<Row> {
  /** The first one links to the page of the row. */
  columns: Column<Row>[];
  bulkActions?: ReactElement | false;
  empty?: ReactElement;
}

const SEEN_FIRST = 16;

export function Table<Row extends RaRecord>({ columns, bulkActions = false, empty }: Props<Row>) {
  const me = useMe();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const open = useMemo(() => columns.filter(({ field }) => !field || level(me, field) !== 'hidden'), [columns, me]);
  return isNarrow ? <Cards columns={open} empty={empty} /> : <Rows columns={open} bulkActions={bulkActions} empty={empty} />;
}

function Rows<Row extends RaRecord>({ columns, bulkActions, empty }: Props<Row>) {
  const [first, ...others] = columns;
  if (!first) return empty ?? null;
  return (
    <ThemeProvider theme={useNamedCheckboxes()}>
      <Box sx={{ overflowX: 'auto' }}>
        <DataTable body={GradualBody} sx={{ '& td': { whiteSpace: 'nowrap' } }} rowClick="show" bulkActionButtons={bulkActions} empty={empty} hover hiddenColumns={hiddenOf(columns)}>
          {columnOf(first, (row) => <RowLink row={row}>{first.show(row)}</RowLink>)}
          {others.map((column) => columnOf(column, column.show))}
        </DataTable>
      </Box>
    </ThemeProvider>
  );
}

/** The rows that are seen first come first, the others a moment later. */
function GradualBody(props: DataTableBodyProps) {
  const rows = useDataTableDataContext();
  const [isWhole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  return (
    <DataTableDataContext.Provider value={isWhole ? rows : rows?.slice(0, SEEN_FIRST)}>
      <DataTableBody {...props} />
    </DataTableDataContext.Provider>
  );
}

function columnOf<Row extends RaRecord>(column: Column<Row>, show: (row: Row) => ReactNode): ReactElement {
  const right = { textAlign: 'right' as const };
  return (
    <DataTable.Col
      key={column.source}
      source={column.source}
      render={(row) => show(row as Row)}
      disableSort={!column.sort}
      sortByOrder={column.sort}
      sx={column.align ? { '&.MuiTableCell-root': right, '& .MuiTableSortLabel-root': { flexDirection: 'row-reverse' } } : {}}
    />
  );
}

const hiddenOf = <Row,>(columns: Column<Row>[]): string[] => columns.filter(({ folded }) => folded).map(({ source }) => source);

/** A real link: opens beside, is reached by keyboard, is read out. */
function RowLink({ row, children }: { row: RaRecord; children: ReactNode }) {
  const path = useCreatePath()({ resource: useResourceContext(), type: 'show', id: row.id });
  return (
    <Link component={RouterLink} to={path} data-row-link underline="hover" sx={{ fontWeight: 600 }} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}

/** react-admin names a span around the box instead of the box itself. */
function useNamedCheckboxes(): Theme {
  const theme = useTheme();
  const name = useTranslate()('ra.action.select_row');
  return useMemo(
    () => ({ ...theme, components: { ...theme.components, MuiCheckbox: { defaultProps: { slotProps: { input: { 'aria-label': name } } } } } }),
    [theme, name],
  );
}

function Cards<Row extends RaRecord>({ columns, empty }: Pick<Props<Row>, 'columns' | 'empty'>) {
  const { data, isPending } = useListContext<Row>();
  if (isPending) return <Waiting />;
  if (!data?.length) return empty ?? null;
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {data.map((row) => (
        <Card key={row.id} row={row} columns={columns.filter(({ folded }) => !folded)} />
      ))}
    </Box>
  );
}

function Card<Row extends RaRecord>({ row, columns: [first, ...others] }: { row: Row; columns: Column<Row>[] }) {
  const translate = useTranslate();
  const resource = useResourceContext();
  const facts = others.map(({ source, show }): [string, ReactNode] => [translate(`resources.${resource}.fields.${source}`), show(row)]);
  return (
    <RecordContextProvider value={row}>
      <Paper component="li" variant="outlined" sx={{ p: 1.5, mb: 1 }}>
        <Box sx={{ fontSize: '1.05rem', mb: 0.5 }}>
          <RowLink row={row}>{first?.show(row)}</RowLink>
        </Box>
        <Facts facts={facts} />
      </Paper>
    </RecordContextProvider>
  );
}

const Waiting = () => (
  <>
    {[1, 2, 3, 4].map((each) => (
      <Skeleton key={each} variant="rounded" height={120} sx={{ mb: 1 }} />
    ))}
  </>
);
