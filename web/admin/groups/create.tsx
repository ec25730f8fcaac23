/** A new group: its matrix begins empty, or with another's. */
import { useState } from 'react';
import { CreateBase, Title, useRedirect, useTranslate } from 'react-admin';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { Editor, type Wanted } from './Editor';
import { NOTHING } from './grants';

const BEFORE: Wanted = { ...NOTHING, name: '', level: 50 };

export default function GroupCreate() {
  const translate = useTranslate();
  const redirect = useRedirect();
  const [isSaved, setSaved] = useState(false);
  const { run, isPending, error } = useChange('groups', (wanted: Wanted) => ask<Schemas['GroupRead']>('POST', '/groups', wanted), {
    done: 'groups.saved',
    onDone: ({ id }) => {
      setSaved(true); // nothing is left that the guard would ask about
      window.setTimeout(() => redirect('show', 'groups', id));
    },
  });
  return (
    <CreateBase>
      <Title title={translate('groups.new')} />
      <Editor before={BEFORE} onSave={run} isSaving={isPending} isSaved={isSaved} error={error} save={translate('ra.action.create')} />
    </CreateBase>
  );
}
