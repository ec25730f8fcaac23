/** How it is sent and paid, as the channel offers it, and what else was said. */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslate } from 'react-admin';
import { Guarded } from '../../house/Guarded';
import { Panel } from '../../house/Panel';
import { type Change, type Channel, type Draft, NONE } from './draft';
import type { Refused } from './refusals';

interface Props {
  draft: Draft;
  change: Change;
  channel: Channel;
  refused: Refused;
}

export function TermsPart({ draft, change, channel, refused }: Props) {
  const translate = useTranslate();
  return (
    <Panel title={translate('orders.placing.terms')}>
      <Choice
        label={translate('resources.orders.fields.shipping_method')}
        value={draft.shipping}
        choices={[...channel.shipping_methods.map(({ code, name }) => [code, name] as const), [NONE, translate('orders.placing.no_shipping')]]}
        problem={refused.at('shipping')}
        onChange={(shipping) => change({ shipping })}
      />
      <Choice
        label={translate('resources.orders.fields.payment')}
        value={draft.payment}
        choices={[...channel.payment_methods.map((method) => [method, translate(`orders.method.${method}`)] as const), [NONE, translate('orders.placing.no_payment')]]}
        problem={refused.at('payment')}
        onChange={(payment) => change({ payment })}
      />
      <Guarded field="order.comment" write>
        <TextField
          fullWidth
          multiline
          minRows={2}
          margin="dense"
          label={translate('resources.orders.fields.comment')}
          value={draft.comment}
          onChange={(event) => change({ comment: event.target.value })}
          slotProps={{ htmlInput: { maxLength: 2000 } }}
        />
      </Guarded>
    </Panel>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: (readonly [value: string, name: string])[];
  problem?: string;
  onChange: (value: string) => void;
}

export function Choice({ label, value, choices, problem, onChange }: ChoiceProps) {
  return (
    <TextField select required fullWidth margin="dense" label={label} value={value} error={!!problem} helperText={problem} onChange={(event) => onChange(event.target.value)}>
      {choices.map(([id, name]) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
