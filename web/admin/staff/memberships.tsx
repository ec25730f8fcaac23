/** Which groups and branches somebody is in from now on. */
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import type { Member } from './page';
import { BranchPicker, GroupPicker } from './pickers';

interface Props {
  member: Member;
  onClose: () => void;
}

export function GroupsDialog({ member, onClose }: Props) {
  const translate = useTranslate();
  const [groups, setGroups] = useState(member.groups.map(({ id }) => id));
  const { run, isPending, error } = useChange('staff', () => ask('PUT', `/staff/${member.id}/groups`, { version: member.version, groups }), { onDone: onClose });
  return (
    <ConfirmDialog title={translate('staff.groups_of', { name: member.name })} confirm={translate('ra.action.save')} isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      {translate('staff.groups_text')}
      <GroupPicker value={groups} onChange={setGroups} />
    </ConfirmDialog>
  );
}

export function BranchesDialog({ member, onClose }: Props) {
  const translate = useTranslate();
  const [branches, setBranches] = useState(member.branches);
  const body = { version: member.version, branches: branches.map(({ id }) => id) };
  const { run, isPending, error } = useChange('staff', () => ask('PUT', `/staff/${member.id}/branches`, body), { onDone: onClose });
  return (
    <ConfirmDialog title={translate('staff.branches_of', { name: member.name })} confirm={translate('ra.action.save')} isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      <BranchPicker value={branches} onChange={setBranches} />
    </ConfirmDialog>
  );
}
