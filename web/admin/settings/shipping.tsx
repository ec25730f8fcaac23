/** The ways in which goods are sent: what each costs, and which channels offer it. */
import { useLocaleState, useTranslate } from 'react-admin';
import { money } from '../house/Money';
import type { Schemas } from '../house/http';
import { Many } from './Many';
import { useAccepted, useChannels, useMethods } from './reads';
import { countryName } from './telling';

type Method = Schemas['ShippingMethod'];

export default function ShippingMethods() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const currency = useAccepted().data?.default;
  const channels = useChannels().data ?? [];
  const price = ({ bands }: Method): string => {
    const prices = bands.map(([, each]) => each);
    const shown = [...new Set([Math.min(...prices), Math.max(...prices)])];
    return currency ? shown.map((each) => money(each, currency, locale)).join(' – ') : '';
  };
  const line = (method: Method) => {
    const offered = channels.filter(({ shipping_methods }) => shipping_methods.includes(method.code)).map(({ name }) => name);
    const where = method.countries.map((code) => countryName(code, locale)).join(', ') || translate('settings.shipping.everywhere');
    const told = offered.length ? translate('settings.shipping.offered', { channels: offered.join(', ') }) : translate('settings.shipping.not_offered');
    return { id: method.code, name: method.name, text: `${translate(`settings.values.carrier.${method.carrier}`)} · ${where} · ${told}`, aside: price(method) };
  };
  return (
    <Many
      title={translate('settings.sections.shipping.title')}
      lead={translate('settings.shipping.lead')}
      path="/settings/shipping"
      read={useMethods()}
      line={line}
      add={translate('settings.shipping.add')}
      empty={translate('settings.shipping.empty')}
    />
  );
}
