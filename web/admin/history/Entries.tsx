/** Entries of history, readable: who did what to which thing, and each field from what to what. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useListContext, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { Facts } from '../house/Facts';
import { Money } from '../house/Money';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { useMe } from '../house/me';
import { AMOUNTS } from '../orders/amounts';
import { Differences } from './Differences';
import { pathOf } from './subjects';

export type Entry = Schemas['AuditRow'];

export function Entries({ empty }: { empty: ReactElement }) {
  const { data, isPending, filterValues } = useListContext<Entry>();
  const translate = useTranslate();
  if (isPending) return <Skeleton variant="rounded" height={400} />;
  if (!data?.length) return Object.keys(filterValues as object).length ? <Box sx={{ p: 4, textAlign: 'center', color: 'text.secondary' }}>{translate('house.list.none')}</Box> : empty;
  return (
    <Box component="ol" aria-label={translate('history.name')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data.map((entry) => (
        <One key={entry.id} entry={entry} />
      ))}
    </Box>
  );
}

const GRID = { display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '180px minmax(0, 1fr) minmax(0, 1.6fr)' }, columnGap: 2, rowGap: 0.5 };

function One({ entry }: { entry: Entry }) {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  return (
    <Box component="li" sx={{ ...GRID, px: { xs: 1.5, sm: 2 }, py: 1.25, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
      <Box>
        <When at={entry.at} seconds />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          <Who actor={entry.actor} />
        </Typography>
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <What entry={entry} />
        {entry.reason && (
          <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
            {translate('house.timeline.reason', { reason: entry.reason })}
          </Typography>
        )}
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} sx={{ ml: -0.75, minHeight: 0, py: 0.25 }}>
          {translate(isOpen ? 'history.less' : 'history.more')}
        </Button>
        {isOpen && <Details entry={entry} />}
      </Box>
      <Differences entry={entry} />
    </Box>
  );
}

function What({ entry }: { entry: Entry }) {
  const translate = useTranslate();
  const me = useMe();
  const act = useActWord();
  const path = pathOf(me, entry.subject, entry.subject_id);
  const subject = (
    <>
      {translate(`history.subjects.${entry.subject}`, { _: entry.subject.replaceAll('_', ' ') })} {entry.subject_name ?? <code>{entry.subject_id}</code>}
    </>
  );
  return (
    <>
      <Narrow filter={{ action: entry.action }}>{act(entry.action)}</Narrow>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {path ? (
          <Link component={RouterLink} to={path}>
            {subject}
          </Link>
        ) : (
          subject
        )}
      </Typography>
    </>
  );
}

/** More of the same kind at a click. */
export function Narrow({ filter, children }: { filter: Record<string, string>; children: ReactNode }) {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  return (
    <Link component="button" type="button" underline="hover" color="inherit" title={translate('history.only')} onClick={() => setFilters({ ...filterValues, ...filter })} sx={{ fontWeight: 600, textAlign: 'left', font: 'inherit', verticalAlign: 'baseline' }}>
      {children}
    </Link>
  );
}

function Who({ actor: { actor, name } }: { actor: Entry['actor'] }) {
  const translate = useTranslate();
  const kind = actor.split(':')[0] ?? actor;
  return <Narrow filter={{ actor }}>{name ?? translate(`house.actor.${kind}`, { _: actor })}</Narrow>;
}

function Details({ entry }: { entry: Entry }) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`history.fields.${name}`);
  return (
    <Box sx={{ fontSize: '0.8rem', mt: 0.5 }}>
      <Facts
        facts={[
          [word('subject_id'), <Narrow key="id" filter={{ subject: entry.subject, subject_id: entry.subject_id }}>{entry.subject_id}</Narrow>],
          [word('action'), <code key="action">{entry.action}</code>],
          [word('origin'), entry.origin],
          [word('request_id'), entry.request_id],
          [word('workflow_id'), entry.workflow_id],
          ...Object.entries(entry.details).map(([name, value]): [string, ReactNode] => [name.replaceAll('_', ' '), told(name, value, entry.currency)]),
        ]}
      />
    </Box>
  );
}

function told(name: string, value: unknown, currency: string | null): ReactNode {
  if (typeof value === 'number' && currency && AMOUNTS.has(name)) return <Money minor={value} currency={currency} />;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `staff.blocked` in words: of its own, or those of its last part. */
export function useActWord(): (action: string) => string {
  const translate = useTranslate();
  return (action) => {
    const act = action.slice(action.indexOf('.') + 1);
    return translate(`house.history.${action.replaceAll('.', '_')}`, { _: translate(`history.acts.${act}`, { _: act.replaceAll('_', ' ') }) });
  };
}
