/** Where somebody is signed in. */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { deviceOf } from '../account/SessionsPanel';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';

export function MemberSessions({ id }: { id: number }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['staff', String(id), 'sessions'],
    queryFn: () => ask<Schemas['SessionRead'][]>('GET', `/staff/${id}/sessions`),
    retry: false,
  });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data?.length) return <Typography sx={{ color: 'text.secondary' }}>{data && translate('staff.no_sessions')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data.map((session) => (
        <Box component="li" key={session.id} sx={{ py: 0.75, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
          <Typography noWrap>{deviceOf(session.user_agent) ?? translate('account.unknown_device')}</Typography>
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            {session.address} · {translate('account.last_seen')} <When at={session.last_seen_at} relative />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
