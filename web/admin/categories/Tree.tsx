/** The tree: opened and folded, published and moved where it stands. */
import Down from '@mui/icons-material/ArrowDownward';
import Up from '@mui/icons-material/ArrowUpward';
import ChevronRight from '@mui/icons-material/ChevronRight';
import ExpandMore from '@mui/icons-material/ExpandMore';
import AutoAwesome from '@mui/icons-material/AutoAwesomeOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../house/me';
import { type Category, useNamed } from '../products/choices';
import { useMove, usePublish } from './acts';

interface Props {
  categories: Category[];
  opened: number | null;
}

export function Tree({ categories, opened }: Props) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number): void => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  };
  return <Level categories={categories} parent={null} opened={opened} folded={folded} toggle={toggle} />;
}

interface LevelProps extends Props {
  parent: number | null;
  folded: ReadonlySet<number>;
  toggle: (id: number) => void;
}

function Level({ categories, parent, opened, folded, toggle }: LevelProps) {
  const rows = categories.filter(({ parent_id }) => parent_id === parent);
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, pl: parent === null ? 0 : { xs: 2, sm: 3 } }}>
      {rows.map((category, at) => {
        const hasChildren = categories.some(({ parent_id }) => parent_id === category.id);
        const isFolded = folded.has(category.id);
        return (
          <li key={category.id}>
            <Row category={category} categories={categories} isOpened={category.id === opened} isFirst={at === 0} isLast={at === rows.length - 1} fold={hasChildren ? { isFolded, toggle: () => toggle(category.id) } : null} />
            {hasChildren && !isFolded && <Level categories={categories} parent={category.id} opened={opened} folded={folded} toggle={toggle} />}
          </li>
        );
      })}
    </Box>
  );
}

interface RowProps {
  category: Category;
  categories: Category[];
  isOpened: boolean;
  isFirst: boolean;
  isLast: boolean;
  fold: { isFolded: boolean; toggle: () => void } | null;
}

function Row({ category, categories, isOpened, isFirst, isLast, fold }: RowProps) {
  const translate = useTranslate();
  const name = useNamed()(category.names);
  const mayEdit = useMay('category.edit');
  const publish = usePublish();
  const move = useMove(categories);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.25, borderRadius: 1, minHeight: 40, bgcolor: isOpened ? 'action.selected' : undefined }}>
      <Box sx={{ width: 30, flexShrink: 0 }}>
        {fold && (
          <IconButton size="small" aria-expanded={!fold.isFolded} aria-label={translate('categories.fold', { name })} onClick={fold.toggle}>
            {fold.isFolded ? <ChevronRight fontSize="small" /> : <ExpandMore fontSize="small" />}
          </IconButton>
        )}
      </Box>
      <Link component={RouterLink} to={`/categories/${category.id}/show`} data-row-link underline="hover" aria-current={isOpened || undefined} sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere', fontWeight: 600 }}>
        {name}
      </Link>
      {category.rule && (
        <Tooltip title={translate('categories.by_rule')}>
          <AutoAwesome fontSize="small" titleAccess={translate('categories.by_rule')} sx={{ color: 'text.secondary' }} />
        </Tooltip>
      )}
      {mayEdit && (
        <>
          <IconButton size="small" disabled={isFirst || move.isPending} aria-label={translate('categories.up', { name })} onClick={() => move.mutate({ category, by: -1 })}>
            <Up fontSize="small" />
          </IconButton>
          <IconButton size="small" disabled={isLast || move.isPending} aria-label={translate('categories.down', { name })} onClick={() => move.mutate({ category, by: 1 })}>
            <Down fontSize="small" />
          </IconButton>
        </>
      )}
      <Switch size="small" checked={category.is_published} disabled={!mayEdit || publish.isPending} onChange={() => publish.mutate(category)} slotProps={{ input: { 'aria-label': translate('categories.published_named', { name }) } }} />
    </Box>
  );
}
