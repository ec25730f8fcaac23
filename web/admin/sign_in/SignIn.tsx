/** Signing in takes two steps: the password, then a code by e-mail or from an authenticator. */
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ProblemNote } from '../house/ProblemNote';
import { Problem, ask } from '../house/http';
import { Card } from './Card';
import { CodeStep } from './CodeStep';
import { PasswordField } from './PasswordField';

export interface SecondFactor {
  second_factor: 'email' | 'authenticator';
  sent_to: string | null;
}

export function SignIn() {
  const translate = useTranslate();
  const [second, setSecond] = useState<SecondFactor | null>(null);
  return (
    <Card title={translate(second ? 'sign_in.code_title' : 'sign_in.title')}>
      {second ? <CodeStep second={second} onAgain={() => setSecond(null)} /> : <PasswordStep onDone={setSecond} />}
    </Card>
  );
}

function PasswordStep({ onDone }: { onDone: (second: SecondFactor) => void }) {
  const translate = useTranslate();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask<SecondFactor>('POST', '/session', { login: login.trim(), password }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack spacing={2}>
        <TextField autoFocus required label={translate('sign_in.login')} autoComplete="username" value={login} onChange={(event) => setLogin(event.target.value)} slotProps={{ htmlInput: { maxLength: 200, autoCapitalize: 'none' } }} />
        <PasswordField label={translate('sign_in.password')} autoComplete="current-password" value={password} onChange={setPassword} />
        <ProblemNote error={wrong(error, 'WrongPassword')} />
        <Button type="submit" variant="contained" size="large" loading={isPending}>
          {translate('sign_in.next')}
        </Button>
        <Link component={RouterLink} to="/forgotten">
          {translate('sign_in.forgotten')}
        </Link>
      </Stack>
    </form>
  );
}

/** Here "not signed in" means that what was typed is wrong. */
export const wrong = (error: unknown, code: string): unknown =>
  error instanceof Problem && error.status === 401 ? new Problem(code, error.message, 401) : error;
