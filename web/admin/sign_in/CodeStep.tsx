/** The second step: a code, or one of the recovery codes. */
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { type SecondFactor, wrong } from './SignIn';

const RESEND_AFTER_S = 30;

export function CodeStep({ second, onAgain }: { second: SecondFactor; onAgain: () => void }) {
  const translate = useTranslate();
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('POST', '/session/code', { code: code.trim() }),
    onSuccess: () => location.reload(),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack spacing={2}>
        <Typography>{translate(`sign_in.sent_${second.second_factor}`, { to: second.sent_to ?? '' })}</Typography>
        <TextField
          autoFocus
          required
          label={translate('sign_in.code')}
          helperText={translate('sign_in.recovery')}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 40, inputMode: 'text', autoCapitalize: 'none', spellCheck: false } }}
        />
        <ProblemNote error={wrong(error, 'WrongCode')} />
        <Button type="submit" variant="contained" size="large" loading={isPending}>
          {translate('sign_in.sign_in')}
        </Button>
        {second.second_factor === 'email' && <Resend />}
        <Button onClick={onAgain}>{translate('sign_in.again')}</Button>
      </Stack>
    </form>
  );
}

function Resend() {
  const translate = useTranslate();
  const [left, setLeft] = useState(RESEND_AFTER_S);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = window.setTimeout(() => setLeft(left - 1), 1000);
    return () => window.clearTimeout(timer);
  }, [left]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('POST', '/session/code/resend'),
    onSuccess: () => setLeft(RESEND_AFTER_S),
  });
  return (
    <>
      <Button onClick={() => mutate()} disabled={left > 0} loading={isPending}>
        {left > 0 ? translate('sign_in.resend_in', { seconds: left }) : translate('sign_in.resend')}
      </Button>
      <ProblemNote error={error} />
    </>
  );
}
