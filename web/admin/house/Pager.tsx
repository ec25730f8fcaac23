/** Back and forth through a list; there is no number of pages, as counting them would cost more than reading one. */
import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import Typography from '@mui/material/Typography';
import { useListContext, useTranslate } from 'react-admin';

const SIZES = [25, 50, 100];

export function Pager() {
  const translate = useTranslate();
  const { page, perPage, data, hasNextPage, hasPreviousPage, setPage, setPerPage } = useListContext();
  if (!data?.length && page === 1) return null;
  const first = (page - 1) * perPage + 1;
  return (
    <Box component="nav" aria-label={translate('house.list.pages')} sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1, mt: 1 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary', flex: 1 }} aria-live="polite">
        {data?.length ? translate('house.list.range', { first, last: first + data.length - 1 }) : ''}
      </Typography>
      <Select size="small" value={perPage} onChange={(event) => setPerPage(Number(event.target.value))} inputProps={{ 'aria-label': translate('ra.navigation.page_rows_per_page') }}>
        {SIZES.map((size) => (
          <MenuItem key={size} value={size}>
            {size}
          </MenuItem>
        ))}
      </Select>
      <Button disabled={!hasPreviousPage} onClick={() => setPage(page - 1)} startIcon={<ChevronLeft />}>
        {translate('house.list.previous')}
      </Button>
      <Button disabled={!hasNextPage} onClick={() => setPage(page + 1)} endIcon={<ChevronRight />}>
        {translate('house.list.next')}
      </Button>
    </Box>
  );
}
