/** A new branch. */
import { CreateBase, SaveButton, SimpleForm, Title, Toolbar, useTranslate } from 'react-admin';
import { useTell } from '../house/problems';
import { BranchInputs } from './Inputs';

export default function BranchCreate() {
  const translate = useTranslate();
  const tell = useTell();
  return (
    <CreateBase redirect="show" mutationOptions={{ onError: tell }}>
      <Title title={translate('branches.new')} />
      <SimpleForm warnWhenUnsavedChanges sx={{ maxWidth: 640 }} toolbar={<Toolbar><SaveButton label="ra.action.create" /></Toolbar>}>
        <BranchInputs />
      </SimpleForm>
    </CreateBase>
  );
}
