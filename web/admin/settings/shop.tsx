/** The shop itself: who it is, where its day begins, what it calls low stock. */
import { useTranslate } from 'react-admin';
import { LANGUAGES } from '../house/i18n';
import { type Schemas, ask } from '../house/http';
import { Heading } from './Heading';
import { SettingsForm } from './SettingsForm';
import { TIMEZONES, useCountries } from './choices';
import { useDraft } from './draft';
import { Pick, Row, Select, Text, Whole } from './inputs';
import { useTell } from './telling';

type Shop = Schemas['ShopRead'];

const languages = LANGUAGES.map(({ locale, name }) => ({ id: locale, name }));

export default function ShopSettings() {
  const translate = useTranslate();
  const countries = useCountries();
  const tell = useTell();
  const reading = useDraft<Shop>({
    name: ['shop'],
    read: () => ask('GET', '/settings/shop'),
    write: (value) => ask('PUT', '/settings/shop', value),
  });
  const told = ({ country, ...rest }: Shop) => ({ ...rest, country: tell.value('country', country) });
  return (
    <SettingsForm title={translate('settings.sections.shop.title')} reading={reading} subject={{ subject: 'setting', subject_id: 'shop' }} told={told}>
      {(draft) => (
        <>
          <Heading>{translate('settings.shop.who')}</Heading>
          <Row>
            <Text draft={draft} name="name" required />
            <Text draft={draft} name="legal_name" longest={300} />
            <Text draft={draft} name="tax_number" longest={50} />
          </Row>
          <Row>
            <Text draft={draft} name="email" type="email" longest={254} />
            <Text draft={draft} name="phone" type="tel" longest={30} />
          </Row>
          <Heading>{translate('settings.shop.where')}</Heading>
          <Row>
            <Text draft={draft} name="street" longest={300} />
            <Text draft={draft} name="postcode" longest={20} />
            <Text draft={draft} name="city" longest={100} />
            <Pick draft={draft} name="country" choices={countries} />
          </Row>
          <Heading>{translate('settings.shop.ways')}</Heading>
          <Row>
            <Select draft={draft} name="language" choices={languages} help={translate('settings.help.language')} />
            <Pick draft={draft} name="timezone" choices={TIMEZONES} required help={translate('settings.help.timezone')} />
            <Whole draft={draft} name="low_stock" max={1_000_000} help={translate('settings.help.low_stock')} />
          </Row>
        </>
      )}
    </SettingsForm>
  );
}
