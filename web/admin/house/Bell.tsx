/** One's own notices: how many are unread, and the newest. */
import Notifications from '@mui/icons-material/NotificationsOutlined';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { ProblemNote } from './ProblemNote';
import { ago } from './When';
import { type Schemas, ask } from './http';

type Notice = Schemas['NoticeRead'];

const KEY = ['notices', 'getList'];
const EVERY_MS = 60_000;

export function Bell() {
  const translate = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: () => ask<Schemas['InboxRead']>('GET', '/notices'),
    refetchInterval: EVERY_MS,
    retry: false,
  });
  const unread = data?.unread ?? 0;
  return (
    <>
      <IconButton color="inherit" aria-haspopup="dialog" aria-label={translate('house.notices.unread', { smart_count: unread })} onClick={(event) => setAnchor(event.currentTarget)}>
        <Badge badgeContent={unread} color="error">
          <Notifications />
        </Badge>
      </IconButton>
      <Popover open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}>
        <Box role="dialog" aria-label={translate('house.notices.title')} sx={{ width: 340, maxWidth: '92vw', maxHeight: '70vh', overflow: 'auto' }}>
          <ProblemNote error={error} />
          {data?.notices.length === 0 && <Typography sx={{ p: 3, color: 'text.secondary' }}>{translate('house.notices.none')}</Typography>}
          <Notices notices={data?.notices ?? []} onClose={() => setAnchor(null)} />
          <Button component={Link} to="/notices" fullWidth onClick={() => setAnchor(null)}>
            {translate('notices.all')}
          </Button>
        </Box>
      </Popover>
    </>
  );
}

function Notices({ notices, onClose }: { notices: Notice[]; onClose: () => void }) {
  const [locale] = useLocaleState();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate: markRead } = useMutation({
    mutationFn: (id: string) => ask('POST', `/notices/${id}/read`),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  const open = (notice: Notice): void => {
    if (!notice.read_at) markRead(notice.id);
    onClose();
    void navigate(`/orders/${notice.order_id}/show`);
  };
  return (
    <List disablePadding>
      {notices.map((notice) => (
        <ListItemButton key={notice.id} divider onClick={() => open(notice)}>
          <ListItemText
            primary={notice.subject || notice.body}
            secondary={ago(notice.created_at, locale)}
            slotProps={{ primary: { sx: { fontWeight: notice.read_at ? 400 : 650 } } }}
          />
        </ListItemButton>
      ))}
    </List>
  );
}
