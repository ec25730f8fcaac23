/** One key: what its program may, when it was used, and ending it. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { Facts } from '../house/Facts';
import { Guarded } from '../house/Guarded';
import { Page } from '../house/Page';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import { useChange } from '../house/changes';
import { type Schemas, ask } from '../house/http';
import { Matrix } from '../groups/Matrix';
import { useRights } from '../groups/grants';
import { Maker, statusOf } from './list';

type Key = Schemas['ApiKeyRow'];

export default function ApiKeyPage() {
  return (
    <Page<Key>>
      {(key) => (
        <>
          <Title title={key.name} />
          <Head apiKey={key} />
          <About apiKey={key} />
          <Guarded right="group.read">
            <Granted apiKey={key} />
          </Guarded>
        </>
      )}
    </Page>
  );
}

function Head({ apiKey }: { apiKey: Key }) {
  const translate = useTranslate();
  const [isAsked, setAsked] = useState(false);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 2 }}>
      <StatusChip kind="api_key" value={statusOf(apiKey)} />
      {apiKey.is_active && (
        <Guarded right="api_key.revoke">
          <Button variant="outlined" color="error" onClick={() => setAsked(true)}>
            {translate('api-keys.revoke')}
          </Button>
        </Guarded>
      )}
      <Guarded right="history.read">
        <Button component={Link} to={`/history?filter=${encodeURIComponent(JSON.stringify({ actor: `key:${apiKey.id}` }))}`}>
          {translate('api-keys.done_with')}
        </Button>
      </Guarded>
      {isAsked && <Revoke apiKey={apiKey} onClose={() => setAsked(false)} />}
    </Box>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const translate = useTranslate();
  const { run, isPending, error } = useChange('api-keys', () => ask('DELETE', `/api-keys/${apiKey.id}`), { done: 'api-keys.revoked', onDone: onClose });
  return (
    <ConfirmDialog title={translate('api-keys.revoke_title', { name: apiKey.name })} confirm={translate('api-keys.revoke')} typed={apiKey.name} isDestructive isPending={isPending} error={error} onConfirm={() => run()} onClose={onClose}>
      {translate('api-keys.revoke_text')}
    </ConfirmDialog>
  );
}

function About({ apiKey }: { apiKey: Key }) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`resources.api-keys.fields.${name}`);
  return (
    <Panel title={translate('api-keys.about')}>
      <Facts
        facts={[
          [word('prefix'), <code key="prefix">{apiKey.prefix}…</code>],
          [word('channel_name'), apiKey.channel_name ?? translate('api-keys.every_channel')],
          [word('last_used_at'), apiKey.last_used_at ? <When at={apiKey.last_used_at} key="used" /> : translate('api-keys.never')],
          [word('expires_at'), apiKey.expires_at ? <When at={apiKey.expires_at} key="end" /> : translate('api-keys.no_end')],
          [word('created_at'), <When at={apiKey.created_at} key="made" />],
          [word('created_by'), <Maker key="by" by={apiKey.created_by} />],
        ]}
      />
    </Panel>
  );
}

function Granted({ apiKey }: { apiKey: Key }) {
  const { data, error, refetch } = useRights();
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={320} />;
  return <Matrix nouns={data.nouns} grants={apiKey} before={apiKey} />;
}
