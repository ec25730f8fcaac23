/** A new branch. */
import Paper from '@mui/material/Paper';
import { CreateBase, SaveButton, SimpleForm, Title, Toolbar, useTranslate } from 'react-admin';
import { useTell } from '../house/problems';
import { BranchInputs } from './Inputs';

export default function BranchCreate() {
  const translate = useTranslate();
  const tell = useTell();
  return (
    <CreateBase redirect="show" mutationOptions={{ onError: tell }}>
      <Title title={translate('branches.new')} />
      <Paper variant="outlined" sx={{ maxWidth: 640, overflow: 'hidden' }}>
        <SimpleForm warnWhenUnsavedChanges toolbar={<Toolbar><SaveButton label="ra.action.create" /></Toolbar>}>
          <BranchInputs />
        </SimpleForm>
      </Paper>
    </CreateBase>
  );
}
