/** In which currencies the shop sells, and which of them is its own. */
import { useTranslate } from 'react-admin';
import { type Schemas, ask } from '../house/http';
import { SettingsForm } from './SettingsForm';
import { useCurrencies } from './choices';
import { useDraft } from './draft';
import { PickMany, Select } from './inputs';

type Currencies = Schemas['Currencies'];

export default function CurrencySettings() {
  const translate = useTranslate();
  const currencies = useCurrencies();
  const reading = useDraft<Currencies>({
    name: ['currencies'],
    read: () => ask('GET', '/settings/currencies'),
    write: (value) => ask('PUT', '/settings/currencies', value),
  });
  const told = ({ accepted, ...rest }: Currencies) => ({ ...rest, accepted: accepted.join(', ') });
  return (
    <SettingsForm
      title={translate('settings.sections.currencies.title')}
      lead={translate('settings.currencies.lead')}
      reading={reading}
      subject={{ subject: 'setting', subject_id: 'currencies' }}
      told={told}
    >
      {(draft) => (
        <>
          <PickMany draft={draft} name="accepted" choices={currencies} />
          <Select draft={draft} name="default" choices={currencies.filter(({ id }) => draft.value.accepted.includes(id))} help={translate('settings.help.default')} />
        </>
      )}
    </SettingsForm>
  );
}
