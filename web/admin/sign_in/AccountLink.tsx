/** Where the link of an invitation or of a forgotten password leads: choosing a password. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { Card } from './Card';
import { NewPassword } from './NewPassword';

interface AccountLinkRead {
  purpose: 'invitation' | 'reset';
  login: string;
}

export default function AccountLink() {
  const translate = useTranslate();
  const path = `/account-links/${encodeURIComponent(useParams().token ?? '')}`;
  const { data, error, isPending } = useQuery({ queryKey: [path], queryFn: () => ask<AccountLinkRead>('GET', path), retry: false });
  return (
    <Card title={translate(data ? `sign_in.link_${data.purpose}` : 'sign_in.link_title')}>
      {isPending && <Typography>{translate('ra.page.loading')}</Typography>}
      {error && <Alert severity="error">{translate('sign_in.link_dead')}</Alert>}
      {data && <Choosing path={path} login={data.login} />}
    </Card>
  );
}

function Choosing({ path, login }: { path: string; login: string }) {
  const translate = useTranslate();
  const [password, setPassword] = useState('');
  const { mutate, isPending, isSuccess, error } = useMutation({ mutationFn: () => ask('POST', path, { password }) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  const leave = (): void => {
    location.hash = '#/';
    location.reload();
  };
  if (isSuccess) {
    return (
      <Stack spacing={2}>
        <Alert severity="success">{translate('sign_in.password_set')}</Alert>
        <Button variant="contained" onClick={leave}>
          {translate('sign_in.sign_in')}
        </Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack spacing={2}>
        <Typography>{translate('sign_in.for_login', { login })}</Typography>
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <NewPassword value={password} onChange={setPassword} />
        <ProblemNote error={error} />
        <Button type="submit" variant="contained" size="large" loading={isPending}>
          {translate('sign_in.set_password')}
        </Button>
      </Stack>
    </form>
  );
}
