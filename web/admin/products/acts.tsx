/** What is done to a product from its row: put on sale, taken off it, doubled. */
import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { ask } from '../house/http';
import { useMay } from '../house/me';
import { useTell } from '../house/problems';
import type { Card } from './draft';
import type { Row } from './list';

/** Lists and windows read products anew. */
export function useReadAnew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([client.invalidateQueries({ queryKey: ['products'] }), client.invalidateQueries({ queryKey: ['product-cards'] })]);
  };
}

export function PublishSwitch({ row }: { row: Row }) {
  const translate = useTranslate();
  const readAnew = useReadAnew();
  const tell = useTell();
  const isAllowed = useMay('product.edit');
  const { mutate, isPending } = useMutation({
    mutationFn: (publish: boolean) => ask('POST', `/product-cards/${row.product_id}/${publish ? 'publish' : 'unpublish'}`),
    onSettled: readAnew,
    onError: tell,
  });
  return (
    <Box component="span" onClick={(event) => event.stopPropagation()}>
      <Switch
        size="small"
        checked={row.is_published}
        disabled={!isAllowed || isPending}
        onChange={(_, publish) => mutate(publish)}
        slotProps={{ input: { 'aria-label': translate('products.published_named', { name: row.name }) } }}
      />
    </Box>
  );
}

export function Duplicate({ row }: { row: Row }) {
  const translate = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const { search } = useLocation();
  const readAnew = useReadAnew();
  const tell = useTell();
  const isAllowed = useMay('product.create');
  const { mutate, isPending } = useMutation({
    mutationFn: () => ask<Card>('POST', `/product-cards/${row.product_id}/duplicate`),
    onSuccess: async (copy) => {
      await readAnew();
      notify(translate('products.duplicated'), { type: 'success' });
      void navigate({ pathname: `/products/${copy.id}/show`, search });
    },
    onError: tell,
  });
  if (!isAllowed) return null;
  const label = translate('products.duplicate_named', { name: row.name });
  return (
    <Tooltip title={translate('products.duplicate')}>
      <IconButton
        size="small"
        aria-label={label}
        disabled={isPending}
        onClick={(event) => {
          event.stopPropagation();
          mutate();
        }}
      >
        <ContentCopy fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
