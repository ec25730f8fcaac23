/** One channel: what is offered there, how it is paid, from where it is served and who answers for it. */
import { useTranslate } from 'react-admin';
import { useNavigate, useParams } from 'react-router-dom';
import { type Schemas, ask } from '../house/http';
import { DurationField } from './DurationField';
import { Heading } from './Heading';
import { NEW } from './Many';
import { SettingsForm } from './SettingsForm';
import { type Choice, useCurrencies } from './choices';
import { type Draft, useDraft } from './draft';
import { PickMany, Row, Select, Text, Toggle } from './inputs';
import { useAccepted, useChannelChoices, useMethods } from './reads';
import { useTell } from './telling';

export type Channel = Schemas['Channel'];

export const METHODS: Schemas['PaymentMethod'][] = ['card', 'cash_on_delivery', 'bank_transfer', 'cheque'];
const KINDS: Channel['kind'][] = ['storefront', 'point_of_sale', 'marketplace', 'phone'];
const CAPTURES: Channel['capture_policy'][] = ['at_once', 'on_shipping'];
const PATH = '/settings/channels';

const fresh = (currency: string): Channel => ({
  id: 0,
  code: '',
  kind: 'storefront',
  name: '',
  currency,
  prices_include_tax: true,
  branch_id: null,
  locations: [],
  payment_methods: [],
  shipping_methods: [],
  return_url: '',
  unpaid_expire_after_s: null,
  capture_policy: 'at_once',
  responsible_id: null,
  version: 0,
});

export function writeChannel({ id, code, kind, version, ...terms }: Channel): Promise<Channel> {
  return id ? ask('PUT', `${PATH}/${id}`, { ...terms, version }) : ask('POST', PATH, { ...terms, code, kind });
}

export default function ChannelPage() {
  const { id = '' } = useParams();
  const currency = useAccepted().data?.default;
  if (id === NEW && !currency) return null;
  return <ChannelForm key={id} id={id === NEW ? null : id} currency={currency ?? ''} />;
}

function ChannelForm({ id, currency }: { id: string | null; currency: string }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const tell = useTell();
  const names = useNames();
  const reading = useDraft<Channel>({
    name: ['channels', id ?? 'new'],
    ...(id === null ? { initial: fresh(currency) } : { read: () => ask('GET', `${PATH}/${id}`) }),
    write: writeChannel,
    onSaved: (saved) => id === null && navigate(`/settings/channels/${saved.id}`, { replace: true }),
  });
  const told = (channel: Channel) =>
    Object.fromEntries(Object.entries(channel).map(([name, value]) => [name, names[name]?.(value) ?? tell.value(name, value)]));
  return (
    <SettingsForm
      title={reading.draft?.value.name || translate(id === null ? 'settings.channels.add' : 'settings.sections.channels.title')}
      steps={[[translate('settings.sections.channels.title'), '/settings/channels']]}
      reading={reading}
      subject={id === null ? undefined : { subject: 'channel', subject_id: id, tell: names }}
      told={told}
    >
      {(draft) => <Fields draft={draft} isNew={id === null} />}
    </SettingsForm>
  );
}

function Fields({ draft, isNew }: { draft: Draft<Channel>; isNew: boolean }) {
  const translate = useTranslate();
  const named = useChoices();
  const accepted = useAccepted().data?.accepted ?? [];
  const currencies = useCurrencies().filter(({ id }) => accepted.includes(id) || id === draft.value.currency);
  const methods = METHODS.map((id) => ({ id, name: translate(`settings.values.payment_methods.${id}`) }));
  const none = translate('settings.nobody');
  return (
    <>
      <Row>
        <Text draft={draft} name="name" required />
        {isNew && <Text draft={draft} name="code" required longest={50} pattern="[a-z0-9][a-z0-9\-]*" help={translate('settings.help.code')} />}
        {isNew && <Select draft={draft} name="kind" choices={KINDS} />}
        <Select draft={draft} name="currency" choices={currencies} />
      </Row>
      <Toggle draft={draft} name="prices_include_tax" />
      <Heading>{translate('settings.channels.paying')}</Heading>
      <PickMany draft={draft} name="payment_methods" choices={methods} />
      <Row>
        <Select draft={draft} name="capture_policy" choices={CAPTURES} help={translate('settings.help.capture_policy')} />
        <DurationField draft={draft} name="unpaid_expire_after_s" />
      </Row>
      {draft.value.kind === 'storefront' && <Text draft={draft} name="return_url" type="url" longest={2000} help={translate('settings.help.return_url')} />}
      <Heading>{translate('settings.channels.sending')}</Heading>
      <PickMany draft={draft} name="shipping_methods" choices={named.methods} />
      <PickMany draft={draft} name="locations" choices={named.locations} help={translate('settings.help.locations')} />
      <Heading>{translate('settings.channels.people')}</Heading>
      <Row>
        <Select draft={draft} name="branch_id" choices={named.branches} empty={none} help={translate('settings.help.branch_id')} />
        <Select draft={draft} name="responsible_id" choices={named.staff} empty={none} help={translate('settings.help.responsible_id')} />
      </Row>
    </>
  );
}

interface Named {
  branches: Choice[];
  locations: Choice[];
  staff: Choice[];
  methods: Choice[];
}

function useChoices(): Named {
  const found = useChannelChoices().data;
  const named = (rows: { id: number; name: string }[] = []): Choice[] => rows.map(({ id, name }) => ({ id: String(id), name }));
  const methods = (useMethods().data ?? []).map(({ code, name }) => ({ id: code, name }));
  return { branches: named(found?.branches), locations: named(found?.locations), staff: named(found?.staff), methods };
}

/** Ids in the history, by name. */
function useNames(): Record<string, (value: unknown) => string> {
  const translate = useTranslate();
  const { branches, locations, staff, methods } = useChoices();
  const by = (choices: Choice[]) => (value: unknown): string =>
    [value ?? []].flat().map((id) => choices.find((each) => each.id === String(id))?.name ?? String(id)).join(', ') || '–';
  const hours = (value: unknown): string => (typeof value === 'number' ? translate('settings.channels.hours', { smart_count: Math.round(value / 36) / 100 }) : translate('settings.channels.never'));
  return { branch_id: by(branches), locations: by(locations), responsible_id: by(staff), shipping_methods: by(methods), unpaid_expire_after_s: hours };
}
