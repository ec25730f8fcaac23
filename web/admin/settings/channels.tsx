/** Where the shop sells: its sites, points of sale, marketplaces, telephone. */
import Chip from '@mui/material/Chip';
import { useTranslate } from 'react-admin';
import type { Schemas } from '../house/http';
import { Many } from './Many';
import { useChannels } from './reads';

export default function Channels() {
  const translate = useTranslate();
  const line = (channel: Schemas['Channel']) => ({
    id: channel.id,
    name: channel.name,
    text: channel.payment_methods.map((method) => translate(`settings.values.payment_methods.${method}`)).join(', ') || translate('settings.channels.takes_nothing'),
    aside: (
      <>
        <Chip size="small" variant="outlined" label={translate(`settings.values.kind.${channel.kind}`)} />
        <Chip size="small" label={channel.currency} />
      </>
    ),
  });
  return (
    <Many
      title={translate('settings.sections.channels.title')}
      lead={translate('settings.channels.lead')}
      path="/settings/channels"
      read={useChannels()}
      line={line}
      add={translate('settings.channels.add')}
      empty={translate('settings.channels.empty')}
    />
  );
}
