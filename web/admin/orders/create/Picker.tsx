/** Finds what the channel sells while one types, by SKU or by words of the name; what is picked becomes a line. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useDeferredValue, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Money } from '../../house/Money';
import { ProblemNote } from '../../house/ProblemNote';
import { useSearched } from './asking';
import { useAvailability } from './availability';
import type { Channel, Offered } from './draft';

interface Props {
  channel: Channel;
  taken: string[];
  onPick: (offered: Offered) => void;
}

export function Picker({ channel, taken, onPick }: Props) {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim().slice(0, 100));
  const { data, isFetching, error, refetch } = useSearched(channel, q);
  const pick = (offered: Offered | null): void => {
    if (!offered) return;
    onPick(offered);
    setText('');
  };
  return (
    <>
      <Autocomplete<Offered>
        fullWidth
        autoHighlight
        blurOnSelect={false}
        options={(data ?? []).filter(({ sku }) => !taken.includes(sku))}
        value={null}
        inputValue={text}
        loading={isFetching}
        filterOptions={(all) => all}
        getOptionLabel={({ name }) => name}
        getOptionKey={({ sku }) => sku}
        isOptionEqualToValue={(one, other) => one.sku === other.sku}
        noOptionsText={translate('orders.placing.nothing_found')}
        onChange={(_, offered) => pick(offered)}
        onInputChange={(_, typed, why) => why !== 'selectOption' && why !== 'reset' && setText(typed)}
        renderOption={({ key, ...props }, offered) => (
          <li key={key} {...props}>
            <Option offered={offered} />
          </li>
        )}
        renderInput={(props) => <TextField {...props} margin="dense" label={translate('orders.placing.add')} />}
      />
      <ProblemNote error={error} onRetry={() => void refetch()} />
    </>
  );
}

function Option({ offered }: { offered: Offered }) {
  const told = useAvailability();
  return (
    <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, width: '100%', minWidth: 0 }}>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {offered.name}
        <Box sx={{ color: 'text.secondary', fontSize: '0.85em' }}>{[offered.sku, told(offered)].filter(Boolean).join(' · ')}</Box>
      </Box>
      <Money minor={offered.unit_price} currency={offered.currency} />
    </Box>
  );
}
