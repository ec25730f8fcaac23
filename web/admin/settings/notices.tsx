/** Who is told of what, and how: a switch for each; beside it the way to its text. */
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import EditNote from '@mui/icons-material/EditNoteOutlined';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';
import { useTell } from '../house/problems';
import { ChangeLog } from './ChangeLog';
import { Place } from './Place';
import { type Cell, SwitchMatrix } from './SwitchMatrix';

type Rule = Schemas['RuleRead'];
type Way = Pick<Rule, 'audience' | 'channel'>;

const KEY = ['settings', 'notices'];

export default function NoticeRules() {
  const translate = useTranslate();
  const which = (id: string): string => {
    const [event, audience, channel] = id.split('/');
    return `“${translate(`settings.notices.event.${event}`)}” (${translate(`settings.notices.audience.${audience}`)}, ${translate(`settings.notices.channel.${channel}`)})`;
  };
  const { data: rules, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => ask<Rule[]>('GET', '/settings/notices'), retry: false });
  return (
    <Box sx={{ maxWidth: 1100 }}>
      <Place title={translate('settings.sections.notices.title')} />
      <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{translate('settings.notices.lead')}</Typography>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {!rules && !error && <Skeleton variant="rounded" height={480} />}
      {rules && <Rules rules={rules} />}
      <Box sx={{ mt: 2 }}>
        <ChangeLog subject={{ subject: 'notice_rule', which }} />
      </Box>
    </Box>
  );
}

function Rules({ rules }: { rules: Rule[] }) {
  const translate = useTranslate();
  const mayEdit = useMay('settings.edit');
  const saving = useSaving();
  const events = [...new Set(rules.map(({ event }) => event))];
  const ways = [...new Map(rules.map((rule): [string, Way] => [keyOf(rule), rule])).values()];
  const cell = (event: Rule['event'], way: Way): Cell | null => {
    const rule = rules.find((each) => each.event === event && keyOf(each) === keyOf(way));
    if (!rule) return null;
    return { isOn: rule.enabled, isClosed: !mayEdit, onSwitch: (enabled) => saving.mutate({ ...rule, enabled }), more: <TextLink rule={rule} /> };
  };
  const nameOf = ({ audience, channel }: Way): string => `${translate(`settings.notices.audience.${audience}`)} · ${translate(`settings.notices.channel.${channel}`)}`;
  return (
    <SwitchMatrix
      label={translate('settings.sections.notices.title')}
      rows={events.map((event) => ({ key: event, name: translate(`settings.notices.event.${event}`), row: event }))}
      columns={ways.map((way) => ({ key: keyOf(way), name: nameOf(way), column: way }))}
      cell={cell}
    />
  );
}

const keyOf = ({ audience, channel }: Way): string => `${audience}/${channel}`;

function TextLink({ rule }: { rule: Rule }) {
  const translate = useTranslate();
  const languages = rule.own_texts.join(', ');
  const title = languages ? translate('settings.notices.own_texts', { languages }) : translate('settings.notices.edit_text');
  return (
    <Tooltip title={title}>
      <IconButton size="small" component={Link} to={`/settings/notices/${rule.event}/${keyOf(rule)}`} aria-label={title}>
        <Badge variant="dot" color="primary" invisible={!languages}>
          <EditNote fontSize="small" />
        </Badge>
      </IconButton>
    </Tooltip>
  );
}

/** The switch moves at once, and back if the server will not have it. */
function useSaving() {
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: ({ event, audience, channel, enabled }: Rule) => ask<Rule[]>('PUT', '/settings/notices', { rules: [{ event, audience, channel, enabled }] }),
    onMutate: (rule) => client.setQueryData<Rule[]>(KEY, (now) => now?.map((each) => (each.event === rule.event && keyOf(each) === keyOf(rule) ? rule : each))),
    onError: tell,
    onSettled: () => client.invalidateQueries({ queryKey: ['settings'] }),
  });
}
