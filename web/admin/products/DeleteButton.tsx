/** Deletes what was never sold; takes everything else off sale, and says why it cannot go. */
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { ask } from '../house/http';
import { useMay } from '../house/me';
import { useReadAnew } from './acts';
import type { Card } from './draft';

export function DeleteButton({ card, onDone }: { card: Card; onDone: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const readAnew = useReadAnew();
  const [isAsking, setAsking] = useState(false);
  const isAllowed = useMay('product.delete');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('DELETE', `/product-cards/${card.id}`),
    onSuccess: async () => {
      notify(translate('products.deleted'), { type: 'success' });
      onDone();
      await readAnew();
    },
  });
  if (!isAllowed) return null;
  const closed = !card.may_be_deleted;
  return (
    <>
      <Tooltip title={closed ? translate('products.was_used') : ''} describeChild>
        <Button color="error" variant="outlined" aria-disabled={closed} onClick={() => !closed && setAsking(true)} sx={closed ? { color: 'text.secondary', borderStyle: 'dashed', borderColor: 'divider', cursor: 'not-allowed' } : {}}>
          {translate('ra.action.delete')}
        </Button>
      </Tooltip>
      {isAsking && (
        <ConfirmDialog title={translate('products.delete_title', { name: card.name })} confirm={translate('ra.action.delete')} isDestructive isPending={isPending} error={error} onConfirm={() => mutate()} onClose={() => setAsking(false)}>
          {translate('products.delete_text')}
        </ConfirmDialog>
      )}
    </>
  );
}
