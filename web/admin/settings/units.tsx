/** Units of measure: their international code, how finely they are sold, and what they are called. */
import { useTranslate } from 'react-admin';
import { type Schemas, ask } from '../house/http';
import { Cell } from './Cell';
import { Grid } from './Grid';
import { SettingsForm } from './SettingsForm';
import { useDraft } from './draft';

type Units = Schemas['UnitsRead'];
type Unit = Units['units'][number];

const KINDS: Unit['kind'][] = ['count', 'weight', 'volume', 'length', 'area', 'time'];
const SPOKEN = ['en', 'fr', 'ru'] as const;

const fresh = (): Unit => ({ code: '', kind: 'count', places: 0, en: '', fr: '', ru: '' });

export default function UnitSettings() {
  const translate = useTranslate();
  const reading = useDraft<Units>({
    name: ['units'],
    read: () => ask('GET', '/settings/units'),
    write: (value) => ask('PUT', '/settings/units', value),
  });
  const kinds = KINDS.map((id) => ({ id, name: translate(`settings.values.kind.${id}`) }));
  const told = (value: Units) => ({ units: value.units.map(summary).join('; ') });
  const tell = (value: unknown): string => (value as Unit[] | null)?.map(summary).join('; ') ?? '–';
  return (
    <SettingsForm
      title={translate('settings.sections.units.title')}
      lead={translate('settings.units.lead')}
      reading={reading}
      subject={{ subject: 'setting', subject_id: 'units', tell: { units: tell } }}
      told={told}
    >
      {(draft) => (
        <Grid label={translate('settings.fields.units')} rows={draft.value.units} columns="80px 1fr 90px repeat(3, 1fr)" onChange={(units) => draft.change({ units })} add={translate('settings.units.add')} fresh={fresh}>
          {(unit, change, at) => (
            <>
              <Cell label={translate('settings.fields.code')} value={unit.code} onChange={(code) => change({ code: code.toUpperCase() })} limits={{ maxLength: 3, pattern: '[A-Z0-9]{2,3}' }} problem={draft.errorOf(`units.${at}.code`)} />
              <Cell label={translate('settings.fields.kind')} value={unit.kind} choices={kinds} onChange={(kind) => change({ kind: kind as Unit['kind'] })} />
              <Cell label={translate('settings.fields.places')} value={unit.places} type="number" limits={{ min: 0, max: 3, step: 1 }} onChange={(places) => change({ places: Number(places) })} />
              {SPOKEN.map((language) => (
                <Cell key={language} label={translate(`settings.units.${language}`)} value={unit[language]} limits={{ maxLength: 20 }} onChange={(word) => change({ [language]: word })} />
              ))}
            </>
          )}
        </Grid>
      )}
    </SettingsForm>
  );
}

const summary = ({ code, places, en }: Unit): string => `${code} (${en}, ${places})`;
