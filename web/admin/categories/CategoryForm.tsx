/** One category: its names, its place, whether customers see it, and the rule that fills it. */
import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { Conflict } from '../house/Conflict';
import { ConfirmDialog } from '../house/ConfirmDialog';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { type Schemas, ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useMay } from '../house/me';
import { useSaving } from '../house/saving';
import { Picker } from '../products/Sorting';
import { type Category, type Choice, flattened, useNamed } from '../products/choices';
import { Gathered, RuleEditor } from './RuleEditor';
import { useReadAnew } from './acts';
import { type Draft, draftOf, emptyDraft, filled, readyRule } from './draft';

interface Props {
  /** None: it is new. */
  category?: Category;
  parentId: number | null;
  categories: Category[];
}

export function CategoryForm({ category, parentId, categories }: Props) {
  const translate = useTranslate();
  const name = useNamed();
  const navigate = useNavigate();
  const isReadOnly = !useMay('category.edit');
  const [saved, setSaved] = useState(() => (category ? draftOf(category) : emptyDraft(parentId, categories.filter(({ parent_id }) => parent_id === parentId).length)));
  const [version, setVersion] = useState(category?.version);
  const [draft, setDraft] = useState(saved);
  const [created, setCreated] = useState<number | null>(null);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const taken = (next: Category): void => {
    setSaved(draftOf(next));
    setDraft(draftOf(next));
    setVersion(next.version);
    if (!category) setCreated(next.id);
  };
  const readAnew = useReadAnew();
  const { save, isPending, error, theirs, settle } = useSaving<Category>({
    path: '/categories',
    known: category,
    told: 'categories.saved',
    onSaved: async (next) => {
      await readAnew();
      taken(next);
    },
  });
  // Moved or published from the tree while nothing is typed here.
  useEffect(() => {
    if (category && category.version !== version && !isDirty) taken(category);
  });
  useEffect(() => {
    if (created !== null) void navigate(`/categories/${created}/show`, { replace: true });
  }, [created, navigate]);
  const change = (patch: Partial<Draft>): void => setDraft({ ...draft, ...patch });
  const ready = filled(draft);
  const canSave = isDirty && Object.keys(ready.names).length > 0 && (draft.rule === null || readyRule(draft.rule) !== null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (canSave) save({ ...ready, version });
  };
  return (
    <form onSubmit={submit}>
      <UnsavedGuard isDirty={isDirty && created === null} />
      <Panel title={category ? name(category.names) : translate('categories.new')} aside={category && !isReadOnly && <Acts category={category} />}>
        {LANGUAGES.map(({ locale, name: language }) => (
          <TextField
            key={locale}
            fullWidth
            margin="dense"
            label={`${translate('categories.fields.name')} · ${language}`}
            value={draft.names[locale] ?? ''}
            disabled={isReadOnly}
            onChange={(event) => change({ names: { ...draft.names, [locale]: event.target.value } })}
            slotProps={{ htmlInput: { maxLength: 300, lang: locale } }}
          />
        ))}
        <Picker label={translate('categories.fields.parent')} choices={useParents(categories, category)} chosen={draft.parent_id} onChange={(parent_id) => change({ parent_id })} disabled={isReadOnly} />
        <FormControlLabel control={<Switch checked={draft.is_published} disabled={isReadOnly} onChange={(_, is_published) => change({ is_published })} />} label={translate('categories.fields.is_published')} />
      </Panel>
      <Panel title={translate('categories.rule')}>
        <RuleEditor rule={draft.rule} onChange={(rule) => change({ rule })} isReadOnly={isReadOnly} />
      </Panel>
      {!theirs && <ProblemNote error={error} />}
      {!isReadOnly && (
        <Box sx={{ display: 'flex', gap: 1, mb: 2 }}>
          <Button type="submit" variant="contained" disabled={!canSave} loading={isPending}>
            {translate('ra.action.save')}
          </Button>
          <Button component={Link} to="/categories">
            {translate('ra.action.cancel')}
          </Button>
        </Box>
      )}
      {category && <Products category={category} />}
      {theirs && (
        <Conflict
          mine={told(draft, name, categories)}
          theirs={told(draftOf(theirs), name, categories)}
          words="categories.fields"
          onKeepMine={() => save({ ...ready, version: theirs.version })}
          onTakeTheirs={() => {
            settle();
            taken(theirs);
          }}
          onClose={settle}
        />
      )}
    </form>
  );
}

const told = ({ names, parent_id, is_published, rule }: Draft, name: (names: Record<string, string>) => string, categories: Category[]): Record<string, string> => ({
  name: Object.values(names).join(' / '),
  parent: name(categories.find(({ id }) => id === parent_id)?.names ?? {}),
  is_published: is_published ? '✓' : '–',
  rule: rule ? String(rule.conditions.length) : '–',
});

/** Everything but itself and what is below it. */
function useParents(categories: Category[], own?: Category): Choice[] {
  const name = useNamed();
  const below = new Set(own ? [own.id, ...flattened(categories, own.id).map(({ category }) => category.id)] : []);
  return flattened(categories)
    .filter(({ category }) => !below.has(category.id))
    .map(({ category, depth }) => ({ id: category.id, name: name(category.names), depth }));
}

function Acts({ category }: { category: Category }) {
  const translate = useTranslate();
  const name = useNamed()(category.names);
  const notify = useNotify();
  const navigate = useNavigate();
  const readAnew = useReadAnew();
  const [isAsking, setAsking] = useState(false);
  const duplicate = useMutation({
    mutationFn: () => ask<Category>('POST', `/categories/${category.id}/duplicate`),
    onSuccess: async (copy) => {
      await readAnew();
      void navigate(`/categories/${copy.id}/show`);
    },
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/categories/${category.id}`),
    onSuccess: async () => {
      notify(translate('categories.deleted'), { type: 'success' });
      void navigate('/categories');
      await readAnew();
    },
  });
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'flex-end' }}>
      <Button component={Link} to={`/categories/create?parent=${category.id}`}>
        {translate('categories.add_below')}
      </Button>
      <Button startIcon={<ContentCopy />} loading={duplicate.isPending} onClick={() => duplicate.mutate()}>
        {translate('categories.duplicate')}
      </Button>
      <Button color="error" variant="outlined" onClick={() => setAsking(true)}>
        {translate('ra.action.delete')}
      </Button>
      {isAsking && (
        <ConfirmDialog title={translate('categories.delete_title', { name })} confirm={translate('ra.action.delete')} isDestructive isPending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={() => setAsking(false)}>
          {translate('categories.delete_text')}
        </ConfirmDialog>
      )}
    </Box>
  );
}

/** Who is in it now, by hand or by rule. */
function Products({ category }: { category: Category }) {
  const translate = useTranslate();
  const { data, error } = useQuery({
    queryKey: ['categories', String(category.id), 'products', category.version],
    queryFn: () => ask<Schemas['Gathering']>('GET', `/categories/${category.id}/products`),
    retry: false,
  });
  const all = `/products?${new URLSearchParams({ filter: JSON.stringify({ category: category.id }) }).toString()}`;
  return (
    <Panel title={translate('categories.products')} aside={<Button component={Link} to={all}>{translate('categories.see_all')}</Button>}>
      <ProblemNote error={error} />
      {data && (data.count ? <Gathered gathering={data} /> : <Typography sx={{ color: 'text.secondary' }}>{translate('categories.no_products')}</Typography>)}
    </Panel>
  );
}
