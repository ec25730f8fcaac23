/** The tree of categories, and beside it the one that is being looked at. */
import Add from '@mui/icons-material/Add';
import ArrowBack from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { Title, useTranslate } from 'react-admin';
import { Link, useLocation } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { useIsNarrow } from '../house/screen';
import { type Category, useRows } from '../products/choices';
import { CategoryForm } from './CategoryForm';
import { Tree } from './Tree';

export default function Categories() {
  const translate = useTranslate();
  const isNarrow = useIsNarrow();
  const { pathname, search } = useLocation();
  const { data, error, refetch } = useRows<Category>('categories');
  const id = Number(/^\/categories\/(\d+)/.exec(pathname)?.[1]) || null;
  const isNew = pathname === '/categories/create';
  const parent = Number(new URLSearchParams(search).get('parent')) || null;
  const opened = data?.find((each) => each.id === id);
  const isForm = isNew || opened !== undefined;
  return (
    <>
      <Title title={translate('categories.name')} />
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton variant="rounded" height={400} />}
      {data && (
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: isForm ? 'minmax(0, 2fr) minmax(0, 3fr)' : 'minmax(0, 1fr)' }, columnGap: 2, alignItems: 'start' }}>
          {!(isNarrow && isForm) && (
            <Panel title={translate('categories.tree')} aside={<NewButton />}>
              {data.length ? (
                <Tree categories={data} opened={id} />
              ) : (
                <EmptyState title={translate('categories.empty.title')} action={<NewButton />}>
                  {translate('categories.empty.text')}
                </EmptyState>
              )}
            </Panel>
          )}
          {isForm && (
            <Box sx={{ minWidth: 0 }}>
              {isNarrow && (
                <Button component={Link} to="/categories" startIcon={<ArrowBack />} sx={{ mb: 1 }}>
                  {translate('categories.tree')}
                </Button>
              )}
              <CategoryForm key={opened ? `${opened.id}` : `new ${parent}`} category={opened} parentId={parent} categories={data} />
            </Box>
          )}
        </Box>
      )}
    </>
  );
}

function NewButton() {
  const translate = useTranslate();
  return (
    <Guarded right="category.edit">
      <Button variant="contained" startIcon={<Add />} component={Link} to="/categories/create">
        {translate('categories.new')}
      </Button>
    </Guarded>
  );
}
