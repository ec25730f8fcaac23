/** Each field from what to what, in the words of its screen. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { money } from '../house/Money';
import { exact } from '../house/When';
import { useGrantName } from '../groups/Matrix';
import { AMOUNTS } from '../orders/amounts';
import { type Entry, Narrow } from './Entries';
import { resourceOf } from './subjects';

const FEW = 4;
/** What programs know a thing by. */
const FOR_MACHINES = ['key', 'code'];
/** What is granted to groups and keys: `rights.order.read`, `fields.order.total`. */
const GRANT = /^(rights|fields)\.(.+)$/;

export function Differences({ entry }: { entry: Entry }) {
  const translate = useTranslate();
  const [isWhole, setWhole] = useState(false);
  const changes = Object.entries(entry.changes as Record<string, [unknown, unknown]>).filter(([, values]) => !values.every(isNothing));
  const shown = isWhole ? changes : changes.slice(0, FEW);
  return (
    <Box sx={{ minWidth: 0, fontSize: '0.85rem' }}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {shown.map(([field, [before, after]]) => (
          <Difference key={field} entry={entry} field={field} before={before} after={after} />
        ))}
      </Box>
      {changes.length > shown.length && (
        <Button size="small" onClick={() => setWhole(true)} sx={{ ml: -0.75 }}>
          {translate('history.more_fields', { smart_count: changes.length - shown.length })}
        </Button>
      )}
    </Box>
  );
}

const partsOf = (value: object): [string, unknown][] => Object.entries(value).filter(([, part]) => !isNothing(part));

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

interface Props {
  entry: Entry;
  field: string;
  before: unknown;
  after: unknown;
}

function Difference({ entry, field, before, after }: Props) {
  const name = useFieldName(entry.subject);
  const told = useTold(entry, field);
  const isNew = before === null || before === undefined;
  const element = FOR_MACHINES.includes(field) ? 'code' : 'span';
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere', py: 0.125 }}>
      <Narrow filter={{ field }}>{name(field)}</Narrow>:{' '}
      {!isNew && (
        <>
          <Box component="del" sx={{ color: 'text.secondary' }}>
            <Box component={element}>{told(before)}</Box>
          </Box>
          {' → '}
        </>
      )}
      <Box component="ins" sx={{ textDecoration: 'none' }}>
        <Box component={element}>{told(after)}</Box>
      </Box>
    </Box>
  );
}

function useFieldName(subject: string): (field: string) => string {
  const translate = useTranslate();
  const grant = useGrantName();
  return (field) => {
    const [, kind, key] = GRANT.exec(field) ?? [];
    if (kind && key) return grant(key, kind as 'rights' | 'fields');
    return translate(`resources.${resourceOf(subject) ?? subject}.fields.${field}`, { _: translate(`history.known.${field}`, { _: field.replaceAll('_', ' ') }) });
  };
}

function useTold({ subject, currency }: Entry, field: string): (value: unknown) => string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const name = useFieldName(subject);
  const none = field.startsWith('rights.') ? 'groups.states.none' : 'groups.states.hidden';
  const told = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return GRANT.test(field) ? translate(none) : '–';
    if (typeof value === 'boolean') return translate(`ra.boolean.${value}`);
    if (Array.isArray(value)) return value.map(told).join(', ') || '–';
    if (typeof value === 'object') return partsOf(value).map(([part, said]) => `${name(part)}: ${told(said)}`).join(', ');
    if (typeof value === 'number') return currency && AMOUNTS.has(field) ? money(value, currency, locale) : value.toLocaleString(locale);
    return worded(String(value));
  };
  const worded = (text: string): string => {
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return exact(text, locale);
    if (GRANT.test(field)) return translate(`groups.states.${text}`, { _: text });
    const screen = translate(`resources.${resourceOf(subject) ?? subject}.${field}s.${text}`, { _: text });
    return translate(`house.status.${field === 'status' ? subject : field}.${text}`, { _: screen });
  };
  return told;
}
