/** Changing one's own password. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { NewPassword } from '../sign_in/NewPassword';
import { PasswordField } from '../sign_in/PasswordField';

export function PasswordPanel() {
  const translate = useTranslate();
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => ask('PUT', '/session/password', { current, new: fresh }),
    onSuccess: () => {
      setCurrent('');
      setFresh('');
      return client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Panel title={translate('account.password')}>
      <form onSubmit={submit}>
        <Stack spacing={2} sx={{ maxWidth: 400 }}>
          <PasswordField label={translate('account.current_password')} autoComplete="current-password" value={current} onChange={setCurrent} />
          <NewPassword value={fresh} onChange={setFresh} />
          <ProblemNote error={error} />
          {isSuccess && <Alert severity="success">{translate('account.password_changed')}</Alert>}
          <Button type="submit" variant="contained" loading={isPending} sx={{ alignSelf: 'start' }}>
            {translate('account.change_password')}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
