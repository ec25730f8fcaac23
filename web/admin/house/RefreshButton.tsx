/** Reads everything on the screen anew; busy while anything is being read. */
import Refresh from '@mui/icons-material/Refresh';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useLoading, useRefresh, useTranslate } from 'react-admin';

export function RefreshButton() {
  const word = useTranslate()('ra.action.refresh');
  const isBusy = useLoading();
  const refresh = useRefresh();
  return (
    <Tooltip title={word}>
      <IconButton color="inherit" aria-label={word} aria-busy={isBusy} onClick={() => refresh()} sx={{ opacity: isBusy ? 0.5 : 1 }}>
        <Refresh />
      </IconButton>
    </Tooltip>
  );
}
