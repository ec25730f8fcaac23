/** One way of shipping: by whom, where to, and its price by bands, with what makes it free. */
import { useLocaleState, useTranslate } from 'react-admin';
import { useNavigate, useParams } from 'react-router-dom';
import { type Schemas, ask } from '../house/http';
import { money } from '../house/Money';
import { Bands } from './Bands';
import { Heading } from './Heading';
import { NEW } from './Many';
import { SettingsForm } from './SettingsForm';
import { useCountries } from './choices';
import { type Draft, useDraft } from './draft';
import { Amount, PickMany, Row, Select, Text, Whole } from './inputs';
import { useAccepted, useTaxes } from './reads';

export type Method = Schemas['ShippingMethod'];

const CARRIERS: Method['carrier'][] = ['own', 'pickup', 'cdek'];
const BASES: Method['basis'][] = ['total', 'weight'];
const PATH = '/settings/shipping-methods';
const FRESH: Method = {
  code: '',
  name: '',
  carrier: 'own',
  service: '',
  tax_class: 'standard',
  basis: 'total',
  bands: [[null, 0]],
  handling_fee: 0,
  free_from_total: null,
  free_from_weight_g: null,
  countries: [],
  version: 0,
};

export default function ShippingMethodPage() {
  const { id = '' } = useParams();
  return <MethodForm key={id} code={id === NEW ? null : id} />;
}

function MethodForm({ code }: { code: string | null }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const currency = useAccepted().data?.default ?? 'EUR';
  const reading = useDraft<Method>({
    name: ['shipping-methods', code ?? 'new'],
    ...(code === null ? { initial: FRESH } : { read: () => ask('GET', `${PATH}/${code}`) }),
    write: (value) => write(code, value),
    onSaved: (saved) => code === null && navigate(`/settings/shipping/${saved.code}`, { replace: true }),
  });
  const tell = useTellMethod(currency);
  return (
    <SettingsForm
      title={reading.draft?.value.name || translate(code === null ? 'settings.shipping.add' : 'settings.sections.shipping.title')}
      steps={[[translate('settings.sections.shipping.title'), '/settings/shipping']]}
      reading={reading}
      subject={code === null ? undefined : { subject: 'shipping_method', subject_id: code, tell: tell.values }}
      told={tell.whole}
    >
      {(draft) => <Fields draft={draft} isNew={code === null} currency={currency} />}
    </SettingsForm>
  );
}

function write(code: string | null, { code: chosen, version, bands, ...terms }: Method): Promise<Method> {
  const body = { ...terms, bands: bands.map(([up_to, price]) => ({ up_to, price })) };
  return code === null ? ask('POST', PATH, { ...body, code: chosen }) : ask('PUT', `${PATH}/${code}`, { ...body, version });
}

function Fields({ draft, isNew, currency }: { draft: Draft<Method>; isNew: boolean; currency: string }) {
  const translate = useTranslate();
  const classes = [...new Set([draft.value.tax_class, ...(useTaxes().data?.rates ?? []).map(({ tax_class }) => tax_class)])];
  return (
    <>
      <Row>
        <Text draft={draft} name="name" required />
        {isNew && <Text draft={draft} name="code" required longest={50} pattern="[a-z0-9][a-z0-9\-]*" help={translate('settings.help.code')} />}
      </Row>
      <Row>
        <Select draft={draft} name="carrier" choices={CARRIERS} />
        {draft.value.carrier === 'cdek' && <Text draft={draft} name="service" longest={50} help={translate('settings.help.service')} />}
        <Select draft={draft} name="tax_class" choices={classes} />
      </Row>
      <PickMany draft={draft} name="countries" choices={useCountries()} help={translate('settings.help.countries')} />
      <Heading>{translate('settings.shipping.prices')}</Heading>
      <Select draft={draft} name="basis" choices={BASES} />
      <Bands draft={draft} currency={currency} />
      <Row>
        <Amount draft={draft} name="handling_fee" currency={currency} help={translate('settings.help.handling_fee')} />
        <Amount draft={draft} name="free_from_total" currency={currency} isOptional help={translate('settings.help.free')} />
        <Whole draft={draft} name="free_from_weight_g" isOptional max={10 ** 9} help={translate('settings.help.free')} />
      </Row>
    </>
  );
}

function useTellMethod(currency: string) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const amount = (value: unknown): string => (typeof value === 'number' ? money(value, currency, locale) : '–');
  const grams = (value: number): string => new Intl.NumberFormat(locale, { style: 'unit', unit: 'gram' }).format(value);
  const band = (end: number | null, price: number, basis?: Method['basis']): string => {
    const shown = basis === 'weight' ? grams : basis === 'total' ? amount : String;
    return `${end === null ? translate('settings.shipping.without_end') : `≤ ${shown(end)}`}: ${amount(price)}`;
  };
  const bands = (value: unknown, basis?: Method['basis']): string => ((value ?? []) as Method['bands']).map(([end, price]) => band(end, price, basis)).join('; ') || '–';
  const whole = (method: Method) => ({
    ...method,
    bands: bands(method.bands, method.basis),
    countries: method.countries.join(', '),
    handling_fee: amount(method.handling_fee),
    free_from_total: amount(method.free_from_total),
  });
  return { whole, values: { handling_fee: amount, free_from_total: amount, bands: (value: unknown) => bands(value) } };
}
