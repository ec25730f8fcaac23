/** Deletes an attribute that nothing has, and says of others why they stay. */
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import { type Attribute, useNamed } from '../products/choices';

const CLOSED = { color: 'text.secondary', borderStyle: 'dashed', borderColor: 'divider', cursor: 'not-allowed' };

export function DeleteButton({ attribute }: { attribute: Attribute }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const name = useNamed()(attribute.names);
  const [isAsking, setAsking] = useState(false);
  const onDone = (): void => void navigate('/attributes');
  const { run, isPending, error } = useChange('attributes', () => ask('DELETE', `/attributes/${attribute.id}`), { done: 'attributes.deleted', onDone });
  const isUsed = attribute.used_value_ids.length > 0;
  return (
    <>
      <Tooltip title={isUsed ? translate('attributes.used') : ''} describeChild>
        <Button color="error" variant="outlined" aria-disabled={isUsed} onClick={() => !isUsed && setAsking(true)} sx={isUsed ? CLOSED : {}}>
          {translate('ra.action.delete')}
        </Button>
      </Tooltip>
      {isAsking && (
        <ConfirmDialog title={translate('attributes.delete_title', { name })} confirm={translate('ra.action.delete')} isDestructive isPending={isPending} error={error} onConfirm={() => run()} onClose={() => setAsking(false)}>
          {translate('attributes.delete_text')}
        </ConfirmDialog>
      )}
    </>
  );
}
