/** What is written down about a branch. */
import { FormDataConsumer, SelectInput, TextInput, regex, required, useLocaleState, useTranslate } from 'react-admin';
import { KINDS, countryName } from './kinds';

export const FIELDS = ['code', 'name', 'kind', 'country', 'city', 'postcode', 'street'] as const;

export function BranchInputs() {
  const translate = useTranslate();
  const kinds = KINDS.map((id) => ({ id, name: translate(`branches.kinds.${id}`) }));
  const code = [required(), regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, translate('branches.code_text'))];
  return (
    <>
      <TextInput source="name" validate={required()} slotProps={{ htmlInput: { maxLength: 200 } }} helperText={false} />
      <TextInput source="code" validate={code} slotProps={{ htmlInput: { maxLength: 50 } }} helperText={translate('branches.code_text')} />
      <SelectInput source="kind" choices={kinds} defaultValue="corporate" translateChoice={false} validate={required()} helperText={false} />
      <FormDataConsumer<{ country?: string }>>{({ formData }) => <CountryInput country={formData.country ?? ''} />}</FormDataConsumer>
      <TextInput source="city" slotProps={{ htmlInput: { maxLength: 100 } }} helperText={false} />
      <TextInput source="postcode" slotProps={{ htmlInput: { maxLength: 20 } }} helperText={false} />
      <TextInput source="street" slotProps={{ htmlInput: { maxLength: 300 } }} helperText={false} />
    </>
  );
}

/** Two letters, and the country that they mean below them. */
function CountryInput({ country }: { country: string }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const told = translate('branches.country_text');
  return (
    <TextInput
      source="country"
      validate={[required(), regex(/^[A-Z]{2}$/, told)]}
      parse={(text: string) => text.toUpperCase()}
      slotProps={{ htmlInput: { maxLength: 2 } }}
      helperText={countryName(country, locale) ?? told}
    />
  );
}
