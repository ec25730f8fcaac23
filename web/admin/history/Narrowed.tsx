/** What else narrows the list, chosen by a click on an entry: each can be taken back. */
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useListContext, useTranslate } from 'react-admin';
import { useActWord } from './Entries';

const BY_CLICK = ['subject_id', 'action'] as const;

export function Narrowed() {
  const translate = useTranslate();
  const act = useActWord();
  const { filterValues, setFilters } = useListContext();
  const used = BY_CLICK.filter((name) => filterValues[name]);
  if (!used.length) return null;
  const drop = (name: string) => (): void => {
    const { [name]: _, ...others } = filterValues as Record<string, unknown>;
    setFilters(others);
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, p: 1 }}>
      {used.map((name) => {
        const value = String(filterValues[name]);
        return <Chip key={name} label={`${translate(`history.fields.${name}`)}: ${name === 'action' ? act(value) : value}`} onDelete={drop(name)} />;
      })}
    </Box>
  );
}
