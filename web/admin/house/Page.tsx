/** The page of one thing: read, waited for, or said why not; then shown. */
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { type RaRecord, ShowBase, Title, useResourceContext, useShowContext, useTranslate } from 'react-admin';
import { ProblemNote } from './ProblemNote';

interface Props<Row> {
  children: (record: Row) => ReactNode;
}

/** react-admin would show the row of a list as if it were the whole thing; what is asked for apart is kept apart. */
const WHOLE = { retry: false, meta: { whole: true } };

export function Page<Row extends RaRecord>({ children }: Props<Row>) {
  return (
    <ShowBase queryOptions={WHOLE}>
      <Content>{children}</Content>
    </ShowBase>
  );
}

function Content<Row extends RaRecord>({ children }: Props<Row>) {
  const translate = useTranslate();
  const resource = useResourceContext();
  const { record, error, refetch } = useShowContext<Row>();
  if (record) return children(record);
  return (
    <>
      <Title title={translate(`resources.${resource}.name`)} />
      {error ? <ProblemNote error={error} onRetry={() => void refetch()} /> : <Skeleton variant="rounded" height={400} />}
    </>
  );
}
