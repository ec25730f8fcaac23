/** The frame of every form here: where one is, the form, saving, whoever saved first, and what was changed before. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { type ReactNode, type SubmitEvent, createContext, useContext } from 'react';
import { useTranslate } from 'react-admin';
import { Conflict } from '../house/Conflict';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { useMay } from '../house/me';
import { ChangeLog, type Subject } from './ChangeLog';
import { Place, type Step } from './Place';
import type { Draft, Reading, Versioned } from './draft';

const MayEdit = createContext(true);
export const useMayEdit = (): boolean => useContext(MayEdit);

interface Props<T extends Versioned> {
  title: string;
  steps?: Step[];
  lead?: string;
  reading: Reading<T>;
  /** Whose history is told below the form. */
  subject?: Subject;
  /** The fields as people read them, for comparing two versions. */
  told: (value: T) => Record<string, unknown>;
  children: (draft: Draft<T>) => ReactNode;
}

export function SettingsForm<T extends Versioned>({ title, steps, lead, reading, subject, told, children }: Props<T>) {
  const mayEdit = useMay('settings.edit');
  const { draft, error, retry } = reading;
  return (
    <Box sx={{ maxWidth: 860 }}>
      <Place title={title} steps={steps} />
      {lead && <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{lead}</Typography>}
      <ProblemNote error={error} onRetry={retry} />
      {!draft && !error && <Skeleton variant="rounded" height={320} />}
      {draft && (
        <MayEdit.Provider value={mayEdit}>
          <Form title={title} draft={draft}>
            {children(draft)}
          </Form>
          <Settle draft={draft} told={told} />
        </MayEdit.Provider>
      )}
      {draft && subject && <ChangeLog subject={subject} />}
    </Box>
  );
}

function Form<T extends Versioned>({ title, draft, children }: { title: string; draft: Draft<T>; children: ReactNode }) {
  const translate = useTranslate();
  const mayEdit = useMayEdit();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!draft.isPending) draft.save();
  };
  return (
    <Paper component="form" variant="outlined" aria-label={title} onSubmit={submit} sx={{ mb: 2 }}>
      <UnsavedGuard isDirty={draft.isDirty} />
      <Box sx={{ p: { xs: 1.5, sm: 2 }, display: 'grid', gap: 2, minWidth: 0, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {!mayEdit && <Alert severity="info">{translate('settings.only_read')}</Alert>}
        {children}
        <ProblemNote error={draft.error} />
      </Box>
      {mayEdit && <SaveBar draft={draft} />}
    </Paper>
  );
}

function SaveBar<T extends Versioned>({ draft }: { draft: Draft<T> }) {
  const translate = useTranslate();
  return (
    <Box sx={{ position: draft.isDirty ? 'sticky' : 'static', bottom: 0, zIndex: 2, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, p: 1.5, borderTop: 1, borderColor: 'divider', bgcolor: 'background.paper', borderRadius: '0 0 8px 8px' }}>
      <Button type="submit" variant="contained" loading={draft.isPending} disabled={!draft.isDirty}>
        {translate('ra.action.save')}
      </Button>
      {draft.isDirty && <Button onClick={draft.discard}>{translate('settings.discard')}</Button>}
      <Typography variant="caption" role="status" sx={{ color: 'text.secondary' }}>
        {translate(draft.isDirty ? 'settings.unsaved' : 'settings.at_once')}
      </Typography>
    </Box>
  );
}

function Settle<T extends Versioned>({ draft, told }: { draft: Draft<T>; told: (value: T) => Record<string, unknown> }) {
  if (!draft.theirs) return null;
  return (
    <Conflict
      mine={told(draft.value)}
      theirs={told(draft.theirs)}
      words="settings.fields"
      onKeepMine={draft.keepMine}
      onTakeTheirs={draft.discard}
      onClose={draft.closeConflict}
    />
  );
}
