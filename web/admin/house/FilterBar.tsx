/** Filters that act while one types; folded behind a button where the screen is narrow. */
import FilterList from '@mui/icons-material/FilterList';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { FilterLiveForm, useListContext, useTranslate } from 'react-admin';
import { useIsNarrow } from './screen';

const WAIT_MS = 300;

export function FilterBar({ children }: { children: ReactNode }) {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const used = Object.values(filterValues as object).filter((value) => (Array.isArray(value) ? value.length : value)).length;
  return (
    <Box component="search" sx={{ mb: 1 }}>
      {isNarrow && (
        <Badge badgeContent={used} color="primary">
          <Button startIcon={<FilterList />} variant="outlined" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {translate('house.list.filters')}
          </Button>
        </Badge>
      )}
      {(isOpen || !isNarrow) && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: { xs: 1.5, sm: 0 }, alignItems: 'center', '& .MuiFormControl-root': { m: 0, width: { xs: '100%', sm: 148 } }, '& form': { display: 'contents' } }}>
          <FilterLiveForm debounce={WAIT_MS}>{children}</FilterLiveForm>
          {used > 0 && <Button onClick={() => setFilters({})}>{translate('house.list.clear')}</Button>}
        </Box>
      )}
    </Box>
  );
}
