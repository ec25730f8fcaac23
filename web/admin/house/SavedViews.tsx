/** Lists as people want them again: filters and order under a name, for oneself or for everybody. */
import BookmarkAdd from '@mui/icons-material/BookmarkAddOutlined';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { useListContext, useResourceContext, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { ProblemNote } from './ProblemNote';
import { type Schemas, ask } from './http';
import { useTell } from './problems';

type View = Schemas['ViewRead'];

/** What makes a list: not the page one happens to be on. */
function useQueryString(): string {
  const { filterValues, sort, perPage } = useListContext();
  const filled = Object.entries(filterValues as object).filter(([, value]) => (Array.isArray(value) ? value.length : value));
  return new URLSearchParams({ filter: JSON.stringify(Object.fromEntries(filled)), sort: sort.field, order: sort.order, perPage: String(perPage) }).toString();
}

export function SavedViews() {
  const translate = useTranslate();
  const resource = useResourceContext() ?? '';
  const navigate = useNavigate();
  const query = useQueryString();
  const [isNaming, setNaming] = useState(false);
  const views = useViews(resource);
  const remove = useRemove(resource);
  return (
    <>
      <Chip label={translate('house.views.all')} variant="outlined" onClick={() => navigate(`/${resource}?filter=%7B%7D`)} />
      {views.map((view) => (
        <Chip
          key={view.id}
          label={view.name}
          color={view.query === query ? 'primary' : 'default'}
          aria-current={view.query === query}
          onClick={() => navigate(`/${resource}?${view.query}`)}
          onDelete={view.mine ? () => remove(view) : undefined}
        />
      ))}
      {!views.some((view) => view.query === query) && (
        <Button startIcon={<BookmarkAdd />} onClick={() => setNaming(true)}>
          {translate('house.views.save')}
        </Button>
      )}
      {isNaming && <Naming resource={resource} query={query} onClose={() => setNaming(false)} />}
    </>
  );
}

function useViews(resource: string): View[] {
  const { data } = useQuery({
    queryKey: ['views', resource],
    queryFn: () => ask<View[]>('GET', '/views', undefined, { resource }),
    staleTime: 60_000,
    retry: false,
  });
  return data ?? [];
}

function useRemove(resource: string): (view: View) => void {
  const client = useQueryClient();
  const tell = useTell();
  const { mutate } = useMutation({
    mutationFn: ({ id }: View) => ask('DELETE', `/views/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views', resource] }),
    onError: tell,
  });
  return mutate;
}

function Naming({ resource, query, onClose }: { resource: string; query: string; onClose: () => void }) {
  const translate = useTranslate();
  const client = useQueryClient();
  const titleId = useId();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('POST', '/views', { resource, name: name.trim(), query, is_shared: isShared }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['views', resource] });
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{translate('house.views.save')}</DialogTitle>
        <DialogContent>
          <TextField autoFocus required fullWidth margin="dense" label={translate('house.views.name')} value={name} onChange={(event) => setName(event.target.value)} slotProps={{ htmlInput: { maxLength: 100 } }} />
          <FormControlLabel control={<Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)} />} label={translate('house.views.shared')} />
          <ProblemNote error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!name.trim()} loading={isPending}>
            {translate('ra.action.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
