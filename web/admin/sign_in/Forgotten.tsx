/** Asking for a link to choose a new password; the answer is the same whoever asks. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { Card } from './Card';

export function Forgotten() {
  const translate = useTranslate();
  const [login, setLogin] = useState('');
  const { mutate, isPending, isSuccess, error } = useMutation({ mutationFn: () => ask('POST', '/password-resets', { login: login.trim() }) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Card title={translate('sign_in.forgotten_title')}>
      <form onSubmit={submit}>
        <Stack spacing={2}>
          <Typography>{translate('sign_in.forgotten_text')}</Typography>
          <TextField autoFocus required label={translate('sign_in.login')} autoComplete="username" value={login} onChange={(event) => setLogin(event.target.value)} slotProps={{ htmlInput: { maxLength: 200, autoCapitalize: 'none' } }} />
          <ProblemNote error={error} />
          {isSuccess && <Alert severity="success">{translate('sign_in.link_sent')}</Alert>}
          <Button type="submit" variant="contained" size="large" loading={isPending}>
            {translate('sign_in.send_link')}
          </Button>
          <Link component={RouterLink} to="/">
            {translate('sign_in.back')}
          </Link>
        </Stack>
      </form>
    </Card>
  );
}
