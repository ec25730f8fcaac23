/** A group's name, level and matrix, with what can be done about them. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { type ReactNode, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { CopyFrom } from './CopyFrom';
import { Matrix } from './Matrix';
import { type Grants, isSame, useRights } from './grants';

export interface Wanted extends Grants {
  name: string;
  level: number;
}

interface Props {
  /** As it is saved, or what a new one begins with. */
  before: Wanted;
  id?: number;
  /** Why nothing can be changed. */
  closed?: string | null;
  isNameFixed?: boolean;
  /** Said to whoever saves: what is wanted, and how to go on. */
  onSave: (wanted: Wanted) => void;
  isSaving?: boolean;
  isSaved?: boolean;
  error?: unknown;
  save: string;
  children?: ReactNode;
}

export function Editor({ before, id, closed, isNameFixed = false, onSave, isSaving, isSaved = false, error, save, children }: Props) {
  const translate = useTranslate();
  const { data: rights, error: unread, refetch } = useRights();
  const [wanted, setWanted] = useState(before);
  const change = (part: Partial<Wanted>): void => setWanted((now) => ({ ...now, ...part }));
  const isDirty = !isSaved && (!isSame(wanted, before) || wanted.name !== before.name || wanted.level !== before.level);
  if (unread) return <ProblemNote error={unread} onRetry={() => void refetch()} />;
  if (!rights) return <Skeleton variant="rounded" height={480} />;
  return (
    <>
      <UnsavedGuard isDirty={isDirty} />
      {closed && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {closed}
        </Alert>
      )}
      <Paper variant="outlined" sx={{ p: { xs: 1.5, sm: 2 }, mb: 2, display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'flex-start' }}>
        <Named wanted={wanted} onChange={change} closed={!!closed} isNameFixed={isNameFixed} own={rights.level} />
        {children}
      </Paper>
      {!closed && <CopyFrom nouns={rights.nouns} before={before} not={id} onChange={change} />}
      <Matrix nouns={rights.nouns} grants={wanted} before={before} onChange={closed ? undefined : change} />
      <ProblemNote error={error} />
      {!closed && (
        <Paper variant="outlined" sx={{ position: 'sticky', bottom: 8, p: 1, display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', zIndex: 2 }}>
          <Button variant="contained" disabled={!isDirty || !wanted.name.trim()} loading={isSaving} onClick={() => onSave({ ...wanted, name: wanted.name.trim() })}>
            {save}
          </Button>
          <Button disabled={!isDirty} onClick={() => setWanted(before)}>
            {translate('ra.action.undo')}
          </Button>
          <Box component="span" aria-live="polite" sx={{ color: 'text.secondary' }}>
            {translate(isDirty ? 'groups.unsaved' : 'groups.unchanged')}
          </Box>
        </Paper>
      )}
    </>
  );
}

interface NamedProps {
  wanted: Wanted;
  onChange: (part: Partial<Wanted>) => void;
  closed: boolean;
  isNameFixed: boolean;
  own: number;
}

function Named({ wanted, onChange, closed, isNameFixed, own }: NamedProps) {
  const translate = useTranslate();
  return (
    <>
      <TextField
        required
        label={translate('resources.groups.fields.name')}
        value={wanted.name}
        helperText={isNameFixed && !closed ? translate('groups.name_fixed') : undefined}
        onChange={(event) => onChange({ name: event.target.value })}
        slotProps={{ htmlInput: { maxLength: 100, readOnly: closed || isNameFixed } }}
        sx={{ flex: '1 1 240px', maxWidth: 420 }}
      />
      <TextField
        required
        type="number"
        label={translate('resources.groups.fields.level')}
        value={wanted.level}
        helperText={translate('groups.level_text', { own })}
        onChange={(event) => onChange({ level: Number(event.target.value) })}
        slotProps={{ htmlInput: { min: Math.max(1, own + 1), max: 100, readOnly: closed } }}
        sx={{ flex: '1 1 240px', maxWidth: 420 }}
      />
    </>
  );
}
