/** Deletes a name that no product has, and shows the products where some still have it. */
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import type { Named } from '../products/choices';
import { ProductsLink, type Resource } from './NamedList';

export function DeleteNamed({ resource, row, onDone }: { resource: Resource; row: Named; onDone: () => void }) {
  const translate = useTranslate();
  const [isAsking, setAsking] = useState(false);
  const { run, isPending, error } = useChange(resource, () => ask('DELETE', `/${resource}/${row.id}`), { done: 'vocabulary.deleted', onDone });
  return (
    <>
      <Button color="error" variant="outlined" sx={{ mr: 'auto' }} onClick={() => setAsking(true)}>
        {translate('ra.action.delete')}
      </Button>
      {isAsking && (
        <ConfirmDialog title={translate('vocabulary.delete_title', { name: row.name })} confirm={translate('ra.action.delete')} isDestructive isPending={isPending} error={error} onConfirm={() => run()} onClose={() => setAsking(false)}>
          <Typography sx={{ mb: 1 }}>{translate('vocabulary.delete_text')}</Typography>
          <ProductsLink resource={resource} row={row} isLong />
        </ConfirmDialog>
      )}
    </>
  );
}
