/** Where one is signed in, and ending that. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';

type Session = Schemas['SessionRead'];

const KEY = ['sessions'];

export function SessionsPanel() {
  const translate = useTranslate();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => ask<Session[]>('GET', '/sessions'), retry: false });
  const end = useMutation({
    mutationFn: (path: string) => ask('DELETE', path),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const others = (data?.length ?? 0) > 1 && (
    <Button color="error" onClick={() => end.mutate('/sessions')}>
      {translate('account.end_others')}
    </Button>
  );
  return (
    <Panel title={translate('account.sessions')} aside={others}>
      <ProblemNote error={error ?? end.error} onRetry={() => void refetch()} />
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data?.map((session) => (
          <SessionLine key={session.id} session={session} onEnd={() => end.mutate(`/sessions/${session.id}`)} />
        ))}
      </Box>
    </Panel>
  );
}

function SessionLine({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const translate = useTranslate();
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 0.75, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography noWrap>{deviceOf(session.user_agent) ?? translate('account.unknown_device')}</Typography>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {session.address} · {translate('account.last_seen')} <When at={session.last_seen_at} relative />
        </Typography>
      </Box>
      {session.is_current ? <Chip size="small" label={translate('account.this_session')} /> : <Button onClick={onEnd}>{translate('account.end_session')}</Button>}
    </Box>
  );
}

/** Browser and system are all that people recognise in it. */
export function deviceOf(userAgent: string | null | undefined): string | undefined {
  const text = userAgent ?? '';
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/\d+/.exec(text)?.[0].replace('Edg/', 'Edge/').replace('OPR/', 'Opera/').replace('/', ' ');
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(text)?.[0];
  return [browser, system].filter(Boolean).join(', ') || text.slice(0, 60) || undefined;
}
