/** The shop's own text goes, and the program's takes its place. */
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { ask } from '../house/http';
import { useMayEdit } from './SettingsForm';

export function BackToBuiltIn({ path, onDone }: { path: string; onDone: () => void }) {
  const translate = useTranslate();
  const client = useQueryClient();
  const mayEdit = useMayEdit();
  const [asks, setAsks] = useState(false);
  const removing = useMutation({
    mutationFn: () => ask('DELETE', path),
    onSuccess: async () => {
      setAsks(false);
      onDone();
      await client.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  if (!mayEdit) return null;
  const title = translate('settings.notices.back');
  return (
    <>
      <Button onClick={() => setAsks(true)}>{title}</Button>
      {asks && (
        <ConfirmDialog title={title} confirm={title} isDestructive isPending={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onClose={() => setAsks(false)}>
          {translate('settings.notices.back_text')}
        </ConfirmDialog>
      )}
    </>
  );
}
