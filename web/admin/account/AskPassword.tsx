/** Asks for one's password again before something that weakens the account. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { PasswordField } from '../sign_in/PasswordField';

interface Props<Answer> {
  title: string;
  method: 'POST' | 'DELETE';
  path: string;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}

export function AskPassword<Answer>({ title, method, path, onDone, onClose }: Props<Answer>) {
  const translate = useTranslate();
  const id = useId();
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask<Answer>(method, path, { password }),
    onSuccess: (answer) => {
      onClose();
      onDone(answer);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <form onSubmit={submit}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 2 }}>{translate('account.enter_password')}</Typography>
          <PasswordField label={translate('account.password')} autoComplete="current-password" value={password} onChange={setPassword} />
          <ProblemNote error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" loading={isPending}>
            {title}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
