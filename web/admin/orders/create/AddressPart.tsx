/** Where it goes: one of the customer's addresses, or another. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useLocaleState, useTranslate } from 'react-admin';
import { useCountries } from '../../customers/countries';
import { placeOf } from '../../customers/telling';
import { Panel } from '../../house/Panel';
import type { Schemas } from '../../house/http';
import { Told } from './Told';
import { type DraftAddress, place } from './draft';
import type { Refused } from './refusals';

interface Props {
  address: DraftAddress;
  /** Those of the customer. */
  known: Schemas['CustomerAddress'][];
  onChange: (address: DraftAddress) => void;
  refused: Refused;
}

export function AddressPart({ address, known, onChange, refused }: Props) {
  const translate = useTranslate();
  const text = (name: 'street' | 'city' | 'postcode' | 'point_code', most: number, label = `customers.address.${name}`) => (
    <TextField
      fullWidth
      margin="none"
      autoComplete="off"
      label={translate(label)}
      value={address[name]}
      error={!!refused.field(`address.${name}`)}
      helperText={refused.field(`address.${name}`)}
      onChange={(event) => onChange({ ...address, [name]: event.target.value })}
      slotProps={{ htmlInput: { maxLength: most } }}
    />
  );
  return (
    <Panel title={translate('resources.orders.fields.address')}>
      {known.length > 0 && <KnownAddresses address={address} known={known} onChange={onChange} />}
      <Told text={refused.at('address')} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' }, gap: 2, mt: 1.5 }}>
        <Country country={address.country} onChange={(country) => onChange({ ...address, country })} problem={refused.field('address.country')} />
        {text('city', 100)}
        {text('street', 300)}
        {text('postcode', 20)}
        {text('point_code', 50, 'orders.placing.point_code')}
      </Box>
    </Panel>
  );
}

function KnownAddresses({ address, known, onChange }: Omit<Props, 'refused'>) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const chosen = known.findIndex((each) => JSON.stringify(place(each)) === JSON.stringify(address));
  const choose = (at: number): void => {
    const one = known[at];
    if (one) onChange(place(one));
  };
  return (
    <TextField select fullWidth margin="dense" label={translate('orders.placing.known_addresses')} value={chosen} onChange={(event) => choose(Number(event.target.value))}>
      <MenuItem value={-1}>{translate('orders.placing.other_address')}</MenuItem>
      {known.map((each, at) => (
        <MenuItem key={at} value={at} sx={{ whiteSpace: 'normal' }}>
          {[each.label, placeOf(each, locale)].filter(Boolean).join(': ')}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Country({ country, onChange, problem }: { country: string; onChange: (country: string) => void; problem: string | undefined }) {
  const translate = useTranslate();
  const countries = useCountries();
  return (
    <Autocomplete
      autoHighlight
      options={countries}
      value={countries.find(({ id }) => id === country) ?? null}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      onChange={(_, chosen) => onChange(chosen?.id ?? '')}
      renderInput={(props) => <TextField {...props} required margin="none" label={translate('customers.address.country')} error={!!problem} helperText={problem} />}
    />
  );
}
