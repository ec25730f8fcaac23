/** What is written down about somebody who works here; a field one may not see is not there. */
import { SelectInput, TextInput, required, useTranslate } from 'react-admin';
import { LANGUAGES } from '../house/i18n';
import { useLevel } from '../house/me';

export const PERSON = ['name', 'login', 'email', 'phone', 'language'] as const;

export function PersonInputs() {
  return (
    <>
      <TextInput source="name" validate={required()} slotProps={{ htmlInput: { maxLength: 200 } }} autoComplete="off" />
      <GuardedText source="login" isRequired most={100} />
      <GuardedText source="email" isRequired most={254} type="email" help="staff.email_text" />
      <GuardedText source="phone" most={40} type="tel" />
      <SelectInput source="language" choices={LANGUAGES.map(({ locale, name }) => ({ id: locale, name }))} defaultValue="en" translateChoice={false} validate={required()} />
    </>
  );
}

interface Props {
  source: string;
  isRequired?: boolean;
  most: number;
  type?: string;
  help?: string;
}

function GuardedText({ source, isRequired, most, type, help }: Props) {
  const translate = useTranslate();
  const level = useLevel(`staff.${source}`);
  if (level === 'hidden') return null;
  return (
    <TextInput
      source={source}
      type={type}
      autoComplete="off"
      readOnly={level !== 'write'}
      validate={isRequired ? required() : undefined}
      helperText={help ? translate(help) : false}
      slotProps={{ htmlInput: { maxLength: most } }}
    />
  );
}
