/** One group: what its members may, and changing it. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { Title, useRedirect, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { Guarded } from '../house/Guarded';
import { Page } from '../house/Page';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';
import { Editor, type Wanted } from './Editor';
import { Preview } from './Preview';

type Group = Schemas['GroupRead'];

export default function GroupPage() {
  return (
    <Page<Group>>
      {(group) => (
        <>
          <Title title={group.name} />
          <Acts group={group} />
          <Saving key={group.id} group={group} />
        </>
      )}
    </Page>
  );
}

/** What others save meanwhile is told, and does not take away what is being chosen here. */
function Saving({ group }: { group: Group }) {
  const translate = useTranslate();
  const closed = useClosed(group);
  const [base, setBase] = useState(group);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const put = useChange('groups', (body: Wanted) => ask<Group>('PUT', `/groups/${group.id}`, { ...body, version: base.version }), {
    done: 'groups.saved',
    onDone: (saved) => {
      setWanted(null);
      setBase(saved);
    },
  });
  const before = { name: base.name, level: base.level, rights: base.rights, fields: base.fields };
  return (
    <>
      {group.version > base.version && (
        <Alert severity="warning" sx={{ mb: 2 }} action={<Button color="inherit" onClick={() => setBase(group)}>{translate('house.conflict.take_theirs')}</Button>}>
          {translate('house.problems.ChangedMeanwhile')}
        </Alert>
      )}
      <Editor key={base.version} before={before} id={group.id} closed={closed} isNameFixed={group.is_builtin} onSave={setWanted} save={translate('groups.look_and_save')} />
      {wanted && <Preview id={group.id} wanted={wanted} isSaving={put.isPending} error={put.error} onSave={() => put.run(wanted)} onClose={() => setWanted(null)} />}
    </>
  );
}

function useClosed(group: Group): string | null {
  const translate = useTranslate();
  const mayEdit = useMay('group.edit');
  if (!mayEdit) return translate('groups.closed.right');
  if (group.level === 0) return translate('groups.closed.all');
  return group.is_below ? null : translate('groups.closed.above');
}

function Acts({ group }: { group: Group }) {
  const translate = useTranslate();
  const [asked, setAsked] = useState<'duplicate' | 'delete' | null>(null);
  const kept = group.is_builtin ? 'groups.closed.builtin' : group.members ? 'groups.closed.members' : group.is_below ? '' : 'groups.closed.above';
  const above = group.is_below ? '' : translate('groups.closed.above');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
      <Guarded right="staff.read">
        <Button component={Link} to={`/staff?filter=${encodeURIComponent(JSON.stringify({ group_id: group.id }))}`}>
          {translate('groups.its_members', { smart_count: group.members })}
        </Button>
      </Guarded>
      <Guarded right="group.create">
        <Act label={translate('groups.duplicate')} closed={above} onClick={() => setAsked('duplicate')} />
      </Guarded>
      <Guarded right="group.delete">
        <Act label={translate('ra.action.delete')} closed={kept && translate(kept)} isDestructive onClick={() => setAsked('delete')} />
      </Guarded>
      <Guarded right="history.read">
        <Button component={Link} to={`/history?filter=${encodeURIComponent(JSON.stringify({ subject: 'group', subject_id: String(group.id) }))}`}>
          {translate('history.of_this')}
        </Button>
      </Guarded>
      {asked === 'duplicate' && <Duplicate group={group} onClose={() => setAsked(null)} />}
      {asked === 'delete' && <Delete group={group} onClose={() => setAsked(null)} />}
    </Box>
  );
}

function Act({ label, closed, isDestructive, onClick }: { label: string; closed: string; isDestructive?: boolean; onClick: () => void }) {
  return (
    <Tooltip title={closed} describeChild>
      <Button
        variant="outlined"
        color={isDestructive ? 'error' : 'primary'}
        aria-disabled={!!closed}
        onClick={closed ? undefined : onClick}
        sx={closed ? { color: 'text.secondary', borderStyle: 'dashed', borderColor: 'divider', cursor: 'not-allowed' } : {}}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

function Duplicate({ group, onClose }: { group: Group; onClose: () => void }) {
  const translate = useTranslate();
  const redirect = useRedirect();
  const [name, setName] = useState(translate('groups.copy_of', { name: group.name }));
  const { run, isPending, error } = useChange('groups', () => ask<Group>('POST', `/groups/${group.id}/duplicate`, { name: name.trim() }), {
    onDone: ({ id }) => redirect('show', 'groups', id),
  });
  return (
    <ConfirmDialog title={translate('groups.duplicate')} confirm={translate('groups.duplicate')} isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      {translate('groups.duplicate_text')}
      <TextField autoFocus fullWidth required margin="dense" label={translate('resources.groups.fields.name')} value={name} onChange={(event) => setName(event.target.value)} slotProps={{ htmlInput: { maxLength: 100 } }} />
    </ConfirmDialog>
  );
}

function Delete({ group, onClose }: { group: Group; onClose: () => void }) {
  const translate = useTranslate();
  const redirect = useRedirect();
  const { run, isPending, error } = useChange('groups', () => ask('DELETE', `/groups/${group.id}`), { done: 'groups.deleted', onDone: () => redirect('list', 'groups') });
  return (
    <ConfirmDialog title={translate('groups.delete_title', { name: group.name })} confirm={translate('ra.action.delete')} isDestructive isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      {translate('groups.delete_text')}
    </ConfirmDialog>
  );
}
