/** Somebody new: who they are, where they work, and an invitation to choose a password. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { BooleanInput, CreateBase, type RaRecord, SaveButton, SimpleForm, Title, Toolbar, useNotify, useRedirect, useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { ask } from '../house/http';
import { useTell } from '../house/problems';
import { PersonInputs } from './PersonInputs';
import { BranchesInput, GroupsInput, type Named } from './pickers';

interface Form extends RaRecord {
  branches?: Named[];
  is_invited?: boolean;
}

/** The API knows branches by their ids, and nothing of the box that is ticked. */
const sent = ({ branches = [], is_invited: _, ...person }: Form): object => ({ ...person, branches: branches.map(({ id }) => id) });

export default function StaffCreate() {
  const translate = useTranslate();
  const redirect = useRedirect();
  const notify = useNotify();
  const tell = useTell();
  const invited = { current: true };
  const created = async ({ id }: RaRecord): Promise<void> => {
    try {
      if (invited.current) await ask('POST', `/staff/${id}/invite`);
      notify(translate(invited.current ? 'staff.created_invited' : 'staff.created'), { type: 'success' });
    } catch (error) {
      tell(error); // they are there; the invitation can be sent from their page
    }
    redirect('show', 'staff', id);
  };
  const transform = (data: Form): object => {
    invited.current = data.is_invited ?? true;
    return sent(data);
  };
  return (
    <CreateBase transform={transform} mutationOptions={{ onSuccess: (member) => void created(member), onError: tell }}>
      <Title title={translate('staff.new')} />
      <Paper variant="outlined" sx={{ maxWidth: 640, overflow: 'hidden' }}>
        <SimpleForm warnWhenUnsavedChanges toolbar={<Toolbar><SaveButton label="ra.action.create" /></Toolbar>}>
          <PersonInputs />
          <Box sx={{ width: '100%' }}>
            <Guarded right="group.read">
              <GroupsInput />
            </Guarded>
            <Guarded right="branch.read">
              <BranchesInput />
            </Guarded>
          </Box>
          <BooleanInput source="is_invited" defaultValue helperText={false} />
          <Next />
        </SimpleForm>
      </Paper>
    </CreateBase>
  );
}

export function Next() {
  const translate = useTranslate();
  return (
    <Alert severity="info" sx={{ width: '100%' }}>
      {translate('staff.next.title')}
      <Box component="ol" sx={{ m: 0, pl: 2.5 }}>
        {['mail', 'password', 'code'].map((step) => (
          <li key={step}>{translate(`staff.next.${step}`)}</li>
        ))}
      </Box>
    </Alert>
  );
}
