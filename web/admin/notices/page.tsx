/** One's own notices: unread ones first, newest first; each leads to its order. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';

type Notice = Schemas['NoticeRead'];

export default function Notices() {
  const translate = useTranslate();
  const { data, error, refetch, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['notices', 'pages'],
    queryFn: ({ pageParam }) => ask<Schemas['InboxRead']>('GET', '/notices', undefined, { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  return (
    <Box sx={{ maxWidth: 760 }}>
      <Title title={translate('notices.name')} />
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton variant="rounded" height={300} />}
      {data && !notices.length && <EmptyState title={translate('notices.empty.title')}>{translate('notices.empty.text')}</EmptyState>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} />
        ))}
      </Box>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {translate('notices.older')}
        </Button>
      )}
    </Box>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const translate = useTranslate();
  const { run, isPending, error } = useChange('notices', () => ask('POST', `/notices/${notice.id}/read`), { done: 'notices.marked' });
  const isUnread = notice.read_at === null;
  return (
    <Paper component="li" variant="outlined" sx={{ p: 1.5, mb: 1, borderLeft: 4, borderLeftColor: isUnread ? 'primary.main' : 'transparent' }}>
      <Typography variant="h3" sx={{ fontWeight: isUnread ? 650 : 450 }}>
        {notice.subject || notice.body}
      </Typography>
      {notice.subject && <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', my: 0.5 }}>{notice.body}</Typography>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, color: 'text.secondary' }}>
        <When at={notice.created_at} relative />
        <Link component={RouterLink} to={`/orders/${notice.order_id}/show`}>
          № {notice.order_number}
        </Link>
        {isUnread && (
          <Button loading={isPending} onClick={() => run()} aria-label={`${translate('notices.mark_read')}: ${notice.subject || notice.body}`}>
            {translate('notices.mark_read')}
          </Button>
        )}
      </Box>
      <ProblemNote error={error} />
    </Paper>
  );
}
