/** Before a group is saved: who gains and who loses what by it. */
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { type Schemas, ask } from '../house/http';
import { useGrantName } from './Matrix';
import type { Wanted } from './Editor';

interface Props {
  id: number;
  wanted: Wanted;
  isSaving: boolean;
  error: unknown;
  onSave: () => void;
  onClose: () => void;
}

export function Preview({ id, wanted, isSaving, error, onSave, onClose }: Props) {
  const translate = useTranslate();
  const { data, error: refused } = useQuery({
    queryKey: ['groups', id, 'preview', wanted],
    queryFn: () => ask<Schemas['GroupPreview']>('POST', `/groups/${id}/preview`, wanted),
    retry: false,
    gcTime: 0,
  });
  return (
    <ConfirmDialog title={translate('groups.preview.title')} confirm={translate('ra.action.save')} isPending={isSaving} error={error ?? refused} onConfirm={onSave} onClose={onClose}>
      {data ? <Told preview={data} /> : !refused && <Skeleton variant="rounded" height={80} />}
    </ConfirmDialog>
  );
}

function Told({ preview: { members, affected } }: { preview: Schemas['GroupPreview'] }) {
  const translate = useTranslate();
  if (!affected.length) return <p>{translate(members ? 'groups.preview.nobody' : 'groups.preview.no_members', { smart_count: members })}</p>;
  return (
    <>
      <p>{translate('groups.preview.affected', { smart_count: affected.length, members })}</p>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {affected.map(({ id, name, difference }) => (
          <Box component="li" key={id} sx={{ py: 0.75, borderTop: 1, borderColor: 'divider' }}>
            <Typography sx={{ fontWeight: 600 }}>{name}</Typography>
            <Steps title={translate('groups.preview.gains')} steps={difference.gains} sign="+" colour="success.main" />
            <Steps title={translate('groups.preview.loses')} steps={difference.losses} sign="−" colour="error.main" />
          </Box>
        ))}
      </Box>
    </>
  );
}

const isLevel = (state: string | null): boolean => state === 'read' || state === 'write';

const kindOf = ({ before, after }: Schemas['Step']): 'rights' | 'fields' => (isLevel(before) || isLevel(after) ? 'fields' : 'rights');

function Steps({ title, steps, sign, colour }: { title: string; steps: Schemas['Step'][]; sign: string; colour: string }) {
  const translate = useTranslate();
  const name = useGrantName();
  if (!steps.length) return null;
  const state = (value: string | null): string => translate(`groups.states.${value ?? 'none'}`);
  return (
    <Box sx={{ fontSize: '0.85rem', mt: 0.5 }}>
      <Box component="span" sx={{ color: colour, fontWeight: 600 }}>
        {sign} {title}
      </Box>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {steps.map((step) => (
          <li key={step.name}>
            {name(step.name, kindOf(step))} ({state(step.before)} → {state(step.after)})
          </li>
        ))}
      </Box>
    </Box>
  );
}
