/** The lists a customer is on, when they said so, how and to whom; and writing down what they say now. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { useLevel, useMay } from '../house/me';
import type { Customer } from './page';
import { useLists } from './telling';

type List = Schemas['MailingListRead'];
type Said = Schemas['ConsentDetail'];

/** `shop` is the customer's own hand, `import` a program's: nobody says so of themselves. */
const WAYS = ['in_person', 'phone', 'paper', 'email'];

export function Consents({ customer }: { customer: Customer }) {
  const translate = useTranslate();
  const { data, error, refetch } = useLists();
  const isOpen = useMay('customer.edit') && useLevel('customer.consents') === 'write';
  const said = new Map((customer.consents ?? []).map((each) => [each.list, each]));
  const shown = (data ?? []).filter(({ code, is_active }) => is_active || said.has(code));
  return (
    <Panel title={translate('resources.customers.fields.consents')}>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data && !shown.length && <Typography sx={{ color: 'text.secondary' }}>{translate('customers.no_lists')}</Typography>}
      {shown.map((list) => (
        <Consent key={list.code} customer={customer} list={list} said={said.get(list.code)} isOpen={isOpen} />
      ))}
    </Panel>
  );
}

interface ConsentProps {
  customer: Customer;
  list: List;
  said: Said | undefined;
  isOpen: boolean;
}

function Consent({ customer, list, said, isOpen }: ConsentProps) {
  const translate = useTranslate();
  const [isAsking, setAsking] = useState(false);
  const state = said === undefined ? 'unasked' : said.is_given ? 'given' : 'refused';
  return (
    <Box sx={{ mb: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography variant="h3">{list.name}</Typography>
        <StatusChip kind="consent" value={state} />
        {isOpen && (
          <Button aria-label={`${translate('customers.write_down')}: ${list.name}`} onClick={() => setAsking(true)}>
            {translate('customers.write_down')}
          </Button>
        )}
      </Box>
      {said && (
        <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
          <When at={said.at} /> · {translate(`customers.way.${said.way}`)}
          {said.by.name && ` · ${said.by.name}`}
        </Typography>
      )}
      {isAsking && <Asking customer={customer} list={list} isGiven={said?.is_given ?? false} onClose={() => setAsking(false)} />}
    </Box>
  );
}

interface AskingProps {
  customer: Customer;
  list: List;
  isGiven: boolean;
  onClose: () => void;
}

function Asking({ customer, list, isGiven, onClose }: AskingProps) {
  const translate = useTranslate();
  const [given, setGiven] = useState(!isGiven);
  const [way, setWay] = useState('in_person');
  const send = () => ask('PUT', `/customers/${customer.id}/consents`, { consents: { [list.code]: given }, way });
  const { run, isPending, error } = useChange('customers', send, { onDone: onClose });
  return (
    <ConfirmDialog title={list.name} confirm={translate('ra.action.save')} isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      {translate('customers.consent_text', { name: customer.name })}
      <RadioGroup value={String(given)} onChange={(_, value) => setGiven(value === 'true')} aria-label={list.name}>
        <FormControlLabel value="true" disabled={!list.is_active} control={<Radio />} label={translate('customers.says_yes')} />
        <FormControlLabel value="false" control={<Radio />} label={translate('customers.says_no')} />
      </RadioGroup>
      <TextField select fullWidth margin="dense" label={translate('customers.said_how')} value={way} onChange={(event) => setWay(event.target.value)}>
        {WAYS.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`customers.way.${each}`)}
          </MenuItem>
        ))}
      </TextField>
    </ConfirmDialog>
  );
}
