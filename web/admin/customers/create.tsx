/** A customer added by hand. */
import Paper from '@mui/material/Paper';
import { CreateBase, SaveButton, SimpleForm, Title, Toolbar, useTranslate } from 'react-admin';
import { useTell } from '../house/problems';
import { CustomerInputs, shapeNew } from './form';

export default function CustomerCreate() {
  const translate = useTranslate();
  const tell = useTell();
  return (
    <>
      <Title title={translate('customers.new')} />
      <CreateBase redirect="show" transform={shapeNew} mutationOptions={{ onError: tell }}>
        <Paper variant="outlined" sx={{ maxWidth: 640, overflow: 'hidden' }}>
          <SimpleForm warnWhenUnsavedChanges toolbar={<Toolbar><SaveButton alwaysEnable /></Toolbar>}>
            <CustomerInputs />
          </SimpleForm>
        </Paper>
      </CreateBase>
    </>
  );
}
