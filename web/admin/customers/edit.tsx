/** Correcting what is written down about a customer. */
import { Title, useTranslate } from 'react-admin';
import { EditForm } from '../house/EditForm';
import { CustomerInputs, EDITED, shape } from './form';
import { useTellCustomer } from './telling';

export default function CustomerEdit() {
  const translate = useTranslate();
  return (
    <>
      <Title title={translate('customers.edit')} />
      <EditForm fields={EDITED} shape={shape} tell={useTellCustomer()}>
        <CustomerInputs />
      </EditForm>
    </>
  );
}
