/** A new group: its matrix begins empty, or with another's. */
import { useEffect, useState } from 'react';
import { CreateBase, Title, useRedirect, useTranslate } from 'react-admin';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { Editor, type Wanted } from './Editor';
import { NOTHING } from './grants';

const BEFORE: Wanted = { ...NOTHING, name: '', level: 50 };

export default function GroupCreate() {
  const translate = useTranslate();
  const redirect = useRedirect();
  const [made, setMade] = useState<number | null>(null);
  const { run, isPending, error } = useChange('groups', (wanted: Wanted) => ask<Schemas['GroupRead']>('POST', '/groups', wanted), {
    done: 'groups.saved',
    onDone: ({ id }) => setMade(id),
  });
  // Once the guard has seen that nothing is left to lose.
  useEffect(() => {
    if (made !== null) redirect('show', 'groups', made);
  }, [made, redirect]);
  return (
    <CreateBase>
      <Title title={translate('groups.new')} />
      <Editor before={BEFORE} onSave={run} isSaving={isPending} isSaved={made !== null} error={error} save={translate('ra.action.create')} />
    </CreateBase>
  );
}
