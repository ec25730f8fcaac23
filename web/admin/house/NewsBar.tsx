/** "3 changes": rows never move under the pointer; the list is read anew on a click. */
import Refresh from '@mui/icons-material/Refresh';
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import { useListContext, useResourceContext, useTranslate } from 'react-admin';
import { clearUnread, useUnread } from './news';

export function NewsBar() {
  const translate = useTranslate();
  const resource = useResourceContext() ?? '';
  const count = useUnread(resource);
  const { refetch, data } = useListContext();
  useEffect(() => clearUnread(resource), [resource, data]);
  return (
    <div role="status">
      {count > 0 && (
        <Button fullWidth variant="outlined" startIcon={<Refresh />} onClick={() => void refetch()} sx={{ mb: 1 }}>
          {translate('house.list.news', { smart_count: count })}
        </Button>
      )}
    </div>
  );
}
