/** The second step of signing in: codes by e-mail, or an authenticator with recovery codes. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { useMe } from '../house/me';
import { AskPassword } from './AskPassword';

type Secret = Schemas['AuthenticatorRead'];
type RecoveryCodes = Schemas['RecoveryCodes'];

type Asking = 'remove' | 'codes' | null;

export function SecondFactorPanel() {
  const translate = useTranslate();
  const me = useMe();
  const [uses, setUses] = useState(me.second_factor === 'authenticator');
  const [asking, setAsking] = useState<Asking>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const confirmed = (answer: RecoveryCodes): void => {
    setUses(true);
    setCodes(answer.recovery_codes);
  };
  return (
    <Panel title={translate('account.second_factor')}>
      <Typography sx={{ mb: 1 }}>{translate(uses ? 'account.by_authenticator' : 'account.by_email')}</Typography>
      {uses ? (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <Button variant="outlined" onClick={() => setAsking('codes')}>
            {translate('account.new_recovery_codes')}
          </Button>
          <Button variant="outlined" color="error" onClick={() => setAsking('remove')}>
            {translate('account.remove_authenticator')}
          </Button>
        </Box>
      ) : (
        <Adding onDone={confirmed} />
      )}
      {codes.length > 0 && <Codes codes={codes} />}
      {asking === 'codes' && <AskPassword path="/session/recovery-codes" method="POST" title={translate('account.new_recovery_codes')} onDone={confirmed} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <AskPassword path="/session/authenticator" method="DELETE" title={translate('account.remove_authenticator')} onDone={() => setUses(false)} onClose={() => setAsking(null)} />}
    </Panel>
  );
}

function Adding({ onDone }: { onDone: (codes: RecoveryCodes) => void }) {
  const translate = useTranslate();
  const start = useMutation({ mutationFn: () => ask<Secret>('POST', '/session/authenticator') });
  if (start.data) return <Scanning secret={start.data} onDone={onDone} />;
  return (
    <>
      <ProblemNote error={start.error} />
      <Button variant="outlined" loading={start.isPending} onClick={() => start.mutate()}>
        {translate('account.add_authenticator')}
      </Button>
    </>
  );
}

function Scanning({ secret, onDone }: { secret: Secret; onDone: (codes: RecoveryCodes) => void }) {
  const translate = useTranslate();
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask<RecoveryCodes>('PUT', '/session/authenticator', { code: code.trim() }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack spacing={1.5} sx={{ maxWidth: 400 }}>
        <Typography>{translate('account.scan')}</Typography>
        <Box component="img" src={secret.picture} alt={translate('account.picture')} width={200} height={200} sx={{ bgcolor: 'white', p: 1, borderRadius: 1 }} />
        <Typography>
          {translate('account.secret')}: <code>{secret.secret}</code>
        </Typography>
        <TextField required label={translate('account.code')} autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.target.value)} slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 10 } }} />
        <ProblemNote error={error} />
        <Button type="submit" variant="contained" loading={isPending} sx={{ alignSelf: 'start' }}>
          {translate('account.confirm')}
        </Button>
      </Stack>
    </form>
  );
}

function Codes({ codes }: { codes: string[] }) {
  const translate = useTranslate();
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3">{translate('account.recovery_codes')}</Typography>
      <Typography>{translate('account.recovery_text')}</Typography>
      <Box component="ul" sx={{ columns: 2, fontFamily: 'monospace', pl: 2.5 }}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Box>
    </Box>
  );
}
