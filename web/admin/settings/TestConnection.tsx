/** One harmless question to the provider with what is in the form, saved or not. */
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';
import { useMayEdit } from './SettingsForm';
import type { Given, Provider } from './integration';

type Tried = Schemas['TriedConnection'];
type LastTest = Schemas['LastTest'];

interface Props {
  provider: Provider;
  values: Record<string, unknown>;
  given: Given;
  last: LastTest | null;
}

export function TestConnection({ provider, values, given, last }: Props) {
  const translate = useTranslate();
  const client = useQueryClient();
  const mayEdit = useMayEdit();
  const test = useMutation({
    mutationFn: () => ask<Tried>('POST', `/settings/integrations/${provider}/test`, { values, secrets: complete(given) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings', 'integrations'] }),
  });
  const shown = test.data ?? (test.isIdle ? last : null);
  return (
    <Box aria-live="polite">
      {mayEdit && (
        <Button variant="outlined" loading={test.isPending} loadingPosition="start" startIcon={<span />} onClick={() => test.mutate()}>
          {translate(test.isPending ? 'settings.test.testing' : 'settings.test.run')}
        </Button>
      )}
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5 }}>
        {translate('settings.test.text')}
      </Typography>
      <ProblemNote error={test.error} />
      {shown && !test.isPending && <Outcome tried={shown} last={test.data ? null : last} />}
    </Box>
  );
}

/** Empty fields are not sent: what is saved stands. */
const complete = (given: Given): Given => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));

function Outcome({ tried, last }: { tried: Tried; last: LastTest | null }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const ms = tried.took_ms.toLocaleString(locale);
  return (
    <Alert severity={tried.ok ? 'success' : 'error'} sx={{ mt: 1 }}>
      <AlertTitle>{translate(tried.ok ? 'settings.test.ok' : 'settings.test.bad', { ms })}</AlertTitle>
      {tried.hint && <Typography variant="body2">{translate(`settings.test.hint.${tried.hint}`)}</Typography>}
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {translate('settings.test.says', { message: tried.message })}
      </Typography>
      {last && (
        <Typography variant="caption">
          {translate('settings.test.last')} <When at={last.at} relative /> · {last.actor.name ?? last.actor.actor}
        </Typography>
      )}
    </Alert>
  );
}
