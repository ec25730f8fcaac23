/** The form of a thing that is there already: only its own fields are sent; who saved first is shown beside mine. */
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { EditBase, type RaRecord, SaveButton, SimpleForm, Toolbar, useDataProvider, useEditContext, useRedirect, useResourceContext, useUpdate } from 'react-admin';
import { Conflict } from './Conflict';
import { ProblemNote } from './ProblemNote';
import { Problem } from './http';
import { useTell } from './problems';

interface Props {
  /** What may be sent; the rest of the thing is only shown. */
  fields: readonly string[];
  /** As the API takes it, where that is not as it is read. */
  shape?: (record: RaRecord) => object;
  tell?: ComponentProps<typeof Conflict>['tell'];
  children: ReactNode;
}

interface Clash {
  mine: RaRecord;
  theirs: RaRecord;
}

export function EditForm({ fields, shape = (record) => record, tell: inWords, children }: Props) {
  const tell = useTell();
  const resource = useResourceContext() ?? '';
  const dataProvider = useDataProvider();
  const [clash, setClash] = useState<Clash | null>(null);
  const own = (data: RaRecord): RaRecord => Object.fromEntries(Object.entries(shape(data)).filter(([name]) => fields.includes(name))) as RaRecord;
  const refused = async (error: unknown, mine: RaRecord, id: RaRecord['id']): Promise<void> => {
    if (!(error instanceof Problem) || error.code !== 'ChangedMeanwhile') return tell(error);
    const { data: theirs } = await dataProvider.getOne<RaRecord>(resource, { id });
    setClash({ mine: { ...mine, id }, theirs });
  };
  return (
    <EditBase
      mutationMode="pessimistic"
      redirect="show"
      transform={own}
      queryOptions={{ retry: false }}
      mutationOptions={{ onError: (error, { data, id }) => void refused(error, data as RaRecord, id as RaRecord['id']) }}
    >
      <Content>{children}</Content>
      {clash && <Settle clash={clash} shape={shape} tell={inWords} onClose={() => setClash(null)} />}
    </EditBase>
  );
}

function Content({ children }: { children: ReactNode }) {
  const { record, error, refetch } = useEditContext();
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!record) return <Skeleton variant="rounded" height={320} />;
  return (
    <Paper variant="outlined" sx={{ maxWidth: 640, overflow: 'hidden' }}>
      <SimpleForm warnWhenUnsavedChanges toolbar={<Toolbar><SaveButton /></Toolbar>}>{children}</SimpleForm>
    </Paper>
  );
}

function Settle({ clash: { mine, theirs }, shape, tell: inWords, onClose }: { clash: Clash; onClose: () => void } & Required<Pick<Props, 'shape'>> & Pick<Props, 'tell'>) {
  const resource = useResourceContext() ?? '';
  const redirect = useRedirect();
  const tell = useTell();
  const [update] = useUpdate();
  const leave = (): void => redirect('show', resource, mine.id);
  const { id, ...sent } = mine;
  const keep = (): void =>
    void update(resource, { id, data: sent, previousData: theirs }, { mutationMode: 'pessimistic', onSuccess: leave, onError: tell });
  return <Conflict mine={sent} theirs={shape(theirs) as RaRecord} words={`resources.${resource}.fields`} tell={inWords} onKeepMine={keep} onTakeTheirs={leave} onClose={onClose} />;
}
