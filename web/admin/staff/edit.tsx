/** Correcting what is written down about somebody. */
import { Title, useTranslate } from 'react-admin';
import { EditForm } from '../house/EditForm';
import { PERSON, PersonInputs } from './PersonInputs';

export default function StaffEdit() {
  const translate = useTranslate();
  return (
    <>
      <Title title={translate('staff.edit')} />
      <EditForm fields={PERSON}>
        <PersonInputs />
      </EditForm>
    </>
  );
}
