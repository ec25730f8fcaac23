/** Taxes: for each class of goods a rate in each country, and one for all the others. */
import { useLocaleState, useTranslate } from 'react-admin';
import { type Schemas, ask } from '../house/http';
import { Cell } from './Cell';
import { Grid } from './Grid';
import { SettingsForm } from './SettingsForm';
import { useCountries } from './choices';
import { useDraft } from './draft';
import { percent } from './telling';

type Taxes = Schemas['Taxes'];
type Rate = Taxes['rates'][number];

const EVERYWHERE = '*';
const fresh = (): Rate => ({ tax_class: 'standard', country: EVERYWHERE, rate: 0 });

export default function TaxSettings() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const countries = [{ id: EVERYWHERE, name: translate('settings.taxes.others') }, ...useCountries()];
  const reading = useDraft<Taxes>({
    name: ['taxes'],
    read: () => ask('GET', '/settings/taxes'),
    write: (value) => ask('PUT', '/settings/taxes', value),
  });
  const summary = ({ tax_class, country, rate }: Rate): string => `${tax_class} ${country} ${percent(rate, locale)}`;
  const told = ({ rates }: Taxes) => ({ rates: rates.map(summary).join('; ') });
  const tell = (value: unknown): string => (typeof value === 'number' ? percent(value, locale) : '–');
  return (
    <SettingsForm
      title={translate('settings.sections.taxes.title')}
      lead={translate('settings.taxes.lead')}
      reading={reading}
      subject={{ subject: 'tax_class', tell: { '*': tell }, which: (id) => `“${id}”` }}
      told={told}
    >
      {(draft) => (
        <Grid label={translate('settings.fields.rates')} rows={draft.value.rates} columns="1fr 1.5fr 120px" onChange={(rates) => draft.change({ rates })} add={translate('settings.taxes.add')} fresh={fresh}>
          {(rate, change, at) => (
            <>
              <Cell label={translate('settings.fields.tax_class')} value={rate.tax_class} limits={{ maxLength: 50 }} onChange={(tax_class) => change({ tax_class })} />
              <Cell label={translate('settings.fields.country')} value={rate.country} choices={countries} onChange={(country) => change({ country })} />
              <Cell
                label={translate('settings.fields.rate')}
                value={rate.rate / 100}
                type="number"
                limits={{ min: 0, max: 100, step: 0.01 }}
                onChange={(typed) => change({ rate: Math.round(Number(typed) * 100) })}
                problem={draft.errorOf(`rates.${at}.rate`)}
              />
            </>
          )}
        </Grid>
      )}
    </SettingsForm>
  );
}
