/** One brand, supplier or product class: named, named anew, or deleted. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Conflict } from '../house/Conflict';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { useMay } from '../house/me';
import { useSaving } from '../house/saving';
import { type Attribute, type Named, useNamed, useRows } from '../products/choices';
import { ManyPicker } from '../products/Sorting';
import { DeleteNamed } from './DeleteNamed';
import type { Resource } from './NamedList';

interface Props {
  resource: Resource;
  /** null: a new one. */
  id: number | null;
  onClose: () => void;
}

interface Draft {
  name: string;
  attribute_ids: number[];
}

const MOST = 200;

export function NamedWindow({ resource, id, onClose }: Props) {
  const translate = useTranslate();
  const titleId = useId();
  const { data, error, refetch } = useQuery({
    queryKey: [resource, String(id), 'one'],
    queryFn: () => ask<Named>('GET', `/${resource}/${id}`),
    enabled: id !== null,
    retry: false,
    gcTime: 0, // opened again, it is read again before anything is typed
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{data?.name ?? translate(`${resource}.${id === null ? 'new' : 'one'}`)}</DialogTitle>
      {id === null || data ? (
        <Form resource={resource} row={data} onClose={onClose} />
      ) : (
        <DialogContent>{error ? <ProblemNote error={error} onRetry={() => void refetch()} /> : <Skeleton variant="rounded" height={60} />}</DialogContent>
      )}
    </Dialog>
  );
}

function Form({ resource, row, onClose }: { resource: Resource; row?: Named; onClose: () => void }) {
  const translate = useTranslate();
  const attributeNames = useAttributeNames(resource);
  const isReadOnly = !useMay('product.edit');
  const [version] = useState(row?.version);
  const [draft, setDraft] = useState<Draft>({ name: row?.name ?? '', attribute_ids: row?.attribute_ids ?? [] });
  const client = useQueryClient();
  const { save, isPending, error, theirs, settle } = useSaving<Named>({
    path: `/${resource}`,
    known: row,
    told: 'vocabulary.saved',
    onSaved: () => {
      onClose();
      return client.invalidateQueries({ queryKey: [resource] });
    },
  });
  const body = bodyOf(resource, draft);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save({ ...body, version });
  };
  return (
    <form onSubmit={submit}>
      <DialogContent sx={{ pt: 0 }}>
        <TextField
          autoFocus={!row}
          fullWidth
          required
          margin="dense"
          label={translate(`resources.${resource}.fields.name`)}
          value={draft.name}
          disabled={isReadOnly}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          slotProps={{ htmlInput: { maxLength: MOST } }}
        />
        {resource === 'product-classes' && <Attributes chosen={draft.attribute_ids} onChange={(attribute_ids) => setDraft({ ...draft, attribute_ids })} disabled={isReadOnly} />}
        {!theirs && <ProblemNote error={error} />}
      </DialogContent>
      <DialogActions>
        {row && !isReadOnly && <DeleteNamed resource={resource} row={row} onDone={onClose} />}
        <Button onClick={onClose}>{translate(isReadOnly ? 'ra.action.close' : 'ra.action.cancel')}</Button>
        {!isReadOnly && (
          <Button type="submit" variant="contained" loading={isPending} disabled={!draft.name.trim()}>
            {translate('ra.action.save')}
          </Button>
        )}
      </DialogActions>
      {theirs && (
        <Conflict
          mine={told(draft, attributeNames)}
          theirs={told(theirs, attributeNames)}
          words={`resources.${resource}.fields`}
          onKeepMine={() => save({ ...body, version: theirs.version })}
          onTakeTheirs={onClose}
          onClose={settle}
        />
      )}
    </form>
  );
}

/** Suppliers and brands have nothing but a name. */
const bodyOf = (resource: Resource, { name, attribute_ids }: Draft): object => (resource === 'product-classes' ? { name, attribute_ids } : { name });

/** Of a class: what its products have. */
function Attributes({ chosen, onChange, disabled }: { chosen: number[]; onChange: (ids: number[]) => void; disabled: boolean }) {
  const translate = useTranslate();
  const name = useNamed();
  const { data = [] } = useRows<Attribute>('attributes');
  return (
    <>
      <ManyPicker label={translate('resources.product-classes.fields.attribute_ids')} choices={data.map(({ id, names }) => ({ id, name: name(names) }))} chosen={chosen} onChange={onChange} disabled={disabled} />
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {translate('product-classes.attributes_text')}
      </Typography>
    </>
  );
}

export function useAttributeNames(resource: string): (ids: number[]) => string {
  const name = useNamed();
  const { data = [] } = useRows<Attribute>('attributes', resource === 'product-classes');
  return (ids) => data.filter(({ id }) => ids.includes(id)).map(({ names }) => name(names)).join(', ');
}

const told = ({ name, attribute_ids = [] }: Partial<Draft>, attributes: (ids: number[]) => string): Record<string, string> => ({
  name: name ?? '',
  attribute_ids: attributes(attribute_ids),
});
