/** A list page: saved views, live filters, rows, and pages without totals; all of its state is in the address. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { ReactElement, ReactNode } from 'react';
import { ColumnsButton, ListBase, type RaRecord, Title, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { sortOf } from '../screens';
import { EmptyState } from './EmptyState';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import { NewsBar } from './NewsBar';
import { Pager } from './Pager';
import { ProblemNote } from './ProblemNote';
import { SavedViews } from './SavedViews';
import { type Column, Table } from './Table';
import { ROWS } from './data';
import { useIsNarrow } from './screen';

interface Props<Row> {
  columns: Column<Row>[];
  /** Inputs of react-admin or of house/filters.tsx. */
  filters?: ReactNode;
  /** Buttons beside the heading, such as "New". */
  actions?: ReactNode;
  /** What would be here and how it gets here. */
  empty?: ReactElement;
  bulkActions?: ReactElement;
  /** Shown instead of the table, for rows that are no things with a page. */
  rows?: ReactNode;
  /** The right that opens the export: `order.export`. None: there is no export. */
  exportRight?: string;
}

export function Listing<Row extends RaRecord>(props: Props<Row>) {
  return (
    <ListBase sort={sortOf(useResourceContext())} perPage={ROWS} queryOptions={{ retry: false }}>
      <Content {...props} />
    </ListBase>
  );
}

function Content<Row extends RaRecord>({ columns, filters, actions, empty, bulkActions, rows, exportRight }: Props<Row>) {
  const resource = useResourceContext();
  const { error, refetch } = useListContext();
  return (
    <>
      <Title title={`resources.${resource}.name`} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <SavedViews />
        <Box sx={{ flex: 1 }} />
        {!useIsNarrow() && !rows && <ColumnsButton />}
        {exportRight && <ExportButton right={exportRight} />}
        {actions}
      </Box>
      {filters && <FilterBar>{filters}</FilterBar>}
      <NewsBar />
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {!error && (
        <Paper variant="outlined" sx={{ overflowX: 'auto', p: { xs: 1, sm: 0 }, border: { xs: 0, sm: undefined }, bgcolor: { xs: 'transparent', sm: 'background.paper' } }}>
          {rows ?? <Table columns={columns} bulkActions={bulkActions ?? false} empty={<Nothing empty={empty} />} />}
        </Paper>
      )}
      <Pager />
    </>
  );
}

/** Nothing at all, or nothing that the filters leave. */
function Nothing({ empty }: { empty?: ReactElement }) {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const isFiltered = Object.values(filterValues as object).some((value) => (Array.isArray(value) ? value.length : value));
  if (!isFiltered) return empty ?? <EmptyState title={translate('house.list.empty')} />;
  const clear = <Button onClick={() => setFilters({})}>{translate('house.list.clear')}</Button>;
  return (
    <EmptyState title={translate('house.list.none')} action={clear}>
      {translate('house.list.none_text')}
    </EmptyState>
  );
}
