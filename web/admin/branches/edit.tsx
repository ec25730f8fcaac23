/** Correcting a branch. */
import { Title, useTranslate } from 'react-admin';
import { EditForm } from '../house/EditForm';
import { BranchInputs, FIELDS } from './Inputs';

export default function BranchEdit() {
  const translate = useTranslate();
  return (
    <>
      <Title title={translate('branches.edit')} />
      <EditForm fields={FIELDS}>
        <BranchInputs />
      </EditForm>
    </>
  );
}
