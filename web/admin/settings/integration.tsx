/** One connection: its values, its secrets, whether it is used, and a test before anything is saved. */
import { useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { NotFound } from '../house/NotFound';
import { type Schemas, ask } from '../house/http';
import { Heading } from './Heading';
import { type Property, SchemaField } from './SchemaField';
import { SecretField } from './SecretField';
import { SettingsForm } from './SettingsForm';
import { TestConnection } from './TestConnection';
import { type Draft, useDraft } from './draft';
import { Toggle } from './inputs';
import { type Tell, useTell } from './telling';

type Read = Schemas['IntegrationRead'];
export type Provider = Read['provider'];
export type Given = Record<string, string | null>;

export interface Integration {
  version: number;
  enabled: boolean;
  values: Record<string, unknown>;
  /** Secrets typed in here, or null for those to be taken away. */
  given: Given;
  read: Read;
}

const PROVIDERS = new Set<string>(['yookassa', 'cdek', 'smtp', 'twilio'] satisfies Provider[]);

export default function IntegrationPage() {
  const { id = '' } = useParams();
  return PROVIDERS.has(id) ? <IntegrationForm key={id} provider={id as Provider} /> : <NotFound />;
}

const edited = (read: Read): Integration => ({ version: read.version, enabled: read.enabled, values: read.values, given: {}, read });

function IntegrationForm({ provider }: { provider: Provider }) {
  const translate = useTranslate();
  const tell = useTell();
  const path = `/settings/integrations/${provider}`;
  const reading = useDraft<Integration>({
    name: ['integrations', provider],
    read: async () => edited(await ask<Read>('GET', path)),
    write: async ({ enabled, values, given, version }) => edited(await ask<Read>('PUT', path, { enabled, values, secrets: given, version })),
  });
  const told = ({ enabled, values }: Integration) =>
    Object.fromEntries(Object.entries({ enabled, ...values }).map(([name, value]) => [name, tell.value(name, value)]));
  return (
    <SettingsForm
      title={reading.draft?.value.read.name ?? translate('settings.sections.integrations.title')}
      steps={[[translate('settings.sections.integrations.title'), '/settings/integrations']]}
      lead={translate(`settings.integrations.what.${provider}`)}
      reading={reading}
      subject={{ subject: 'provider', subject_id: provider, tell: reading.draft ? secretsTold(reading.draft.value.read, translate) : {} }}
      told={told}
    >
      {(draft) => <Fields provider={provider} draft={draft} />}
    </SettingsForm>
  );
}

/** History knows that a secret was there, never which. */
const secretsTold = ({ secrets }: Read, translate: ReturnType<typeof useTranslate>): Record<string, Tell> =>
  Object.fromEntries(Object.keys(secrets).map((name) => [name, (value) => translate(`settings.secret.${value === null ? 'not_set' : 'set'}`)]));

function Fields({ provider, draft }: { provider: Provider; draft: Draft<Integration> }) {
  const translate = useTranslate();
  const { read, values, given } = draft.value;
  const properties = Object.entries((read.form.properties ?? {}) as Record<string, Property>);
  return (
    <>
      <Toggle draft={draft} name="enabled" help={translate('settings.help.enabled')} />
      {properties.map(([name, property]) => (
        <SchemaField key={name} name={name} property={property} value={values[name]} problem={draft.errorOf(`values.${name}`)} onChange={(value) => draft.change({ values: { ...values, [name]: value } })} />
      ))}
      {Object.entries(read.secrets).map(([name, isSet]) => (
        <SecretField key={name} name={name} isSet={isSet} given={given[name]} problem={draft.errorOf(`secrets.${name}`)} onChange={(value) => draft.change({ given: changed(given, name, value) })} />
      ))}
      <Heading>{translate('settings.test.title')}</Heading>
      <TestConnection provider={provider} values={values} given={given} last={read.last_test} />
    </>
  );
}

function changed(given: Given, name: string, value: string | null | undefined): Given {
  const { [name]: _, ...others } = given;
  return value === undefined ? others : { ...others, [name]: value };
}
