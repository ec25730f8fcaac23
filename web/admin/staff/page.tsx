/** Somebody who works here: who they are, what they may, where they are signed in. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { type ReactNode, useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Facts } from '../house/Facts';
import { Guarded } from '../house/Guarded';
import { type Action, NextSteps } from '../house/NextSteps';
import { Page } from '../house/Page';
import { Panel } from '../house/Panel';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { may, useMe } from '../house/me';
import { MemberSessions } from './MemberSessions';
import { DIALOGS } from './commands';
import { BranchesDialog, GroupsDialog } from './memberships';
import { Next } from './create';
import { statusOf } from './list';

export type Member = Schemas['StaffRead'];

export default function StaffPage() {
  return <Page<Member>>{(member) => <Content member={member} />}</Page>;
}

function Content({ member }: { member: Member }) {
  const translate = useTranslate();
  return (
    <>
      <Title title={member.name} />
      <Head member={member} />
      {statusOf(member) === 'invited' && (
        <Box sx={{ mb: 2 }}>
          <Next />
        </Box>
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' }, columnGap: 2, alignItems: 'start' }}>
        <Person member={member} />
        <div>
          <Memberships member={member} />
          <Guarded right="staff.block">
            <Panel title={translate('staff.sessions')}>
              <MemberSessions id={member.id} />
            </Panel>
          </Guarded>
        </div>
      </Box>
    </>
  );
}

function Head({ member }: { member: Member }) {
  const translate = useTranslate();
  const actions = useActions(member);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5, color: 'text.secondary' }}>
        <StatusChip kind="staff" value={statusOf(member)} />
        {member.last_seen_at && (
          <span>
            {translate('resources.staff.fields.last_seen_at')}: <When at={member.last_seen_at} relative />
          </span>
        )}
      </Box>
      <Box sx={{ mb: 2, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <NextSteps record={member} actions={actions} dialogs={DIALOGS} words="staff.commands" order={['invite', 'unblock']} destructive={['block']} />
        <Guarded right="history.read">
          <Button component={Link} to={`/history?filter=${encodeURIComponent(JSON.stringify({ subject: 'staff', subject_id: String(member.id) }))}`}>
            {translate('history.of_this')}
          </Button>
          <Button component={Link} to={`/history?filter=${encodeURIComponent(JSON.stringify({ actor: `staff:${member.id}` }))}`}>
            {translate('history.by_them')}
          </Button>
        </Guarded>
      </Box>
    </>
  );
}

/** Those this person has the right to; closed for whoever does not stand below them. */
function useActions(member: Member): Action[] {
  const translate = useTranslate();
  const me = useMe();
  const status = statusOf(member);
  const reason = me.staff_id === member.id ? translate('staff.closed.oneself') : member.is_below ? null : translate('staff.closed.above');
  const rights: [command: string, right: string, shown: boolean][] = [
    ['invite', 'staff.create', status === 'invited'],
    ['unblock', 'staff.block', status === 'blocked'],
    ['block', 'staff.block', status !== 'blocked'],
    ['sign_out', 'staff.block', member.last_seen_at !== null && me.staff_id !== member.id],
  ];
  return rights.filter(([, right, shown]) => shown && may(me, right)).map(([command]) => ({ command, is_open: reason === null, reason }));
}

function Person({ member }: { member: Member }) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`resources.staff.fields.${name}`);
  const edit = member.is_below && (
    <Guarded right="staff.edit">
      <Button component={Link} to={`/staff/${member.id}`}>
        {translate('ra.action.edit')}
      </Button>
    </Guarded>
  );
  return (
    <Panel title={translate('staff.person')} aside={edit}>
      <Facts
        facts={[
          [word('name'), member.name],
          [word('login'), member.login],
          [word('email'), member.email],
          [word('phone'), member.phone],
          [word('language'), LANGUAGES.find(({ locale }) => locale === member.language)?.name],
        ]}
      />
    </Panel>
  );
}

function Memberships({ member }: { member: Member }) {
  const translate = useTranslate();
  const me = useMe();
  const isOther = me.staff_id !== member.id;
  return (
    <>
      <Membership title={translate('resources.staff.fields.groups')} resource="groups" right="group.read" items={member.groups} none={translate('staff.no_groups')} open={member.is_below && isOther} dialog={(onClose) => <GroupsDialog member={member} onClose={onClose} />} />
      <Membership title={translate('resources.staff.fields.branches')} resource="branches" right="branch.read" items={member.branches} none={translate('staff.no_branches')} open={member.is_below && (isOther || me.is_super_admin)} dialog={(onClose) => <BranchesDialog member={member} onClose={onClose} />} />
    </>
  );
}

interface MembershipProps {
  title: string;
  resource: string;
  /** To read what can be chosen. */
  right: string;
  items: { id: number; name: string }[];
  none: string;
  open: boolean;
  dialog: (onClose: () => void) => ReactNode;
}

function Membership({ title, resource, right, items, none, open, dialog }: MembershipProps) {
  const translate = useTranslate();
  const me = useMe();
  const [isAsked, setAsked] = useState(false);
  const mayRead = may(me, right);
  const change = open && mayRead && may(me, 'staff.edit') && (
    <Button aria-label={`${translate('staff.change')}: ${title}`} onClick={() => setAsked(true)}>
      {translate('staff.change')}
    </Button>
  );
  return (
    <Panel title={title} aside={change}>
      <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', gap: 1, color: 'text.secondary' }}>
        {items.map(({ id, name }) =>
          mayRead ? <Chip key={id} label={name} component={Link} to={`/${resource}/${id}/show`} clickable /> : <Chip key={id} label={name} />,
        )}
        {!items.length && none}
      </Stack>
      {isAsked && dialog(() => setAsked(false))}
    </Panel>
  );
}
