/** Choosing groups and branches for somebody. What one may not give is shown closed, with its reason. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormLabel from '@mui/material/FormLabel';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useInput, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { useGroups } from '../groups/groups';

export interface Named {
  id: number;
  name: string;
}

interface GroupPickerProps {
  value: number[];
  onChange: (ids: number[]) => void;
}

export function GroupPicker({ value, onChange }: GroupPickerProps) {
  const translate = useTranslate();
  const label = useId();
  const { data, error, isPending, refetch } = useGroups();
  const toggle = (id: number): void => onChange(value.includes(id) ? value.filter((each) => each !== id) : [...value, id]);
  if (isPending) return <Skeleton variant="rounded" height={160} />;
  return (
    <Box role="group" aria-labelledby={label} sx={{ my: 1 }}>
      <FormLabel id={label}>{translate('resources.staff.fields.groups')}</FormLabel>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      <FormGroup>
        {data?.rows.map((group) => (
          <FormControlLabel
            key={group.id}
            disabled={!group.is_below && !value.includes(group.id)}
            control={<Checkbox size="small" checked={value.includes(group.id)} onChange={() => toggle(group.id)} />}
            label={
              <>
                {group.name}
                {!group.is_below && (
                  <Typography component="span" variant="caption" sx={{ ml: 1 }}>
                    {translate('staff.group_above')}
                  </Typography>
                )}
              </>
            }
          />
        ))}
      </FormGroup>
    </Box>
  );
}

interface BranchPickerProps {
  value: Named[];
  onChange: (branches: Named[]) => void;
}

export function BranchPicker({ value, onChange }: BranchPickerProps) {
  const translate = useTranslate();
  const [q, setQ] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['branches', 'named', q],
    queryFn: () => ask<Schemas['BranchList']>('GET', '/branches', undefined, { q }),
    placeholderData: (last) => last,
    retry: false,
  });
  return (
    <Autocomplete
      multiple
      size="small"
      options={(data?.rows ?? []) as Named[]}
      value={value}
      loading={isFetching}
      getOptionLabel={({ name }) => name}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(options) => options}
      onInputChange={(_, text) => setQ(text)}
      onChange={(_, chosen) => onChange(chosen)}
      renderInput={(params) => <TextField {...params} margin="dense" label={translate('resources.staff.fields.branches')} helperText={translate('staff.branches_text')} />}
    />
  );
}

/** The same inside of react-admin's forms. */
export function GroupsInput() {
  const { field } = useInput({ source: 'groups', defaultValue: [] });
  return <GroupPicker value={field.value as number[]} onChange={field.onChange} />;
}

export function BranchesInput() {
  const { field } = useInput({ source: 'branches', defaultValue: [] });
  return <BranchPicker value={field.value as Named[]} onChange={field.onChange} />;
}
